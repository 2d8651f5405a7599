/** The statement of goods: what was there, came, went and is there, of each item in each fund. */
import { type Db, prepared } from '../provinces/connection.ts';

export type Days = { from: string; to: string };

export type StatementRow = {
  itemId: number;
  item: string;
  unit: string;
  account: string;
  fund: string;
  openingMilli: number;
  openingRial: number;
  inMilli: number;
  inRial: number;
  outMilli: number;
  outRial: number;
  closingMilli: number;
  closingRial: number;
};

const sum = (what: string, when: string) => `coalesce(sum(iif(${when}, ${what}, 0)), 0)`;
// What lay there when the books began was there before any day of theirs.
const BEFORE = "(m.moved_on < @from OR m.kind = 'opening')";
// As in the books, what was taken back counts off where it had counted. What is only set at another
// worth counts as in or out by its sign; what goes from store to store does neither.
const BACK_IN = "m.kind = 'cancelled'";
const BACK_OUT = "m.kind = 'returned' AND m.subject GLOB 'goods-intentions/*'";
const MOVED = "m.moved_on >= @from AND m.kind NOT IN ('sent', 'arrived', 'opening')";
const CAME = `${MOVED} AND (${BACK_IN} OR (NOT (${BACK_OUT})
  AND (m.quantity_milli > 0 OR (m.quantity_milli = 0 AND m.value_rial > 0))))`;
const WENT = `${MOVED} AND (${BACK_OUT} OR (NOT (${BACK_IN})
  AND (m.quantity_milli < 0 OR (m.quantity_milli = 0 AND m.value_rial < 0))))`;

const ROWS = `SELECT i.id AS itemId, i.name AS item, i.unit, i.account, l.fund,
    ${sum('m.quantity_milli', BEFORE)} AS openingMilli, ${sum('m.value_rial', BEFORE)} AS openingRial,
    ${sum('m.quantity_milli', CAME)} AS inMilli, ${sum('m.value_rial', CAME)} AS inRial,
    -${sum('m.quantity_milli', WENT)} AS outMilli, -${sum('m.value_rial', WENT)} AS outRial,
    sum(m.quantity_milli) AS closingMilli, sum(m.value_rial) AS closingRial
  FROM stock_moves m JOIN lots l ON l.id = m.lot_id JOIN items i ON i.id = l.item_id
  WHERE m.centre_id = @centreId AND m.moved_on <= @to
  GROUP BY i.id, l.fund
  HAVING closingMilli <> 0 OR openingMilli <> 0 OR inMilli <> 0 OR outMilli <> 0`;

const statements = prepared(({ $client: client }) => ({
  rows: client.prepare(`${ROWS} ORDER BY i.account, i.name_search, i.id, l.fund`),
}));

/** Every item and fund of which something was there or moved, by store account and name. */
export function goodsStatement(db: Db, centreId: number, days: Days): StatementRow[] {
  return statements(db).rows.all({ centreId, ...days }) as StatementRow[];
}

export type StatementTotals = Pick<
  StatementRow,
  'openingRial' | 'inRial' | 'outRial' | 'closingRial'
>;

/** Rials add up over all items; quantities of different things do not. */
export function totalsOf(rows: StatementRow[]): StatementTotals {
  const add = (key: keyof StatementTotals) => rows.reduce((all, row) => all + row[key], 0);
  return {
    ...{ openingRial: add('openingRial'), inRial: add('inRial') },
    ...{ outRial: add('outRial'), closingRial: add('closingRial') },
  };
}
