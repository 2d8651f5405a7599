/** The day of Eid al-Fitr, which depends on the moon: as it was announced, year by year. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { daysBetween } from '../values/jalali-date.ts';

export type EidDay = { lunarYear: number; eidOn: string; source: string };

const NEWEST = `SELECT e.lunar_year AS lunarYear, e.eid_on AS eidOn, e.source FROM eid_days e
  WHERE e.id = (SELECT max(id) FROM eid_days x WHERE x.lunar_year = e.lunar_year)`;

const statements = prepared((db) => ({
  list: db.$client.prepare(`${NEWEST} ORDER BY e.lunar_year DESC`),
  before: db.$client.prepare(`${NEWEST} AND e.eid_on <= ? ORDER BY e.eid_on DESC LIMIT 1`),
  insert: db.$client.prepare(
    'INSERT INTO eid_days (lunar_year, eid_on, source, act_id) VALUES (?, ?, ?, ?)',
  ),
}));

export function eidDays(db: Db): EidDay[] {
  return statements(db).list.all() as EidDay[];
}

/** The last Eid that has come by this day; undefined while none is set. */
export function eidBefore(db: Db, day: string): EidDay | undefined {
  return statements(db).before.get(day) as EidDay | undefined;
}

/** Sets the day of a lunar year, or sets it anew when the moon decided otherwise. */
export function setEidDay(tx: Tx, actor: Actor, day: EidDay): EidDay {
  requirePower(actor, 'funds.edit');
  const { lunarYear, eidOn, source } = day;
  // The first of Shawwal 1446 was 31 March 2025; a lunar year has 354.367 days.
  const expected = daysBetween('2025-03-31', eidOn) / 354.367 + 1446;
  if (Math.abs(expected - lunarYear) > 0.05) {
    throw new Refusal('funds:refusals.eid-year', { status: 422, field: 'eidOn' });
  }
  const act = record(tx, actor, { kind: 'eid.set', subject: `eid-days/${lunarYear}`, after: day });
  statements(tx).insert.run(lunarYear, eidOn, source, act.id);
  return day;
}
