/** The receipt on the roll of an 80 mm printer, as long as what it says. */
import { ltr, own } from '../paper/bidi.ts';
import { qrSquare } from '../paper/code.ts';
import { emblem } from '../paper/emblem.ts';
import { type Align, type Box, COLOURS, MM } from '../paper/ink.ts';
import { activityLine, contactLine, scanned } from '../paper/issued.ts';
import { notices } from '../paper/notices.ts';
import type { Paper } from '../paper/paper.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import { type Content, plainText, type Style } from '../paper/text.ts';
import { formatDay, formatMoment } from '../values/jalali-date.ts';
import { formatHours, formatQuantity } from '../values/quantity.ts';
import { formatRial, formatToman } from '../values/rial.ts';
import { type Words, wordsFor } from '../words.ts';
import { moneyOnPaper } from './receipt-money.ts';
import type { ReceiptPaper } from './receipt-paper.ts';
import {
  donorOnPaper,
  idTerm,
  noteOf,
  receiptDocument,
  takerSaid,
  validity,
} from './receipt-pdf.ts';

const WIDTH = 80;
const SIDE = 5 * MM;
/** As long as ninety lines of goods take. */
const LONGEST = 2400;
const NAME: Style = { size: 11, weight: 'bold', leading: 1.6 };
const TITLE: Style = { size: 10.5, weight: 'bold', leading: 1.7 };
const TEXT: Style = { size: 9, weight: 'regular', leading: 1.75 };
const FIGURE: Style = { size: 15, weight: 'bold', leading: 1.7 };
const SMALL: Style = { size: 7.5, weight: 'regular', leading: 1.65 };
const HASH: Style = { size: 5.3, weight: 'regular', leading: 1.5 };

type Roll = { paper: Paper; receipt: ReceiptPaper; print: PrintMark; t: Words };

export async function receiptSlipPdf(receipt: ReceiptPaper, print: PrintMark): Promise<Buffer> {
  const t = wordsFor(receipt.lang);
  const measured = receiptDocument(receipt, t);
  const length = roll({ paper: measured, receipt, print, t }, LONGEST);
  const paper = receiptDocument(receipt, t);
  roll({ paper, receipt, print, t }, length);
  return paper.toBuffer();
}

/** Draws the slip and answers how many millimetres of roll it takes. */
function roll(sheet: Roll, height: number): number {
  const { paper, print, receipt, t } = sheet;
  const ink = paper.addPage({ width: WIDTH, height });
  const box = { x: SIDE, y: 4 * MM, width: ink.width - 2 * SIDE };
  let y = head(sheet, box);
  y = notices(paper, print, t, { ...box, y: y + 1.5 * MM });
  y = facts(sheet, { ...box, y });
  y = listed(sheet, { ...box, y });
  y = sum(sheet, { ...box, y: y + MM });
  y = say(paper, TEXT, [box, y + MM], receivedBy(receipt, t), 'start');
  y = code(sheet, { ...box, y: y + 2 * MM });
  return y / MM + 4;
}

function head({ paper, receipt, t }: Roll, box: Box): number {
  const mark = 11 * MM;
  const x = box.x + (box.width - mark) / 2;
  paper.artifact(() => emblem(paper.ink, { x, y: box.y, width: mark }));
  let y = say(paper, SMALL, [box, box.y + mark], t('paper:invocation'));
  y = say(paper, NAME, [box, y], own(receipt.centre.name));
  y = say(paper, SMALL, [box, y], own(receipt.centre.place));
  y = say(paper, SMALL, [box, y], activityLine(paper, receipt.centre, t)) + MM;
  paper.artifact(() => paper.ink.doubleRule({ ...box, y }));
  return say(
    paper,
    TITLE,
    [box, y + 1.5 * MM],
    t(`paper:receipt.titles.${receipt.gift ?? 'cash'}`),
  );
}

function facts({ paper, receipt, t }: Roll, box: Box): number {
  const { lang, donor } = receipt;
  const { maskedId } = donor;
  const id = maskedId && !donor.withheld ? ltr(paper.digits(maskedId)) : null;
  const rows: [string, string | null][] = [
    [t('paper:receipt.number'), ltr(paper.digits(receipt.number))],
    [t('paper:receipt.received-on'), ltr(formatDay(receipt.receivedOn, lang, 'date'))],
    [t('paper:receipt.issued-at'), formatMoment(receipt.issuedAt, lang)],
    [`${t('paper:receipt.donor')}:`, donorOnPaper(receipt, t)],
    [`${idTerm(maskedId ?? '', t)}:`, id],
    [`${t('paper:receipt.fund')}:`, own(receipt.fund.name)],
    [`${t('paper:receipt.method')}:`, own(receipt.method)],
    ...bankRows(paper, receipt, t),
    [`${t('paper:receipt.purpose')}:`, receipt.purpose && own(receipt.purpose)],
  ];
  let y = box.y;
  for (const [label, value] of rows) {
    if (!value) continue;
    const content = [{ text: `${label} `, colour: COLOURS.quiet }, labelled(value)];
    y = say(paper, TEXT, [box, y], content, 'start');
  }
  return y;
}

function bankRows(paper: Paper, receipt: ReceiptPaper, t: Words): [string, string | null][] {
  const { reference, service, lang, gift = 'transfer' } = receipt;
  const say = (key: string) => `${t(`paper:receipt.${key}`)}:`;
  if (service) {
    const hours = own(t('donations:hours', { hours: formatHours(service.hoursCenti, lang) }));
    return [
      [say('service'), own(service.description)],
      [say('hours'), hours],
    ];
  }
  if (!reference) return [];
  const { number, bank, dueOn } = reference;
  return [
    [say(`reference.${gift}`), ltr(paper.digits(number))],
    [say('bank'), bank && own(bank)],
    [say('due-on'), dueOn && ltr(formatDay(dueOn, lang, 'date'))],
  ];
}

/** Goods and parts, line under line: a roll has no room for columns. */
function listed({ paper, receipt, t }: Roll, box: Box): number {
  const { items = [], parts = [], lang } = receipt;
  const lines = [
    ...items.map(({ name, quantityMilli, unit, valueRial }) => {
      const quantity = formatQuantity(quantityMilli, lang);
      const said = own(t('donations:quantity', { quantity, unit }));
      return [own(name), said, formatRial(valueRial, lang)];
    }),
    ...parts.map(({ name, amountRial }) => [own(name), formatRial(amountRial, lang)]),
  ];
  if (lines.length === 0) return box.y;
  let y = box.y + MM;
  paper.artifact(() => paper.ink.rule({ ...box, y }, 0.6));
  y += MM;
  for (const line of lines) y = say(paper, TEXT, [box, y], line.join(' \u00b7 '), 'start');
  paper.artifact(() => paper.ink.rule({ ...box, y: y + MM }, 0.6));
  return y + 2 * MM;
}

function labelled(text: string) {
  return { text, weight: 'medium' as const };
}

function sum({ paper, receipt, t }: Roll, box: Box): number {
  const { lang, amountRial, amountWords } = receipt;
  const figure = moneyOnPaper(t, amountRial, lang);
  const words = t('paper:receipt.in-words', { words: amountWords });
  const toman = t('paper:receipt.in-toman', { amount: formatToman(amountRial, lang) });
  const inner = { ...box, x: box.x + 2 * MM, width: box.width - 4 * MM };
  let y = say(paper, FIGURE, [inner, box.y + MM], figure);
  y = say(paper, TEXT, [inner, y], words);
  y = say(paper, SMALL, [inner, y], toman) + MM;
  paper.artifact(() => paper.ink.frame({ ...box, height: y - box.y }, 1.1));
  return y;
}

function receivedBy(receipt: ReceiptPaper, t: Words): Content {
  const taker = receipt.receivedBy;
  return [
    { text: `${takerSaid(receipt, t)}: `, colour: COLOURS.quiet },
    { text: own(taker.name), weight: 'medium' },
    { text: ` \u00b7 ${own(taker.seatName)}` },
  ];
}

function code(sheet: Roll, box: Box): number {
  const { paper, receipt, print, t } = sheet;
  const square = 24 * MM;
  const x = box.x + (box.width - square) / 2;
  const scan = scanned(receipt.verifyAddress, receipt.code);
  paper.artifact(() => {
    paper.ink.rule(box, 0.6);
    qrSquare(paper.ink, scan, { x, y: box.y + 3 * MM, width: square });
  });
  let y = box.y + square + 4.5 * MM;
  for (const note of noteOf(receipt, t)) y = say(paper, SMALL, [box, y], note);
  y = say(paper, SMALL, [box, y], validity(sheet));
  y = say(paper, SMALL, [box, y], contactLine(paper, receipt.centre, t));
  return say(paper, HASH, [box, y], ltr(print.actHash));
}

function say(
  paper: Paper,
  style: Style,
  [box, y]: [Box, number],
  content: Content,
  align: Align = 'centre',
): number {
  let end = y;
  paper.tag('P', plainText(content), () => {
    end = paper.write(content, style, { ...box, y }, align);
  });
  return end;
}
