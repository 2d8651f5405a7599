/** Assemblies, institutions, and what the committee handed over. */
import { isInForce } from '../board/decree-states.ts';
import { addDays } from '../values/jalali-date.ts';
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

const ASSEMBLIES: Mend = { to: '/assemblies', power: 'assemblies.read' };
const INSTITUTIONS: Mend = { to: '/institutions', power: 'institutions.read' };

type AssemblyKind = keyof Facts['bodies']['standing'];

/** B-68, B-72, B-73, B-78: an assembly of this kind stands, once the centre is licensed. */
export function assemblyStands(kind: AssemblyKind) {
  return ({ bodies, licences }: Facts): Judgement => {
    const count = bodies.standing[kind];
    if (count > 0) return kept({ count });
    if (licences.length === 0) return notDue();
    const to = kind === 'guilds' ? '/assemblies/new' : `/assemblies/new?kind=${kind}`;
    return broken({ to, power: 'assemblies.edit' });
  };
}

/** B-75: assemblies meet with one another, where there are two. */
export function assembliesMeet({ bodies }: Facts): Judgement {
  const { joint, standing } = bodies;
  if (joint > 0) return kept({ count: joint });
  const all = Object.values(standing).reduce((sum, count) => sum + count, 0);
  return all < 2 ? notDue() : broken(ASSEMBLIES);
}

/** So long after its first licence a centre may take to hold a programme that promotes giving. */
const DAYS_TO_PROMOTE = 365;

/** B-77: cultural programmes that promote giving are written down as they are held. */
export function givingPromoted({ bodies, licences, today }: Facts): Judgement {
  if (bodies.promoting > 0) return kept({ count: bodies.promoting });
  const due = licences.some(({ fromOn }) => addDays(fromOn, DAYS_TO_PROMOTE) <= today);
  return due ? broken({ to: '/assemblies/meetings/new', power: 'assemblies.edit' }) : notDue();
}

/** B-74: the directory tells what state and other bodies can do. */
export function institutionsKnown({ bodies, licences }: Facts): Judgement {
  if (bodies.institutions > 0) return kept({ count: bodies.institutions });
  return licences.length === 0 ? notDue() : broken(INSTITUTIONS);
}

/** B-25: the centre speaks with institutions and charities, and writes down when. */
export function institutionsSpoken({ bodies, licences }: Facts): Judgement {
  const { institutions, lastSpokeOn } = bodies;
  if (lastSpokeOn) return kept({ count: institutions, day: lastSpokeOn });
  return licences.length === 0 ? notDue() : broken(INSTITUTIONS);
}

/** B-22: what is handed over is handed over by letter, and a seat answers for it. */
export function mattersHandedOver({ bodies, decrees, today }: Facts): Judgement {
  const held = decrees.filter((decree) => isInForce(decree, today)).map(({ seat }) => seat);
  const unanswered = bodies.delegated.filter((seat) => !held.includes(seat)).length;
  if (unanswered > 0) {
    return broken({ to: '/delegations', power: 'delegations.read' }, { count: unanswered });
  }
  return bodies.delegated.length > 0 ? kept({ count: bodies.delegated.length }) : notDue();
}
