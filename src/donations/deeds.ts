/** The deed of what is given to stay: its number, its day and what it says of the use (B-81). */
import { deedGiven } from '../bylaw/spending.ts';
import { blocks } from '../funds/funds.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import type { GiftFund } from './funds.ts';

export type Deed = {
  number: string;
  /** The ISO day on which it was made. */
  madeOn: string;
  /** What it says of the use, in words. */
  terms: string;
};

const statements = prepared(({ $client: client }) => ({
  insert: client.prepare('INSERT INTO gift_deeds VALUES (?, ?, ?, ?, ?)'),
  one: client.prepare(
    'SELECT number, made_on AS madeOn, terms FROM gift_deeds WHERE donation_id = ?',
  ),
}));

export const deedOf = (db: Db, donation: number): Deed | undefined =>
  statements(db).one.get(donation) as Deed | undefined;

/**
 * Refuses with B-81 a gift without its deed to a fund that asks for one, and a deed with a gift to
 * no such fund. The file holds the first by `b81_deed_before_receipt`.
 */
export function requireDeed(deed: Deed | undefined, funds: readonly GiftFund[]): void {
  const asking = funds.find((fund) => blocks(fund, 'deed-required'));
  if (deed && !asking) {
    throw new Refusal('donations:refusals.deed-fund', { status: 422, field: 'deedNumber' });
  }
  if (deedGiven.holds({ deedRequired: asking !== undefined, hasDeed: deed !== undefined })) return;
  const values = { fundFa: asking!.nameFa, fundEn: asking!.nameEn };
  throw new Refusal('donations:refusals.deed-required', {
    ...{ status: 422, field: 'deedNumber', clause: deedGiven.id, values },
  });
}

/** In the transaction of the act that tells of it, before the receipt. */
export function writeDeed(tx: Tx, donation: number, deed: Deed, actId: number): void {
  statements(tx).insert.run(donation, deed.number, deed.madeOn, deed.terms, actId);
}
