/** B-81: no sequence of payments and deliveries breaks a fund, a stock, or what is left of a gift. */
import { expect } from 'chai';
import { deliveriesOf, findDelivery } from '../../src/payments/delivery-rows.ts';
import { reversePayment } from '../../src/payments/ending.ts';
import type { Payee } from '../../src/payments/payees.ts';
import { findPayment, paymentsOf } from '../../src/payments/payment-rows.ts';
import type { Recipient } from '../../src/payments/recipients.ts';
import { returnGoods } from '../../src/payments/returns.ts';
import { itemsInStores } from '../../src/payments/store-items.ts';
import { examine } from '../../src/provinces/doctor.ts';
import { Refusal } from '../../src/refusal.ts';
import { dice } from '../books/random-ledger.ts';
import { buildWorld, type World } from '../support/world.ts';
import { as, buy, deliver, gift, help, line, POOR, pay, run, SAYYID, shop } from './paying.ts';

const FUNDS = ['sadaqa', 'zakat-general', 'purpose', 'kaffara', 'fidya', 'khums-sadat', 'dowry'];
const ACCOUNTS = ['6101', '6102', '6103', '6107'];

/** Whatever the file holds that it must never hold. */
const BROKEN = `
  SELECT 'a fund below zero' FROM balances WHERE account GLOB '1[13]*'
  GROUP BY centre_id, account, fund HAVING sum(debit_rial - credit_rial) < 0
  UNION ALL SELECT 'a gift overspent' FROM gift_moves GROUP BY donation_id, fund HAVING sum(rial) < 0
  UNION ALL SELECT 'a stock below zero' FROM stock WHERE quantity_milli < 0 OR value_rial < 0
  UNION ALL SELECT 'goods promised twice' FROM stock s JOIN allocated a
    ON a.lot_id = s.lot_id AND a.store_id = s.store_id WHERE a.quantity_milli > s.quantity_milli
  UNION ALL SELECT 'books and store apart' FROM (
    SELECT i.account, l.fund, s.value_rial AS rial FROM stock s JOIN lots l ON l.id = s.lot_id
    JOIN items i ON i.id = l.item_id
    UNION ALL SELECT account, fund, credit_rial - debit_rial FROM balances WHERE account GLOB '13*')
  GROUP BY account, fund HAVING sum(rial) <> 0`;

describe('B-81: whatever is paid and delivered, in any order', () => {
  for (const seed of [1, 2, 3]) {
    it(`keeps every fund, stock and gift (${seed})`, async function () {
      this.timeout(60_000);
      const world = await buildWorld();
      const done = await live(world, seed, 90);
      expect(done.made).to.be.greaterThan(10);
      expect(done.refused).to.be.greaterThan(5);
      const wrong = examine(world.province.db).filter((one) => one.wrong !== null);
      expect(wrong).to.deep.equal([]);
      await world.close();
    });
  }
});

type Scene = {
  world: World;
  below: (limit: number) => number;
  one: <T>(list: readonly T[]) => T;
  people: Recipient[];
  payee: Payee;
  gifts: { id: number; fund: string }[];
};

async function live(world: World, seed: number, many: number) {
  const roll = dice(seed);
  const below = (limit: number) => Math.floor(roll() * limit);
  const one = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const people = [await help(world, POOR), await help(world, SAYYID), await help(world)];
  const scene: Scene = { world, below, one, people, payee: await shop(world), gifts: [] };
  const counts = { made: 0, refused: 0 };
  for (let at = 0; at < many; at += 1) {
    const deed = one([give, give, aid, aid, aid, purchase, purchase, hand, hand, back, undo]);
    try {
      await deed(scene);
      counts.made += 1;
    } catch (fault) {
      // The code says no before the file has to.
      if (!(fault instanceof Refusal)) throw fault;
      counts.refused += 1;
    }
    const broken = world.province.db.$client.prepare(BROKEN).pluck().all();
    expect(broken, `after ${at} deeds`).to.deep.equal([]);
  }
  return counts;
}

async function give({ world, below, one, gifts }: Scene): Promise<void> {
  const fund = one(FUNDS);
  const { id } = await gift(world, { amountRial: 1000 + below(900_000), fund });
  gifts.push({ id, fund });
}

/** Now and then a gift of another fund, or more than there is. */
function serving({ below, one, gifts }: Scene, fund: string): number | null {
  const fitting = gifts.filter((each) => each.fund === fund);
  return below(3) === 0 || fitting.length === 0 ? null : one(fitting).id;
}

async function aid(scene: Scene): Promise<void> {
  const { world, below, one, people } = scene;
  const fund = one(FUNDS);
  const amount = 1 + below(600_000);
  const lines = [line(fund, one(ACCOUNTS), amount, serving(scene, fund))];
  await pay(world, { recipient: one(people), lines });
}

async function purchase(scene: Scene): Promise<void> {
  const { world, below, one, payee } = scene;
  const fund = one(FUNDS);
  const goods: [string, number, number][] = [[one(['a', 'b']), 1 + below(9), 1 + below(400_000)]];
  await buy(world, { fund, payee, goods, donationId: serving(scene, fund) });
}

async function hand({ world, below, one, people }: Scene): Promise<void> {
  const items = itemsInStores(world.province.db, world.noor.id);
  if (items.length === 0) return;
  const wanted = [{ itemId: one(items).id, quantityMilli: 1 + below(6000) }];
  await deliver(world, one(people), wanted);
}

async function back({ world, below, one }: Scene): Promise<void> {
  const { db } = world.province;
  const given = deliveriesOf(db, world.noor.id, { state: 'made' }, { limit: 50, skip: 0 });
  if (given.length === 0) return;
  const delivery = findDelivery(db, world.noor.id, one(given).id);
  const { lotNumber, quantityMilli } = one(delivery.items);
  const back = [{ lotNumber, quantityMilli: 1 + below(quantityMilli), field: 'items.0.quantity' }];
  await run(world, (tx) =>
    returnGoods(tx, as(world, 'maryam'), world.noor, { delivery, back, reason: 'برگشت' }),
  );
}

async function undo({ world, one }: Scene): Promise<void> {
  const { db } = world.province;
  const made = paymentsOf(db, world.noor.id, { state: 'made' }, { limit: 50, skip: 0 });
  if (made.length === 0) return;
  const payment = findPayment(db, world.noor.id, one(made).id);
  await run(world, (tx) =>
    reversePayment(tx, as(world, 'reza'), world.noor, { payment, reason: 'پول برگشت' }),
  );
}
