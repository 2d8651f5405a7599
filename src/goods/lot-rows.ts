/** The lots of a centre as a list: what waits for somebody, what expires, what is ready. */
import { type Db, prepared } from '../provinces/connection.ts';
import { addDays } from '../values/jalali-date.ts';
import { searchWords } from '../values/persian-text.ts';

export const LOT_STATES = [
  'to-inspect',
  'to-appraise',
  'to-agree',
  'ready',
  'expired',
  'gone',
] as const;
export type LotState = (typeof LOT_STATES)[number];

export type LotRow = {
  id: number;
  number: number;
  item: string;
  unit: string;
  fund: string;
  origin: string;
  receivedOn: string;
  expiresOn: string | null;
  quantityMilli: number;
  valueRial: number;
  stores: string | null;
  state: LotState;
};

export type LotFilter = {
  q?: string;
  state?: string;
  /** Only what expires within so many days. */
  within?: number;
  fund?: string;
  storeId?: number;
  today: string;
};

/** The state of a lot `l`, whose stock in all stores is `s`. */
const STATE = `CASE WHEN coalesce(s.quantity_milli, 0) = 0 THEN 'gone'
  WHEN l.origin = 'gift' AND NOT EXISTS (SELECT 1 FROM lot_inspections n WHERE n.lot_id = l.id)
    THEN 'to-inspect'
  WHEN l.origin = 'gift' AND NOT EXISTS (SELECT 1 FROM lots_ready r WHERE r.lot_id = l.id)
    THEN iif(EXISTS (SELECT 1 FROM lot_appraisals p WHERE p.lot_id = l.id AND NOT EXISTS (
      SELECT 1 FROM lot_appraisal_answers w WHERE w.appraisal_id = p.id)), 'to-agree', 'to-appraise')
  WHEN l.expires_on < @today THEN 'expired' ELSE 'ready' END`;

const ROWS = `SELECT * FROM (
  SELECT l.id, l.number, i.name AS item, i.name_search, i.unit, l.fund, l.origin,
    l.received_on AS receivedOn, l.expires_on AS expiresOn,
    coalesce(s.quantity_milli, 0) AS quantityMilli, coalesce(s.value_rial, 0) AS valueRial,
    s.stores, s.ids, ${STATE} AS state
  FROM lots l JOIN items i ON i.id = l.item_id LEFT JOIN (
    SELECT x.lot_id, sum(x.quantity_milli) AS quantity_milli, sum(x.value_rial) AS value_rial,
      group_concat(w.name, char(1548) || ' ') AS stores, ',' || group_concat(x.store_id) || ',' AS ids
    FROM stock x JOIN stores w ON w.id = x.store_id
    WHERE x.centre_id = @centreId AND x.quantity_milli > 0 GROUP BY x.lot_id) s ON s.lot_id = l.id
  WHERE l.centre_id = @centreId
) WHERE iif(@state IS NULL, state <> 'gone', state = @state)
  AND (@until IS NULL OR (expiresOn <= @until AND state <> 'gone'))
  AND (@fund IS NULL OR fund = @fund) AND (@storeId IS NULL OR instr(ids, ',' || @storeId || ','))
  AND NOT EXISTS (SELECT 1 FROM json_each(@words) q
    WHERE instr(name_search, q.value) = 0 AND number <> q.value)`;

const statements = prepared(({ $client: client }) => ({
  page: client.prepare(
    `${ROWS} ORDER BY expiresOn IS NULL, expiresOn, number LIMIT @limit OFFSET @offset`,
  ),
  count: client.prepare(
    `SELECT count(*) AS rows, coalesce(sum(valueRial), 0) AS valueRial FROM (${ROWS})`,
  ),
  states: client.prepare(
    `SELECT state, count(*) AS count FROM (
       SELECT ${STATE} AS state FROM lots l JOIN (
         SELECT lot_id, sum(quantity_milli) AS quantity_milli FROM stock
         WHERE centre_id = @centreId AND quantity_milli > 0 GROUP BY lot_id) s ON s.lot_id = l.id)
     GROUP BY state`,
  ),
  expiring: client
    .prepare(
      `SELECT count(DISTINCT s.lot_id) FROM stock s JOIN lots l ON l.id = s.lot_id
       WHERE s.centre_id = ? AND s.quantity_milli > 0 AND l.expires_on BETWEEN ? AND ?`,
    )
    .pluck(),
}));

/** Lots by what expires first; those that have gone only when they are asked for. */
export function lotRows(
  db: Db,
  centreId: number,
  { page, ...filter }: LotFilter & { page: { limit: number; offset: number } },
): LotRow[] {
  return statements(db).page.all({ ...given(centreId, filter), ...page }) as LotRow[];
}

export function lotSums(
  db: Db,
  centreId: number,
  filter: LotFilter,
): { rows: number; valueRial: number } {
  const asked = given(centreId, filter);
  return statements(db).count.get(asked) as { rows: number; valueRial: number };
}

/** How many lots of what is in the stores are in each state. */
export function lotStates(db: Db, centreId: number, today: string): Map<LotState, number> {
  const rows = statements(db).states.all({ centreId, today }) as {
    state: LotState;
    count: number;
  }[];
  return new Map(rows.map(({ state, count }) => [state, count]));
}

/** How many lots will have expired so many days from today. */
export function countExpiring(db: Db, centreId: number, today: string, days: number): number {
  return statements(db).expiring.get(centreId, today, addDays(today, days)) as number;
}

function given(centreId: number, { q, state, within, fund, storeId, today }: LotFilter) {
  return {
    ...{ centreId, today, state: state ?? null, fund: fund ?? null },
    ...{ until: within === undefined ? null : addDays(today, within) },
    // SQLite would write a number of JavaScript as 3.0.
    ...{ storeId: storeId === undefined ? null : String(storeId) },
    words: JSON.stringify(searchWords(q ?? '')),
  };
}
