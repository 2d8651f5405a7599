/** Landmarks of the sample's first area, and the parts into which its volunteers are placed. */
import { createRequire } from 'node:module';
import type { Actor } from '../src/access/actor.ts';
import type { Point } from '../src/boundary/area.ts';
import { recordPart } from '../src/boundary/area-parts.ts';
import type { LandmarkKind } from '../src/boundary/landmark-kinds.ts';
import { recordLandmark } from '../src/boundary/landmarks.ts';
import { bounds } from '../src/boundary/measure.ts';
import { boundaryOn } from '../src/boundary/versions.ts';
import type { Centre } from '../src/centres/centres.ts';
import type { Tx } from '../src/provinces/connection.ts';

/** Places are shares of the box about the area, from its south-western corner. */
type Told = {
  landmarks: { kind: LandmarkKind; name: string; at: Point }[];
  parts: { name: string; from: Point; to: Point }[];
};

const told = createRequire(import.meta.url)('./first-year.json') as Told;

/** Answers the parts' ids. */
export function nameGround(tx: Tx, actor: Actor, centre: Centre): number[] {
  const { west, east, south, north } = bounds(boundaryOn(tx, centre.id, actor.today)!.area);
  const place = ([across, up]: Point): Point => [
    Number((west + (east - west) * across).toFixed(6)),
    Number((south + (north - south) * up).toFixed(6)),
  ];
  for (const { kind, name, at } of told.landmarks) {
    const geometry = { type: 'Point' as const, coordinates: place(at) };
    recordLandmark(tx, actor, { centre }, { kind, name, geometry });
  }
  return told.parts.map(({ name, from: [left, low], to: [right, high] }) => {
    const corners: Point[] = [
      [left, low],
      [right, low],
      [right, high],
      [left, high],
      [left, low],
    ];
    const area = { type: 'Polygon' as const, coordinates: [corners.map(place)] };
    return recordPart(tx, actor, centre, { name, area }).id;
  });
}
