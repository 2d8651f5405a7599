/** Self-checks of closed days and years: what is closed is empty, and was closed as its acts say. */
import { asActsSay, type Check, first } from '../provinces/check.ts';

const IN_FORCE = `(SELECT c.* FROM year_closings c
  WHERE NOT EXISTS (SELECT 1 FROM year_reopenings r WHERE r.closing_id = c.id))`;

export const periodChecks: Check[] = [
  {
    name: 'book-locks',
    run: first(
      `SELECT 'closing ' || l.id || ' of the books is not what its act says' FROM book_locks l
       LEFT JOIN acts a ON a.id = l.act_id
       WHERE a.kind IS NOT iif(l.reason IS NULL, 'books.locked', 'books.unlocked')
         OR a.user_id IS NOT l.locked_by OR date(a.at, '+210 minutes') IS NOT l.locked_on
         OR a.subject IS NOT 'book-locks/' || l.id OR a.centre_id IS NOT l.centre_id
         OR a.after ->> 'throughOn' IS NOT l.through_on OR a.after ->> 'reason' IS NOT l.reason
       LIMIT 1`,
      `SELECT 'an act closed or opened days, and its row is gone' FROM acts a
       WHERE a.kind IN ('books.locked', 'books.unlocked')
         AND NOT EXISTS (SELECT 1 FROM book_locks WHERE act_id = a.id) LIMIT 1`,
      // What was booked on a day while it was closed; an act's number tells which came first.
      `SELECT 'entry ' || e.id || ' was booked on a closed day' FROM entries e
       WHERE e.centre_id IN (SELECT centre_id FROM book_locks)
         AND e.source NOT IN ('opening', 'closing')
         AND e.entry_on <= (SELECT l.through_on FROM book_locks l
           WHERE l.centre_id = e.centre_id AND l.act_id < e.act_id ORDER BY l.id DESC LIMIT 1)
         AND NOT EXISTS (SELECT 1 FROM year_closing_entries WHERE entry_id = e.reverses_entry_id)
       LIMIT 1`,
    ),
  },
  {
    name: 'year-closing-acts',
    run: asActsSay(
      {
        ...{ table: 'year_closings', kind: 'books.year-closed', by: 'closed_by', on: 'closed_on' },
        ...{ subject: "'year-closings/' || t.id", says: { year: 't.year' } },
      },
      {
        ...{ table: 'year_reopenings', kind: 'books.year-reopened', by: 'reopened_by' },
        ...{ on: 'reopened_on', subject: "'year-closings/' || t.closing_id" },
        says: { reason: 't.reason' },
      },
    ),
  },
  {
    name: 'year-closings',
    run: first(
      // Of the newest closed year: later entries of its days would be seen here.
      `SELECT 'year ' || c.year || ' of centre ' || c.centre_id || ' is closed and not empty'
       FROM ${IN_FORCE} c WHERE EXISTS (
         SELECT 1 FROM balances b WHERE b.centre_id = c.centre_id AND b.year <= c.year
         GROUP BY b.account, b.fund HAVING sum(b.debit_rial) <> sum(b.credit_rial)) LIMIT 1`,
      `SELECT 'the next year does not begin as ' || c.year || ' of centre ' || c.centre_id || ' ended'
       FROM year_closings c WHERE EXISTS (
         SELECT 1 FROM year_closing_entries y JOIN entry_lines l ON l.entry_id = y.entry_id
         WHERE y.closing_id = c.id AND y.kind IN ('permanent', 'opening')
         GROUP BY l.account, l.fund HAVING sum(l.debit_rial) <> sum(l.credit_rial)) LIMIT 1`,
      `SELECT 'entry ' || e.id || ' closes no year' FROM entries e
       LEFT JOIN year_closing_entries y ON y.entry_id = e.id
       LEFT JOIN year_closings c ON c.id = y.closing_id
       WHERE e.source IN ('closing', 'opening') AND c.id IS NULL
         AND NOT EXISTS (SELECT 1 FROM opening_balances WHERE entry_id = e.id)
         AND NOT EXISTS (SELECT 1 FROM stock_sheet_answers WHERE entry_id = e.id) LIMIT 1`,
      `SELECT 'entry ' || y.entry_id || ' closed a year that is open again' FROM year_closing_entries y
       JOIN year_reopenings r ON r.closing_id = y.closing_id
       WHERE NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = y.entry_id) LIMIT 1`,
      `SELECT 'entry ' || y.entry_id || ' was taken back, and its year is closed'
       FROM year_closing_entries y JOIN entries e ON e.reverses_entry_id = y.entry_id
       WHERE NOT EXISTS (SELECT 1 FROM year_reopenings WHERE closing_id = y.closing_id) LIMIT 1`,
      `SELECT 'the days of closed year ' || c.year || ' of centre ' || c.centre_id || ' are open'
       FROM ${IN_FORCE} c JOIN calendar_months m ON m.year = c.year AND m.month = 12
       WHERE coalesce((SELECT through_on FROM book_locks WHERE centre_id = c.centre_id
         ORDER BY id DESC LIMIT 1), '') < m.last_on LIMIT 1`,
    ),
  },
  {
    name: 'currency-conversion',
    run: first(
      `SELECT 'the redenomination is not what its act says' FROM currency_conversions c
       LEFT JOIN acts a ON a.id = c.act_id
       WHERE a.kind IS NOT 'currency.converted' OR a.after ->> 'fromOn' IS NOT c.from_on
         OR a.after ->> 'factor' IS NOT c.factor LIMIT 1`,
      `SELECT 'entry ' || x.entry_id || ' rounds more than a coin' FROM conversion_entries x
       JOIN currency_conversions c LEFT JOIN entries e ON e.id = x.entry_id
       WHERE e.source IS NOT 'conversion' OR e.entry_on <> c.from_on OR EXISTS (
         SELECT 1 FROM entry_lines l WHERE l.entry_id = x.entry_id
           AND l.debit_rial + l.credit_rial >= c.factor / 100) LIMIT 1`,
      `SELECT 'entry ' || e.id || ' is of no redenomination' FROM entries e
       WHERE e.source = 'conversion'
         AND NOT EXISTS (SELECT 1 FROM conversion_entries WHERE entry_id = e.id) LIMIT 1`,
    ),
  },
  {
    name: 'opening-balances',
    run: first(
      `SELECT 'the opening of centre ' || o.centre_id || ' is not what its entry books'
       FROM opening_balances o LEFT JOIN entries e ON e.id = o.entry_id
       WHERE e.source IS NOT 'opening' OR e.centre_id <> o.centre_id OR e.entry_on <> o.opened_on
         OR e.act_id <> o.act_id OR e.drafted_by = e.posted_by
         OR EXISTS (SELECT 1 FROM entries x
           WHERE x.centre_id = o.centre_id AND x.entry_on < o.opened_on AND x.id < e.id) LIMIT 1`,
    ),
  },
];
