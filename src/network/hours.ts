/** B-46: time that volunteers give. It is written down and summed; nobody is paid for it. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { lateDaysSql } from '../lateness/mark.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { typedFigures } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { findVolunteer } from './volunteer-rows.ts';

export type HoursTyped = { workedOn: string; minutes: number; what: string };

export type HoursRow = HoursTyped & {
  id: number;
  volunteer: number;
  name: string;
  recordedBy: string;
  withdrawn: string | null;
  /** B-112: so many days after its own day it was entered, if that was too late; else null. */
  lateDays: number | null;
};

export type HoursFilter = { volunteer?: number; from?: string; to?: string };

/** A Jalali month with what was given in it. */
export type MonthSum = { year: number; month: number; minutes: number; volunteers: number };

const OF_CENTRE = `FROM volunteer_hours h JOIN volunteers v ON v.id = h.volunteer_id
  LEFT JOIN volunteer_hour_withdrawals w ON w.hours_id = h.id
  WHERE v.centre_id = @centreId AND (@volunteer IS NULL OR v.number = @volunteer)
    AND (@from IS NULL OR h.worked_on >= @from) AND (@to IS NULL OR h.worked_on <= @to)`;

const statements = prepared((db) => ({
  rows: db.$client.prepare(
    `SELECT h.id, v.number AS volunteer, (SELECT name FROM volunteer_versions
         WHERE volunteer_id = v.id ORDER BY version DESC LIMIT 1) AS name,
       h.worked_on AS workedOn, h.minutes, h.what, w.reason AS withdrawn,
       ${lateDaysSql('h.worked_on', 'h.recorded_on')} AS lateDays,
       (SELECT name FROM users WHERE id = h.recorded_by) AS recordedBy
     ${OF_CENTRE} ORDER BY h.worked_on DESC, h.id DESC LIMIT @limit OFFSET @offset`,
  ),
  sum: db.$client.prepare(
    `SELECT count(*) AS rows, coalesce(sum(CASE WHEN w.hours_id IS NULL THEN h.minutes END), 0)
       AS minutes ${OF_CENTRE}`,
  ),
  months: db.$client.prepare(
    `SELECT m.year, m.month, sum(given.minutes) AS minutes,
       count(DISTINCT given.volunteer_id) AS volunteers
     FROM (SELECT h.worked_on, h.minutes, h.volunteer_id ${OF_CENTRE} AND w.hours_id IS NULL) given
     JOIN calendar_months m ON given.worked_on BETWEEN m.first_on AND m.last_on
     GROUP BY m.year, m.month ORDER BY m.year DESC, m.month DESC LIMIT 24`,
  ),
  ofDay: db.$client
    .prepare(
      `SELECT coalesce(sum(h.minutes), 0) FROM volunteer_hours h
       LEFT JOIN volunteer_hour_withdrawals w ON w.hours_id = h.id
       WHERE h.volunteer_id = ? AND h.worked_on = ? AND w.hours_id IS NULL`,
    )
    .pluck(),
  insert: db.$client.prepare(
    `INSERT INTO volunteer_hours (volunteer_id, worked_on, minutes, what, recorded_on, recorded_by,
       act_id) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  byId: db.$client.prepare(
    `SELECT v.number, w.hours_id IS NOT NULL AS withdrawn FROM volunteer_hours h
     JOIN volunteers v ON v.id = h.volunteer_id
     LEFT JOIN volunteer_hour_withdrawals w ON w.hours_id = h.id
     WHERE v.centre_id = ? AND h.id = ?`,
  ),
  withdraw: db.$client.prepare('INSERT INTO volunteer_hour_withdrawals VALUES (?, ?, ?, ?)'),
}));

type Place = { limit: number; offset: number };

/** The log of a centre, the latest day first. */
export function hoursOf(db: Db, centreId: number, filter: HoursFilter, place: Place): HoursRow[] {
  return statements(db).rows.all({ ...asked(centreId, filter), ...place }) as HoursRow[];
}

export function sumOfHours(db: Db, centreId: number, filter: HoursFilter) {
  return statements(db).sum.get(asked(centreId, filter)) as { rows: number; minutes: number };
}

/** By month, the latest first; what was withdrawn does not count. */
export function monthsOfHours(db: Db, centreId: number, filter: HoursFilter): MonthSum[] {
  return statements(db).months.all(asked(centreId, filter)) as MonthSum[];
}

/** Writes down what a volunteer did and how long it took. */
export function recordHours(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number,
  { workedOn, minutes, what }: HoursTyped,
): number {
  requirePower(actor, 'hours.record', centre);
  const volunteer = findVolunteer(tx, centre.id, number);
  const refuse = (key: string, field: string) => {
    throw new Refusal(`network:refusals.${key}`, { status: 422, field });
  };
  if (workedOn > actor.today) refuse('future-day', 'workedOn');
  if (workedOn < volunteer.sinceOn) refuse('before-service', 'workedOn');
  const known = statements(tx).ofDay.get(volunteer.id, workedOn) as number;
  if (known + minutes > 24 * 60) refuse('long-day', 'hours');
  const act = record(tx, actor, {
    ...{ kind: 'hours.recorded', subject: `volunteers/${number}`, centreId: centre.id },
    after: { workedOn, minutes, what },
  });
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[volunteer.id, workedOn, minutes, what, actor.today, actor.user!.id, act.id],
  );
  return Number(lastInsertRowid);
}

/** Takes back what was written by mistake; the row stays, and counts no more. */
export function withdrawHours(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  reason: string,
): void {
  requirePower(actor, 'hours.record', centre);
  const row = statements(tx).byId.get(centre.id, id) as
    | { number: number; withdrawn: number }
    | undefined;
  if (!row) throw new NotFound();
  if (row.withdrawn === 1) throw new Refusal('network:refusals.withdrawn-before');
  const act = record(tx, actor, {
    ...{ kind: 'hours.withdrawn', subject: `volunteers/${row.number}`, centreId: centre.id },
    after: { id, reason },
  });
  statements(tx).withdraw.run(id, reason, actor.user!.id, act.id);
}

/** Hours as people write them: 2, 2.5 or 2:30, to the quarter. */
export function readHours(text: string): Reading<number> {
  const figures = typedFigures(text).replace(/[\u066b,/]/, '.');
  const clock = /^(\d{1,2}):(\d{2})$/.exec(figures);
  const minutes = clock
    ? Number(clock[1]) * 60 + Number(clock[2])
    : /^\d{1,2}(\.\d{1,2})?$/.test(figures)
      ? Number(figures) * 60
      : Number.NaN;
  const fits = minutes >= 15 && minutes <= 24 * 60 && minutes % 15 === 0;
  return fits ? { value: minutes } : { fault: 'network:refusals.hours' };
}

function asked(centreId: number, { volunteer, from, to }: HoursFilter) {
  return { centreId, volunteer: volunteer ?? null, from: from ?? null, to: to ?? null };
}
