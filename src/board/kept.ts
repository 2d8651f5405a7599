/** B-128: whether a decree that ended with the licence still reads and closes the books. */
import { type Db, prepared } from '../provinces/connection.ts';
import { DECREES, KEPT } from './in-force.ts';

const statements = prepared((db) => ({
  kept: db.$client.prepare(`SELECT 1 FROM ${DECREES} WHERE d.id = @id AND ${KEPT}`).pluck(),
}));

export const isKept = (db: Db, id: number, today: string): boolean =>
  statements(db).kept.get({ id, today }) !== undefined;
