/** The rows of supervision: each centre with what waits for the committee and since when. */
import { daysBetween } from '../values/jalali-date.ts';
import type { Supervised } from './supervision.ts';
import type { Waiting } from './waiting.ts';

/** A decision that has waited longer is late. */
export const LATE_DAYS = 14;

export const OVERDUE = ['waiting', 'late', 'seats', 'boundary'] as const;
export type Overdue = (typeof OVERDUE)[number];

export type SupervisionRow = Supervised & {
  waiting: number;
  since: string | null;
};

export type SupervisionFilter = { county?: string; state?: string; overdue?: Overdue };

/** Those that wait longest first, then those whose licence ends first. */
export function supervisionRows(centres: Supervised[], waiting: Waiting[]): SupervisionRow[] {
  const own = Map.groupBy(waiting, ({ centreId }) => centreId);
  return centres
    .map((centre) => {
      const open = own.get(centre.id) ?? [];
      return { ...centre, waiting: open.length, since: open[0]?.since ?? null };
    })
    .sort((one, other) => compare(one.since ?? '9', other.since ?? '9') || ending(one, other));
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
const ending = (one: SupervisionRow, other: SupervisionRow) =>
  (one.left ?? Number.MAX_SAFE_INTEGER) - (other.left ?? Number.MAX_SAFE_INTEGER);

export function isAsked(row: SupervisionRow, filter: SupervisionFilter, today: string): boolean {
  const { county, state, overdue } = filter;
  return (
    (!county || row.county === county) &&
    (!state || row.state === state) &&
    (!overdue || OVERDUE_BY[overdue](row, today))
  );
}

/** Before the licence seats are proposed and nobody holds one; that is no neglect. */
const OVERDUE_BY: Record<Overdue, (row: SupervisionRow, today: string) => boolean> = {
  waiting: ({ waiting }) => waiting > 0,
  late: ({ since }, today) => since !== null && daysBetween(since, today) > LATE_DAYS,
  seats: ({ emptySeats, state }) => state !== 'before' && emptySeats > 0,
  boundary: ({ boundary }) => boundary === null,
};
