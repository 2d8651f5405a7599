/** What bank and box ask of those who keep them: a second signature, rows without an entry, a month. */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Task } from '../centres/tasks.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { fiscalYear, jalaliParts, monthDays } from '../values/jalali-date.ts';
import { bankFactsOf } from './facts.ts';
import { transfersWaiting } from './transfers.ts';

// Of counts and sheets only the newest can still be signed: the others were overtaken.
const newestOf = (table: string, name: string, by: string) =>
  `SELECT p.id FROM ${table} p WHERE p.id = (SELECT max(id) FROM ${table} WHERE centre_id = @centreId)
     AND p.${by} <> @userId
     AND NOT EXISTS (SELECT 1 FROM ${table.replace(/s$/, '')}_signings WHERE ${name}_id = p.id)`;

const statements = prepared((db) => ({
  count: db.$client.prepare(newestOf('cash_counts', 'count', 'counted_by')).pluck(),
  sheet: db.$client
    .prepare(newestOf('bank_reconciliations', 'reconciliation', 'prepared_by'))
    .pluck(),
  rows: db.$client
    .prepare(
      `SELECT count(*) FROM bank_rows r WHERE r.centre_id = ? AND NOT EXISTS (
         SELECT 1 FROM bank_match_rows m WHERE m.row_id = r.id
           AND NOT EXISTS (SELECT 1 FROM bank_match_endings WHERE match_id = m.match_id))`,
    )
    .pluck(),
}));

export function bankTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  if (!may(actor, 'bank.keep', centre)) return [];
  return [...signingTasks(db, actor, centre), ...differenceTasks(db, actor, centre)];
}

function signingTasks(db: Db, actor: Actor, centre: Centre): Task[] {
  const userId = actor.user?.id ?? 0;
  const asked = { centreId: centre.id, userId };
  const { count, sheet } = statements(db);
  const [counted, drawn] = [count.get(asked), sheet.get(asked)] as (number | undefined)[];
  const transfers = transfersWaiting(db, centre.id, userId);
  const wait = { state: 'wait' as const };
  return [
    ...(transfers > 0
      ? [{ key: 'sign-transfers', to: '/books/bank/transfers', number: transfers, ...wait }]
      : []),
    ...(counted === undefined
      ? []
      : [{ key: 'sign-count', to: `/books/bank/counts/${counted}`, ...wait }]),
    ...(drawn === undefined
      ? []
      : [{ key: 'sign-reconciliation', to: `/books/bank/reconciliations/${drawn}`, ...wait }].map(
          (task) => ({ ...task, clause: 'B-80' }),
        )),
  ];
}

/** B-80: what the bank did and the books do not know, and a month that was not brought together. */
function differenceTasks(db: Db, { today }: Actor, centre: Centre): Task[] {
  const rows = statements(db).rows.get(centre.id) as number;
  const { sinceOn } = bankFactsOf(db, centre.id);
  const due = sinceOn !== null && sinceOn < monthOf(today).from;
  const told = { state: 'warn' as const, clause: 'B-80' };
  return [
    ...(rows > 0
      ? [{ key: 'match-bank-rows', to: '/books/bank/matching', number: rows, ...told }]
      : []),
    ...(due
      ? [{ key: 'reconcile-bank', to: '/books/bank/reconciliation', day: sinceOn, ...told }]
      : []),
  ];
}

function monthOf(day: string): { from: string; to: string } {
  return monthDays(fiscalYear(day), jalaliParts(day).month);
}
