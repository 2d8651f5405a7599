/** What is to be done about boxes, for whoever may do it: boxes that are due, counts that wait. */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { countDue } from './yield.ts';

const statements = prepared((db) => ({
  waiting: db.$client
    .prepare(
      `SELECT count(*) FROM box_openings o WHERE o.centre_id = ? AND o.counted_by <> ?
         AND o.id NOT IN (SELECT opening_id FROM box_confirmations)
         AND o.id NOT IN (SELECT opening_id FROM box_count_withdrawals)`,
    )
    .pluck(),
}));

export function boxTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  const due = may(actor, 'boxes.keep', centre) ? countDue(db, centre.id, actor.today) : 0;
  const mayCount = may(actor, 'boxes.count', centre) && actor.user;
  const waiting = mayCount ? (statements(db).waiting.get(centre.id, actor.user!.id) as number) : 0;
  const told = { state: 'wait' as const, clause: 'B-35' };
  return [
    ...(waiting
      ? [
          {
            ...{ key: 'count-boxes-again', ...told, number: waiting },
            to: '/donations/boxes/openings?state=waiting',
          },
        ]
      : []),
    ...(due ? [{ key: 'boxes-due', ...told, to: '/donations/boxes/rounds/new', number: due }] : []),
  ];
}
