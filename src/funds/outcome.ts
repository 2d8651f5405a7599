/** What became of a giver's intentions: sums of the fund by programme and month, and no one's name. */
import { type Db, prepared } from '../provinces/connection.ts';
import { jalaliParts } from '../values/jalali-date.ts';

/** A gift, or its part, with one intention. */
export type Intention = {
  donationId: number;
  receiptYear: number;
  receiptNumber: number;
  receivedOn: string;
  fund: string;
  amountRial: number;
  kind: string;
};

/** So much of the fund was spent on a programme (an account of group 6) in a Jalali month. */
export type Spent = { year: number; month: number; account: string; rial: number };

const statements = prepared((db) => ({
  given: db.$client.prepare(
    `SELECT d.id AS donationId, r.year AS receiptYear, r.number AS receiptNumber,
       d.received_on AS receivedOn, coalesce(g.fund, d.fund) AS fund,
       coalesce(g.amount_rial, d.amount_rial) AS amountRial, d.kind
     FROM donations d JOIN receipts r ON r.donation_id = d.id
     LEFT JOIN gift_funds g ON g.donation_id = d.id
     WHERE d.centre_id = @centreId AND d.donor_id = @donorId
       AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id)
     ORDER BY d.received_on DESC, d.id DESC, g.position LIMIT @limit`,
  ),
  // What was passed on to whom it is held for went its way too. The entries that close and open years
  // spend nothing, nor does what takes them back; a month in which more was taken back than spent is told.
  spent: db.$client.prepare(
    `WITH ends AS (
       SELECT entry_id AS id FROM year_closing_entries WHERE centre_id = @centreId
       UNION ALL
       SELECT e.id FROM year_closing_entries c JOIN entries e ON e.reverses_entry_id = c.entry_id
       WHERE c.centre_id = @centreId
     ), moved AS (
       SELECT year, month, account, debit_rial AS debit, credit_rial AS credit FROM balances
       WHERE centre_id = @centreId AND fund = @fund
       UNION ALL
       SELECT e.year, m.month, l.account, -l.debit_rial, -l.credit_rial
       FROM ends CROSS JOIN entries e ON e.id = ends.id CROSS JOIN entry_lines l ON l.entry_id = e.id
       JOIN calendar_months m ON e.entry_on BETWEEN m.first_on AND m.last_on
       WHERE l.fund = @fund)
     SELECT year, month, account, sum(debit - credit) AS rial FROM moved
     WHERE (account GLOB '[67]*' OR account IN ('1201', '3102', '3103', '3104'))
       AND (year > @year OR (year = @year AND month >= @month))
     GROUP BY year, month, account
     HAVING sum(debit - credit) > 0 OR (sum(debit - credit) < 0 AND account NOT GLOB '3*')
     ORDER BY year, month, account`,
  ),
}));

/** The gifts of a donor that stand, the newest first. */
export function intentionsOf(db: Db, centreId: number, donorId: number, limit = 50): Intention[] {
  return statements(db).given.all({ centreId, donorId, limit }) as Intention[];
}

/** What the fund was spent on from the month of a day on, month by month. */
export function spentSince(db: Db, centreId: number, fund: string, day: string): Spent[] {
  const { year, month } = jalaliParts(day);
  return statements(db).spent.all({ centreId, fund, year, month }) as Spent[];
}
