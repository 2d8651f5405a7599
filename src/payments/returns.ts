/** Goods that come back from a delivery: into the store and the fund they left, at what they left for. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { contentOf, type EntryToPost, nextEntry, postEntry } from '../books/entries.ts';
import type { Centre } from '../centres/centres.ts';
import { writeMove } from '../goods/moves.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { record } from '../trail/acts.ts';
import { persianDigits } from '../values/persian-text.ts';
import { givenLines, type Taken } from './deliveries.ts';
import {
  type Delivery,
  type DeliveryItem,
  deliverySubject,
  findDelivery,
} from './delivery-rows.ts';

/** So much of a lot, by the lot's number in the centre. */
export type Back = { lotNumber: number; quantityMilli: number; field: string };

const statements = prepared((db) => ({
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM delivery_returns').pluck(),
  insert: db.$client.prepare('INSERT INTO delivery_returns VALUES (?, ?, ?, ?, ?, ?, ?)'),
}));

/** Takes goods of a delivery back, as of today. */
export function returnGoods(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { delivery, back, reason }: { delivery: Delivery; back: Back[]; reason: string },
): Delivery {
  requirePower(actor, 'deliveries.prepare', centre);
  if (delivery.state !== 'made' && delivery.state !== 'taken') {
    throw new Refusal('payments:refusals.not-given', { values: { number: delivery.id } });
  }
  if (back.length === 0) {
    throw new Refusal('payments:refusals.nothing-back', { status: 422, field: 'reason' });
  }
  const taken = back.map((one) => partOf(delivery, one));
  const entry = entryOf(tx, actor, centre, { delivery, taken, reason });
  const next = entry && nextEntry(tx, centre.id, actor.today);
  const subject = deliverySubject(delivery);
  const act = record(tx, actor, {
    ...{ kind: 'delivery.returned', subject, centreId: centre.id },
    after: {
      ...{ reason, items: taken.map(({ lotId, quantityMilli }) => [lotId, quantityMilli]) },
      entry: entry && next ? { id: next.id, ...contentOf(entry, next) } : null,
    },
  });
  const entryId = next?.id ?? null;
  for (const { lotId, quantityMilli, valueRial } of taken) {
    writeMove(tx, actor, {
      ...{ centreId: centre.id, lotId, storeId: delivery.storeId, kind: 'returned', reason },
      ...{ quantityMilli, valueRial, movedOn: actor.today, subject, entryId, actId: act.id },
    });
  }
  statements(tx).insert.run(
    ...[statements(tx).nextId.get(), delivery.id, reason, actor.today, actor.user!.id],
    ...[entryId, act.id],
  );
  if (entry) postEntry(tx, actor, { ...entry, actId: act.id });
  return findDelivery(tx, centre.id, delivery.id);
}

/** The part of a lot that comes back, at its share; the last part brings all that is left. */
function partOf({ items }: Delivery, { lotNumber, quantityMilli, field }: Back): Taken {
  const item = items.find((one) => one.lotNumber === lotNumber);
  const leftMilli = item ? item.quantityMilli - item.returnedMilli : 0;
  if (!item || quantityMilli > leftMilli) {
    const values = { number: lotNumber, left: leftMilli / 1000 };
    throw new Refusal('payments:refusals.more-back', { field, values });
  }
  const { lotId, account, fund } = item;
  return { lotId, account, fund, quantityMilli, valueRial: shareBack(item, quantityMilli) };
}

function shareBack(item: DeliveryItem, quantityMilli: number): number {
  const leftMilli = item.quantityMilli - item.returnedMilli;
  const leftRial = item.valueRial - item.returnedRial;
  if (quantityMilli === leftMilli) return leftRial;
  return Number((BigInt(leftRial) * BigInt(quantityMilli)) / BigInt(leftMilli));
}

type Booking = { delivery: Delivery; taken: Taken[]; reason: string };

function entryOf(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { delivery, taken, reason }: Booking,
): EntryToPost | undefined {
  const lines = givenLines(delivery, taken).map(({ debitRial, creditRial, ...line }) => ({
    ...{ ...line, debitRial: creditRial, creditRial: debitRial },
  }));
  if (lines.length === 0) return undefined;
  const number = persianDigits(writtenNumber(delivery.year!, delivery.number!, 4));
  return {
    ...{ centreId: centre.id, entryOn: actor.today, source: 'delivery', lines, reason },
    description: wordsOn(tx, actor.today)('payments:entry.return', { number, reason }),
    draftedBy: actor.user!.id,
  };
}
