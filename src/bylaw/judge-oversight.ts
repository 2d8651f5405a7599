/** The province over its centres: their seat in mosques, their office, what waits for a decision. */
import { addDays } from '../values/jalali-date.ts';
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

const page = (by: string): Mend => ({
  ...{ to: `/supervision?by=${by}`, power: 'reports.read', ofProvince: true },
});

/** B-4: of a hundred centres the committee wants so many to be seated in mosques. */
export const MOSQUE_TARGET = 60;

/** B-18: what waits for the committee is decided within so many days. */
const DAYS_TO_DECIDE = 30;

/** B-4: the share of centres in mosques, beside the committee's target. */
export function mosquesShared({ oversight: { mosqueShare } }: Facts): Judgement {
  const told = { count: mosqueShare };
  return mosqueShare >= MOSQUE_TARGET ? kept(told) : broken(page('counties'), told);
}

/** B-12: the county office that the centre belongs to is there, and somebody heads it. */
export function officeHeaded({ oversight: { head }, centre: { county } }: Facts): Judgement {
  if (head !== null) return kept({ county, name: head });
  return broken({ to: '/users', power: 'users.manage', ofProvince: true }, { county });
}

/** B-18: the committee looks at the centre, and leaves none of its questions lying. */
export function supervisedInTime({ oversight, looks, today }: Facts): Judgement {
  const { waitingSince } = oversight;
  if (waitingSince !== null && addDays(waitingSince, DAYS_TO_DECIDE) < today) {
    return broken(page('waiting'), { day: waitingSince });
  }
  return looks.lastOn === null ? notDue() : kept({ day: looks.lastOn });
}

/** B-26: each gift has its intention, and people give in more ways than one. */
export function intentionsMany({ oversight: { intentions, kinds }, gifts }: Facts): Judgement {
  if (gifts.count === 0) return notDue();
  if (intentions > 0) return kept({ count: intentions, number: String(kinds) });
  return broken({ to: '/donations', power: 'donations.read' });
}
