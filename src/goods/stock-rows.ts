/** What lies in the stores: read from the table of stock alone, however many moves there were. */
import { type Db, prepared } from '../provinces/connection.ts';
import { searchWords } from '../values/persian-text.ts';
import { ALLOCATED } from './moves.ts';

export const GROUPS = ['item', 'store', 'fund', 'lot'] as const;
export type Group = (typeof GROUPS)[number];

export type StockFilter = {
  q?: string;
  storeId?: number;
  fund?: string;
  account?: string;
  /** Only what runs short. */
  low?: boolean;
  today: string;
};

/** An item, all of it or what of it is in one store, fund or lot. */
export type StockRow = {
  itemId: number;
  item: string;
  unit: string;
  account: string;
  lowMilli: number | null;
  lots: number;
  storeId: number | null;
  store: string | null;
  fund: string | null;
  lotNumber: number | null;
  expiresOn: string | null;
  quantityMilli: number;
  allocatedMilli: number;
  /** What may leave today: ready, unexpired and promised to nobody. */
  availableMilli: number;
  valueRial: number;
};

/** What a grouping tells apart beside the item. */
const SPLIT: Record<Group, string> = {
  ...{ item: '', store: ', s.store_id', fund: ', s.fund', lot: ', s.lot_id, s.store_id' },
};

// Of the sums that are kept by item, store and fund; by lot of the lots themselves.
const ASKED = `s.quantity_milli > 0 AND (@storeId IS NULL OR s.store_id = @storeId)`;
const SUMS = `stock_sums s ON s.centre_id = i.centre_id AND s.item_id = i.id AND ${ASKED}
  AND (@fund IS NULL OR s.fund = @fund)`;
const FROM: Record<Group, string> = {
  item: `items i LEFT JOIN ${SUMS}`,
  store: `items i JOIN ${SUMS}`,
  fund: `items i JOIN ${SUMS}`,
  lot: `stock s CROSS JOIN lots l ON l.id = s.lot_id AND s.centre_id = @centreId AND ${ASKED}
      AND (@fund IS NULL OR l.fund = @fund) CROSS JOIN items i ON i.id = l.item_id`,
};

/** The lots of a row `r` of the list, each with what of it is promised. */
const OF_ROW = `FROM lots l JOIN stock s ON s.lot_id = l.id AND s.quantity_milli > 0
  WHERE l.item_id = r.itemId AND (r.lotId IS NULL OR l.id = r.lotId)
    AND s.store_id IS coalesce(r.storeId, @storeId, s.store_id)
    AND l.fund IS coalesce(r.fund, @fund, l.fund)`;
const USABLE = `coalesce(l.expires_on, '9999') >= @today AND (l.origin <> 'gift'
  OR EXISTS (SELECT 1 FROM lots_ready x WHERE x.lot_id = l.id))`;
const AVAILABLE = `coalesce((SELECT sum(s.quantity_milli - ${ALLOCATED}) ${OF_ROW} AND ${USABLE}), 0)`;

const ORDER = 'ORDER BY item, itemId, expiresOn IS NULL, expiresOn, lotNumber, store, fund';

/**
 * The rows of a grouping, from the sums alone; items without any stock stand in the list by item, so
 * that what has run out is seen.
 */
function groupedBy(group: Group): string {
  const told = (of: Group[], column: string) => (of.includes(group) ? column : 'NULL');
  const fund = group === 'lot' ? 'l.fund' : told(['fund'], 's.fund');
  return `SELECT i.id AS itemId, i.name AS item, i.unit, i.account, i.low_milli AS lowMilli,
      ${told(['lot'], 's.lot_id')} AS lotId, ${told(['store', 'lot'], 's.store_id')} AS storeId,
      ${told(['store', 'lot'], 'w.name')} AS store, ${fund} AS fund,
      ${told(['lot'], 'l.number')} AS lotNumber, ${told(['lot'], 'l.expires_on')} AS expiresOn,
      coalesce(sum(s.quantity_milli), 0) AS quantityMilli,
      coalesce(sum(s.value_rial), 0) AS valueRial
    FROM ${FROM[group]} LEFT JOIN stores w ON w.id = s.store_id
    WHERE i.centre_id = @centreId AND (@account IS NULL OR i.account = @account)
      AND (@low = 0 OR i.low_milli IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM json_each(@words) q WHERE instr(i.name_search, q.value) = 0)
    GROUP BY i.id${SPLIT[group]}`;
}

/** Only what runs short: less may leave than the item's limit. */
const SHORT = `WHERE @low = 0 OR ${AVAILABLE} < r.lowMilli`;

const statements = prepared(({ $client: client }) => {
  const of = (group: Group) => ({
    // What may leave is asked of the rows of the page alone.
    page: client.prepare(`SELECT r.itemId, r.item, r.unit, r.account, r.lowMilli, r.storeId, r.store,
        r.fund, r.lotNumber, r.expiresOn, r.quantityMilli, r.valueRial,
        (SELECT count(DISTINCT l.id) ${OF_ROW}) AS lots,
        coalesce((SELECT sum(${ALLOCATED}) ${OF_ROW}), 0) AS allocatedMilli,
        ${AVAILABLE} AS availableMilli
      FROM (SELECT * FROM (${groupedBy(group)}) r ${SHORT} ${ORDER} LIMIT @limit OFFSET @offset) r
      ${ORDER}`),
    count: client.prepare(`SELECT count(*) AS rows, coalesce(sum(valueRial), 0) AS valueRial
      FROM (${groupedBy(group)}) r ${SHORT}`),
  });
  return { item: of('item'), store: of('store'), fund: of('fund'), lot: of('lot') };
});

type Page = { limit: number; offset: number };

export function stockRows(
  db: Db,
  centreId: number,
  group: Group,
  { page, ...filter }: StockFilter & { page: Page },
): StockRow[] {
  const asked = { ...given(centreId, filter), ...page };
  return statements(db)[group].page.all(asked) as StockRow[];
}

/** How many rows there are, and what they are worth together. */
export function stockSums(
  db: Db,
  centreId: number,
  group: Group,
  filter: StockFilter,
): { rows: number; valueRial: number } {
  const asked = given(centreId, filter);
  return statements(db)[group].count.get(asked) as { rows: number; valueRial: number };
}

function given(centreId: number, { q, storeId, fund, account, low, today }: StockFilter) {
  const words = JSON.stringify(searchWords(q ?? ''));
  return {
    ...{ centreId, words, today, low: low ? 1 : 0 },
    ...{ storeId: storeId ?? null, fund: fund ?? null, account: account ?? null },
  };
}
