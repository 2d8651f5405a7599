/** Lots: what came in together, in one intention, until it is delivered. */
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import { meetItem } from './items.ts';
import { stockOfLot, writeMove } from './moves.ts';
import type { Condition, Origin, Unit } from './schema.ts';
import { usualStore } from './stores.ts';

export type Lot = {
  id: number;
  centreId: number;
  number: number;
  itemId: number;
  itemName: string;
  unit: Unit;
  account: string;
  fund: string;
  origin: Origin;
  donationId: number | null;
  condition: Condition;
  expiresOn: string | null;
  receivedOn: string;
};

/** Something that comes in: quantity in thousandths of its unit, rials for all of it. */
export type Incoming = {
  name: string;
  unit: Unit;
  account: string;
  quantityMilli: number;
  valueRial: number;
  condition: Condition;
  expiresOn: string | null;
};

/** The deed that brings goods in, with the act it is a part of and the entry that will book it. */
export type Bringing = {
  fund: string;
  receivedOn: string;
  origin: Origin;
  donationId?: number;
  storeId?: number;
  subject: string;
  actId: number;
  entryId: number;
};

const LOT = `SELECT l.id, l.centre_id AS centreId, l.number, l.item_id AS itemId,
    i.name AS itemName, i.unit, i.account, l.fund, l.origin, l.donation_id AS donationId,
    l.condition, l.expires_on AS expiresOn, l.received_on AS receivedOn
  FROM lots l JOIN items i ON i.id = l.item_id`;

const statements = prepared((db) => ({
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM lots').pluck(),
  nextNumber: db.$client
    .prepare('SELECT coalesce(max(number), 0) + 1 FROM lots WHERE centre_id = ?')
    .pluck(),
  insert: db.$client.prepare('INSERT INTO lots VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  one: db.$client.prepare(`${LOT} WHERE l.centre_id = ? AND l.number = ?`),
  ofGift: db.$client.prepare(`${LOT} WHERE l.donation_id = ? ORDER BY l.position`),
}));

const KINDS = {
  ...({ gift: 'received', purchase: 'bought', count: 'found', opening: 'opening' } as const),
};

/**
 * Brings goods into a store as lots, one a line, each with the move that counts it. The caller posts
 * the entry afterwards: the debited store accounts are those of the lines.
 */
export function bringIn(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  lines: Incoming[],
  deed: Bringing,
): Lot[] {
  const { fund, receivedOn, origin, donationId, subject, actId, entryId } = deed;
  const storeId = deed.storeId ?? usualStore(tx, centre, actor.today, actId).id;
  return lines.map((line, at) => {
    const item = meetItem(tx, centre, line, actId);
    const id = statements(tx).nextId.get() as number;
    const number = statements(tx).nextNumber.get(centre.id) as number;
    const { condition, expiresOn, quantityMilli, valueRial } = line;
    const position = donationId === undefined ? null : at + 1;
    statements(tx).insert.run(
      ...[id, centre.id, number, item.id, fund, origin, donationId ?? null, position],
      ...[condition, expiresOn, receivedOn, actId],
    );
    const moved = { quantityMilli, valueRial, movedOn: receivedOn, subject, entryId, actId };
    writeMove(tx, actor, {
      centreId: centre.id,
      lotId: id,
      storeId,
      kind: KINDS[origin],
      ...moved,
    });
    const { id: itemId, name: itemName, unit, account } = item;
    return {
      ...{ id, centreId: centre.id, number, itemId, itemName, unit, account, fund, origin },
      ...{ donationId: donationId ?? null, condition, expiresOn, receivedOn },
    };
  });
}

/**
 * Takes a gift's goods out again, for its receipt is cancelled. Answers false, and moves nothing, when
 * a part of them is no longer there as it came.
 */
export function takeBackGift(
  tx: Tx,
  actor: Actor,
  { donationId, actId, entryId }: { donationId: number; actId: number; entryId: number },
): boolean {
  const lots = lotsOfGift(tx, donationId);
  const untouched = lots.every(({ id }) => movesOf(tx, id) === 1);
  if (!untouched) return false;
  for (const lot of lots) {
    for (const { storeId, quantityMilli, valueRial } of stockOfLot(tx, lot.id)) {
      writeMove(tx, actor, {
        ...{ centreId: lot.centreId, lotId: lot.id, storeId, kind: 'cancelled' },
        ...{ quantityMilli: -quantityMilli, valueRial: -valueRial, movedOn: actor.today },
        ...{ subject: `donations/${donationId}`, entryId, actId },
      });
    }
  }
  return true;
}

/** A lot by its number; throws NotFound. */
export function findLot(db: Db, centreId: number, number: number): Lot {
  const lot = statements(db).one.get(centreId, number) as Lot | undefined;
  if (!lot) throw new NotFound();
  return lot;
}

export function lotsOfGift(db: Db, donationId: number): Lot[] {
  return statements(db).ofGift.all(donationId) as Lot[];
}

function movesOf(db: Db, lotId: number): number {
  return counts(db).get(lotId) as number;
}

const counts = prepared((db) =>
  db.$client.prepare('SELECT count(*) FROM stock_moves WHERE lot_id = ?').pluck(),
);
