/** Seats and decrees: who holds a seat today, and by whose hand. */
import type { Seat } from '../access/powers.ts';
import { powerFor } from '../board/decree-sides.ts';
import { decreeState, isCommittees, isInForce, isOpen, takenDays } from '../board/decree-states.ts';
import { addDays } from '../values/jalali-date.ts';
import { oneHolderPerSeat } from './board.ts';
import type { DecreeFacts, Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';
import { chairIssuesCoordinated, committeeIssues } from './rules.ts';

/** Decrees that have been given out and whose days have come, whether accepted or not. */
export function running({ decrees, today }: Facts): DecreeFacts[] {
  return decrees.filter(
    (decree) =>
      decree.fromOn <= today && ['issued', 'accepted'].includes(decreeState(decree, today)),
  );
}

export const pageOf = ({ id, number }: DecreeFacts): Mend => ({
  ...{ to: `/board/decrees/${number ?? id}`, power: 'board.read' },
});

/** B-28: a chair from the first day of the licence on. */
export function chairHeld(facts: Facts): Judgement {
  const licensed = facts.licences.some(({ fromOn }) => fromOn <= facts.today);
  return seatHeld(facts, 'chair', licensed);
}

/** B-30: an admin and finance officer from the first chair on. */
export function adminFinanceHeld(facts: Facts): Judgement {
  const chaired = ofSeat(facts, 'chair').some(({ acceptedOn }) => acceptedOn !== null);
  return seatHeld(facts, 'admin-finance', chaired);
}

/** So long after its first licence a centre may take to have each core seat held by a decree. */
const DAYS_TO_SEAT = 60;

/**
 * B-29, B-31 to B-33: whoever holds the seat is alone in it; a seat that was filled stays so, and
 * none of the six is left without a decree for long.
 */
export function seatKept(seat: Seat): (facts: Facts) => Judgement {
  return (facts) => {
    const judged = seatHeld(facts, seat, false);
    const due = facts.licences.some(({ fromOn }) => addDays(fromOn, DAYS_TO_SEAT) <= facts.today);
    if (judged.state !== 'not-due' || !due) return judged;
    return ENDED.includes(facts.licence.state) ? judged : broken(mendOf(facts, seat), {}, 'never');
  };
}

/** A centre that has been closed seats nobody any more. */
const ENDED: Facts['licence']['state'][] = ['revoked', 'dissolving', 'dissolved'];

/** B-35 to B-44: an optional seat is one person's at a time; nobody need hold it. */
export function optionalSeatKept(seat: Seat): (facts: Facts) => Judgement {
  return (facts) => {
    const { state, why, told, mend } = seatHeld(facts, seat, false);
    if (state !== 'broken' || !mend || why === 'overlap' || why === 'unaccepted') {
      return { state, why, told, mend };
    }
    return why === 'two' ? broken(mend, told) : notDue();
  };
}

/** `due`: whether the seat must be held although nobody has held it yet. */
function seatHeld(facts: Facts, seat: Seat, due: boolean): Judgement {
  const { today } = facts;
  const holders = ofSeat(facts, seat).filter((decree) => isInForce(decree, today));
  const mend = mendOf(facts, seat);
  const [holder, second] = holders;
  if (second) return broken(pageOf(second), { name: second.name }, 'two');
  if (overlaps(facts, seat)) return broken(mend, {}, 'overlap');
  if (holder) return kept({ name: holder.name, number: holder.number! });
  const unaccepted = running(facts).find((decree) => decree.seat === seat);
  if (unaccepted) return broken(pageOf(unaccepted), { name: unaccepted.name }, 'unaccepted');
  const since = vacantSince(facts, seat);
  if (since !== undefined) return broken(mend, { day: since }, due ? 'vacant' : 'broken');
  return due ? broken(mend) : notDue();
}

/** The first day on which nobody held the seat any more; undefined if nobody ever did. */
function vacantSince(facts: Facts, seat: Seat): string | undefined {
  const lastDays = ofSeat(facts, seat)
    .filter(({ acceptedOn, fromOn }) => acceptedOn !== null && fromOn <= facts.today)
    .map((decree) => takenDays(decree)?.toOn)
    .filter((day) => day !== undefined);
  const last = lastDays.sort().at(-1);
  return last === undefined ? undefined : addDays(last, 1);
}

function overlaps(facts: Facts, seat: Seat): boolean {
  const terms = ofSeat(facts, seat)
    .map(takenDays)
    .filter((days) => days !== undefined);
  return terms.some(
    (term, at) => !oneHolderPerSeat[seat].holds({ term, others: terms.slice(at + 1) }),
  );
}

const ofSeat = ({ decrees }: Facts, seat: Seat): DecreeFacts[] =>
  decrees.filter((decree) => decree.seat === seat && decree.issuedOn !== null);

/** The decree that is already on its way, or the page on which it begins. */
function mendOf({ decrees, today }: Facts, seat: Seat): Mend {
  const open = decrees.find((decree) => decree.seat === seat && isOpen(decreeState(decree, today)));
  if (open) return pageOf(open);
  return { to: `/board/decrees/new?seat=${seat}`, power: powerFor(seat, 'draft') };
}

/** B-119: the committee opens the chair's user, the chair opens the others'. */
export function usersOpened({ decrees, today }: Facts): Judgement {
  const holders = decrees.filter((decree) => isInForce(decree, today));
  const chair = holders.find(({ seat }) => seat === 'chair');
  if (!chair) return notDue();
  const mend: Mend = { to: '/board/users', power: 'users.open-chair' };
  if (!chair.user) return broken(mend, { name: chair.name });
  if (chair.user.openedBy === 'other') return broken(mend, { name: chair.name }, 'otherHand');
  const others = holders.filter(({ id, user }) => id !== chair.id && user !== null);
  const stray = others.find(({ user }) => user?.openedBy === 'other');
  if (stray) return broken(mend, { name: stray.name }, 'otherHand');
  return kept({ name: chair.name }, others.length > 0 ? 'kept' : 'keptAlone');
}

/** B-129: the decrees of chair and vice-chair come from the committee. */
export function committeeIssued({ decrees }: Facts): Judgement {
  const issued = decrees.filter(({ seat, issuedOn }) => isCommittees(seat) && issuedOn !== null);
  const stray = issued.find(
    ({ byCommittee }) => !committeeIssues.holds({ issuer: byCommittee ? 'committee' : 'chair' }),
  );
  if (stray) return broken(pageOf(stray), { name: stray.name, number: stray.number! });
  const last = issued.at(-1);
  return last ? kept({ name: last.name, number: last.number!, day: last.issuedOn! }) : notDue();
}

/** B-130: the others' come from the chair, after the committee's letter. */
export function chairIssuedCoordinated({ decrees, today }: Facts): Judgement {
  const others = decrees.filter(({ seat }) => !isCommittees(seat));
  const issued = others.filter(({ issuedOn }) => issuedOn !== null);
  const stray = issued.find((decree) => !isCoordinated(decree));
  if (stray) return broken(pageOf(stray), { name: stray.name });
  if (issued.length > 0) return kept({ count: issued.length });
  const waiting = others.find((decree) => isOpen(decreeState(decree, today)));
  return waiting ? notDue({ name: waiting.name }, 'waiting') : notDue();
}

function isCoordinated({ answer, coordinatedOn, issuedOn, byChair }: DecreeFacts): boolean {
  const coordination = answer && coordinatedOn ? { answer, decidedOn: coordinatedOn } : undefined;
  const issuer = byChair ? 'chair' : 'committee';
  return chairIssuesCoordinated.holds({ issuer, coordination, issuedOn: issuedOn! });
}
