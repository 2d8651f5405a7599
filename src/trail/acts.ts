/** The trail: every act in one chain, each with the hash of the one before. */
import { createHash } from 'node:crypto';
import type { Actor } from '../access/actor.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';

/** What was done to what; `before` and `after` are plain values that JSON can carry. */
export type Deed = {
  kind: string;
  subject: string;
  centreId?: number | null;
  before?: unknown;
  after?: unknown;
};

/** An act as recorded: its place in the chain and its hash, 32 bytes. */
export type Recorded = { id: number; hash: Buffer };

export type ChainRow = {
  id: number;
  at: string;
  userId: number | null;
  capacity: string;
  kind: string;
  centreId: number | null;
  subject: string;
  before: string | null;
  after: string | null;
};

export const GENESIS = Buffer.alloc(32);

const statements = prepared((db) => ({
  last: db.$client.prepare('SELECT id, hash FROM acts ORDER BY id DESC LIMIT 1'),
  insert: db.$client.prepare(
    `INSERT INTO acts (id, at, user_id, capacity, kind, centre_id, subject, before, after,
       previous_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/** Records an act at the end of the chain, in the transaction of what it tells of. */
export function record(tx: Tx, actor: Actor, deed: Deed): Recorded {
  return recordAfter(tx, actor, deed, newestAct(tx));
}

/** Records one act after another without looking for the end of the chain before each. */
export function recordEach(tx: Tx, actor: Actor, deeds: Iterable<Deed>): Recorded[] {
  let last = newestAct(tx);
  return Array.from(deeds, (deed) => {
    last = recordAfter(tx, actor, deed, last);
    return last;
  });
}

function recordAfter(tx: Tx, actor: Actor, deed: Deed, last: Recorded | undefined): Recorded {
  const row: ChainRow = {
    id: (last?.id ?? 0) + 1,
    at: actor.now,
    userId: actor.user?.id ?? null,
    capacity: actor.capacity,
    kind: deed.kind,
    centreId: deed.centreId ?? null,
    subject: deed.subject,
    before: deed.before === undefined ? null : JSON.stringify(deed.before),
    after: deed.after === undefined ? null : JSON.stringify(deed.after),
  };
  const previous = last?.hash ?? GENESIS;
  const hash = hashAct(previous, row);
  const { id, at, userId, capacity, kind, centreId, subject, before, after } = row;
  statements(tx).insert.run(
    ...[id, at, userId, capacity, kind, centreId, subject, before, after, previous, hash],
  );
  return { id, hash };
}

/** The end of the chain; undefined in a file in which nothing was done yet. */
export function newestAct(db: Db): Recorded | undefined {
  return statements(db).last.get() as Recorded | undefined;
}

/** SHA-256 over the previous hash and the act's own fields, in this order, as a JSON array. */
export function hashAct(previous: Buffer, row: ChainRow): Buffer {
  const { id, at, userId, capacity, kind, centreId, subject, before, after } = row;
  const told = JSON.stringify([id, at, userId, capacity, kind, centreId, subject, before, after]);
  return createHash('sha256').update(previous).update(told).digest();
}
