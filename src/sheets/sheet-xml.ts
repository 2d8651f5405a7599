/** The XML of one sheet as cells, in one pass over its text: a sheet of millions is read in seconds. */
import { attribute, plainText, runsOf, tags } from './xml-text.ts';

export type Cell = string | number | null;

/** A place in the sheet, both from 0. */
export type Place = { row: number; column: number };

export type SheetCells = {
  rows: Cell[][];
  /** Where cells were made one, as A5:A9. */
  merged: string[];
  /** Calculated cells, the first of them; `bare` are those whose sum nobody kept. */
  formulas: { count: number; bare: Place[] };
  /** Set where a value stands below the last row that is read. */
  isTooLong: boolean;
};

export type Reading = {
  texts: string[];
  isDay: boolean[];
  epoch: number;
  mostRows: number;
};

const DAY = 86_400_000;
const MOST_BARE = 200;

export function cellsOf(xml: string, reading: Reading): SheetCells {
  const prefix = /<(\w+:)?worksheet\b/.exec(xml)?.[1] ?? '';
  const body = xml.indexOf(`<${prefix}sheetData`);
  const last = xml.lastIndexOf(`</${prefix}sheetData>`);
  const found: SheetCells = {
    ...{ rows: [], merged: [], formulas: { count: 0, bare: [] }, isTooLong: false },
  };
  const from = last < 0 ? Math.max(body, 0) : last;
  found.merged = tags(xml.slice(from), 'mergeCell').map((tag) => attribute(tag, 'ref') ?? '');
  if (body >= 0 && last >= 0) readRows(xml, { prefix, at: body, last }, reading, found);
  return found;
}

type Span = { prefix: string; at: number; last: number };

function readRows(xml: string, { prefix, at, last }: Span, reading: Reading, found: SheetCells) {
  const [rowTag, cellTag, cellEnd] = [`<${prefix}row`, `<${prefix}c`, `</${prefix}c>`];
  let row = -1;
  let column = -1;
  let next = xml.indexOf('<', at + 1);
  while (next >= 0 && next < last) {
    const close = xml.indexOf('>', next);
    if (xml.startsWith(rowTag, next)) {
      const told = Number(attribute(xml.slice(next, close), 'r') ?? Number.NaN);
      row = told >= 1 ? told - 1 : row + 1;
      column = -1;
    } else if (xml.startsWith(cellTag, next) && isEndOfName(xml, next + cellTag.length)) {
      const tag = xml.slice(next + cellTag.length, close);
      column = columnOf(tag, column + 1);
      if (xml.charCodeAt(close - 1) !== SLASH) {
        const end = xml.indexOf(cellEnd, close);
        const cell = cellTold(tag, xml.slice(close + 1, end), prefix, reading);
        if (cell.isFormula) count(found, { row, column }, cell.value);
        if (cell.value !== null && !put(found, { row, column }, cell.value, reading.mostRows))
          return;
        next = xml.indexOf('<', end + cellEnd.length);
        continue;
      }
    }
    next = xml.indexOf('<', close);
  }
}

const SLASH = 47;

/** Whether the name of a tag ends here: `<c` of `<cols` is none of a cell. */
function isEndOfName(xml: string, at: number): boolean {
  const code = xml.charCodeAt(at);
  return code === 32 || code === 62 || code === SLASH || code === 10 || code === 13 || code === 9;
}

/** The place that a cell tells of itself, as the 2 of `C7`; else the one after the last. */
function columnOf(tag: string, next: number): number {
  const at = tag.indexOf(' r="');
  if (at < 0) return next;
  let column = 0;
  for (let letter = at + 4; ; letter += 1) {
    const code = tag.charCodeAt(letter);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column === 0 ? next : column - 1;
}

function put(found: SheetCells, { row, column }: Place, value: Cell, mostRows: number): boolean {
  if (row >= mostRows) {
    found.isTooLong = true;
    return false;
  }
  if (column >= MOST_COLUMNS) return true;
  while (found.rows.length <= row) found.rows.push([]);
  const cells = found.rows[row]!;
  while (cells.length < column) cells.push(null);
  cells[column] = value;
  return true;
}

/** Nobody reads a column beyond these. */
const MOST_COLUMNS = 60;

function count({ formulas }: SheetCells, place: Place, value: Cell): void {
  formulas.count += 1;
  if (value === null && formulas.bare.length < MOST_BARE) formulas.bare.push(place);
}

type Told = { value: Cell; isFormula: boolean };

function cellTold(tag: string, inside: string, prefix: string, reading: Reading): Told {
  const kind = attribute(tag, 't');
  if (kind === 'inlineStr') return { value: runsOf(inside), isFormula: false };
  const isFormula = inside.startsWith(`<${prefix}f`);
  const open = inside.indexOf(`<${prefix}v`);
  const from = open < 0 ? -1 : inside.indexOf('>', open) + 1;
  const to = from < 0 ? -1 : inside.indexOf('<', from);
  if (to <= from) return { value: null, isFormula };
  return { value: typedValue(kind, inside.slice(from, to), tag, reading), isFormula };
}

function typedValue(kind: string | undefined, text: string, tag: string, reading: Reading): Cell {
  if (kind === 's') return reading.texts[Number(text)] ?? null;
  if (kind === 'b') return text === '1' ? 'true' : 'false';
  if (kind === 'd') return text.slice(0, 10);
  if (kind === 'str' || kind === 'e') return plainText(text);
  const number = Number(text);
  if (!Number.isFinite(number)) return null;
  const isDay = reading.isDay[Number(attribute(tag, 's') ?? -1)] === true;
  return isDay ? dayOf(number, reading.epoch) : number;
}

/** An ISO day; a time without a day, or a number that is none, stays what it is. */
function dayOf(serial: number, epoch: number): Cell {
  if (serial < 1 || serial > 400_000) return serial;
  return new Date(epoch + Math.floor(serial) * DAY).toISOString().slice(0, 10);
}
