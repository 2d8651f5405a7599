/** Deliveries in words: what a program is told, what the signers look at. */
import type { Response } from 'express';
import { entryNumber } from '../books/entries.ts';
import { outgoingOfDelivery } from './deliveries.ts';
import { deliveryMark } from './delivering.ts';
import { type Delivery, type DeliveryRow, deliverySubject, returnsOf } from './delivery-rows.ts';
import { numberOf, toldBreach } from './payment-words.ts';
import { breachesOf, isPassed, passedBy } from './rules.ts';
import { signaturesOf } from './signatures.ts';

export function toldDeliveryRow(row: Omit<DeliveryRow, 'items'>) {
  return {
    ...{ id: row.id, number: numberOf(row), recipient: row.recipient, store: row.store },
    ...{ account: row.account, purpose: row.purpose, value: row.valueRial },
    ...{ preparedOn: row.preparedOn, preparedBy: row.preparedByName, deliveredOn: row.deliveredOn },
    ...{ state: row.state, signed: row.signed, takenBy: row.takenBy, takenOn: row.takenOn },
    reason: row.endReason,
  };
}

/** What the signers look at besides the delivery itself. */
export function deliverySigning(res: Response, delivery: Delivery) {
  const { db } = res.locals.province;
  const { today } = res.locals.actor!;
  const subject = deliverySubject(delivery);
  const passed = passedBy(db, subject);
  const breaches = breachesOf(db, outgoingOfDelivery(db, delivery, today));
  return {
    seen: deliveryMark(db, delivery, today),
    signatures: signaturesOf(db, subject),
    breaches: breaches.map((one) => toldBreach(res, one, isPassed(one, passed))),
    lacksDocument: false,
  };
}

/** A delivery as a program reads it whole. */
export function toldDelivery(res: Response, delivery: Delivery) {
  const { seen, signatures, breaches } = deliverySigning(res, delivery);
  const { entryYear: year, entryNumber: number } = delivery;
  return {
    ...toldDeliveryRow(delivery),
    entry: year === null || number === null ? null : entryNumber({ year, number }),
    items: delivery.items.map((item) => ({
      ...{ name: item.name, quantity: item.quantityMilli / 1000, unit: item.unit, fund: item.fund },
      ...{ lot: item.lotNumber, expiresOn: item.expiresOn, reason: item.reason },
      ...{ value: item.valueRial, returned: item.returnedMilli / 1000 },
    })),
    signatures: signatures.map(({ signedAs, name, signedAt }) => ({
      as: signedAs,
      name,
      signedAt,
    })),
    ...{ breaches, seen: delivery.state === 'waiting' ? seen : undefined },
    returns: returnsOf(res.locals.province.db, delivery.id),
  };
}
