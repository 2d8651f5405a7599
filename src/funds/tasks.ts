/** What the rules of funds remind a centre's board of, among its tasks. */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import type { Db } from '../provinces/connection.ts';
import { type FundWarning, fundWarnings } from './warnings.ts';

export function fundTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  if (!may(actor, 'fund-statements.read', centre)) return [];
  return fundWarnings(db, centre.id, actor.today).map(({ key, fund, rial, day }) => ({
    ...{ key, state: 'warn', clause: 'B-81', name: fund.nameFa, number: rial, day },
    to: placeOf(key),
  }));
}

function placeOf(key: FundWarning['key']): string {
  if (key.startsWith('vow')) return `/donations/vows?state=${key.slice(4)}`;
  return key.startsWith('leave') ? '/funds/permissions' : '/funds';
}
