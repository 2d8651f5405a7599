/** A person of Noor's county whom security and selection have both approved, today in the world. */
import { stepsAt } from '../../seeds/neighbourhood.ts';
import { type Candidate, clearedPerson } from '../../seeds/opening.ts';
import type { Person } from '../../src/board/persons.ts';
import type { World } from './world.ts';

export function clearedHere({ province, users, noor, clock }: World, candidate: Candidate): Person {
  const officers = { head: users.hadi, security: users.security, selection: users.selection };
  const as = stepsAt(province.db, clock.now);
  return clearedPerson(province.db, as, officers, candidate, noor.countyId);
}
