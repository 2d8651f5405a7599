/** B-140: volunteers, registered with their particulars, rewritten in versions, and never deleted. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { refuseOtherPart } from '../boundary/area-parts.ts';
import { uphold } from '../bylaw/clause.ts';
import { serviceIsHonorary } from '../bylaw/volunteers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { type Recorded, record } from '../trail/acts.ts';
import { searchText, sortKey } from '../values/persian-text.ts';
import { endOpenAssignments } from './assignment-ends.ts';
import type { VolunteerState } from './kinds.ts';
import {
  findVolunteer,
  type Particulars,
  type Volunteer,
  volunteerByIdOrNone,
} from './volunteer-rows.ts';
import { masked, writerOf } from './volunteer-sides.ts';

/** `isHonorary` is what he was told, and said, before he was registered (B-46). */
export type NewVolunteer = Particulars & { isHonorary: boolean };

/** What is left out stays as it is, for whoever edits may not have been shown it. */
export type Rewriting = Omit<Particulars, 'nationalId' | 'mobile'> & {
  nationalId?: string | null;
  mobile?: string | null;
  /** The version that was on the page; another one since is somebody else's work. */
  version?: number;
};

const statements = prepared((db) => ({
  count: db.$client
    .prepare(
      `SELECT count(*) FROM volunteers v WHERE v.centre_id = ? AND coalesce((SELECT state
         FROM volunteer_states WHERE volunteer_id = v.id ORDER BY id DESC LIMIT 1), 'active') = 'active'`,
    )
    .pluck(),
  nextNumber: db.$client.prepare('SELECT count(*) + 1 FROM volunteers WHERE centre_id = ?').pluck(),
  insert: db.$client.prepare(
    `INSERT INTO volunteers (centre_id, number, registered_on, registered_by, is_honorary, act_id)
     VALUES (?, ?, ?, ?, 1, ?)`,
  ),
  version: db.$client.prepare(
    `INSERT INTO volunteer_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  field: db.$client.prepare('INSERT INTO volunteer_fields VALUES (?, ?, ?)'),
  skill: db.$client.prepare('INSERT OR IGNORE INTO volunteer_skills VALUES (?, ?, ?, ?)'),
  state: db.$client.prepare(
    `INSERT INTO volunteer_states (volunteer_id, state, reason, since_on, set_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ),
}));

/** B-137: so many volunteers serve the centre now; who rests or has left is not counted. */
export function countVolunteers(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

/** Registers a volunteer under the centre's next number; before the licence too (B-137). */
export function registerVolunteer(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { isHonorary, ...typed }: NewVolunteer,
): Volunteer {
  const decreeId = writerOf(actor, centre, typed.gender);
  uphold(serviceIsHonorary, { said: isHonorary }, { status: 422, field: 'isHonorary' });
  refuseKnown(tx, centre, typed);
  refuseFuture(actor, typed);
  refuseOtherPart(tx, centre, typed.partId);
  const number = statements(tx).nextNumber.get(centre.id) as number;
  const act = record(tx, actor, {
    ...{ kind: 'volunteer.registered', subject: `volunteers/${number}`, centreId: centre.id },
    after: told(typed),
  });
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[centre.id, number, actor.today, actor.user!.id, act.id],
  );
  writeVersion(tx, actor, { ...typed, id: Number(lastInsertRowid), version: 1 }, decreeId, act);
  return findVolunteer(tx, centre.id, number);
}

/** Writes the particulars anew; the version before stays as it was. */
export function editVolunteer(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number,
  { version, ...typed }: Rewriting,
): Volunteer {
  const before = findVolunteer(tx, centre.id, number);
  writerOf(actor, centre, before.gender);
  const decreeId = writerOf(actor, centre, typed.gender);
  if (version !== undefined && version !== before.version) {
    throw new Refusal('network:refusals.changed-meanwhile');
  }
  const { nationalId = before.nationalId, mobile = before.mobile } = typed;
  const after = { ...typed, nationalId, mobile };
  refuseKnown(tx, centre, after, before.id);
  refuseFuture(actor, typed);
  refuseOtherPart(tx, centre, typed.partId, before.partId);
  const act = record(tx, actor, {
    ...{ kind: 'volunteer.edited', subject: `volunteers/${number}`, centreId: centre.id },
    ...{ before: told(before), after: told(after) },
  });
  const written = { ...after, id: before.id, version: before.version + 1 };
  writeVersion(tx, actor, written, decreeId, act);
  return findVolunteer(tx, centre.id, number);
}

/** Lets a volunteer rest, leave or come back. Whoever does not serve holds no task either (B-45). */
export function setVolunteerState(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number,
  { state, reason }: { state: VolunteerState; reason: string },
): Volunteer {
  const volunteer = findVolunteer(tx, centre.id, number);
  writerOf(actor, centre, volunteer.gender);
  if (volunteer.state === state) throw new Refusal('network:refusals.same-state');
  const act = record(tx, actor, {
    ...{ kind: `volunteer.${state}`, subject: `volunteers/${number}`, centreId: centre.id },
    ...{ before: { state: volunteer.state }, after: { state, reason } },
  });
  statements(tx).state.run(volunteer.id, state, reason, actor.today, actor.user!.id, act.id);
  if (state !== 'active') endOpenAssignments(tx, actor, volunteer, reason);
  return findVolunteer(tx, centre.id, number);
}

/** B-105: tells an officer of the committee a volunteer's numbers; his reason stays in the trail. */
export function revealVolunteer(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number,
  reason: string,
): Volunteer {
  requirePower(actor, 'volunteers.unmask', centre);
  const volunteer = findVolunteer(tx, centre.id, number);
  record(tx, actor, {
    ...{ kind: 'volunteer.revealed', subject: `volunteers/${number}`, centreId: centre.id },
    after: { reason, gender: volunteer.gender },
  });
  return volunteer;
}

type Written = Particulars & { id: number; version: number };

function writeVersion(
  tx: Tx,
  actor: Actor,
  written: Written,
  decreeId: number | null,
  act: Recorded,
): void {
  const { id, version, name, gender, nationalId, mobile, otherField, days } = written;
  const { weeklyHours, part, partId = null, sinceOn, introducedBy, fields, skills } = written;
  statements(tx).version.run(
    ...[id, version, name, searchText(name), sortKey(name), gender, nationalId, mobile],
    ...[otherField, days.join(' '), weeklyHours, part, sinceOn, introducedBy],
    ...[actor.user!.id, decreeId, act.id, partId],
  );
  for (const field of fields) statements(tx).field.run(id, version, field);
  for (const skill of skills) statements(tx).skill.run(id, version, searchText(skill), skill);
}

/** One national ID is one volunteer of the centre; other centres' volunteers are not asked. */
function refuseKnown(
  tx: Tx,
  centre: Centre,
  { nationalId }: Pick<Particulars, 'nationalId'>,
  own?: number,
): void {
  const known = nationalId === null ? undefined : volunteerByIdOrNone(tx, centre.id, nationalId);
  if (!known || known.id === own) return;
  throw new Refusal('network:refusals.volunteer-known', {
    ...{ field: 'nationalId', values: { number: known.number } },
    mend: `/network/volunteers/${known.number}`,
  });
}

function refuseFuture(actor: Actor, { sinceOn }: Pick<Particulars, 'sinceOn'>): void {
  if (sinceOn <= actor.today) return;
  throw new Refusal('network:refusals.future-day', { status: 422, field: 'sinceOn' });
}

/** As the trail tells it: others read the trail, so numbers stand masked. */
function told(typed: Particulars) {
  const { name, gender, nationalId, mobile, fields, otherField, skills } = typed;
  const { days, weeklyHours, part, partId = null, sinceOn, introducedBy } = typed;
  return {
    ...{ name, gender, ...masked(nationalId, mobile), fields, otherField, skills },
    ...{ days, weeklyHours, part, partId, sinceOn, introducedBy },
  };
}
