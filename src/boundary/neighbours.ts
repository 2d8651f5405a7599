/** Which centres' areas lie around and over an area. */
import type { Centre } from '../centres/centres.ts';
import { holdsArea } from '../licence/standing.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import type { Area } from './area.ts';
import { type Bounds, bounds } from './measure.ts';
import { overlap } from './overlap.ts';

/** Another centre's area in force. */
export type Neighbour = {
  boundaryId: number;
  version: number;
  approvedOn: string;
  fromOn: string;
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
  coordination: Coordination | null;
};

export type Coordination = { number: string; decidedOn: string; letter: string | null };

const columns = `b.id AS boundaryId, b.version, v.approved_on AS approvedOn, v.from_on AS fromOn,
  b.square_metres AS squareMetres, c.id AS centreId, c.county_id AS countyId, c.code, c.name,
  c.kind, b.area`;

/** Nothing later of the same centre has begun by this day. */
const unreplaced = (by: string) => `NOT EXISTS (SELECT 1 FROM approved_boundaries later
  WHERE later.centre_id = v.centre_id AND later.version > v.version AND later.from_on <= ${by})`;

/** Whose licence was revoked, or who is dissolved, serves nobody and stands in nobody's way. */
const holding = holdsArea('v.centre_id', '@day');

const inForce = `v.from_on <= @day AND ${holding} AND ${unreplaced('@day')}`;
/** In force on this day, or from a later one on. */
const live = `${holding} AND ${unreplaced('max(v.from_on, @day)')}`;

/** From the box to the few areas in it: the R-Tree is asked first, whatever the planner thinks. */
const boxed = `FROM boundary_bounds r CROSS JOIN approved_boundaries v ON v.id = r.id
  CROSS JOIN boundaries b ON b.id = r.id CROSS JOIN centres c ON c.id = b.centre_id`;

const statements = prepared((db) => ({
  all: db.$client.prepare(
    `SELECT ${columns} FROM approved_boundaries v JOIN boundaries b ON b.id = v.id
     JOIN centres c ON c.id = b.centre_id WHERE ${inForce} ORDER BY c.name_sort`,
  ),
  ofCounty: db.$client.prepare(
    `SELECT ${columns} FROM centres c CROSS JOIN approved_boundaries v ON v.centre_id = c.id
     JOIN boundaries b ON b.id = v.id WHERE c.county_id = @county AND ${inForce}
     ORDER BY c.name_sort`,
  ),
  within: db.$client.prepare(
    `SELECT ${columns} ${boxed}
     WHERE r.min_lon <= @east AND r.max_lon >= @west AND r.min_lat <= @north AND r.max_lat >= @south
       AND c.id <> @centreId AND ${inForce} ORDER BY c.name_sort`,
  ),
  liveWithin: db.$client.prepare(
    `SELECT ${columns} ${boxed}
     WHERE r.min_lon <= @east AND r.max_lon >= @west AND r.min_lat <= @north AND r.max_lat >= @south
       AND c.id <> @centreId AND ${live} ORDER BY c.name_sort`,
  ),
  reached: db.$client.prepare(
    `SELECT ${columns} FROM boundary_bounds mine
     CROSS JOIN boundary_bounds r ON r.min_lon <= mine.max_lon AND r.max_lon >= mine.min_lon
       AND r.min_lat <= mine.max_lat AND r.max_lat >= mine.min_lat
     CROSS JOIN approved_boundaries v ON v.id = r.id
     CROSS JOIN boundaries b ON b.id = r.id CROSS JOIN centres c ON c.id = b.centre_id
     WHERE mine.id = @id AND c.id <> @centreId AND ${live} ORDER BY c.name_sort`,
  ),
  coordinations: db.$client.prepare(
    `SELECT other_boundary_id AS otherBoundaryId, number, decided_on AS decidedOn, letter
     FROM boundary_coordinations WHERE boundary_id = ?`,
  ),
}));

/** Later than any day: what has been approved counts as begun. */
const LAST_DAY = '9999-12-31';

/** Every area in force in the province. */
export const areasInForce = (db: Db, day = LAST_DAY): Neighbour[] =>
  (statements(db).all.all({ day }) as Row[]).map(neighbourOf);

/** Every area in force in a county. */
export const areasOfCounty = (db: Db, county: number, day: string): Neighbour[] =>
  (statements(db).ofCounty.all({ county, day }) as Row[]).map(neighbourOf);

/** The areas in force that may reach into a box, but for the one centre's. */
export const neighboursIn = (db: Db, centreId: number, box: Bounds, day = LAST_DAY): Neighbour[] =>
  (statements(db).within.all({ centreId, day, ...box }) as Row[]).map(neighbourOf);

type Placed = { id: number; area: Area };

/** What a version shares with others' areas from a day on, the largest first. */
export const overlapsOf = (
  db: Db,
  centre: Pick<Centre, 'id' | 'kind'>,
  version: Placed,
  day: string,
): Overlapping[] => sharing(measuredWith(db, centre, version, day));

type Measured = Omit<Overlapping, 'shape'> & { shape: Area | null };

/** Of what was measured those that share ground, the largest share first. */
export const sharing = (measured: Measured[]): Overlapping[] =>
  measured
    .flatMap(({ shape, ...shared }) => (shape ? [{ ...shared, shape }] : []))
    .sort((one, other) => other.sharedSquareMetres - one.sharedSquareMetres);

/** Every area whose box the version's reaches, with what they share: nothing, as often as not. */
export function measuredWith(
  db: Db,
  centre: Pick<Centre, 'id' | 'kind'>,
  { id, area }: Placed,
  day: string,
): Measured[] {
  const coordinations = statements(db).coordinations.all(id) as (Coordination & Other)[];
  const reached = statements(db).reached.all({ id, centreId: centre.id, day }) as Row[];
  return measuredAgainst(centre, area, reached, coordinations);
}

/** The same of an area that nobody has proposed yet: to be seen before it is. */
export function overlapsBefore(
  db: Db,
  centre: Pick<Centre, 'id' | 'kind'>,
  area: Area,
  day: string,
): Overlapping[] {
  const within = { ...bounds(area), centreId: centre.id, day };
  const reached = statements(db).liveWithin.all(within) as Row[];
  return sharing(measuredAgainst(centre, area, reached, []));
}

function measuredAgainst(
  centre: Pick<Centre, 'kind'>,
  area: Area,
  reached: Row[],
  coordinations: (Coordination & Other)[],
): Measured[] {
  return reached.map(neighbourOf).map((neighbour) => {
    const { squareMetres, shape } = overlap(area, neighbour.area);
    return {
      ...neighbour,
      ...{ shape, sharedSquareMetres: Math.round(squareMetres) },
      // Guild and specialised centres may share an area with anyone.
      blocks: centre.kind === 'neighbourhood' && neighbour.kind === 'neighbourhood',
      coordination: coordinationWith(neighbour.boundaryId, coordinations),
    };
  });
}

/** A box around an area as wide and high again, or around a place a few streets wide. */
export function around(area: Area | undefined, place: { lon: number; lat: number } | undefined) {
  if (!area) return place && box(place.lon, place.lat, 0.03, 0.03);
  const { west, south, east, north } = bounds(area);
  return box((west + east) / 2, (south + north) / 2, east - west, north - south);
}

type Row = Omit<Neighbour, 'area'> & { area: string };
type Other = { otherBoundaryId: number };

const neighbourOf = (row: Row): Neighbour => ({ ...row, area: JSON.parse(row.area) as Area });

function coordinationWith(boundaryId: number, known: (Coordination & Other)[]) {
  const coordination = known.find((one) => one.otherBoundaryId === boundaryId);
  if (!coordination) return null;
  const { number, decidedOn, letter } = coordination;
  return { number, decidedOn, letter };
}

const box = (lon: number, lat: number, wide: number, high: number): Bounds => ({
  west: lon - wide,
  south: lat - high,
  east: lon + wide,
  north: lat + high,
});
