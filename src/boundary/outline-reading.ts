/** A file of outlines read: what of it can be drawn, under which name, and what is left out and why. */
import type { Position } from 'geojson';
import { readName } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import type { Point } from './area.ts';
import { readKml } from './kml-reading.ts';
import type { Bounds } from './measure.ts';
import type { OutlineGeometry, OutlineKind } from './outlines.ts';
import { country, placeFault } from './sound-area.ts';

export type FoundOutline = { name: string | null; geometry: string; box: Bounds };

/** Why a feature of the file is not drawn. */
export const LEFT_OUT = ['other-shape', 'nameless-point', 'outside', 'unreadable'] as const;
export type LeftOut = Record<(typeof LEFT_OUT)[number], number>;

export type FoundOutlines = { outlines: FoundOutline[]; leftOut: LeftOut };

/** What a map can still show, and a set of outlines hold. */
export const mostOutlinesOfSet = 5000;
const mostPositions = 250_000;

/** Which shapes are drawn of each kind: a county is an area, and a street no point. */
const shapesOf: Record<OutlineKind, RegExp> = {
  county: /Polygon$/,
  street: /(LineString|Polygon)$/,
  landmark: /(Point|LineString|Polygon)$/,
  other: /(Point|LineString|Polygon)$/,
};

/** Reads GeoJSON or KML; features that can't be drawn are counted by their reason, never guessed. */
export function readOutlines(text: string, kind: OutlineKind): Reading<FoundOutlines> {
  const features = featuresIn(text);
  if ('fault' in features) return features;
  const leftOut: LeftOut = { 'other-shape': 0, 'nameless-point': 0, outside: 0, unreadable: 0 };
  const outlines: FoundOutline[] = [];
  let positions = 0;
  for (const feature of features.value) {
    const found = outlineOf(feature, kind);
    if (typeof found === 'string') leftOut[found] += 1;
    else {
      outlines.push(found.outline);
      positions += found.positions;
    }
  }
  const limit = { limit: mostOutlinesOfSet };
  if (outlines.length > mostOutlinesOfSet || positions > mostPositions) {
    return { fault: 'boundary:faults.too-many-outlines', values: limit };
  }
  if (!outlines.length) return { fault: 'boundary:faults.no-outline' };
  return { value: { outlines, leftOut } };
}

type Thing = Record<string, unknown>;

/** The features of a file of either kind; a geometry alone is a feature without a name. */
function featuresIn(text: string): Reading<Thing[]> {
  const plain = text.replace(/^\uFEFF/, '').trim();
  if (!plain) return { fault: 'boundary:faults.no-file' };
  if (plain.startsWith('<')) {
    const kml = readKml(plain);
    return 'fault' in kml ? kml : { value: kml.value.features };
  }
  try {
    const parsed: unknown = JSON.parse(plain);
    if (!isThing(parsed)) return { fault: 'boundary:faults.not-json' };
    if (parsed.type === 'FeatureCollection') return { value: things(parsed.features) };
    return { value: [parsed.type === 'Feature' ? parsed : { geometry: parsed }] };
  } catch {
    return { fault: 'boundary:faults.not-json' };
  }
}

function outlineOf(
  { geometry, properties }: Thing,
  kind: OutlineKind,
): { outline: FoundOutline; positions: number } | keyof LeftOut {
  if (!isThing(geometry) || typeof geometry.type !== 'string') return 'unreadable';
  if (!shapesOf[kind].test(geometry.type)) return 'other-shape';
  if (!fits(geometry.type, geometry.coordinates)) return 'unreadable';
  const positions = positionsOf(geometry.coordinates);
  if (!positions.every(inCountry)) return 'outside';
  const name = nameOf(properties);
  if (!name && geometry.type === 'Point') return 'nameless-point';
  const drawn = { type: geometry.type, coordinates: rounded(geometry.coordinates) };
  const outline = { name, geometry: JSON.stringify(drawn), box: boxOf(positions) };
  return { outline, positions: positions.length };
}

/** The one geometry of a GeoJSON or KML text, its places within the country. */
export function readGeometry(text: string): Reading<OutlineGeometry> {
  const features = featuresIn(text);
  if ('fault' in features) return features;
  const found = features.value.map(({ geometry }) => geometry).filter(isThing);
  if (found.length !== 1) return { fault: 'boundary:faults.one-geometry' };
  const { type, coordinates } = found[0]!;
  if (!fits(String(type), coordinates)) return { fault: 'boundary:faults.not-numbers' };
  const places = positionsOf(coordinates).map(([lon, lat]): Point => [lon!, lat!]);
  const misplaced = placeFault(places);
  if (misplaced) return misplaced;
  return { value: { type, coordinates: rounded(coordinates) } as OutlineGeometry };
}

/** OpenStreetMap's exports keep names under `tags`; the Persian name goes before the plain one. */
function nameOf(properties: unknown): string | null {
  const own = isThing(properties) ? properties : {};
  const all = { ...(isThing(own.tags) ? own.tags : {}), ...own } as Thing;
  const named = [all['name:fa'], all.name, all.Name, all.NAME].find(
    (name) => typeof name === 'string' && name.trim(),
  );
  if (typeof named !== 'string') return null;
  const read = readName(named.slice(0, 120));
  return 'value' in read ? read.value : null;
}

const depths: Record<string, number> = {
  ...{ Point: 1, MultiPoint: 2, LineString: 2, MultiLineString: 3, Polygon: 3, MultiPolygon: 4 },
};

/** Lists nested as deep as the geometry's type says, with positions at the bottom and nowhere else. */
function fits(type: string, coordinates: unknown, depth = depths[type]): boolean {
  if (depth === undefined || !Array.isArray(coordinates) || !coordinates.length) return false;
  if (depth === 1) return isPosition(coordinates);
  return coordinates.every((inner) => fits(type, inner, depth - 1));
}

/** Every position of coordinates that fit their type. */
const positionsOf = (coordinates: unknown): Position[] =>
  isPosition(coordinates) ? [coordinates] : (coordinates as unknown[]).flatMap(positionsOf);

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) && value.length >= 2 && value.slice(0, 2).every(Number.isFinite);

const inCountry = ([lon, lat]: Position) =>
  lon! >= country.west && lon! <= country.east && lat! >= country.south && lat! <= country.north;

/** Six decimals of a degree are a hand's breadth: nobody draws finer under a map. */
function rounded(coordinates: unknown): unknown {
  if (!Array.isArray(coordinates)) return coordinates;
  return isPosition(coordinates)
    ? coordinates.slice(0, 2).map((degrees) => Math.round(degrees * 1e6) / 1e6)
    : coordinates.map(rounded);
}

function boxOf(positions: Position[]): Bounds {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const [lon, lat] of positions) {
    box.west = Math.min(box.west, lon!);
    box.south = Math.min(box.south, lat!);
    box.east = Math.max(box.east, lon!);
    box.north = Math.max(box.north, lat!);
  }
  return box;
}

const things = (list: unknown): Thing[] => (Array.isArray(list) ? list.filter(isThing) : []);
const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
