/** How a payment ends otherwise: withdrawn, refused, or taken back when its money came back. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { nextEntry, reverseEntry } from '../books/entries.ts';
import type { Centre } from '../centres/centres.ts';
import { stockOfLot, writeMove } from '../goods/moves.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { findPayment, type Payment, paymentNumber, subjectOf } from './payment-rows.ts';
import { requireSigner, signaturesOf, writeEnd } from './signatures.ts';
import { requireWaiting } from './signing.ts';
import { tellPreparer } from './told.ts';

const statements = prepared((db) => ({
  reverse: db.$client.prepare('INSERT INTO payment_reversals VALUES (?, ?, ?, ?, ?, ?)'),
  receipt: db.$client.prepare('INSERT INTO pass_on_receipts VALUES (?, ?, ?, ?, ?)'),
  receiptOf: db.$client.prepare(
    'SELECT number, received_on AS receivedOn FROM pass_on_receipts WHERE payment_id = ?',
  ),
  lots: db.$client
    .prepare('SELECT lot_id FROM purchased_lots WHERE payment_id = ? ORDER BY lot_id')
    .pluck(),
  moves: db.$client.prepare('SELECT count(*) FROM stock_moves WHERE lot_id = ?').pluck(),
  promised: db.$client
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM allocations a WHERE a.lot_id = ?
       AND NOT EXISTS (SELECT 1 FROM allocation_ends e WHERE e.allocation_id = a.id))`,
    )
    .pluck(),
}));

type Ending = { payment: Payment; reason: string };

/** Whoever prepared it takes it back before it is made. */
export function withdrawPayment(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { payment, reason }: Ending,
): Payment {
  requirePower(actor, 'payments.prepare', centre);
  requireWaiting(payment);
  if (payment.preparedBy !== actor.user?.id) {
    const values = { name: payment.preparedByName };
    throw new Refusal('payments:refusals.not-preparer', { status: 403, values });
  }
  return end(tx, actor, centre, { payment, reason, ending: 'withdrawn' });
}

/** Whoever is to sign refuses to, and says why. */
export function refusePayment(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { payment, reason }: Ending,
): Payment {
  requireWaiting(payment);
  requireSigner(actor, centre, signaturesOf(tx, subjectOf(payment)));
  return end(tx, actor, centre, { payment, reason, ending: 'refused' });
}

/**
 * Takes back a payment whose money came back, as of today: its entry is reversed, and what it bought
 * leaves the store, if all of it is still there. Number and voucher stay.
 */
export function reversePayment(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { payment, reason }: Ending,
): Payment {
  requirePower(actor, 'payments.reverse', centre);
  const { state, entryId, year, number } = payment;
  if (state !== 'made') {
    throw new Refusal('payments:refusals.not-made', { values: { number: payment.id } });
  }
  const next = nextEntry(tx, centre.id, actor.today);
  const subject = subjectOf(payment);
  const written = paymentNumber({ year: year!, number: number! });
  const act = record(tx, actor, {
    ...{ kind: 'payment.reversed', subject, centreId: centre.id },
    after: { number: written, reason, entryId: next.id },
  });
  takeGoodsBack(tx, actor, { payment, actId: act.id, entryId: next.id });
  const row = [payment.id, reason, actor.today, actor.user!.id, next.id, act.id];
  statements(tx).reverse.run(...row);
  reverseEntry(tx, actor, entryId!, reason, { actId: act.id });
  tellPreparer(tx, actor, act, {
    ...{ key: 'payments:notices.reversed', said: { number: written, reason } },
    ...{ href: `/payments/${payment.id}`, centreId: centre.id, userId: payment.preparedBy },
  });
  return findPayment(tx, centre.id, payment.id);
}

export type PassOnReceipt = { number: string; receivedOn: string };

/** Writes down the receipt that the office of the marja, or whoever was handed what is his, gave. */
export function recordPassOn(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { payment, receipt }: { payment: Payment; receipt: PassOnReceipt },
): Payment {
  requirePower(actor, 'payments.prepare', centre);
  if (payment.kind !== 'pass-on' || payment.state !== 'made' || passOnReceipt(tx, payment.id)) {
    throw new Refusal('payments:refusals.no-pass-on', { values: { number: payment.id } });
  }
  if (receipt.receivedOn > actor.today || receipt.receivedOn < payment.paidOn!) {
    throw new Refusal('payments:refusals.receipt-day', { status: 422, field: 'receivedOn' });
  }
  const act = record(tx, actor, {
    ...{ kind: 'payment.receipted', subject: subjectOf(payment), centreId: centre.id },
    after: receipt,
  });
  const { number, receivedOn } = receipt;
  statements(tx).receipt.run(payment.id, number, receivedOn, actor.user!.id, act.id);
  return findPayment(tx, centre.id, payment.id);
}

export function passOnReceipt(tx: Tx, paymentId: number): PassOnReceipt | undefined {
  return statements(tx).receiptOf.get(paymentId) as PassOnReceipt | undefined;
}

function end(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { payment, reason, ending }: Ending & { ending: 'withdrawn' | 'refused' },
): Payment {
  const subject = subjectOf(payment);
  const act = record(tx, actor, {
    ...{ kind: `payment.${ending}`, subject, centreId: centre.id, after: { reason } },
  });
  writeEnd(tx, actor, { subject, ending, reason, actId: act.id });
  tellPreparer(tx, actor, act, {
    ...{ key: 'payments:notices.refused', said: { purpose: payment.purpose, reason } },
    ...{ href: `/payments/${payment.id}`, centreId: centre.id, userId: payment.preparedBy },
  });
  return findPayment(tx, centre.id, payment.id);
}

type Taking = { payment: Payment; actId: number; entryId: number };

function takeGoodsBack(tx: Tx, actor: Actor, { payment, actId, entryId }: Taking): void {
  const { lots, moves, promised } = statements(tx);
  for (const lotId of lots.all(payment.id) as number[]) {
    if ((moves.get(lotId) as number) !== 1 || promised.get(lotId) === 1) {
      throw new Refusal('payments:refusals.goods-gone', { values: { number: payment.id } });
    }
    for (const { storeId, quantityMilli, valueRial } of stockOfLot(tx, lotId)) {
      writeMove(tx, actor, {
        ...{ centreId: payment.centreId, lotId, storeId, kind: 'cancelled' },
        ...{ quantityMilli: -quantityMilli, valueRial: -valueRial, movedOn: actor.today },
        ...{ subject: subjectOf(payment), entryId, actId },
      });
    }
  }
}
