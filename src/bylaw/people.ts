/** Preamble and conditions for people: who is fit, and where an officer acts. */
import type { Clause } from './clause.ts';

/** Nobody gets a decree but whom security and selection have both approved, by number and day. */
export const clearedBeforeDecree: Clause<{
  security: { state: string; decidedOn: string } | undefined;
  selection: { state: string; decidedOn: string } | undefined;
  issuedOn: string;
}> = {
  id: 'B-14',
  holds: ({ security, selection, issuedOn }) =>
    [security, selection].every(
      (clearance) => clearance?.state === 'approved' && clearance.decidedOn <= issuedOn,
    ),
};

/** Whoever sits on the board serves of his own will, and says so. */
export const voluntaryService: Clause<{ declared: boolean }> = {
  id: 'B-27',
  holds: ({ declared }) => declared,
};

/** Whoever is proposed brings a definite plan for empowerment and jobs. */
export const withPlan: Clause<{ hasPlan: boolean }> = {
  id: 'B-83',
  holds: ({ hasPlan }) => hasPlan,
};
