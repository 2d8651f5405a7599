/** Entries are numbered as they come, so their ids lie together by day, but for what came late. */
import { type Db, prepared } from '../provinces/connection.ts';
import { addDays } from '../values/jalali-date.ts';
import type { Period } from './period.ts';

const OF_DAY = 'SELECT id FROM entries WHERE centre_id = ? AND entry_on = ?';

const statements = prepared((db) => ({
  first: db.$client.prepare(`${OF_DAY} ORDER BY id LIMIT 1`).pluck(),
  last: db.$client.prepare(`${OF_DAY} ORDER BY id DESC LIMIT 1`).pluck(),
}));

export type Ids = { first: number; last: number };

/**
 * The smallest and the largest id of the entries of these days. Each day's ends are read off the
 * index, so that a year of a million entries costs no more than one of a thousand.
 */
export function idsOfDays(db: Db, centreId: number, { from, to }: Period): Ids | undefined {
  const { first, last } = statements(db);
  let [smallest, largest] = [Number.POSITIVE_INFINITY, 0];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const earliest = first.get(centreId, day) as number | undefined;
    if (earliest === undefined) continue;
    smallest = Math.min(smallest, earliest);
    largest = Math.max(largest, last.get(centreId, day) as number);
  }
  return largest === 0 ? undefined : { first: smallest, last: largest };
}
