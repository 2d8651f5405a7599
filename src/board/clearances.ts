/** B-14: security and selection each decide about a person: state, number and day, no opinions. */
import type { Actor } from '../access/actor.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';

export const CLEARANCE_KINDS = ['security', 'selection'] as const;
export type ClearanceKind = (typeof CLEARANCE_KINDS)[number];

export type Clearance = {
  id: number;
  kind: ClearanceKind;
  state: 'approved' | 'refused';
  number: string;
  decidedOn: string;
  decidedBy: string;
};

export type ClearanceTyped = Pick<Clearance, 'state' | 'number' | 'decidedOn'>;

const statements = prepared((db) => ({
  ofPerson: db.$client.prepare(
    `SELECT c.id, c.kind, c.state, c.number, c.decided_on AS decidedOn, u.name AS decidedBy
     FROM clearances c JOIN users u ON u.id = c.decided_by
     WHERE c.person_id = ? ORDER BY c.id DESC`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO clearances (person_id, kind, state, number, decided_on, decided_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/** What was decided about a person, the latest first. */
export function clearancesOf(db: Db, personId: number): Clearance[] {
  return statements(db).ofPerson.all(personId) as Clearance[];
}

export type Standing = Record<ClearanceKind, Clearance | undefined>;

/** What counts of it: the latest of each office that was decided by the day. */
export function standingOf(db: Db, personId: number, day: string): Standing {
  const decided = clearancesOf(db, personId).filter(({ decidedOn }) => decidedOn <= day);
  const latest = (kind: ClearanceKind) => decided.find((one) => one.kind === kind);
  return { security: latest('security'), selection: latest('selection') };
}

/** Records what the actor's own office decided; a later decision replaces it, and none is lost. */
export function giveClearance(
  tx: Tx,
  actor: Actor,
  person: { id: number },
  { state, number, decidedOn }: ClearanceTyped,
): Clearance {
  const kind = CLEARANCE_KINDS.find((one) => one === actor.office?.role);
  if (!kind) throw new Refusal('bylaw:refusals.B-14', { status: 403, clause: 'B-14' });
  if (decidedOn > actor.today) {
    throw new Refusal('board:refusals.future-day', { status: 422, field: 'decidedOn' });
  }
  const act = record(tx, actor, {
    ...{ kind: 'clearance.given', subject: `persons/${person.id}/clearances/${kind}` },
    after: { kind, state, number, decidedOn },
  });
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[person.id, kind, state, number, decidedOn, actor.user!.id, act.id],
  );
  const decidedBy = actor.user!.name;
  return { id: Number(lastInsertRowid), kind, state, number, decidedOn, decidedBy };
}
