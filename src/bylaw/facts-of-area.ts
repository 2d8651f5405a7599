/** The facts of a centre's area: since when it has one, and whether a neighbour's lies in it. */
import { holdsArea } from '../licence/standing.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import type { Facts } from './facts.ts';

const inForce = (boundary: string) => `${boundary}.id = (SELECT max(x.id) FROM approved_boundaries x
  WHERE x.centre_id = ${boundary}.centre_id AND x.from_on <= @today)`;

/** An overlap is written once, by whichever of the two was proposed later. */
const overlap = (own: string, other: string) => `SELECT o.boundary_id, o.other_boundary_id
  FROM boundaries own JOIN boundary_overlaps o ON o.${own} = own.id AND o.square_metres > 0
  JOIN centres c ON c.id = own.centre_id AND c.kind = 'neighbourhood'
  JOIN boundaries theirs ON theirs.id = o.${other}
  JOIN centres tc ON tc.id = theirs.centre_id AND tc.kind = 'neighbourhood'
  WHERE own.centre_id = @centre AND ${inForce('own')} AND ${inForce('theirs')}
    AND ${holdsArea('own.centre_id', '@today')} AND ${holdsArea('theirs.centre_id', '@today')}`;

const statements = prepared(({ $client: client }) => ({
  area: client.prepare(
    `SELECT min(b.from_on) AS firstOn,
       max(CASE WHEN ${inForce('b')} THEN b.from_on END) AS inForceOn
     FROM approved_boundaries b WHERE b.centre_id = @centre AND b.from_on <= @today`,
  ),
  uncoordinated: client
    .prepare(
      `SELECT count(*) FROM (${overlap('boundary_id', 'other_boundary_id')}
         UNION ${overlap('other_boundary_id', 'boundary_id')}) o
       WHERE NOT EXISTS (SELECT 1 FROM boundary_coordinations c
         WHERE (c.boundary_id = o.boundary_id AND c.other_boundary_id = o.other_boundary_id)
           OR (c.boundary_id = o.other_boundary_id AND c.other_boundary_id = o.boundary_id))`,
    )
    .pluck(),
}));

export function areaFactsOf(db: Db, centre: number, today: string): Facts['area'] {
  const read = statements(db);
  const area = read.area.get({ centre, today }) as Omit<Facts['area'], 'uncoordinated'>;
  return { ...area, uncoordinated: read.uncoordinated.get({ centre, today }) as number };
}
