/** Cards on A4, ten of the size of a bank card on a sheet, with lines to cut along. */
import { ltr, own } from '../paper/bidi.ts';
import { qrSquare } from '../paper/code.ts';
import { emblem } from '../paper/emblem.ts';
import { type Box, COLOURS, MM } from '../paper/ink.ts';
import { scanned } from '../paper/issued.ts';
import { Paper, SIZES } from '../paper/paper.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import type { Style } from '../paper/text.ts';
import { formatDay } from '../values/jalali-date.ts';
import { type Words, wordsFor } from '../words.ts';
import type { CardPaper } from './card-paper.ts';

/** ID-1, as ISO 7810 has it. */
const CARD = { width: 85.6 * MM, height: 53.98 * MM };
const [COLUMNS, ROWS] = [2, 5];
const GAP = 3 * MM;
const PAD = 4 * MM;

const CENTRE: Style = { size: 8.5, weight: 'bold', leading: 1.5 };
const TITLE: Style = { size: 7, weight: 'regular', leading: 1.6 };
const NAME: Style = { size: 12, weight: 'bold', leading: 1.6 };
const TEXT: Style = { size: 7.5, weight: 'regular', leading: 1.65 };
const SMALL: Style = { size: 5.6, weight: 'regular', leading: 1.6 };

export type PrintedCard = { card: CardPaper; mark: PrintMark };

export async function cardsPdf(cards: PrintedCard[]): Promise<Buffer> {
  const t = wordsFor('fa');
  const paper = new Paper({ lang: 'fa', title: t('network:cards.title'), tagged: true });
  const perSheet = COLUMNS * ROWS;
  cards.forEach((one, at) => {
    if (at % perSheet === 0) paper.addPage(SIZES.a4);
    drawCard(paper, one, placeOf(paper, at % perSheet), t);
  });
  return paper.toBuffer();
}

function placeOf(paper: Paper, at: number): Box & { height: number } {
  const { width, height } = paper.ink;
  const side = (width - COLUMNS * CARD.width - (COLUMNS - 1) * GAP) / 2;
  const top = (height - ROWS * CARD.height - (ROWS - 1) * GAP) / 2;
  const [column, row] = [at % COLUMNS, Math.floor(at / COLUMNS)];
  return {
    ...{ x: side + column * (CARD.width + GAP), y: top + row * (CARD.height + GAP) },
    ...CARD,
  };
}

function drawCard(
  paper: Paper,
  { card, mark }: PrintedCard,
  place: Box & { height: number },
  t: Words,
) {
  paper.artifact(() => paper.ink.frame(place, 0.4, COLOURS.rule));
  const box = { x: place.x + PAD, y: place.y + PAD * 0.7, width: place.width - 2 * PAD };
  const below = head(paper, card, box, t);
  const square = 15 * MM;
  const foot = place.y + place.height;
  const text = { ...box, y: below + 1.2 * MM, width: box.width - square - 2 * MM };
  facts(paper, card, text, t);
  const code = { x: box.x + box.width - square, y: below + 2 * MM, width: square };
  paper.artifact(() => {
    qrSquare(paper.ink, scanned(card.verifyAddress, card.code), code);
  });
  write(paper, SMALL, { ...box, y: foot - 9.5 * MM }, ltr(card.code), 'end');
  const said = state(mark, t);
  if (said) write(paper, SMALL, { ...box, y: foot - 9.5 * MM }, said, 'start');
  write(paper, SMALL, { ...box, y: foot - 5.2 * MM }, t('network:card.honorary'), 'start');
}

function head(paper: Paper, card: CardPaper, box: Box, t: Words): number {
  const mark = 9 * MM;
  paper.artifact(() => emblem(paper.ink, { ...box, width: mark }));
  const words = { x: box.x + mark + 2 * MM, y: box.y, width: box.width - mark - 2 * MM };
  const y = write(paper, CENTRE, words, own(card.centre.name), 'start');
  write(paper, TITLE, { ...words, y }, t('network:card.title'), 'start');
  const rule = { ...box, y: box.y + mark + 1.6 * MM };
  paper.artifact(() => paper.ink.doubleRule(rule));
  return rule.y + 1 * MM;
}

function facts(paper: Paper, card: CardPaper, box: Box, t: Words): void {
  let y = write(paper, NAME, box, own(card.name), 'start');
  const [from, to] = [card.fromOn, card.toOn].map((day) => ltr(formatDay(day, 'fa', 'date')));
  const lines = [
    [t('network:card.number'), ltr(paper.digits(String(card.number)))],
    [t('network:card.fields'), own(shortened(card.fields, t))],
    [t('network:card.valid'), t('network:card.from-to', { from, to })],
  ];
  for (const [label, value] of lines) {
    y = write(paper, TEXT, { ...box, y }, `${label}: ${value}`, 'start');
  }
}

/** Three fields fit on a card; whoever has more is asked. */
function shortened(fields: string[], t: Words): string {
  const shown = fields.slice(0, 3).join(t('network:comma'));
  return fields.length > 3 ? `${shown} \u2026` : shown;
}

function state(mark: PrintMark, t: Words): string | undefined {
  if (mark.cancelled) return t('network:card.over');
  if (mark.draft) return t('network:card.draft');
  return mark.reprint ? t('network:card.reprint') : undefined;
}

function write(paper: Paper, style: Style, box: Box, text: string, align: 'start' | 'end'): number {
  let below = box.y;
  paper.tag('P', text, () => {
    below = paper.write(text, style, box, align);
  });
  return below;
}
