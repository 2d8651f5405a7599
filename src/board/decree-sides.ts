/** Who draws up which decree, and what every step of a decree shares. */
import type { Actor } from '../access/actor.ts';
import { may, type Power, requirePower, type Seat } from '../access/powers.ts';
import type { Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import type { Deed } from '../trail/acts.ts';
import { type Decree, findDecree } from './decree-rows.ts';
import { isCommittees } from './decree-states.ts';

export const placeOf = ({ centreId, countyId }: Decree) => ({ id: centreId, countyId });

/** The power to draft or issue this seat's decree. */
export function powerFor(seat: Seat, step: 'draft' | 'issue'): Power {
  return `decrees.${step}-${isCommittees(seat) ? 'committee' : 'board'}`;
}

/** Who may end a decree: its issuer, and the committee any. */
export function endersOf({ seat }: { seat: Seat }): Power[] {
  const committee: Power[] = ['decrees.issue-committee'];
  return isCommittees(seat) ? committee : [...committee, 'decrees.issue-board'];
}

/** B-129, B-130: who draws up the one kind of decree has no say in drawing up the other. */
export function requireSide(
  actor: Actor,
  place: { id: number; countyId: number },
  seat: Seat,
  step: 'draft' | 'issue',
): void {
  if (may(actor, powerFor(seat, step), place)) return;
  const otherSide = may(actor, powerFor(isCommittees(seat) ? 'assemblies' : 'chair', step), place);
  if (!otherSide) requirePower(actor, powerFor(seat, step), place);
  const clause = isCommittees(seat) ? 'B-129' : 'B-130';
  throw new Refusal(`bylaw:refusals.${clause}`, { status: 403, clause, field: 'seat' });
}

/** Two may decide at once; the second reads what the first did, and is told. */
export function refuseUnless(
  tx: Tx,
  actor: Actor,
  decree: Decree,
  state: Decree['state'],
  key: string,
): void {
  const fresh = again(tx, actor, decree);
  if (fresh.state !== state) throw new Refusal(`board:refusals.${key}`);
}

/** The decree as it stands in this transaction. */
export function again(tx: Tx, actor: Actor, decree: Decree): Decree {
  return findDecree(tx, decree.centreId, String(decree.id), actor.today);
}

export function deedOf(decree: Decree, step: string, after: object): Deed {
  const { id, centreId, seat, name } = decree;
  return {
    kind: `decree.${step}`,
    subject: `decrees/${id}`,
    centreId,
    after: { seat, name, ...after },
  };
}

/** B-130: the committee's answer is the committee's; whoever of the board gives it is told whose. */
export function requireCoordinating(actor: Actor, place: { id: number; countyId: number }): void {
  if (may(actor, 'decrees.coordinate', place)) return;
  if (may(actor, 'board.read', place)) {
    const clause = 'B-130';
    throw new Refusal('board:refusals.not-coordinating', { status: 403, clause });
  }
  requirePower(actor, 'decrees.coordinate', place);
}
