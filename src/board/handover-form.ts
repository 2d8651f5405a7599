/** What is typed in a handover: between whom and when; what was counted, line by line. */
import type { Request } from 'express';
import { z } from 'zod';
import { readDay } from '../values/jalali-date.ts';
import { latinDigits, readLine, readName, readReason } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { readRial } from '../values/rial.ts';
import { typedNumber } from '../values/typed-number.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { chosen, readBody, ticked, typed } from '../web/forms.ts';
import { readNumber } from './decree-form.ts';
import { type Handover, LINE_KINDS, type Line } from './handover-rows.ts';
import type { Counting } from './handovers.ts';
import { HANDOVER_SIDES } from './schema.ts';

/** Empty rows for what the program does not know. */
export const ROOM = 4;
const MOST_ROWS = 200;

export const draftForm = (today: string) =>
  z.object({
    giver: typed(readNumber),
    taker: z.union([z.literal('committee'), typed(readNumber)]),
    handoverOn: typed((text) => readDay(text, { today })),
    reason: typed(readReason),
  });

const Cell = z.union([z.string(), z.number(), z.null()]).optional();
const LaidCells = z.object({ counted: Cell, remark: Cell });
const TypedCells = z.object({ kind: Cell, what: Cell, number: Cell, counted: Cell, remark: Cell });

/** `lines` follow the program's own; `typed` are those written beside them. */
const countForm = z.object({
  version: typed(readNumber),
  lines: z.array(LaidCells).max(MOST_ROWS),
  typed: z.array(TypedCells).max(MOST_ROWS).optional(),
  restAsRecorded: ticked,
});

export const sideForm = z.object({ side: chosen(HANDOVER_SIDES), version: typed(readNumber) });
export const withdrawalForm = z.object({ reason: typed(readReason) });

const HERE = '/{province}/centres/{code}/board/handovers';
describeBody(`POST ${HERE}`, draftForm(''));
describeBody(`POST ${HERE}/{handover}/count`, countForm);
describeBody(`POST ${HERE}/{handover}/acknowledgement`, sideForm);
describeBody(`POST ${HERE}/{handover}/withdrawal`, withdrawalForm);
describeWishes(`POST ${HERE}/{handover}/issue`);

type Cells = Record<string, string | number | null | undefined>;
type Fault = { field: string; key: string };

/** What was counted, from a form's rows or from a program's list. */
export function readCounting(req: Request, handover: Handover): Counting {
  const body = req.body as Record<string, unknown>;
  const own = handover.lines.filter((line) => line.laid);
  const whole = {
    ...body,
    lines: body.lines ?? rowsIn(body, 'lines', own.length),
    typed: body.typed ?? rowsIn(body, 'typed', typedRows(body)),
  };
  const read = readBody({ body: whole } as Request, countForm);
  const faults: Fault[] = [];
  const laid = own.map((line, at) => {
    const cells = { ...read.lines[at] };
    const known = read.restAsRecorded && line.kind !== 'cash' && empty(cells.counted);
    if (known) cells.counted = line.recorded;
    return countedOf(cells, line.unit, `lines.${at}`, faults);
  });
  const typedLines = (read.typed ?? []).flatMap((cells, at) => typedLine(cells, at, faults));
  if (faults.length > 0) readBody({ body: whole } as Request, refusing(faults));
  return { version: read.version, laid, typed: typedLines };
}

/** Refuses with these faults, each at its field. */
const refusing = (faults: Fault[]) =>
  z.unknown().superRefine((_, context) => {
    for (const { field, key } of faults) {
      context.addIssue({ code: 'custom', message: key, path: field.split('.') });
    }
  });

function typedLine(cells: Cells, at: number, faults: Fault[]): Line[] {
  const { kind, what, number, counted, remark } = cells;
  if ([what, number, counted, remark].every(empty)) return [];
  const field = `typed.${at}`;
  const known = LINE_KINDS.find((one) => one === kind);
  if (!known) faults.push({ field: `${field}.kind`, key: 'common:refusals.choose' });
  const name = kept(readName(String(what ?? ''), { max: 200 }), `${field}.what`, faults);
  const code = kept(readLine(String(number ?? ''), { max: 60 }), `${field}.number`, faults);
  const unit = known === 'cash' ? 'rial' : 'count';
  const found = countedOf({ counted, remark }, unit, field, faults);
  const line = { kind: known ?? 'other', what: name ?? '', number: code || null, unit } as const;
  return [{ ...line, recorded: null, ...found, laid: false }];
}

function countedOf(cells: Cells, unit: Line['unit'], field: string, faults: Fault[]) {
  const { counted, remark } = cells;
  const amount = empty(counted) ? { value: null } : readCounted(String(counted), unit);
  const said = readLine(String(remark ?? ''), { max: 200 });
  return {
    counted: kept<number | null>(amount, `${field}.counted`, faults) ?? null,
    remark: kept(said, `${field}.remark`, faults) || null,
  };
}

/** Nothing at all is a count too: it is what is missing. */
function readCounted(text: string, unit: Line['unit']): Reading<number> {
  const digits = typedNumber(text);
  if (digits === '0') return { value: 0 };
  if (unit === 'rial') return readRial(text);
  const fits = /^\d{1,6}$/.test(digits);
  return fits ? { value: Number(digits) } : { fault: 'board:refusals.handover-number' };
}

function kept<T>(reading: Reading<T>, field: string, faults: Fault[]): T | undefined {
  if ('value' in reading) return reading.value;
  faults.push({ field, key: reading.fault });
  return undefined;
}

const empty = (cell: unknown): boolean => latinDigits(String(cell ?? '')).trim() === '';

function rowsIn(body: Record<string, unknown>, name: string, many: number): object[] {
  const cells = name === 'lines' ? LaidCells.shape : TypedCells.shape;
  return Array.from({ length: many }, (_, at) =>
    Object.fromEntries(Object.keys(cells).map((cell) => [cell, body[`${name}.${at}.${cell}`]])),
  );
}

function typedRows(body: Record<string, unknown>): number {
  const places = Object.keys(body).map((key) => Number(/^typed\.(\d{1,3})\./.exec(key)?.[1] ?? -1));
  return Math.min(MOST_ROWS, Math.max(-1, ...places) + 1);
}

/** The newest lines as the form has them, to be counted again. */
export function countingValues(
  { lines, version }: Handover,
  show: Express.Locals['show'],
): Record<string, string> {
  const values: Record<string, string> = { version: String(version) };
  const shown = (counted: number | null) => (counted === null ? '' : show.number(counted));
  const own = lines.filter((line) => line.laid);
  own.forEach(({ counted, remark }, at) => {
    values[`lines.${at}.counted`] = shown(counted);
    values[`lines.${at}.remark`] = remark ?? '';
  });
  const rest = lines.filter((line) => !line.laid);
  rest.forEach(({ kind, what, number, counted, remark }, at) => {
    const row = { kind, what, number: number ?? '', counted: shown(counted), remark: remark ?? '' };
    for (const [cell, value] of Object.entries(row)) values[`typed.${at}.${cell}`] = value;
  });
  return values;
}
