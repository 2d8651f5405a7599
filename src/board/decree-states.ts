/** The life of a decree: from a draft to its end, told from what was recorded of it. */
import { OPTIONAL_SEATS, type Seat } from '../access/powers.ts';
import { addDays } from '../values/jalali-date.ts';

export const DECREE_STATES = [
  'draft',
  'awaiting-coordination',
  'coordinated',
  'refused',
  'issued',
  'accepted',
  'ended',
  'cancelled',
] as const;
export type DecreeState = (typeof DECREE_STATES)[number];

/** What is recorded of a decree, each null until it happened. */
export type Recorded = {
  seat: Seat;
  fromOn: string;
  toOn: string;
  /** When the committee's coordination was asked for; null while it is a draft. */
  requestedOn: string | null;
  answer: 'agreed' | 'refused' | null;
  issuedOn: string | null;
  acceptedOn: string | null;
  endedOn: string | null;
};

/** B-129: the committee's own seats need no coordination; B-130: the others do. */
export function isCommittees(seat: Seat): boolean {
  return seat === 'chair' || seat === 'vice-chair';
}

/** B-34: a seat that a board adds by need. */
export function isOptional(seat: Seat): boolean {
  return OPTIONAL_SEATS.some((optional) => optional === seat);
}

export function decreeState(decree: Recorded, today: string): DecreeState {
  const { seat, requestedOn, answer, issuedOn, acceptedOn, endedOn, toOn } = decree;
  if (issuedOn === null) {
    if (endedOn !== null) return 'cancelled';
    if (isCommittees(seat) || requestedOn === null) return 'draft';
    if (answer === null) return 'awaiting-coordination';
    return answer === 'agreed' ? 'coordinated' : 'refused';
  }
  if ((endedOn !== null && endedOn <= today) || toOn < today) return 'ended';
  return acceptedOn === null ? 'issued' : 'accepted';
}

/** Principle 2: issued, accepted, within its days, and not ended. */
export function isInForce(decree: Recorded, today: string): boolean {
  return decreeState(decree, today) === 'accepted' && decree.fromOn <= today;
}

/** Waiting for somebody before it can have force. */
export function isOpen(state: DecreeState): boolean {
  return !['accepted', 'ended', 'cancelled', 'refused'].includes(state);
}

/** The days the seat is taken, an early end taken off; undefined when nothing of it is left. */
export function takenDays({ fromOn, toOn, endedOn }: Recorded) {
  const last = endedOn !== null && endedOn <= toOn ? addDays(endedOn, -1) : toOn;
  return last < fromOn ? undefined : { fromOn, toOn: last };
}
