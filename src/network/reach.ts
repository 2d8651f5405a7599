/** B-5: how wide the people's network reaches, centre by centre. */

import type { Actor } from '../access/actor.ts';
import { DECREES, IN_FORCE } from '../board/in-force.ts';
import { centresOf } from '../centres/centres.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { sortKey } from '../values/persian-text.ts';

export type Reach = {
  code: string;
  centre: string;
  county: string;
  units: number;
  volunteers: number;
  benefactors: number;
  assemblies: number;
  networks: number;
  capacities: number;
};

export const REACHES = [
  'units',
  'volunteers',
  'benefactors',
  'assemblies',
  'networks',
  'capacities',
] as const;

/** Whoever was named last heads a network as long as he serves. */
const HEADS = `h.id = (SELECT max(x.id) FROM network_heads x
    WHERE x.centre_id = h.centre_id AND x.network = h.network)
  AND CASE WHEN h.volunteer_id IS NOT NULL
    THEN coalesce((SELECT s.state FROM volunteer_states s WHERE s.volunteer_id = h.volunteer_id
      ORDER BY s.id DESC LIMIT 1), 'active') = 'active'
    ELSE EXISTS (SELECT 1 FROM ${DECREES} WHERE d.person_id = h.person_id
      AND d.centre_id = h.centre_id AND ${IN_FORCE}) END`;

const statements = prepared(({ $client: client }) => ({
  counts: client.prepare(
    `SELECT
       (SELECT count(*) FROM units WHERE centre_id = @id) AS units,
       (SELECT count(*) FROM volunteers WHERE centre_id = @id) AS volunteers,
       (SELECT count(*) FROM donors WHERE centre_id = @id) AS benefactors,
       (SELECT count(*) FROM assemblies a WHERE a.centre_id = @id
         AND NOT EXISTS (SELECT 1 FROM assembly_endings WHERE assembly_id = a.id)) AS assemblies,
       (SELECT count(*) FROM network_heads h WHERE h.centre_id = @id AND ${HEADS}) AS networks,
       (SELECT count(*) FROM capacities
        WHERE centre_id = @id AND state IN ('found', 'in-use')) AS capacities`,
  ),
}));

/** The centres this officer may know of (B-17), each with what it has. */
export function reachOf(
  db: Db,
  actor: Actor,
  { county, sort = 'centre' }: { county?: string; sort?: string } = {},
): Reach[] {
  const rows = centresOf(db, actor)
    .filter(({ countyName }) => !county || countyName === county)
    .map(({ id, code, name, countyName }) => ({
      ...{ code, centre: name, county: countyName },
      ...(statements(db).counts.get({ id, today: actor.today }) as Omit<
        Reach,
        'code' | 'centre' | 'county'
      >),
    }));
  return inOrder(rows, sort);
}

/** The sums of the columns. */
export const totalReach = (rows: Reach[]): Record<(typeof REACHES)[number], number> =>
  Object.fromEntries(
    REACHES.map((key) => [key, rows.reduce((sum, row) => sum + row[key], 0)]),
  ) as Record<(typeof REACHES)[number], number>;

function inOrder(rows: Reach[], sort: string): Reach[] {
  const down = sort.startsWith('-');
  const named = down ? sort.slice(1) : sort;
  const counted = REACHES.find((key) => key === named);
  const text = (row: Reach) =>
    sortKey(named === 'county' ? `${row.county} ${row.centre}` : row.centre);
  const sorted = counted
    ? rows.toSorted((one, other) => one[counted] - other[counted])
    : rows.toSorted((one, other) => (text(one) < text(other) ? -1 : 1));
  return down ? sorted.reverse() : sorted;
}
