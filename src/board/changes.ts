/** B-93, B-131: who holds a seat is changed by the committee's leave: asked, answered, carried out. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { type Centre, findCentreById } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { chairsDecreeOf, refuseOwnMatter } from './acting.ts';
import { changeAnswerLetter, changeLetter } from './board-letters.ts';
import { type Change, type ChangeKind, findChange, waitingChangeOrNone } from './change-rows.ts';
import { type Decree, findDecree } from './decree-rows.ts';
import { isCommittees } from './decree-states.ts';
import { personById } from './persons.ts';

export type ChangeTyped = {
  kind: ChangeKind;
  decreeId: number;
  personId: number | null;
  reason: string;
};
export type Opinion = { answer: 'agreed' | 'refused'; number?: string; decidedOn: string };

const statements = prepared((db) => ({
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM change_requests').pluck(),
  insert: db.$client.prepare(
    'INSERT INTO change_requests VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
  answer: db.$client.prepare('INSERT INTO change_answers VALUES (?, ?, ?, ?, ?, ?, ?)'),
  withdraw: db.$client.prepare('INSERT INTO change_withdrawals VALUES (?, ?, ?, ?, ?)'),
}));

/** The chair asks to replace or end a holder, or to fill the seat after him. */
export function requestChange(tx: Tx, actor: Actor, centre: Centre, typed: ChangeTyped): Change {
  requirePower(actor, 'changes.request', centre);
  const { kind, personId, reason } = typed;
  const decree = findDecree(tx, centre.id, String(typed.decreeId), actor.today);
  refuseOwnMatter(actor, centre.id, decree.personId);
  refuseOwnMatter(actor, centre.id, personId);
  refuseUnfit(decree, typed);
  const waiting = waitingChangeOrNone(tx, decree.id);
  if (waiting) {
    throw new Refusal('board:refusals.change-waits', { mend: `/board/changes/${waiting.id}` });
  }
  const person = personId === null ? null : personById(tx, personId, centre.countyId);
  const id = statements(tx).nextId.get() as number;
  const letter = changeLetter(tx, actor, centre, { id, kind, decree, person, reason });
  statements(tx).insert.run(
    ...[id, centre.id, kind, decree.id, personId, reason, actor.today, actor.user!.id],
    ...[chairsDecreeOf(actor, centre.id), letter.paperId, letter.act.id],
  );
  tell(tx, actor, letter.act, {
    ...{ key: 'board:notices.change-requested', said: { centre: centre.name } },
    ...{ href: `/board/changes/${id}`, centreId: centre.id },
    to: [{ role: 'county-head', countyId: centre.countyId }, { role: 'province-deputy' }],
  });
  return findChange(tx, centre.id, id);
}

/** The committee agrees or does not, once, by letter. */
export function answerChange(
  tx: Tx,
  actor: Actor,
  change: Change,
  { answer, number, decidedOn }: Opinion,
): Change {
  requirePower(actor, 'changes.answer', { id: change.centreId, countyId: change.countyId });
  refuseSettled(tx, change);
  if (answer === 'agreed') refuseOver(tx, actor, change);
  if (decidedOn > actor.today) {
    throw new Refusal('board:refusals.future-day', { status: 422, field: 'decidedOn' });
  }
  const centre = findCentreById(tx, change.centreId);
  const opinion = { answer, number, decidedOn };
  const { paperId, act, answered } = changeAnswerLetter(tx, actor, centre, change, opinion);
  statements(tx).answer.run(
    ...[change.id, answer, answered, decidedOn, actor.user!.id, paperId, act.id],
  );
  tell(tx, actor, act, {
    ...{ key: `board:notices.change-${answer}`, said: { name: change.holder } },
    ...{ href: `/board/changes/${change.id}`, centreId: centre.id, to: [{ seat: 'chair' }] },
  });
  return findChange(tx, change.centreId, change.id);
}

/** The chair takes a request back before it is answered. */
export function withdrawChange(tx: Tx, actor: Actor, change: Change, reason: string): Change {
  requirePower(actor, 'changes.request', { id: change.centreId, countyId: change.countyId });
  const { personId } = findDecree(tx, change.centreId, String(change.decreeId), actor.today);
  refuseOwnMatter(actor, change.centreId, personId);
  refuseOwnMatter(actor, change.centreId, change.personId);
  refuseSettled(tx, change);
  const act = record(tx, actor, {
    ...{ kind: 'change.withdrawn', subject: `changes/${change.id}`, centreId: change.centreId },
    after: { reason, withdrawnOn: actor.today },
  });
  statements(tx).withdraw.run(change.id, actor.today, reason, actor.user!.id, act.id);
  return findChange(tx, change.centreId, change.id);
}

/** Two may decide at once; the second reads what the first did, and is told. */
function refuseSettled(tx: Tx, change: Change): void {
  const { state } = findChange(tx, change.centreId, change.id);
  if (state !== 'waiting') throw new Refusal(`board:refusals.change-${state}`);
}

/** Whoever has left his seat since is neither ended nor replaced any more: the seat is filled. */
function refuseOver(tx: Tx, actor: Actor, { kind, centreId, decreeId }: Change): void {
  if (kind === 'fill') return;
  const { state } = findDecree(tx, centreId, String(decreeId), actor.today);
  if (state === 'ended') throw new Refusal('board:refusals.change-over', { field: 'answer' });
}

/** Whether what is asked fits the decree it is asked of. */
function refuseUnfit(decree: Decree, { kind, personId }: ChangeTyped): void {
  if (isCommittees(decree.seat)) throw new Refusal('board:refusals.committees-seat');
  if (decree.issuedOn === null) throw new Refusal('board:refusals.never-issued');
  const isHeld = decree.state === 'accepted' || decree.state === 'issued';
  if (isHeld !== (kind !== 'fill')) {
    throw new Refusal(`board:refusals.${isHeld ? 'seat-held' : 'seat-left'}`, { field: 'kind' });
  }
  if (kind !== 'end' && personId === null) {
    throw new Refusal('board:refusals.no-successor', { status: 422, field: 'person' });
  }
  if (personId === decree.personId) {
    throw new Refusal('board:refusals.same-person', { status: 422, field: 'person' });
  }
}
