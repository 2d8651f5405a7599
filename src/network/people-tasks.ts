/** What the letters of tasks ask of the chair today: a user to open, an end to think of. */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import type { Db } from '../provinces/connection.ts';
import { addDays, daysBetween } from '../values/jalali-date.ts';
import { type Assignment, pressingAssignments } from './assignment-rows.ts';
import { hasUser } from './assignment-users.ts';

/** Within so many days of a letter's end the next one is to be thought of. */
const NEXT_LETTER_DAYS = 14;

export function peopleTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  if (!may(actor, 'assignments.give', centre)) return [];
  const { today } = actor;
  const last = addDays(today, NEXT_LETTER_DAYS);
  return pressingAssignments(db, centre.id, today, last).flatMap((one) => taskOf(db, actor, one));
}

function taskOf(db: Db, { today }: Actor, assignment: Assignment): Task[] {
  const { id, state, name, toOn } = assignment;
  const told = { to: `/network/assignments/${id}`, clause: 'B-45', name };
  if (state === 'waiting' && !hasUser(db, assignment)) {
    return [{ key: 'open-volunteer-user', state: 'wait', ...told }];
  }
  const left = daysBetween(today, toOn);
  if (state !== 'in-force' || left > NEXT_LETTER_DAYS) return [];
  return [{ key: 'assignment-ending', state: 'warn', ...told, number: left, day: toOn }];
}
