/** Which column of a sheet is which: found by its head, corrected by a person, remembered. */
import { createRequire } from 'node:module';
import type { SheetCell, SheetRows } from '../sheets/sheet-reading.ts';
import { LANGUAGES } from '../values/language.ts';
import { searchText } from '../values/persian-text.ts';
import { wordsFor } from '../words.ts';
import { FIELDS, type ImportKind } from './kinds.ts';

type Heads = Record<ImportKind, Record<string, string[]>> & {
  receipt: string[];
  toman: string[];
  /** What else the choices of a field are called. */
  words: Record<string, Record<string, string[]>>;
};

const others = createRequire(import.meta.url)('../../seeds/import-heads.json') as Heads;

/** What people call a choice of this field beside its own word. */
export function otherWords(field: string, code: string): string[] {
  return others.words[field]?.[code] ?? [];
}

export type Found = { head: number; columns: Partial<Record<string, number>> };

/** Heads stand below a title, a name and an address. */
const DEEPEST_HEAD = 30;

/** The row that names most of the fields is the head. */
export function columnsFound(what: ImportKind, rows: SheetRows): Found {
  const known = knownHeads(what);
  const candidates = rows.slice(0, DEEPEST_HEAD).map((row, head): Found => {
    const columns: Found['columns'] = {};
    row.forEach((cell, at) => {
      const field = known.get(plainHead(cell));
      if (field !== undefined) columns[field] ??= at;
    });
    return { head, columns };
  });
  return candidates.reduce((best, one) => (size(one) > size(best) ? one : best), {
    head: 0,
    columns: {},
  });
}

const size = ({ columns }: Found) => Object.keys(columns).length;

/** What the columns of a sheet are called, each by its own head or by none. */
export function headsAt(rows: SheetRows, head: number): string[] {
  const width = Math.max(0, ...rows.slice(head, head + 50).map((row) => row.length));
  return Array.from({ length: width }, (_, at) => String(rows[head]?.[at] ?? ''));
}

/** By which sheets of one making know each other. */
export function headsMark(rows: SheetRows, head: number): string {
  return headsAt(rows, head).map(plainHead).join('|').slice(0, 2000);
}

/** Heads that stand twice where one of the two is a field: which one is meant nobody can say. */
export function doubledHeads(rows: SheetRows, { head, columns }: Found): string[] {
  const heads = headsAt(rows, head);
  const taken = new Set(Object.values(columns));
  return heads.filter(
    (one, at) =>
      taken.has(at) &&
      plainHead(one) !== '' &&
      heads.some((other, place) => place !== at && plainHead(other) === plainHead(one)),
  );
}

/** Whether a head says that its amounts are in toman. */
export function saysToman(head: string): boolean {
  const words = searchText(head);
  return others.toman.some((word) => words.includes(searchText(word)));
}

/** The column of receipts' numbers, which no field is: whoever has it has been here before. */
export function receiptColumn(rows: SheetRows, head: number): number | undefined {
  const known = new Set(others.receipt.map(plainHead));
  const at = headsAt(rows, head).findIndex((one) => known.has(plainHead(one)));
  return at < 0 ? undefined : at;
}

function knownHeads(what: ImportKind): Map<string, string> {
  const heads = new Map<string, string>();
  for (const field of FIELDS[what]) {
    const ours = LANGUAGES.map((language) => wordsFor(language)(`imports:fields.${what}.${field}`));
    for (const word of [field, ...ours, ...(others[what][field] ?? [])]) {
      heads.set(plainHead(word), field);
    }
  }
  return heads;
}

/** What stands in parentheses is a unit or an explanation. */
function plainHead(cell: SheetCell | undefined): string {
  return searchText(String(cell ?? '').replace(/[(\uff08][^)\uff09]*[)\uff09]/g, ''));
}
