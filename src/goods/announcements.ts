/** Goods that somebody promised to bring; they may come in several gifts, each with its receipt. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { findOrAddDonor, type GivenDonor } from '../donations/donors.ts';
import { findReceipt, type Receipt } from '../donations/receipts.ts';
import { findFund } from '../funds/funds.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText } from '../values/persian-text.ts';
import { lotsOfGift } from './lots.ts';
import type { Unit } from './schema.ts';

export type Announced = { name: string; unit: Unit; quantityMilli: number };

export type Announcement = {
  id: number;
  donorName: string | null;
  mayBeNamed: number | null;
  fund: string;
  expectedOn: string | null;
  note: string | null;
  announcedOn: string;
  ending: 'settled' | 'withdrawn' | null;
  endedOn: string | null;
  reason: string | null;
  /** What was announced, as a line: items with what came of each. */
  items: (Announced & { receivedMilli: number })[];
  receipts: { year: number; number: number; receivedOn: string }[];
};

const ONE = `SELECT a.id, d.name AS donorName, d.may_be_named AS mayBeNamed, a.fund,
    a.expected_on AS expectedOn, a.note, a.announced_on AS announcedOn, e.ending,
    e.ended_on AS endedOn, e.reason
  FROM announcements a LEFT JOIN donors d ON d.id = a.donor_id
  LEFT JOIN announcement_ends e ON e.announcement_id = a.id`;

const statements = prepared(({ $client: client }) => ({
  one: client.prepare(`${ONE} WHERE a.centre_id = ? AND a.id = ?`),
  page: client.prepare(
    `${ONE} WHERE a.centre_id = ? ORDER BY e.ending IS NOT NULL, a.id DESC LIMIT ? OFFSET ?`,
  ),
  count: client.prepare('SELECT count(*) FROM announcements WHERE centre_id = ?').pluck(),
  overdue: client
    .prepare(
      `SELECT count(*) FROM announcements a WHERE a.centre_id = ? AND a.expected_on <= ?
         AND NOT EXISTS (SELECT 1 FROM announcement_ends e WHERE e.announcement_id = a.id)`,
    )
    .pluck(),
  items: client.prepare(
    `SELECT t.name, t.unit, t.quantity_milli AS quantityMilli, coalesce((
         SELECT sum(m.quantity_milli) FROM announcement_gifts g
         JOIN announcements a ON a.id = g.announcement_id
         JOIN lots l ON l.donation_id = g.donation_id AND l.fund = a.fund JOIN items i ON i.id = l.item_id
         JOIN stock_moves m ON m.lot_id = l.id AND m.kind IN ('received', 'refused', 'cancelled')
         WHERE g.announcement_id = t.announcement_id AND i.name_search = t.name_search
           AND i.unit = t.unit), 0) AS receivedMilli
     FROM announcement_items t WHERE t.announcement_id = ? ORDER BY t.position`,
  ),
  receipts: client.prepare(
    `SELECT r.year, r.number, d.received_on AS receivedOn FROM announcement_gifts g
     JOIN donations d ON d.id = g.donation_id JOIN receipts r ON r.donation_id = d.id
     WHERE g.announcement_id = ? ORDER BY r.id`,
  ),
  taken: client.prepare('SELECT 1 FROM announcement_gifts WHERE donation_id = ?').pluck(),
  nextId: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM announcements').pluck(),
  insert: client.prepare('INSERT INTO announcements VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
  item: client.prepare('INSERT INTO announcement_items VALUES (?, ?, ?, ?, ?, ?)'),
  gift: client.prepare('INSERT INTO announcement_gifts VALUES (?, ?, ?)'),
  end: client.prepare('INSERT INTO announcement_ends VALUES (?, ?, ?, ?, ?)'),
}));

type Row = Omit<Announcement, 'items' | 'receipts'>;

export function findAnnouncement(db: Db, centreId: number, id: number): Announcement {
  const row = statements(db).one.get(centreId, id) as Row | undefined;
  if (!row) throw new NotFound();
  return whole(db, row);
}

/** Open ones first, then those that ended; the newest first among them. */
export function announcementsOf(
  db: Db,
  centreId: number,
  limit: number,
  from: number,
): Announcement[] {
  const rows = statements(db).page.all(centreId, limit, from) as Row[];
  return rows.map((row) => whole(db, row));
}

export function countAnnouncements(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

/** How many were expected by this day and neither settled nor withdrawn. */
export function countOverdue(db: Db, centreId: number, today: string): number {
  return statements(db).overdue.get(centreId, today) as number;
}

function whole(db: Db, row: Row): Announcement {
  return {
    ...row,
    items: statements(db).items.all(row.id) as Announcement['items'],
    receipts: statements(db).receipts.all(row.id) as Announcement['receipts'],
  };
}

export type Announcing = {
  fund: string;
  donor?: GivenDonor;
  expectedOn: string | null;
  note: string | null;
  items: Announced[];
};

export function announceGoods(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  asked: Announcing,
): Announcement {
  requirePower(actor, 'goods.announce', centre);
  const { fund, donor, expectedOn, note, items } = asked;
  if (!findFund(tx, fund, actor.today)?.takesGifts) {
    throw new Refusal('goods:refusals.fund', { status: 422, field: 'fund' });
  }
  if (items.length === 0) {
    throw new Refusal('goods:refusals.no-items', { status: 422, field: 'items.0.name' });
  }
  const giver = donor && findOrAddDonor(tx, actor, centre, donor);
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'announcement.made', subject: `announcements/${id}`, centreId: centre.id },
    after: { fund, donor: giver?.id ?? null, expectedOn, note, items },
  });
  items.forEach(({ name, unit, quantityMilli }, at) => {
    statements(tx).item.run(id, at + 1, name, searchText(name), unit, quantityMilli);
  });
  statements(tx).insert.run(
    ...[id, centre.id, giver?.id ?? null, fund, expectedOn, note, actor.today, act.id],
  );
  return findAnnouncement(tx, centre.id, id);
}

/** A part of what was announced came with this receipt. */
export function receiveAnnounced(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { announcement, receipt: written }: { announcement: Announcement; receipt: string },
): Announcement {
  requirePower(actor, 'goods.announce', centre);
  requireOpen(announcement);
  const receipt = receiptNamed(tx, centre.id, written);
  const lots = lotsOfGift(tx, receipt.donationId);
  const otherwise = !lots.some(({ fund }) => fund === announcement.fund);
  if (otherwise || receipt.cancellation) {
    throw new Refusal('goods:refusals.receipt-other', { status: 422, field: 'receipt' });
  }
  if (statements(tx).taken.get(receipt.donationId)) {
    throw new Refusal('goods:refusals.receipt-taken', { status: 409, field: 'receipt' });
  }
  const { id } = announcement;
  const act = record(tx, actor, {
    ...{ kind: 'announcement.received', subject: `announcements/${id}`, centreId: centre.id },
    after: { receipt: written },
  });
  statements(tx).gift.run(receipt.donationId, id, act.id);
  return findAnnouncement(tx, centre.id, id);
}

function receiptNamed(db: Db, centreId: number, written: string): Receipt {
  try {
    return findReceipt(db, centreId, written);
  } catch (fault) {
    if (!(fault instanceof NotFound)) throw fault;
    throw new Refusal('goods:refusals.receipt-unknown', { status: 422, field: 'receipt' });
  }
}

/** All that will come has come; or nothing more will, and why. */
export function endAnnouncement(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { announcement, reason }: { announcement: Announcement; reason: string | null },
): Announcement {
  requirePower(actor, 'goods.announce', centre);
  requireOpen(announcement);
  const ending = reason === null ? 'settled' : 'withdrawn';
  if (reason === null && announcement.receipts.length === 0) {
    throw new Refusal('goods:refusals.nothing-came');
  }
  const { id } = announcement;
  const act = record(tx, actor, {
    ...{ kind: `announcement.${ending}`, subject: `announcements/${id}`, centreId: centre.id },
    after: { reason },
  });
  statements(tx).end.run(id, ending, reason, actor.today, act.id);
  return findAnnouncement(tx, centre.id, id);
}

function requireOpen({ ending }: Announcement): void {
  if (ending !== null) throw new Refusal('goods:refusals.announcement-ended');
}
