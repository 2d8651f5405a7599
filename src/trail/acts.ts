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

const INSERT = `INSERT INTO acts (id, at, user_id, capacity, kind, centre_id, subject, before, after,
    previous_hash, hash) VALUES`;
const ROW = '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
/** So many rows in one statement; more are no quicker. */
const MANY = 50;

const statements = prepared((db) => ({
  last: db.$client.prepare('SELECT id, hash FROM acts ORDER BY id DESC LIMIT 1'),
  insert: db.$client.prepare(`${INSERT} ${ROW}`),
  insertMany: db.$client.prepare(`${INSERT} ${Array(MANY).fill(ROW).join(', ')}`),
}));

/** Records an act at the end of the chain, in the transaction of what it tells of. */
export function record(tx: Tx, actor: Actor, deed: Deed): Recorded {
  const one = following(actor, deed, newestAct(tx));
  statements(tx).insert.run(...valuesOf(one));
  return { id: one.row.id, hash: one.hash };
}

/** Records many acts, one after another in the chain, in fewer statements than there are acts. */
export function recordEach(tx: Tx, actor: Actor, deeds: Deed[]): Recorded[] {
  let last = newestAct(tx);
  const rows = deeds.map((deed) => {
    const { row, previous, hash } = following(actor, deed, last);
    last = { id: row.id, hash };
    return { row, previous, hash };
  });
  const { insert, insertMany } = statements(tx);
  const whole = rows.length - (rows.length % MANY);
  for (let from = 0; from < whole; from += MANY) {
    insertMany.run(...rows.slice(from, from + MANY).flatMap(valuesOf));
  }
  for (const one of rows.slice(whole)) insert.run(...valuesOf(one));
  return rows.map(({ row, hash }) => ({ id: row.id, hash }));
}

function valuesOf({ row, previous, hash }: ReturnType<typeof following>) {
  const { id, at, userId, capacity, kind, centreId, subject, before, after } = row;
  return [id, at, userId, capacity, kind, centreId, subject, before, after, previous, hash];
}

function following(actor: Actor, deed: Deed, last: Recorded | undefined) {
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
  return { row, previous, hash: hashAct(previous, row) };
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
