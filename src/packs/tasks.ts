/** Months of which the committee waits for the papers, for whoever makes the packs (B-133). */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import type { Db } from '../provinces/connection.ts';
import { packFactsOf } from './facts.ts';

export function packTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  if (!may(actor, 'packs.issue', centre)) return [];
  const { late, dueOn } = packFactsOf(db, centre.id, actor.today);
  if (dueOn === null) return [];
  const told = { to: late ? `/packs/${late.number}` : '/packs', clause: 'B-133', day: dueOn };
  return late
    ? [{ key: `pack-${late.state}`, state: 'warn', ...told }]
    : [{ key: 'pack-due', state: 'none', ...told }];
}
