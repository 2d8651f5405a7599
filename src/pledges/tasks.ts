/** Promises that fall due this week or are late, for whoever keeps in touch with their givers. */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import type { Db } from '../provinces/connection.ts';
import { pledgesOf } from './pledge-rows.ts';

export function pledgeTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  if (!may(actor, 'pledges.keep', centre)) return [];
  const states = pledgesOf(db, centre.id, actor.today).map(({ standing }) => standing.state);
  const number = states.filter((state) => state === 'week' || state === 'late').length;
  if (number === 0) return [];
  const state = states.includes('late') ? 'warn' : 'wait';
  return [{ key: 'pledges-due', state, to: '/donations/pledges?state=due', number }];
}
