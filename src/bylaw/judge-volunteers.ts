/** The people of the network: volunteers of both sides, charity units, and letters that give tasks. */
import { POWERS, type Seat } from '../access/powers.ts';
import { isInForce } from '../board/decree-states.ts';
import type { Facts, VolunteerFacts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

const REGISTER: Mend = { to: '/network/volunteers', power: 'network.read' };
const UNITS: Mend = { to: '/network/units', power: 'network.read' };
const LETTERS: Mend = { to: '/network/assignments', power: 'assignments.read' };

const WRITERS: readonly Seat[] = POWERS['volunteers.register'].seats;
const OTHERS = { man: 'benefactors-women', woman: 'benefactors-men' } as const;
const OFFICERS = { man: 'benefactors-men', woman: 'benefactors-women' } as const;

/** B-45: whoever has a task has it by the chair's letter, and accepted it himself. */
export function tasksLettered({ volunteers: { letters } }: Facts): Judgement {
  if (letters.stray > 0) return broken(LETTERS, { count: letters.stray });
  if (letters.inForce > 0) return kept({ count: letters.inForce });
  return letters.given > 0 ? notDue({ count: letters.given }, 'rests') : notDue();
}

/** B-65 and B-69: each officer's side of the register, from his decree on. */
export function sideKept(gender: 'man' | 'woman') {
  return ({ volunteers, decrees, today }: Facts): Judgement => {
    const stray = volunteers.writes.filter((write) => write.gender === gender && isStray(write));
    if (stray.length > 0) return broken(REGISTER, { count: stray.length }, 'stray');
    const count = gender === 'man' ? volunteers.men : volunteers.women;
    if (count > 0) return kept({ count });
    const officer = decrees.some(
      (decree) => decree.seat === OFFICERS[gender] && isInForce(decree, today),
    );
    return officer ? broken(REGISTER) : notDue();
  };
}

/** B-140: volunteers are sought from the licence on at the latest, and each with his field. */
export function volunteersFound({ volunteers, licences, today }: Facts): Judgement {
  if (volunteers.fielded > 0) return kept({ count: volunteers.fielded });
  return licences.some(({ fromOn }) => fromOn <= today) ? broken(REGISTER) : notDue();
}

/** B-141: charity units across the area, from the licence on at the latest. */
export function unitsFound({ volunteers, licences, today }: Facts): Judgement {
  if (volunteers.units > 0) return kept({ count: volunteers.units });
  return licences.some(({ fromOn }) => fromOn <= today) ? broken(UNITS) : notDue();
}

/** B-105: particulars written or opened by somebody whose side it is not, or for no reason. */
export function strayLooks({ writes, reveals }: VolunteerFacts): number {
  const unreasoned = reveals.filter(({ byOffice, reason }) => !byOffice || !reason?.trim());
  return writes.filter(isStray).length + unreasoned.length;
}

function isStray({ gender, seat, byOffice }: VolunteerFacts['writes'][number]): boolean {
  return !byOffice && (seat === null || !WRITERS.includes(seat) || seat === OTHERS[gender]);
}
