/** Assemblies, institutions, and what the committee handed over. */
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

/** B-77: cultural programmes that promote giving are written down as they are held. */
export function givingPromoted({ bodies }: Facts): Judgement {
  return bodies.promoting > 0 ? kept({ count: bodies.promoting }) : notDue();
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
export function mattersHandedOver({ bodies }: Facts): Judgement {
  return bodies.delegations > 0 ? kept({ count: bodies.delegations }) : notDue();
}
