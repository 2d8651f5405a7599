/** B-140: the volunteers of a centre. */
import { type Db, prepared } from '../provinces/connection.ts';

const statements = prepared((db) => ({
  count: db.$client
    .prepare(
      `SELECT count(*) FROM volunteers v WHERE v.centre_id = ? AND coalesce((SELECT state
         FROM volunteer_states WHERE volunteer_id = v.id ORDER BY id DESC LIMIT 1), 'active') = 'active'`,
    )
    .pluck(),
}));

/** B-137: so many volunteers serve the centre now; who rests or has left is not counted. */
export function countVolunteers(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}
