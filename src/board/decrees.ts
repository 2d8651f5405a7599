/** Decrees: drafted, coordinated, issued, accepted, ended; each step a row, none ever changed. */
import type { Actor } from '../access/actor.ts';
import { may, type Power, requirePower, type Seat } from '../access/powers.ts';
import { oneHolderPerSeat } from '../bylaw/board.ts';
import { uphold } from '../bylaw/clause.ts';
import { clearedBeforeDecree } from '../bylaw/people.ts';
import { liabilityAccepted, noPolitics } from '../bylaw/points.ts';
import { chairIssuesCoordinated, committeeIssues, decreeWithinLicence } from '../bylaw/rules.ts';
import type { Centre } from '../centres/centres.ts';
import { type Licence, licenceState, licencesOf, refuseTurnedDays } from '../licence/licences.ts';
import { type Days, permits } from '../licence/states.ts';
import { issuePaper } from '../paper/papers.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { nextNumber, writtenNumber } from '../provinces/numbering.ts';
import { Refusal } from '../refusal.ts';
import { type Deed, record } from '../trail/acts.ts';
import { fiscalYear } from '../values/jalali-date.ts';
import { standingOf } from './clearances.ts';
import { decreeContent } from './decree-content.ts';
import { type Decree, decreesOf, findDecree } from './decree-rows.ts';
import { isCommittees, isOpen, takenDays } from './decree-states.ts';
import { personById } from './persons.ts';

export type DecreeDraft = { personId: number; seat: Seat; fromOn: string; toOn: string };
export type Coordination = { answer: 'agreed' | 'refused'; number: string; decidedOn: string };
export type Undertaking = { noPolitics: boolean; liability: boolean; honorary?: boolean };

const statements = prepared((db) => ({
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM decrees').pluck(),
  draft: db.$client.prepare(
    `INSERT INTO decrees (centre_id, person_id, seat, from_on, to_on, drafted_on, drafted_by,
       act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  coordinate: db.$client.prepare('INSERT INTO decree_coordinations VALUES (?, ?, ?, ?, ?, ?)'),
  issue: db.$client.prepare('INSERT INTO decree_issues VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  accept: db.$client.prepare('INSERT INTO decree_acceptances VALUES (?, ?, 1, 1, ?, ?)'),
  end: db.$client.prepare('INSERT INTO decree_endings VALUES (?, ?, ?, ?, ?)'),
}));

/** Proposes a person for a seat; the committee for its own two, the chair for the others. */
export function draftDecree(tx: Tx, actor: Actor, centre: Centre, draft: DecreeDraft): Decree {
  const { personId, seat, fromOn, toOn } = draft;
  requireSide(actor, centre, seat, 'draft');
  refuseTurnedDays(fromOn, toOn);
  const licences = licencesOf(tx, centre.id);
  // Before the first licence a person may be proposed; after it his days are known to fit.
  if (licences.length > 0) refuseBeyondLicence(licences, { fromOn, toOn });
  const person = personById(tx, personId);
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
    ...{ centreId: centre.id, after: { ...draft, name: person.name } },
  });
  const { lastInsertRowid } = statements(tx).draft.run(
    ...[centre.id, personId, seat, fromOn, toOn, actor.today, actor.user!.id, act.id],
  );
  return findDecree(tx, centre.id, String(lastInsertRowid), actor.today);
}

/** B-130: the committee answers the chair's request, once, by letter. */
export function coordinateDecree(
  tx: Tx,
  actor: Actor,
  decree: Decree,
  { answer, number, decidedOn }: Coordination,
): Decree {
  requirePower(actor, 'decrees.coordinate', placeOf(decree));
  if (isCommittees(decree.seat)) throw new Refusal('board:refusals.no-coordination-needed');
  refuseUnless(tx, actor, decree, 'awaiting-coordination', 'already-answered');
  if (decidedOn > actor.today) {
    throw new Refusal('board:refusals.future-day', { status: 422, field: 'decidedOn' });
  }
  const after = { answer, number, decidedOn };
  const act = record(tx, actor, deedOf(decree, 'coordinated', after));
  statements(tx).coordinate.run(decree.id, answer, number, decidedOn, actor.user!.id, act.id);
  return again(tx, actor, decree);
}

/** Gives the decree out under the centre's next number, with its paper and its duties. */
export function issueDecree(tx: Tx, actor: Actor, centre: Centre, decree: Decree): Decree {
  const fresh = again(tx, actor, decree);
  const issuer = refuseOtherIssuer(actor, centre, fresh);
  refuseSettled(fresh);
  const clearance = standingOf(tx, fresh.personId, actor.today);
  uphold(
    clearedBeforeDecree,
    { ...clearance, issuedOn: actor.today },
    { values: { name: fresh.name }, mend: `/board/decrees/${fresh.id}` },
  );
  refuseUnlicensed(tx, actor, centre, fresh);
  refuseTakenSeat(tx, actor, fresh);
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
  const { state } = again(tx, actor, decree);
  if (state === 'ended' || state === 'cancelled') throw new Refusal('board:refusals.already-ended');
  if (endedOn !== actor.today) {
    throw new Refusal('board:refusals.ends-today', { status: 422, field: 'endedOn' });
  }
  const act = record(tx, actor, deedOf(decree, 'ended', { endedOn, reason }));
  statements(tx).end.run(decree.id, endedOn, reason, actor.user!.id, act.id);
  return again(tx, actor, decree);
}

/** Who may end a decree: its issuer, and the committee any. */
export function endersOf({ seat }: { seat: Seat }): Power[] {
  const committee: Power[] = ['decrees.issue-committee'];
  return isCommittees(seat) ? committee : [...committee, 'decrees.issue-board'];
}

export const placeOf = ({ centreId, countyId }: Decree) => ({ id: centreId, countyId });

/** The power to draft or issue this seat's decree. */
export function powerFor(seat: Seat, step: 'draft' | 'issue'): Power {
  return `decrees.${step}-${isCommittees(seat) ? 'committee' : 'board'}`;
}

/** B-129, B-130: who draws up the one kind of decree has no say in drawing up the other. */
function requireSide(
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

/** The chair's own decree that he issues under; null when the committee issues. */
function refuseOtherIssuer(actor: Actor, centre: Centre, decree: Decree): number | null {
  requireSide(actor, centre, decree.seat, 'issue');
  const issuer = isCommittees(decree.seat) ? 'committee' : 'chair';
  if (issuer === 'committee') {
    uphold(committeeIssues, { issuer });
    return null;
  }
  const { answer, coordinatedOn } = decree;
  const coordination = answer && coordinatedOn ? { answer, decidedOn: coordinatedOn } : undefined;
  const mend = `/board/decrees/${decree.id}`;
  uphold(chairIssuesCoordinated, { issuer, coordination, issuedOn: actor.today }, { mend });
  const own = actor.seats.find((held) => held.centreId === centre.id && held.seat === 'chair');
  return own!.decreeId;
}

function refuseSettled({ state, number }: Decree): void {
  if (state === 'draft' || state === 'coordinated') return;
  if (number !== null) throw new Refusal('board:refusals.already-issued', { values: { number } });
  throw new Refusal('board:refusals.withdrawn');
}

/** B-128: a licence in force today, and one that covers the whole term. */
function refuseUnlicensed(tx: Tx, actor: Actor, centre: Centre, decree: Decree): void {
  const licences = licencesOf(tx, centre.id);
  const mend = '/licence';
  if (!permits(licenceState(licences, actor.today), 'decrees')) {
    throw new Refusal('board:refusals.no-licence', { clause: decreeWithinLicence.id, mend });
  }
  refuseBeyondLicence(licences, decree);
}

function refuseBeyondLicence(licences: Licence[], { fromOn, toOn }: Days): void {
  if (decreeWithinLicence.holds({ licences, term: { fromOn, toOn } })) return;
  throw new Refusal('board:refusals.beyond-licence', {
    ...{ clause: decreeWithinLicence.id, field: 'to', mend: '/licence' },
  });
}

/** B-28 to B-33: one holder at a time. */
function refuseTakenSeat(tx: Tx, actor: Actor, decree: Decree): void {
  const term = { fromOn: decree.fromOn, toOn: decree.toOn };
  const issued = decreesOf(tx, decree.centreId, actor.today).filter(
    (other) => other.seat === decree.seat && other.issuedOn !== null,
  );
  const others = issued.map(takenDays).filter((days) => days !== undefined);
  const holder = issued.find((other) => other.state !== 'ended') ?? issued[0];
  const values = { name: holder?.name ?? '' };
  const mend = holder ? `/board/decrees/${holder.id}` : undefined;
  uphold(oneHolderPerSeat[decree.seat], { term, others }, { values, mend });
}

function requireAny(actor: Actor, decree: Decree, powers: Power[]): void {
  if (powers.some((power) => may(actor, power, placeOf(decree)))) return;
  requirePower(actor, powers[0]!, placeOf(decree));
}

/** Two may decide at once; the second reads what the first did, and is told. */
function refuseUnless(
  tx: Tx,
  actor: Actor,
  decree: Decree,
  state: Decree['state'],
  key: string,
): void {
  const fresh = again(tx, actor, decree);
  if (fresh.state !== state) throw new Refusal(`board:refusals.${key}`);
}

function again(tx: Tx, actor: Actor, decree: Decree): Decree {
  return findDecree(tx, decree.centreId, String(decree.id), actor.today);
}

function deedOf(decree: Decree, step: string, after: object): Deed {
  const { id, centreId, seat, name } = decree;
  return {
    kind: `decree.${step}`,
    subject: `decrees/${id}`,
    centreId,
    after: { seat, name, ...after },
  };
}
