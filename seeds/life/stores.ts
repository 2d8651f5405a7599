/** Where a centre keeps its goods, what lay there when it began, and how it is counted. */

import { findCount, openCount } from '../../src/goods/counts.ts';
import { registerItem } from '../../src/goods/items.ts';
import { stockOfLot } from '../../src/goods/moves.ts';
import { openStore, type Store, storesOf } from '../../src/goods/stores.ts';
import {
  answerTally,
  approveCount,
  type Found,
  lotsToCount,
  writeTally,
} from '../../src/goods/tallies.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { type Turn, words } from './house.ts';

/** So many kinds of goods lay there on the first day. */
const LAY_THERE = 4;

export function beginStores(turn: Turn): void {
  const { tx, centre, finance, house, today } = turn;
  const stores = house.large ? words.stores : words.stores.slice(0, 1);
  for (const store of stores) openStore(tx, finance, centre, store);
  const items = words.goods.map(({ name, unit, account }) =>
    registerItem(tx, finance, centre, { name, unit, account, lowMilli: null }),
  );
  if (!house.large) return;
  const found = items.slice(0, LAY_THERE).map(({ id }, n) => {
    const { rial, least, keeps } = words.goods[n]!;
    const units = least * 20;
    return {
      ...{ itemId: id, quantityMilli: units * 1000, valueRial: units * rial, fund: 'sadaqa' },
      expiresOn: keeps === null ? null : addDays(today, keeps),
    };
  });
  count(turn, storesOf(tx, centre.id)[0]!, { found, missing: 0 });
}

/** Twice a year two count what lies in the first store, and a third approves; a little is missing. */
export function countStore(turn: Turn): void {
  count(turn, storesOf(turn.tx, turn.centre.id)[0]!, { found: [], missing: 1 });
}

type Counting = { found: Found[]; missing: number };

function count(turn: Turn, store: Store, { found, missing }: Counting): void {
  const { tx, centre, finance, house, as } = turn;
  const [first, second] = house.counters;
  const two = { firstBy: first!, secondBy: second! };
  const opened = openCount(tx, finance, centre, { storeId: store.id, surprise: false, ...two });
  const known = () => findCount(tx, centre.id, opened.id);
  const lines = new Map(
    lotsToCount(tx, opened).map(({ lotId }, n) => {
      const here = stockOfLot(tx, lotId).find(({ storeId }) => storeId === store.id);
      const milli = here?.quantityMilli ?? 0;
      return [lotId, n < missing ? Math.max(0, milli - 1000) : milli];
    }),
  );
  writeTally(tx, as(first!), centre, { count: known(), lines, found });
  answerTally(tx, as(second!), centre, { count: known(), again: null });
  approveCount(tx, finance, centre, known());
}
