/** B-109, B-102: which decision may follow which state; what is not in the table is refused. */
import type { DecisionKind } from './standing.ts';
import type { LicenceState } from './states.ts';

export const FOLLOWS: Record<LicenceState, readonly DecisionKind[]> = {
  before: [],
  active: ['suspend', 'revoke', 'dissolve'],
  // Ninety days before the end the renewal file is open.
  warning: ['renew', 'suspend', 'revoke', 'dissolve'],
  expired: ['renew', 'revoke', 'dissolve'],
  suspended: ['reinstate', 'revoke', 'dissolve'],
  revoked: ['reinstate', 'dissolve'],
  dissolving: ['reinstate', 'finish'],
  // What is dissolved stays so; people who begin again are another centre.
  dissolved: [],
};

export const mayFollow = (state: LicenceState, kind: DecisionKind): boolean =>
  FOLLOWS[state].includes(kind);
