/** An area as a table of corners, for whoever has neither a file nor a mouse. */

import { latinDigits } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { type Area, type Point, partsOf, type Ring } from './area.ts';
import { areaOf, country, lengthFault, mostCorners } from './sound-area.ts';

export type Corner = { lat: number; lon: number };

/** No longitude of Iran is as small as this, no latitude as large: it tells the two apart. */
const betweenLatAndLon = 42;

/**
 * Reads one corner a line, latitude and longitude in either order and in any digits; an empty line
 * begins another part, and a first line without digits is a heading.
 */
export function readCorners(text: string): Reading<Area> {
  const rings = readPlaces(text, mostCorners);
  return 'fault' in rings ? rings : areaOf(rings.value);
}

/** The same as bare lists of places, no more than so many in all. */
export function readPlaces(text: string, limit: number): Reading<Ring[]> {
  const tooLong = lengthFault(text);
  if (tooLong) return tooLong;
  const lines = plain(text).split(/\r\n?|\n/);
  if (!/\d/.test(lines[0]!)) lines[0] = '';
  const filled = lines.filter((line) => line.trim()).length;
  if (!filled) return { fault: 'boundary:faults.empty' };
  if (filled > limit) {
    const values = { count: filled, limit };
    return { fault: 'boundary:faults.too-many-corners', values };
  }
  const rings: Ring[] = [];
  let ring: Ring = [];
  for (const [at, line] of lines.entries()) {
    if (!line.trim()) ring = [];
    else {
      const point = readLine(line);
      if (!point) return { fault: 'boundary:faults.corner-line', values: { line: at + 1 } };
      if (!ring.length) rings.push(ring);
      ring.push(point);
    }
  }
  return { value: rings };
}

/** One place, latitude and longitude in either order and in any digits, with or without marks. */
export function readCorner(text: string): Reading<Point> {
  const point = readLine(plain(text).replace(/[\u00B0NSEWnsew()]/g, ' '));
  if (!point) return { fault: 'boundary:faults.no-place' };
  const [lon, lat] = point;
  const { west, south, east, north } = country;
  const inside = lon >= west && lon <= east && lat >= south && lat <= north;
  return inside ? { value: point } : { fault: 'boundary:faults.place-outside' };
}

/** The corners of each part, the closing one left out. */
export const cornersOf = (area: Area): Corner[][] =>
  partsOf(area).map((ring) => ring.slice(0, -1).map(([lon, lat]) => ({ lat, lon })));

/** What `readCorners` reads back as the same area. */
export const cornersText = (area: Area): string =>
  cornersOf(area)
    .map((part) => part.map(({ lat, lon }) => `${lat}, ${lon}`).join('\n'))
    .join('\n\n');

function readLine(line: string): Point | undefined {
  const [first, second, ...rest] = line
    .trim()
    .split(/[\s,;\u060C\u061B]+/)
    .filter(Boolean);
  if (rest.length || !isDegrees(first) || !isDegrees(second)) return undefined;
  const [a, b] = [Number(first), Number(second)];
  return a < betweenLatAndLon ? [b, a] : [a, b];
}

const isDegrees = (word: string | undefined) => word !== undefined && /^-?\d+(\.\d+)?$/.test(word);

/** Any digits and decimal mark; what steers the direction of a line is left out. */
const plain = (text: string) =>
  latinDigits(text)
    .replace(/\u066B/g, '.')
    .replace(/[\u200C-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '');
