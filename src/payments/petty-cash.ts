/** Petty cash: who keeps it, how much it may hold at the most, and what was counted in it. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { withinFloat } from '../bylaw/spending.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';

export const PETTY_CASH = '1103';

export type Float = { floatRial: number; keeper: string; fromOn: string };
export type Count = {
  id: number;
  countedOn: string;
  countedRial: number;
  bookRial: number;
  note: string | null;
  countedBy: string;
};

const statements = prepared((db) => ({
  floats: db.$client.prepare(
    `SELECT float_rial AS floatRial, keeper, from_on AS fromOn FROM petty_floats
     WHERE centre_id = ? ORDER BY id DESC`,
  ),
  held: db.$client
    .prepare(
      `SELECT coalesce(sum(debit_rial - credit_rial), 0) FROM balances
       WHERE centre_id = ? AND account = '1103'`,
    )
    .pluck(),
  nextFloat: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM petty_floats').pluck(),
  insertFloat: db.$client.prepare('INSERT INTO petty_floats VALUES (?, ?, ?, ?, ?, ?)'),
  counts: db.$client.prepare(
    `SELECT c.id, c.counted_on AS countedOn, c.counted_rial AS countedRial, c.book_rial AS bookRial,
       c.note, u.name AS countedBy
     FROM petty_counts c JOIN users u ON u.id = c.counted_by
     WHERE c.centre_id = @centreId ORDER BY c.id DESC LIMIT @limit OFFSET @from`,
  ),
  many: db.$client.prepare('SELECT count(*) FROM petty_counts WHERE centre_id = ?').pluck(),
  nextCount: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM petty_counts').pluck(),
  insertCount: db.$client.prepare('INSERT INTO petty_counts VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
}));

/** Every float there was, the newest first. */
export function floatsOf(db: Db, centreId: number): Float[] {
  return statements(db).floats.all(centreId) as Float[];
}

/** The float in force on a day; undefined while the centre keeps no petty cash. */
export function floatOn(db: Db, centreId: number, day: string): Float | undefined {
  return floatsOf(db, centreId).find(({ fromOn }) => fromOn <= day);
}

/** What petty cash holds by the books, in rials. */
export function heldInPettyCash(db: Db, centreId: number): number {
  return statements(db).held.get(centreId) as number;
}

/** Says who keeps petty cash and how much of it, from today on. */
export function setFloat(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { floatRial, keeper }: Pick<Float, 'floatRial' | 'keeper'>,
): Float {
  requirePower(actor, 'petty-cash.set', centre);
  const heldRial = heldInPettyCash(tx, centre.id);
  requireFloat({ floatRial, heldRial }, 'floatRial');
  const before = floatsOf(tx, centre.id)[0] ?? null;
  const id = statements(tx).nextFloat.get() as number;
  const after = { floatRial, keeper, fromOn: actor.today };
  const act = record(tx, actor, {
    ...{ kind: 'petty-cash.set', subject: `petty-cash/${id}`, centreId: centre.id, before, after },
  });
  statements(tx).insertFloat.run(id, centre.id, floatRial, keeper, actor.today, act.id);
  return after;
}

/** Refuses what would leave petty cash with more than its float. */
export function requireWithinFloat(db: Db, centreId: number, addedRial: number, day: string): void {
  const floatRial = floatOn(db, centreId, day)?.floatRial ?? 0;
  requireFloat(
    { floatRial, heldRial: heldInPettyCash(db, centreId) + addedRial },
    'lines.0.amount',
  );
}

/** Writes down what was counted; a difference says where it comes from, and is booked as an entry. */
export function countPettyCash(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { countedRial, note }: { countedRial: number; note: string | null },
): Count {
  requirePower(actor, 'petty-cash.count', centre);
  const bookRial = heldInPettyCash(tx, centre.id);
  if (bookRial !== countedRial && (note ?? '').trim().length < 3) {
    const values = { differenceRial: Math.abs(bookRial - countedRial) };
    throw new Refusal('payments:refusals.difference', { status: 422, field: 'note', values });
  }
  const id = statements(tx).nextCount.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'petty-cash.counted', subject: `petty-cash/${id}`, centreId: centre.id },
    after: { countedRial, bookRial, note },
  });
  const row = [id, centre.id, actor.today, countedRial, bookRial, note, actor.user!.id, act.id];
  statements(tx).insertCount.run(...row);
  return countsOf(tx, centre.id, { limit: 1, from: 0 })[0]!;
}

export function countsOf(
  db: Db,
  centreId: number,
  { limit, from }: { limit: number; from: number },
): Count[] {
  return statements(db).counts.all({ centreId, limit, from }) as Count[];
}

export function countCounts(db: Db, centreId: number): number {
  return statements(db).many.get(centreId) as number;
}

function requireFloat(facts: { floatRial: number; heldRial: number }, field: string): void {
  if (withinFloat.holds(facts)) return;
  const key = facts.floatRial === 0 ? 'no-float' : 'above-float';
  throw new Refusal(`payments:refusals.${key}`, {
    ...{ clause: withinFloat.id, field, values: facts, mend: '/petty-cash' },
  });
}
