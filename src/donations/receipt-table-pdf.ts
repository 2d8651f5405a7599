/** The goods or the parts of a gift on its receipt: within it, or annexed on sheets of their own. */
import { ltr, own, withoutMarks } from '../paper/bidi.ts';
import { type Box, COLOURS, MM } from '../paper/ink.ts';
import { SIZES } from '../paper/paper.ts';
import { type Cell, type Column, Table } from '../paper/table.ts';
import type { Style } from '../paper/text.ts';
import { formatDay } from '../values/jalali-date.ts';
import { formatQuantity } from '../values/quantity.ts';
import { formatRial } from '../values/rial.ts';
import type { ReceiptPaper } from './receipt-paper.ts';
import type { Sheet } from './receipt-pdf.ts';

const HEAD: Style = { size: 10, weight: 'bold', leading: 1.7 };
const SMALL: Style = { size: 7.5, weight: 'regular', leading: 1.6, colour: COLOURS.quiet };

/** What the head and the foot of an annexed sheet take of it. */
const ANNEX_ENDS = 26 * MM;

type Listed = { table: Table; rows: Cell[][]; totalRial: number };

/** The table of the gift; undefined for one that has neither goods nor parts. */
export function tableOf(sheet: Sheet, box: Box): Listed | undefined {
  const { items, parts } = sheet.receipt;
  if (items) return goodsTable(sheet, box);
  return parts && !isFewParts(sheet.receipt) ? partsTable(sheet, box) : undefined;
}

/** So few that one line has room for them. */
export const isFewParts = ({ parts }: ReceiptPaper): boolean =>
  parts !== undefined && parts.length <= 4;

/** Whether all of it stands in this room, its heads and its sum too. */
export function inside({ table, rows }: Listed, room: number): boolean {
  const heights = rows.map((cells) => table.measured(cells).height);
  return heights.reduce((sum, height) => sum + height, 2.6 * table.sumHeight) <= room;
}

export function drawInside(sheet: Sheet, listed: Listed, y: number): number {
  return drawRows(sheet, listed, y, Number.POSITIVE_INFINITY);
}

/** What the sheet says where the table is annexed. */
export function annexSentence({ paper, receipt, t }: Sheet): { label: string; value: string } {
  const what = receipt.items ? 'items' : 'parts';
  const number = paper.digits(String((receipt.items ?? receipt.parts ?? []).length));
  const label = t(`paper:receipt.${receipt.items ? 'items' : 'part-fund'}`);
  return { label, value: own(t(`paper:receipt.annexed-${what}`, { number })) };
}

/**
 * The whole table on further sheets, each with the receipt's number and code: on one half sheet like
 * the receipt's own, or on whole sheets, as wide and twice as high.
 */
export function drawAnnex(sheet: Sheet, copy: string, box: Box): void {
  const listed = tableOf(sheet, box)!;
  const small = SIZES.a5Landscape;
  const size = inside(listed, small.height * MM - box.y - ANNEX_ENDS) ? small : SIZES.a4;
  const ink = sheet.paper.addPage(size);
  drawRows(sheet, listed, annexHead(sheet, copy, box), ink.height - 12 * MM, () => {
    sheet.paper.addPage(size);
    return annexHead(sheet, copy, box);
  });
}

function annexHead({ paper, receipt, t }: Sheet, copy: string, box: Box): number {
  const number = ltr(paper.digits(receipt.number));
  const text = `${t('paper:receipt.annex', { number })} \u00b7 ${own(receipt.centre.name)}`;
  let y = box.y;
  paper.tag('H2', text, () => {
    y = paper.write(text, HEAD, box);
  });
  const small = `${copy} \u00b7 ${ltr(receipt.code)}`;
  paper.tag('P', small, () => {
    y = paper.write(small, SMALL, { ...box, y });
  });
  return y + 2 * MM;
}

/** Draws the rows, on further pages where they do not end before the bottom. */
function drawRows(
  { paper, t }: Sheet,
  { table, rows, totalRial }: Listed,
  top: number,
  bottom: number,
  nextPage?: () => number,
): number {
  let y = head(paper, table, top);
  for (const cells of rows) {
    const { lines, height } = table.measured(cells);
    if (nextPage && y + height + table.sumHeight > bottom) {
      paper.artifact(() => table.close(y, false));
      y = head(paper, table, nextPage());
    }
    paper.tag('P', told(cells), () => {
      y = table.row(lines, height, y);
    });
  }
  const name = t('paper:receipt.sum');
  const sums = table.columns.map(({ carry }) => (carry ? totalRial : null));
  paper.tag('P', `${name} ${formatRial(totalRial, paper.lang)}`, () => {
    y = table.sums(name, sums, y);
  });
  paper.artifact(() => table.close(y, false));
  return y;
}

function head(paper: Sheet['paper'], table: Table, y: number): number {
  let end = y;
  const titles = table.columns.map(({ title }) => title);
  paper.tag('P', told(titles), () => {
    end = table.head(y);
  });
  return end;
}

function goodsTable(sheet: Sheet, { x, width }: Box): Listed {
  const { paper, receipt, t } = sheet;
  const { lang, items = [], amountRial } = receipt;
  const say = (key: string) => t(`paper:receipt.${key}`);
  const several = items.some(({ fund }) => fund !== undefined);
  const columns: Column[] = [
    { title: say('row'), width: 1, kind: 'code' },
    { title: say('item'), width: 6, kind: 'text' },
    { title: say('quantity'), width: 3.4, kind: 'text' },
    { title: say('condition'), width: 2.4, kind: 'text' },
    { title: say('expires'), width: 2.6, kind: 'code' },
    ...(several ? [{ title: say('part-fund'), width: 3.4, kind: 'text' as const }] : []),
    { title: say('value'), width: 4, kind: 'amount', carry: 'sum' },
  ];
  const rows = items.map((item, at): Cell[] => {
    const quantity = formatQuantity(item.quantityMilli, lang);
    return [
      ...[paper.digits(String(at + 1)), own(item.name)],
      ...[own(t('donations:quantity', { quantity, unit: item.unit })), item.condition],
      item.expiresOn ? ltr(formatDay(item.expiresOn, lang, 'date')) : null,
      ...(several ? [own(item.fund ?? '')] : []),
      item.valueRial,
    ];
  });
  return { table: new Table(paper, columns, x, width), rows, totalRial: amountRial };
}

function partsTable({ paper, receipt, t }: Sheet, { x, width }: Box): Listed {
  const columns: Column[] = [
    { title: t('paper:receipt.row'), width: 1, kind: 'code' },
    { title: t('paper:receipt.part-fund'), width: 8, kind: 'text' },
    { title: t('paper:receipt.part-amount'), width: 4, kind: 'amount', carry: 'sum' },
  ];
  const rows = (receipt.parts ?? []).map(({ name, amountRial }, at): Cell[] => [
    ...[paper.digits(String(at + 1)), own(name), amountRial],
  ]);
  return { table: new Table(paper, columns, x, width), rows, totalRial: receipt.amountRial };
}

/** The cells of a row, for whoever hears the paper. */
const told = (cells: Cell[]): string =>
  cells
    .filter((cell) => cell !== null && cell !== '')
    .map((cell) => withoutMarks(String(cell)))
    .join(' \u00b7 ');
