/** The rows of goods that went to another purpose. */
import type { CONSENTS, WAYS } from '../funds/schema.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';

export type GoodsIntention = {
  id: number;
  lotId: number;
  lotNumber: number;
  toLotId: number;
  toLotNumber: number;
  item: string;
  unit: string;
  storeId: number;
  store: string;
  fromFund: string;
  toFund: string;
  quantityMilli: number;
  valueRial: number;
  way: (typeof WAYS)[number];
  consent: (typeof CONSENTS)[number] | null;
  consentedOn: string | null;
  reason: string;
  changedOn: string;
  changedBy: string;
  changedById: number;
  entryId: number;
  entryYear: number;
  entryNumber: number;
  paperId: number;
  /** The day on which it was taken back; null while it stands. */
  restoredOn: string | null;
};

/** What is asked of a lot: how much of it, out of which store, to which purpose, by whose leave. */
export type Asked = {
  storeId: number;
  quantityMilli: number;
  toFund: string;
  way: (typeof WAYS)[number];
  consent?: (typeof CONSENTS)[number];
  consentedOn?: string;
  reason: string;
};

const SELECT = `SELECT c.id, c.lot_id AS lotId, l.number AS lotNumber, c.to_lot_id AS toLotId,
    o.number AS toLotNumber, i.name AS item, i.unit, c.store_id AS storeId, s.name AS store,
    c.from_fund AS fromFund, c.to_fund AS toFund, c.quantity_milli AS quantityMilli,
    c.value_rial AS valueRial, c.way, c.consent, c.consented_on AS consentedOn, c.reason,
    c.changed_on AS changedOn, u.name AS changedBy, c.changed_by AS changedById,
    c.entry_id AS entryId, e.year AS entryYear, e.number AS entryNumber, c.paper_id AS paperId,
    b.entry_on AS restoredOn
  FROM goods_intentions c JOIN lots l ON l.id = c.lot_id JOIN lots o ON o.id = c.to_lot_id
  JOIN items i ON i.id = l.item_id JOIN stores s ON s.id = c.store_id
  JOIN users u ON u.id = c.changed_by JOIN entries e ON e.id = c.entry_id
  LEFT JOIN entries b ON b.reverses_entry_id = c.entry_id WHERE c.centre_id = @centreId`;

const statements = prepared(({ $client: client }) => ({
  one: client.prepare(`${SELECT} AND c.id = @id`),
  list: client.prepare(`${SELECT} ORDER BY c.id DESC LIMIT @limit OFFSET @from`),
  ofLot: client.prepare(`${SELECT} AND (c.lot_id = @lotId OR c.to_lot_id = @lotId) ORDER BY c.id`),
  count: client.prepare('SELECT count(*) FROM goods_intentions WHERE centre_id = ?').pluck(),
  nextId: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM goods_intentions').pluck(),
  insert: client.prepare(
    'INSERT INTO goods_intentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
}));

/** A change of the centre; throws NotFound. */
export function findGoodsIntention(db: Db, centreId: number, id: number): GoodsIntention {
  const row = statements(db).one.get({ centreId, id }) as GoodsIntention | undefined;
  if (!row) throw new NotFound();
  return row;
}

export function goodsIntentionsOf(
  db: Db,
  centreId: number,
  limit: number,
  from: number,
): GoodsIntention[] {
  return statements(db).list.all({ centreId, limit, from }) as GoodsIntention[];
}

/** What went out of a lot to another purpose, and how it came to be if it came so. */
export function intentionsOfLot(db: Db, centreId: number, lotId: number): GoodsIntention[] {
  return statements(db).ofLot.all({ centreId, lotId }) as GoodsIntention[];
}

export function countGoodsIntentions(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

type Written = Asked & {
  centreId: number;
  lotId: number;
  toLotId: number;
  fromFund: string;
  valueRial: number;
  changedOn: string;
  changedBy: number;
  entryId: number;
  paperId: number;
  actId: number;
};

/** The id that the next change will have, and the hand that writes it. */
export function insertIntention(tx: Tx): { id: number; write: (row: Written) => void } {
  const id = statements(tx).nextId.get() as number;
  return {
    id,
    write: (row) => {
      const consent = row.way === 'consent' ? (row.consent ?? null) : null;
      const consentedOn = row.way === 'consent' ? (row.consentedOn ?? null) : null;
      statements(tx).insert.run(
        ...[id, row.centreId, row.lotId, row.storeId, row.toLotId, row.fromFund, row.toFund],
        ...[row.quantityMilli, row.valueRial, row.way, consent, consentedOn, row.reason],
        ...[row.changedOn, row.changedBy, row.entryId, row.paperId, row.actId],
      );
    },
  };
}
