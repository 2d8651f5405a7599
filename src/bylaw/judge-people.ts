/** Persons: cleared before their decree, bound by what they declared, decided on in their county. */
import { isInForce } from '../board/decree-states.ts';
import type { DecreeFacts, Facts } from './facts.ts';
import { pageOf, running } from './judge-board.ts';
import { broken, type Judgement, kept, notDue } from './judgement.ts';
import { clearedBeforeDecree } from './people.ts';
import { liabilityAccepted, noPolitics } from './points.ts';

/** B-14: both approvals stood on the day of each decree, and stand for whoever holds a seat today. */
export function holdersCleared({ decrees, today }: Facts): Judgement {
  const issued = decrees.filter(({ issuedOn }) => issuedOn !== null);
  const uncleared = issued.find(({ atIssue: { security, selection }, issuedOn }) => {
    return !clearedBeforeDecree.holds({ security, selection, issuedOn: issuedOn! });
  });
  if (uncleared) return broken(pageOf(uncleared), { name: uncleared.name });
  const refused = issued.find((decree) => isInForce(decree, today) && isRefused(decree));
  if (refused) return broken(pageOf(refused), { name: refused.name }, 'refusedSince');
  return issued.length > 0 ? kept({ count: issued.length }) : notDue();
}

function isRefused({ today: { security, selection } }: DecreeFacts): boolean {
  return [security, selection].some((clearing) => clearing?.state === 'refused');
}

/** B-17: what a head of a county office decided, the head of this county decided. */
export function ownCountyDecided({ decisions, centre: { county } }: Facts): Judgement {
  if (decisions.foreign > 0) return broken({ to: '/trail', power: 'trail.read' }, { county });
  return decisions.made > 0 ? kept({ county }) : notDue();
}

/** B-100: whoever's decree runs has declared that he keeps out of politics. */
export function politicsDeclared(facts: Facts): Judgement {
  return undertaken(facts, (decree) => noPolitics.holds({ declared: decree.noPolitics }));
}

/** B-101: whoever's decree runs has accepted to answer for his acts. */
export function liabilityTaken(facts: Facts): Judgement {
  return undertaken(facts, (decree) => liabilityAccepted.holds({ accepted: decree.liability }));
}

function undertaken(facts: Facts, holds: (decree: DecreeFacts) => boolean): Judgement {
  const decrees = running(facts);
  const without = decrees.find((decree) => !holds(decree));
  if (without) return broken(pageOf(without), { name: without.name });
  return decrees.length > 0 ? kept({ count: decrees.length }) : notDue();
}
