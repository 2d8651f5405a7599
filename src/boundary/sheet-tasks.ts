/** What is to be done about the map on the wall and beyond the boundary, for whoever may do it. */
import type { Power } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { boundsFactsOf } from './bounds-facts.ts';

type Reader = { centre: Centre; today: string; can: (power: Power) => boolean };

const statements = prepared((db) => ({
  waiting: db.$client.prepare(
    `SELECT p.id, p.place AS name FROM permits p
     LEFT JOIN permit_decisions d ON d.permit_id = p.id
     LEFT JOIN permit_endings e ON e.permit_id = p.id
     WHERE p.centre_id = ? AND d.permit_id IS NULL AND e.permit_id IS NULL ORDER BY p.id`,
  ),
}));

/** B-125: a sheet of the version in force is issued, and hung in place of the old one. */
export function sheetTasks(db: Db, { centre, today, can }: Reader): Task[] {
  const { inForce, issued, hung, oldHangs } = boundsFactsOf(db, centre.id, today).sheet;
  if (inForce === null || hung !== null) return [];
  const told = { to: '/boundary/sheet', clause: 'B-125', number: inForce };
  if (!can(issued ? 'map-sheets.hang' : 'map-sheets.issue')) return [];
  if (oldHangs) return [{ key: 'rehang-sheet', state: 'warn', ...told }];
  return [{ key: issued ? 'hang-sheet' : 'issue-sheet', state: 'wait', ...told }];
}

/** B-126: the committee answers what the chair asks. */
export function permitTasks(db: Db, { centre, can }: Reader): Task[] {
  if (!can('permits.decide')) return [];
  const waiting = statements(db).waiting.all(centre.id) as { id: number; name: string }[];
  return waiting.map(({ id, name }) => ({
    ...{ key: 'decide-permit', state: 'wait', clause: 'B-126' },
    ...{ to: `/boundary/permits/${id}`, name },
  }));
}
