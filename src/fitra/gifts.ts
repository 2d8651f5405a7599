/** One press on the Eid screen: a whole gift with its receipt, for so many at the rate of the year. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type IssuedReceipt, issueReceipt } from '../donations/receipts.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { Refusal } from '../refusal.ts';
import { persianDigits } from '../values/persian-text.ts';
import { wordsFor } from '../words.ts';
import { type Rate, ratesOn } from './rates.ts';

export const FITRA_FUNDS = ['fitra-general', 'fitra-sadat'] as const;
export type FitraFund = (typeof FITRA_FUNDS)[number];
export const FITRA_KINDS = ['cash', 'card'] as const;
export type FitraKind = (typeof FITRA_KINDS)[number];

export type Press = {
  persons: number;
  fund: FitraFund;
  kind: FitraKind;
  /** The usual rate unless said. */
  rate?: number;
  /** The batch number of the card reader. */
  batch?: string;
};

export type Pressed = Pick<IssuedReceipt, 'id' | 'receipt' | 'verifyCode' | 'entry'> & {
  amountRial: number;
  rate: Rate;
};

const statements = prepared((db) => ({
  insert: db.$client.prepare('INSERT INTO fitra_gifts VALUES (?, ?, ?, ?, ?, ?)'),
  inBatch: db.$client
    .prepare('SELECT count(*) FROM fitra_gifts WHERE centre_id = ? AND batch = ?')
    .pluck(),
  last: db.$client.prepare(
    `SELECT r.year, r.number, f.persons, d.amount_rial AS amountRial, d.fund, d.kind,
       x.receipt_id IS NOT NULL AS cancelled
     FROM fitra_gifts f JOIN donations d ON d.id = f.donation_id
     JOIN receipts r ON r.donation_id = d.id
     LEFT JOIN receipt_cancellations x ON x.receipt_id = r.id
     WHERE f.centre_id = ? AND f.clerk_id = ? ORDER BY f.donation_id DESC LIMIT 8`,
  ),
}));

export function enterFitra(tx: Tx, actor: Actor, centre: Centre, press: Press): Pressed {
  requirePower(actor, 'donations.register', centre);
  const { persons, fund, kind } = press;
  const batch = kind === 'card' ? press.batch : undefined;
  const rate = rateOf(tx, actor, press.rate);
  if (kind === 'card' && !batch) {
    throw new Refusal('fitra:refusals.batch', { status: 422, field: 'batch' });
  }
  const amountRial = persons * rate.rateRial;
  const issued = issueReceipt(tx, actor, centre, {
    ...{ kind, amountRial, fund, receivedOn: actor.today, unusualAmount: 'confirmed' },
    purpose: purposeOf(persons, rate),
    ...(batch && { reference: { reference: slipIn(tx, centre, batch) } }),
  });
  statements(tx).insert.run(issued.id, centre.id, actor.user!.id, rate.id, persons, batch ?? null);
  const { id, receipt, verifyCode, entry } = issued;
  return { id, receipt, verifyCode, entry, amountRial, rate };
}

function rateOf(tx: Tx, actor: Actor, id: number | undefined): Rate {
  const rates = ratesOn(tx, actor.today);
  const rate = id === undefined ? rates[0] : rates.find((one) => one.id === id);
  if (rate) return rate;
  const key = rates.length === 0 ? 'no-rate' : 'other-rate';
  throw new Refusal(`fitra:refusals.${key}`, { status: 422, field: 'rate' });
}

/** A reader's batch holds many slips: each is known by the batch and its place in it. */
function slipIn(db: Db, centre: Centre, batch: string): string {
  const before = statements(db).inBatch.get(centre.id, batch) as number;
  return `${batch}${String(before + 1).padStart(5, '0')}`;
}

/** In Persian, as the receipt is. */
function purposeOf(persons: number, { staple }: Rate): string {
  const t = wordsFor('fa');
  const number = persianDigits(String(persons));
  return t('fitra:purpose', { number, staple: t(`fitra:staples.${staple}`) });
}

export type LastPress = Pick<Pressed, 'amountRial'> & {
  receipt: string;
  persons: number;
  fund: FitraFund;
  kind: FitraKind;
  cancelled: boolean;
};

/** What this clerk entered last. */
export function lastPresses(db: Db, centreId: number, clerkId: number): LastPress[] {
  const rows = statements(db).last.all(centreId, clerkId) as (Omit<LastPress, 'receipt'> & {
    year: number;
    number: number;
  })[];
  return rows.map(({ year, number, ...row }) => ({
    ...row,
    ...{ receipt: writtenNumber(year, number, 6), cancelled: Boolean(row.cancelled) },
  }));
}
