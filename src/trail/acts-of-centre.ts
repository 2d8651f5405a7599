/** Reading the trail of one centre. */
import { type Db, prepared } from '../provinces/connection.ts';

export type ActRow = {
  id: number;
  at: string;
  name: string | null;
  capacity: string;
  kind: string;
  subject: string;
  hash: Buffer;
};

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(
    `SELECT a.id, a.at, u.name, a.capacity, a.kind, a.subject, a.hash
     FROM acts a LEFT JOIN users u ON u.id = a.user_id
     WHERE a.centre_id = ? ORDER BY a.id DESC LIMIT ? OFFSET ?`,
  ),
  count: db.$client.prepare('SELECT count(*) FROM acts WHERE centre_id = ?').pluck(),
}));

/** Acts in a centre, newest first. */
export function actsOf(db: Db, centreId: number, limit: number, offset: number): ActRow[] {
  return statements(db).ofCentre.all(centreId, limit, offset) as ActRow[];
}

export function countActs(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}
