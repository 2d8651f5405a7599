/** What the stores ask for today: lots to look at and to appraise, what expires or runs short. */
import type { Power } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { countOverdue } from './announcements.ts';
import { openCountsOf } from './counts.ts';
import { countExpiring, type LotState, lotStates } from './lot-rows.ts';
import { countWaitingSheets } from './opening-stock.ts';
import { stockSums } from './stock-rows.ts';

type Reader = {
  centre: Centre;
  can: (power: Power) => boolean;
  actor: { today: string; user: { id: number } | null };
};

/** What expires so soon is to be given out first. */
const SOON_DAYS = 30;

const statements = prepared(({ $client: client }) => ({
  hasItems: client.prepare('SELECT 1 FROM items WHERE centre_id = ? LIMIT 1').pluck(),
  wastes: client
    .prepare(
      `SELECT count(*) FROM wastes w WHERE w.centre_id = ? AND w.proposed_by <> ?
         AND NOT EXISTS (SELECT 1 FROM waste_answers a WHERE a.waste_id = w.id)
         AND NOT EXISTS (SELECT 1 FROM stock_moves m WHERE m.subject = 'wastes/' || w.id)`,
    )
    .pluck(),
}));

export function goodsTasks(db: Db, { centre, can, actor }: Reader): Task[] {
  const me = actor.user?.id ?? 0;
  const counting = [...countTasks(db, centre, can, me), ...sheetTasks(db, centre, can, me)];
  if (!can('goods.read') || !statements(db).hasItems.get(centre.id)) return counting;
  const { today } = actor;
  const states = lotStates(db, centre.id, today);
  const of = (state: LotState) => states.get(state) ?? 0;
  const tasks: [boolean, Task, number][] = [
    [
      can('goods.inspect'),
      task('inspect-goods', 'wait', 'lots?state=to-inspect'),
      of('to-inspect'),
    ],
    [
      can('goods.appraise'),
      task('appraise-goods', 'wait', 'lots?state=to-appraise'),
      of('to-appraise'),
    ],
    [can('goods.appraise'), task('agree-appraisal', 'wait', 'lots?state=to-agree'), of('to-agree')],
    [can('goods.keep'), task('expired-goods', 'bad', 'lots?state=expired'), of('expired')],
    [
      can('goods.keep'),
      task('expiring-goods', 'warn', `expiring?days=${SOON_DAYS}`),
      countExpiring(db, centre.id, today, SOON_DAYS),
    ],
    [
      can('goods.keep'),
      task('low-goods', 'warn', 'low'),
      stockSums(db, centre.id, 'item', { low: true, today }).rows,
    ],
    [
      can('goods.announce'),
      task('overdue-goods', 'none', 'announced'),
      countOverdue(db, centre.id, today),
    ],
    [
      can('goods.approve'),
      task('approve-waste', 'wait', 'wastes'),
      statements(db).wastes.get(centre.id, me) as number,
    ],
  ];
  const due = tasks.filter(([mine, , number]) => mine && number > 0);
  return [...counting, ...due.map(([, one, number]) => ({ ...one, number }))];
}

const task = (key: string, state: Task['state'], to: string): Task => {
  return { key, state, to: `/goods/${to}` };
};

/** Sheets of opening stock that wait for the other of two. */
function sheetTasks(db: Db, { id }: Centre, can: (power: Power) => boolean, me: number): Task[] {
  const number = can('goods.approve') ? countWaitingSheets(db, id, me) : 0;
  return number > 0 ? [{ ...task('agree-opening-stock', 'wait', 'opening'), number }] : [];
}

/** Whose turn it is with each open count. */
function countTasks(db: Db, centre: Centre, can: (power: Power) => boolean, me: number): Task[] {
  if (!can('goods.count')) return [];
  return openCountsOf(db, centre.id).flatMap((count): Task[] => {
    const { id, state, firstBy, secondBy, storeName: name } = count;
    const to = `/goods/counts/${id}`;
    if (state === 'counting' && me === firstBy)
      return [{ key: 'count-goods', state: 'wait', to, name }];
    if (state === 'tallied' && me === secondBy)
      return [{ key: 'agree-count', state: 'wait', to, name }];
    const third = state === 'agreed' && me !== firstBy && me !== secondBy;
    return third && can('goods.approve') ? [{ key: 'approve-count', state: 'wait', to, name }] : [];
  });
}
