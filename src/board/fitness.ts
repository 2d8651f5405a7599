/** What stands against a decree, asked when it is drafted, when it is sent, and when it is issued. */
import type { Actor } from '../access/actor.ts';
import type { Seat } from '../access/powers.ts';
import { oneHolderPerSeat } from '../bylaw/board.ts';
import { uphold } from '../bylaw/clause.ts';
import { clearedBeforeDecree } from '../bylaw/people.ts';
import { decreeWithinLicence } from '../bylaw/rules.ts';
import type { Centre } from '../centres/centres.ts';
import { licencesOf } from '../licence/licences.ts';
import { refuseDecided, refuseUnpermitted } from '../licence/permission.ts';
import { standingOn } from '../licence/standing.ts';
import { type Days, type LicenceState, permits, stateOn } from '../licence/states.ts';
import type { Db, Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { agreementFor } from './change-rows.ts';
import { type Standing, standingOf } from './clearances.ts';
import { type Decree, decreesOf } from './decree-rows.ts';
import { isCommittees, takenDays } from './decree-states.ts';

/** Who is to hold which seat of which centre, and on which days. */
type Proposed = Days & { centreId: number; seat: Seat; personId: number; name: string };

/** The state of the licence that lets nobody be proposed by decree today; null if it lets. */
export function closedTo(db: Db, centreId: number, today: string): LicenceState | null {
  const { state } = standingOn(db, centreId, today);
  // B-33: before there is a licence persons are proposed for the seats, and no decree is drafted.
  const open = state === 'before' ? licencesOf(db, centreId).length > 0 : permits(state, 'decrees');
  return open ? null : state;
}

/** B-128: proposed within the licence, for days that lie in it. */
export function refuseProposing(tx: Tx, actor: Actor, centre: Centre, term: Days): void {
  if (closedTo(tx, centre.id, actor.today) !== null) {
    refuseUnpermitted(tx, centre.id, actor.today, 'decrees');
  }
  refuseBeyondLicence(tx, centre.id, term);
}

/** B-128: issued on a day of the licence, for days that lie in it. */
export function refuseUnlicensed(tx: Tx, actor: Actor, centre: Centre, term: Days): void {
  refuseDecided(tx, centre.id, actor.today, 'decrees');
  if (!permits(stateOn(licencesOf(tx, centre.id), actor.today), 'decrees')) {
    const told = { clause: decreeWithinLicence.id, mend: '/licence' };
    throw new Refusal('board:refusals.no-licence', told);
  }
  refuseBeyondLicence(tx, centre.id, term);
}

function refuseBeyondLicence(tx: Tx, centreId: number, { fromOn, toOn }: Days): void {
  const licences = licencesOf(tx, centreId);
  if (decreeWithinLicence.holds({ licences, term: { fromOn, toOn } })) return;
  throw new Refusal('board:refusals.beyond-licence', {
    ...{ clause: decreeWithinLicence.id, field: 'to', mend: '/licence' },
  });
}

/** B-14: both approvals stand today; a refusal since an earlier step counts. */
export function refuseUncleared(tx: Tx, actor: Actor, decree: Decree): Standing {
  const clearance = standingOf(tx, decree.personId, actor.today);
  const told = { values: { name: decree.name }, mend: `/board/decrees/${decree.id}` };
  uphold(clearedBeforeDecree, { ...clearance, issuedOn: actor.today }, told);
  return clearance;
}

/** B-14: before there is a decree; the chair may keep the proposal until both offices have decided. */
export function refuseUnclearedProposal(tx: Tx, actor: Actor, proposed: Proposed): void {
  const { personId, name, seat } = proposed;
  if (isCleared(tx, personId, actor.today)) return;
  const key = isCommittees(seat) ? 'uncleared-committee' : 'uncleared';
  const clause = clearedBeforeDecree.id;
  throw new Refusal(`board:refusals.${key}`, { clause, values: { name } });
}

export function isCleared(db: Db, personId: number, today: string): boolean {
  const clearance = standingOf(db, personId, today);
  return clearedBeforeDecree.holds({ ...clearance, issuedOn: today });
}

/** B-28 to B-33: one holder at a time. */
export function refuseTakenSeat(tx: Tx, actor: Actor, decree: Decree): void {
  refuseTaken(tx, actor, decree, ({ id }) => `/board/decrees/${id}`, []);
}

/** The same of a proposal; whom the committee has agreed to follow, is not in the way. */
export function refuseHeldSeat(tx: Tx, actor: Actor, proposed: Proposed): void {
  const issued = issuedFor(tx, actor, proposed);
  const followed = issued.filter(({ id }) => agreementFor(tx, id, proposed.personId));
  const mend = ({ id }: Decree) =>
    isCommittees(proposed.seat)
      ? `/board/decrees/${id}`
      : `/board/changes/new?decree=${id}&kind=replace`;
  refuseTaken(tx, actor, proposed, mend, followed);
}

type Term = Days & { centreId: number; seat: Seat };

function refuseTaken(
  tx: Tx,
  actor: Actor,
  { fromOn, toOn, ...place }: Term,
  mendOf: (holder: Decree) => string,
  followed: Decree[],
): void {
  const known = followed.map(({ id }) => id);
  const issued = issuedFor(tx, actor, place).filter(({ id }) => !known.includes(id));
  const others = issued.map(takenDays).filter((days) => days !== undefined);
  const holder = issued.find((other) => other.state !== 'ended') ?? issued[0];
  const told = { values: { name: holder?.name ?? '' }, mend: holder && mendOf(holder) };
  uphold(oneHolderPerSeat[place.seat], { term: { fromOn, toOn }, others }, told);
}

const issuedFor = (db: Db, actor: Actor, { centreId, seat }: Omit<Term, keyof Days>): Decree[] =>
  decreesOf(db, centreId, actor.today).filter(
    (other) => other.seat === seat && other.issuedOn !== null,
  );
