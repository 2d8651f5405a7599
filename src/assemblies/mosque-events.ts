/** B-97: what goes on in the mosque, and whether a meeting falls in it or in a time of prayer. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { partsOf } from '../boundary/area.ts';
import { boundaryOn } from '../boundary/versions.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { weekdayOf } from '../values/jalali-date.ts';
import { latinDigits } from '../values/persian-text.ts';
import {
  clockOf,
  minutesOf,
  type Prayer,
  type Prayers,
  prayersOn,
} from '../values/prayer-times.ts';
import type { Reading } from '../values/reading.ts';

export type MosqueEventTyped = {
  title: string;
  /** On one day, or every week on a day of it. */
  heldOn: string | null;
  weekday: number | null;
  fromAt: string;
  toAt: string;
};

export type MosqueEvent = MosqueEventTyped & { id: number; endedOn: string | null };

/** What a meeting's time meets: a call to prayer or an event of the mosque. */
export type Clash = { prayer: Prayer; at: string } | { event: string; at: string };

/** A meeting that begins so many minutes before or after the call is in the time of prayer. */
const AROUND_A_CALL = 30;

const statements = prepared(({ $client: client }) => ({
  ofCentre: client.prepare(
    `SELECT v.id, v.title, v.held_on AS heldOn, v.weekday, v.from_at AS fromAt, v.to_at AS toAt,
       e.ended_on AS endedOn
     FROM mosque_events v LEFT JOIN mosque_event_endings e ON e.event_id = v.id
     WHERE v.centre_id = ? ORDER BY e.ended_on IS NOT NULL, v.weekday, v.held_on, v.from_at`,
  ),
  insert: client.prepare(
    `INSERT INTO mosque_events (centre_id, title, held_on, weekday, from_at, to_at, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  end: client.prepare('INSERT INTO mosque_event_endings VALUES (?, ?, ?)'),
}));

/** A centre's mosque's events, those that go on first. */
export function mosqueEventsOf(db: Db, centreId: number): MosqueEvent[] {
  return statements(db).ofCentre.all(centreId) as MosqueEvent[];
}

export function recordMosqueEvent(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  typed: MosqueEventTyped,
): MosqueEvent {
  requirePower(actor, 'assemblies.edit', centre);
  const { title, heldOn, weekday, fromAt, toAt } = typed;
  const refuse = (key: string, field: string) => {
    throw new Refusal(`assemblies:refusals.${key}`, { status: 422, field });
  };
  if ((heldOn === null) === (weekday === null)) refuse('day-or-weekday', 'weekday');
  if (toAt <= fromAt) refuse('ends-first', 'toAt');
  const act = record(tx, actor, {
    ...{ kind: 'mosque-event.recorded', subject: 'meetings', centreId: centre.id, after: typed },
  });
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[centre.id, title, heldOn, weekday, fromAt, toAt, act.id],
  );
  return { ...typed, id: Number(lastInsertRowid), endedOn: null };
}

/** Tells that it goes on no more. */
export function endMosqueEvent(tx: Tx, actor: Actor, centre: Centre, id: number): MosqueEvent {
  requirePower(actor, 'assemblies.edit', centre);
  const event = mosqueEventsOf(tx, centre.id).find((one) => one.id === id);
  if (!event) throw new NotFound();
  if (event.endedOn) throw new Refusal('assemblies:refusals.event-ended');
  const act = record(tx, actor, {
    ...{ kind: 'mosque-event.ended', subject: 'meetings', centreId: centre.id },
    before: { title: event.title },
  });
  statements(tx).end.run(id, actor.today, act.id);
  return { ...event, endedOn: actor.today };
}

/** The calls of a day at the centre, by its area in force; null while it has none. */
export function callsOn(db: Db, centreId: number, day: string): Prayers | null {
  const corners = partsOf(boundaryOn(db, centreId, day)?.area ?? NOWHERE)[0] ?? [];
  if (corners.length === 0) return null;
  const middle = (axis: 0 | 1) =>
    corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
  return prayersOn(day, [middle(0), middle(1)]);
}

const NOWHERE = { type: 'MultiPolygon' as const, coordinates: [] };

/** What a meeting of this day and time meets; one without a time meets nothing. */
export function clashesOf(db: Db, centreId: number, metOn: string, metAt: string | null): Clash[] {
  if (metAt === null) return [];
  const calls = Object.entries(callsOn(db, centreId, metOn) ?? {}) as [Prayer, number][];
  const at = minutesOf(metAt);
  const prayers = calls
    .filter(([, call]) => Math.abs(call - at) <= AROUND_A_CALL)
    .map(([prayer, call]) => ({ prayer, at: clockOf(call) }));
  const events = mosqueEventsOf(db, centreId)
    .filter(({ heldOn, weekday }) => heldOn === metOn || weekday === weekdayOf(metOn))
    .filter(({ endedOn }) => endedOn === null || endedOn > metOn)
    .filter(({ fromAt, toAt }) => fromAt <= metAt && metAt < toAt)
    .map(({ title, fromAt }) => ({ event: title, at: fromAt }));
  return [...prayers, ...events];
}

/** A clock time in any digits: 17:05, 7.30 or 9. */
export function readClock(text: string): Reading<string> {
  const [, hour, minute = '00'] =
    /^(\d{1,2})(?:[:.\u066b](\d{2}))?$/.exec(latinDigits(text.trim())) ?? [];
  const fits = hour !== undefined && Number(hour) < 24 && Number(minute) < 60;
  return fits
    ? { value: `${hour.padStart(2, '0')}:${minute}` }
    : { fault: 'assemblies:faults.clock' };
}
