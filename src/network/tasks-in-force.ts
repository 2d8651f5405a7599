/** B-45: the tasks a person has at this moment: accepted, within their days, not ended, and licensed. */
import type { HeldTask } from '../access/actor.ts';
import { standingOn } from '../licence/standing.ts';
import { permits } from '../licence/states.ts';
import { type Db, prepared } from '../provinces/connection.ts';

/** `g` is the assignment; both parts ask for @today. */
export const ASSIGNMENTS = `assignments g
  JOIN assignment_acceptances k ON k.assignment_id = g.id AND k.accepted_on <= @today
  LEFT JOIN assignment_endings x ON x.assignment_id = g.id`;

export const ASSIGNED = `@today BETWEEN g.from_on AND g.to_on
  AND (x.ended_on IS NULL OR x.ended_on > @today)
  AND coalesce((SELECT state FROM volunteer_states WHERE volunteer_id = g.volunteer_id
    ORDER BY id DESC LIMIT 1), 'active') = 'active'`;

const statements = prepared((db) => ({
  ofPerson: db.$client.prepare(
    `SELECT g.id AS assignmentId, g.centre_id AS centreId, t.task
     FROM ${ASSIGNMENTS} JOIN assignment_tasks t ON t.assignment_id = g.id
     WHERE g.person_id = @personId AND ${ASSIGNED} ORDER BY g.id, t.task`,
  ),
}));

/** Nothing while the centre's licence does not run: suspended, expired, revoked. */
export function tasksOfPerson(db: Db, personId: number, today: string): HeldTask[] {
  const held = statements(db).ofPerson.all({ personId, today }) as HeldTask[];
  const working = new Map<number, boolean>();
  for (const { centreId } of held) {
    if (working.has(centreId)) continue;
    working.set(centreId, permits(standingOn(db, centreId, today).state, 'decrees'));
  }
  return held.filter(({ centreId }) => working.get(centreId));
}
