/** Lists: one description of columns and rows gives the page its rows and the files all of them. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Request, Response } from 'express';
import writeXlsxFile from 'write-excel-file/node';
import { type ListHead, listPdf } from '../paper/list-pdf.ts';
import { newestAct } from '../trail/acts.ts';
import type { Format } from './formats.ts';

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
  /** Every row, one after another, in the order asked for. */
  all: () => Iterable<Row>;
  totals?: Record<string, number>;
  /** What JSON says instead of rows, page, total and totals. */
  json?: () => object;
};

export const ROWS_PER_PAGE = 50;

/** The page asked for, from 1; a number beyond reason is the first. */
export function pageAsked(req: Request): number {
  const page = Number(req.query['page'] ?? 1);
  return Number.isInteger(page) && page >= 1 && page <= 1_000_000 ? page : 1;
}

/** All rows, a thousand at a time, so that no list is held whole. */
export function* everyRow<T>(rowsFrom: (limit: number, from: number) => T[]): Generator<T> {
  for (let from = 0; ; from += 1000) {
    const rows = rowsFrom(1000, from);
    yield* rows;
    if (rows.length < 1000) return;
  }
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
  res.json({ rows, page: pageAsked(req), pages, total, totals: listing.totals });
}

/** UTF-8 with the mark that spreadsheet programs need, Latin digits, ISO days. */
async function sendCsv(res: Response, listing: Listing): Promise<void> {
  attach(res, `${listing.name}.csv`, 'text/csv; charset=utf-8');
  const keys = listing.columns.map((column) => column.key);
  const rows = Readable.from(csvRows(listing, keys));
  await pipeline(rows, stringify({ bom: true, header: true, columns: keys }), res);
}

function* csvRows(listing: Listing, keys: string[]): Generator<Cell[]> {
  for (const row of listing.all()) yield keys.map((key) => harmless(row[key] ?? null));
}

/** A cell that a spreadsheet would take for a formula is given as the text it is. */
function harmless(cell: Cell): Cell {
  return typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

async function sendXlsx(res: Response, listing: Listing): Promise<void> {
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const head = listing.columns.map((column) => ({
    value: column.title,
    fontWeight: 'bold' as const,
  }));
  const rows = Array.from(listing.all(), (row) =>
    listing.columns.map((column) => xlsxCell(column, row[column.key] ?? null)),
  );
  const file = await writeXlsxFile([head, ...rows], {
    columns: listing.columns.map((column) => ({ width: 8 + 6 * (column.width ?? 2) })),
    stickyRowsCount: 1,
    rightToLeft: res.locals.language === 'fa',
    sheet: listing.title.slice(0, 31).replaceAll(/[\\/?*[\]:]/g, ' '),
  }).toBuffer();
  attach(res, `${listing.name}.xlsx`, kind);
  res.send(file);
}

function xlsxCell(column: Column, cell: Cell) {
  if (cell === null) return null;
  if (typeof cell === 'number') {
    const format = column.kind === 'rial' || column.kind === 'count' ? '#,##0' : undefined;
    return { type: Number, value: cell, format };
  }
  return { type: String, value: cell };
}

async function sendPdf(res: Response, listing: Listing): Promise<void> {
  const { language, centre, province, show, site } = res.locals;
  const act = newestAct(province.db);
  const head: ListHead = {
    lang: language,
    title: listing.title,
    body: centre?.name ?? res.locals.t('common:product'),
    printedAt: site.clock().toISOString(),
    newestHash: act?.hash.toString('hex') ?? '',
  };
  res.type('pdf');
  res.set('Content-Disposition', `inline; filename="${listing.name}.pdf"`);
  await listPdf(head, { ...listing, rows: shownRows(listing, show) }, res);
}

/** The rows as they stand on paper: in the reader's digits and calendar. */
function* shownRows(listing: Listing, show: Express.Locals['show']): Generator<string[]> {
  for (const row of listing.all()) {
    yield listing.columns.map((column) => shownCell(column, row[column.key] ?? null, show));
  }
}

export function shownCell(column: Column, cell: Cell, show: Express.Locals['show']): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return show.number(cell);
  if (column.kind === 'day') return show.date(cell);
  if (column.kind === 'moment') return show.moment(cell);
  return column.kind === 'code' ? show.digits(cell) : cell;
}

function attach(res: Response, name: string, type: string): void {
  res.type(type);
  res.set('Content-Disposition', `attachment; filename="${name}"`);
}
