/** Goods as the tests bring them in. */
import { issueReceipt } from '../../src/donations/receipts.ts';
import { announceGoods } from '../../src/goods/announcements.ts';
import { agreeValue, proposeValue } from '../../src/goods/appraisals.ts';
import { openCount } from '../../src/goods/counts.ts';
import { inspectLot } from '../../src/goods/inspections.ts';
import { changeGoodsIntention } from '../../src/goods/intentions.ts';
import { makeKit } from '../../src/goods/kits.ts';
import { type Lot, lotsOfGift } from '../../src/goods/lots.ts';
import { stockOfLot } from '../../src/goods/moves.ts';
import { openStock } from '../../src/goods/opening-stock.ts';
import { permitSale } from '../../src/goods/sales.ts';
import { openStore } from '../../src/goods/stores.ts';
import { proposeWaste } from '../../src/goods/wastes.ts';
import type { Tx } from '../../src/provinces/connection.ts';
import { FOUNDED, TODAY, type World } from '../support/world.ts';

export type Line = { name?: string; milli?: number; rial?: number; expiresOn?: string | null };

/** A gift of goods with its receipt: ten kilos of rice worth a million rials unless told. */
export function give(tx: Tx, { actor, noor }: World, lines: Line[] = [{}], fund = 'sadaqa'): Lot[] {
  const items = lines.map(({ name = 'برنج', milli = 10_000, rial = 1_000_000, expiresOn }) => ({
    ...{ name, quantityMilli: milli, unit: 'kg' as const, valueRial: rial, account: '1301' },
    ...{ condition: 'perishable' as const, expiresOn: expiresOn ?? null },
  }));
  const amountRial = items.reduce((sum, { valueRial }) => sum + valueRial, 0);
  const gift = { kind: 'goods' as const, amountRial, fund, receivedOn: TODAY, items };
  return lotsOfGift(tx, issueReceipt(tx, actor('maryam', noor), noor, gift).id);
}

/** Looked at and appraised by two, at what the receipt says unless told. */
export function ready(tx: Tx, { actor, noor }: World, lot: Lot, valueRial = 1_000_000): Lot {
  inspectLot(tx, actor('maryam', noor), noor, { lot, refusedMilli: 0, reason: null });
  const proposal = { lot, valueRial, basis: 'market-price' as const, note: null };
  proposeValue(tx, actor('maryam', noor), noor, proposal);
  agreeValue(tx, actor('reza', noor), noor, lot);
  return lot;
}

/** Something on every page of goods: lots in each state, a kit, an announcement, an open count. */
export function layGoods(tx: Tx, world: World): void {
  const { actor, noor, users } = world;
  const maryam = actor('maryam', noor);
  const reza = actor('reza', noor);
  const [rice, oil] = give(tx, world, [{}, { name: 'روغن', expiresOn: '2026-12-01' }]);
  ready(tx, world, rice!);
  ready(tx, world, oil!, 2_000_000);
  const [sugar] = give(tx, world, [{ name: 'قند' }, { name: 'چای' }], 'kaffara');
  inspectLot(tx, maryam, noor, { lot: sugar!, refusedMilli: 2_000, reason: 'نم کشیده بود' });
  const value = { valueRial: 900_000, basis: 'invoice' as const, note: null };
  proposeValue(tx, maryam, noor, { lot: sugar!, ...value });
  const storeId = stockOfLot(tx, rice!.id)[0]!.storeId;
  const off = { storeId, quantityMilli: 500, cause: 'vermin' as const, words: null };
  proposeWaste(tx, maryam, noor, { lot: rice!, ...off });
  openStore(tx, maryam, noor, { name: 'انبار دوم', place: 'زیرزمین مسجد', keeper: null });
  permitSale(tx, actor('hadi'), noor, {
    ...{ number: '1405/9', decidedOn: TODAY, untilOn: '2026-12-30', itemId: oil!.itemId },
    ...{ quantityMilli: 5_000, reason: 'بیش از نیاز' },
  });
  const parts = [{ itemId: rice!.itemId, quantityMilli: 5_000 }];
  makeKit(tx, maryam, noor, { name: 'سبد خانوار', parts });
  announceGoods(tx, maryam, noor, {
    ...{ fund: 'sadaqa', expectedOn: TODAY, note: null },
    items: [{ name: 'برنج', unit: 'kg', quantityMilli: 50_000 }],
  });
  openStock(
    tx,
    maryam,
    noor,
    [
      {
        ...{ name: 'لحاف', unit: 'piece', account: '1303', quantityMilli: 3_000 },
        ...{ valueRial: 9_000_000, fund: 'sadaqa', condition: 'new', expiresOn: null },
      },
    ],
    { openedOn: FOUNDED },
  );
  const [quilt] = give(tx, world, [{ name: 'پتو' }], 'dowry');
  changeGoodsIntention(tx, reza, noor, {
    lot: ready(tx, world, quilt!),
    asked: {
      ...{ storeId, quantityMilli: 1_000, toFund: 'purpose', way: 'consent', consent: 'writing' },
      ...{ consentedOn: TODAY, reason: 'به خواست بخشندهٔ آن' },
    },
  });
  const two = { firstBy: users.zahra, secondBy: users.maryam };
  openCount(tx, reza, noor, { storeId, surprise: true, ...two });
}
