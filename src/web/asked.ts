/** What the query of an address asks for: words and days of a filter. */
import type { Request } from 'express';
import { Refusal } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';

type Query = Request['query'];

const LONGEST = 200;

/** The word or text asked for under this name; undefined where the field was left empty. */
export function wordAsked(query: Query, name: string): string | undefined {
  const typed = query[name];
  return (typeof typed === 'string' && typed.trim().slice(0, LONGEST)) || undefined;
}

/** The day asked for, ISO or Jalali. A day that there is not is refused: all days are not meant. */
export function dayAsked(query: Query, name: string, today: string): string | undefined {
  const typed = wordAsked(query, name);
  if (typed === undefined) return undefined;
  const read = readDay(typed, { today });
  if ('value' in read) return read.value;
  throw new Refusal(read.fault, { status: 422, field: name, values: read.values });
}
