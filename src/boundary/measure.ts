/** Sizes and places of areas on the ellipsoid of WGS 84. */

import { type Area, type Point, partsOf, type Ring } from './area.ts';
import { side } from './crossing.ts';

export type Bounds = { west: number; south: number; east: number; north: number };

const radiusMetres = 6_378_137;
const flattening = 1 / 298.257223563;
const eccentricitySquared = flattening * (2 - flattening);
const eccentricity = Math.sqrt(eccentricitySquared);
const radian = Math.PI / 180;

export function areaSquareMetres(area: Area): number {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  return polygons.reduce((sum, [outer, ...holes]) => {
    return sum + ringSquareMetres(outer ?? []) - total(holes, ringSquareMetres);
  }, 0);
}

export const perimeterMetres = (area: Area): number =>
  total(partsOf(area), (ring) =>
    total(ring.slice(1), (point, at) => distanceMetres(ring[at]!, point)),
  );

/** Over the length of a street or a county; not for journeys across the globe. */
export function distanceMetres(from: Point, to: Point): number {
  const latitude = ((from[1] + to[1]) / 2) * radian;
  const bend = 1 - eccentricitySquared * Math.sin(latitude) ** 2;
  const north = (radiusMetres * (1 - eccentricitySquared)) / bend ** 1.5;
  const east = (radiusMetres / Math.sqrt(bend)) * Math.cos(latitude);
  return Math.hypot(north * (to[1] - from[1]) * radian, east * (to[0] - from[0]) * radian);
}

export function bounds(area: Area): Bounds {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const [lon, lat] of partsOf(area).flat()) {
    box.west = Math.min(box.west, lon);
    box.south = Math.min(box.south, lat);
    box.east = Math.max(box.east, lon);
    box.north = Math.max(box.north, lat);
  }
  return box;
}

/** Who lives on the line itself lives inside. */
export const containsPoint = (area: Area, point: Point): boolean =>
  partsOf(area).some((ring) => ringContains(ring, point));

/** A point well inside, for a name to stand at: the middle of the widest stretch at half height. */
export function insidePoint(area: Area): Point {
  const { south, north } = bounds(area);
  // A little off the middle, so that the line seldom runs through a corner.
  const lat = south + (north - south) * 0.50137;
  const crossed = partsOf(area)
    .flatMap((ring) => longitudesAt(ring, lat))
    .sort((a, b) => a - b);
  let widest: [number, number] = [crossed[0] ?? bounds(area).west, crossed[1] ?? bounds(area).east];
  for (let at = 2; at + 1 < crossed.length; at += 2) {
    const stretch: [number, number] = [crossed[at]!, crossed[at + 1]!];
    if (stretch[1] - stretch[0] > widest[1] - widest[0]) widest = stretch;
  }
  return [(widest[0] + widest[1]) / 2, lat];
}

/** Edges are straight in longitude and latitude; Simpson's rule follows their curve on the ground. */
function ringSquareMetres(ring: Ring): number {
  const start = belt(ring[0]?.[1] ?? 0);
  const signed = total(ring.slice(1), ([lon, lat], at) => {
    const [lonBefore, latBefore] = ring[at]!;
    const mean = (belt(latBefore) + 4 * belt((latBefore + lat) / 2) + belt(lat)) / 6 - start;
    return (lon - lonBefore) * radian * mean;
  });
  return Math.abs(signed);
}

/** Square metres from the equator to a latitude, for each radian of longitude. */
function belt(latitude: number): number {
  const sine = Math.sin(latitude * radian);
  const curved = eccentricity * sine;
  const flat = sine / (1 - curved * curved) + Math.atanh(curved) / eccentricity;
  return (radiusMetres ** 2 * (1 - eccentricitySquared) * flat) / 2;
}

function ringContains(ring: Ring, point: Point): boolean {
  let inside = false;
  for (let at = 1; at < ring.length; at += 1) {
    const [a, b] = [ring[at - 1]!, ring[at]!];
    if (stands(a, b, point)) return true;
    if (a[1] > point[1] !== b[1] > point[1]) {
      inside = side(a, b, point) > 0 === b[1] > a[1] ? !inside : inside;
    }
  }
  return inside;
}

const stands = (a: Point, b: Point, point: Point) =>
  side(a, b, point) === 0 &&
  Math.min(a[0], b[0]) <= point[0] &&
  point[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= point[1] &&
  point[1] <= Math.max(a[1], b[1]);

function longitudesAt(ring: Ring, lat: number): number[] {
  return ring.slice(1).flatMap((b, at) => {
    const a = ring[at]!;
    if (a[1] > lat === b[1] > lat) return [];
    return [a[0] + ((lat - a[1]) / (b[1] - a[1])) * (b[0] - a[0])];
  });
}

const total = <T>(things: T[], measure: (thing: T, at: number) => number): number =>
  things.reduce((sum, thing, at) => sum + measure(thing, at), 0);
