/** Days whose books are closed: month by month by the board, opened again by a supervisor only. */
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { jalaliParts, monthDays } from '../values/jalali-date.ts';

export type Lock = {
  id: number;
  /** The last ISO day that is closed; null when all days are open. */
  throughOn: string | null;
  reason: string | null;
  lockedOn: string;
  lockedByName: string;
};

const LOCK = `SELECT l.id, l.through_on AS throughOn, l.reason, l.locked_on AS lockedOn,
    u.name AS lockedByName
  FROM book_locks l JOIN users u ON u.id = l.locked_by WHERE l.centre_id = ?`;

const statements = prepared((db) => ({
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM book_locks').pluck(),
  through: db.$client
    .prepare('SELECT through_on FROM book_locks WHERE centre_id = ? ORDER BY id DESC LIMIT 1')
    .pluck(),
  all: db.$client.prepare(`${LOCK} ORDER BY l.id DESC`),
  insert: db.$client.prepare('INSERT INTO book_locks VALUES (?, ?, ?, ?, ?, ?, ?)'),
  drafts: db.$client
    .prepare(
      `SELECT count(*) FROM entry_drafts
       WHERE centre_id = ? AND state = 'draft' AND entry_on <= ?`,
    )
    .pluck(),
}));

/** The last ISO day whose books are closed; undefined while all are open. */
export function closedThrough(db: Db, centreId: number): string | undefined {
  return (statements(db).through.get(centreId) ?? undefined) as string | undefined;
}

/** Refuses to book on a day that is closed. */
export function requireOpenDay(db: Db, centreId: number, day: string): void {
  const throughOn = closedThrough(db, centreId);
  if (throughOn === undefined || day > throughOn) return;
  throw new Refusal('books:refusals.period-closed', {
    values: { through: throughOn },
    mend: '/books/periods',
  });
}

/**
 * Closes the books through the end of a month. Refuses a month that has not passed, one that is closed
 * already, and days for which drafts are still waiting.
 */
export function lockThrough(tx: Tx, actor: Actor, centre: Centre, throughOn: string): Lock {
  const { year, month } = jalaliParts(throughOn);
  if (monthDays(year, month).to !== throughOn || throughOn >= actor.today) {
    throw new Refusal('books:refusals.lock-month', { status: 422, field: 'through' });
  }
  const before = closedThrough(tx, centre.id);
  if (before !== undefined && throughOn <= before) {
    throw new Refusal('books:refusals.locked-already', { values: { through: before } });
  }
  const drafts = statements(tx).drafts.get(centre.id, throughOn) as number;
  if (drafts > 0) {
    throw new Refusal('books:refusals.drafts-waiting', {
      values: { drafts },
      mend: '/books/drafts',
    });
  }
  return writeLock(tx, actor, centre, { throughOn, reason: null, kind: 'books.locked' });
}

/** Opens days again that were closed, by a supervisor and with his reason; not those of a closed year. */
export function unlockTo(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { throughOn, reason }: { throughOn: string | null; reason: string },
): Lock {
  const before = closedThrough(tx, centre.id);
  if (before === undefined || (throughOn ?? '') >= before) {
    throw new Refusal('books:refusals.nothing-to-open', { status: 422, field: 'through' });
  }
  return writeLock(tx, actor, centre, { throughOn, reason, kind: 'books.unlocked' });
}

/** Every closing and opening of days, the newest first. */
export function locksOf(db: Db, centreId: number): Lock[] {
  return statements(db).all.all(centreId) as Lock[];
}

type Written = { throughOn: string | null; reason: string | null; kind: string };

function writeLock(tx: Tx, actor: Actor, centre: Centre, { throughOn, reason, kind }: Written) {
  const before = closedThrough(tx, centre.id) ?? null;
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind, subject: `book-locks/${id}`, centreId: centre.id },
    ...{ before: { throughOn: before }, after: { throughOn, reason } },
  });
  const by = actor.user!;
  statements(tx).insert.run(id, centre.id, throughOn, reason, actor.today, by.id, act.id);
  return { id, throughOn, reason, lockedOn: actor.today, lockedByName: by.name };
}
