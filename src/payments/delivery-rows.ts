/** Deliveries as they stand: one with its items, and lists of them. */
import type { Unit } from '../goods/schema.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import { searchText } from '../values/persian-text.ts';

export const DELIVERY_STATES = ['waiting', 'made', 'taken', 'withdrawn', 'refused'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export type DeliveryItem = {
  lotId: number;
  lotNumber: number;
  itemId: number;
  name: string;
  unit: Unit;
  /** The store account it is booked to. */
  account: string;
  fund: string;
  expiresOn: string | null;
  /** The gift it was, or was bought with. */
  donationId: number | null;
  quantityMilli: number;
  /** Why it is taken before one that expires earlier. */
  reason: string | null;
  /** What left the store is worth, once it has left. */
  valueRial: number;
  returnedMilli: number;
  returnedRial: number;
};

export type DeliveryRow = {
  id: number;
  centreId: number;
  recipientId: number;
  recipient: number;
  storeId: number;
  store: string;
  account: string;
  purpose: string;
  preparedOn: string;
  preparedBy: number;
  preparedByName: string;
  state: DeliveryState;
  year: number | null;
  number: number | null;
  deliveredOn: string | null;
  entryId: number | null;
  entryYear: number | null;
  entryNumber: number | null;
  paperId: number | null;
  valueRial: number;
  takenBy: 'recipient' | 'proxy' | null;
  proxy: string | null;
  takenOn: string | null;
  endReason: string | null;
  endedOn: string | null;
  endedByName: string | null;
  signed: number;
  items: string;
};

export type Delivery = Omit<DeliveryRow, 'items'> & { items: DeliveryItem[] };

export type DeliveryFilter = {
  state?: DeliveryState;
  fund?: string;
  q?: string;
  from?: string;
  to?: string;
  recipientId?: number;
};

const STATE = `CASE WHEN k.delivery_id IS NOT NULL THEN 'taken'
  WHEN m.delivery_id IS NOT NULL THEN 'made' WHEN e.subject IS NOT NULL THEN e.ending
  ELSE 'waiting' END`;
const FROM = `FROM deliveries d JOIN users u ON u.id = d.prepared_by
  JOIN recipients r ON r.id = d.recipient_id JOIN stores s ON s.id = d.store_id
  LEFT JOIN deliveries_made m ON m.delivery_id = d.id LEFT JOIN entries n ON n.id = m.entry_id
  LEFT JOIN deliveries_taken k ON k.delivery_id = d.id
  LEFT JOIN outgoing_ends e ON e.subject = 'deliveries/' || d.id
  LEFT JOIN users w ON w.id = e.ended_by`;
const WORTH = `(SELECT coalesce(-sum(x.value_rial), 0) FROM stock_moves x
  WHERE x.subject = 'deliveries/' || d.id)`;
const SELECT = `SELECT d.id, d.centre_id AS centreId, d.recipient_id AS recipientId,
    r.number AS recipient, d.store_id AS storeId, s.name AS store, d.account, d.purpose,
    d.prepared_on AS preparedOn, d.prepared_by AS preparedBy, u.name AS preparedByName,
    ${STATE} AS state, m.year, m.number, m.delivered_on AS deliveredOn, m.entry_id AS entryId,
    n.year AS entryYear, n.number AS entryNumber, m.paper_id AS paperId, ${WORTH} AS valueRial,
    k.taken_by AS takenBy, k.proxy, k.taken_on AS takenOn, e.reason AS endReason,
    date(e.ended_at, '+210 minutes') AS endedOn, w.name AS endedByName,
    (SELECT count(*) FROM outgoing_signatures g WHERE g.subject = 'deliveries/' || d.id) AS signed,
    (SELECT group_concat(name, '\u060c ') FROM (SELECT DISTINCT i.name
      FROM delivery_items y JOIN lots o ON o.id = y.lot_id JOIN items i ON i.id = o.item_id
      WHERE y.delivery_id = d.id ORDER BY i.name)) AS items
  ${FROM}`;
const ASKED = `d.centre_id = @centreId AND (@state IS NULL OR ${STATE} = @state)
  AND (@fund IS NULL OR EXISTS (SELECT 1 FROM delivery_items y JOIN lots o ON o.id = y.lot_id
    WHERE y.delivery_id = d.id AND o.fund = @fund))
  AND (@from IS NULL OR coalesce(m.delivered_on, d.prepared_on) >= @from)
  AND (@to IS NULL OR coalesce(m.delivered_on, d.prepared_on) <= @to)
  AND (@recipientId IS NULL OR d.recipient_id = @recipientId)
  AND (@q IS NULL OR m.year || '-' || printf('%04d', m.number) = @q
    OR EXISTS (SELECT 1 FROM delivery_items y JOIN lots o ON o.id = y.lot_id
      JOIN items i ON i.id = o.item_id
      WHERE y.delivery_id = d.id AND i.name_search LIKE '%' || @q || '%'))`;

const statements = prepared((db) => ({
  one: db.$client.prepare(`${SELECT} WHERE d.centre_id = ? AND d.id = ?`),
  list: db.$client.prepare(`${SELECT} WHERE ${ASKED} ORDER BY d.id DESC LIMIT @limit OFFSET @skip`),
  count: db.$client.prepare(`SELECT count(*) ${FROM} WHERE ${ASKED}`).pluck(),
  worth: db.$client.prepare(`SELECT coalesce(sum(${WORTH}), 0) ${FROM} WHERE ${ASKED}`).pluck(),
  items: db.$client.prepare(
    `SELECT y.lot_id AS lotId, o.number AS lotNumber, o.item_id AS itemId, i.name, i.unit,
       i.account, o.fund, o.expires_on AS expiresOn, g.donation_id AS donationId,
       y.quantity_milli AS quantityMilli, y.reason,
       coalesce((SELECT -sum(x.value_rial) FROM stock_moves x
         WHERE x.subject = 'deliveries/' || y.delivery_id AND x.lot_id = y.lot_id
           AND x.kind = 'issued'), 0) AS valueRial,
       coalesce((SELECT sum(x.quantity_milli) FROM stock_moves x
         WHERE x.subject = 'deliveries/' || y.delivery_id AND x.lot_id = y.lot_id
           AND x.kind = 'returned'), 0) AS returnedMilli,
       coalesce((SELECT sum(x.value_rial) FROM stock_moves x
         WHERE x.subject = 'deliveries/' || y.delivery_id AND x.lot_id = y.lot_id
           AND x.kind = 'returned'), 0) AS returnedRial
     FROM delivery_items y JOIN lots o ON o.id = y.lot_id JOIN items i ON i.id = o.item_id
     JOIN lot_gifts g ON g.lot_id = o.id WHERE y.delivery_id = ? ORDER BY i.name, o.number`,
  ),
  returns: db.$client.prepare(
    `SELECT r.id, r.reason, r.returned_on AS returnedOn, u.name AS returnedBy
     FROM delivery_returns r JOIN users u ON u.id = r.returned_by
     WHERE r.delivery_id = ? ORDER BY r.id`,
  ),
}));

/** A delivery of the centre; throws NotFound. */
export function findDelivery(db: Db, centreId: number, id: number): Delivery {
  const row = statements(db).one.get(centreId, id) as DeliveryRow | undefined;
  if (!row) throw new NotFound();
  return { ...row, items: statements(db).items.all(id) as DeliveryItem[] };
}

/** Deliveries of the centre, the newest first. */
export function deliveriesOf(
  db: Db,
  centreId: number,
  asked: DeliveryFilter,
  { limit, skip }: { limit: number; skip: number },
): DeliveryRow[] {
  return statements(db).list.all({ ...valuesOf(centreId, asked), limit, skip }) as DeliveryRow[];
}

export function countDeliveries(db: Db, centreId: number, asked: DeliveryFilter): number {
  return statements(db).count.get(valuesOf(centreId, asked)) as number;
}

/** What all of them are worth that left the store, less what came back. */
export function worthOfDeliveries(db: Db, centreId: number, asked: DeliveryFilter): number {
  return statements(db).worth.get(valuesOf(centreId, asked)) as number;
}

export type Returned = { id: number; reason: string; returnedOn: string; returnedBy: string };

export function returnsOf(db: Db, deliveryId: number): Returned[] {
  return statements(db).returns.all(deliveryId) as Returned[];
}

export const deliverySubject = ({ id }: { id: number }): string => `deliveries/${id}`;

function valuesOf(centreId: number, { state, fund, q, from, to, recipientId }: DeliveryFilter) {
  return {
    ...{ centreId, state: state ?? null, fund: fund ?? null, from: from ?? null, to: to ?? null },
    ...{ q: (q && searchText(q)) || null, recipientId: recipientId ?? null },
  };
}
