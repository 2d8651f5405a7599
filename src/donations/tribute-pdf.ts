/** The card on A5: within a frame of two lines, no more than needs to be said. */
import { ltr, own } from '../paper/bidi.ts';
import { qrSquare } from '../paper/code.ts';
import { emblem } from '../paper/emblem.ts';
import { type Box, COLOURS, MM } from '../paper/ink.ts';
import { contactLine, scanned } from '../paper/issued.ts';
import { notices } from '../paper/notices.ts';
import { leadingOf, Paper, SIZES } from '../paper/paper.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import type { Style } from '../paper/text.ts';
import { formatDay } from '../values/jalali-date.ts';
import { type Words, wordsFor } from '../words.ts';
import type { TributePaper } from './tribute-paper.ts';

const EDGE = 8 * MM;
const SIDE = 24 * MM;
const INVOCATION: Style = { size: 10, weight: 'regular', leading: 1.7 };
const TITLE: Style = { size: 21, weight: 'bold', leading: 1.75, colour: COLOURS.green };
const GREETING: Style = { size: 13, weight: 'medium', leading: 1.9 };
const TEXT: Style = { size: 12.5, weight: 'regular', leading: 2 };
const CLOSING: Style = { size: 11, weight: 'bold', leading: 1.8 };
const SMALL: Style = { size: 7.2, weight: 'regular', leading: 1.7, colour: COLOURS.quiet };
const CODE = 15 * MM;

export async function tributePdf(card: TributePaper, print: PrintMark): Promise<Buffer> {
  const t = wordsFor(card.lang);
  const title = `${card.title}, ${card.centre.name}`;
  const paper = new Paper({ lang: card.lang, title, author: card.centre.name, tagged: true });
  const ink = paper.addPage(SIZES.a5Landscape);
  frame(paper, { width: ink.width, height: ink.height });
  const box = { x: SIDE, y: EDGE + 6 * MM, width: ink.width - 2 * SIDE };
  let y = head(paper, box, t);
  y = notices(paper, print, t, { ...box, y });
  const bottom = ink.height - EDGE - 5 * MM - CODE;
  words(paper, card, { ...box, y }, bottom);
  foot(paper, card, { ...box, y: bottom }, t);
  return paper.toBuffer();
}

/** The ruled frame of a Persian page, with a short line across each corner. */
function frame(paper: Paper, { width, height }: { width: number; height: number }): void {
  paper.artifact(() => {
    for (const [inset, thickness] of [
      [EDGE, 1.2],
      [EDGE + 1.6 * MM, 0.5],
    ] as const) {
      const box = { x: inset, y: inset, width: width - 2 * inset, height: height - 2 * inset };
      paper.ink.frame(box, thickness);
    }
  });
}

function head(paper: Paper, box: Box, t: Words): number {
  const mark = 13 * MM;
  const x = box.x + (box.width - mark) / 2;
  paper.artifact(() => emblem(paper.ink, { x, y: box.y, width: mark }));
  return say(paper, INVOCATION, { ...box, y: box.y + mark + MM }, t('paper:invocation'));
}

/** What is said stands in the middle of the room there is for it. */
function words(paper: Paper, card: TributePaper, box: Box, bottom: number): void {
  const parts: [Style, string][] = [
    [TITLE, card.title],
    [GREETING, card.greeting],
    ...card.paragraphs.map((text): [Style, string] => [TEXT, text]),
    [CLOSING, card.closing],
  ];
  const said = parts.filter(([, text]) => text !== '');
  const heights = said.map(([style, text]) => {
    return paper.set.lines(text, style, box.width).length * leadingOf(style);
  });
  const height = heights.reduce((sum, one) => sum + one, 0);
  const gap = Math.max(0, Math.min(4 * MM, (bottom - box.y - height) / (said.length + 1)));
  let y = box.y + Math.max(0, (bottom - box.y - height - gap * (said.length - 1)) / 2);
  for (const [style, text] of said) y = say(paper, style, { ...box, y }, text) + gap;
}

function foot(paper: Paper, card: TributePaper, box: Box, t: Words): void {
  const scan = scanned(card.verifyAddress, card.code);
  paper.artifact(() => {
    qrSquare(paper.ink, scan, { x: box.x, y: box.y, width: CODE });
  });
  const x = box.x + CODE + 4 * MM;
  const beside = { x, y: box.y + 2 * MM, width: box.width - CODE - 4 * MM };
  const day = ltr(formatDay(card.issuedOn, card.lang, 'date'));
  const lines = [
    `${own(card.centre.name)} \u00b7 ${own(card.centre.place)} \u00b7 ${day}`,
    contactLine(paper, card.centre, t),
    ltr(card.code),
  ];
  let { y } = beside;
  for (const line of lines) y = say(paper, SMALL, { ...beside, y }, line, 'start');
}

function say(
  paper: Paper,
  style: Style,
  box: Box,
  text: string,
  align: 'centre' | 'start' = 'centre',
): number {
  let end = box.y;
  paper.tag('P', text, () => {
    end = paper.write(text, style, box, align);
  });
  return end;
}
