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
  // What was passed on to whom it is held for went its way too.
  spent: db.$client.prepare(
    `SELECT year, month, account, sum(debit_rial - credit_rial) AS rial FROM balances
     WHERE centre_id = @centreId AND fund = @fund
       AND (account GLOB '[67]*' OR account IN ('1201', '3102', '3103', '3104'))
       AND (year > @year OR (year = @year AND month >= @month))
       AND debit_rial > 0
     GROUP BY year, month, account HAVING sum(debit_rial - credit_rial) > 0
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
