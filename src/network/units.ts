/** B-141: the charity units of a centre, written in versions, with what each reports. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { refuseOtherPart } from '../boundary/area-parts.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { type Recorded, record } from '../trail/acts.ts';
import { searchText, sortKey } from '../values/persian-text.ts';
import type { UnitState } from './kinds.ts';
import { findUnit, type Unit, type UnitParticulars } from './unit-rows.ts';
import { findVolunteer } from './volunteer-rows.ts';
import { masked } from './volunteer-sides.ts';

/** The head is a volunteer by the centre's number, or somebody named. */
export type UnitTyped = Omit<UnitParticulars, 'headVolunteer' | 'phone'> & {
  headVolunteer: number | null;
  /** Left out, it stays as it is: whoever edits may not have been shown it. */
  phone?: string | null;
  version?: number;
};

export type UnitReport = {
  reportedOn: string;
  done: string;
  gifts: string | null;
  persons: number | null;
};

const statements = prepared((db) => ({
  count: db.$client
    .prepare(
      `SELECT count(*) FROM units u WHERE u.centre_id = ? AND coalesce((SELECT state
         FROM unit_states WHERE unit_id = u.id ORDER BY id DESC LIMIT 1), 'active') = 'active'`,
    )
    .pluck(),
  nextNumber: db.$client.prepare('SELECT count(*) + 1 FROM units WHERE centre_id = ?').pluck(),
  insert: db.$client.prepare(
    `INSERT INTO units (centre_id, number, registered_on, registered_by, act_id)
     VALUES (?, ?, ?, ?, ?)`,
  ),
  version: db.$client.prepare(
    'INSERT INTO unit_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
  state: db.$client.prepare(
    `INSERT INTO unit_states (unit_id, state, reason, since_on, set_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ),
  report: db.$client.prepare(
    `INSERT INTO unit_reports (unit_id, reported_on, done, gifts, persons, recorded_on, recorded_by,
       act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/** B-137: so many charity units work in the area now. */
export function countUnits(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

/** Registers a unit under the centre's next number; before the licence too (B-137). */
export function registerUnit(tx: Tx, actor: Actor, centre: Centre, typed: UnitTyped): Unit {
  requirePower(actor, 'units.register', centre);
  refuseFuture(actor, typed.sinceOn, 'sinceOn');
  refuseOtherPart(tx, centre, typed.partId);
  const number = statements(tx).nextNumber.get(centre.id) as number;
  const head = headOf(tx, centre, typed);
  const phone = typed.phone ?? null;
  const act = record(tx, actor, {
    ...{ kind: 'unit.registered', subject: `units/${number}`, centreId: centre.id },
    after: told({ ...typed, phone }),
  });
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[centre.id, number, actor.today, actor.user!.id, act.id],
  );
  const id = Number(lastInsertRowid);
  writeVersion(tx, actor, { ...typed, phone, id, version: 1 }, head, act);
  return findUnit(tx, centre.id, number);
}

/** Writes the particulars anew; the version before stays as it was. */
export function editUnit(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number,
  typed: UnitTyped,
): Unit {
  requirePower(actor, 'units.register', centre);
  const before = findUnit(tx, centre.id, number);
  if (typed.version !== undefined && typed.version !== before.version) {
    throw new Refusal('network:refusals.changed-meanwhile');
  }
  refuseFuture(actor, typed.sinceOn, 'sinceOn');
  refuseOtherPart(tx, centre, typed.partId, before.partId);
  const { phone = before.phone } = typed;
  const head = headOf(tx, centre, typed);
  const act = record(tx, actor, {
    ...{ kind: 'unit.edited', subject: `units/${number}`, centreId: centre.id },
    ...{ before: told(before), after: told({ ...typed, phone }) },
  });
  const written = { ...typed, phone, id: before.id, version: before.version + 1 };
  writeVersion(tx, actor, written, head, act);
  return findUnit(tx, centre.id, number);
}

/** Lets a unit rest, close or work again, with the reason. */
export function setUnitState(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number,
  { state, reason }: { state: UnitState; reason: string },
): Unit {
  requirePower(actor, 'units.register', centre);
  const unit = findUnit(tx, centre.id, number);
  if (unit.state === state) throw new Refusal('network:refusals.same-unit-state');
  const act = record(tx, actor, {
    ...{ kind: `unit.${state}`, subject: `units/${number}`, centreId: centre.id },
    ...{ before: { state: unit.state }, after: { state, reason } },
  });
  statements(tx).state.run(unit.id, state, reason, actor.today, actor.user!.id, act.id);
  return findUnit(tx, centre.id, number);
}

/** Keeps what a unit did; gifts stand in words only, for money is receipted by the centre (B-132). */
export function reportUnit(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number,
  report: UnitReport,
): Unit {
  requirePower(actor, 'units.report', centre);
  const unit = findUnit(tx, centre.id, number);
  const { reportedOn, done, gifts, persons } = report;
  refuseFuture(actor, reportedOn, 'reportedOn');
  const act = record(tx, actor, {
    ...{ kind: 'unit.reported', subject: `units/${number}`, centreId: centre.id },
    after: report,
  });
  statements(tx).report.run(
    ...[unit.id, reportedOn, done, gifts, persons, actor.today, actor.user!.id, act.id],
  );
  return findUnit(tx, centre.id, number);
}

/** B-105: tells an officer of the committee a unit's telephone; his reason stays in the trail. */
export function revealUnit(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number,
  reason: string,
): Unit {
  requirePower(actor, 'volunteers.unmask', centre);
  const unit = findUnit(tx, centre.id, number);
  record(tx, actor, {
    ...{ kind: 'unit.revealed', subject: `units/${number}`, centreId: centre.id },
    after: { reason },
  });
  return unit;
}

type Written = UnitTyped & { id: number; version: number; phone: string | null };

function writeVersion(
  tx: Tx,
  actor: Actor,
  written: Written,
  headId: number | null,
  act: Recorded,
): void {
  const { id, version, name, kind, place, lon, lat, headName, phone, boxes, sinceOn } = written;
  statements(tx).version.run(
    ...[id, version, name, searchText(name), sortKey(name), kind, place, lon, lat],
    ...[headId, headId === null ? headName : null, phone, boxes, sinceOn],
    ...[actor.user!.id, act.id, written.partId ?? null],
  );
}

/** A head who is a volunteer is one of this centre. */
function headOf(tx: Tx, centre: Centre, { headVolunteer, headName }: UnitTyped): number | null {
  if (headVolunteer !== null) return findVolunteer(tx, centre.id, headVolunteer).id;
  if (headName !== null) return null;
  throw new Refusal('network:refusals.no-head', { status: 422, field: 'headName' });
}

function refuseFuture(actor: Actor, day: string, field: string): void {
  if (day > actor.today) throw new Refusal('network:refusals.future-day', { status: 422, field });
}

/** As the trail tells it, with the telephone masked. */
function told(typed: Omit<UnitTyped, 'version'>) {
  const { name, kind, place, lon, lat, headVolunteer, headName, boxes, sinceOn } = typed;
  const phone = masked(null, typed.phone ?? null).mobile;
  const partId = typed.partId ?? null;
  return { name, kind, place, partId, lon, lat, headVolunteer, headName, phone, boxes, sinceOn };
}
