/** Days whose books are closed: month by month by the board, opened again by a supervisor only. */
import type { Actor } from '../access/actor.ts';
import { CORE_SEATS } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import {
  addDays,
  fiscalYearDays,
  jalaliParts,
  monthDays,
  monthsOf,
} from '../values/jalali-date.ts';
import type { Period } from './period.ts';

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
  hash: db.$client
    .prepare('SELECT a.hash FROM book_locks l JOIN acts a ON a.id = l.act_id WHERE l.id = ?')
    .pluck(),
  insert: db.$client.prepare('INSERT INTO book_locks VALUES (?, ?, ?, ?, ?, ?, ?)'),
  closedYear: db.$client
    .prepare(
      `SELECT max(c.year) FROM year_closings c WHERE c.centre_id = ?
         AND NOT EXISTS (SELECT 1 FROM year_reopenings r WHERE r.closing_id = c.id)`,
    )
    .pluck(),
  turnovers: db.$client.prepare(
    `SELECT month, sum(debit_rial) AS debit FROM balances WHERE centre_id = ? AND year = ?
     GROUP BY month`,
  ),
  draftsOfDays: db.$client
    .prepare(
      `SELECT count(*) FROM entry_drafts
       WHERE centre_id = ? AND state = 'draft' AND entry_on BETWEEN ? AND ?`,
    )
    .pluck(),
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
    values: { throughOn },
    mend: '/books/periods',
  });
}

/**
 * The code of the closing by which a day is closed, as `1405-06-9f3a2b1c`: its last month, and the
 * beginning of the hash of its act. Undefined while the day is open.
 */
export function lockCode(db: Db, centreId: number, day: string): string | undefined {
  const lock = closingOf(locksOf(db, centreId).reverse(), day);
  if (!lock?.throughOn) return undefined;
  const { year, month } = jalaliParts(lock.throughOn);
  const hash = (statements(db).hash.get(lock.id) as Buffer).toString('hex');
  return `${year}-${String(month).padStart(2, '0')}-${hash.slice(0, 8)}`;
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
    throw new Refusal('books:refusals.locked-already', { values: { throughOn: before } });
  }
  const drafts = statements(tx).drafts.get(centre.id, throughOn) as number;
  if (drafts > 0) {
    throw new Refusal('books:refusals.drafts-waiting', {
      values: { drafts },
      mend: '/books/drafts',
    });
  }
  return writeLock(tx, actor, centre, { throughOn, reason: null, kind: 'books.locked' }).lock;
}

type Opened = { throughOn: string | null; reason: string };

/**
 * Opens days again that were closed, by a supervisor and with his reason, and tells the board. Days of
 * a closed year open only with the year.
 */
export function unlockTo(tx: Tx, actor: Actor, centre: Centre, opened: Opened): Lock {
  const { throughOn, reason } = opened;
  const before = closedThrough(tx, centre.id);
  if (before === undefined || (throughOn ?? '') >= before) {
    throw new Refusal('books:refusals.nothing-to-open', { status: 422, field: 'from' });
  }
  const closed = statements(tx).closedYear.get(centre.id) as number | null;
  if (closed !== null && fiscalYearDays(closed).to > (throughOn ?? '')) {
    throw new Refusal('books:refusals.day-of-closed-year', {
      ...{ values: { year: closed }, mend: `/books/year-end?year=${closed}` },
    });
  }
  const { lock, act } = writeLock(tx, actor, centre, {
    ...{ throughOn, reason, kind: 'books.unlocked' },
  });
  const fromOn = throughOn === null ? null : addDays(throughOn, 1);
  tell(tx, actor, act, {
    ...{ key: `books:notices.${fromOn ? 'days-opened' : 'all-opened'}`, href: '/books/periods' },
    ...{ said: { ...(fromOn && { fromOn }), reason }, centreId: centre.id, to: BOARD },
  });
  return lock;
}

/** The seats that answer for the books (B-28). */
export const BOARD = CORE_SEATS.map((seat) => ({ seat }));

/** Opens the days of a year that opens whole, in the act that opens it. */
export function unlockYear(tx: Tx, actor: Actor, centre: Centre, opened: Opened): void {
  if ((closedThrough(tx, centre.id) ?? '') <= (opened.throughOn ?? '')) return;
  writeLock(tx, actor, centre, { ...opened, kind: 'books.unlocked' });
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
  const lock: Lock = { id, throughOn, reason, lockedOn: actor.today, lockedByName: by.name };
  return { lock, act };
}

/** A month of the books: open or closed and by whom, what was booked in it, drafts that wait. */
export type BookMonth = Period & {
  month: number;
  state: 'closed' | 'open' | 'not-over';
  /** The closing that has held since, if it is closed. */
  closed: Lock | null;
  turnover: number;
  drafts: number;
};

/** The twelve months of a fiscal year as the books have them. */
export function bookMonths(db: Db, centreId: number, year: number, today: string): BookMonth[] {
  const locks = locksOf(db, centreId).reverse();
  const moved = statements(db).turnovers.all(centreId, year) as { month: number; debit: number }[];
  const turnovers = new Map(moved.map(({ month, debit }) => [month, debit]));
  return monthsOf(year).map(({ month, from, to }) => {
    const closed = closingOf(locks, to);
    const state = closed ? 'closed' : to < today ? 'open' : 'not-over';
    const drafts = statements(db).draftsOfDays.get(centreId, from, to) as number;
    return { month, from, to, state, closed, turnover: turnovers.get(month) ?? 0, drafts };
  });
}

/** The closing since which a day has been closed without a break; null while it is open. */
export function closingOf(oldestFirst: Lock[], day: string): Lock | null {
  let since: Lock | null = null;
  for (const lock of oldestFirst) {
    if ((lock.throughOn ?? '') < day) since = null;
    else since ??= lock;
  }
  return since;
}
