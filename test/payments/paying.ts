/** Payments and deliveries past the pages, for the tests of what leaves the centre. */
import type { Actor } from '../../src/access/actor.ts';
import { lotsOfGift } from '../../src/goods/lots.ts';
import { stockOfItem } from '../../src/goods/moves.ts';
import { storesOf } from '../../src/goods/stores.ts';
import { prepareDelivery } from '../../src/payments/deliveries.ts';
import { signDelivery } from '../../src/payments/delivering.ts';
import { type Delivery, findDelivery } from '../../src/payments/delivery-rows.ts';
import { type NewPayee, type Payee, registerPayee } from '../../src/payments/payees.ts';
import { findPayment, type Payment } from '../../src/payments/payment-rows.ts';
import { type AskedPayment, preparePayment } from '../../src/payments/payments.ts';
import type { Wanted } from '../../src/payments/picking.ts';
import { type Marks, type Recipient, registerRecipient } from '../../src/payments/recipients.ts';
import { type PaymentSigned, signPayment } from '../../src/payments/signing.ts';
import type { Tx } from '../../src/provinces/connection.ts';
import { enter } from '../../src/provinces/enter.ts';
import { give as gift } from '../donations/gifts.ts';
import type { Person, World } from '../support/world.ts';

export const NOOR = '/centres/noor';

export const as = (world: World, person: Person): Actor => world.actor(person, world.noor);
export const run = <T>(world: World, verb: (tx: Tx) => T): Promise<T> =>
  enter(world.province, verb);

export const POOR: Marks = { sayyid: false, poor: true, need: 'living', persons: 4 };
export const SAYYID: Marks = { ...POOR, sayyid: true };

export function help(world: World, marks: Marks = POOR): Promise<Recipient> {
  return run(world, (tx) => registerRecipient(tx, as(world, 'maryam'), world.noor, marks));
}

export function shop(world: World, more: Partial<NewPayee> = {}): Promise<Payee> {
  const payee: NewPayee = {
    name: 'فروشگاه نمونه',
    kind: 'shop',
    nationalId: null,
    iban: null,
    ...more,
  };
  return run(world, (tx) => registerPayee(tx, as(world, 'maryam'), world.noor, payee));
}

const AID: AskedPayment = {
  ...{ kind: 'aid', account: '1101', recipient: null, payee: null, storeId: null },
  ...{ purpose: 'کمک معیشت', reference: null, lines: [], goods: [], exception: false },
};

/** A payment of one line. */
export function line(
  fund: string,
  account: string,
  amountRial: number,
  donationId: number | null = null,
) {
  return { fund, account, amountRial, donationId };
}

export function prepare(
  world: World,
  more: Partial<AskedPayment>,
  person: Person = 'maryam',
): Promise<Payment> {
  const asked = { ...AID, ...more };
  return run(world, (tx) => preparePayment(tx, as(world, person), world.noor, asked));
}

export function sign(
  world: World,
  { id }: { id: number },
  person: Person,
  signed: PaymentSigned = {},
): Promise<Payment> {
  return run(world, (tx) =>
    signPayment(tx, as(world, person), world.noor, {
      ...{ payment: findPayment(tx, world.noor.id, id), signed },
    }),
  );
}

/** Prepared by Maryam, signed by her and by Reza. */
export async function pay(world: World, more: Partial<AskedPayment>): Promise<Payment> {
  const prepared = await prepare(world, more);
  await sign(world, prepared, 'maryam');
  return sign(world, prepared, 'reza');
}

/** Buys goods with a fund's cash: `[name, quantity in units, rials]`. */
export function buy(
  world: World,
  {
    fund,
    payee,
    goods,
    donationId = null,
    expiresOn = null,
  }: {
    fund: string;
    payee: Payee;
    goods: [string, number, number][];
    donationId?: number | null;
    expiresOn?: string | null;
  },
): Promise<Payment> {
  const amountRial = goods.reduce((sum, [, , rial]) => sum + rial, 0);
  return pay(world, {
    ...{ kind: 'purchase', payee, purpose: 'خرید برای نیازمندان' },
    lines: [line(fund, '1301', amountRial, donationId)],
    goods: goods.map(([name, units, valueRial]) => ({
      ...{ name, quantityMilli: units * 1000, unit: 'kg' as const, valueRial, line: 0 },
      ...{ condition: 'new' as const, expiresOn },
    })),
  });
}

export const storeOf = (world: World) => storesOf(world.province.db, world.noor.id)[0]!;

export function itemCalled(world: World, name: string): number {
  const sql = 'SELECT id FROM items WHERE centre_id = ? AND name = ?';
  return world.province.db.$client.prepare(sql).pluck().get(world.noor.id, name) as number;
}

export function prepareGoods(
  world: World,
  recipient: Recipient,
  wanted: (Omit<Wanted, 'field'> & { field?: string })[],
  more: { person?: Person; exception?: boolean; account?: string } = {},
): Promise<Delivery> {
  const { person = 'maryam', exception = false, account = '6101' } = more;
  return run(world, (tx) =>
    prepareDelivery(tx, as(world, person), world.noor, {
      ...{ recipient, storeId: storeOf(world).id, account, purpose: 'سبد معیشت', exception },
      wanted: wanted.map((one, at) => ({ field: `items.${at}.quantity`, ...one })),
    }),
  );
}

export function signGoods(
  world: World,
  { id }: { id: number },
  person: Person,
  signed: PaymentSigned = {},
): Promise<Delivery> {
  return run(world, (tx) =>
    signDelivery(tx, as(world, person), world.noor, {
      ...{ delivery: findDelivery(tx, world.noor.id, id), signed },
    }),
  );
}

export async function deliver(
  world: World,
  recipient: Recipient,
  wanted: Omit<Wanted, 'field'>[],
): Promise<Delivery> {
  const prepared = await prepareGoods(world, recipient, wanted);
  await signGoods(world, prepared, 'maryam');
  return signGoods(world, prepared, 'reza');
}

/** What an account holds in a fund, in rials. */
export function balance(world: World, account: string, fund: string): number {
  const sql = `SELECT coalesce(sum(debit_rial - credit_rial), 0) FROM balances
    WHERE centre_id = ? AND account = ? AND fund = ?`;
  return world.province.db.$client.prepare(sql).pluck().get(world.noor.id, account, fund) as number;
}

export { gift, lotsOfGift, stockOfItem };
