/** What the addresses and forms of payments ask for: numbers, names of lists, rows of forms. */
import type { Request } from 'express';
import { NotFound } from '../refusal.ts';
import { latinDigits, typedFigures } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { wordAsked } from '../web/asked.ts';

/** The number in an address; what is none is not there. */
export function numberIn(req: Request, name: string): number {
  const typed = String(req.params[name]);
  if (!/^[1-9]\d{0,11}$/.test(typed)) throw new NotFound();
  return Number(typed);
}

/** One of a list, as the query names it; undefined of what is none. */
export function oneAsked<const T extends string>(
  req: Request,
  name: string,
  values: readonly T[],
): T | undefined {
  const asked = wordAsked(req.query, name);
  return values.find((value) => value === asked);
}

/** A whole number between two, as people type one. */
export const readWhole =
  (least: number, most: number) =>
  (text: string): Reading<number> => {
    const figures = typedFigures(text);
    const fits = /^\d{1,12}$/.test(figures) && Number(figures) >= least && Number(figures) <= most;
    return fits
      ? { value: Number(figures) }
      : { fault: 'payments:faults.whole', values: { least, most } };
  };

/** The number that something is known by. */
export function readCode(text: string): Reading<number> {
  const read = readWhole(1, 999_999_999)(text);
  return 'fault' in read ? { fault: 'payments:faults.code' } : read;
}

/** The number of a receipt, as `1405-000001`, in either digits. */
export function readReceiptNumber(text: string): Reading<string> {
  const [, year, number] =
    /^(\d{4})\s*[-/\u2010-\u2015]\s*(\d{1,9})$/.exec(latinDigits(text).trim()) ?? [];
  if (!year || !number) return { fault: 'payments:faults.receipt' };
  return { value: `${year}-${number.padStart(6, '0')}` };
}

export type Rows = Record<string, unknown>[];

/**
 * The rows of a form, sent as `lines.0.fund` and so on, or by a program as a list: those in which
 * something else than `given` was typed, with the place each had.
 */
export function rowsIn(
  body: Record<string, unknown>,
  list: string,
  given: readonly string[] = [],
): (Record<string, unknown> & { at: number })[] {
  const sent = body[list];
  const rows = Array.isArray(sent) ? (sent as Rows) : typedRows(body, list);
  return rows
    .map((row, at) => ({ ...(typeof row === 'object' ? row : {}), at }))
    .filter((row) =>
      Object.entries(row).some(([key, value]) => {
        const empty = value === undefined || value === null || String(value).trim() === '';
        return key !== 'at' && !given.includes(key) && !empty;
      }),
    );
}

function typedRows(body: Record<string, unknown>, list: string): Rows {
  const rows: Rows = [];
  for (const [key, value] of Object.entries(body)) {
    const [, at, cell] = new RegExp(`^${list}\\.(\\d{1,2})\\.(\\w+)$`).exec(key) ?? [];
    if (at === undefined || cell === undefined) continue;
    rows[Number(at)] = { ...rows[Number(at)], [cell]: value };
  }
  return Array.from(rows, (row) => row ?? {});
}

/** How many rows a form shows: some, those that were typed, and more when they are asked for. */
export function rowsShown(body: Record<string, unknown>, list: string, least: number): number {
  const places = Object.keys(body).map((key) =>
    key.startsWith(`${list}.`) ? Number(key.split('.')[1]) + 1 : 0,
  );
  const typed = Math.max(least, ...places);
  return Math.min(60, body.more === undefined ? typed : typed + 4);
}
