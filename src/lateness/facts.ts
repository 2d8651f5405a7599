/** What the compass asks about entering in time (B-112): this year's dated records, and those late. */
import { type Db, prepared } from '../provinces/connection.ts';
import { fiscalYear, fiscalYearDays } from '../values/jalali-date.ts';
import { isLateSql, LATE_GIFTS } from './mark.ts';

/** The kinds of dated records; the file's view names all but gifts. */
export type LateKind = 'gift' | 'hours' | 'unit-report' | 'assembly-meeting' | Rare;
type Rare = 'network-meeting' | 'contact';

/** `mostly` is the kind of which most came late; null while none did. */
export type LateFacts = { records: number; late: number; mostly: LateKind | null };

const statements = prepared((db) => ({
  records: db.$client
    .prepare(
      `SELECT (SELECT coalesce(sum(given_count), 0) FROM donation_days
           WHERE centre_id = @centreId AND received_on BETWEEN @from AND @to)
         + (SELECT count(*) FROM dated_records
           WHERE centre_id = @centreId AND event_on BETWEEN @from AND @to)`,
    )
    .pluck(),
  late: db.$client.prepare(
    `SELECT 'gift' AS kind, count(*) AS count ${LATE_GIFTS} AND x.received_on BETWEEN @from AND @to
     UNION ALL SELECT kind, count(*) FROM dated_records
     WHERE centre_id = @centreId AND event_on BETWEEN @from AND @to
       AND ${isLateSql('event_on', 'entered_on')} GROUP BY kind ORDER BY 2 DESC`,
  ),
}));

/** What happened in the Jalali year of this day. */
export function lateFactsOf(db: Db, centreId: number, today: string): LateFacts {
  const asked = { centreId, ...fiscalYearDays(fiscalYear(today)) };
  const kinds = statements(db).late.all(asked) as { kind: LateKind; count: number }[];
  const late = kinds.reduce((sum, { count }) => sum + count, 0);
  const records = statements(db).records.get(asked) as number;
  return { records, late, mostly: late === 0 ? null : kinds[0]!.kind };
}
