/**
 * Goods: what the stores held, what came in and went out, in rials by store and by intention, and item
 * by item in quantity and value.
 */
import { fundsOf } from '../funds/funds.ts';
import { goodsStatement as itemsOf, totalsOf } from '../goods/statement.ts';
import type { Db } from '../provinces/connection.ts';
import { type Flow, flowsOf } from './cash-moves.ts';
import type { Period } from './period.ts';
import { type Figures, figuresOf } from './statement-figures.ts';
import {
  codesOf,
  head,
  type Named,
  type Statement,
  type StatementRow,
  yearBefore,
} from './statements.ts';

const COLUMNS = ['opening', 'came', 'went', 'closing', 'before'];
const STORES = /^13/;
/** Leads to the quantity of each item. */
export const QUANTITIES = 'goods-quantities';

type Key = { account?: string; fund?: string };

export function goodsStatement(db: Db, centreId: number, period: Period, blind = false): Statement {
  const now = figuresOf(db, centreId, period);
  const before = figuresOf(db, centreId, yearBefore(period));
  const flows = flowsOf(db, centreId, period, '13*');
  const amounts = (key: Key): number[] => {
    const mine = flows.filter(matches(key));
    // A store is debited with what comes into it.
    const came = mine.reduce((sum, { out }) => sum + out, 0);
    const went = mine.reduce((sum, one) => sum + one.in, 0);
    return [
      held(now, 'opening', key),
      came,
      went,
      held(now, 'closing', key),
      held(before, 'closing', key),
    ];
  };
  const line = (named: Named, key: Key): StatementRow[] => {
    const row: StatementRow = { kind: 'line', named, amounts: amounts(key) };
    return row.amounts.some((amount) => amount !== 0) ? [row] : [];
  };
  const accounts = codesOf([...now.opening, ...now.moved, ...before.closing], STORES);
  const [opening, came, went, closing] = amounts({}) as [number, number, number, number];
  return {
    ...{
      name: 'goods',
      ...period,
      columns: COLUMNS,
      totals: { opening, in: came, out: went, closing },
    },
    rows: [
      head('stores'),
      ...accounts.flatMap((account) => line({ account }, { account })),
      { kind: 'sum', named: { word: 'total-goods' }, amounts: amounts({}) },
      head('goods-by-fund'),
      ...fundsOf(db).flatMap(({ code }) => line({ fund: code }, { fund: code })),
      { kind: 'total', named: { word: 'total-goods' }, amounts: amounts({}) },
      ...(blind ? [text('goods-blind')] : [...itemRows(db, centreId, period), text(QUANTITIES)]),
    ],
  };
}

const text = (word: string): StatementRow => ({ kind: 'text', named: { word }, amounts: [] });

/** Every item of every fund, its quantities beside its rials; rials add up, quantities do not. */
function itemRows(db: Db, centreId: number, period: Period): StatementRow[] {
  const items = itemsOf(db, centreId, period);
  const sums = totalsOf(items);
  const rows = items.map(
    ({ item, fund, unit, ...one }): StatementRow => ({
      ...{ kind: 'line', named: { item, fund } },
      amounts: [one.openingRial, one.inRial, one.outRial, one.closingRial, null],
      quantities: {
        unit,
        milli: [one.openingMilli, one.inMilli, one.outMilli, one.closingMilli, null],
      },
    }),
  );
  const { openingRial, inRial, outRial, closingRial } = sums;
  const amounts = [openingRial, inRial, outRial, closingRial, null];
  return [
    head('goods-by-item'),
    ...rows,
    { kind: 'total', named: { word: 'total-goods' }, amounts },
  ];
}

const matches =
  ({ account, fund }: Key) =>
  (one: Pick<Flow, 'account' | 'fund'>) =>
    STORES.test(one.account) &&
    (account ?? one.account) === one.account &&
    (fund ?? one.fund) === one.fund;

function held(figures: Figures, end: 'opening' | 'closing', key: Key): number {
  return figures[end].filter(matches(key)).reduce((sum, { net }) => sum + net, 0);
}
