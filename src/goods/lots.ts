/** Lots: what came in together, in one intention, until it is delivered. */
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { type Item, meetItem } from './items.ts';
import { stockOfLot, writeMove } from './moves.ts';
import type { Condition, Origin, Unit } from './schema.ts';
import { refuseCounting, usualStore } from './stores.ts';

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
  /** Its own intention; the deed's unless it is said. */
  fund?: string;
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
  byId: db.$client.prepare(`${LOT} WHERE l.id = ?`),
  ofGift: db.$client.prepare(`${LOT} WHERE l.donation_id = ? ORDER BY l.position`),
}));

const KINDS = {
  ...({ gift: 'received', purchase: 'bought', count: 'found', opening: 'opening' } as const),
  intention: 'assigned' as const,
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
    const { condition, expiresOn, quantityMilli, valueRial } = line;
    const position = donationId === undefined ? null : at + 1;
    const gift = { donationId: donationId ?? null, position };
    const row = {
      fund: line.fund ?? fund,
      receivedOn,
      origin,
      actId,
      condition,
      expiresOn,
      ...gift,
    };
    const lot = addLotRow(tx, centre, item, row);
    writeMove(tx, actor, {
      ...{ centreId: centre.id, lotId: lot.id, storeId, kind: KINDS[origin] },
      ...{ quantityMilli, valueRial, movedOn: receivedOn, subject, entryId, actId },
    });
    return lot;
  });
}

type LotRow = Pick<Lot, 'fund' | 'receivedOn' | 'origin' | 'condition' | 'expiresOn'> & {
  actId: number;
  donationId?: number | null;
  position?: number | null;
};

/** Writes a lot under the centre's next number; the move that brings it in follows. */
export function addLotRow(tx: Tx, centre: Centre, item: Item, row: LotRow): Lot {
  const id = statements(tx).nextId.get() as number;
  const number = statements(tx).nextNumber.get(centre.id) as number;
  const { fund, origin, donationId = null, position = null, condition, expiresOn } = row;
  statements(tx).insert.run(
    ...[id, centre.id, number, item.id, fund, origin, donationId, position],
    ...[condition, expiresOn, row.receivedOn, row.actId],
  );
  return lotById(tx, id);
}

/**
 * Takes a gift's goods out again, for its receipt is cancelled; refuses when a part of them is no
 * longer there as it came. The entry that takes the receipt back is posted afterwards.
 */
export function takeBackGift(
  tx: Tx,
  actor: Actor,
  { donationId, actId, entryId }: { donationId: number; actId: number; entryId: number },
): void {
  for (const lot of lotsOfGift(tx, donationId)) {
    const [here] = stockOfLot(tx, lot.id);
    if (!here || here.allocatedMilli > 0 || movesOf(tx, lot.id) > 1) {
      throw new Refusal('goods:refusals.gift-moved', {
        ...{ values: { lot: lot.number }, mend: `/goods/lots/${lot.number}` },
      });
    }
    refuseCounting(tx, here.storeId);
    writeMove(tx, actor, {
      ...{ centreId: lot.centreId, lotId: lot.id, storeId: here.storeId, kind: 'cancelled' },
      ...{ quantityMilli: -here.quantityMilli, valueRial: -here.valueRial, actId, entryId },
      ...{ movedOn: actor.today, subject: `donations/${donationId}` },
    });
  }
}

/** A lot by its number; throws NotFound. */
export function findLot(db: Db, centreId: number, number: number): Lot {
  const lot = statements(db).one.get(centreId, number) as Lot | undefined;
  if (!lot) throw new NotFound();
  return lot;
}

/** A lot that is known to be there. */
export function lotById(db: Db, id: number): Lot {
  return statements(db).byId.get(id) as Lot;
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
