/** Something of everything that leaves a centre, for whoever visits its pages. */
import type { Actor } from '../../src/access/actor.ts';
import type { Centre } from '../../src/centres/centres.ts';
import { storesOf } from '../../src/goods/stores.ts';
import { prepareDelivery } from '../../src/payments/deliveries.ts';
import { registerPayee } from '../../src/payments/payees.ts';
import { findPayment } from '../../src/payments/payment-rows.ts';
import { preparePayment } from '../../src/payments/payments.ts';
import { setFloat } from '../../src/payments/petty-cash.ts';
import { registerRecipient } from '../../src/payments/recipients.ts';
import { signPayment } from '../../src/payments/signing.ts';
import { itemsInStores } from '../../src/payments/store-items.ts';
import type { Tx } from '../../src/provinces/connection.ts';

type Two = { finance: Actor; chair: Actor };

/** A purchase made with alms, a payment and a delivery that wait, a recipient, a payee, petty cash. */
export function layOutgoing(tx: Tx, centre: Centre, { finance, chair }: Two): void {
  const payee = registerPayee(tx, finance, centre, {
    ...{ name: 'فروشگاه نمونه', kind: 'shop', nationalId: '14002207985', iban: null },
  });
  const marks = { sayyid: false, poor: true, need: 'living' as const, persons: 4 };
  const recipient = registerRecipient(tx, finance, centre, marks);
  const line = (account: string, amountRial: number) => ({
    ...{ fund: 'sadaqa', account, amountRial, donationId: null },
  });
  const asked = { account: '1101' as const, storeId: null, reference: null, exception: false };
  const good = { name: 'برنج ایرانی', quantityMilli: 20_000, unit: 'kg' as const, line: 0 };
  const bought = preparePayment(tx, finance, centre, {
    ...{ ...asked, kind: 'purchase', recipient: null, payee, purpose: 'خرید برنج' },
    lines: [line('1301', 3_000_000)],
    goods: [{ ...good, valueRial: 3_000_000, condition: 'new', expiresOn: null }],
  });
  for (const actor of [finance, chair]) {
    const payment = findPayment(tx, centre.id, bought.id);
    signPayment(tx, actor, centre, { payment, signed: {} });
  }
  const aid = { kind: 'aid' as const, recipient, payee: null, purpose: 'کمک معیشت' };
  preparePayment(tx, finance, centre, {
    ...asked,
    ...aid,
    lines: [line('6101', 900_000)],
    goods: [],
  });
  prepareDelivery(tx, finance, centre, {
    ...{ recipient, account: '6101', purpose: 'سبد معیشت', exception: false },
    storeId: storesOf(tx, centre.id)[0]!.id,
    wanted: [
      {
        ...{ itemId: itemsInStores(tx, centre.id).find(({ name }) => name === good.name)!.id },
        ...{ quantityMilli: 5000, field: 'items.0.quantity' },
      },
    ],
  });
  setFloat(tx, chair, centre, { floatRial: 5_000_000, keeper: 'کتابدار نمونه' });
}
