/**
 * Which lots a delivery takes: of those whose fund may reach this recipient for this programme, first
 * expired first out; or a lot that is named, with a reason if it is not the first.
 */
import { findFund } from '../funds/funds.ts';
import { availableMilli, type Stock, stockOfItem } from '../goods/moves.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import type { Recipient } from './recipients.ts';
import { breachesOf } from './rules.ts';

/** So much of an item; of one lot, or of one fund, where they are named. */
export type Wanted = {
  itemId: number;
  quantityMilli: number;
  fund?: string;
  lotNumber?: number;
  reason?: string | null;
  /** The field that asks for it. */
  field: string;
};

export type Picked = { lot: Stock; quantityMilli: number; reason: string | null };

export type Picking = {
  storeId: number;
  account: string;
  recipient: Recipient;
  day: string;
  /** Whether the chair is asked to let a rule be passed where he may. */
  exception: boolean;
};

const statements = prepared((db) => ({
  item: db.$client.prepare('SELECT name, unit FROM items WHERE id = ?'),
  gift: db.$client.prepare('SELECT donation_id FROM lot_gifts WHERE lot_id = ?').pluck(),
  kitItems: db.$client.prepare(
    `SELECT k.item_id AS itemId, k.quantity_milli AS quantityMilli FROM kit_items k
     JOIN kits t ON t.id = k.kit_id WHERE t.centre_id = ? AND t.id = ?
       AND NOT EXISTS (SELECT 1 FROM kit_ends e WHERE e.kit_id = t.id) ORDER BY k.item_id`,
  ),
  kits: db.$client.prepare(
    `SELECT t.id, t.name FROM kits t WHERE t.centre_id = ?
       AND NOT EXISTS (SELECT 1 FROM kit_ends e WHERE e.kit_id = t.id) ORDER BY t.name`,
  ),
}));

/** The kits that a centre gives out. */
export function kitsOf(db: Db, centreId: number): { id: number; name: string }[] {
  return statements(db).kits.all(centreId) as { id: number; name: string }[];
}

/** What so many of a kit are made of; nothing of a kit that is none. */
export function wantedOfKit(
  db: Db,
  centreId: number,
  { kitId, times, field }: { kitId: number; times: number; field: string },
): Wanted[] {
  const items = statements(db).kitItems.all(centreId, kitId) as Wanted[];
  if (items.length === 0) {
    throw new Refusal('payments:refusals.no-kit', { status: 422, field });
  }
  return items.map(({ itemId, quantityMilli }) => ({
    ...{ itemId, quantityMilli: quantityMilli * times, field },
  }));
}

/** Picks the lots; a lot that two rows ask for is taken once, with what both ask. */
export function pickLots(db: Db, wanted: Wanted[], picking: Picking): Picked[] {
  const picked = new Map<number, Picked>();
  for (const one of wanted) pickOne(db, one, picking, picked);
  return [...picked.values()];
}

function pickOne(db: Db, wanted: Wanted, picking: Picking, picked: Map<number, Picked>): void {
  const all = stockOfItem(db, { itemId: wanted.itemId, storeId: picking.storeId });
  const left = (lot: Stock) =>
    availableMilli(lot, picking.day) - (picked.get(lot.lotId)?.quantityMilli ?? 0);
  const fitting = all.filter((lot) => left(lot) > 0 && suits(db, lot, picking));
  const lots = wanted.lotNumber === undefined ? fitting : [named(all, fitting, wanted, picking)];
  const asked = lots.filter(({ fund }) => wanted.fund === undefined || fund === wanted.fund);
  let missing = wanted.quantityMilli;
  for (const lot of asked) {
    const quantityMilli = Math.min(missing, left(lot));
    if (quantityMilli <= 0) continue;
    const before = picked.get(lot.lotId)?.quantityMilli ?? 0;
    const reason = wanted.lotNumber === undefined ? null : (wanted.reason ?? null);
    picked.set(lot.lotId, { lot, quantityMilli: before + quantityMilli, reason });
    missing -= quantityMilli;
    if (missing === 0) return;
  }
  throw notEnough(db, wanted, { available: wanted.quantityMilli - missing, all, picking });
}

/** Whether the rules of the lot's fund let it reach the recipient for this programme. */
function suits(db: Db, lot: Stock, { account, recipient, day, exception }: Picking): boolean {
  if (!findFund(db, lot.fund, day)?.uses.includes(account)) return false;
  const donationId = (statements(db).gift.get(lot.lotId) ?? null) as number | null;
  const line = { fund: lot.fund, account, amountRial: 0, donationId };
  const out = { subject: null, kind: 'delivery' as const, day, recipient, payeeId: null };
  return breachesOf(db, { ...out, lines: [line] }).every(
    ({ reaction, mayOverride }) => reaction !== 'block' || (exception && mayOverride),
  );
}

/**
 * The lot that is named. What is expired, not ready, promised or of another store is refused by name;
 * one that is not first to expire needs a reason. Its fund's rules are asked with the delivery's own.
 */
function named(all: Stock[], fitting: Stock[], wanted: Wanted, { day }: Picking): Stock {
  const lot = all.find(({ lotNumber }) => lotNumber === wanted.lotNumber);
  const { field } = wanted;
  const values = { number: wanted.lotNumber ?? 0 };
  const refuse = (key: string, clause?: string): never => {
    throw new Refusal(`payments:refusals.${key}`, { field, values, clause });
  };
  if (!lot) return refuse('foreign-lot', 'B-81');
  if (lot.expiresOn !== null && lot.expiresOn < day) return refuse('expired-lot', 'B-81');
  if (!lot.ready) return refuse('unready-lot', 'B-81');
  const isFirst = fitting.length === 0 || fitting[0]!.lotId === lot.lotId;
  if (!isFirst && (wanted.reason ?? '').trim().length < 3) return refuse('lot-reason');
  return lot;
}

type Found = { available: number; all: Stock[]; picking: Picking };

type Item = { name: string; unit: string };

/** Says how much there is that may reach this recipient, and whether there is more that may not. */
function notEnough(db: Db, wanted: Wanted, { available, all, picking }: Found): Refusal {
  const item = statements(db).item.get(wanted.itemId) as Item | undefined;
  if (!item) throw new NotFound();
  const { name, unit } = item;
  const there = all.reduce((sum, lot) => sum + availableMilli(lot, picking.day), 0);
  const key = there >= wanted.quantityMilli ? 'not-for-him' : 'not-enough';
  return new Refusal(`payments:refusals.${key}`, {
    ...{ clause: 'B-81', field: wanted.field },
    values: { name, unit, available: available / 1000, there: there / 1000 },
  });
}
