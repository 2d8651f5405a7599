/** The committee's ten per cent: what a centre collected, what follows from it, what was paid. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type IssuedReceipt, issueReceipt } from '../donations/receipts.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { persianDigits } from '../values/persian-text.ts';
import { wordsFor } from '../words.ts';

export const COMMITTEE_FUND = 'committee-share';

export type Rate = { fromOn: string; rateBp: number; source: string };
export type Period = { fromOn: string; toOn: string };
export type BaseOfKind = { kind: string; gifts: number; rial: number; shareRial: number };
export type ShareReport = {
  kinds: BaseOfKind[];
  gifts: number;
  baseRial: number;
  /** Of the base, what the committee's own system knows by a code of registration. */
  coded: { gifts: number; rial: number };
  shareRial: number;
  receivedRial: number;
  /** What is still to come; below zero where more was paid. */
  differenceRial: number;
  rate: Rate | undefined;
};
export type CommitteeGift = {
  receipt: string;
  receivedOn: string;
  amountRial: number;
  letterNumber: string;
  letterOn: string;
  isCancelled: number;
};
export type CommitteeGiftTyped = {
  amountRial: number;
  receivedOn: string;
  /** The bank's number of the transfer. */
  reference: string;
  letterNumber: string;
  letterOn: string;
};

const statements = prepared(({ $client: client }) => ({
  // Sums by day are kept without what was cancelled; each day has the rate that held on it.
  base: client.prepare(
    `SELECT kind, rate, sum(gifts) AS gifts, sum(rial) AS rial FROM (
       SELECT kind, given_count - cancelled_count AS gifts, given_rial - cancelled_rial AS rial,
         coalesce((SELECT rate_bp FROM committee_rates WHERE from_on <= d.received_on
           ORDER BY from_on DESC, id DESC LIMIT 1), 0) AS rate
       FROM donation_days d
       WHERE centre_id = ? AND received_on BETWEEN ? AND ? AND fund <> '${COMMITTEE_FUND}')
     GROUP BY kind, rate`,
  ),
  received: client
    .prepare(
      `SELECT coalesce(sum(given_rial - cancelled_rial), 0) FROM donation_days
       WHERE centre_id = ? AND received_on BETWEEN ? AND ? AND fund = '${COMMITTEE_FUND}'`,
    )
    .pluck(),
  coded: client.prepare(
    `SELECT count(DISTINCT d.id) AS gifts,
       coalesce(sum(coalesce(p.amount_rial, d.amount_rial)), 0) AS rial
     FROM donations d LEFT JOIN gift_funds p ON p.donation_id = d.id
     WHERE d.centre_id = ? AND d.received_on BETWEEN ? AND ?
       AND coalesce(p.fund, d.fund) <> '${COMMITTEE_FUND}'
       AND EXISTS (SELECT 1 FROM registration_codes WHERE subject = 'donations/' || d.id)
       AND NOT EXISTS (SELECT 1 FROM receipts r JOIN receipt_cancellations c
         ON c.receipt_id = r.id WHERE r.donation_id = d.id)`,
  ),
  rates: client.prepare(
    `SELECT from_on AS fromOn, rate_bp AS rateBp, source FROM committee_rates
     ORDER BY from_on DESC, id DESC`,
  ),
  gifts: client.prepare(
    `SELECT r.year || '-' || substr('000000' || r.number, -max(6, length(r.number))) AS receipt,
       d.received_on AS receivedOn, d.amount_rial AS amountRial,
       g.letter_number AS letterNumber, g.letter_on AS letterOn,
       EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id) AS isCancelled
     FROM committee_gifts g JOIN donations d ON d.id = g.donation_id
     JOIN receipts r ON r.donation_id = d.id
     WHERE d.centre_id = ? AND d.received_on BETWEEN ? AND ? ORDER BY d.received_on, d.id`,
  ),
  gift: client.prepare('INSERT INTO committee_gifts VALUES (?, ?, ?, ?)'),
  rate: client.prepare(
    'INSERT INTO committee_rates (from_on, rate_bp, source, act_id) VALUES (?, ?, ?, ?)',
  ),
}));

export const ratesOf = (db: Db): Rate[] => statements(db).rates.all() as Rate[];

export function committeeGifts(db: Db, centreId: number, { fromOn, toOn }: Period) {
  return statements(db).gifts.all(centreId, fromOn, toOn) as CommitteeGift[];
}

type BaseRow = { kind: string; rate: number; gifts: number; rial: number };

export function shareReport(db: Db, centreId: number, period: Period): ShareReport {
  const { fromOn, toOn } = period;
  const found = statements(db).base.all(centreId, fromOn, toOn) as BaseRow[];
  const kinds = new Map<string, BaseOfKind>();
  for (const { kind, rate, gifts, rial } of found) {
    const known = kinds.get(kind) ?? { kind, gifts: 0, rial: 0, shareRial: 0 };
    kinds.set(kind, {
      ...{ kind, gifts: known.gifts + gifts, rial: known.rial + rial },
      shareRial: known.shareRial + partOf(rial, rate),
    });
  }
  const rows = [...kinds.values()].filter(({ gifts }) => gifts > 0);
  const sum = (of: (row: BaseOfKind) => number) => rows.reduce((all, row) => all + of(row), 0);
  const shareRial = sum((row) => row.shareRial);
  const receivedRial = statements(db).received.get(centreId, fromOn, toOn) as number;
  return {
    ...{ kinds: rows, gifts: sum((row) => row.gifts), baseRial: sum((row) => row.rial) },
    ...{ shareRial, receivedRial, differenceRial: shareRial - receivedRial },
    coded: statements(db).coded.get(centreId, fromOn, toOn) as ShareReport['coded'],
    rate: ratesOf(db).find((rate) => rate.fromOn <= toOn),
  };
}

/** Whole rials; what is less than one is not owed. */
const partOf = (rial: number, bp: number) => Number((BigInt(rial) * BigInt(bp)) / 10_000n);

/** What the committee paid: a transfer into its own fund, known by the number of its letter. */
export function enterCommitteeGift(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  typed: CommitteeGiftTyped,
): IssuedReceipt {
  requirePower(actor, 'committee-share.record', centre);
  const { amountRial, receivedOn, reference, letterNumber, letterOn } = typed;
  if (letterOn > receivedOn) {
    throw new Refusal('pledges:refusals.letter-after', { status: 422, field: 'letterOn' });
  }
  const t = wordsFor('fa');
  const issued = issueReceipt(tx, actor, centre, {
    ...{ kind: 'transfer', fund: COMMITTEE_FUND, amountRial, receivedOn },
    ...{ reference: { reference }, donor: { name: t('pledges:share.donor') } },
    purpose: t('pledges:share.purpose', { number: persianDigits(letterNumber) }),
  });
  const act = record(tx, actor, {
    ...{ kind: 'committee-share.received', subject: `receipts/${issued.receiptId}` },
    ...{ centreId: centre.id, after: { letterNumber, letterOn, receipt: issued.receipt } },
  });
  statements(tx).gift.run(issued.id, letterNumber, letterOn, act.id);
  return issued;
}

export function setRate(tx: Tx, actor: Actor, rate: Rate): Rate {
  requirePower(actor, 'committee-rates.edit');
  const { fromOn, rateBp, source } = rate;
  const act = record(tx, actor, {
    ...{ kind: 'committee-share.rate-set', subject: `committee-rates/${fromOn}` },
    after: { fromOn, rateBp, source },
  });
  statements(tx).rate.run(fromOn, rateBp, source, act.id);
  return rate;
}
