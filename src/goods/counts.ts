/** Counts of a store: opened, counted blind by two, approved by a third; then the store says so. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { takersOf } from '../donations/takers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { findStore, refuseCounting, requireOpenStore } from './stores.ts';

export type Count = {
  id: number;
  centreId: number;
  storeId: number;
  storeName: string;
  surprise: number;
  lastLotId: number;
  firstBy: number;
  firstName: string;
  secondBy: number;
  secondName: string;
  openedOn: string;
  openedByName: string;
  /** How far it is. */
  state: 'counting' | 'tallied' | 'agreed' | 'approved' | 'withdrawn';
  endedOn: string | null;
  endedByName: string | null;
  reason: string | null;
  /** The newest list of the counters; undefined before the first. */
  tallyId: number | null;
  /** Why the second asked to count again, the last time. */
  again: string | null;
};

const COUNT = `SELECT c.id, c.centre_id AS centreId, c.store_id AS storeId, s.name AS storeName,
    c.surprise, c.last_lot_id AS lastLotId, c.first_by AS firstBy, f.name AS firstName,
    c.second_by AS secondBy, n.name AS secondName, c.opened_on AS openedOn, o.name AS openedByName,
    CASE WHEN e.ending IS NOT NULL THEN e.ending WHEN t.id IS NULL OR a.agreed = 0 THEN 'counting'
      WHEN a.agreed = 1 THEN 'agreed' ELSE 'tallied' END AS state,
    e.ended_on AS endedOn, u.name AS endedByName, e.reason, t.id AS tallyId, a.reason AS again
  FROM counts c JOIN stores s ON s.id = c.store_id JOIN users f ON f.id = c.first_by
  JOIN users n ON n.id = c.second_by JOIN users o ON o.id = c.opened_by
  LEFT JOIN count_tallies t ON t.id = (SELECT max(id) FROM count_tallies WHERE count_id = c.id)
  LEFT JOIN count_answers a ON a.tally_id = t.id
  LEFT JOIN count_ends e ON e.count_id = c.id LEFT JOIN users u ON u.id = e.ended_by`;

const OPEN = 'NOT EXISTS (SELECT 1 FROM count_ends x WHERE x.count_id = c.id)';

const statements = prepared(({ $client: client }) => ({
  one: client.prepare(`${COUNT} WHERE c.centre_id = ? AND c.id = ?`),
  page: client.prepare(`${COUNT} WHERE c.centre_id = ? ORDER BY c.id DESC LIMIT ? OFFSET ?`),
  open: client.prepare(`${COUNT} WHERE c.centre_id = ? AND ${OPEN} ORDER BY c.id`),
  blind: client
    .prepare(
      `SELECT 1 FROM counts c WHERE c.centre_id = ? AND ? IN (c.first_by, c.second_by) AND ${OPEN}`,
    )
    .pluck(),
  count: client.prepare('SELECT count(*) FROM counts WHERE centre_id = ?').pluck(),
  counted: client.prepare(
    `SELECT count(*) AS stores, coalesce(sum(NOT EXISTS (
         SELECT 1 FROM counts c JOIN count_ends e ON e.count_id = c.id AND e.ending = 'approved'
         WHERE c.store_id = s.store_id AND e.ended_on >= @since)), 0) AS uncounted
     FROM (SELECT DISTINCT store_id FROM stock_sums
       WHERE centre_id = @centreId AND quantity_milli > 0) s`,
  ),
  nextId: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM counts').pluck(),
  lastLot: client.prepare('SELECT coalesce(max(id), 0) FROM lots').pluck(),
  insert: client.prepare('INSERT INTO counts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  end: client.prepare('INSERT INTO count_ends VALUES (?, ?, ?, ?, ?, ?, ?)'),
}));

/** Stores in which something lies, and how many of them have no count approved since a day. */
export function storesCounted(
  db: Db,
  centreId: number,
  since: string,
): { stores: number; uncounted: number } {
  return statements(db).counted.get({ centreId, since }) as { stores: number; uncounted: number };
}

export function findCount(db: Db, centreId: number, id: number): Count {
  const count = statements(db).one.get(centreId, id) as Count | undefined;
  if (!count) throw new NotFound();
  return count;
}

/** Counts of a centre, the newest first. */
export function countsOf(db: Db, centreId: number, limit: number, from: number): Count[] {
  return statements(db).page.all(centreId, limit, from) as Count[];
}

export function countCounts(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

export function openCountsOf(db: Db, centreId: number): Count[] {
  return statements(db).open.all(centreId) as Count[];
}

/** Whether this user is counting: then he sees no quantities of the centre's stores. */
export function isCounting(db: Db, centreId: number, userId: number): boolean {
  return statements(db).blind.get(centreId, userId) !== undefined;
}

export type NewCount = {
  storeId: number;
  surprise: boolean;
  firstBy: number;
  secondBy: number;
};

/** Opens a count: from now on nothing that lies in the store moves. */
export function openCount(tx: Tx, actor: Actor, centre: Centre, asked: NewCount): Count {
  requirePower(actor, 'goods.keep', centre);
  const { storeId, surprise, firstBy, secondBy } = asked;
  const store = findStore(tx, centre.id, storeId);
  requireOpenStore(store, 'store');
  refuseCounting(tx, storeId);
  if (firstBy === secondBy) {
    throw new Refusal('goods:refusals.count-two', { status: 422, field: 'second' });
  }
  for (const [field, userId] of [
    ['first', firstBy],
    ['second', secondBy],
  ] as const) {
    const known = countersOf(tx, centre.id, actor.today).some((one) => one.userId === userId);
    if (!known) throw new Refusal('goods:refusals.counter', { status: 422, field });
  }
  const id = statements(tx).nextId.get() as number;
  const lastLot = statements(tx).lastLot.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'count.opened', subject: `counts/${id}`, centreId: centre.id, after: asked },
  });
  statements(tx).insert.run(
    ...[id, centre.id, storeId, surprise ? 1 : 0, lastLot, firstBy, secondBy],
    ...[actor.today, actor.user!.id, act.id],
  );
  return findCount(tx, centre.id, id);
}

/** Those of the centre who may count: its trustees. */
export function countersOf(db: Db, centreId: number, today: string) {
  return takersOf(db, centreId, today).filter(({ seat }) => seat !== 'volunteer');
}

/** Gives a count up: the store says what it said, and moves again. */
export function withdrawCount(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { count, reason }: { count: Count; reason: string },
): Count {
  requirePower(actor, 'goods.approve', centre);
  requireState(count, ['counting', 'tallied', 'agreed']);
  const act = record(tx, actor, {
    ...{ kind: 'count.withdrawn', subject: `counts/${count.id}`, centreId: centre.id },
    after: { reason },
  });
  endCount(tx, actor, { count, ending: 'withdrawn', reason, actId: act.id });
  return findCount(tx, centre.id, count.id);
}

type End = {
  count: Count;
  ending: 'approved' | 'withdrawn';
  reason: string | null;
  actId: number;
};

export function endCount(tx: Tx, actor: Actor, { count, ending, reason, actId }: End): void {
  const tally = ending === 'approved' ? count.tallyId : null;
  statements(tx).end.run(...[count.id, ending, reason, tally, actor.today, actor.user!.id, actId]);
}

export function requireState(count: Count, states: Count['state'][]): void {
  if (states.includes(count.state)) return;
  throw new Refusal(`goods:refusals.count-${count.state}`);
}
