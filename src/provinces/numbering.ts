/** B-132: numbers without gaps, given once; the tables' own triggers count each that is taken. */
import { type Db, prepared } from './connection.ts';
import { setting } from './province.ts';

export type Series =
  | 'entry'
  | 'receipt'
  | 'decree'
  | 'letter'
  | 'book'
  | 'referral'
  | 'payment'
  | 'delivery';

const statements = prepared((db) => ({
  last: db.$client
    .prepare('SELECT last_number FROM numbers WHERE series = ? AND centre_id = ? AND year = ?')
    .pluck(),
}));

/** The number the next one of a series takes in this centre and year. */
export function nextNumber(db: Db, series: Series, centreId: number, year: number): number {
  return 1 + ((statements(db).last.get(series, centreId, year) as number | undefined) ?? 0);
}

/** As it is written: the year, a dash, and the number filled with zeros to its places. */
export function writtenNumber(year: number, number: number, places: number): string {
  return `${year}-${String(number).padStart(places, '0')}`;
}

/** The setting that keeps the codes of centres which a restore took away. */
export const LOST_CODES = 'lost-centre-codes';

/** Codes that papers in somebody's drawer carry and no centre of this file has: never given again. */
export function lostCodes(db: Db): string[] {
  return JSON.parse(setting(db, LOST_CODES) ?? '[]') as string[];
}
