/** What is to be done about the night of Eid, for whoever may do it. */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import type { Db } from '../provinces/connection.ts';
import { countsWaiting } from './counts.ts';

export function fitraTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  if (!actor.user || !may(actor, 'fitra.confirm', centre)) return [];
  const number = countsWaiting(db, centre.id, actor.user.id);
  const told = { key: 'count-clerks-again', state: 'wait' as const, to: '/donations/eid/counts' };
  return number > 0 ? [{ ...told, number }] : [];
}
