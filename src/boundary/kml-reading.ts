/** KML as phones and Google Earth write it, read into features as GeoJSON has them. */
import type { Position } from 'geojson';
import { SaxesParser } from 'saxes';
import type { Reading } from '../values/reading.ts';
import type { OutlineGeometry } from './outlines.ts';

export type KmlFeatures = {
  type: 'FeatureCollection';
  features: { type: 'Feature'; properties: { name: string }; geometry: OutlineGeometry | null }[];
};

type Shape =
  | { type: 'Point' | 'LineString'; positions: Position[] }
  | { type: 'Polygon'; rings: Position[][] };

type Placemark = { name: string; shapes: Shape[] };

const shapes = ['Point', 'LineString', 'Polygon'];

/** Folders in folders are few; what is nested deeper is meant to keep the reader busy. */
const DEEPEST = 64;

/** Reads every placemark with the shapes in it; styles, folders and pictures are passed over. */
export function readKml(text: string): Reading<KmlFeatures> {
  const placemarks: Placemark[] = [];
  const path: string[] = [];
  let said = '';
  const parser = new SaxesParser();
  parser.on('error', (fault) => {
    throw fault;
  });
  parser.on('opentag', ({ name }) => {
    path.push(plainName(name));
    if (path.length > DEEPEST) throw new Error('nested too deep');
    said = '';
    begin(placemarks, path);
  });
  parser.on('text', (words) => {
    said += words;
  });
  parser.on('cdata', (words) => {
    said += words;
  });
  parser.on('closetag', () => {
    end(placemarks, path, said);
    path.pop();
  });
  try {
    parser.write(text.replace(/^\uFEFF/, '').trim()).close();
  } catch {
    return { fault: 'boundary:faults.not-kml' };
  }
  return { value: { type: 'FeatureCollection', features: placemarks.map(featureOf) } };
}

/** KML may come with a prefix: `kml:Placemark` is a Placemark. */
const plainName = (name: string) => name.slice(name.indexOf(':') + 1);

function begin(placemarks: Placemark[], path: string[]): void {
  const name = path.at(-1)!;
  if (name === 'Placemark') placemarks.push({ name: '', shapes: [] });
  if (!path.includes('Placemark') || !shapes.includes(name)) return;
  const type = name as Shape['type'];
  const shape: Shape = type === 'Polygon' ? { type, rings: [] } : { type, positions: [] };
  placemarks.at(-1)!.shapes.push(shape);
}

function end(placemarks: Placemark[], path: string[], said: string): void {
  const placemark = placemarks.at(-1);
  if (!placemark || !path.includes('Placemark')) return;
  if (path.at(-1) === 'name' && path.at(-2) === 'Placemark') placemark.name = said.trim();
  if (path.at(-1) !== 'coordinates') return;
  const shape = placemark.shapes.at(-1);
  const positions = positionsIn(said);
  if (shape?.type === 'Polygon') {
    // The outer ring comes first, wherever the file has it.
    if (path.includes('innerBoundaryIs')) shape.rings.push(positions);
    else shape.rings.unshift(positions);
  } else if (shape) shape.positions = positions;
}

const positionsIn = (text: string): Position[] =>
  text
    .split(/\s+/)
    .filter(Boolean)
    .map((tuple) => tuple.split(',').map(Number).slice(0, 2));

function featureOf({ name, shapes: found }: Placemark): KmlFeatures['features'][number] {
  return { type: 'Feature', properties: { name }, geometry: geometryOf(found) };
}

/** Shapes of one kind together; of a mixture the polygons count before lines and points. */
function geometryOf(found: Shape[]): OutlineGeometry | null {
  const polygons = found.flatMap((shape) => (shape.type === 'Polygon' ? [shape.rings] : []));
  if (polygons.length > 1) return { type: 'MultiPolygon', coordinates: polygons };
  if (polygons.length) return { type: 'Polygon', coordinates: polygons[0]! };
  const of = (type: Shape['type']) =>
    found.flatMap((shape) =>
      'positions' in shape && shape.type === type ? [shape.positions] : [],
    );
  const [lines, points] = [of('LineString'), of('Point').flat()];
  if (lines.length > 1) return { type: 'MultiLineString', coordinates: lines };
  if (lines.length) return { type: 'LineString', coordinates: lines[0]! };
  if (points.length > 1) return { type: 'MultiPoint', coordinates: points };
  return points.length ? { type: 'Point', coordinates: points[0]! } : null;
}
