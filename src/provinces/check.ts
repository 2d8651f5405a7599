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

/** A table whose rows were each written with an act of their own, of this kind. */
export type ToldInActs = {
  table: string;
  kind: string;
  /** What the act says, by its name there, and where the row `t` has the same. */
  says: Record<string, string>;
  subject?: string;
  /** Which of its rows, where acts of other kinds, or none, tell of the others. */
  of?: string;
  /** The columns of who did it, and of the day it was done. */
  by?: string;
  on?: string;
};

/** Rows that are not what their acts say, and acts whose rows are no longer there. */
export function asActsSay(...tables: ToldInActs[]): Check['run'] {
  const changed = first(...tables.map(changedQuery));
  const kept = tables.map(
    ({ table, kind, of }) => `SELECT '${table}' AS name, '${kind}' AS kind,
      (SELECT count(DISTINCT act_id) FROM ${table} t WHERE ${of ?? '1'}) AS found`,
  );
  const kinds = tables.map(({ kind }) => `'${kind}'`).join(', ');
  const gone = first(
    `SELECT name || ' has ' || found || ' of ' || coalesce(told, 0) || ' that acts tell of'
     FROM (${kept.join(' UNION ALL ')}) rows LEFT JOIN (
       SELECT kind, count(*) AS told FROM acts WHERE kind IN (${kinds}) GROUP BY kind
     ) counted USING (kind) WHERE found <> coalesce(told, 0) LIMIT 1`,
  );
  return either(changed, gone);
}

/** The first complaint of several checks that are one to whoever reads of them. */
export function either(...runs: Check['run'][]): Check['run'] {
  return (db) => {
    for (const run of runs) {
      const complaint = run(db);
      if (complaint !== null) return complaint;
    }
    return null;
  };
}

function changedQuery({ table, kind, says, subject, of, by, on }: ToldInActs): string {
  const otherwise = [
    `a.kind IS NOT '${kind}'`,
    ...Object.entries(says).map(([name, row]) => `(a.after ->> '$.${name}') IS NOT (${row})`),
    ...(subject ? [`a.subject IS NOT (${subject})`] : []),
    ...(by ? [`a.user_id IS NOT t.${by}`] : []),
    ...(on ? [`date(a.at, '+210 minutes') IS NOT t.${on}`] : []),
  ];
  return `SELECT '${table}: a row is not what act ' || t.act_id || ' says'
    FROM ${table} t LEFT JOIN acts a ON a.id = t.act_id
    WHERE (${of ?? '1'}) AND (${otherwise.join(' OR ')}) LIMIT 1`;
}
