/** B-130: the chair asks the committee by letter, and the committee answers by letter, once. */
import type { Actor } from '../access/actor.ts';
import { type Centre, findCentreById } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { chairsDecreeOf, refuseOwnMatter } from './acting.ts';
import { answerLetter, requestLetter } from './board-letters.ts';
import type { Decree } from './decree-rows.ts';
import { again, placeOf, refuseUnless, requireCoordinating, requireSide } from './decree-sides.ts';
import { isCommittees } from './decree-states.ts';
import { refuseHeldSeat, refuseUncleared } from './fitness.ts';

/** `number` is the committee's own; without it that of the letter is taken. */
export type Coordination = { answer: 'agreed' | 'refused'; number?: string; decidedOn: string };

const statements = prepared((db) => ({
  request: db.$client.prepare('INSERT INTO decree_requests VALUES (?, ?, ?, ?, ?, ?)'),
  answer: db.$client.prepare('INSERT INTO decree_coordinations VALUES (?, ?, ?, ?, ?, ?)'),
  letter: db.$client.prepare('INSERT INTO coordination_letters VALUES (?, ?)'),
}));

/** Sends a draft to the committee, with a letter of the centre; it waits for the answer from now. */
export function requestCoordination(tx: Tx, actor: Actor, centre: Centre, decree: Decree): Decree {
  if (isCommittees(decree.seat)) throw new Refusal('board:refusals.no-coordination-needed');
  requireSide(actor, centre, decree.seat, 'draft');
  refuseOwnMatter(actor, centre.id, decree.personId);
  refuseUnless(tx, actor, decree, 'draft', 'already-asked');
  refuseUncleared(tx, actor, decree);
  refuseHeldSeat(tx, actor, decree);
  const issuer = chairsDecreeOf(actor, centre.id)!;
  const { paperId, act } = requestLetter(tx, actor, centre, decree);
  statements(tx).request.run(decree.id, actor.today, actor.user!.id, issuer, paperId, act.id);
  tell(tx, actor, act, {
    ...{ key: 'board:notices.requested', said: { name: decree.name, centre: centre.name } },
    ...{ href: `/board/decrees/${decree.id}`, centreId: centre.id },
    to: [{ role: 'county-head', countyId: centre.countyId }, { role: 'province-deputy' }],
  });
  return again(tx, actor, decree);
}

/** The committee answers the request, once; a refusal is answered by a new proposal only. */
export function coordinateDecree(
  tx: Tx,
  actor: Actor,
  decree: Decree,
  { answer, number, decidedOn }: Coordination,
): Decree {
  requireCoordinating(actor, placeOf(decree));
  if (isCommittees(decree.seat)) throw new Refusal('board:refusals.no-coordination-needed');
  if (again(tx, actor, decree).state === 'draft') throw new Refusal('board:refusals.not-asked');
  refuseUnless(tx, actor, decree, 'awaiting-coordination', 'already-answered');
  if (decidedOn > actor.today) {
    throw new Refusal('board:refusals.future-day', { status: 422, field: 'decidedOn' });
  }
  const centre = findCentreById(tx, decree.centreId);
  const letter = answerLetter(tx, actor, centre, decree, { answer, number, decidedOn });
  const { paperId, act } = letter;
  const by = actor.user!.id;
  statements(tx).answer.run(decree.id, answer, letter.answered, decidedOn, by, act.id);
  statements(tx).letter.run(decree.id, paperId);
  tell(tx, actor, act, {
    ...{ key: `board:notices.${answer}`, said: { name: decree.name } },
    ...{ href: `/board/decrees/${decree.id}`, centreId: centre.id, to: [{ seat: 'chair' }] },
  });
  return again(tx, actor, decree);
}
