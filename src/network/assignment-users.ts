/** B-45, B-119: the chair opens the user of a volunteer who holds a letter of tasks. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { openTrusteeUser } from '../access/users.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { type Assignment, findAssignment } from './assignment-rows.ts';

const statements = prepared((db) => ({
  ofPerson: db.$client.prepare('SELECT 1 FROM users WHERE person_id = ?').pluck(),
}));

/** Whether the volunteer can sign in; where and for what else he does is not this centre's matter. */
export function hasUser(db: Db, { personId }: Pick<Assignment, 'personId'>): boolean {
  return statements(db).ofPerson.get(personId) === 1;
}

/** Opens it with a first password, which he changes when he signs in. */
export function openVolunteerUser(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id }: Assignment,
  { username, passwordHash }: { username: string; passwordHash: string },
): { id: number; assignment: Assignment } {
  requirePower(actor, 'assignments.give', centre);
  const assignment = findAssignment(tx, centre.id, id, actor.today);
  if (assignment.state === 'ended' || assignment.state === 'over') {
    throw new Refusal('network:refusals.assignment-over');
  }
  if (hasUser(tx, assignment)) {
    throw new Refusal('network:refusals.signs-in', { values: { name: assignment.name } });
  }
  const { personId, name } = assignment;
  const opening = { personId, username, name, passwordHash, mustChange: true };
  return { id: openTrusteeUser(tx, actor, opening), assignment };
}
