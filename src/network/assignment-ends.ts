/** The end of an assignment: by the chair, by the committee, or because the volunteer serves no more. */
import type { Actor } from '../access/actor.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { type Recorded, record } from '../trail/acts.ts';

type Open = { id: number; number: string; centreId: number };

const statements = prepared((db) => ({
  open: db.$client.prepare(
    `SELECT a.id, a.number, a.centre_id AS centreId FROM assignments a
     LEFT JOIN assignment_endings e ON e.assignment_id = a.id
     WHERE a.volunteer_id = ? AND a.to_on >= ? AND e.assignment_id IS NULL`,
  ),
  end: db.$client.prepare('INSERT INTO assignment_endings VALUES (?, ?, ?, ?, ?)'),
}));

/** Writes the end: from this moment on the assignment gives no power. */
export function endNow(tx: Tx, actor: Actor, assignment: Open, reason: string): Recorded {
  const { id, number, centreId } = assignment;
  const act = record(tx, actor, {
    ...{ kind: 'assignment.ended', subject: `assignments/${number}`, centreId },
    after: { reason },
  });
  statements(tx).end.run(id, actor.today, reason, actor.user!.id, act.id);
  return act;
}

/** Ends whatever a volunteer still holds, with him who stops serving. */
export function endOpenAssignments(
  tx: Tx,
  actor: Actor,
  volunteer: { id: number },
  reason: string,
): void {
  const open = statements(tx).open.all(volunteer.id, actor.today) as Open[];
  for (const assignment of open) endNow(tx, actor, assignment, reason);
}
