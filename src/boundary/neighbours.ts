/** Which centres' areas lie around and over an area. */
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import type { Area } from './area.ts';
import { type Bounds, bounds } from './measure.ts';
import { overlap } from './overlap.ts';

/** Another centre's area in force. */
export type Neighbour = {
  boundaryId: number;
  version: number;
  approvedOn: string;
  squareMetres: number;
  centreId: number;
  countyId: number;
  code: string;
  name: string;
  kind: Centre['kind'];
  area: Area;
};

/** What a version shares with a neighbour; `blocks` where only a coordination lets it be approved. */
export type Overlapping = Neighbour & {
  sharedSquareMetres: number;
  shape: Area;
  blocks: boolean;
  coordination: { number: string; decidedOn: string } | null;
};

const inForce = `
  SELECT b.id AS boundaryId, b.version, a.approved_on AS approvedOn,
    b.square_metres AS squareMetres, c.id AS centreId, c.county_id AS countyId, c.code, c.name,
    c.kind, b.area
  FROM boundaries b JOIN boundary_approvals a ON a.boundary_id = b.id
  JOIN centres c ON c.id = b.centre_id
  WHERE b.id = (SELECT max(v.id) FROM boundaries v
    JOIN boundary_approvals w ON w.boundary_id = v.id WHERE v.centre_id = b.centre_id)`;

const statements = prepared((db) => ({
  all: db.$client.prepare(`${inForce} ORDER BY c.name_sort`),
  within: db.$client.prepare(
    `${inForce} AND c.id <> @centreId AND b.id IN (SELECT id FROM boundary_bounds
       WHERE min_lon <= @east AND max_lon >= @west AND min_lat <= @north AND max_lat >= @south)
     ORDER BY c.name_sort`,
  ),
  coordinations: db.$client.prepare(
    `SELECT other_boundary_id AS otherBoundaryId, number, decided_on AS decidedOn
     FROM boundary_coordinations WHERE boundary_id = ?`,
  ),
}));

/** Every area in force in the province. */
export const areasInForce = (db: Db): Neighbour[] =>
  (statements(db).all.all() as Row[]).map(neighbourOf);

/** The areas in force that may reach into a box. */
export const neighboursIn = (db: Db, centreId: number, box: Bounds): Neighbour[] =>
  (statements(db).within.all({ centreId, ...box }) as Row[]).map(neighbourOf);

/** What the version shares with others' areas, the largest first. */
export function overlapsOf(
  db: Db,
  centre: Pick<Centre, 'id' | 'kind'>,
  version: { id: number; area: Area },
): Overlapping[] {
  const coordinations = statements(db).coordinations.all(version.id) as Coordination[];
  return neighboursIn(db, centre.id, bounds(version.area))
    .flatMap((neighbour) => {
      const { squareMetres, shape } = overlap(version.area, neighbour.area);
      return shape ? [{ ...neighbour, sharedSquareMetres: Math.round(squareMetres), shape }] : [];
    })
    .map((shared) => ({
      ...shared,
      // Guild and specialised centres may share an area with anyone.
      blocks: centre.kind === 'neighbourhood' && shared.kind === 'neighbourhood',
      coordination: coordinationWith(shared.boundaryId, coordinations),
    }))
    .sort((one, other) => other.sharedSquareMetres - one.sharedSquareMetres);
}

/** A box around an area as wide and high again, or around a place a few streets wide. */
export function around(area: Area | undefined, place: { lon: number; lat: number } | undefined) {
  if (!area) return place && box(place.lon, place.lat, 0.03, 0.03);
  const { west, south, east, north } = bounds(area);
  return box((west + east) / 2, (south + north) / 2, east - west, north - south);
}

type Row = Omit<Neighbour, 'area'> & { area: string };
type Coordination = { otherBoundaryId: number; number: string; decidedOn: string };

const neighbourOf = (row: Row): Neighbour => ({ ...row, area: JSON.parse(row.area) as Area });

function coordinationWith(boundaryId: number, coordinations: Coordination[]) {
  const known = coordinations.find((one) => one.otherBoundaryId === boundaryId);
  return known ? { number: known.number, decidedOn: known.decidedOn } : null;
}

const box = (lon: number, lat: number, wide: number, high: number): Bounds => ({
  west: lon - wide,
  south: lat - high,
  east: lon + wide,
  north: lat + high,
});
