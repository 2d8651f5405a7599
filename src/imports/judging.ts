/** What a sheet would bring: every row read and held to its rules, and nothing written. */
import type { Actor } from '../access/actor.ts';
import type { WrittenDraft } from '../books/drafts.ts';
import type { Line } from '../books/entries.ts';
import type { Centre } from '../centres/centres.ts';
import { type DonorDetails, donorsKnownBy } from '../donations/donors.ts';
import type { Gift } from '../donations/receipts.ts';
import type { Db } from '../provinces/connection.ts';
import type { SheetCell, WholeSheet } from '../sheets/sheet-reading.ts';
import type { Cells } from './cells.ts';
import { Acquaintance, readDonor } from './donor-rows.ts';
import { isExample } from './example.ts';
import { giftReader } from './gift-rows.ts';
import { Again } from './gifts-again.ts';
import { type Chosen, FIELDS, type ImportKind, type RowFault, type Said } from './kinds.ts';
import { lineReader, openingDraft, openingFaults, usualOpeningDay } from './opening-rows.ts';
import { refusalOf } from './whole-sheet.ts';

/** What would be made, row by row, where nothing is wrong. */
export type Made =
  | { what: 'donors'; donors: DonorDetails[] }
  | { what: 'gifts'; gifts: { line: number; gift: Gift }[] }
  | { what: 'opening'; draft: WrittenDraft; rows: number[] };

export type Judged = {
  made: Made;
  /** Rows that say something, below the heads and but for the example. */
  rows: number;
  faults: RowFault[];
  warnings: RowFault[];
  /** Why the sheet as a whole cannot be taken; then no row was looked at. */
  refusal: Said | null;
  notes: Said[];
  /** National IDs that lost a zero at their beginning. */
  short: number;
  /** Donors who are known, or stand above. */
  known: number;
  sums: { rial: number; debitRial: number; creditRial: number };
};

type Asked = { what: ImportKind; chosen: Chosen; told?: (rows: number) => void };
type Row = { line: number; cells: Cells };

export function judgeSheet(
  db: Db,
  actor: Actor,
  centre: Centre,
  sheet: WholeSheet,
  { what, chosen, told = () => {} }: Asked,
): Judged {
  const judged = nothing(what, usualOpeningDay(db, centre.id, actor.today), chosen);
  const rows = rowsOf(sheet, { what, chosen }, judged);
  judged.rows = rows.length;
  judged.refusal = refusalOf(db, centre, sheet, { what, chosen, rows: rows.length });
  if (judged.refusal) return judged;
  const bare = new Set(sheet.formulas.bare.map(({ row, column }) => `${row} ${column}`));
  const isBare = ({ line }: Row) =>
    FIELDS[what].filter((field) => bare.has(`${line - 1} ${chosen.columns[field]}`));
  const read = readerOf(db, actor, centre, { what, chosen }, judged);
  rows.forEach((row, at) => {
    const empty = bare.size > 0 ? isBare(row) : [];
    for (const field of empty) fault(judged, row, { field, key: 'imports:faults.formula' });
    if (empty.length === 0) read(row);
    if (at % 1000 === 999) told(at + 1);
  });
  if (judged.made.what === 'opening' && judged.faults.length === 0 && rows.length > 0) {
    Object.assign(judged, openingFaults(db, actor, centre, judged.made));
  }
  judged.faults.sort(inOrder(what));
  noteFormulas(judged, sheet);
  return judged;
}

function nothing(what: ImportKind, day: string, { entryOn = day }: Chosen): Judged {
  const made: Record<ImportKind, Made> = {
    donors: { what: 'donors', donors: [] },
    gifts: { what: 'gifts', gifts: [] },
    opening: { what: 'opening', draft: openingDraft(entryOn, []), rows: [] },
  };
  return {
    ...{ made: made[what], rows: 0, faults: [], warnings: [], refusal: null, notes: [] },
    ...{ short: 0, known: 0, sums: { rial: 0, debitRial: 0, creditRial: 0 } },
  };
}

/** The rows below the heads that say something in a column that is read. */
function rowsOf({ rows }: WholeSheet, { what, chosen }: Asked, judged: Judged): Row[] {
  const { head, columns } = chosen;
  const places = Object.entries(columns).filter(([, at]) => at !== undefined);
  const told: Row[] = [];
  for (let at = head + 1; at < rows.length; at += 1) {
    const row = rows[at]!;
    if (!places.some(([, place]) => isTold(row[place!]))) continue;
    const cells: Cells = (field) => row[columns[field] ?? -1] ?? null;
    if (told.length === 0 && isExample(what, cells)) {
      judged.notes.push({ key: 'imports:notes.example', values: { line: at + 1 } });
      continue;
    }
    told.push({ line: at + 1, cells });
  }
  return told;
}

const isTold = (cell: SheetCell | undefined) => cell !== null && cell !== undefined;

type Reader = (row: Row) => void;

function readerOf(db: Db, actor: Actor, centre: Centre, { chosen }: Asked, judged: Judged): Reader {
  const { made, sums } = judged;
  if (made.what === 'donors') return donorJudge(db, centre, chosen, judged);
  if (made.what === 'gifts') return giftJudge(db, actor, centre, chosen, judged);
  const read = lineReader(db, centre, chosen);
  return (row) => {
    const one = read(row.cells);
    if (Array.isArray(one)) return fault(judged, row, ...one);
    const { debitRial, creditRial }: Line = one.value;
    sums.debitRial += debitRial;
    sums.creditRial += creditRial;
    made.draft.lines.push(one.value);
    made.rows.push(row.line);
  };
}

/** More donors than this are asked about one by one. */
const MOST_LOADED = 300_000;
const NONE: Set<string> = new Set();

function donorJudge(db: Db, centre: Centre, { padded }: Chosen, judged: Judged): Reader {
  const known = new Acquaintance(db, centre, donorsKnownBy(db, centre.id, MOST_LOADED));
  const { donors } = judged.made as Extract<Made, { what: 'donors' }>;
  return (row) => {
    const one = readDonor(row.cells, padded);
    if (Array.isArray(one)) return fault(judged, row, ...one);
    const met = known.meet(row.line, one.value);
    if (typeof met === 'object') return fault(judged, row, met);
    if (met === 'new') donors.push(one.value);
    else judged.known += 1;
  };
}

function giftJudge(db: Db, actor: Actor, centre: Centre, chosen: Chosen, judged: Judged): Reader {
  const read = giftReader(db, actor, centre, chosen);
  const again = new Again(db, centre);
  const nobody = { nationalIds: NONE, mobiles: NONE, bareNames: NONE };
  // The centre's own donors were asked about where the gift was read.
  const people = new Acquaintance(db, centre, nobody);
  const { gifts } = judged.made as Extract<Made, { what: 'gifts' }>;
  return (row) => {
    const { line } = row;
    const one = read(row.cells);
    if (Array.isArray(one)) return fault(judged, row, ...one);
    const { donor } = one.value;
    const { name, nationalId, mobile } = donor ?? {};
    const met = name ? people.meet(line, { name, nationalId, mobile, mayBeNamed: true }) : 'new';
    if (typeof met === 'object') return fault(judged, row, { ...met, field: 'donorNationalId' });
    const twice = again.above(line, one.value);
    if (twice) return fault(judged, row, twice);
    const seen = again.seen(line, one.value);
    if (seen) judged.warnings.push({ line, ...seen });
    judged.sums.rial += one.value.amountRial;
    gifts.push({ line, gift: one.value });
  };
}

function fault(judged: Judged, { line }: Row, ...faults: Omit<RowFault, 'line'>[]): void {
  for (const one of faults) {
    if (one.key === 'values:national-id.padded') judged.short += 1;
    judged.faults.push({ line, ...one });
  }
}

/** Row by row, and in a row from its first field on. */
const inOrder = (what: ImportKind) => (one: RowFault, other: RowFault) =>
  one.line - other.line || FIELDS[what].indexOf(one.field) - FIELDS[what].indexOf(other.field);

function noteFormulas({ notes }: Judged, { formulas }: WholeSheet): void {
  const kept = formulas.count - formulas.bare.length;
  if (kept > 0) notes.push({ key: 'imports:notes.formulas', values: { count: kept } });
}
