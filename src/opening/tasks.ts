/** What of a centre's way is this reader's to do now, for its home. */
import type { Actor } from '../access/actor.ts';
import type { Power } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import type { Db } from '../provinces/connection.ts';
import { stepsOf } from './steps.ts';

/** Who may take each step; the steps that are not here have tasks of their own. */
const POWERS: Record<string, Power> = {
  particulars: 'centres.register',
  board: 'proposals.make',
  premises: 'premises.edit',
  equipment: 'equipment.edit',
  people: 'volunteers.register',
  licence: 'licences.issue',
  seal: 'seals.record',
  training: 'trainings.record',
};

export function openingTasks(
  db: Db,
  { actor, centre, can }: { actor: Actor; centre: Centre; can: (power: Power) => boolean },
): Task[] {
  const steps = stepsOf(db, centre, actor.today);
  return steps.flatMap(({ key, state, to, clause, turn }): Task[] => {
    const power = POWERS[key];
    if (power === undefined || state === 'done' || state === 'later' || !can(power)) return [];
    // Those proposed wait for security and selection only.
    const waits = key === 'board' && !turn.includes('county-head');
    return [{ key: `opening-${key}`, state: waits ? 'none' : 'wait', to, clause }];
  });
}
