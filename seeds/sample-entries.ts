/** What a sample centre does with its alms: cash to the bank, aid, goods bought and handed out. */
import { createRequire } from 'node:module';
import { type Actor, inCentre } from '../src/access/actor.ts';
import { postEntry } from '../src/books/entries.ts';
import type { Centre } from '../src/centres/centres.ts';
import { storesOf } from '../src/goods/stores.ts';
import { standingOn } from '../src/licence/standing.ts';
import { permits } from '../src/licence/states.ts';
import { prepareDelivery } from '../src/payments/deliveries.ts';
import { recordTaking, signDelivery } from '../src/payments/delivering.ts';
import { findDelivery } from '../src/payments/delivery-rows.ts';
import { payeesOf, registerPayee } from '../src/payments/payees.ts';
import { findPayment } from '../src/payments/payment-rows.ts';
import { type AskedPayment, preparePayment } from '../src/payments/payments.ts';
import { type Recipient, recipientsOf, registerRecipient } from '../src/payments/recipients.ts';
import { signPayment } from '../src/payments/signing.ts';
import { itemsInStores } from '../src/payments/store-items.ts';
import type { Tx } from '../src/provinces/connection.ts';
import { stepsAt } from './neighbourhood.ts';

type Words = 'deposit' | 'livelihood' | 'treatment' | 'purchase' | 'basket' | 'shop' | 'rice';
const { entries: words } = createRequire(import.meta.url)('./sample-names.json') as {
  entries: Record<Words | 'undocumented', string>;
};

type Keepers = { centre: Centre; chair: number; finance: number };
type Two = { centre: Centre; chair: Actor; finance: Actor };

const FUND = 'sadaqa';
const WHOLE_RIAL = 100_000;

/** Takes the alms in the cash box to the bank and spends most of it, as of this moment. */
export function spendAndBank(tx: Tx, { centre, chair, finance }: Keepers, moment: Date): void {
  const as = (user: number) => inCentre(stepsAt(tx, moment)(user), centre.id);
  const two = { centre, chair: as(chair), finance: as(finance) };
  const cash = Math.floor(balanceOf(tx, centre.id, '1101') / WHOLE_RIAL) * WHOLE_RIAL;
  if (cash <= 0) return;
  bank(tx, two, cash);
  if (!permits(standingOn(tx, centre.id, two.chair.today).state, 'aid')) return;
  const [one, other] = recipients(tx, two);
  helpWith(tx, two, { recipient: one, account: '6101', rial: Math.floor(cash * 0.4) });
  helpWith(tx, two, { recipient: other, account: '6102', rial: Math.floor(cash * 0.15) });
  buyAndHandOut(tx, two, other, Math.floor(cash * 0.2));
}

/** Written by the financial officer, posted by the chair. */
function bank(tx: Tx, { centre, chair, finance }: Two, rial: number): void {
  postEntry(tx, chair, {
    ...{ centreId: centre.id, entryOn: chair.today, description: words.deposit },
    ...{ source: 'manual', draftedBy: finance.user!.id },
    lines: [
      { account: '1102', fund: FUND, debitRial: rial, creditRial: 0 },
      { account: '1101', fund: FUND, debitRial: 0, creditRial: rial },
    ],
  });
}

/** Two households of the centre, known by their codes. */
function recipients(tx: Tx, { centre, finance }: Two): [Recipient, Recipient] {
  const known = recipientsOf(tx, centre.id, {}, { limit: 2, from: 0 });
  if (known.length === 2) return [known[0]!, known[1]!];
  const marks = { sayyid: false, poor: true, need: 'living' as const, persons: 4 };
  return [
    registerRecipient(tx, finance, centre, marks),
    registerRecipient(tx, finance, centre, { ...marks, sayyid: true, need: 'illness', persons: 2 }),
  ];
}

type Helping = { recipient: Recipient; account: '6101' | '6102'; rial: number };

function helpWith(tx: Tx, two: Two, { recipient, account, rial }: Helping): void {
  const purpose = account === '6101' ? words.livelihood : words.treatment;
  const lines = [{ fund: FUND, account, amountRial: rial, donationId: null }];
  pay(tx, two, { ...{ kind: 'aid', recipient, payee: null, purpose }, ...{ lines, goods: [] } });
}

/** Rice for so many rials, most of which a household takes at once. */
function buyAndHandOut(tx: Tx, two: Two, recipient: Recipient, rial: number): void {
  const { centre, finance, chair } = two;
  const shop = { name: words.shop, kind: 'shop' as const, nationalId: null, iban: null };
  const page = { limit: 1, from: 0 };
  const [known] = payeesOf(tx, centre.id, { q: words.shop }, page);
  const payee = known ?? registerPayee(tx, finance, centre, shop);
  const good = { name: words.rice, unit: 'kg' as const, condition: 'new' as const, line: 0 };
  pay(tx, two, {
    ...{ kind: 'purchase', recipient: null, payee, purpose: words.purchase },
    lines: [{ fund: FUND, account: '1301', amountRial: rial, donationId: null }],
    goods: [{ ...good, quantityMilli: kilosFor(rial), valueRial: rial, expiresOn: null }],
  });
  const rice = itemsInStores(tx, centre.id).find(({ name }) => name === words.rice)!;
  const { id } = prepareDelivery(tx, finance, centre, {
    ...{ recipient, account: '6101', purpose: words.basket, exception: false },
    storeId: storesOf(tx, centre.id)[0]!.id,
    wanted: [{ itemId: rice.id, quantityMilli: Math.ceil(rice.freeMilli * 0.8), field: 'items' }],
  });
  for (const actor of [finance, chair]) {
    signDelivery(tx, actor, centre, { delivery: findDelivery(tx, centre.id, id), signed: {} });
  }
  const delivery = findDelivery(tx, centre.id, id);
  recordTaking(tx, finance, centre, { delivery, taking: { takenBy: 'recipient', proxy: null } });
}

/** A kilo for about a million rials, in thousandths. */
const kilosFor = (rial: number): number => Math.max(1, Math.floor(rial / 1_000_000)) * 1000;

type Paying = Pick<AskedPayment, 'kind' | 'recipient' | 'payee' | 'purpose' | 'lines' | 'goods'>;

/** Prepared by who keeps the books, signed by both; the papers lie in the centre's own folder. */
function pay(tx: Tx, { centre, chair, finance }: Two, asked: Paying): void {
  const { id } = preparePayment(tx, finance, centre, {
    ...{ ...asked, account: '1102', storeId: null, reference: null, exception: false },
  });
  for (const actor of [finance, chair]) {
    const payment = findPayment(tx, centre.id, id);
    signPayment(tx, actor, centre, { payment, signed: { undocumented: words.undocumented } });
  }
}

function balanceOf(tx: Tx, centreId: number, account: string): number {
  return tx.$client
    .prepare(
      `SELECT coalesce(sum(debit_rial - credit_rial), 0) FROM balances
       WHERE centre_id = ? AND account = ? AND fund = ?`,
    )
    .pluck()
    .get(centreId, account, FUND) as number;
}
