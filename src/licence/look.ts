/** How a state looks on a page, and what stands over every page of a centre that is in it. */
import type { Response } from 'express';
import { clauseOf } from './permission.ts';
import { standingOn } from './standing.ts';
import type { LicenceState } from './states.ts';

export const STATE_LOOKS: Record<LicenceState, string> = {
  before: 'none',
  active: 'ok',
  warning: 'warn',
  expired: 'bad',
  suspended: 'bad',
  revoked: 'bad',
  dissolving: 'bad',
  dissolved: 'void',
};

export type Banner = {
  look: string;
  state: LicenceState;
  clause: string;
  day: string;
  number: string;
  reason: string;
};

/** The state over a page, with the decision behind it; null while all is in order. */
export function bannerOf({ locals }: Response): Banner | null {
  const { province, centre, actor } = locals;
  if (!centre || !actor) return null;
  const { state, until, decision } = standingOn(province.db, centre.id, actor.today);
  if (state === 'before' || state === 'active') return null;
  const { number, reason, decidedOn } = decision ?? { number: '', reason: '', decidedOn: until! };
  return {
    look: STATE_LOOKS[state],
    state,
    clause: clauseOf(state),
    day: decidedOn,
    number,
    reason,
  };
}
