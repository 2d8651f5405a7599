/** What gifts ask of those who keep the money today: cheques that fall due, deposits that wait. */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import type { Db } from '../provinces/connection.ts';
import { chequesDueSoon } from './cheques.ts';
import { depositSums } from './deposits.ts';

export function giftTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  return [...chequeTasks(db, actor, centre), ...depositTasks(db, actor, centre)];
}

function chequeTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  if (!may(actor, 'cheques.record', centre)) return [];
  const { count: number, dueOn } = chequesDueSoon(db, centre.id, actor.today);
  if (number === 0) return [];
  const state = dueOn! <= actor.today ? 'warn' : 'wait';
  const to = '/donations/cheques?state=open';
  return [{ key: 'cheques-due', state, to, number, day: dueOn! }];
}

function depositTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  if (!may(actor, 'deposits.match', centre)) return [];
  const { count: number } = depositSums(db, centre.id, { state: 'waiting' });
  if (number === 0) return [];
  const to = '/donations/deposits?state=waiting';
  return [{ key: 'deposits-wait', state: 'none', to, number }];
}
