/** What came in and went out, told by the other side of each entry; what was taken back counts off. */
import { type Db, prepared } from '../provinces/connection.ts';
import type { Period } from './period.ts';

/** Money that can be spent; a cheque is none until it clears. */
export const CASH = ['1101', '1102', '1103', '1104'];

/** By account and fund: rials in (credits of the other side) and out, reversals taken off their own. */
export type Flow = { account: string; fund: string; in: number; out: number };

// Entries that end or open a year move nothing; nor do those that say what there was at first.
const IN_DAYS = `e.centre_id = @centreId AND e.entry_on BETWEEN @from AND @to
  AND e.source NOT IN ('opening', 'closing')
  AND NOT (e.source = 'reversal' AND e.reverses_entry_id IN
    (SELECT entry_id FROM year_closing_entries WHERE centre_id = @centreId))`;

const FLOWS = `l.account, l.fund,
  sum(iif(e.source = 'reversal', -l.debit_rial, l.credit_rial)) AS "in",
  sum(iif(e.source = 'reversal', -l.credit_rial, l.debit_rial)) AS out`;

const statements = prepared((db) => ({
  // Money only carried from one place to another is in the same fund on both sides and comes to nothing.
  counterparts: db.$client.prepare(
    `WITH moved AS (
       SELECT e.id, l.fund, e.source FROM entries e JOIN entry_lines l ON l.entry_id = e.id
       WHERE ${IN_DAYS} AND l.account IN (SELECT value FROM json_each(@cash))
       GROUP BY e.id, l.fund HAVING sum(l.debit_rial - l.credit_rial) <> 0)
     SELECT ${FLOWS} FROM moved e CROSS JOIN entry_lines l ON l.entry_id = e.id AND l.fund = e.fund
     WHERE l.account NOT IN (SELECT value FROM json_each(@cash))
     GROUP BY l.account, l.fund ORDER BY l.account, l.fund`,
  ),
  of: db.$client.prepare(
    `SELECT ${FLOWS} FROM entries e JOIN entry_lines l ON l.entry_id = e.id
     WHERE ${IN_DAYS} AND l.account GLOB @pattern
     GROUP BY l.account, l.fund ORDER BY l.account, l.fund`,
  ),
}));

/** What money came for and went to in these days, by the account at its other side. */
export function cashFlows(db: Db, centreId: number, period: Period): Flow[] {
  const asked = { centreId, ...period, cash: JSON.stringify(CASH) };
  return statements(db).counterparts.all(asked) as Flow[];
}

/** What was credited (`in`) and debited (`out`) to the accounts of a pattern, as `13*`. */
export function flowsOf(db: Db, centreId: number, period: Period, pattern: string): Flow[] {
  return statements(db).of.all({ centreId, ...period, pattern }) as Flow[];
}
