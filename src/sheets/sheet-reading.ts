/** A spreadsheet or a CSV file as rows of cells: what each says, and no formula, colour or merging. */
import { parse } from 'csv-parse/sync';
import { readSheet as readFirstSheet } from 'read-excel-file/universal';
import { normaliseText } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { kindOfSheet } from './content.ts';

/** Text in one spelling, a number, an ISO day where the sheet has a date, or nothing. */
export type SheetCell = string | number | null;
export type SheetRows = SheetCell[][];

export const MOST_ROWS = 250_000;
const MOST_COLUMNS = 60;
const LONGEST_CELL = 500;

export async function readSheetFile(bytes: Buffer): Promise<Reading<SheetRows>> {
  const kind = kindOfSheet(bytes);
  if ('fault' in kind) return kind;
  const read = kind.value === 'csv' ? readCsv(bytes) : await readXlsx(bytes);
  if ('fault' in read) return read;
  if (read.value.length > MOST_ROWS) {
    return { fault: 'sheets:faults.too-many-rows', values: { limit: MOST_ROWS } };
  }
  const rows = trimmed(read.value.map((row) => row.slice(0, MOST_COLUMNS).map(cellOf)));
  return rows.length > 0 ? { value: rows } : { fault: 'sheets:faults.empty' };
}

async function readXlsx(bytes: Buffer): Promise<Reading<unknown[][]>> {
  try {
    const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    return { value: (await readFirstSheet(whole as ArrayBuffer)) as unknown[][] };
  } catch {
    return { fault: 'sheets:faults.broken' };
  }
}

function readCsv(bytes: Buffer): Reading<unknown[][]> {
  const text = decoded(bytes);
  try {
    const options = { bom: true, delimiter: delimiterOf(text), relax_column_count: true };
    const kept = { relax_quotes: true, skip_empty_lines: false, to: MOST_ROWS + 1 };
    return { value: parse(text, { ...options, ...kept }) as unknown[][] };
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

function cellOf(cell: unknown): SheetCell {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  if (cell instanceof Date) {
    return Number.isNaN(cell.getTime()) ? null : cell.toISOString().slice(0, 10);
  }
  const text = normaliseText(String(cell).slice(0, LONGEST_CELL));
  return text === '' ? null : text;
}

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
