/** The form of an entry written by hand; JSON and the form's rows are read by one schema. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { readDay } from '../values/jalali-date.ts';
import { latinDigits, readLine, readName } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { readRial } from '../values/rial.ts';
import { describeBody } from '../web/described.ts';
import { readBody, typed } from '../web/forms.ts';
import type { Draft, WrittenDraft } from './drafts.ts';
import { differences, type Line } from './entries.ts';
import { DRAFT_KINDS } from './schema.ts';

/** Rows of an empty form, and how many more each press of the button adds. */
export const ROWS = 8;
const MOST_ROWS = 200;

const CELLS = ['account', 'fund', 'debit', 'credit', 'detail'] as const;

/** What cannot be typed in a cell is nothing in it. */
const textIn = (cell: unknown) =>
  typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';

const isEmpty = (typed: unknown) => textIn(typed).trim() === '';

/** A side that is left empty, or said to be zero, has no amount. */
function readSide(raw: unknown): Reading<number> {
  const text = isEmpty(raw) ? '0' : latinDigits(textIn(raw)).trim();
  return text === '0' ? { value: 0 } : readRial(text);
}

const Cell = z.union([z.string(), z.number(), z.null()]).optional();
const RowCells = z.object({ account: Cell, fund: Cell, debit: Cell, credit: Cell, detail: Cell });
type Cells = Partial<Record<(typeof CELLS)[number], unknown>>;

/** A row of the form: a line, or nothing where nothing but a fund was chosen. */
const Row = RowCells.transform((row, context): Line | null => {
  if ([row.account, row.debit, row.credit, row.detail].every(isEmpty)) return null;
  const refuse = (field: string, key: string, values?: Record<string, string | number>) => {
    context.addIssue({ code: 'custom', message: key, path: [field], params: { values } });
  };
  const amount = (field: 'debit' | 'credit') => {
    const reading = readSide(row[field]);
    if ('value' in reading) return reading.value;
    refuse(field, reading.fault, reading.values);
    return Number.NaN;
  };
  const [debitRial, creditRial] = [amount('debit'), amount('credit')];
  for (const field of ['account', 'fund'] as const) {
    if (isEmpty(row[field])) refuse(field, 'common:refusals.needed');
  }
  if (debitRial > 0 && creditRial > 0) refuse('credit', 'books:refusals.one-side');
  if (debitRial === 0 && creditRial === 0) refuse('debit', 'books:refusals.no-amount');
  const detail = readLine(textIn(row.detail), { max: 200 });
  if ('fault' in detail) refuse('detail', detail.fault, detail.values);
  const account = latinDigits(textIn(row.account)).trim();
  const said = 'value' in detail ? detail.value || null : null;
  return { account, fund: textIn(row.fund), debitRial, creditRial, detail: said };
});

function schemaOn(today: string) {
  return z.object({
    entryOn: typed((text) => readDay(text, { today })),
    description: typed((text) => readName(text, { max: 300 })),
    lines: z.array(Row).max(MOST_ROWS),
    kind: z.enum(DRAFT_KINDS).optional(),
  });
}

describeBody('POST /{province}/centres/{code}/books/drafts', schemaOn(''));
describeBody('POST /{province}/centres/{code}/books/drafts/{id}', schemaOn(''));

/** What was written; refuses with a sentence for each field that cannot be read. */
export function readDraft(req: Request, res: Response): WrittenDraft {
  const body = req.body as Record<string, unknown>;
  const lines = Array.isArray(body.lines) ? body.lines : rowsIn(body);
  const whole = { body: { ...body, lines } } as Request;
  const read = readBody(whole, schemaOn(res.locals.actor!.today));
  return { ...read, lines: read.lines.filter((line) => line !== null) };
}

/** The rows of the form as they were typed, `lines.0.account` and so on, in their places. */
function rowsIn(body: Record<string, unknown>): Cells[] {
  return Array.from({ length: rowsTyped(body) }, (_, at) =>
    Object.fromEntries(CELLS.map((cell) => [cell, body[`lines.${at}.${cell}`]])),
  );
}

function rowsTyped(body: Record<string, unknown>): number {
  const places = Object.keys(body).map((key) => Number(/^lines\.(\d{1,3})\./.exec(key)?.[1] ?? -1));
  return Math.min(MOST_ROWS, Math.max(0, ...places) + 1);
}

/** How many rows the form shows: those that were typed, some more when they are asked for. */
export function rowsShown(body: Record<string, unknown>): number {
  const typedRows = Math.max(ROWS, rowsTyped(body));
  return Math.min(MOST_ROWS, body.more === undefined ? typedRows : typedRows + ROWS);
}

/** A draft as its form has it, to be edited. */
export function valuesOf(draft: Draft, show: Express.Locals['show']): Record<string, string> {
  const values: Record<string, string> = {
    entryOn: show.date(draft.entryOn),
    description: draft.description,
  };
  draft.lines.forEach(({ account, fund, debitRial, creditRial, detail }, at) => {
    values[`lines.${at}.account`] = account;
    values[`lines.${at}.fund`] = fund;
    values[`lines.${at}.debit`] = debitRial ? show.rial(debitRial) : '';
    values[`lines.${at}.credit`] = creditRial ? show.rial(creditRial) : '';
    values[`lines.${at}.detail`] = detail ?? '';
  });
  return values;
}

export type FundSum = { fund: string; debit: number; credit: number; difference: number };

/** Sums of each fund of what can be read in the form so far. */
export function sumsTyped(body: Record<string, unknown>): FundSum[] {
  const lines = rowsIn(body).map((row) => {
    const side = (raw: unknown) => {
      const reading = readSide(raw);
      return 'value' in reading ? reading.value : 0;
    };
    return {
      fund: textIn(row.fund),
      debitRial: side(row.debit),
      creditRial: side(row.credit),
    };
  });
  return sumsOf(lines);
}

/** Debit, credit and difference of each fund of the lines. */
export function sumsOf(lines: Pick<Line, 'fund' | 'debitRial' | 'creditRial'>[]): FundSum[] {
  const moved = lines.filter(({ debitRial, creditRial }) => debitRial + creditRial > 0);
  return [...differences(moved)].map(([fund, difference]) => {
    const mine = moved.filter((line) => line.fund === fund);
    const debit = mine.reduce((sum, line) => sum + line.debitRial, 0);
    return { fund, debit, credit: debit - difference, difference };
  });
}
