/** The "very important points": the mosque's independence, no politics, liability. */
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
