/** Lists: one description of columns and rows gives the page its rows and the files all of them. */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as giveWay } from 'node:timers/promises';
import { stringify } from 'csv-stringify';
import type { Request, Response } from 'express';
import { type ListHead, listPdf } from '../paper/list-pdf.ts';
import type { Column as PaperColumn } from '../paper/table.ts';
import type { Db } from '../provinces/connection.ts';
import { provinceName, snapshot } from '../provinces/province.ts';
import { newestAct } from '../trail/acts.ts';
import { dayInTehran } from '../values/jalali-date.ts';
import type { Language } from '../values/language.ts';
import { newUnit } from '../values/money-unit.ts';
import { type Words, wordsFor } from '../words.ts';
import type { Format } from './formats.ts';
import { type Show, showFor } from './show.ts';
import { writeXlsx } from './xlsx.ts';

export type Cell = string | number | null;
export type Row = Record<string, Cell>;

/** `day` ISO, `moment` UTC ISO, `rial` whole rials; `code` is kept left to right. */
export type Column = {
  key: string;
  title: string;
  kind: 'text' | 'rial' | 'count' | 'day' | 'moment' | 'code';
  /** Share of a paper's width, in parts. */
  width?: number;
};

export type Listing = {
  /** The file's name without its suffix. */
  name: string;
  title: string;
  columns: Column[];
  /** The rows of the page asked for, and how many there are in all. */
  page: () => { rows: Row[]; total: number };
  /** Every row, one after another, in the order asked for, read from a connection of its own. */
  all: (db: Db) => Iterable<Row>;
  /** Sums of columns, read where the rows are read. */
  totals?: (db: Db) => Record<string, number>;
  /** What the sums are sums of, where that is not every row. */
  totalsTitle?: string;
  /** What JSON says instead of rows, page, total and totals. */
  json?: () => object;
};

export const ROWS_PER_PAGE = 50;

/** The page asked for, from 1; a number beyond reason is the first. */
export function pageAsked(req: Request): number {
  const page = Number(req.query.page ?? 1);
  return Number.isInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1;
}

/**
 * All rows, a part at a time, so that no list is held whole. A part costs what it takes to pass by all
 * before it, so the parts grow; what may be longer than some ten thousand rows is read in one pass.
 */
export function* everyRow<T>(rowsFrom: (limit: number, from: number) => T[]): Generator<T> {
  let from = 0;
  for (let limit = 1000; ; limit = Math.min(2 * limit, PART_MAX)) {
    const rows = rowsFrom(limit, from);
    yield* rows;
    if (rows.length < limit) return;
    from += limit;
  }
}

const PART_MAX = 32_000;

/** Rows one after another, each as a list tells it. */
export function* mapped<T, U>(rows: Iterable<T>, told: (row: T) => U): Generator<U> {
  for (const row of rows) yield told(row);
}

/** The forms of a list for `answer`: rows as JSON by page, all rows as CSV, XLSX and PDF. */
export function listForms(
  req: Request,
  res: Response,
  listing: Listing,
): Partial<Record<Format, () => unknown>> {
  return {
    json: () => sendJson(req, res, listing),
    csv: () => sendCsv(res, listing),
    xlsx: () => sendXlsx(res, listing),
    pdf: () => sendPdf(res, listing),
  };
}

function sendJson(req: Request, res: Response, listing: Listing): void {
  if (listing.json) {
    res.json(listing.json());
    return;
  }
  const { rows, total } = listing.page();
  const pages = Math.max(1, Math.ceil(total / ROWS_PER_PAGE));
  const totals = listing.totals?.(res.locals.province.db);
  res.json({ rows, page: pageAsked(req), pages, total, totals });
}

/** UTF-8 with the mark that spreadsheet programs need, Latin digits, ISO days. */
async function sendCsv(res: Response, listing: Listing): Promise<void> {
  attach(res, `${listing.name}.csv`, 'text/csv; charset=utf-8');
  await sendSpooled(res, (db, out) => writeCsv(listing, db, out));
}

/** Writes the rows one after another, and ends `out`. */
export function writeCsv(listing: Rows, db: Db, out: Writable): Promise<void> {
  const columns = listing.columns.map((column) => column.key);
  const rows = Readable.from(csvRows(listing, db));
  return pipeline(rows, stringify({ bom: true, header: true, columns }), out);
}

/** What of a list is written into a file. */
export type Rows = Pick<Listing, 'title' | 'columns' | 'all' | 'totals' | 'totalsTitle'>;

async function* csvRows(listing: Rows, db: Db): AsyncGenerator<Cell[]> {
  let count = 0;
  for (const row of cellRows(listing, db)) {
    yield row.map(harmless);
    count += 1;
    if (count % ROWS_BEFORE_OTHERS === 0) await giveWay();
  }
}

/** So many rows are written before other requests have their turn. */
const ROWS_BEFORE_OTHERS = 500;

/** A cell that a spreadsheet would take for a formula is given as the text it is. */
function harmless(cell: Cell): Cell {
  return typeof cell === 'string' && /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell)
    ? `'${cell}`
    : cell;
}

async function sendXlsx(res: Response, listing: Listing): Promise<void> {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  attach(res, `${listing.name}.xlsx`, type);
  const { language } = res.locals;
  await sendSpooled(res, (db, out) => writeSheet(listing, db, language, out));
}

/** Writes the rows as a spreadsheet for a reader of this language, and ends `out`. */
export function writeSheet(listing: Rows, db: Db, lang: Language, out: Writable): Promise<void> {
  const { title, columns } = listing;
  return writeXlsx(
    {
      ...{ name: title, rightToLeft: lang === 'fa', rows: cellRows(listing, db) },
      heads: columns.map((column) => headOfColumn(column, wordsFor(lang))),
      widths: columns.map(({ width = 2 }) => 8 + 6 * width),
      times: columns.map(({ kind }) => (kind === 'day' || kind === 'moment' ? kind : null)),
    },
    out,
  );
}

/** A sheet has its unit where each amount stands, for it is read without its page. */
function headOfColumn({ title, kind }: Column, t: Words): string {
  return kind === 'rial' && newUnit()
    ? t('common:units.new-rial-amount', { amount: `${title}:` })
    : title;
}

function* cellRows({ columns, all }: Rows, db: Db): Generator<Cell[]> {
  const { factor } = newUnit() ?? { factor: 1 };
  for (const row of all(db)) {
    yield columns.map(({ key, kind }) => {
      const cell = row[key] ?? null;
      return kind === 'rial' && typeof cell === 'number' ? cell / factor : cell;
    });
  }
}

async function sendPdf(res: Response, listing: Listing): Promise<void> {
  res.type('pdf');
  res.set('Content-Disposition', `inline; filename="${listing.name}.pdf"`);
  await sendSpooled(res, (db, out) => writePaper(listing, db, headOf(res, listing, db), out));
}

/** Writes the rows on paper, in the language of its head, and ends `out`. */
export async function writePaper(
  listing: Rows,
  db: Db,
  head: ListHead,
  out: Writable,
): Promise<void> {
  const columns = listing.columns.map(paperColumn);
  const rows = paperRows(listing, db, showFor(head.lang));
  await listPdf(head, columns, rows, out, paperTotals(listing, db, wordsFor(head.lang)));
}

function headOf(res: Response, listing: Listing, db: Db): ListHead {
  const { language, centre, province, site, t } = res.locals;
  const body = { name: provinceName(province), place: t('common:product') };
  return {
    lang: language,
    title: listing.title,
    centre: centre ? { name: centre.name, place: centre.place } : body,
    printedOn: dayInTehran(site.clock()),
    newestHash: newestAct(db)?.hash.toString('hex') ?? '',
    landscape: listing.columns.length > 6,
  };
}

function paperColumn({ title, kind, width = 2 }: Column): PaperColumn {
  const amount = kind === 'rial' || kind === 'count';
  const code = kind === 'code' || kind === 'day' || kind === 'moment';
  return {
    title,
    width,
    kind: amount ? 'amount' : code ? 'code' : 'text',
    repeats: kind === 'day',
  };
}

/** The rows as they stand on paper, in the reader's digits and calendar, some hundred at a time. */
function* paperRows(listing: Rows, db: Db, show: Show): Generator<Cell[][]> {
  let batch: Cell[][] = [];
  for (const row of listing.all(db)) {
    batch.push(listing.columns.map((column) => paperCell(column, row[column.key] ?? null, show)));
    if (batch.length === 200) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function paperCell(column: Column, cell: Cell, show: Show): Cell {
  // Paper says an amount in the unit of its days; a count has none.
  const asIs = column.kind !== 'count' || newUnit() === null;
  return typeof cell === 'number' && asIs ? cell : shownCell(column, cell, show);
}

function paperTotals({ columns, totals, totalsTitle }: Rows, db: Db, t: Words): Cell[] | undefined {
  const sums = totals?.(db);
  if (!sums) return undefined;
  return columns.map(
    ({ key }, i) => sums[key] ?? (i === 0 ? (totalsTitle ?? t('common:table.total')) : null),
  );
}

/** A cell as a page shows it. */
export function shownCell(column: Column, cell: Cell, show: Show): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return column.kind === 'rial' ? show.rial(cell) : show.number(cell);
  if (column.kind === 'day') return show.date(cell);
  if (column.kind === 'moment') return show.moment(cell);
  return column.kind === 'code' ? show.digits(cell) : cell;
}

/**
 * Writes the file whole before it is sent, so that the snapshot it is read from waits for no slow
 * reader and holds no write-ahead log.
 */
export async function sendSpooled(
  res: Response,
  write: (db: Db, out: Writable) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'list-'));
  try {
    const file = join(folder, 'file');
    await snapshot(res.locals.province, (db) => write(db, createWriteStream(file)));
    await pipeline(createReadStream(file), res);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function attach(res: Response, name: string, type: string): void {
  res.type(type);
  res.set('Content-Disposition', `attachment; filename="${name}"`);
}
