/** The moves of a centre's goods as a list, and those of one lot. */
import { type Db, prepared } from '../provinces/connection.ts';
import { MOVE_KINDS, type MoveKind } from './schema.ts';

export type MoveRow = {
  id: number;
  movedOn: string;
  kind: MoveKind;
  lotNumber: number;
  item: string;
  unit: string;
  fund: string;
  store: string;
  quantityMilli: number;
  valueRial: number;
  reason: string | null;
  entryYear: number | null;
  entryNumber: number | null;
  by: string;
};

export type MoveFilter = { from?: string; to?: string; kind?: string; storeId?: number };

const ROWS = `SELECT m.id, m.moved_on AS movedOn, m.kind, l.number AS lotNumber, i.name AS item, i.unit,
    l.fund, s.name AS store, m.quantity_milli AS quantityMilli, m.value_rial AS valueRial, m.reason,
    e.year AS entryYear, e.number AS entryNumber, u.name AS by
  FROM stock_moves m JOIN lots l ON l.id = m.lot_id JOIN items i ON i.id = l.item_id
  JOIN stores s ON s.id = m.store_id JOIN users u ON u.id = m.moved_by
  LEFT JOIN entries e ON e.id = m.entry_id`;

const WITHIN = `m.centre_id = @centreId AND m.moved_on BETWEEN @from AND @to
  AND (@kind IS NULL OR m.kind = @kind) AND (@storeId IS NULL OR m.store_id = @storeId)`;

const statements = prepared(({ $client: client }) => ({
  page: client.prepare(
    `${ROWS} WHERE ${WITHIN} ORDER BY m.moved_on DESC, m.id DESC LIMIT @limit OFFSET @offset`,
  ),
  count: client.prepare(`SELECT count(*) FROM stock_moves m WHERE ${WITHIN}`).pluck(),
  ofLot: client.prepare(`${ROWS} WHERE m.lot_id = ? ORDER BY m.id LIMIT 200`),
}));

export function moveRows(
  db: Db,
  centreId: number,
  { page, ...filter }: MoveFilter & { page: { limit: number; offset: number } },
): MoveRow[] {
  return statements(db).page.all({ ...given(centreId, filter), ...page }) as MoveRow[];
}

export function countMoves(db: Db, centreId: number, filter: MoveFilter): number {
  return statements(db).count.get(given(centreId, filter)) as number;
}

export function movesOfLot(db: Db, lotId: number): MoveRow[] {
  return statements(db).ofLot.all(lotId) as MoveRow[];
}

function given(centreId: number, { from, to, kind, storeId }: MoveFilter) {
  const known = MOVE_KINDS.find((one) => one === kind) ?? null;
  return {
    ...{ centreId, kind: known, storeId: storeId ?? null },
    ...{ from: from ?? '', to: to ?? '9999-12-31' },
  };
}
