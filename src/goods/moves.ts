/**
 * Moves of goods: rows that nobody changes, whose sum is the stock, in thousandths of a unit and in
 * rials. A move that changes a value names the entry that books it, written after it.
 */
import type { Actor } from '../access/actor.ts';
import type { Line } from '../books/entries.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import type { MoveKind } from './schema.ts';

export type Move = {
  centreId: number;
  lotId: number;
  storeId: number;
  kind: MoveKind;
  /** Below zero for what goes out; so too the value. */
  quantityMilli: number;
  valueRial: number;
  movedOn: string;
  /** The deed it is a part of: `donations/5`. */
  subject: string;
  reason?: string | null;
  entryId?: number | null;
  actId: number;
};

/** What a lot has in a store, what of it is promised, and what it is: one row of a store. */
export type Stock = {
  lotId: number;
  lotNumber: number;
  storeId: number;
  itemId: number;
  account: string;
  fund: string;
  expiresOn: string | null;
  quantityMilli: number;
  allocatedMilli: number;
  valueRial: number;
  /** Looked at and appraised, or bought. */
  ready: number;
};

/** Part of a lot that a deed takes, worth its share of the lot. */
export type Taken = { lot: Stock; quantityMilli: number; valueRial: number };

/** What of a lot in a store is promised, of a row `s` of the stock. */
export const ALLOCATED = `coalesce((SELECT sum(a.quantity_milli) FROM allocations a
      WHERE a.lot_id = s.lot_id AND a.store_id = s.store_id AND NOT EXISTS (
        SELECT 1 FROM allocation_ends e WHERE e.allocation_id = a.id)), 0)`;

const STOCK = `SELECT s.lot_id AS lotId, l.number AS lotNumber, s.store_id AS storeId,
    l.item_id AS itemId, i.account, l.fund, l.expires_on AS expiresOn,
    s.quantity_milli AS quantityMilli, s.value_rial AS valueRial,
    ${ALLOCATED} AS allocatedMilli,
    EXISTS (SELECT 1 FROM lots_ready r WHERE r.lot_id = s.lot_id) AS ready
  FROM stock s JOIN lots l ON l.id = s.lot_id JOIN items i ON i.id = l.item_id`;

const statements = prepared((db) => ({
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM stock_moves').pluck(),
  insert: db.$client.prepare(
    'INSERT INTO stock_moves VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
  ofLot: db.$client.prepare(
    `${STOCK} WHERE s.lot_id = ? AND s.quantity_milli > 0 ORDER BY s.store_id`,
  ),
  // First expired, first out; what never expires comes after, the older lot first.
  ofItem: db.$client.prepare(
    `${STOCK} WHERE l.item_id = @itemId AND s.store_id = @storeId AND s.quantity_milli > 0
       AND (@fund IS NULL OR l.fund = @fund)
     ORDER BY coalesce(l.expires_on, '9999'), l.received_on, l.id`,
  ),
}));

/** Writes the move. The file refuses what would leave less than nothing, whoever asks. */
export function writeMove(tx: Tx, actor: Actor, move: Move): void {
  const id = statements(tx).nextId.get() as number;
  const { centreId, lotId, storeId, kind, quantityMilli, valueRial, movedOn, subject } = move;
  statements(tx).insert.run(
    ...[id, centreId, lotId, storeId, kind, quantityMilli, valueRial, movedOn, subject],
    ...[move.reason ?? null, move.entryId ?? null, actor.user!.id, actor.now, move.actId],
  );
}

/** What a lot has, store by store. */
export function stockOfLot(db: Db, lotId: number): Stock[] {
  return statements(db).ofLot.all(lotId) as Stock[];
}

/** An item's lots in a store, those that expire first at the head; of one fund if it is named. */
export function stockOfItem(
  db: Db,
  { itemId, storeId, fund }: { itemId: number; storeId: number; fund?: string },
): Stock[] {
  return statements(db).ofItem.all({ itemId, storeId, fund: fund ?? null }) as Stock[];
}

/** What of a lot may be promised or given out on a day: nothing of one that is unready or expired. */
export function availableMilli(lot: Stock, day: string): number {
  if (!lot.ready || (lot.expiresOn !== null && lot.expiresOn < day)) return 0;
  return lot.quantityMilli - lot.allocatedMilli;
}

/**
 * Picks a quantity of an item out of a store, first expired first out, for a day and of one fund.
 * Refuses when there is not so much that may go out, and says how much there is.
 */
export function pick(
  db: Db,
  asked: { itemId: number; storeId: number; fund?: string; quantityMilli: number; day: string },
): Taken[] {
  const taken: Taken[] = [];
  let left = asked.quantityMilli;
  for (const lot of stockOfItem(db, asked)) {
    const quantityMilli = Math.min(left, availableMilli(lot, asked.day));
    if (quantityMilli <= 0) continue;
    taken.push({ lot, quantityMilli, valueRial: shareOf(lot, quantityMilli) });
    left -= quantityMilli;
    if (left === 0) return taken;
  }
  const available = (asked.quantityMilli - left) / 1000;
  throw new Refusal('goods:refusals.not-enough', { clause: 'B-81', values: { available } });
}

/** The rials of a part of a lot; the last part takes all that is left, so that no rial stays. */
export function shareOf(lot: Stock, quantityMilli: number): number {
  if (quantityMilli === lot.quantityMilli) return lot.valueRial;
  // Beyond 2^53 a product of numbers is no longer exact.
  const share = (BigInt(lot.valueRial) * BigInt(quantityMilli)) / BigInt(lot.quantityMilli);
  return Number(share);
}

type Booked = { account: string; fund: string; valueRial: number };

/** The lines of the store accounts for some moves: debited for what came in, credited for what left. */
export function storeLines(moves: Booked[]): Line[] {
  const sums = new Map<string, number>();
  for (const { account, fund, valueRial } of moves) {
    const key = `${account} ${fund}`;
    sums.set(key, (sums.get(key) ?? 0) + valueRial);
  }
  return [...sums].flatMap(([key, rial]): Line[] => {
    const [account, fund] = key.split(' ') as [string, string];
    if (rial === 0) return [];
    return [{ account, fund, debitRial: Math.max(rial, 0), creditRial: Math.max(-rial, 0) }];
  });
}
