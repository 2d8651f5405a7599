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

const SPLIT: Record<Group, string> = {
  ...{ item: 'i.id', store: 'i.id, s.store_id', fund: 'i.id, l.fund', lot: 'l.id, s.store_id' },
};

/** Items without any stock stand in the list by item, so that what has run out is seen. */
function queryOf(group: Group): string {
  const join = group === 'item' ? 'LEFT JOIN' : 'JOIN';
  const told = (of: Group[], column: string) => (of.includes(group) ? column : 'NULL');
  return `SELECT i.id AS itemId, i.name AS item, i.unit, i.account, i.low_milli AS lowMilli,
      count(DISTINCT s.lot_id) AS lots, ${told(['store', 'lot'], 's.store_id')} AS storeId,
      ${told(['store', 'lot'], 'w.name')} AS store, ${told(['fund', 'lot'], 's.fund')} AS fund,
      ${told(['lot'], 's.number')} AS lotNumber, ${told(['lot'], 's.expires_on')} AS expiresOn,
      coalesce(sum(s.quantity_milli), 0) AS quantityMilli,
      coalesce(sum(s.allocated), 0) AS allocatedMilli,
      coalesce(sum(iif(s.usable, s.quantity_milli - s.allocated, 0)), 0) AS availableMilli,
      coalesce(sum(s.value_rial), 0) AS valueRial
    FROM items i ${join} (
      SELECT s.lot_id, s.store_id, s.quantity_milli, s.value_rial, l.item_id, l.fund, l.number,
        l.expires_on, ${ALLOCATED} AS allocated,
        coalesce(l.expires_on, '9999') >= @today
          AND (l.origin <> 'gift'
            OR EXISTS (SELECT 1 FROM lots_ready r WHERE r.lot_id = s.lot_id)) AS usable
      FROM stock s CROSS JOIN lots l ON l.id = s.lot_id
      WHERE s.centre_id = @centreId AND s.quantity_milli > 0
        AND (@storeId IS NULL OR s.store_id = @storeId) AND (@fund IS NULL OR l.fund = @fund)
    ) s ON s.item_id = i.id LEFT JOIN stores w ON w.id = s.store_id
    WHERE i.centre_id = @centreId AND (@account IS NULL OR i.account = @account)
      AND NOT EXISTS (SELECT 1 FROM json_each(@words) q WHERE instr(i.name_search, q.value) = 0)
    GROUP BY ${SPLIT[group].replace('l.fund', 's.fund').replace('l.id', 's.lot_id')}
    HAVING NOT @low OR (i.low_milli IS NOT NULL AND availableMilli < i.low_milli)`;
}

const order = 'ORDER BY item, itemId, expiresOn IS NULL, expiresOn, lotNumber, store, fund';

const statements = prepared(({ $client: client }) => {
  const of = (group: Group) => ({
    page: client.prepare(`${queryOf(group)} ${order} LIMIT @limit OFFSET @offset`),
    count: client.prepare(`SELECT count(*) AS rows, coalesce(sum(valueRial), 0) AS valueRial
        FROM (${queryOf(group)})`),
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
