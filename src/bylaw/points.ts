/** The "very important points": the mosque's independence, no politics, liability, entries in time. */
import type { Clause } from './clause.ts';

/** The mosque's money is not the centre's: no gift is taken for the mosque itself. */
export const mosqueApart: Clause<{ meantForMosque: boolean }> = {
  id: 'B-98',
  holds: ({ meantForMosque }) => !meantForMosque,
};

/** A trustee declares that he does nothing political or for a party in the centre's name. */
export const noPolitics: Clause<{ declared: boolean }> = {
  id: 'B-100',
  holds: ({ declared }) => declared,
};

/** A trustee accepts to answer for his acts, criminally, civilly and disciplinarily. */
export const liabilityAccepted: Clause<{ accepted: boolean }> = {
  id: 'B-101',
  holds: ({ accepted }) => accepted,
};

/** After how many days an entry is late is told beforehand: what was late yesterday stays late. */
export const noRuleBackwards: Clause<{ fromOn: string; today: string }> = {
  id: 'B-112',
  holds: ({ fromOn, today }) => fromOn >= today,
};

/** What a centre did well is told without naming anybody in need. */
export const nobodyNamed: Clause<{ declared: boolean }> = {
  id: 'B-104',
  holds: ({ declared }) => declared,
};

/** What was sent back is written anew; what waits or was approved stays as it is. */
export const anewAfterReturn: Clause<{ answer: 'approved' | 'returned' | null }> = {
  id: 'B-108',
  holds: ({ answer }) => answer === 'returned',
};

/** The committee answers each version of an experience once. */
export const answeredOnce: Clause<{ answer: 'approved' | 'returned' | null }> = {
  id: 'B-108',
  holds: ({ answer }) => answer === null,
};
