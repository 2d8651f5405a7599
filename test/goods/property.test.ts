/** B-81: whatever is tried, no stock and no fund is ever less than nothing, and the books say the same. */
import { expect } from 'chai';
import { agreeValue, proposeValue } from '../../src/goods/appraisals.ts';
import { goodsChecks } from '../../src/goods/checks.ts';
import { inspectLot } from '../../src/goods/inspections.ts';
import { findLot } from '../../src/goods/lots.ts';
import { stockOfLot } from '../../src/goods/moves.ts';
import { permitSale, sellLot } from '../../src/goods/sales.ts';
import { CAUSES } from '../../src/goods/schema.ts';
import { openStore } from '../../src/goods/stores.ts';
import { sendLot } from '../../src/goods/transfers.ts';
import { agreeWaste, proposeWaste, wastesOf } from '../../src/goods/wastes.ts';
import type { Tx } from '../../src/provinces/connection.ts';
import { enter } from '../../src/provinces/enter.ts';
import { Refusal } from '../../src/refusal.ts';
import { dice } from '../boundary/drawn.ts';
import { buildWorld, TODAY, type World } from '../support/world.ts';
import { give } from './goods.ts';

describe('B-81, any sequence of deeds with goods', () => {
  for (const seed of [1, 2, 3]) {
    it(`leaves stock and funds above zero and equal to the books (${seed})`, async () => {
      const world = await buildWorld();
      const roll = dice(seed);
      const done = { made: 0, refused: 0 };
      await enter(world.province, (tx) => lay(tx, world));
      for (let at = 0; at < 250; at += 1) {
        try {
          await enter(world.province, (tx) => tryOne(tx, world, roll));
          done.made += 1;
        } catch (fault) {
          if (!(fault instanceof Refusal) && !/^b81|stands_still/.test((fault as Error).message)) {
            throw fault;
          }
          done.refused += 1;
        }
        if (at % 25 === 0) expect(wrong(world)).to.deep.equal([]);
      }
      expect(wrong(world)).to.deep.equal([]);
      expect(lowest(world)).to.be.at.least(0);
      expect(done.made).to.be.greaterThan(30);
      expect(done.refused).to.be.greaterThan(20);
      await world.close();
    });
  }
});

/** Twelve gifts, some of which expire soon, two stores and leave to sell. */
function lay(tx: Tx, world: World): void {
  const { actor, noor } = world;
  for (let at = 0; at < 12; at += 1) {
    const line = { milli: 3_000 + at, rial: 1_000_001 + 7 * at };
    give(tx, world, [{ ...line, expiresOn: at % 3 ? null : TODAY }], at % 2 ? 'kaffara' : 'sadaqa');
  }
  openStore(tx, actor('maryam', noor), noor, { name: 'دوم', place: null, keeper: null });
  permitSale(tx, actor('hadi'), noor, {
    ...{ number: '1', decidedOn: TODAY, untilOn: TODAY, itemId: 1, quantityMilli: 9_000 },
    reason: 'مازاد',
  });
}

function tryOne(tx: Tx, { actor, noor }: World, roll: () => number): void {
  const [maryam, reza] = [actor('maryam', noor), actor('reza', noor)];
  const one = <T>(list: readonly T[]) => list[Math.floor(roll() * list.length)]!;
  const lot = findLot(tx, noor.id, 1 + Math.floor(roll() * 12));
  const who = one([maryam, reza]);
  const quantityMilli = 1 + Math.floor(roll() * 2_000);
  const storeId = one([1, 2]);
  const deeds = [
    () => inspectLot(tx, who, noor, { lot, refusedMilli: one([0, 17]), reason: 'آسیب' }),
    () => {
      const valueRial = Math.floor(roll() * 3_000_000);
      proposeValue(tx, who, noor, { lot, valueRial, basis: 'expert', note: null });
    },
    () => agreeValue(tx, who, noor, lot),
    () => sendLot(tx, who, noor, { lot, fromId: storeId, toId: one([1, 2]), quantityMilli }),
    () => {
      const cause = one(CAUSES);
      proposeWaste(tx, who, noor, { lot, storeId, quantityMilli, cause, words: 'شرح' });
    },
    () => {
      const waste = one(wastesOf(tx, noor.id, 5, 0));
      if (waste) agreeWaste(tx, who, noor, waste);
    },
    () => {
      const permission = { id: 1, itemId: 1, quantityMilli: 9_000, soldMilli: 0 };
      const leave = { ...permission, number: '1', decidedOn: TODAY, untilOn: TODAY };
      sellLot(tx, reza, noor, {
        ...{ lot, storeId, quantityMilli, priceRial: 1_000, account: '1101', buyer: 'خریدار' },
        permission: { ...leave, item: '', unit: 'kg', reason: '', recordedByName: '' },
      });
    },
  ];
  one(deeds)();
  for (const { quantityMilli: left, valueRial } of stockOfLot(tx, lot.id)) {
    expect(Math.min(left, valueRial)).to.be.at.least(0);
  }
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
