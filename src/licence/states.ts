/** What a licence lets a centre do on a day: one state, and one table of what it permits. */
import { addDays, daysBetween } from '../values/jalali-date.ts';

export const LICENCE_STATES = ['before', 'active', 'warning', 'expired'] as const;
export type LicenceState = (typeof LICENCE_STATES)[number];

export type Days = { fromOn: string; toOn: string };

/** So many days before its end the centre and its county are reminded. */
export const WARNING_DAYS = 90;

export type LicensedDeed = 'donations' | 'decrees' | 'letterhead';

/** B-128: nothing is done under the centre's name but under a licence in force. */
export const PERMITS: Record<LicenceState, Record<LicensedDeed, boolean>> = {
  before: { donations: false, decrees: false, letterhead: false },
  active: { donations: true, decrees: true, letterhead: true },
  warning: { donations: true, decrees: true, letterhead: true },
  expired: { donations: false, decrees: false, letterhead: false },
};

export const permits = (state: LicenceState, deed: LicensedDeed): boolean => PERMITS[state][deed];

/** The state on a day; a renewal that follows without a gap puts the warning off. */
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
