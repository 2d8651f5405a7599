/** What the compass asks about the documents of the books (B-62): vouchers, and the year's balance sheet. */
import { type Db, prepared } from '../provinces/connection.ts';
import { fiscalYear } from '../values/jalali-date.ts';
import { closingsOf, openYears } from './year-end.ts';

export type BookFacts = {
  /** Receipts, payments and deliveries, each with its paper and its entry. */
  documents: number;
  /** The oldest year that has passed and of which no balance sheet was closed. */
  openYear: number | null;
  /** The newest year that was closed, and when. */
  closed: { year: number; on: string } | null;
};

const statements = prepared((db) => ({
  documents: db.$client
    .prepare(
      `SELECT (SELECT count(*) FROM receipts WHERE centre_id = @centreId)
         + (SELECT count(*) FROM payments_made WHERE centre_id = @centreId)
         + (SELECT count(*) FROM deliveries_made WHERE centre_id = @centreId)`,
    )
    .pluck(),
}));

export function bookFactsOf(db: Db, centreId: number, today: string): BookFacts {
  const passed = openYears(db, centreId).filter((year) => year < fiscalYear(today));
  const closing = closingsOf(db, centreId).find(({ reopenedOn }) => reopenedOn === null);
  return {
    documents: statements(db).documents.get({ centreId }) as number,
    openYear: passed[0] ?? null,
    closed: closing ? { year: closing.year, on: closing.closedOn } : null,
  };
}
