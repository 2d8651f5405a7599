/** B-61: the chair's absences, on whose days the vice-chair acts for him. */
import type { Actor } from '../access/actor.ts';
import { may, requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { declaredByOthers } from '../bylaw/duties.ts';
import type { Centre } from '../centres/centres.ts';
import { refuseTurnedDays } from '../licence/licences.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { holdersOn } from './decree-rows.ts';

export type Absence = {
  id: number;
  centreId: number;
  chairDecreeId: number;
  chair: string;
  fromOn: string;
  toOn: string;
  reason: string;
  declaredOn: string;
  declaredBy: string;
  endedOn: string | null;
  endedBy: string | null;
};

export type AbsenceTyped = { fromOn: string; toOn: string; reason: string };

const SELECT = `SELECT b.id, b.centre_id AS centreId, b.chair_decree_id AS chairDecreeId,
  p.name AS chair, b.from_on AS fromOn, b.to_on AS toOn, b.reason, b.declared_on AS declaredOn,
  u.name AS declaredBy, f.ended_on AS endedOn, fu.name AS endedBy
  FROM absences b JOIN decrees d ON d.id = b.chair_decree_id JOIN persons p ON p.id = d.person_id
  JOIN users u ON u.id = b.declared_by
  LEFT JOIN absence_endings f ON f.absence_id = b.id LEFT JOIN users fu ON fu.id = f.ended_by`;

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(`${SELECT} WHERE b.centre_id = ? ORDER BY b.id DESC`),
  byId: db.$client.prepare(`${SELECT} WHERE b.centre_id = ? AND b.id = ?`),
  on: db.$client.prepare(
    `${SELECT} LEFT JOIN decree_endings ce ON ce.decree_id = d.id
     WHERE b.centre_id = @centreId AND @day BETWEEN b.from_on AND b.to_on
       AND (f.ended_on IS NULL OR f.ended_on > @day)
       AND (ce.ended_on IS NULL OR ce.ended_on > @day)`,
  ),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM absences').pluck(),
  insert: db.$client.prepare('INSERT INTO absences VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  end: db.$client.prepare('INSERT INTO absence_endings VALUES (?, ?, ?, ?)'),
}));

/** Every absence of the centre's chairs, the latest declared first. */
export function absencesOf(db: Db, centreId: number): Absence[] {
  return statements(db).ofCentre.all(centreId) as Absence[];
}

/** The absence that runs on a day; undefined when the chair is there. */
export function absenceOn(db: Db, centreId: number, day: string): Absence | undefined {
  return statements(db).on.get({ centreId, day }) as Absence | undefined;
}

/** The absence that runs today and who acts on its days, if the centre has a vice-chair. */
export function absenceShown(db: Db, centreId: number, today: string) {
  const absence = absenceOn(db, centreId, today);
  if (!absence) return null;
  return { ...absence, vice: holdersOn(db, centreId, today).get('vice-chair')?.name ?? null };
}

/** An absence of this centre; throws NotFound. */
export function findAbsence(db: Db, centreId: number, id: number): Absence {
  const absence = statements(db).byId.get(centreId, id) as Absence | undefined;
  if (!absence) throw new NotFound();
  return absence;
}

/** Declares days on which the vice-chair acts; from today on, and never over another absence. */
export function declareAbsence(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { fromOn, toOn, reason }: AbsenceTyped,
): Absence {
  requirePower(actor, 'absences.declare', centre);
  uphold(declaredByOthers, { by: declarer(actor, centre) }, { status: 403 });
  refuseTurnedDays(fromOn, toOn);
  if (fromOn < actor.today) {
    throw new Refusal('board:refusals.past-absence', { status: 422, field: 'from' });
  }
  const chair = holdersOn(tx, centre.id, actor.today).get('chair');
  if (!chair) throw new Refusal('board:refusals.no-chair', { mend: '/board' });
  if (fromOn < chair.fromOn || toOn > chair.toOn) {
    throw new Refusal('board:refusals.beyond-chair', { status: 422, field: 'to' });
  }
  refuseTwice(tx, centre, { fromOn, toOn });
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'absence.declared', subject: `absences/${id}`, centreId: centre.id },
    after: { fromOn, toOn, reason, chair: chair.id },
  });
  statements(tx).insert.run(
    ...[id, centre.id, chair.id, fromOn, toOn, reason, actor.today, actor.user!.id, act.id],
  );
  tell(tx, actor, act, {
    ...{ key: 'board:notices.absence', said: { fromOn, toOn, name: chair.name } },
    ...{ href: '/board/absences', centreId: centre.id },
    to: [{ seat: 'vice-chair' }, { role: 'county-head', countyId: centre.countyId }],
  });
  return findAbsence(tx, centre.id, id);
}

/** The chair is back: from this moment nobody acts for him. */
export function endAbsence(tx: Tx, actor: Actor, centre: Centre, absence: Absence): Absence {
  requirePower(actor, 'absences.declare', centre);
  uphold(declaredByOthers, { by: declarer(actor, centre) }, { status: 403 });
  const fresh = findAbsence(tx, centre.id, absence.id);
  if (fresh.endedOn !== null || fresh.toOn < actor.today) {
    throw new Refusal('board:refusals.absence-over');
  }
  const act = record(tx, actor, {
    ...{ kind: 'absence.ended', subject: `absences/${fresh.id}`, centreId: centre.id },
    after: { endedOn: actor.today },
  });
  statements(tx).end.run(fresh.id, actor.today, actor.user!.id, act.id);
  tell(tx, actor, act, {
    ...{ key: 'board:notices.absence-ended', said: { name: fresh.chair } },
    ...{ href: '/board/absences', centreId: centre.id, to: [{ seat: 'vice-chair' }] },
  });
  return findAbsence(tx, centre.id, fresh.id);
}

/** Whether the absence runs on the day, is still to come, or is over. */
export function absenceState(
  { fromOn, toOn, endedOn }: Absence,
  today: string,
): 'running' | 'coming' | 'over' {
  if (toOn < today || (endedOn !== null && endedOn <= today)) return 'over';
  return fromOn <= today ? 'running' : 'coming';
}

/** In which right the actor declares: by office, by his own chair's decree, or by neither. */
function declarer(actor: Actor, centre: Centre): 'chair' | 'committee' | 'other' {
  if (actor.office) return may(actor, 'absences.declare', centre) ? 'committee' : 'other';
  const own = actor.seats.find((held) => held.centreId === centre.id && held.seat === 'chair');
  return own && !own.acting ? 'chair' : 'other';
}

function refuseTwice(tx: Tx, centre: Centre, days: { fromOn: string; toOn: string }): void {
  const clash = absencesOf(tx, centre.id).find(
    ({ fromOn, toOn, endedOn }) =>
      fromOn <= days.toOn && toOn >= days.fromOn && (endedOn === null || endedOn > days.fromOn),
  );
  if (clash) throw new Refusal('board:refusals.absence-twice', { field: 'from' });
}
