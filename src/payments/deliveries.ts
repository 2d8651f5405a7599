/** Deliveries as they are prepared: which lots for whom; promised at once, given when two signed. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Line } from '../books/entries.ts';
import type { Centre } from '../centres/centres.ts';
import { leavesFor } from '../funds/leave.ts';
import { requireSpending } from '../funds/spending.ts';
import { shareOf, stockOfLot, storeLines } from '../goods/moves.ts';
import { findStore } from '../goods/stores.ts';
import { refuseUnpermitted } from '../licence/permission.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { type Delivery, deliverySubject, findDelivery } from './delivery-rows.ts';
import { ACCOUNTS } from './payments.ts';
import { type Picked, pickLots, type Wanted } from './picking.ts';
import { refusePurpose } from './purposes.ts';
import { findRecipientById, type Recipient } from './recipients.ts';
import { type Outgoing, type Passed, requireRules } from './rules.ts';

export type AskedDelivery = {
  recipient: Recipient;
  storeId: number;
  /** The programme it is for, 6101 to 6109. */
  account: string;
  purpose: string;
  wanted: Wanted[];
  exception: boolean;
};

const statements = prepared((db) => ({
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM deliveries').pluck(),
  nextPromise: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM allocations').pluck(),
  insertItem: db.$client.prepare('INSERT INTO delivery_items VALUES (?, ?, ?, ?)'),
  insert: db.$client.prepare('INSERT INTO deliveries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  promise: db.$client.prepare('INSERT INTO allocations VALUES (?, ?, ?, ?, ?, ?, ?)'),
}));

/** Prepares a delivery and promises its goods, so that nobody else gives the same away. */
export function prepareDelivery(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  asked: AskedDelivery,
): Delivery {
  requirePower(actor, 'deliveries.prepare', centre);
  refusePurpose(tx, 'aid', asked.purpose);
  if (!ACCOUNTS.aid.test(asked.account)) refuseField('account', 'other-account');
  if (asked.wanted.length === 0) refuseField('items.0.item', 'no-items');
  const store = findStore(tx, centre.id, asked.storeId);
  const { recipient, account, storeId, exception } = asked;
  const day = actor.today;
  const picked = pickLots(tx, asked.wanted, { storeId, account, recipient, day, exception });
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'delivery.prepared', subject: `deliveries/${id}`, centreId: centre.id },
    after: {
      ...{ recipientId: recipient.id, storeId: store.id, account, purpose: asked.purpose },
      items: picked.map(({ lot, quantityMilli, reason }) => [lot.lotId, quantityMilli, reason]),
    },
  });
  writeDelivery(tx, actor, centre, { id, asked, picked, actId: act.id });
  const delivery = findDelivery(tx, centre.id, id);
  requireMayBeGiven(tx, centre, delivery, { day, waiting: exception });
  tell(tx, actor, act, {
    key: 'payments:notices.delivery-prepared',
    said: { name: actor.user!.name, purpose: asked.purpose },
    ...{ href: `/deliveries/${id}`, centreId: centre.id },
    to: [{ seat: 'admin-finance' }, { seat: 'chair' }],
  });
  return delivery;
}

/** The licence, the uses and the rules of each lot's fund; asked again when it is given. */
export function requireMayBeGiven(
  tx: Tx,
  centre: Centre,
  delivery: Delivery,
  { day, waiting, passed = [] }: { day: string; waiting: boolean; passed?: Passed[] },
): void {
  refuseUnpermitted(tx, centre.id, day, 'aid');
  requireRules(tx, outgoingOfDelivery(tx, delivery, day), { passed, waiting });
  const lines = givenLines(delivery, takenOf(tx, delivery));
  if (lines.length === 0) return;
  const spending = { centreId: centre.id, source: 'delivery' as const, entryOn: day, lines };
  requireSpending(tx, spending);
  leavesFor(tx, spending);
}

/** A delivery as the rules of the funds look at it. */
export function outgoingOfDelivery(db: Db, delivery: Delivery, day: string): Outgoing {
  const { recipientId, account, items } = delivery;
  return {
    ...{ subject: deliverySubject(delivery), kind: 'delivery', day, payeeId: null },
    recipient: findRecipientById(db, recipientId),
    lines: items.map(({ fund, donationId, valueRial }) => ({
      ...{ fund, account, amountRial: valueRial, donationId },
    })),
  };
}

/** What of a lot leaves: its share of what the lot is worth in that store now. */
export type Taken = {
  lotId: number;
  account: string;
  fund: string;
  quantityMilli: number;
  valueRial: number;
};

/** The parts of the lots that the delivery takes, worth what they are worth today. */
export function takenOf(db: Db, { storeId, items }: Delivery): Taken[] {
  return items.map(({ lotId, lotNumber, account, fund, quantityMilli }) => {
    const lot = stockOfLot(db, lotId).find((one) => one.storeId === storeId);
    if (!lot || lot.quantityMilli < quantityMilli) {
      throw new Refusal('payments:refusals.lot-gone', { values: { number: lotNumber } });
    }
    return { lotId, account, fund, quantityMilli, valueRial: shareOf(lot, quantityMilli) };
  });
}

/** The entry: the programme debited and the stores credited, fund by fund. */
export function givenLines({ account }: Pick<Delivery, 'account'>, taken: Taken[]): Line[] {
  const credits = storeLines(taken.map((one) => ({ ...one, valueRial: -one.valueRial })));
  const debits = storeLines(taken.map((one) => ({ ...one, account })));
  return [...debits, ...credits];
}

type Writing = { id: number; asked: AskedDelivery; picked: Picked[]; actId: number };

function writeDelivery(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, asked, picked, actId }: Writing,
): void {
  const { insertItem, insert, promise, nextPromise } = statements(tx);
  for (const { lot, quantityMilli, reason } of picked) {
    insertItem.run(id, lot.lotId, quantityMilli, reason);
  }
  const { recipient, storeId, account, purpose } = asked;
  insert.run(
    ...[id, centre.id, recipient.id, storeId, account, purpose],
    ...[actor.today, actor.user!.id, actId],
  );
  for (const { lot, quantityMilli } of picked) {
    const subject = `deliveries/${id}`;
    promise.run(nextPromise.get(), centre.id, lot.lotId, storeId, quantityMilli, subject, actId);
  }
}

function refuseField(field: string, key: string): never {
  throw new Refusal(`payments:refusals.${key}`, { status: 422, field });
}
