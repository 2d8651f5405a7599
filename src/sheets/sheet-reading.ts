/** A spreadsheet or a CSV file as rows of cells: what each says, and no colour. */
import { parse } from 'csv-parse/sync';
import { normaliseText } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { partsOf } from './archive.ts';
import { kindOfSheet } from './content.ts';
import type { Cell, SheetCells } from './sheet-xml.ts';
import { readWorkbook } from './workbook.ts';

/** Text in one spelling, a number, an ISO day where the sheet has a date, or nothing. */
export type SheetCell = string | number | null;
export type SheetRows = SheetCell[][];

export const MOST_ROWS = 250_000;
const MOST_COLUMNS = 60;
const LONGEST_CELL = 500;

/** A sheet whole: its rows, and what its cells were that they no longer say of themselves. */
export type WholeSheet = {
  rows: SheetRows;
  /** Where cells were made one, as A5:A9. */
  merged: string[];
  /** How many cells were calculated, and which of them nobody kept the sum of; places from 0. */
  formulas: SheetCells['formulas'];
};

export async function readSheetFile(bytes: Buffer): Promise<Reading<SheetRows>> {
  const read = readWholeSheet(bytes);
  return 'fault' in read ? read : { value: read.value.rows };
}

export function readWholeSheet(bytes: Buffer): Reading<WholeSheet> {
  const kind = kindOfSheet(bytes);
  if ('fault' in kind) return kind;
  const read = kind.value === 'csv' ? readCsv(bytes) : readXlsx(bytes);
  if ('fault' in read) return read;
  if (read.value.isTooLong || read.value.rows.length > MOST_ROWS) {
    return { fault: 'sheets:faults.too-many-rows', values: { limit: MOST_ROWS } };
  }
  const { merged, formulas } = read.value;
  const rows = trimmed(read.value.rows.map(plainRow()));
  return rows.length > 0 ? { value: { rows, merged, formulas } } : { fault: 'sheets:faults.empty' };
}

function readXlsx(bytes: Buffer): Reading<SheetCells> {
  try {
    const parts = partsOf(bytes);
    return 'fault' in parts ? parts : { value: readWorkbook(bytes, parts.value, MOST_ROWS) };
  } catch {
    return { fault: 'sheets:faults.broken' };
  }
}

function readCsv(bytes: Buffer): Reading<SheetCells> {
  const text = decoded(bytes);
  try {
    const options = { bom: true, delimiter: delimiterOf(text), relax_column_count: true };
    const kept = { relax_quotes: true, skip_empty_lines: false, to: MOST_ROWS + 1 };
    const rows = parse(text, { ...options, ...kept }) as string[][];
    return { value: { rows, merged: [], formulas: { count: 0, bare: [] }, isTooLong: false } };
  } catch {
    return { fault: 'sheets:faults.broken' };
  }
}

/** Banks write UTF-8, what Excel calls Unicode, and still the old Arabic page of Windows. */
function decoded(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
  if (mark === 'feff') return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1256').decode(bytes);
  }
}

/** Whichever mark stands most often in the first lines, outside of quotes. */
function delimiterOf(text: string): string {
  const lines = text.slice(0, 20_000).replace(/"[^"]*"/g, '');
  const marks = [',', ';', '\t', '|'];
  const counts = marks.map((mark) => lines.split(mark).length);
  return marks[counts.indexOf(Math.max(...counts))]!;
}

/** The same words stand in thousands of rows: what was put in one spelling is not put again. */
function plainRow(): (row: Cell[]) => SheetCell[] {
  const known = new Map<string, SheetCell>();
  const plain = (cell: Cell): SheetCell => {
    if (typeof cell !== 'string') return cell;
    const before = known.get(cell);
    if (before !== undefined) return before;
    const text = FIGURES.test(cell) ? cell : normaliseText(cell.slice(0, LONGEST_CELL));
    const fresh = text === '' ? null : text;
    if (known.size < MOST_KNOWN) known.set(cell, fresh);
    return fresh;
  };
  return (row) => row.slice(0, MOST_COLUMNS).map(plain);
}

/** Figures and codes have one spelling only. */
const FIGURES = /^[\x21-\x7e]{1,100}$/;
const MOST_KNOWN = 50_000;

/** Without the empty rows at the end and the empty columns at its side. */
function trimmed(rows: SheetRows): SheetRows {
  let last = rows.length;
  while (last > 0 && rows[last - 1]!.every((cell) => cell === null)) last -= 1;
  return rows.slice(0, last).map((row) => {
    let width = row.length;
    while (width > 0 && row[width - 1] === null) width -= 1;
    return row.slice(0, width);
  });
}
