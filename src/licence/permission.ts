/** The table of states, asked before a deed: a refusal tells which state forbids it. */
import { workingCentre } from '../bylaw/licence.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { Refusal, type RefusalDetails } from '../refusal.ts';
import { type DecisionKind, STATE_BY_DECISION, standingOn } from './standing.ts';
import { HOLDS_AREA, type LicenceState, type LicensedDeed, leaveFor, permits } from './states.ts';

const statements = prepared((db) => ({
  decided: db.$client
    .prepare(
      `SELECT kind FROM licence_decisions
       WHERE centre_id = ? AND kind <> 'renew' AND decided_on <= ? ORDER BY id DESC LIMIT 1`,
    )
    .pluck(),
}));

/** By which clause a state forbids what it forbids. */
export function clauseOf(state: LicenceState): 'B-102' | 'B-109' | 'B-128' {
  if (state === 'dissolving' || state === 'dissolved') return 'B-102';
  return workingCentre.holds({ state }) ? 'B-128' : 'B-109';
}

/** Refuses what the centre's state of this day does not permit it to do by itself. */
export function refuseUnpermitted(
  db: Db,
  centreId: number,
  day: string,
  deed: LicensedDeed,
  told: RefusalDetails = {},
): void {
  const { state } = standingOn(db, centreId, day);
  if (!permits(state, deed)) throw forbidden(state, told);
}

/** The same for what a decision forbids; whether the days permit it is asked by B-128 elsewhere. */
export function refuseDecided(
  db: Db,
  centreId: number,
  day: string,
  deed: LicensedDeed,
  told: RefusalDetails = {},
): void {
  const kind = statements(db).decided.get(centreId, day) as DecisionKind | undefined;
  const state = kind && STATE_BY_DECISION[kind];
  if (state && !permits(state, deed)) throw forbidden(state, told);
}

/**
 * The same of a centre that has been licensed: what a decision or the end of its days forbids, and
 * what waits for the first of them.
 */
export function refuseClosed(db: Db, centreId: number, day: string, deed: LicensedDeed): void {
  const { state, until } = standingOn(db, centreId, day);
  if (state !== 'before' && !permits(state, deed)) throw forbidden(state, {});
  const licensed = until !== null;
  if (state === 'before' && licensed && leaveFor(state, deed) === 'no') {
    throw new Refusal('licence:refusals.not-begun', { clause: 'B-128', mend: '/licence' });
  }
}

/** B-124: whether the centre holds the ground of its approved area on this day. */
export const holdsGround = (db: Db, centreId: number, day: string): boolean =>
  HOLDS_AREA[standingOn(db, centreId, day).state];

/** B-124: a centre that holds no ground any more is given none. */
export function refuseGround(db: Db, centreId: number, day: string): void {
  const { state } = standingOn(db, centreId, day);
  if (!HOLDS_AREA[state]) throw forbidden(state, {});
}

function forbidden(state: LicenceState, told: RefusalDetails): Refusal {
  const clause = clauseOf(state);
  return new Refusal(`licence:refusals.${state}`, { clause, mend: '/licence', ...told });
}
