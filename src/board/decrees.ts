/** Decrees: drafted, coordinated, issued, accepted, ended; each step a row, none ever changed. */
import type { Actor } from '../access/actor.ts';
import { may, type Power, requirePower, type Seat } from '../access/powers.ts';
import { needOfOptionalSeat } from '../bylaw/board.ts';
import { agreedEnding, agreedSuccession, isCore } from '../bylaw/changes.ts';
import { uphold } from '../bylaw/clause.ts';
import { liabilityAccepted, noPolitics } from '../bylaw/points.ts';
import { chairIssuesCoordinated, committeeIssues } from '../bylaw/rules.ts';
import { type Centre, findCentreById } from '../centres/centres.ts';
import { refuseTurnedDays } from '../licence/licences.ts';
import { refuseClosed } from '../licence/permission.ts';
import { tell } from '../notices/notices.ts';
import { issuePaper } from '../paper/papers.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { nextNumber, writtenNumber } from '../provinces/numbering.ts';
import { Refusal } from '../refusal.ts';
import { type Recorded, record } from '../trail/acts.ts';
import { fiscalYear } from '../values/jalali-date.ts';
import { refuseAbsentChair } from './absent-chair.ts';
import { chairsDecreeOf, refuseOwnMatter } from './acting.ts';
import { endingLetter } from './board-letters.ts';
import { agreementFor, agreesToEnd, lastHolder } from './change-rows.ts';
import { CLEARANCE_KINDS, standingOf } from './clearances.ts';
import { decreeContent } from './decree-content.ts';
import { type Decree, decreesOf, findDecree } from './decree-rows.ts';
import { again, deedOf, endersOf, placeOf, refuseUnless, requireSide } from './decree-sides.ts';
import { isCommittees, isOpen, isOptional } from './decree-states.ts';
import {
  refuseHeldSeat,
  refuseProposing,
  refuseTakenSeat,
  refuseUncleared,
  refuseUnclearedProposal,
  refuseUnlicensed,
} from './fitness.ts';
import { isKept } from './kept.ts';
import { personById } from './persons.ts';
import { requestCoordination } from './requests.ts';

export type DecreeDraft = {
  personId: number;
  seat: Seat;
  fromOn: string;
  toOn: string;
  /** B-34: asked of an optional seat. */
  reason?: string;
  field?: string;
  /** Kept as a draft; without it the chair's proposal is sent to the committee at once. */
  keep?: boolean;
};
export type Undertaking = { noPolitics: boolean; liability: boolean; honorary?: boolean };

const statements = prepared((db) => ({
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM decrees').pluck(),
  draft: db.$client.prepare(
    `INSERT INTO decrees (centre_id, person_id, seat, from_on, to_on, drafted_on, drafted_by,
       act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  need: db.$client.prepare('INSERT INTO decree_needs VALUES (?, ?, ?, ?)'),
  issue: db.$client.prepare('INSERT INTO decree_issues VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  accept: db.$client.prepare('INSERT INTO decree_acceptances VALUES (?, ?, 1, 1, ?, ?)'),
  end: db.$client.prepare('INSERT INTO decree_endings VALUES (?, ?, ?, ?, ?)'),
}));

/**
 * Proposes a person for a seat; the committee for its own two, the chair for the others. The chair's
 * proposal is a request to the committee at once, unless he keeps it as a draft.
 */
export function draftDecree(tx: Tx, actor: Actor, centre: Centre, draft: DecreeDraft): Decree {
  const { personId, seat, fromOn, toOn, reason, field, keep = false } = draft;
  requireSide(actor, centre, seat, 'draft');
  refuseOwnMatter(actor, centre.id, personId);
  refuseTurnedDays(fromOn, toOn);
  refuseNeedless(draft);
  refuseProposing(tx, actor, centre, { fromOn, toOn });
  const person = personById(tx, personId, centre.countyId);
  const proposed = { centreId: centre.id, seat, personId, name: person.name, fromOn, toOn };
  refuseHeldSeat(tx, actor, proposed);
  const sent = isCommittees(seat) || !keep;
  if (sent) refuseUnclearedProposal(tx, actor, proposed);
  const waiting = decreesOf(tx, centre.id, actor.today).find(
    (other) => other.seat === seat && isOpen(other.state),
  );
  if (waiting) {
    throw new Refusal('board:refusals.seat-waits', {
      ...{ field: 'seat', values: { name: waiting.name }, mend: `/board/decrees/${waiting.id}` },
    });
  }
  const act = record(tx, actor, {
    // By its number: the trail has readers who are not shown a person's national ID.
    ...{ kind: 'decree.drafted', subject: `decrees/${statements(tx).nextId.get()}` },
    centreId: centre.id,
    after: { personId, seat, fromOn, toOn, reason, field, name: person.name },
  });
  const { lastInsertRowid } = statements(tx).draft.run(
    ...[centre.id, personId, seat, fromOn, toOn, actor.today, actor.user!.id, act.id],
  );
  if (isOptional(seat)) statements(tx).need.run(lastInsertRowid, reason, field, act.id);
  const decree = findDecree(tx, centre.id, String(lastInsertRowid), actor.today);
  if (!sent) tellUncleared(tx, actor, act, person);
  return isCommittees(seat) || keep ? decree : requestCoordination(tx, actor, centre, decree);
}

/** B-14: security and selection learn that a person waits for them; they see nothing of centres. */
function tellUncleared(
  tx: Tx,
  actor: Actor,
  act: Recorded,
  { id, name }: { id: number; name: string },
): void {
  const standing = standingOf(tx, id, actor.today);
  const to = CLEARANCE_KINDS.filter((kind) => standing[kind] === undefined);
  tell(tx, actor, act, {
    ...{ key: 'board:notices.clearance', said: { name }, href: `/persons/${id}`, centreId: null },
    to: to.map((role) => ({ role })),
  });
}

/** Gives the decree out under the centre's next number, with its paper and its duties. */
export function issueDecree(tx: Tx, actor: Actor, centre: Centre, decree: Decree): Decree {
  const fresh = again(tx, actor, decree);
  const issuer = refuseOtherIssuer(tx, actor, centre, fresh);
  refuseSettled(fresh);
  const clearance = refuseUncleared(tx, actor, fresh);
  refuseUnlicensed(tx, actor, centre, fresh);
  refuseTakenSeat(tx, actor, fresh);
  refuseUnagreed(tx, fresh);
  const year = fiscalYear(actor.today);
  const serial = nextNumber(tx, 'decree', centre.id, year);
  const number = writtenNumber(year, serial, 4);
  const paper = issuePaper(tx, actor, {
    ...{ centreId: centre.id, kind: 'decree', number, issuedOn: actor.today },
    content: (code, verifyAddress) =>
      decreeContent(...([tx, actor, { centre, decree: fresh, clearance }] as const), {
        number,
        code,
        verifyAddress,
      }),
    deed: deedOf(fresh, 'issued', { number, issuer: issuer === null ? 'committee' : 'chair' }),
  });
  statements(tx).issue.run(
    ...[fresh.id, centre.id, year, serial, actor.today, actor.user!.id, issuer],
    ...[paper.id, paper.act.id],
  );
  return again(tx, actor, fresh);
}

/** B-100, B-101, B-46: the holder declares and accepts; from its first day on the decree has force. */
export function acceptDecree(tx: Tx, actor: Actor, decree: Decree, typed: Undertaking): Decree {
  const isHolder = actor.user?.personId === decree.personId;
  if (!isHolder) requireSide(actor, placeOf(decree), decree.seat, 'issue');
  refuseUnless(tx, actor, decree, 'issued', 'not-to-accept');
  refuseClosed(tx, decree.centreId, actor.today, 'decrees');
  refuseUncleared(tx, actor, decree);
  const told = { status: 422 as const };
  uphold(noPolitics, { declared: typed.noPolitics }, { ...told, field: 'noPolitics' });
  uphold(liabilityAccepted, { accepted: typed.liability }, { ...told, field: 'liability' });
  if (typed.honorary === false) {
    throw new Refusal('bylaw:refusals.B-46', { ...told, clause: 'B-46', field: 'honorary' });
  }
  const after = { noPolitics: true, liability: true, honorary: true, by: isHolder };
  const act = record(tx, actor, deedOf(decree, 'accepted', after));
  statements(tx).accept.run(decree.id, actor.today, actor.user!.id, act.id);
  return again(tx, actor, decree);
}

/** Ends a decree, or withdraws one not yet issued; it has no force from this moment on. */
export function endDecree(
  tx: Tx,
  actor: Actor,
  decree: Decree,
  { endedOn = actor.today, reason }: { endedOn?: string; reason: string },
): Decree {
  requireAny(actor, decree, endersOf(decree));
  refuseOwnMatter(actor, decree.centreId, decree.personId);
  const fresh = again(tx, actor, decree);
  const { state, issuedOn } = fresh;
  // What ended with the licence still reads and closes its books, until somebody ends that too.
  const kept = state === 'ended' && isKept(tx, decree.id, actor.today);
  if ((state === 'ended' && !kept) || state === 'cancelled') {
    throw new Refusal('board:refusals.already-ended');
  }
  const by = may(actor, 'decrees.issue-committee', placeOf(decree)) ? 'committee' : 'chair';
  const agreed = issuedOn === null || agreesToEnd(tx, decree.id);
  uphold(agreedEnding(decree.seat), { by, agreed }, { mend: changeOf(decree, 'end') });
  if (endedOn !== actor.today) {
    throw new Refusal('board:refusals.ends-today', { status: 422, field: 'endedOn' });
  }
  // B-93: of a core seat the committee's own decision is a letter with its number, or was an answer.
  const lettered = by === 'committee' && isCore(decree.seat) && !agreesToEnd(tx, decree.id);
  const act =
    issuedOn !== null && lettered
      ? endingLetter(tx, actor, findCentreById(tx, decree.centreId), fresh, { endedOn, reason }).act
      : record(tx, actor, deedOf(decree, 'ended', { endedOn, reason }));
  statements(tx).end.run(decree.id, endedOn, reason, actor.user!.id, act.id);
  if (issuedOn !== null) tellEnded(tx, actor, act, fresh, { endedOn, reason });
  return again(tx, actor, decree);
}

/** Its holder learns of it as a person, for his seat reads no more; the chair as the chair. */
function tellEnded(
  tx: Tx,
  actor: Actor,
  act: Recorded,
  { id, centreId, personId, name, seat }: Decree,
  said: { endedOn: string; reason: string },
): void {
  const centre = findCentreById(tx, centreId).name;
  tell(tx, actor, act, {
    ...{ key: 'board:notices.own-ended', said: { ...said, centre } },
    ...{ href: '/my-decrees', centreId: null, to: [{ personId }] },
  });
  tell(tx, actor, act, {
    ...{ key: 'board:notices.ended', said: { ...said, name } },
    ...{ href: `/board/decrees/${id}`, centreId },
    to: [{ seat: seat === 'chair' ? 'vice-chair' : 'chair' }],
  });
}

/** The chair's own decree that he issues under; null when the committee issues. */
function refuseOtherIssuer(tx: Tx, actor: Actor, centre: Centre, decree: Decree): number | null {
  requireSide(actor, centre, decree.seat, 'issue');
  refuseOwnMatter(actor, centre.id, decree.personId);
  const issuer = isCommittees(decree.seat) ? 'committee' : 'chair';
  if (issuer === 'committee') {
    uphold(committeeIssues, { issuer });
    return null;
  }
  refuseAbsentChair(tx, actor, centre.id);
  const { answer, coordinatedOn } = decree;
  const coordination = answer && coordinatedOn ? { answer, decidedOn: coordinatedOn } : undefined;
  const mend = `/board/decrees/${decree.id}`;
  uphold(chairIssuesCoordinated, { issuer, coordination, issuedOn: actor.today }, { mend });
  return chairsDecreeOf(actor, centre.id)!;
}

function refuseSettled({ state, number }: Decree): void {
  if (state === 'draft' || state === 'coordinated') return;
  if (number !== null) throw new Refusal('board:refusals.already-issued', { values: { number } });
  throw new Refusal('board:refusals.withdrawn');
}

/** B-34: an optional seat is added by need and within the committee's fields. */
function refuseNeedless({ seat, reason = '', field = '' }: DecreeDraft): void {
  const needs = { isOptional: isOptional(seat), reason, field };
  uphold(needOfOptionalSeat, needs, { status: 422, field: reason === '' ? 'reason' : 'field' });
}

/** B-93, B-131: whoever follows another in a seat does so by the committee's agreement. */
function refuseUnagreed(tx: Tx, decree: Decree): void {
  const last = isCommittees(decree.seat) ? undefined : lastHolder(tx, decree);
  const followsAnother = last !== undefined && last.personId !== decree.personId;
  const agreed = last !== undefined && agreementFor(tx, last.id, decree.personId);
  const mend = last && changeOf(last, 'fill', decree.personId);
  const values = { name: last?.name ?? '' };
  uphold(agreedSuccession(decree.seat), { followsAnother, agreed }, { mend, values });
}

/** The form on which the chair asks for the change that is missing. */
function changeOf({ id }: { id: number }, kind: 'end' | 'fill', personId?: number): string {
  const person = personId === undefined ? '' : `&person=${personId}`;
  return `/board/changes/new?decree=${id}&kind=${kind}${person}`;
}

function requireAny(actor: Actor, decree: Decree, powers: Power[]): void {
  if (powers.some((power) => may(actor, power, placeOf(decree)))) return;
  requirePower(actor, powers[0]!, placeOf(decree));
}
