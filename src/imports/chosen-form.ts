/** What a form or a program says of the columns of a sheet, and back into an address. */
import type { Request } from 'express';
import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { typedCount } from '../values/typed-number.ts';
import { readBody, ticked, typedOrNone } from '../web/forms.ts';
import { type Chosen, FIELDS, type ImportKind } from './kinds.ts';

/** A place in the sheet from 0. */
const place = typedOrNone((text) => {
  const at = typedCount(text, 59);
  return at === undefined ? { fault: 'common:refusals.unreadable' } : { value: at };
});

/** Beside the columns, each under the name of its field. */
const besideForm = (today: string) => ({
  head: typedOrNone((text) => {
    const at = typedCount(text, 250_000);
    return at === undefined ? { fault: 'common:refusals.unreadable' } : { value: at };
  }),
  unit: z.enum(['rial', 'toman']).optional(),
  padded: ticked,
  entryOn: typedOrNone((text) => readDay(text, { today })),
});

const columnsForm = (what: ImportKind) =>
  z.object(Object.fromEntries(FIELDS[what].map((field) => [field, place])));

/** A program sends `columns` as one, a form field by field as `columns.amount`. */
export const chosenForm = (what: ImportKind, today: string) =>
  z.object({ ...besideForm(today), columns: columnsForm(what).optional() });

export type Asked = {
  chosen?: Chosen;
  over: Partial<Pick<Chosen, 'unit' | 'padded' | 'entryOn'>>;
};

/** Columns count only where the row of the heads is said as well; else they are looked for. */
export function readChosen(sent: unknown, what: ImportKind, today: string): Asked {
  const body = readBody({ body: withColumns(sent) } as Request, chosenForm(what, today));
  const { head, unit, padded, entryOn, columns: told = {} } = body;
  const over = {
    ...(unit && { unit }),
    ...(padded && { padded }),
    ...(entryOn && { entryOn }),
  };
  if (head === undefined) return { over };
  const columns = Object.fromEntries(
    Object.entries(told).flatMap(([field, at]) => (at === undefined ? [] : [[field, at]])),
  ) as Record<string, number>;
  refuseSameTwice(columns);
  return { chosen: { head, columns, unit: unit ?? 'rial', padded, entryOn }, over };
}

const COLUMN = 'columns.';

function withColumns(sent: unknown): Record<string, unknown> {
  const body = { ...(sent as Record<string, unknown> | undefined) };
  const columns: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name.startsWith(COLUMN)) columns[name.slice(COLUMN.length)] = value;
  }
  return Object.keys(columns).length > 0 ? { ...body, columns } : body;
}

/** One column is one field: whoever chose it twice has overlooked something. */
function refuseSameTwice(columns: Record<string, number>): void {
  const seen = new Map<number, string>();
  for (const [field, at] of Object.entries(columns)) {
    if (seen.has(at))
      throw new Refusal('imports:refusals.column-twice', { status: 422, field: COLUMN + field });
    seen.set(at, field);
  }
}

/** The same as the fields of a form. */
export function asFields({ head, columns, unit, padded, entryOn }: Chosen): Record<string, string> {
  const places = Object.entries(columns).filter(([, at]) => at !== undefined);
  return {
    ...{ head: String(head), unit, ...(padded && { padded: '1' }), ...(entryOn && { entryOn }) },
    ...Object.fromEntries(places.map(([field, at]) => [COLUMN + field, String(at)])),
  };
}
