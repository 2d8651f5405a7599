/** B-22: what the committee has handed over to the centre to do, by letter, and which seat answers. */
import type { Actor } from '../access/actor.ts';
import { requirePower, type Seat } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';

export type Delegation = {
  id: number;
  subject: string;
  letterNumber: string;
  fromOn: string;
  toOn: string | null;
  seat: Seat;
  by: string;
  endedOn: string | null;
  reason: string | null;
};

export type DelegationTyped = Pick<Delegation, 'subject' | 'letterNumber' | 'fromOn' | 'seat'> & {
  toOn?: string | null;
};

const SELECT = `SELECT d.id, d.subject, d.letter_number AS letterNumber, d.from_on AS fromOn,
  d.to_on AS toOn, d.seat, u.name AS by, e.ended_on AS endedOn, e.reason
  FROM delegations d JOIN users u ON u.id = d.delegated_by
  LEFT JOIN delegation_endings e ON e.delegation_id = d.id`;

const statements = prepared((db) => ({
  one: db.$client.prepare(`${SELECT} WHERE d.centre_id = ? AND d.id = ?`),
  list: db.$client.prepare(
    `${SELECT} WHERE d.centre_id = ? ORDER BY e.ended_on IS NOT NULL, d.from_on DESC, d.id DESC
     LIMIT ? OFFSET ?`,
  ),
  count: db.$client.prepare('SELECT count(*) FROM delegations WHERE centre_id = ?').pluck(),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM delegations').pluck(),
  insert: db.$client.prepare('INSERT INTO delegations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  end: db.$client.prepare('INSERT INTO delegation_endings VALUES (?, ?, ?, ?)'),
}));

/** What was handed over to the centre, what still stands first. */
export function delegationsOf(db: Db, centreId: number, limit = 1000, offset = 0): Delegation[] {
  return statements(db).list.all(centreId, limit, offset) as Delegation[];
}

export function countDelegations(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

/** Hands something over to the centre; its seat is told. Only the committee does (B-17, B-22). */
export function handOver(tx: Tx, actor: Actor, centre: Centre, typed: DelegationTyped): Delegation {
  requirePower(actor, 'delegations.give', centre);
  const { subject, letterNumber, fromOn, toOn = null, seat } = typed;
  if (toOn !== null && toOn < fromOn) {
    throw new Refusal('centres:refusals.days-turned', { status: 422, field: 'toOn' });
  }
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'delegation.given', subject: `delegations/${id}`, centreId: centre.id },
    after: { subject, letterNumber, fromOn, toOn, seat },
  });
  statements(tx).insert.run(
    ...[id, centre.id, subject, letterNumber, fromOn, toOn, seat, actor.user!.id, act.id],
  );
  const said = { subject, number: letterNumber };
  const to = seat === 'chair' ? [{ seat }] : [{ seat }, { seat: 'chair' as const }];
  const told = { key: 'institutions:notices.handed-over', said, href: '/delegations' };
  tell(tx, actor, act, { ...told, centreId: centre.id, to });
  return find(tx, centre.id, id);
}

/** Takes back what was handed over, with the reason. */
export function takeBack(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, reason }: { id: number; reason: string },
): Delegation {
  requirePower(actor, 'delegations.give', centre);
  const delegation = find(tx, centre.id, id);
  if (delegation.endedOn) throw new Refusal('institutions:refusals.ended');
  const act = record(tx, actor, {
    ...{ kind: 'delegation.ended', subject: `delegations/${id}`, centreId: centre.id },
    ...{ before: { subject: delegation.subject }, after: { reason } },
  });
  statements(tx).end.run(id, actor.today, reason, act.id);
  return find(tx, centre.id, id);
}

function find(db: Db, centreId: number, id: number): Delegation {
  const found = statements(db).one.get(centreId, id) as Delegation | undefined;
  if (!found) throw new NotFound();
  return found;
}
