/** What visits found and is still open, for whoever mends it (B-111). */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import type { Db } from '../provinces/connection.ts';
import { visitFactsOf } from './facts.ts';

export function visitTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  if (!may(actor, 'inspections.mend', centre)) return [];
  const { open: number, late } = visitFactsOf(db, centre.id, actor.today);
  if (number === 0) return [];
  const told = { to: '/inspections', clause: 'B-111', number };
  return [{ key: 'findings-open', state: late ? 'warn' : 'wait', ...told }];
}
