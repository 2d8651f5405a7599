/** B-80: whether books and bank were brought together through the last day of a year to be closed. */
import type { YearQuestion } from '../books/year-needs.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { fiscalYearDays } from '../values/jalali-date.ts';

const statements = prepared((db) => ({
  moved: db.$client
    .prepare(
      "SELECT 1 FROM balances WHERE centre_id = ? AND account = '1102' AND year <= ? LIMIT 1",
    )
    .pluck(),
  reconciled: db.$client
    .prepare(
      `SELECT 1 FROM bank_reconciliations r
       JOIN bank_reconciliation_signings s ON s.reconciliation_id = r.id
       WHERE r.centre_id = ? AND r.through_on >= ? LIMIT 1`,
    )
    .pluck(),
}));

/** Nothing is asked of a centre whose money never was at the bank. */
export const bankReconciled: YearQuestion = (db, { centreId, year }) => {
  if (statements(db).moved.get(centreId, year) === undefined) return undefined;
  const { to } = fiscalYearDays(year);
  const state = isReconciled(db, centreId, to) ? 'done' : 'should';
  return { key: 'bank:year-need', state, mend: `/books/bank/reconciliation?on=${to}` };
};

function isReconciled(db: Db, centreId: number, day: string): boolean {
  return statements(db).reconciled.get(centreId, day) !== undefined;
}
