/** Whoever of the centre received a gift: a trustee by decree, a volunteer at the receipts desk. */
import type { Actor } from '../access/actor.ts';
import type { Seat } from '../access/powers.ts';
import { DECREES, IN_FORCE } from '../board/in-force.ts';
import { ASSIGNED, ASSIGNMENTS } from '../network/tasks-in-force.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';

export type Taker = { userId: number; name: string; seat: Seat | 'volunteer' };

const statements = prepared((db) => ({
  trustees: db.$client.prepare(
    `SELECT u.id AS userId, u.name, d.seat
     FROM ${DECREES} JOIN users u ON u.person_id = d.person_id AND u.ended_at IS NULL
     WHERE d.centre_id = @centreId AND ${IN_FORCE} ORDER BY i.issued_on, d.id`,
  ),
  // B-45: nobody is twice in this list who has a seat as well.
  volunteers: db.$client.prepare(
    `SELECT u.id AS userId, u.name, 'volunteer' AS seat
     FROM ${ASSIGNMENTS} JOIN users u ON u.person_id = g.person_id AND u.ended_at IS NULL
     WHERE g.centre_id = @centreId AND ${ASSIGNED} AND EXISTS (SELECT 1 FROM assignment_tasks t
       WHERE t.assignment_id = g.id AND t.task = 'receipts-desk') ORDER BY g.id`,
  ),
}));

/** The trustees of a centre, and the volunteers at its desk, who may receive a gift today. */
export function takersOf(db: Db, centreId: number, today: string): Taker[] {
  const trustees = statements(db).trustees.all({ centreId, today }) as Taker[];
  const volunteers = statements(db).volunteers.all({ centreId, today }) as Taker[];
  const seated = new Set(trustees.map(({ userId }) => userId));
  return [...trustees, ...volunteers.filter(({ userId }) => !seated.has(userId))];
}

/** Who received the gift: the actor himself unless another trustee of the centre is named. */
export function findTaker(
  db: Db,
  actor: Actor,
  centreId: number,
  userId: number | undefined,
): Taker {
  const { user } = actor;
  const self = actor.seats.find((seat) => seat.centreId === centreId);
  if (user && self && (userId === undefined || userId === user.id)) {
    return { userId: user.id, name: user.name, seat: self.seat };
  }
  const desk = actor.tasks.some(
    (held) => held.centreId === centreId && held.task === 'receipts-desk',
  );
  if (user && desk && (userId === undefined || userId === user.id)) {
    return { userId: user.id, name: user.name, seat: 'volunteer' };
  }
  const named = takersOf(db, centreId, actor.today).find((taker) => taker.userId === userId);
  if (named) return named;
  throw new Refusal('donations:refusals.taker', { status: 422, field: 'receivedBy' });
}
