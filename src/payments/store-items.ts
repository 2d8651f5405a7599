/** What a centre has that may be given: each item with what of it is free. */
import type { Unit } from '../goods/schema.ts';
import { type Db, prepared } from '../provinces/connection.ts';

export type StoreItem = { id: number; name: string; unit: Unit; freeMilli: number };

const statements = prepared((db) => ({
  free: db.$client.prepare(
    `SELECT i.id, i.name, i.unit, sum(s.quantity_milli - coalesce((SELECT a.quantity_milli
       FROM allocated a WHERE a.lot_id = s.lot_id AND a.store_id = s.store_id), 0)) AS freeMilli
     FROM stock s JOIN lots l ON l.id = s.lot_id JOIN items i ON i.id = l.item_id
     WHERE s.centre_id = ? AND s.quantity_milli > 0 GROUP BY i.id ORDER BY i.name_search`,
  ),
}));

export function itemsInStores(db: Db, centreId: number): StoreItem[] {
  return statements(db).free.all(centreId) as StoreItem[];
}
