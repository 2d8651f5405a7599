/** What is left of a gift that is spent from by name, in one of its funds. */
import { withinGift } from '../bylaw/spending.ts';
import { findReceipt, receiptNumber } from '../donations/receipts.ts';
import { leftOfGift } from '../funds/intention-rows.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';

const statements = prepared((db) => ({
  cancelled: db.$client
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM receipts r JOIN receipt_cancellations c ON c.receipt_id = r.id
       WHERE r.donation_id = ?)`,
    )
    .pluck(),
  number: db.$client.prepare('SELECT year, number FROM receipts WHERE donation_id = ?'),
}));

/** So many rials of the gift are still to be spent in this fund; of a cancelled one none. */
export function leftToSpend(db: Db, donationId: number, fund: string): number {
  const cancelled = statements(db).cancelled.get(donationId) === 1;
  return cancelled ? 0 : Math.max(0, leftOfGift(db, donationId, fund));
}

type Spent = { fund: string; amountRial: number; donationId: number | null };

/** Refuses with B-81 what would take more of a gift than is left of it. */
export function requireLeft(db: Db, lines: Spent[]): void {
  const named = lines.filter(({ donationId }) => donationId !== null);
  for (const of of Map.groupBy(named, (line) => `${line.donationId} ${line.fund}`).values()) {
    const { donationId, fund } = of[0]!;
    const amountRial = of.reduce((sum, line) => sum + line.amountRial, 0);
    const leftRial = leftToSpend(db, donationId!, fund);
    if (withinGift.holds({ leftRial, amountRial })) continue;
    const values = { number: numberOfGift(db, donationId!), leftRial };
    throw new Refusal('payments:refusals.beyond-gift', { clause: withinGift.id, values });
  }
}

/** The number of a gift's receipt, as it is written. */
export function numberOfGift(db: Db, donationId: number): string {
  return receiptNumber(statements(db).number.get(donationId) as { year: number; number: number });
}

/** The gift of a receipt of the centre; refuses a number that is none. */
export function giftOfReceipt(db: Db, centreId: number, number: string, field: string): number {
  try {
    return findReceipt(db, centreId, number).donationId;
  } catch (fault) {
    if (!(fault instanceof NotFound)) throw fault;
    throw new Refusal('payments:refusals.no-such-receipt', { status: 422, field });
  }
}
