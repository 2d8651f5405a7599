/** What a page says of a centre's licence: its standing today, the licence that counts, the days left. */
import type { Response } from 'express';
import { daysBetween } from '../values/jalali-date.ts';
import { licencesOf } from './licences.ts';
import { STATE_LOOKS } from './look.ts';
import { standingOn } from './standing.ts';

/** The licence that counts today, or the last there was. */
export function licenceFacts({ locals: { province, centre, actor } }: Response) {
  const { today } = actor!;
  const licences = licencesOf(province.db, centre.id);
  const { state, since, until, decision } = standingOn(province.db, centre.id, today);
  const holds = licences.find(({ fromOn, toOn }) => fromOn <= today && toOn >= today);
  const runs = until !== null && (state === 'active' || state === 'warning');
  return {
    ...{ licences, state, since, decision, look: STATE_LOOKS[state] },
    ...{ current: holds ?? licences[0] ?? null, until },
    left: runs ? daysBetween(today, until) : null,
  };
}
