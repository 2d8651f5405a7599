/** What an area must be: read once from a file, a drawing or a table of corners, and kept in one form. */

import { isNestedDeeper } from '../values/nesting.ts';
import type { Reading } from '../values/reading.ts';
import { type Area, type Point, type Ring, ringsArea } from './area.ts';
import { firstCrossing } from './crossing.ts';
import { readKml } from './kml-reading.ts';
import { areaSquareMetres, bounds, perimeterMetres } from './measure.ts';
import { partsOverlap } from './overlap.ts';

type Fault = { fault: string; values?: Record<string, string | number> };

/** A map sheet shows no more, and whoever checks the area by hand could not follow more. */
export const mostCorners = 5000;
/** No county of Iran is larger; what is larger was drawn by mistake. */
export const mostSquareKilometres = 60_000;
/** A courtyard is no area of activity; what is smaller was drawn by mistake. */
export const leastSquareMetres = 100;
/** How often an outline may be longer than a circle's of the same area, squared: a lane passes. */
const mostRagged = 2000;
/** Fifty thousand corners with every decimal are shorter; what is longer is not even read. */
const longestText = 3_000_000;
/** A collection of areas of several parts has eight levels. */
const deepest = 32;
/** The box around Iran. Its longitudes and latitudes share no value, so a swapped pair shows. */
export const country = { west: 44, south: 24.5, east: 63.5, north: 40 };
/** Seven decimals of a degree are a centimetre. */
const grid = 1e7;

/** Reads GeoJSON, as text or as an object, or KML: one polygonal geometry, alone or among points. */
export function readArea(input: unknown): Reading<Area> {
  const parsed = parse(input);
  if ('fault' in parsed) return parsed;
  const found = polygonsIn(parsed.value);
  if (found.length !== 1) return fault(found.length ? 'several-polygons' : 'no-polygon');
  const rings = outerRings(found[0]!);
  if ('fault' in rings) return rings;
  return areaOf(rings.value);
}

/** Holds outer rings against everything that an area must be; open rings are closed. */
export function areaOf(typed: Ring[]): Reading<Area> {
  const misplaced = placeFault(typed.flat());
  if (misplaced) return misplaced;
  const rings = typed.map(tidied);
  if (rings.some((ring) => ring.length < 4)) return fault('too-few-corners');
  const crossing = firstCrossing(rings);
  if (crossing) return crossingFault(crossing);
  const area = ringsArea(rings.map(counterClockwise));
  return sizeFault(area) ?? (partsOverlap(area) ? fault('parts-overlap') : { value: area });
}

function parse(input: unknown): Reading<unknown> {
  if (typeof input !== 'string') {
    return input === undefined || input === null ? fault('empty') : { value: input };
  }
  const text = input.replace(/^\uFEFF/, '').trim();
  if (!text) return fault('empty');
  const tooLong = lengthFault(text);
  if (tooLong) return tooLong;
  if (text.startsWith('<')) return readKml(text);
  if (isNestedDeeper(text.length, (at) => text.charCodeAt(at), deepest)) return fault('too-deep');
  try {
    return { value: JSON.parse(text) };
  } catch {
    return fault('not-json');
  }
}

/** What no area can be as long as. */
export function lengthFault(text: string): Fault | undefined {
  if (text.length <= longestText) return undefined;
  const megabytes = Math.round(text.length / 1e5) / 10;
  return fault('text-too-long', { megabytes, limit: mostCorners });
}

type Polygonal = { type: 'Polygon' | 'MultiPolygon'; coordinates: unknown };

function polygonsIn(input: unknown): Polygonal[] {
  if (!isRecord(input)) return [];
  if (input.type === 'FeatureCollection') return listOf(input.features).flatMap(polygonsOfFeature);
  return input.type === 'Feature' ? polygonsOfFeature(input) : polygonsOfGeometry(input);
}

const polygonsOfFeature = (feature: unknown): Polygonal[] =>
  isRecord(feature) ? polygonsOfGeometry(feature.geometry) : [];

function polygonsOfGeometry(geometry: unknown): Polygonal[] {
  if (!isRecord(geometry)) return [];
  const { type, coordinates } = geometry;
  return type === 'Polygon' || type === 'MultiPolygon' ? [{ type, coordinates }] : [];
}

function outerRings({ type, coordinates }: Polygonal): Reading<Ring[]> {
  const polygons = type === 'Polygon' ? [coordinates] : listOf(coordinates);
  const parts = polygons.map(listOf);
  if (!parts.length || parts.some((part) => !part.length)) return fault('no-polygon');
  if (parts.some((part) => part.length > 1)) return fault('hole');
  const rings = parts.map((part) => listOf(part[0]));
  const count = rings.reduce((sum, ring) => sum + ring.length, 0);
  if (count > mostCorners) return fault('too-many-corners', { count, limit: mostCorners });
  if (!rings.every((ring) => ring.every(isPosition))) return fault('not-numbers');
  return { value: rings.map((ring) => ring.map(([lon, lat]) => [lon, lat] as Point)) };
}

/** A position may have a height as its third number, which a map has no use for. */
const isPosition = (input: unknown): input is number[] =>
  Array.isArray(input) && input.length >= 2 && input.slice(0, 2).every(Number.isFinite);

/** What is wrong with where some places are; undefined where nothing is. */
export function placeFault(points: Point[]): Fault | undefined {
  if (points.every(inCountry)) return undefined;
  if (points.every(([lon, lat]) => inCountry([lat, lon]))) return fault('swapped');
  if (crossesDateLine(points)) return fault('across-meridian');
  const [lon, lat] = points.find((point) => !inCountry(point))!;
  const degrees = Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  return fault(degrees ? 'outside-country' : 'not-degrees', { lat: short(lat), lon: short(lon) });
}

/** Longitudes on both sides of the line where east becomes west. */
const crossesDateLine = (points: Point[]) =>
  points.every(([lon, lat]) => Math.abs(lon) <= 360 && Math.abs(lat) <= 90) &&
  (points.some(([lon]) => Math.abs(lon) > 180) ||
    (points.some(([lon]) => lon > 90) && points.some(([lon]) => lon < -90)));

const inCountry = ([lon, lat]: Point) =>
  lon >= country.west && lon <= country.east && lat >= country.south && lat <= country.north;

/** Rounded to the grid, closed, and without a corner given twice running. */
function tidied(typed: Ring): Ring {
  const rounded = typed.map(([lon, lat]): Point => [onGrid(lon), onGrid(lat)]);
  const ring = rounded.filter((point, at) => at === 0 || !same(point, rounded[at - 1]!));
  const closed = ring.length > 1 && same(ring[0]!, ring.at(-1)!);
  return closed || !ring.length ? ring : [...ring, ring[0]!];
}

const onGrid = (degrees: number) => Math.round(degrees * grid) / grid;
const same = (a: Point, b: Point) => a[0] === b[0] && a[1] === b[1];

function crossingFault({ own, at: [lon, lat] }: { own: boolean; at: Point }): Fault {
  return fault(own ? 'crossing' : 'parts-overlap', { lat: short(lat), lon: short(lon) });
}

function sizeFault(area: Area): Fault | undefined {
  const squareMetres = areaSquareMetres(area);
  if (squareMetres < 1) return fault('no-area');
  if (squareMetres < leastSquareMetres) return fault('too-small', { limit: leastSquareMetres });
  if (squareMetres > mostSquareKilometres * 1e6) {
    return fault('too-large', { limit: mostSquareKilometres });
  }
  const ragged = perimeterMetres(area) ** 2 / (4 * Math.PI * squareMetres);
  return ragged > mostRagged ? fault('ragged') : undefined;
}

/** RFC 7946 has outer rings run counter-clockwise. */
function counterClockwise(ring: Ring): Ring {
  const { west, south } = bounds(ringsArea([ring]));
  const turn = ring.slice(1).reduce((sum, [lon, lat], at) => {
    const [lonBefore, latBefore] = ring[at]!;
    return sum + (lonBefore - west) * (lat - south) - (lon - west) * (latBefore - south);
  }, 0);
  return turn < 0 ? ring.toReversed() : ring;
}

const fault = (name: string, values?: Fault['values']): Fault =>
  values ? { fault: `boundary:faults.${name}`, values } : { fault: `boundary:faults.${name}` };

const short = (degrees: number) => Number(degrees.toFixed(5));
const listOf = (input: unknown): unknown[] => (Array.isArray(input) ? input : []);
const isRecord = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);
