/** What boxes yield: by month, beside each box's own usual opening, and those that wait too long. */
import { type Db, prepared } from '../provinces/connection.ts';
import { addDays, daysBetween } from '../values/jalali-date.ts';
import { type Box, boxesOf, STANDING } from './boxes.ts';

/** A box that stands is opened at the latest after so many days. */
export const DAYS_DUE = 45;
/** Less than this share of what it usually yields a day is told; so many openings make a usual. */
const FAR_BELOW = 0.3;
const OPENINGS_FOR_USUAL = 3;

export type MonthYield = {
  box: number;
  year: number;
  month: number;
  openings: number;
  rial: number;
};

const statements = prepared(({ $client: client }) => ({
  months: client.prepare(
    `SELECT x.number AS box, m.year, m.month, count(*) AS openings, sum(o.total_rial) AS rial
     FROM box_openings o JOIN boxes x ON x.id = o.box_id
     JOIN calendar_months m ON o.opened_on BETWEEN m.first_on AND m.last_on
     WHERE o.centre_id = @centreId AND (@box IS NULL OR x.number = @box) AND ${STANDING}
     GROUP BY x.number, m.year, m.month ORDER BY m.year DESC, m.month DESC, x.number
     LIMIT @limit OFFSET @offset`,
  ),
  countMonths: client
    .prepare(
      `SELECT count(*) FROM (SELECT 1 FROM box_openings o
       JOIN calendar_months m ON o.opened_on BETWEEN m.first_on AND m.last_on
       WHERE o.centre_id = ? AND ${STANDING} GROUP BY o.box_id, m.year, m.month)`,
    )
    .pluck(),
  openings: client.prepare(
    `SELECT o.box_id AS boxId, o.opened_on AS openedOn, o.total_rial AS rial,
       (SELECT max(happened_on) FROM box_events e WHERE e.box_id = o.box_id
         AND e.event = 'installed' AND e.happened_on <= o.opened_on) AS installedOn
     FROM box_openings o WHERE o.centre_id = ? AND ${STANDING}
     ORDER BY o.box_id, o.opened_on, o.id`,
  ),
}));

/** What each box yielded in each month, the latest month first. */
export const yieldByMonth = (
  db: Db,
  centreId: number,
  { box = null, limit, offset = 0 }: { box?: number | null; limit: number; offset?: number },
): MonthYield[] => statements(db).months.all({ centreId, box, limit, offset }) as MonthYield[];

export const countMonthYields = (db: Db, centreId: number): number =>
  statements(db).countMonths.get(centreId) as number;

/** How a box stands against itself; `usual` and `last` are rials a day between two openings. */
export type Standing = {
  days: number;
  isDue: boolean;
  usual: number | null;
  last: number | null;
  isFarBelow: boolean;
};

type Row = { boxId: number; openedOn: string; rial: number; installedOn: string };

/** The standing of every box of a centre, by its id. */
export function standings(db: Db, centreId: number, today: string): Map<number, Standing> {
  const rows = Map.groupBy(statements(db).openings.all(centreId) as Row[], ({ boxId }) => boxId);
  const boxes = boxesOf(db, centreId, {}, { limit: 100_000 });
  return new Map(boxes.map((box) => [box.id, standingOf(box, rows.get(box.id) ?? [], today)]));
}

function standingOf(box: Box, rows: Row[], today: string): Standing {
  const days = daysBetween(sinceOf(box), today);
  const daily = rows.map((row, at) => {
    const before = rows[at - 1]?.openedOn ?? '';
    const began = before > row.installedOn ? before : row.installedOn;
    return row.rial / Math.max(1, daysBetween(began, row.openedOn));
  });
  const earlier = daily.slice(0, -1);
  const usual = earlier.length >= OPENINGS_FOR_USUAL ? Math.round(median(earlier)) : null;
  const last = daily.length > 0 ? Math.round(daily.at(-1)!) : null;
  return {
    ...{ days, usual, last, isDue: box.event !== 'withdrawn' && days > DAYS_DUE },
    isFarBelow: usual !== null && last !== null && last < usual * FAR_BELOW,
  };
}

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Since when money may lie in it. */
const sinceOf = ({ lastOpenedOn, installedOn }: Box): string =>
  lastOpenedOn !== null && lastOpenedOn > installedOn ? lastOpenedOn : installedOn;

/** The boxes that stand and were not opened for too long. */
export function countDue(db: Db, centreId: number, today: string): number {
  const latest = addDays(today, -DAYS_DUE);
  const boxes = boxesOf(db, centreId, { state: 'standing' }, { limit: 100_000 });
  return boxes.filter((box) => sinceOf(box) < latest).length;
}
