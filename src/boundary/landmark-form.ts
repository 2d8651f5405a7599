/** What is typed of a street or a landmark: its kind and name, and its places in one of two ways. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { readName, readReason } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { describeBody } from '../web/described.ts';
import { chosen, readBody, typed } from '../web/forms.ts';
import type { Point } from './area.ts';
import { readPlaces } from './corners.ts';
import { isLine, isNoGround, LANDMARK_KINDS, type LandmarkKind } from './landmark-kinds.ts';
import type { LandmarkGeometry, LandmarkTyped } from './landmarks.ts';
import { readGeometry } from './outline-reading.ts';
import type { OutlineGeometry } from './outlines.ts';
import { refuseField } from './proposal.ts';
import { areaOf, placeFault } from './sound-area.ts';

/** A street of more corners is imported, not typed. */
const mostPlaces = 500;

export const landmarkForm = z.object({
  kind: chosen(LANDMARK_KINDS),
  name: typed((text) => readName(text, { max: 100 })),
  places: z.string().optional().meta({ description: 'One place a line: latitude, longitude' }),
  geometry: z
    .unknown()
    .optional()
    .meta({ description: 'GeoJSON Point, LineString or Polygon, as an object or text' }),
  county: z.union([z.string(), z.number(), z.null()]).optional(),
});

export const endingForm = z.object({ reason: typed(readReason) });

for (const root of [
  '/{province}/centres/{code}/boundary/landmarks',
  '/{province}/landmarks',
] as const) {
  describeBody(`POST ${root}`, landmarkForm);
  describeBody(`POST ${root}/{id}/ending`, endingForm);
}

/** The landmark of the form, and the county that was chosen with it. */
export function readLandmark(req: Request, res: Response): LandmarkTyped & { county?: string } {
  const { kind, name, places = '', geometry, county } = readBody(req, landmarkForm);
  const pasted = typeof geometry === 'string' ? geometry.trim() : geometry;
  if (places.trim() && pasted) {
    throw new Refusal('boundary:faults.several-ways', { status: 422, field: 'places' });
  }
  const field = pasted ? 'geometry' : 'places';
  const reading = pasted ? readPasted(pasted, kind) : readTyped(places, kind);
  if ('fault' in reading) refuseField(field, reading, res);
  return { kind, name, geometry: reading.value, county: county ? String(county) : undefined };
}

function readPasted(input: unknown, kind: LandmarkKind): Reading<LandmarkGeometry> {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  const read = readGeometry(text);
  return 'fault' in read ? read : shaped(read.value, kind);
}

function shaped(geometry: OutlineGeometry, kind: LandmarkKind): Reading<LandmarkGeometry> {
  const { type, coordinates } = geometry;
  if (type === 'Point') return ofPlaces([coordinates as Point], kind);
  if (type === 'LineString') return ofLine(coordinates as Point[]);
  if (type !== 'Polygon') return { fault: 'boundary:faults.one-geometry' };
  if (coordinates.length > 1) return { fault: 'boundary:faults.hole' };
  return ofPlaces(coordinates[0] as Point[], kind);
}

/** One place is a point, more are a line or the edge of some ground, as the kind says. */
function readTyped(text: string, kind: LandmarkKind): Reading<LandmarkGeometry> {
  if (!text.trim()) return { fault: 'boundary:faults.no-place' };
  const read = readPlaces(text, mostPlaces);
  if ('fault' in read) return read;
  if (read.value.length > 1) return { fault: 'boundary:faults.one-geometry' };
  const places = read.value[0] ?? [];
  return placeFault(places) ?? ofPlaces(places, kind);
}

function ofPlaces(places: Point[], kind: LandmarkKind): Reading<LandmarkGeometry> {
  if (places.length > mostPlaces) {
    const values = { count: places.length, limit: mostPlaces };
    return { fault: 'boundary:faults.too-many-places', values };
  }
  if (places.length === 1) {
    if (isLine(kind)) return { fault: 'boundary:faults.line-of-one' };
    return { value: { type: 'Point', coordinates: places[0]! } };
  }
  if (places.length === 2 || isNoGround(kind)) return ofLine(places);
  const area = areaOf([places]);
  if ('fault' in area) return area;
  return area.value.type === 'Polygon'
    ? { value: area.value }
    : { fault: 'boundary:faults.one-geometry' };
}

function ofLine(places: Point[]): Reading<LandmarkGeometry> {
  const line = places.filter(
    ([lon, lat], at) => lon !== places[at - 1]?.[0] || lat !== places[at - 1]?.[1],
  );
  if (line.length < 2) return { fault: 'boundary:faults.line-of-one' };
  if (line.length > mostPlaces) {
    const values = { count: line.length, limit: mostPlaces };
    return { fault: 'boundary:faults.too-many-places', values };
  }
  return { value: { type: 'LineString', coordinates: line } };
}
