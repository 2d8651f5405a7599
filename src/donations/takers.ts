/** Whoever of the centre received a gift: a trustee by a decree in force. */
import type { Actor } from '../access/actor.ts';
import type { Seat } from '../access/powers.ts';
import { DECREES, IN_FORCE } from '../board/in-force.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';

export type Taker = { userId: number; name: string; seat: Seat };

const statements = prepared((db) => ({
  trustees: db.$client.prepare(
    `SELECT u.id AS userId, u.name, d.seat
     FROM ${DECREES} JOIN users u ON u.person_id = d.person_id AND u.ended_at IS NULL
     WHERE d.centre_id = @centreId AND ${IN_FORCE} ORDER BY i.issued_on, d.id`,
  ),
}));

/** The trustees of a centre who may receive a gift today. */
export function takersOf(db: Db, centreId: number, today: string): Taker[] {
  return statements(db).trustees.all({ centreId, today }) as Taker[];
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
  const named = takersOf(db, centreId, actor.today).find((taker) => taker.userId === userId);
  if (named) return named;
  throw new Refusal('donations:refusals.taker', { status: 422, field: 'receivedBy' });
}
