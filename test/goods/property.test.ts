/** B-81: whatever is tried, no stock and no fund is ever less than nothing, and the books say the same. */
import { expect } from 'chai';
import type { Actor } from '../../src/access/actor.ts';
import type { Centre } from '../../src/centres/centres.ts';
import { agreeValue, proposeValue } from '../../src/goods/appraisals.ts';
import { goodsChecks } from '../../src/goods/checks.ts';
import { type Count, openCount, openCountsOf } from '../../src/goods/counts.ts';
import { inspectLot } from '../../src/goods/inspections.ts';
import { findGoodsIntention } from '../../src/goods/intention-rows.ts';
import { changeGoodsIntention, takeBackGoodsIntention } from '../../src/goods/intentions.ts';
import { findLot } from '../../src/goods/lots.ts';
import { stockOfLot } from '../../src/goods/moves.ts';
import { findSalePermission, permitSale, sellLot } from '../../src/goods/sales.ts';
import { CAUSES } from '../../src/goods/schema.ts';
import { openStore } from '../../src/goods/stores.ts';
import { answerTally, approveCount, lotsToCount, writeTally } from '../../src/goods/tallies.ts';
import { sendLot } from '../../src/goods/transfers.ts';
import { agreeWaste, proposeWaste, wastesOf } from '../../src/goods/wastes.ts';
import { prepareDelivery } from '../../src/payments/deliveries.ts';
import { signDelivery } from '../../src/payments/delivering.ts';
import { findDelivery } from '../../src/payments/delivery-rows.ts';
import { findRecipient, registerRecipient } from '../../src/payments/recipients.ts';
import { returnGoods } from '../../src/payments/returns.ts';
import type { Tx } from '../../src/provinces/connection.ts';
import { enter } from '../../src/provinces/enter.ts';
import { NotFound, Refusal } from '../../src/refusal.ts';
import { dice } from '../boundary/drawn.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';
import { give, ready } from './goods.ts';

describe('B-81, any sequence of deeds with goods', () => {
  let world: World;
  afterEach(() => world.close());

  for (const seed of [1, 2]) {
    it(`leaves stock and funds above zero and equal to the books (${seed})`, async () => {
      world = await buildWorld();
      const roll = dice(seed);
      const done: Record<string, number> = {};
      await enter(world.province, (tx) => lay(tx, world));
      for (let at = 0; at < 400; at += 1) {
        try {
          const name = await enter(world.province, (tx) => tryOne(tx, world, roll));
          done[name] = (done[name] ?? 0) + 1;
        } catch (fault) {
          const held = /^b81|stands_still|what_returns/.test((fault as Error).message);
          if (!(fault instanceof Refusal || fault instanceof NotFound) && !held) throw fault;
          done.refused = (done.refused ?? 0) + 1;
        }
        if (at % 70 === 0) expect(wrong(world)).to.deep.equal([]);
      }
      expect(wrong(world)).to.deep.equal([]);
      expect(lowest(world)).to.be.at.least(0);
      for (const name of ACTS) expect(done[name] ?? 0, name).to.be.greaterThan(0);
      expect(done.refused).to.be.greaterThan(50);
    });
  }
});

const ACTS = [
  ...['receive', 'inspect', 'propose', 'agree', 'send', 'waste', 'sell', 'change', 'prepare'],
  ...['sign', 'count', 'approve'],
] as const;

/** Twelve gifts, some of which expire soon, two stores, leave to sell and somebody in need. */
function lay(tx: Tx, world: World): void {
  const { actor, noor } = world;
  for (let at = 0; at < 12; at += 1) {
    const line = { milli: 9_000 + at, rial: 1_000_001 + 7 * at };
    const fund = FUNDS[at % FUNDS.length]!;
    const [lot] = give(tx, world, [{ ...line, expiresOn: at % 5 ? null : TODAY }], fund);
    if (at < 8) ready(tx, world, lot!);
  }
  openStore(tx, actor('maryam', noor), noor, { name: 'دوم', place: null, keeper: null });
  permitSale(tx, actor('hadi'), noor, {
    ...{ number: '1', decidedOn: TODAY, untilOn: TODAY, itemId: 1, quantityMilli: 90_000 },
    reason: 'مازاد',
  });
  const marks = { sayyid: false, poor: true, need: 'living' as const, persons: 4 };
  registerRecipient(tx, actor('maryam', noor), noor, marks);
}

const FUNDS = ['dowry', 'kaffara', 'sadaqa', 'purpose'];

/** One deed by chance; its name, where it was done. */
function tryOne(tx: Tx, world: World, roll: () => number): string {
  const { actor, noor, users } = world;
  const [maryam, reza, zahra] = [actor('maryam', noor), actor('reza', noor), actor('zahra', noor)];
  const one = <T>(list: readonly T[]) => list[Math.floor(roll() * list.length)]!;
  const many = (table: string) =>
    tx.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  const lot = findLot(tx, noor.id, 1 + Math.floor(roll() * Math.min(16, many('lots'))));
  const who = one([maryam, reza]);
  const quantityMilli = 1 + Math.floor(roll() * 2_000);
  const storeId = one([1, 1, 2]);
  const open = openCountsOf(tx, noor.id)[0];
  const deeds: Record<string, () => unknown> = {
    receive: () => give(tx, world, [{ milli: quantityMilli, rial: 999 }], one(FUNDS)),
    inspect: () => inspectLot(tx, who, noor, { lot, refusedMilli: one([0, 17]), reason: 'آسیب' }),
    propose: () => {
      const valueRial = Math.floor(roll() * 3_000_000);
      proposeValue(tx, who, noor, { lot, valueRial, basis: 'expert', note: null });
    },
    agree: () => agreeValue(tx, who, noor, lot),
    send: () => sendLot(tx, who, noor, { lot, fromId: storeId, toId: 3 - storeId, quantityMilli }),
    waste: () => {
      const cause = one(CAUSES);
      proposeWaste(tx, who, noor, { lot, storeId, quantityMilli, cause, words: 'شرح' });
    },
    'agree-waste': () => {
      const waste = one(wastesOf(tx, noor.id, 5, 0));
      if (!waste) throw new NotFound();
      agreeWaste(tx, who, noor, waste);
    },
    sell: () =>
      sellLot(tx, reza, noor, {
        ...{ lot, storeId, quantityMilli, priceRial: 1_000, account: '1101', buyer: 'خریدار' },
        permission: findSalePermission(tx, noor.id, 1),
      }),
    change: () =>
      changeGoodsIntention(tx, who, noor, {
        lot,
        asked: {
          ...{ storeId, quantityMilli, toFund: one(FUNDS), way: 'consent', consent: 'writing' },
          ...{ consentedOn: TODAY, reason: 'به خواست بخشندهٔ آن' },
        },
      }),
    back: () => {
      const change = findGoodsIntention(tx, noor.id, 1 + Math.floor(roll() * 9));
      takeBackGoodsIntention(tx, who, noor, { change, reason: 'پشیمان شد' });
    },
    prepare: () =>
      prepareDelivery(tx, maryam, noor, {
        ...{ recipient: findRecipient(tx, noor.id, 1), storeId, account: '6101' },
        ...{ purpose: 'سبد', exception: false },
        wanted: [{ itemId: 1, quantityMilli, field: 'items.0.quantity' }],
      }),
    sign: () => {
      const delivery = findDelivery(tx, noor.id, many('deliveries'));
      signDelivery(tx, who, noor, { delivery, signed: {} });
    },
    return: () => {
      const delivery = findDelivery(tx, noor.id, 1 + Math.floor(roll() * many('deliveries')));
      const [first] = delivery.items;
      const part = { lotNumber: first!.lotNumber, quantityMilli: 1 + Math.floor(roll() * 300) };
      const back = [{ ...part, field: 'items.0.quantity' }];
      returnGoods(tx, who, noor, { delivery, back, reason: 'بیش از نیاز' });
    },
    count: () =>
      open
        ? writeOrAgree(tx, { maryam, zahra }, noor, open, roll)
        : openCount(tx, reza, noor, {
            ...{ storeId, surprise: true, firstBy: users.zahra, secondBy: users.maryam },
          }),
    approve: () => approveCount(tx, reza, noor, open!),
  };
  // An open count holds the store still, so it is ended sooner than it is begun.
  const name = open && roll() < 0.6 ? one(['count', 'approve']) : one(Object.keys(deeds));
  if (!open && (name === 'approve' || (name === 'count' && roll() < 0.5))) throw new NotFound();
  deeds[name]!();
  for (const { quantityMilli: left, valueRial } of stockOfLot(tx, lot.id)) {
    expect(Math.min(left, valueRial)).to.be.at.least(0);
  }
  return name;
}

/** The first writes what he found, mostly what is there, and the second agrees. */
function writeOrAgree(
  tx: Tx,
  { maryam, zahra }: Record<'maryam' | 'zahra', Actor>,
  noor: Centre,
  count: Count,
  roll: () => number,
): void {
  if (count.state === 'tallied') {
    answerTally(tx, maryam, noor, { count, again: null });
    return;
  }
  const lines = lotsToCount(tx, count).map(({ lotId }): [number, number] => {
    const here = stockOfLot(tx, lotId).find((one) => one.storeId === count.storeId);
    const there = here?.quantityMilli ?? 0;
    return [lotId, roll() < 0.8 ? there : Math.max(here?.allocatedMilli ?? 0, there - 5)];
  });
  const found = [{ itemId: 1, quantityMilli: 250, valueRial: 77, fund: 'sadaqa', expiresOn: null }];
  writeTally(tx, zahra, noor, { count, lines: new Map(lines), found });
}

const wrong = ({ province }: World) =>
  goodsChecks.map(({ name, run }) => [name, run(province.db)]).filter(([, what]) => what !== null);

/** The least that any fund has on any account of money or goods. */
function lowest({ province }: World): number {
  return province.db.$client
    .prepare(
      `SELECT coalesce(min(net), 0) FROM (SELECT sum(debit_rial - credit_rial) AS net FROM balances
         WHERE account GLOB '1[13]*' GROUP BY centre_id, account, fund)`,
    )
    .pluck()
    .get() as number;
}
