/** Which column of a bank's sheet is which: found by its heads, or as somebody said before. */
import { createRequire } from 'node:module';
import type { SheetCell, SheetRows } from '../sheets/sheet-reading.ts';
import { searchText } from '../values/persian-text.ts';

export const COLUMN_KINDS = [
  'day',
  'words',
  'reference',
  'out',
  'in',
  'amount',
  'balance',
] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];

/** The row of the heads, from 0, and the place of each column that the sheet has. */
export type StatementColumns = { head: number } & Partial<Record<ColumnKind, number>>;

const known = createRequire(import.meta.url)('../../seeds/bank-columns.json') as Record<
  ColumnKind,
  string[]
>;

const heads = new Map(
  COLUMN_KINDS.flatMap((kind) => known[kind].map((word) => [plain(word), kind] as const)),
);

/** Heads stand below the bank's own title, its address and the owner's name. */
const DEEPEST_HEAD = 30;

/** The heads of the sheet and what they are; the row that names most of them is the head. */
export function columnsFound(rows: SheetRows): StatementColumns {
  const candidates = rows.slice(0, DEEPEST_HEAD).map((row, head) => columnsOfHead(row, head));
  return candidates.reduce((best, one) => (size(one) > size(best) ? one : best), { head: 0 });
}

/** By which files of one layout know each other: their heads, in their order. */
export function headsOf(rows: SheetRows, { head }: StatementColumns): string {
  return (rows[head] ?? []).map((cell) => plain(String(cell ?? ''))).join('|');
}

/** A day, and what came or went: without these there is nothing to take in. */
export function areEnough({ day, out, in: into, amount }: StatementColumns): boolean {
  return day !== undefined && (amount !== undefined || (out !== undefined && into !== undefined));
}

function columnsOfHead(row: SheetCell[], head: number): StatementColumns {
  const found: StatementColumns = { head };
  row.forEach((cell, at) => {
    const kind = typeof cell === 'string' ? kindOf(cell) : undefined;
    if (kind !== undefined && found[kind] === undefined) found[kind] = at;
  });
  // Where money in and out stand apart, a column of amounts is something else.
  if (found.in !== undefined && found.out !== undefined) delete found.amount;
  return found;
}

function kindOf(cell: string): ColumnKind | undefined {
  const head = plain(cell);
  const whole = heads.get(head);
  if (whole) return whole;
  // A head may say its unit as well, and the bank's own word before it.
  return [...heads].find(([word]) => word.length > 3 && head.startsWith(word))?.[1];
}

const size = (columns: StatementColumns) => Object.keys(columns).length;

function plain(text: string): string {
  return searchText(text.replace(/\([^)]*\)/g, ''));
}
