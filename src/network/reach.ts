/** B-5: how wide the people's network reaches, centre by centre. */
import type { Actor } from '../access/actor.ts';
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

const statements = prepared(({ $client: client }) => ({
  counts: client.prepare(
    `SELECT
       (SELECT count(*) FROM units WHERE centre_id = @id) AS units,
       (SELECT count(*) FROM volunteers WHERE centre_id = @id) AS volunteers,
       (SELECT count(*) FROM donors WHERE centre_id = @id) AS benefactors,
       (SELECT count(*) FROM assemblies WHERE centre_id = @id
         AND id NOT IN (SELECT assembly_id FROM assembly_endings)) AS assemblies,
       (SELECT count(DISTINCT network) FROM network_heads WHERE centre_id = @id) AS networks,
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
      ...(statements(db).counts.get({ id }) as Omit<Reach, 'code' | 'centre' | 'county'>),
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
