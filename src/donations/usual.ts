/** What is usual: a gift of ten times as much is perhaps a toman taken for a rial. */
import { type Db, prepared } from '../provinces/connection.ts';
import { remembered } from '../provinces/remembered.ts';
import { Refusal } from '../refusal.ts';

export type Usual = { whose: 'donor' | 'centre'; amountRial: number };

/** A gift that is asked about before it is entered, for it is far from what is usual. */
export class UnusualAmount extends Refusal {
  readonly usual: Usual;
  readonly amountRial: number;

  constructor(usual: Usual, amountRial: number) {
    super('donations:refusals.unusual', { status: 422, field: 'amount' });
    this.usual = usual;
    this.amountRial = amountRial;
  }
}

const TIMES = 10;
const OF_DONOR = 9;
const OF_CENTRE = 51;
/** Fewer gifts than this tell nothing about a centre. */
const ENOUGH = 5;
/** A median of fifty hardly moves, so it is taken anew only now and then. */
const KEPT_FOR = 32;

const statements = prepared((db) => ({
  ofDonor: db.$client
    .prepare(
      `SELECT d.amount_rial FROM donations d
       WHERE d.donor_id = ? AND NOT EXISTS (SELECT 1 FROM receipts r
         JOIN receipt_cancellations c ON c.receipt_id = r.id WHERE r.donation_id = d.id)
       ORDER BY d.id DESC LIMIT ?`,
    )
    .pluck(),
  ofCentre: db.$client
    .prepare(
      `SELECT amount_rial FROM donations WHERE centre_id = ?
       ORDER BY received_on DESC, id DESC LIMIT ?`,
    )
    .pluck(),
}));

const kept = remembered(() => new Map<number, { amountRial: number; asked: number }>());

/** The usual amount of this donor, or of the centre for one whose first gift it is. */
export function usualAmount(db: Db, centreId: number, donorId: number | null): Usual | undefined {
  const own = donorId === null ? [] : (statements(db).ofDonor.all(donorId, OF_DONOR) as number[]);
  if (own.length > 0) return { whose: 'donor', amountRial: median(own) };
  const amountRial = usualOfCentre(db, centreId);
  return amountRial === undefined ? undefined : { whose: 'centre', amountRial };
}

/** What is usual, if the amount is ten times that or more. */
export function unusual(
  db: Db,
  centreId: number,
  gift: { donorId: number | null; amountRial: number },
): Usual | undefined {
  const usual = usualAmount(db, centreId, gift.donorId);
  return usual && gift.amountRial >= TIMES * usual.amountRial ? usual : undefined;
}

function usualOfCentre(db: Db, centreId: number): number | undefined {
  const known = kept(db).get(centreId);
  if (known && known.asked < KEPT_FOR) {
    known.asked++;
    return known.amountRial;
  }
  const amounts = statements(db).ofCentre.all(centreId, OF_CENTRE) as number[];
  if (amounts.length < ENOUGH) return undefined;
  const amountRial = median(amounts);
  if (amounts.length === OF_CENTRE) kept(db).set(centreId, { amountRial, asked: 0 });
  return amountRial;
}

function median(amounts: number[]): number {
  const sorted = amounts.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
