/** Each clerk's cash at the end: counted note by note, and counted again by a second person. */
import type { Actor } from '../access/actor.ts';
import { may, requirePower } from '../access/powers.ts';
import { contentOf, nextEntry, postEntry } from '../books/entries.ts';
import { denominationsOn, requireSum, type Sheet } from '../boxes/denominations.ts';
import { SHORT } from '../boxes/openings.ts';
import type { Centre } from '../centres/centres.ts';
import { CASH } from '../donations/posting.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { wordsFor } from '../words.ts';
import type { FitraFund } from './gifts.ts';

export type ClerkCount = {
  id: number;
  clerkId: number;
  clerk: string;
  expectedRial: number;
  totalRial: number;
  difference: string | null;
  countedOn: string;
  countedById: number;
  countedBy: string;
  secondRial: number | null;
  secondDifference: string | null;
  confirmedBy: string | null;
  confirmedOn: string | null;
  /** In which fund what was short or over is booked, and under which number. */
  fund: string | null;
  entry: string | null;
};

export type ClerkCountTyped = {
  /** The clerk whose drawer it is; the actor unless said. */
  clerk?: number;
  sheet: Sheet;
  totalRial: number;
  difference?: string | null;
};

const SELECT = `SELECT c.id, c.clerk_id AS clerkId, k.name AS clerk, c.expected_rial AS expectedRial,
    c.total_rial AS totalRial, c.difference, c.counted_on AS countedOn,
    c.counted_by AS countedById, u.name AS countedBy, f.total_rial AS secondRial,
    f.difference AS secondDifference, fu.name AS confirmedBy, f.confirmed_on AS confirmedOn,
    f.fund, e.year || '-' || e.number AS entry
  FROM fitra_counts c JOIN users k ON k.id = c.clerk_id JOIN users u ON u.id = c.counted_by
  LEFT JOIN fitra_count_confirmations f ON f.count_id = c.id
  LEFT JOIN users fu ON fu.id = f.confirmed_by LEFT JOIN entries e ON e.id = f.entry_id`;

const statements = prepared(({ $client: client }) => ({
  list: client.prepare(`${SELECT} WHERE c.centre_id = ? ORDER BY c.id DESC LIMIT ? OFFSET ?`),
  count: client.prepare('SELECT count(*) FROM fitra_counts WHERE centre_id = ?').pluck(),
  one: client.prepare(`${SELECT} WHERE c.centre_id = ? AND c.id = ?`),
  sheet: client.prepare(
    `SELECT face_rial AS faceRial, form, pieces FROM fitra_count_rows WHERE count_id = ?
     ORDER BY form DESC, face_rial DESC`,
  ),
  drawer: client.prepare(
    `SELECT max(f.donation_id) AS upTo,
       coalesce(sum(iif(d.kind = 'cash' AND x.receipt_id IS NULL, d.amount_rial, 0)), 0) AS rial
     FROM fitra_gifts f JOIN donations d ON d.id = f.donation_id
     JOIN receipts r ON r.donation_id = d.id
     LEFT JOIN receipt_cancellations x ON x.receipt_id = r.id
     WHERE f.centre_id = @centreId AND f.clerk_id = @clerkId
       AND f.donation_id > coalesce((SELECT max(up_to) FROM fitra_counts
         WHERE centre_id = @centreId AND clerk_id = @clerkId), 0)`,
  ),
  nextId: client.prepare('SELECT 1 + coalesce(max(id), 0) FROM fitra_counts').pluck(),
  row: client.prepare('INSERT INTO fitra_count_rows VALUES (?, ?, ?, ?)'),
  insert: client.prepare('INSERT INTO fitra_counts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  confirm: client.prepare('INSERT INTO fitra_count_confirmations VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
  waiting: client
    .prepare(
      `SELECT count(*) FROM fitra_counts WHERE centre_id = @centreId AND counted_by <> @userId
         AND clerk_id <> @userId
         AND id NOT IN (SELECT count_id FROM fitra_count_confirmations)`,
    )
    .pluck(),
}));

export const clerkCounts = (db: Db, centreId: number, limit: number, offset = 0): ClerkCount[] =>
  statements(db).list.all(centreId, limit, offset) as ClerkCount[];

export const countClerkCounts = (db: Db, centreId: number): number =>
  statements(db).count.get(centreId) as number;

export function findClerkCount(db: Db, centreId: number, id: number): ClerkCount {
  const found = statements(db).one.get(centreId, id) as ClerkCount | undefined;
  if (!found) throw new NotFound();
  return found;
}

export const clerkSheet = (db: Db, countId: number): Sheet =>
  statements(db).sheet.all(countId) as Sheet;

export const countsWaiting = (db: Db, centreId: number, userId: number): number =>
  statements(db).waiting.get({ centreId, userId }) as number;

/** Whoever entered counts his own drawer; another's only those who confirm. */
export function countClerk(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  typed: ClerkCountTyped,
): ClerkCount {
  requirePower(actor, 'donations.register', centre);
  const { clerk: clerkId = actor.user!.id, sheet, totalRial, difference = null } = typed;
  if (clerkId !== actor.user!.id) requirePower(actor, 'fitra.confirm', centre);
  const asked = { centreId: centre.id, clerkId };
  const drawer = statements(tx).drawer.get(asked) as { upTo: number | null; rial: number };
  if (drawer.upTo === null) throw new Refusal('fitra:refusals.empty-drawer', { status: 422 });
  requireSum(sheet, totalRial);
  const known = denominationsOn(tx, actor.today);
  const isMoney = (one: Sheet[number]) =>
    known.some(({ faceRial, form }) => faceRial === one.faceRial && form === one.form);
  if (!sheet.every(isMoney)) {
    throw new Refusal('boxes:refusals.no-such-money', { status: 422, field: 'sheet' });
  }
  if (totalRial !== drawer.rial && !difference) {
    const values = { expectedRial: drawer.rial, totalRial };
    throw new Refusal('fitra:refusals.explain', { status: 422, field: 'difference', values });
  }
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'fitra-cash.counted', subject: `fitra-counts/${id}`, centreId: centre.id },
    after: { clerk: clerkId, expectedRial: drawer.rial, totalRial, difference, sheet },
  });
  for (const { faceRial, form, pieces } of sheet) {
    statements(tx).row.run(id, faceRial, form, pieces);
  }
  statements(tx).insert.run(
    ...[id, centre.id, clerkId, drawer.upTo, drawer.rial, totalRial, difference],
    ...[actor.today, actor.user!.id, act.id],
  );
  return findClerkCount(tx, centre.id, id);
}

export type ConfirmTyped = {
  totalRial: number;
  difference?: string | null;
  /** The fund of what is short or over; fitra of non-sayyids unless said. */
  fund?: FitraFund;
};

/**
 * The second person counts too; where he finds something else he says why. What the drawer lacks or
 * has over is booked with its explanation, in the fund that he says.
 */
export function confirmClerk(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  { totalRial, difference = null, fund = 'fitra-general' }: ConfirmTyped,
): ClerkCount {
  requirePower(actor, 'fitra.confirm', centre);
  const count = findClerkCount(tx, centre.id, id);
  if (count.secondRial !== null) throw new Refusal('fitra:refusals.confirmed');
  if (count.countedById === actor.user!.id || count.clerkId === actor.user!.id) {
    throw new Refusal('fitra:refusals.second-other', { clause: 'B-35' });
  }
  if (totalRial !== count.totalRial && !difference) {
    throw new Refusal('fitra:refusals.counts-differ', { status: 422, field: 'difference' });
  }
  const overRial = totalRial - count.expectedRial;
  const why = difference ?? count.difference;
  const entry = overRial === 0 ? null : entryOf(actor, centre, { count, overRial, fund, why });
  const next = entry && nextEntry(tx, centre.id, actor.today);
  const act = record(tx, actor, {
    ...{ kind: 'fitra-cash.confirmed', subject: `fitra-counts/${id}`, centreId: centre.id },
    after: {
      ...{ totalRial, difference },
      ...(entry && next && { fund, entry: { id: next.id, ...contentOf(entry, next) } }),
    },
  });
  const booked = [entry ? fund : null, next?.id ?? null];
  const by = actor.user!.id;
  statements(tx).confirm.run(id, totalRial, difference, actor.today, by, act.id, ...booked);
  if (entry) postEntry(tx, actor, { ...entry, actId: act.id });
  return findClerkCount(tx, centre.id, id);
}

type Gap = { count: ClerkCount; overRial: number; fund: FitraFund; why: string | null };

function entryOf(actor: Actor, centre: Centre, { count, overRial, fund, why }: Gap) {
  const [debit, credit] = overRial > 0 ? [CASH, SHORT] : [SHORT, CASH];
  const rial = Math.abs(overRial);
  const said = overRial > 0 ? 'over' : 'short';
  return {
    ...{ centreId: centre.id, entryOn: actor.today, source: 'box' as const },
    description: wordsFor('fa')(`fitra:counts.entry-${said}`, { name: count.clerk }),
    draftedBy: count.countedById,
    lines: [
      { account: debit, fund, debitRial: rial, creditRial: 0, detail: why },
      { account: credit, fund, debitRial: 0, creditRial: rial, detail: why },
    ],
  };
}

/** Whether this reader sees what was counted: not whoever is still to count it. */
export function hides(actor: Actor, centre: Centre, count: ClerkCount): boolean {
  const own = count.countedById === actor.user?.id || count.clerkId === actor.user?.id;
  return count.secondRial === null && !own && may(actor, 'fitra.confirm', centre);
}
