/** The life of the licence: monitoring, decisions, dissolution. */
import type { LicenceState } from '../licence/states.ts';
import type { Clause } from './clause.ts';

export type Conclusion = 'renew' | 'suspend' | 'revoke' | 'none';

/** Each of the four offices monitors; a result rests on supervision, a renewal on all four. */
export const fourOfficesMonitor: Clause<{ filled: string[]; conclusion: Conclusion }> = {
  id: 'B-20',
  holds: ({ filled, conclusion }) =>
    filled.includes('supervision') && (conclusion !== 'renew' || new Set(filled).size === 4),
};

/** Renewal, suspension and revocation follow a signed result that says so and is fresh. */
export const signedResultDecides: Clause<{
  kind: string;
  result: { conclusion: string; ageDays: number } | undefined;
  validDays: number;
}> = {
  id: 'B-109',
  holds: ({ kind, result, validDays }) =>
    !['renew', 'suspend', 'revoke'].includes(kind) ||
    (result !== undefined && result.conclusion === kind && result.ageDays <= validDays),
};

/** A centre that is suspended, revoked, dissolving or dissolved does nothing under its name. */
export const workingCentre: Clause<{ state: LicenceState }> = {
  id: 'B-109',
  holds: ({ state }) => !['suspended', 'revoked', 'dissolving', 'dissolved'].includes(state),
};

/** What a dissolved centre had goes where the committee has countersigned that it goes. */
export const assetsCountersigned: Clause<{ lines: number; open: number; listed: boolean }> = {
  id: 'B-102',
  holds: ({ open, listed }) => open === 0 && listed,
};
