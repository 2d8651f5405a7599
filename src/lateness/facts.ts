/** What the compass asks about entering in time (B-112): this year's dated records, and those late. */
import { type Db, prepared } from '../provinces/connection.ts';
import { fiscalYear, fiscalYearDays } from '../values/jalali-date.ts';
import { isLateSql, LATE_GIFTS } from './mark.ts';

export type LateFacts = { records: number; late: number };

const statements = prepared((db) => ({
  facts: db.$client.prepare(
    `SELECT
       (SELECT coalesce(sum(given_count), 0) FROM donation_days
        WHERE centre_id = @centreId AND received_on BETWEEN @from AND @to)
       + (SELECT count(*) FROM dated_records
          WHERE centre_id = @centreId AND event_on BETWEEN @from AND @to) AS records,
       (SELECT count(*) ${LATE_GIFTS} AND x.received_on BETWEEN @from AND @to)
       + (SELECT count(*) FROM dated_records
          WHERE centre_id = @centreId AND event_on BETWEEN @from AND @to
            AND ${isLateSql('event_on', 'entered_on')}) AS late`,
  ),
}));

/** What happened in the Jalali year of this day. */
export function lateFactsOf(db: Db, centreId: number, today: string): LateFacts {
  const { from, to } = fiscalYearDays(fiscalYear(today));
  return statements(db).facts.get({ centreId, from, to }) as LateFacts;
}
