/** What two areas share. */

import clipping from 'polygon-clipping';
import { type Area, partsOf, type Ring, ringsArea } from './area.ts';
import { areaSquareMetres, bounds, perimeterMetres } from './measure.ts';

export type Overlap = { squareMetres: number; shape: Area | null };

type Clip = typeof clipping.intersection;

const none: Overlap = { squareMetres: 0, shape: null };

/** No overlap below a square metre, or so thin that only the rounding of a shared edge makes it. */
const leastSquareMetres = 1;
const leastWidthMetres = 0.05;

/** The ground that both areas cover; a shared edge is no overlap. */
export function overlap(a: Area, b: Area): Overlap {
  if (apart(a, b)) return none;
  const pieces = clipped(clipping.intersection, a, b).filter(isGround);
  if (!pieces.length) return none;
  return { squareMetres: sum(pieces), shape: { type: 'MultiPolygon', coordinates: pieces } };
}

/** The ground of one area that another does not cover; slivers along a shared edge are none. */
export function without(area: Area, other: Area): Overlap {
  if (partsOf(area).length === 0) return none;
  if (partsOf(other).length === 0 || apart(area, other)) {
    return { squareMetres: areaSquareMetres(area), shape: area };
  }
  const pieces = clipped(clipping.difference, area, other).filter(isGround);
  if (!pieces.length) return none;
  return { squareMetres: sum(pieces), shape: { type: 'MultiPolygon', coordinates: pieces } };
}

/** The ground that several areas cover together: pieces, each with its outer ring and its holes. */
export const covered = ([first, ...others]: Area[]): Ring[][] =>
  first ? clipped(clipping.union, first, ...others) : [];

/** The pieces of some ground, given by outer rings, that none of the areas covers. */
export const uncovered = (ground: Ring[], areas: Area[]): Ring[][] =>
  clipped(clipping.difference, ringsArea(ground), ...areas);

/** Whether some parts of one area cover the same ground; their edges don't cut each other. */
export function partsOverlap(area: Area): boolean {
  const parts = partsOf(area);
  if (parts.length < 2) return false;
  const apiece = sum(parts.map((ring) => [ring]));
  return apiece - sum(clipped(clipping.union, area)) > leastSquareMetres + apiece * 1e-9;
}

function apart(a: Area, b: Area): boolean {
  const [one, other] = [bounds(a), bounds(b)];
  return (
    one.east <= other.west ||
    other.east <= one.west ||
    one.north <= other.south ||
    other.north <= one.south
  );
}

/** Edges that almost coincide can defeat the clipping; on a coarser grid they coincide. */
function clipped(clip: Clip, first: Area, ...others: Area[]): Ring[][] {
  for (const grid of [1e7, 1e6, 1e5]) {
    try {
      return clip(coarse(first, grid), ...others.map((area) => coarse(area, grid)));
    } catch (error) {
      if (grid === 1e5) throw error;
    }
  }
  return [];
}

const coarse = (area: Area, grid: number): Ring[][] =>
  partsOf(area).map((ring) => [
    ring.map(([lon, lat]) => [Math.round(lon * grid) / grid, Math.round(lat * grid) / grid]),
  ]);

function isGround(piece: Ring[]): boolean {
  const area: Area = { type: 'Polygon', coordinates: piece };
  const squareMetres = areaSquareMetres(area);
  const widthMetres = (2 * squareMetres) / perimeterMetres(area);
  return squareMetres >= leastSquareMetres && widthMetres >= leastWidthMetres;
}

const sum = (pieces: Ring[][]) => areaSquareMetres({ type: 'MultiPolygon', coordinates: pieces });
