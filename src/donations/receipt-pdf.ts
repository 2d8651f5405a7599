/**
 * The receipt on A5, in two copies: one for the donor, one for the accounts. Goods and the parts of a
 * gift stand in a table, on a sheet of its own where there are many.
 */
import { ltr, own } from '../paper/bidi.ts';
import { type Box, COLOURS, MM } from '../paper/ink.ts';
import { activityLine, contactLine, scanned } from '../paper/issued.ts';
import { letterhead } from '../paper/letterhead.ts';
import { notices } from '../paper/notices.ts';
import { leadingOf, Paper, SIZES } from '../paper/paper.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import { STYLES } from '../paper/styles.ts';
import { drawTail, tailHeight } from '../paper/tail.ts';
import { plainText, type Span, type Style } from '../paper/text.ts';
import { formatDay, formatMoment } from '../values/jalali-date.ts';
import { formatHours } from '../values/quantity.ts';
import { formatRial, formatToman } from '../values/rial.ts';
import { type Words, wordsFor } from '../words.ts';
import { moneyOnPaper } from './receipt-money.ts';
import type { ReceiptPaper } from './receipt-paper.ts';
import {
  annexSentence,
  drawAnnex,
  drawInside,
  inside,
  isFewParts,
  tableOf,
} from './receipt-table-pdf.ts';

const SIDE = 12 * MM;
const LEAST_SEAL = 14 * MM;
/** The frame with the money, and room to sign. */
const SUM_AND_SIGNATURES = 36 * MM;
const TITLE: Style = { size: 12, weight: 'bold' };
const COPY: Style = { size: 8.5, weight: 'regular', colour: COLOURS.quiet };
const VALUE: Style = { size: 10, weight: 'medium', leading: 1.75 };
const FIGURE: Style = { size: 16, weight: 'bold', leading: 1.6 };
const WORDS: Style = { size: 10, weight: 'regular', leading: 1.7 };
const TOMAN: Style = { size: 9, weight: 'regular', leading: 1.7, colour: COLOURS.quiet };

export type Sheet = { paper: Paper; receipt: ReceiptPaper; print: PrintMark; t: Words };

export async function receiptPdf(receipt: ReceiptPaper, print: PrintMark): Promise<Buffer> {
  const t = wordsFor(receipt.lang);
  const paper = receiptDocument(receipt, t);
  const sheet = { paper, receipt, print, t };
  copy(sheet, t('paper:receipt.donor-copy'));
  copy(sheet, t('paper:receipt.accounts-copy'));
  return paper.toBuffer();
}

export function receiptDocument(receipt: ReceiptPaper, t: Words): Paper {
  const number = receipt.number;
  return new Paper({
    lang: receipt.lang,
    title: t('paper:receipt.document-title', { number, centre: receipt.centre.name }),
    author: receipt.centre.name,
    tagged: true,
  });
}

/** The donor as the paper names them; one who asked not to be named is not. */
export function donorOnPaper({ donor }: ReceiptPaper, t: Words): string {
  if (donor.withheld) return t('paper:receipt.withheld');
  if (donor.anonymous || !donor.name) return t('paper:receipt.anonymous');
  return own(donor.name);
}

/** What the number of a person or, longer by a digit, of a company is called. */
export function idTerm(maskedId: string, t: Words): string {
  return t(`paper:receipt.${maskedId.length > 10 ? 'firm-id' : 'national-id'}`);
}

/** The sentence about the paper's worth, and the code in bold after it. */
export function validity({ receipt, print, t }: Omit<Sheet, 'paper'>) {
  const address = ltr(receipt.verifyAddress);
  const key = print.draft ? 'paper:receipt.valid-draft' : 'paper:receipt.valid';
  return [{ text: t(key, { address }) }, { text: ltr(receipt.code), weight: 'bold' as const }];
}

/** What such a gift depends on, said where it matters. */
export function noteOf({ gift }: ReceiptPaper, t: Words): string[] {
  const key = { goods: 'basis', service: 'memo', cheque: 'cheque-note' }[String(gift)];
  return key ? [t(`paper:receipt.${key}`)] : [];
}

function copy(sheet: Sheet, name: string): void {
  const { paper, receipt, print, t } = sheet;
  const ink = paper.addPage(SIZES.a5Landscape);
  const box = { x: SIDE, y: 9 * MM, width: ink.width - 2 * SIDE };
  const tail = {
    scan: scanned(receipt.verifyAddress, receipt.code),
    sentences: [...noteOf(receipt, t), validity(sheet), contactLine(paper, receipt.centre, t)],
    hash: print.actHash,
  };
  const bottom = ink.height - 7 * MM;
  let y = head(sheet, box);
  y = title(sheet, name, { ...box, y: y + 1.5 * MM });
  y = notices(paper, print, t, { ...box, y });
  y = particulars(sheet, { ...box, y });
  const table = tableOf(sheet, { ...box, y });
  const room = bottom - tailHeight(tail) - y - SUM_AND_SIGNATURES;
  const fits = table !== undefined && inside(table, room);
  if (table && fits) y = drawInside(sheet, table, y + 2 * MM);
  if (table && !fits) y = slots(sheet, { ...box, y }, [annexSlot(sheet, box)]);
  y = sum(sheet, { ...box, y: y + 3 * MM });
  signatures(sheet, { ...box, y: y + 2 * MM }, bottom - tailHeight(tail));
  drawTail(paper, tail, { ...box, y: bottom });
  if (table && !fits) drawAnnex(sheet, name, box);
}

const annexSlot = (sheet: Sheet, { width }: Box): Slot => ({ ...annexSentence(sheet), width });

function head({ paper, receipt, t }: Sheet, box: Box): number {
  const { lang, centre } = receipt;
  return letterhead(
    paper,
    {
      arch: true,
      name: own(centre.name),
      lines: [own(centre.place), activityLine(paper, centre, t)],
      invocation: t('paper:invocation'),
      facts: [
        { label: t('paper:receipt.number'), value: ltr(paper.digits(receipt.number)) },
        {
          label: t('paper:receipt.received-on'),
          value: ltr(formatDay(receipt.receivedOn, lang, 'date')),
        },
        { label: t('paper:receipt.issued-at'), value: formatMoment(receipt.issuedAt, lang) },
      ],
      scale: 0.86,
    },
    box,
  );
}

function title({ paper, receipt, t }: Sheet, name: string, box: Box): number {
  const text = t(`paper:receipt.titles.${receipt.gift ?? 'cash'}`);
  const width = paper.set.width(text, TITLE);
  let y = box.y;
  paper.tag('H1', `${text}, ${name}`, () => {
    y = paper.write(text, TITLE, box);
    const beside = { x: box.x + width + 4 * MM, y: box.y + 1, width: box.width - width - 4 * MM };
    paper.write(name, { ...COPY, leading: leadingOf(TITLE) / COPY.size }, beside);
  });
  return y + MM;
}

/** Two rows of labelled values, each over a hairline. */
function particulars(sheet: Sheet, box: Box): number {
  const { paper, receipt, t } = sheet;
  const { maskedId } = receipt.donor;
  const third = box.width / 3;
  const named = maskedId && !receipt.donor.withheld;
  const first = slots(sheet, box, [
    { label: t('paper:receipt.donor'), value: donorOnPaper(receipt, t), width: 2 * third },
    named ? { label: idTerm(maskedId, t), value: ltr(paper.digits(maskedId)), width: third } : null,
  ]);
  const purpose = { label: t('paper:receipt.purpose'), value: own(receipt.purpose ?? '') };
  const wide = paper.set.width(labelled(purpose), VALUE) > third - 4 * MM;
  const second = slots(sheet, { ...box, y: first }, [
    { label: t('paper:receipt.fund'), value: own(fundsSaid(sheet)), width: third },
    { label: t('paper:receipt.method'), value: own(receipt.method), width: third },
    receipt.purpose && !wide ? { ...purpose, width: third } : null,
  ]);
  const last = wide
    ? slots(sheet, { ...box, y: second }, [{ ...purpose, width: box.width }])
    : second;
  return shares(sheet, { ...box, y: byKind(sheet, { ...box, y: last }) });
}

/** A few parts stand in one line with their amounts. */
function shares(sheet: Sheet, box: Box): number {
  const { receipt, t } = sheet;
  if (!isFewParts(receipt)) return box.y;
  const value = receipt
    .parts!.map(({ name, amountRial }) => {
      return own(`${name} ${formatRial(amountRial, receipt.lang)}`);
    })
    .join(' \u00b7 ');
  return slots(sheet, box, [{ label: t('paper:receipt.shares'), value, width: box.width }]);
}

/** Of several funds how many; which they are is said with their amounts. */
function fundsSaid({ paper, receipt, t }: Sheet): string {
  const { parts, fund } = receipt;
  if (!parts) return fund.name;
  return t('paper:receipt.several', { number: paper.digits(String(parts.length)) });
}

/** What the bank knows it by, or what was done and for how long. */
function byKind(sheet: Sheet, box: Box): number {
  const { paper, receipt, t } = sheet;
  const { reference, service, lang, gift } = receipt;
  const third = box.width / 3;
  const say = (key: string) => t(`paper:receipt.${key}`);
  if (service) {
    const hours = own(t('donations:hours', { hours: formatHours(service.hoursCenti, lang) }));
    return slots(sheet, box, [
      { label: say('service'), value: own(service.description), width: 2 * third },
      { label: say('hours'), value: hours, width: third },
    ]);
  }
  if (!reference) return box.y;
  const { number, bank, dueOn } = reference;
  return slots(sheet, box, [
    {
      ...{ label: say(`reference.${gift ?? 'transfer'}`), width: third },
      value: ltr(paper.digits(number)),
    },
    bank ? { label: say('bank'), value: own(bank), width: third } : null,
    dueOn
      ? { label: say('due-on'), value: ltr(formatDay(dueOn, lang, 'date')), width: third }
      : null,
  ]);
}

type Slot = { label: string; value: string; width: number };

function slots({ paper }: Sheet, box: Box, row: (Slot | null)[]): number {
  let x = box.x;
  let end = box.y;
  const top = box.y + MM;
  for (const slot of row) {
    if (!slot) continue;
    const content = labelled(slot);
    paper.tag('P', plainText(content), () => {
      const place = { x, y: top, width: slot.width - 4 * MM };
      end = Math.max(end, paper.write(content, VALUE, place));
    });
    x += slot.width;
  }
  end += MM;
  paper.artifact(() => paper.ink.rule({ ...box, y: end }));
  return end;
}

function labelled({ label, value }: Pick<Slot, 'label' | 'value'>): Span[] {
  return [{ text: `${label}: `, weight: 'regular', colour: COLOURS.quiet }, { text: value }];
}

/** The money in a frame: figures, words, and the same in toman. */
function sum({ paper, receipt, t }: Sheet, box: Box): number {
  const { lang, amountRial } = receipt;
  const figure = moneyOnPaper(t, amountRial, lang);
  const words = t('paper:receipt.in-words', { words: receipt.amountWords });
  const toman = t('paper:receipt.in-toman', { amount: formatToman(amountRial, lang) });
  const figureWidth = paper.set.width(figure, FIGURE);
  const inner = { x: box.x + 4 * MM, y: box.y + 2 * MM, width: box.width - 8 * MM };
  const x = inner.x + figureWidth + 8 * MM;
  const beside = { x, y: inner.y, width: box.x + box.width - 4 * MM - x };
  const lines = paper.set.lines(words, WORDS, beside.width);
  const text = lines.length * leadingOf(WORDS) + leadingOf(TOMAN);
  const height = Math.max(text, leadingOf(FIGURE)) + 4 * MM;
  paper.artifact(() => paper.ink.frame({ ...box, height }, 1.1));
  paper.tag('P', figure, () => {
    const y = box.y + (height - leadingOf(FIGURE)) / 2;
    paper.write(figure, FIGURE, { ...inner, y });
  });
  paper.tag('P', `${words} ${toman}`, () => {
    paper.lines(lines, beside, 'start');
    const y = inner.y + lines.length * leadingOf(WORDS);
    paper.write(toman, TOMAN, { ...beside, y });
  });
  return box.y + height;
}

function signatures(sheet: Sheet, box: Box, bottom: number): void {
  const { paper, receipt, t } = sheet;
  const room = bottom - box.y - 2 * MM;
  const side = { ...box, width: (box.width - 28 * MM) / 2 };
  const taker = { ...side, x: box.x + box.width - side.width };
  const name = { ...VALUE, weight: 'bold' as const };
  const said = takerSaid(receipt, t);
  const people = [own(receipt.receivedBy.name), own(receipt.receivedBy.seatName)];
  paper.tag('P', t('paper:receipt.donor-signature'), () => {
    paper.write(t('paper:receipt.donor-signature'), TOMAN, side, 'centre');
  });
  if (room < LEAST_SEAL) {
    const line = `${said}: ${people.join(' \u00b7 ')}`;
    paper.tag('P', line, () => paper.write(line, TOMAN, taker, 'end'));
    return;
  }
  sealPlace(sheet, box, Math.min(28 * MM, room));
  paper.tag('P', [said, ...people].join(' '), () => {
    const y = paper.write(said, TOMAN, taker, 'centre');
    const below = paper.write(people[0] as string, name, { ...taker, y }, 'centre');
    paper.write(
      people[1] as string,
      { ...VALUE, weight: 'regular' },
      { ...taker, y: below },
      'centre',
    );
  });
}

/** Money is received; goods and work are taken. */
export function takerSaid({ gift }: ReceiptPaper, t: Words): string {
  const inKind = gift === 'goods' || gift === 'service';
  return t(`paper:receipt.${inKind ? 'taken-by' : 'received-by'}`);
}

function sealPlace({ paper, print, t }: Sheet, box: Box, width: number): void {
  const circle = { x: box.x + (box.width - width) / 2, y: box.y, width };
  const text = t(print.draft ? 'paper:no-seal' : 'paper:seal');
  paper.artifact(() => paper.ink.dashedCircle(circle));
  paper.tag('P', text, () => {
    const y = box.y + (width - leadingOf(STYLES.tail)) / 2;
    paper.write(text, STYLES.tail, { ...circle, y }, 'centre');
  });
}
