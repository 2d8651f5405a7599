/**
 * The rows of a bank's statement, read from the cells of its sheet: days in either calendar, amounts
 * in one column or two, in whatever digits, put in the order in which the balance runs.
 */
import type { SheetCell, SheetRows } from '../sheets/sheet-reading.ts';
import { readDay } from '../values/jalali-date.ts';
import { typedFigures } from '../values/persian-text.ts';
import { MAX_RIAL } from '../values/rial.ts';
import type { ColumnKind, StatementColumns } from './statement-columns.ts';

export type StatementRow = {
  /** The row of the sheet as people count it, from 1. */
  line: number;
  happenedOn: string;
  words: string;
  reference: string;
  /** What came, less than nothing for what left. */
  netRial: number;
  balanceRial: number | null;
};

/** Why a row cannot be taken in; the sentence is `bank:faults.{fault}`. */
export type RowFault = {
  line: number;
  fault: 'day' | 'amount' | 'both-sides' | 'balance' | 'later';
};

/** Where the balance does not follow from the row before: by how much. */
export type Jump = { line: number; happenedOn: string; rial: number };

export type ReadStatement = {
  rows: StatementRow[];
  faults: RowFault[];
  /** Rows below the heads without a day or an amount: titles, sums, what was carried over. */
  leftOut: number;
  jumps: Jump[];
  openingRial: number | null;
  closingRial: number | null;
};

export function readStatement(
  cells: SheetRows,
  columns: StatementColumns,
  today: string,
): ReadStatement {
  const rows: StatementRow[] = [];
  const faults: RowFault[] = [];
  let leftOut = 0;
  for (let at = columns.head + 1; at < cells.length; at += 1) {
    const read = readRow(cells[at]!, columns, { line: at + 1, today });
    if (read === undefined) leftOut += 1;
    else if ('fault' in read) faults.push(read);
    else rows.push(read);
  }
  const ordered = inOrder(rows);
  return { rows: ordered, faults, leftOut, ...runOf(ordered) };
}

type Place = { line: number; today: string };

function readRow(
  row: SheetCell[],
  columns: StatementColumns,
  { line, today }: Place,
): StatementRow | RowFault | undefined {
  const cell = (kind: ColumnKind): SheetCell => row[columns[kind] ?? -1] ?? null;
  const day = dayIn(cell('day'), today);
  // What has no figure where the day should be is a title or a sum.
  if (day === undefined) return undefined;
  const [amount, into, out] = [cell('amount'), cell('in'), cell('out')].map(amountIn);
  if ([amount, into, out].some((one) => one === null)) return { line, fault: 'amount' };
  if (into !== 0 && out !== 0) return { line, fault: 'both-sides' };
  const netRial = amount! + Math.abs(into!) - Math.abs(out!);
  if (netRial === 0) return undefined;
  if (day === null) return { line, fault: 'day' };
  if (day > today) return { line, fault: 'later' };
  const balance = cell('balance');
  const balanceRial = balance === null ? null : amountIn(balance);
  if (balance !== null && balanceRial === null) return { line, fault: 'balance' };
  const text = (kind: ColumnKind) => String(cell(kind) ?? '').slice(0, 300);
  const reference = typedFigures(text('reference')).slice(0, 60);
  return { line, happenedOn: day, words: text('words'), reference, netRial, balanceRial };
}

/** The ISO day of a cell; null for what is none, undefined where not one figure stands. */
function dayIn(cell: SheetCell, today: string): string | null | undefined {
  if (cell === null) return undefined;
  const figures = typedFigures(String(cell));
  if (!/\d/.test(figures)) return undefined;
  const plain = figures.replace(/[ T-]*\d{1,2}:\d{2}(:\d{2})?.*$/, '').trim();
  const read = readDay(written(plain), { today });
  return 'value' in read ? read.value : null;
}

/** Eight figures in one, and days written from their end, as some banks do. */
function written(day: string): string {
  const joined = /^(\d{4}|\d{2})(\d{2})(\d{2})$/.exec(day);
  if (joined) return joined.slice(1).join('/');
  const reversed = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(day);
  return reversed ? `${reversed[3]}/${reversed[2]}/${reversed[1]}` : day;
}

/** Whole rials with their sign; nothing and a dash are none, null what is no amount. */
export function amountIn(cell: SheetCell): number | null {
  if (cell === null) return 0;
  if (typeof cell === 'number') return Number.isInteger(cell) ? within(cell) : null;
  const figures = typedFigures(cell).replace(/[^\d()+.,/\u066b-]+/g, '');
  if (/^-*$/.test(figures)) return /\p{L}/u.test(cell) ? null : 0;
  const isBelow = /^\(.*\)$|^-|-$/.test(figures);
  const plain = figures.replace(/^[+-]|-$|[()]/g, '').replace(/[.\u066b]0{1,2}$/, '');
  const digits = plain.replace(/[,./](?=\d{3}(\D|$))/g, '');
  if (!/^\d{1,15}$/.test(digits)) return null;
  return within(isBelow ? -Number(digits) : Number(digits));
}

const within = (rial: number) => (Math.abs(rial) <= MAX_RIAL ? rial : null);

/**
 * The order in which things happened. Statements run forwards or backwards, and some banks sort a
 * day by amount: within a day each row follows the one whose balance it continues, where one does.
 */
function inOrder(rows: StatementRow[]): StatementRow[] {
  const forwards = byDay(rows);
  if (rows.some(({ balanceRial }) => balanceRial === null)) return forwards;
  const backwards = byDay([...rows].reverse());
  const [first, second] = [jumpsIn(forwards).length, jumpsIn(backwards).length];
  const best = second < first ? backwards : forwards;
  if (Math.min(first, second) === 0) return best;
  const chained = chainedByDay(best);
  return jumpsIn(chained).length < Math.min(first, second) ? chained : best;
}

const byDay = (rows: StatementRow[]) =>
  rows.toSorted((a, b) => (a.happenedOn < b.happenedOn ? -1 : a.happenedOn > b.happenedOn ? 1 : 0));

/** Each row by the balance it found, so that the next is looked up and never searched for. */
function chainedByDay(rows: StatementRow[]): StatementRow[] {
  const chained: StatementRow[] = [];
  for (const day of Map.groupBy(rows, ({ happenedOn }) => happenedOn).values()) {
    const byFound = Map.groupBy(day, foundBy);
    const ends = new Set(day.map(({ balanceRial }) => balanceRial));
    // Where nothing goes on, a row begins that follows no other; then whatever is left.
    const beginnings = [...day.filter((row) => !ends.has(foundBy(row))), ...day].reverse();
    const left = new Set(day);
    let balance = chained.at(-1)?.balanceRial;
    for (const found of byFound.values()) found.reverse();
    while (left.size > 0) {
      const next = firstOf(byFound.get(balance ?? Number.NaN), left) ?? firstOf(beginnings, left)!;
      left.delete(next);
      chained.push(next);
      balance = next.balanceRial;
    }
  }
  return chained;
}

const foundBy = ({ balanceRial, netRial }: StatementRow): number => balanceRial! - netRial;

/** The last of the list that is left; what is not left any more is dropped from it. */
function firstOf(list: StatementRow[] | undefined, left: Set<StatementRow>) {
  while (list && list.length > 0) {
    const row = list.pop()!;
    if (left.has(row)) return row;
  }
  return undefined;
}

function jumpsIn(rows: StatementRow[]): Jump[] {
  const jumps: Jump[] = [];
  for (let at = 1; at < rows.length; at += 1) {
    const { line, happenedOn, netRial, balanceRial } = rows[at]!;
    const before = rows[at - 1]!.balanceRial;
    if (before === null || balanceRial === null) continue;
    const rial = balanceRial - before - netRial;
    if (rial !== 0) jumps.push({ line, happenedOn, rial });
  }
  return jumps;
}

function runOf(rows: StatementRow[]) {
  const first = rows[0];
  const openingRial =
    first && first.balanceRial !== null ? first.balanceRial - first.netRial : null;
  return { jumps: jumpsIn(rows), openingRial, closingRial: rows.at(-1)?.balanceRial ?? null };
}
