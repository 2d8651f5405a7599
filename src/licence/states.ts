/** What a licence lets a centre do on a day: one state, and one table of what it permits. */
import { addDays, daysBetween } from '../values/jalali-date.ts';

export const LICENCE_STATES = [
  'before',
  'active',
  'warning',
  'expired',
  'suspended',
  'revoked',
  'dissolving',
  'dissolved',
] as const;
export type LicenceState = (typeof LICENCE_STATES)[number];

export type Days = { fromOn: string; toOn: string };

/** So many days before its end the centre and its county are reminded. */
export const WARNING_DAYS = 90;

export const LICENSED_DEEDS = [
  'donations',
  'aid',
  'letterhead',
  'introductions',
  'decrees',
  'account',
  'goods',
  'asset-transfers',
  'entries',
  'reading',
] as const;
/**
 * What is asked of a state: new receipts; aid; the centre's head and seal; proposing persons for
 * seats; issuing decrees; activity code and bank account; moving goods; giving away what the centre
 * has; entries that close its books; reading and printing.
 */
export type LicensedDeed = (typeof LICENSED_DEEDS)[number];

/** `draft`: with the mark of a draft. `countersigned`: only under an officer's second signature. */
export type Leave = 'yes' | 'no' | 'draft' | 'countersigned';

const working: Record<LicensedDeed, Leave> = {
  donations: 'yes',
  aid: 'yes',
  letterhead: 'yes',
  introductions: 'yes',
  decrees: 'yes',
  account: 'yes',
  goods: 'yes',
  'asset-transfers': 'no',
  entries: 'yes',
  reading: 'yes',
};

/** Nothing under the centre's name; what it did is still read, printed and closed in the books. */
const resting: Record<LicensedDeed, Leave> = {
  ...working,
  donations: 'no',
  aid: 'no',
  letterhead: 'no',
  introductions: 'no',
  decrees: 'no',
  account: 'no',
  goods: 'no',
};

/** B-128, B-109, B-102: what each state of the licence permits. */
export const PERMITS: Record<LicenceState, Record<LicensedDeed, Leave>> = {
  before: { ...resting, letterhead: 'draft', introductions: 'yes', entries: 'no' },
  active: working,
  warning: working,
  // Approved lots only, finished under the supervisor's signature.
  expired: { ...resting, aid: 'countersigned', goods: 'countersigned' },
  // What spoils, and what is urgent for health.
  suspended: { ...resting, aid: 'countersigned', goods: 'countersigned' },
  revoked: { ...resting, goods: 'countersigned', 'asset-transfers': 'countersigned' },
  dissolving: { ...resting, goods: 'countersigned', 'asset-transfers': 'countersigned' },
  dissolved: resting,
};

/**
 * B-124: whether a centre in this state holds the ground of its approved area. Whoever may come back
 * as he was holds it still; whoever has to hand over what he has holds no ground against others.
 */
export const HOLDS_AREA: Record<LicenceState, boolean> = {
  ...{ before: true, active: true, warning: true, expired: true, suspended: true },
  ...{ revoked: false, dissolving: false, dissolved: false },
};

/** B-102, B-109: what is left to a centre in these states is to hand over what it has. */
export const isClosed = (state: LicenceState): boolean =>
  state === 'revoked' || state === 'dissolving' || state === 'dissolved';

export const leaveFor = (state: LicenceState, deed: LicensedDeed): Leave => PERMITS[state][deed];

/** Whether the centre may do it by itself, without a second signature or a draft's mark. */
export const permits = (state: LicenceState, deed: LicensedDeed): boolean =>
  leaveFor(state, deed) === 'yes';

/** The state by the days alone; a renewal that follows without a gap puts the warning off. */
export function stateOn(licences: Days[], day: string): LicenceState {
  const end = coveredUntil(licences, day);
  if (end !== undefined) return daysBetween(day, end) <= WARNING_DAYS ? 'warning' : 'active';
  return licences.some(({ toOn }) => toOn < day) ? 'expired' : 'before';
}

/** The last day up to which the centre is licensed without a gap; undefined if it is not today. */
export function coveredUntil(licences: Days[], day: string): string | undefined {
  let end: string | undefined;
  for (const { fromOn, toOn } of licences.toSorted(byStart)) {
    const joins = end === undefined ? fromOn <= day && toOn >= day : fromOn <= addDays(end, 1);
    if (joins && (end === undefined || toOn > end)) end = toOn;
  }
  return end;
}

const byStart = (one: Days, other: Days): number => (one.fromOn < other.fromOn ? -1 : 1);
