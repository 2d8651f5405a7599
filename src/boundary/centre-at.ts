/** Which centre serves a place, and which centres adjoin it. */
import type { Actor } from '../access/actor.ts';
import { may } from '../access/powers.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import type { Area } from './area.ts';
import { areNear, widened } from './distance.ts';
import { bounds, containsPoint } from './measure.ts';
import { type Neighbour, neighboursIn } from './neighbours.ts';

export type Place = { lon: number; lat: number };

/** Areas no farther apart than a wide street are neighbours. */
export const streetMetres = 100;

const nobody = 0;

const statements = prepared((db) => ({
  seats: db.$client.prepare(
    `SELECT b.area FROM approved_boundaries v JOIN boundaries b ON b.id = v.id
     WHERE v.centre_id = ? AND v.from_on <= ? ORDER BY v.version DESC LIMIT 1`,
  ),
}));

/** Every centre whose area covers the place on this day; whoever lives on the line lives inside. */
export function centresAt(db: Db, { lon, lat }: Place, day: string): Neighbour[] {
  const point = { west: lon, east: lon, south: lat, north: lat };
  return neighboursIn(db, nobody, point, day)
    .filter(({ area }) => containsPoint(area, [lon, lat]))
    .sort(
      (one, other) => Number(other.kind === 'neighbourhood') - Number(one.kind === 'neighbourhood'),
    );
}

/** B-123: the centre that serves a place: of several the neighbourhood's, not a guild's. */
export const centreAt = (db: Db, place: Place, day: string): Neighbour | undefined =>
  centresAt(db, place, day)[0];

/** The centres whose areas meet this one's, or lie across a street from it. */
export function adjoining(
  db: Db,
  { centreId, area }: { centreId: number; area: Area },
  day: string,
): Neighbour[] {
  return neighboursIn(db, centreId, widened(bounds(area), streetMetres), day).filter((other) =>
    areNear(area, other.area, streetMetres),
  );
}

/** Those that the reader may know of: by his office, or as a trustee his own and those adjoining. */
export function knownTo(db: Db, actor: Actor, found: Neighbour[]): Neighbour[] {
  return found.filter((one) => {
    if (may(actor, 'centres.read', { id: one.centreId, countyId: one.countyId })) return true;
    return actor.seats.some(({ centreId }) => {
      const row = statements(db).seats.get(centreId, actor.today) as { area: string } | undefined;
      return row && areNear(JSON.parse(row.area) as Area, one.area, streetMetres);
    });
  });
}
