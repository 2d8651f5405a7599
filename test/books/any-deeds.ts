/** Deeds with money and goods of one centre, each by chance: many of them are refused. */
import { quarter } from '../../seeds/neighbourhood.ts';
import type { Actor } from '../../src/access/actor.ts';
import { cashInBooks, countCash, DENOMINATIONS, signCount } from '../../src/bank/counts.ts';
import { prepareTransfer, reverseTransfer, signTransfer } from '../../src/bank/transfers.ts';
import { draftEntry, postDraft } from '../../src/books/drafts.ts';
import { findEntryById, reverseByHand } from '../../src/books/entries.ts';
import { lockThrough } from '../../src/books/periods.ts';
import { insidePoint } from '../../src/boundary/measure.ts';
import { installBox } from '../../src/boxes/boxes.ts';
import { confirmCount, countBox } from '../../src/boxes/openings.ts';
import { peopleOf } from '../../src/boxes/people.ts';
import { remitBoxMoney } from '../../src/boxes/remittances.ts';
import { findCheque, recordStep, undoClearing } from '../../src/donations/cheques.ts';
import {
  depositsOf,
  matchDeposit,
  recordDeposit,
  reverseDeposit,
} from '../../src/donations/deposits.ts';
import {
  cancelReceipt,
  findReceipt,
  type Gift,
  issueReceipt,
} from '../../src/donations/receipts.ts';
import { changeIntention } from '../../src/funds/intentions.ts';
import { agreeValue, proposeValue } from '../../src/goods/appraisals.ts';
import { inspectLot } from '../../src/goods/inspections.ts';
import { findLot } from '../../src/goods/lots.ts';
import { permitSale, salePermissionsOf, sellLot } from '../../src/goods/sales.ts';
import { openStore } from '../../src/goods/stores.ts';
import { sendLot } from '../../src/goods/transfers.ts';
import { agreeWaste, proposeWaste, wastesOf } from '../../src/goods/wastes.ts';
import { prepareDelivery } from '../../src/payments/deliveries.ts';
import { signDelivery } from '../../src/payments/delivering.ts';
import { deliveriesOf, findDelivery } from '../../src/payments/delivery-rows.ts';
import { reversePayment } from '../../src/payments/ending.ts';
import { payeesOf, registerPayee } from '../../src/payments/payees.ts';
import { findPayment, paymentsOf } from '../../src/payments/payment-rows.ts';
import { type AskedPayment, preparePayment } from '../../src/payments/payments.ts';
import { setFloat } from '../../src/payments/petty-cash.ts';
import { recipientsOf, registerRecipient } from '../../src/payments/recipients.ts';
import { returnGoods } from '../../src/payments/returns.ts';
import { signPayment } from '../../src/payments/signing.ts';
import { makePledge } from '../../src/pledges/pledges.ts';
import type { Tx } from '../../src/provinces/connection.ts';
import { addDays, jalaliParts, monthDays } from '../../src/values/jalali-date.ts';
import type { World } from '../support/world.ts';

export type Scene = {
  tx: Tx;
  world: World;
  below: (limit: number) => number;
  one: <T>(list: readonly T[]) => T;
  maryam: Actor;
  reza: Actor;
  /** Makes every number that must be new. */
  next: () => number;
};

const FUNDS = ['sadaqa', 'zakat-general', 'vow', 'kaffara', 'dowry', 'orphans', 'running-costs'];
const EVERY = [...FUNDS, 'purpose', 'khums-imam', 'qard', 'csr', 'fidya'];
const CODE = 'F-12';

/** What there is before anything happens: people, a shop, boxes, stores, two sponsors, a float. */
export function begin({ tx, world, maryam, reza }: Scene): void {
  const { noor } = world;
  const marks = { poor: true, need: 'living' as const, persons: 3 };
  for (const sayyid of [false, false, true]) {
    registerRecipient(tx, maryam, noor, { ...marks, sayyid });
  }
  const payee = { nationalId: null, iban: null };
  registerPayee(tx, maryam, noor, { ...payee, name: 'فروشگاه', kind: 'shop' });
  registerPayee(tx, maryam, noor, { ...payee, name: 'دفتر مرجع', kind: 'marja-office' });
  const child = { kind: 'child-account' as const, childCode: CODE };
  registerPayee(tx, maryam, noor, { ...payee, ...child, name: 'حساب فرزند' });
  for (const name of ['یکم', 'دوم'])
    openStore(tx, maryam, noor, { name, place: null, keeper: null });
  const keeper = { kind: 'shop' as const, name: 'نانوایی', mobile: null };
  const box = { kind: 'shop' as const, fund: 'sadaqa', place: 'میدان', keeper };
  const at = insidePoint(quarter(0));
  for (let n = 0; n < 2; n += 1)
    installBox(tx, reza, noor, { ...box, at, installedOn: reza.today });
  setFloat(tx, reza, noor, { floatRial: 3_000_000, keeper: 'یاسر' });
  makePledge(tx, maryam, noor, {
    ...{ donor: { name: 'محسن', mobile: '09000000001' }, fund: 'orphans', amountRial: 500_000 },
    ...{ repeats: 'monthly', firstOn: maryam.today, lastOn: null, sponsoredCode: CODE },
  });
}

const many = ({ tx }: Scene, table: string) =>
  tx.$client.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get() as number;
const anyId = (scene: Scene, table: string) => 1 + scene.below(many(scene, table));
const receiptBy = ({ tx, world }: Scene, id: number) =>
  findReceipt(
    tx,
    world.noor.id,
    tx.$client
      .prepare("SELECT year || '-' || printf('%06d', number) FROM receipts WHERE donation_id = ?")
      .pluck()
      .get(id) as string,
  );
const lotBy = (scene: Scene) => findLot(scene.tx, scene.world.noor.id, anyId(scene, 'lots'));

function give(scene: Scene): void {
  const { tx, world, below, one, maryam, next } = scene;
  const amountRial = 1000 * (2 + below(900));
  const base = { amountRial, fund: one(EVERY), receivedOn: maryam.today };
  const reference = { reference: String(1000 + next()) };
  const kinds: (() => Partial<Gift>)[] = [
    () => ({}),
    () => ({ kind: 'card', reference }),
    () => ({ kind: 'transfer', reference }),
    () => ({ kind: 'transfer', reference, fund: 'orphans', pledge: 1 }),
    () => ({
      kind: 'cheque',
      reference: { ...reference, bank: 'ملی', dueOn: addDays(maryam.today, below(3)) },
    }),
    () => ({
      fund: 'sadaqa',
      parts: ['sadaqa', one(FUNDS)].map((fund) => ({ fund, amountRial: amountRial / 2 })),
    }),
    () => ({ kind: 'service', service: { description: 'تدریس', hoursCenti: 200 } }),
    () => {
      const expiresOn = one([null, addDays(maryam.today, below(20))]);
      const item = { name: one(['برنج', 'آرد']), unit: 'kg' as const, account: '1301', expiresOn };
      const worth = { quantityMilli: 1 + below(9000), valueRial: amountRial };
      return { kind: 'goods', items: [{ ...item, ...worth, condition: 'perishable' }] };
    },
  ];
  issueReceipt(tx, maryam, world.noor, { ...base, ...one(kinds)(), unusualAmount: 'confirmed' });
}

const deposits = ({ tx, world }: Scene) =>
  depositsOf(tx, world.noor.id, { state: 'waiting' }, { limit: 9, offset: 0 });

function pay(scene: Scene): void {
  const { tx, world, below, one, maryam, reza, next } = scene;
  const { noor } = world;
  const fund = one(EVERY);
  const gift = one([null, anyId(scene, 'donations')]);
  const recipients = recipientsOf(tx, noor.id, {}, { limit: 9, from: 0 });
  const payees = payeesOf(tx, noor.id, {}, { limit: 9, from: 0 });
  const line = (account: string) => [
    { fund, account, amountRial: 1 + below(400_000), donationId: gift },
  ];
  const kinds: (() => Pick<AskedPayment, 'kind' | 'lines'> & Partial<AskedPayment>)[] = [
    () => ({ kind: 'aid', lines: line(one(['6101', '6102', '6103', '6108'])) }),
    () => ({ kind: 'running', lines: line(one(['7101', '7102'])) }),
    () => ({ kind: 'petty', lines: line('1103') }),
    () => ({ kind: 'pass-on', lines: line(one(['3103', '3104'])) }),
    () => {
      const lines = line('1301');
      const { amountRial: valueRial } = lines[0]!;
      const good = { name: 'برنج', unit: 'kg' as const, condition: 'new' as const, line: 0 };
      const goods = [{ ...good, quantityMilli: 1 + below(9000), valueRial, expiresOn: null }];
      return { kind: 'purchase', lines, goods };
    },
  ];
  const asked = one(kinds)();
  const { id } = preparePayment(tx, maryam, noor, {
    ...{ account: one(['1101', '1102', '1103'] as const), goods: [] },
    ...{ storeId: null, purpose: 'بابت', reference: String(next()), exception: false },
    ...{ recipient: asked.kind === 'aid' ? one(recipients) : null, ...asked },
    payee: asked.kind === 'aid' || asked.kind === 'petty' ? null : one(payees),
  });
  for (const actor of [maryam, reza]) {
    const payment = findPayment(tx, noor.id, id);
    signPayment(tx, actor, noor, { payment, signed: { undocumented: 'در بایگانی است' } });
  }
}

function deliver(scene: Scene): void {
  const { tx, world, below, one, maryam, reza } = scene;
  const { noor } = world;
  if (many(scene, 'items') === 0) return;
  const recipient = one(recipientsOf(tx, noor.id, {}, { limit: 9, from: 0 }));
  const wanted = [
    { itemId: anyId(scene, 'items'), quantityMilli: 1 + below(3000), field: 'items.0' },
  ];
  const { id } = prepareDelivery(tx, maryam, noor, {
    ...{ recipient, storeId: one([1, 2]), account: one(['6101', '6103']), purpose: 'سبد' },
    ...{ wanted, exception: false },
  });
  if (below(4) === 0) return;
  for (const actor of [maryam, reza]) {
    signDelivery(tx, actor, noor, { delivery: findDelivery(tx, noor.id, id), signed: {} });
  }
}

function transfer({ tx, world, below, one, maryam, reza, next }: Scene): void {
  const [from, to] = one([['1101', '1102'] as const, ['1102', '1101'] as const]);
  const { id } = prepareTransfer(tx, maryam, world.noor, {
    ...{ from, to, movedOn: maryam.today, slip: String(next()), note: null },
    funds: [{ fund: one(EVERY), amountRial: 1 + below(500_000) }],
  });
  signTransfer(tx, reza, world.noor, id);
}

function countMoney({ tx, world, below, maryam, reza }: Scene): void {
  let left = Math.max(0, cashInBooks(tx, world.noor.id) + 1000 * (below(5) - 2));
  const notes = DENOMINATIONS.map((denomination) => {
    const pieces = Math.floor(left / denomination);
    left -= pieces * denomination;
    return { denomination, pieces };
  });
  const { id } = countCash(tx, maryam, world.noor, { notes, fund: 'sadaqa', reason: 'نامعلوم' });
  signCount(tx, reza, world.noor, id);
}

function openBox({ tx, world, below, one, maryam, reza, next }: Scene): void {
  const { noor } = world;
  const [first, second] = peopleOf(tx, noor.id, reza.today);
  const sheet = [{ form: 'note' as const, faceRial: 100_000, pieces: 1 + below(9) }];
  const totalRial = sheet[0]!.pieces * 100_000;
  const bag = { number: String(next()), rial: totalRial };
  const { id } = countBox(tx, reza, noor, one([1, 2]), {
    ...{ openedOn: reza.today, first: first!.key, second: second!.key, sheet, totalRial, bag },
    account: one(['1101', '1104'] as const),
  });
  confirmCount(tx, maryam, noor, id, totalRial);
}

function sell(scene: Scene): void {
  const { tx, world, below, one, reza, next } = scene;
  const { noor } = world;
  const lot = lotBy(scene);
  const quantityMilli = 1 + below(900);
  const leave = { itemId: lot.itemId, quantityMilli: 2000, reason: 'بیش از نیاز است' };
  const days = { decidedOn: reza.today, untilOn: reza.today, number: String(next()) };
  permitSale(tx, world.actor('hadi'), noor, { ...leave, ...days });
  const permission = one(salePermissionsOf(tx, noor.id));
  const sale = { priceRial: 1000 + below(9000), account: one(['1101', '1102'] as const) };
  sellLot(tx, reza, noor, {
    ...{ ...sale, lot, permission, storeId: one([1, 2]), quantityMilli, buyer: 'خریدار' },
  });
}

function writeByHand({ tx, world, below, one, maryam, reza }: Scene): void {
  const accounts = ['1101', '1102', '1301', '3101', '5402', '6101', '7101', '1202'];
  const [fund, rial] = [one(EVERY), 1 + below(90_000)];
  const draft = draftEntry(tx, maryam, world.noor.id, {
    ...{ entryOn: maryam.today, description: 'سند دستی' },
    lines: [
      { account: one(accounts), fund, debitRial: rial, creditRial: 0 },
      { account: one(accounts), fund, debitRial: 0, creditRial: rial },
    ],
  });
  postDraft(tx, reza, draft);
}

function takeBackDelivery({ tx, world, below, one, maryam }: Scene): void {
  const made = deliveriesOf(tx, world.noor.id, { state: 'made' }, { limit: 9, skip: 0 });
  if (made.length === 0) return;
  const delivery = findDelivery(tx, world.noor.id, one(made).id);
  const { lotNumber, quantityMilli } = one(delivery.items);
  const back = [{ lotNumber, quantityMilli: 1 + below(quantityMilli), field: 'items.0' }];
  returnGoods(tx, maryam, world.noor, { delivery, back, reason: 'برگشت داده شد' });
}

function stepCheque(scene: Scene): void {
  const { tx, world, one, maryam, reza } = scene;
  const { noor } = world;
  const numbers = tx.$client.prepare("SELECT year || '-' || printf('%06d', number) FROM cheques");
  const known = numbers.pluck().all() as string[];
  if (known.length === 0) return;
  const cheque = findCheque(tx, noor.id, one(known));
  const actor = one([maryam, reza]);
  if (cheque.state === 'cleared') undoClearing(tx, actor, noor, cheque, 'اشتباه بود');
  else {
    const note = 'برگشت خورد';
    recordStep(tx, actor, noor, cheque, {
      state: one(['deposited', 'cleared', 'bounced', 'returned'] as const),
      happenedOn: actor.today,
      note,
    });
  }
}

/** Every deed; the more often one stands here, the more often it is tried. */
export const DEEDS: ((scene: Scene) => void)[] = [
  ...[give, give, give, give, pay, pay, pay, pay, deliver, deliver, transfer, transfer],
  ...[countMoney, openBox, sell, writeByHand, takeBackDelivery, stepCheque, stepCheque],
  (scene) => {
    const { tx, world, one, maryam, reza } = scene;
    const receipt = receiptBy(scene, anyId(scene, 'donations'));
    cancelReceipt(tx, one([maryam, reza]), world.noor, receipt, 'اشتباه بود');
  },
  ({ tx, world, below, maryam, next }) => {
    const typed = { reference: String(1000 + next()), depositedOn: maryam.today };
    recordDeposit(tx, maryam, world.noor, { ...typed, amountRial: 1000 * (1 + below(900)) });
  },
  (scene) => {
    const { tx, world, one, maryam } = scene;
    const [waiting] = deposits(scene);
    if (waiting) matchDeposit(tx, maryam, world.noor, waiting, { fund: one(FUNDS) });
  },
  (scene) => {
    const { tx, world, one, maryam, reza } = scene;
    const [waiting] = deposits(scene);
    if (waiting) reverseDeposit(tx, one([maryam, reza]), world.noor, waiting, 'اشتباه بود');
  },
  (scene) => {
    const { tx, world, one, reza } = scene;
    const made = paymentsOf(tx, world.noor.id, { state: 'made' }, { limit: 20, skip: 0 });
    if (made.length === 0) return;
    const payment = findPayment(tx, world.noor.id, one(made).id);
    reversePayment(tx, reza, world.noor, { payment, reason: 'پول برگشت' });
  },
  (scene) => {
    const { tx, world, maryam } = scene;
    const id = anyId(scene, 'money_transfers');
    reverseTransfer(tx, maryam, world.noor, { id, reason: 'اشتباه بود' });
  },
  ({ tx, world, below, one, maryam, next }) => {
    const amountRial = 100_000 * (1 + below(5));
    remitBoxMoney(tx, maryam, world.noor, {
      ...{ remittedOn: maryam.today, account: one(['1101', '1102'] as const), fund: 'sadaqa' },
      ...{ amountRial, reference: String(1000 + next()) },
    });
  },
  (scene) => {
    const { tx, world, below, one, maryam } = scene;
    const refusedMilli = one([0, 0, below(50)]);
    inspectLot(tx, maryam, world.noor, { lot: lotBy(scene), refusedMilli, reason: 'آسیب‌دیده' });
  },
  (scene) => {
    const { tx, world, below, maryam, reza } = scene;
    const lot = lotBy(scene);
    const proposal = { lot, valueRial: below(900_000), basis: 'expert' as const, note: null };
    proposeValue(tx, maryam, world.noor, proposal);
    agreeValue(tx, reza, world.noor, lot);
  },
  (scene) => {
    const { tx, world, below, one, maryam } = scene;
    const [fromId, toId] = one([[1, 2] as const, [2, 1] as const]);
    sendLot(tx, maryam, world.noor, {
      lot: lotBy(scene),
      fromId,
      toId,
      quantityMilli: 1 + below(3000),
    });
  },
  (scene) => {
    const { tx, world, below, one, maryam, reza } = scene;
    const off = { lot: lotBy(scene), storeId: one([1, 2]), quantityMilli: 1 + below(2000) };
    proposeWaste(tx, maryam, world.noor, { ...off, cause: 'spoiled', words: null });
    const [waste] = wastesOf(tx, world.noor.id, 1, 0);
    if (waste?.agreed === null) agreeWaste(tx, reza, world.noor, waste);
  },
  (scene) => {
    const { tx, world, below, one, reza } = scene;
    const receipt = receiptBy(scene, anyId(scene, 'donations'));
    changeIntention(tx, reza, world.noor, {
      receipt,
      asked: {
        ...{ fromFund: one(['dowry', 'orphans', 'csr']), toFund: one(EVERY), way: 'consent' },
        ...{ amountRial: 1 + below(200_000), account: one(['1101', '1102']), consent: 'speech' },
        ...{ consentedOn: reza.today, reason: 'نیکوکار خودش خواست' },
      },
    });
  },
  (scene) => {
    const { tx, world, one, maryam, reza } = scene;
    const entry = findEntryById(tx, anyId(scene, 'entries'));
    if (entry.centreId !== world.noor.id) return;
    reverseByHand(tx, one([maryam, reza]), entry, 'سند اشتباه بود');
  },
  ({ tx, world, maryam, below }) => {
    if (below(8) > 0) return;
    const { year, month } = jalaliParts(maryam.today);
    if (month > 1) lockThrough(tx, maryam, world.noor, monthDays(year, month - 1).to);
  },
];
