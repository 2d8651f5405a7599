/** One self-check: its name, and what is wrong; null when all is well. */
import type { Db } from './connection.ts';
import type { Series } from './numbering.ts';

export type Check = { name: string; run: (db: Db) => string | null };

/** The first complaint of several queries, each of which tells it in its first column. */
export function first(...queries: string[]): Check['run'] {
  return (db) => {
    for (const query of queries) {
      const complaint = db.$client.prepare(query).pluck().get() as string | undefined;
      if (complaint !== undefined) return complaint;
    }
    return null;
  };
}

/** B-132: the numbers of a series, with those lost at a restore, run from one to the last given. */
export function withoutGaps(series: Series, table: string): Check['run'] {
  return first(
    `WITH given AS (
       SELECT centre_id, year, number AS from_number, number AS to_number FROM ${table}
       UNION ALL
       SELECT centre_id, year, from_number, to_number FROM lost_numbers
       WHERE series = '${series}'
       UNION ALL
       SELECT centre_id, year, last_number + 1, last_number + 1 FROM numbers
       WHERE series = '${series}'
     ), followed AS (
       SELECT centre_id, year, from_number,
         coalesce(lag(to_number) OVER (
           PARTITION BY centre_id, year ORDER BY from_number), 0) AS before
       FROM given
     )
     SELECT 'centre ' || centre_id || ' has no ${series} ' || year || '-' || (before + 1)
     FROM followed WHERE from_number <> before + 1 LIMIT 1`,
  );
}
