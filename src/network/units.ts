/** B-141: the charity units of a centre. */
import { type Db, prepared } from '../provinces/connection.ts';

const statements = prepared((db) => ({
  count: db.$client
    .prepare(
      `SELECT count(*) FROM units u WHERE u.centre_id = ? AND coalesce((SELECT state
         FROM unit_states WHERE unit_id = u.id ORDER BY id DESC LIMIT 1), 'active') = 'active'`,
    )
    .pluck(),
}));

/** B-137: so many charity units work in the area now. */
export function countUnits(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}
