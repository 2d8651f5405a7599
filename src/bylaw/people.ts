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
