/** Whose area the place of a permit is, found on the ground. */
import type { Centre } from '../centres/centres.ts';
import { findCentreById } from '../centres/centres.ts';
import type { Db } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import type { Area } from './area.ts';
import { areaSquareMetres, bounds } from './measure.ts';
import { neighboursIn } from './neighbours.ts';
import { overlap } from './overlap.ts';
import type { Permit } from './permits-known.ts';
import { boundaryOn } from './versions.ts';

export type Concerned = {
  centreId: number;
  code: string;
  name: string;
  countyId: number;
  /** What of the place lies in its area; null where that can't be measured. */
  squareMetres: number | null;
};

/** The centres in whose areas the place lies: all of them for a polygon, the one it is named for. */
export function concernedBy(
  db: Db,
  centreId: number,
  { area, otherCentreId }: Pick<Permit, 'area' | 'otherCentreId'>,
  day: string,
): Concerned[] {
  if (otherCentreId !== null) {
    const { code, name, countyId } = findCentreById(db, otherCentreId);
    const squareMetres = boundaryOn(db, otherCentreId, day)?.squareMetres ?? null;
    return [{ centreId: otherCentreId, code, name, countyId, squareMetres }];
  }
  if (!area) return [];
  return neighboursIn(db, centreId, bounds(area), day).flatMap((other) => {
    const { squareMetres } = overlap(area, other.area);
    const { code, name, countyId } = other;
    const shared = Math.round(squareMetres);
    return shared > 0
      ? [{ centreId: other.centreId, code, name, countyId, squareMetres: shared }]
      : [];
  });
}

/** Ground that lies in the centre's own area but for a hundredth needs no permit. */
const OWN_SHARE = 0.99;

/** A permit is for what lies outside: the centre's own ground is served without. */
export function refuseOwnGround(
  db: Db,
  centre: Centre,
  { area, otherCentre }: { area?: Area; otherCentre?: Centre },
  day: string,
): void {
  const own = otherCentre?.id === centre.id || (area && isOwn(db, centre, area, day));
  if (!own) return;
  const field = area ? 'area' : 'otherCentre';
  throw new Refusal('boundary:permits.refusals.own-ground', { status: 422, field });
}

function isOwn(db: Db, centre: Centre, area: Area, day: string): boolean {
  const own = boundaryOn(db, centre.id, day);
  if (!own) return false;
  return overlap(area, own.area).squareMetres >= areaSquareMetres(area) * OWN_SHARE;
}
