/** Where a centre keeps its goods, what lay there when it began, and how it is counted. */

import { findCount, openCount } from '../../src/goods/counts.ts';
import { registerItem } from '../../src/goods/items.ts';
import { stockOfLot } from '../../src/goods/moves.ts';
import { agreeSheet, findSheet, openStock } from '../../src/goods/opening-stock.ts';
import { openStore, type Store, storesOf } from '../../src/goods/stores.ts';
import { answerTally, approveCount, lotsToCount, writeTally } from '../../src/goods/tallies.ts';
import { itemOf } from './gifts.ts';
import { type Turn, words } from './house.ts';

/** So many kinds of goods lay there on the first day. */
const LAY_THERE = 4;

export function beginStores(turn: Turn): void {
  const { tx, centre, chair, finance, house, today } = turn;
  const stores = house.large ? words.stores : words.stores.slice(0, 1);
  for (const store of stores) openStore(tx, finance, centre, store);
  for (const { name, unit, account } of words.goods) {
    registerItem(tx, finance, centre, { name, unit, account, lowMilli: null });
  }
  if (!house.large) return;
  const lay = words.goods.slice(0, LAY_THERE).map((good) => {
    const { name, unit, quantityMilli, valueRial, ...more } = itemOf(good, good.least * 20, today);
    return { name, unit, quantityMilli, valueRial, ...more, fund: 'sadaqa', store: null };
  });
  const { id } = openStock(tx, finance, centre, lay);
  agreeSheet(tx, chair, centre, findSheet(tx, centre.id, id));
}

/** Twice a year two count what lies in the first store, and a third approves; a little is missing. */
export function countStore(turn: Turn): void {
  const [store] = storesOf(turn.tx, turn.centre.id);
  count(turn, store!);
}

function count(turn: Turn, store: Store): void {
  const { tx, centre, finance, house, as } = turn;
  const [first, second] = house.counters;
  const two = { firstBy: first!, secondBy: second! };
  const opened = openCount(tx, finance, centre, { storeId: store.id, surprise: false, ...two });
  const known = () => findCount(tx, centre.id, opened.id);
  const lines = new Map(
    lotsToCount(tx, opened).map(({ lotId }, n) => {
      const here = stockOfLot(tx, lotId).find(({ storeId }) => storeId === store.id);
      const milli = here?.quantityMilli ?? 0;
      return [lotId, n === 0 ? Math.max(0, milli - 1000) : milli];
    }),
  );
  writeTally(tx, as(first!), centre, { count: known(), lines, found: [] });
  answerTally(tx, as(second!), centre, { count: known(), again: null });
  approveCount(tx, finance, centre, known());
}
