/** Who gives and who takes, who speaks for them, and who may not speak for either. */
import type { Actor } from '../access/actor.ts';
import { may, requirePower } from '../access/powers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { holdersOn } from './decree-rows.ts';
import type { Handover, Side } from './handover-rows.ts';

const statements = prepared((db) => ({
  user: db.$client.prepare('SELECT 1 FROM users WHERE person_id = ? AND ended_at IS NULL').pluck(),
}));

export const placeOf = ({ centreId, countyId }: Handover) => ({ id: centreId, countyId });

/** Those who keep handovers, and the two whose handover it is. */
export function mayCount(actor: Actor, handover: Handover): boolean {
  return may(actor, 'handovers.keep', placeOf(handover)) || sidesOf(actor, handover).length > 0;
}

/** The sides that the actor is himself. */
export function sidesOf(actor: Actor, handover: Handover): Side[] {
  return (['giver', 'taker'] as const).filter((side) => isSide(actor, handover, side));
}

/** Whether the actor may record that this side signed on paper. */
export function mayRecord(db: Db, actor: Actor, handover: Handover, side: Side): boolean {
  const place = placeOf(handover);
  if (!may(actor, 'handovers.keep', place) || personalSide(actor, handover)) return false;
  return side === 'giver' || handover.takerId !== null
    ? !signsIn(db, actor, handover, side)
    : false;
}

/** Whether the actor himself gives or takes by his decree. */
export function personalSide(actor: Actor, { giverId, takerId }: Handover): boolean {
  const me = actor.user?.personId;
  return me !== null && me !== undefined && (me === giverId || me === takerId);
}

export function isSide(actor: Actor, handover: Handover, side: Side): boolean {
  const person = side === 'giver' ? handover.giverId : handover.takerId;
  if (person === null) return !!actor.office && may(actor, 'handovers.keep', placeOf(handover));
  return actor.user?.personId === person;
}

/** Whether this side can come in and speak for itself: a user that is open, and a seat today. */
function signsIn(db: Db, actor: Actor, handover: Handover, side: Side): boolean {
  const person = side === 'giver' ? handover.giverId : handover.takerId;
  if (person === null || statements(db).user.get(person) === undefined) return false;
  const held = holdersOn(db, handover.centreId, actor.today);
  return [...held.values()].some(({ personId }) => personId === person);
}

export function refusePaper(tx: Tx, actor: Actor, now: Handover, side: Side): void {
  requirePower(actor, 'handovers.keep', placeOf(now));
  refuseSide(actor, now);
  if (side === 'taker' && now.takerId === null) {
    throw new Refusal('board:refusals.handover-committee', { status: 403 });
  }
  if (signsIn(tx, actor, now, side)) {
    throw new Refusal('board:refusals.handover-himself', { status: 403 });
  }
}

export function refuseSide(actor: Actor, now: Handover): void {
  if (personalSide(actor, now)) {
    throw new Refusal('board:refusals.handover-own', { status: 403 });
  }
}
