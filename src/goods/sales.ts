/** Surplus goods are sold by the committee's leave; the money stays in the intention of the goods. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { bankAccountOrNone } from '../centres/bank-accounts.ts';
import type { Centre } from '../centres/centres.ts';
import { refuseUnpermitted } from '../licence/permission.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { persianDigits } from '../values/persian-text.ts';
import { moveAndBook } from './booking.ts';
import { findItem } from './items.ts';
import type { Lot } from './lots.ts';
import { shareOf } from './moves.ts';
import { refuseCounting } from './stores.ts';
import { requireThere } from './transfers.ts';

export type SalePermission = {
  id: number;
  number: string;
  decidedOn: string;
  untilOn: string;
  itemId: number;
  item: string;
  unit: string;
  quantityMilli: number;
  soldMilli: number;
  reason: string;
  recordedByName: string;
};

export type Sale = {
  id: number;
  permission: string;
  lotNumber: number;
  item: string;
  unit: string;
  fund: string;
  quantityMilli: number;
  priceRial: number;
  account: string;
  buyer: string;
  soldOn: string;
  entryYear: number;
  entryNumber: number;
};

/** What the sale of given goods brought, less what they were worth. */
const SOLD = '5401';

const PERMISSION = `SELECT p.id, p.number, p.decided_on AS decidedOn, p.until_on AS untilOn,
    p.item_id AS itemId, i.name AS item, i.unit, p.quantity_milli AS quantityMilli, p.reason,
    u.name AS recordedByName,
    coalesce((SELECT sum(quantity_milli) FROM sales WHERE permission_id = p.id), 0) AS soldMilli
  FROM sale_permissions p JOIN items i ON i.id = p.item_id JOIN users u ON u.id = p.recorded_by`;

const statements = prepared(({ $client: client }) => ({
  permissions: client.prepare(`${PERMISSION} WHERE p.centre_id = ? ORDER BY p.id DESC`),
  permission: client.prepare(`${PERMISSION} WHERE p.centre_id = ? AND p.id = ?`),
  nextPermission: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM sale_permissions').pluck(),
  permit: client.prepare('INSERT INTO sale_permissions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  nextSale: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM sales').pluck(),
  sell: client.prepare('INSERT INTO sales VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  sales: client.prepare(
    `SELECT s.id, p.number AS permission, l.number AS lotNumber, i.name AS item, i.unit, l.fund,
       s.quantity_milli AS quantityMilli, s.price_rial AS priceRial, s.account, s.buyer,
       s.sold_on AS soldOn, e.year AS entryYear, e.number AS entryNumber
     FROM sales s JOIN sale_permissions p ON p.id = s.permission_id JOIN lots l ON l.id = s.lot_id
     JOIN items i ON i.id = l.item_id JOIN entries e ON e.id = s.entry_id
     WHERE s.centre_id = ? ORDER BY s.id DESC LIMIT ? OFFSET ?`,
  ),
  count: client.prepare('SELECT count(*) FROM sales WHERE centre_id = ?').pluck(),
}));

export function salePermissionsOf(db: Db, centreId: number): SalePermission[] {
  return statements(db).permissions.all(centreId) as SalePermission[];
}

export function findSalePermission(db: Db, centreId: number, id: number): SalePermission {
  const found = statements(db).permission.get(centreId, id) as SalePermission | undefined;
  if (!found) throw new NotFound();
  return found;
}

export function salesOf(db: Db, centreId: number, limit: number, from: number): Sale[] {
  return statements(db).sales.all(centreId, limit, from) as Sale[];
}

export function countSales(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

export type Permitting = Pick<
  SalePermission,
  'number' | 'decidedOn' | 'untilOn' | 'itemId' | 'quantityMilli' | 'reason'
>;

/** The committee permits the sale of so much of an item, by its letter's number and day. */
export function permitSale(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  permitting: Permitting,
): SalePermission {
  requirePower(actor, 'goods.permit-sale', centre);
  const { number, decidedOn, untilOn, itemId, quantityMilli, reason } = permitting;
  findItem(tx, centre.id, itemId);
  if (decidedOn > actor.today) {
    throw new Refusal('goods:refusals.future-day', { status: 422, field: 'decidedOn' });
  }
  if (untilOn < decidedOn) {
    throw new Refusal('goods:refusals.until-before', { status: 422, field: 'untilOn' });
  }
  if (salePermissionsOf(tx, centre.id).some((one) => one.number === number)) {
    throw new Refusal('goods:refusals.permission-known', { field: 'number' });
  }
  const id = statements(tx).nextPermission.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'sale.permitted', subject: `sale-permissions/${id}`, centreId: centre.id },
    after: permitting,
  });
  statements(tx).permit.run(
    ...[id, centre.id, number, decidedOn, untilOn, itemId, quantityMilli, reason],
    ...[actor.today, actor.user!.id, act.id],
  );
  return findSalePermission(tx, centre.id, id);
}

export type NewSale = {
  lot: Lot;
  permission: SalePermission;
  storeId: number;
  quantityMilli: number;
  priceRial: number;
  account: '1101' | '1102';
  buyer: string;
};

/** Sells a part of a lot: the price comes in, what it was worth goes out, both in the lot's fund. */
export function sellLot(tx: Tx, actor: Actor, centre: Centre, sale: NewSale): Sale {
  requirePower(actor, 'goods.sell', centre);
  refuseUnpermitted(tx, centre.id, actor.today, 'goods');
  const { lot, permission, storeId, quantityMilli, priceRial, account, buyer } = sale;
  requirePermitted(actor, sale);
  if (account === '1102' && !bankAccountOrNone(tx, centre.id)) {
    throw new Refusal('bylaw:refusals.B-118', { clause: 'B-118', mend: '/bank-account' });
  }
  refuseCounting(tx, storeId);
  if (lot.expiresOn !== null && lot.expiresOn < actor.today) {
    throw new Refusal('goods:refusals.expired', { clause: 'B-81' });
  }
  const here = requireThere(tx, lot, storeId, quantityMilli);
  const id = statements(tx).nextSale.get() as number;
  const line = { fund: lot.fund, debitRial: 0, creditRial: 0 };
  const values = { lot: persianDigits(String(lot.number)), item: lot.itemName };
  const deed = {
    ...{ kind: 'sale.made', subject: `sales/${id}`, words: 'sold', values, against: SOLD },
    after: { lot: lot.id, permission: permission.number, quantityMilli, priceRial, buyer },
    more: [
      { ...line, account, debitRial: priceRial },
      { ...line, account: SOLD, creditRial: priceRial },
    ],
    moves: [
      {
        ...{ lotId: lot.id, storeId, kind: 'sold' as const, quantityMilli: -quantityMilli },
        ...{ valueRial: -shareOf(here, quantityMilli), account: lot.account, fund: lot.fund },
      },
    ],
  };
  moveAndBook(tx, actor, centre, deed, ({ actId, entryId }) => {
    statements(tx).sell.run(
      ...[id, centre.id, permission.id, lot.id, storeId, quantityMilli, priceRial, account],
      ...[buyer, actor.today, actor.user!.id, entryId, actId],
    );
  });
  return salesOf(tx, centre.id, 1, 0)[0]!;
}

function requirePermitted(actor: Actor, { lot, permission, quantityMilli }: NewSale): void {
  const { today } = actor;
  const left = permission.quantityMilli - permission.soldMilli;
  const holds = today >= permission.decidedOn && today <= permission.untilOn;
  if (permission.itemId !== lot.itemId || !holds) {
    throw new Refusal('goods:refusals.permission', { status: 422, field: 'permission' });
  }
  if (quantityMilli <= left) return;
  const values = { number: permission.number, left: left / 1000 };
  throw new Refusal('goods:refusals.permission-left', { field: 'quantity', values });
}
