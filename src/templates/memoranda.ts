/** B-1: the memorandum on which the province's centres rest, in versions. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';

export type MemorandumTyped = {
  firstParty: string;
  secondParty: string;
  number: string;
  signedOn: string;
};
export type Memorandum = MemorandumTyped & { version: number; setOn: string; setBy: string };

const SELECT = `SELECT m.version, m.first_party AS firstParty, m.second_party AS secondParty,
  m.number, m.signed_on AS signedOn, m.set_on AS setOn, u.name AS setBy
  FROM memoranda m JOIN users u ON u.id = m.set_by`;

const statements = prepared((db) => ({
  newest: db.$client.prepare(`${SELECT} ORDER BY m.version DESC LIMIT 1`),
  all: db.$client.prepare(`${SELECT} ORDER BY m.version DESC`),
  insert: db.$client.prepare(
    `INSERT INTO memoranda (version, first_party, second_party, number, signed_on, set_on, set_by,
       act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/** The newest one counts; undefined while the province has recorded none. */
export function memorandumOrNone(db: Db): Memorandum | undefined {
  return statements(db).newest.get() as Memorandum | undefined;
}

export function memorandaOf(db: Db): Memorandum[] {
  return statements(db).all.all() as Memorandum[];
}

export function recordMemorandum(tx: Tx, actor: Actor, typed: MemorandumTyped): Memorandum {
  requirePower(actor, 'templates.edit');
  if (typed.signedOn > actor.today) {
    throw new Refusal('templates:refusals.signed-later', { status: 422, field: 'signedOn' });
  }
  const before = memorandumOrNone(tx);
  const version = (before?.version ?? 0) + 1;
  const act = record(tx, actor, {
    ...{ kind: 'memorandum.recorded', subject: `memoranda/${version}` },
    ...{ before, after: typed },
  });
  const { firstParty, secondParty, number, signedOn } = typed;
  statements(tx).insert.run(
    ...[version, firstParty, secondParty, number, signedOn, actor.today, actor.user!.id, act.id],
  );
  return memorandumOrNone(tx)!;
}
