/** What every drawn map has: how ground comes to stand on it, its grid, shapes, scale and words. */
import { escapeXml } from '../web/xml.ts';
import { type Area, type Point, partsOf, type Ring, ringsArea } from './area.ts';
import { bounds, distanceMetres } from './measure.ts';

export const sizes = { small: { width: 300, height: 190 }, large: { width: 720, height: 512 } };

export type View = {
  width: number;
  height: number;
  pixelsPerMetre: number;
  place: (point: Point) => [x: number, y: number];
  /** The part of the ground that shows. */
  frame: Area;
};

type Size = { width: number; height: number };

export function fitted(points: Point[], { width, height }: Size, leastMetres: number): View {
  const { west, south, east, north } = bounds(ringsArea([points]));
  const middle: Point = [(west + east) / 2, (south + north) / 2];
  const metresPerLon = distanceMetres(middle, [middle[0] + 1e-3, middle[1]]) * 1e3;
  const metresPerLat = distanceMetres(middle, [middle[0], middle[1] + 1e-3]) * 1e3;
  const across = Math.max((east - west) * metresPerLon, leastMetres);
  const up = Math.max((north - south) * metresPerLat, leastMetres * 0.7);
  const pixelsPerMetre = Math.min(width / across, height / up) * 0.72;
  const place = ([lon, lat]: Point): [number, number] => [
    width / 2 + (lon - middle[0]) * metresPerLon * pixelsPerMetre,
    height / 2 - (lat - middle[1]) * metresPerLat * pixelsPerMetre,
  ];
  const [lon, lat] = [
    width / 2 / pixelsPerMetre / metresPerLon,
    height / 2 / pixelsPerMetre / metresPerLat,
  ];
  const frame = box(middle[0] - lon, middle[1] - lat, middle[0] + lon, middle[1] + lat);
  return { width, height, pixelsPerMetre, place, frame };
}

const box = (west: number, south: number, east: number, north: number): Area =>
  ringsArea([
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ]);

/** A light square grid stands in for the streets that we have no map of. */
export function gridLines({ width, height, pixelsPerMetre }: View): string {
  const step = roundMetres(width / 8 / pixelsPerMetre) * pixelsPerMetre;
  const [across, up] = [countTo(width / step), countTo(height / step)];
  const lines = [
    ...across.map((n) => `M${short(((width / 2) % step) + n * step)} 0V${height}`),
    ...up.map((n) => `M0 ${short(((height / 2) % step) + n * step)}H${width}`),
  ].join('');
  return `<path class="grid" d="${lines}" fill="none" stroke="var(--rule)"/>`;
}

export const shape = (kind: string, area: Area, view: View) =>
  `<path class="${kind}" d="${partsOf(area)
    .map((ring) => drawn(ring, view))
    .join('')}"/>`;

/** Leaves out what is nearer than a third of a pixel to the point before. */
function drawn(ring: Ring, { place }: View): string {
  const points: [number, number][] = [];
  for (const point of ring.slice(0, -1).map(place)) {
    const last = points.at(-1);
    if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) > 0.33) points.push(point);
  }
  return `M${points.map(([x, y]) => `${short(x)} ${short(y)}`).join('L')}Z`;
}

const hatch =
  '<defs><pattern id="clash" width="9" height="9" patternUnits="userSpaceOnUse" ' +
  'patternTransform="rotate(45)"><path d="M0 0V9" stroke="var(--brick)" stroke-width="3"/>' +
  '</pattern></defs>';

/** Hatched, so that it is told apart without colours too. */
export const clashShape = (area: Area, view: View) =>
  shape('clash', area, view) +
  hatch +
  shape('hatched', area, view).replace('/>', ' fill="url(#clash)"/>');

export function scaleBar(say: (metres: number) => string, { width, height, pixelsPerMetre }: View) {
  const metres = roundMetres(width / 6 / pixelsPerMetre);
  const length = short(metres * pixelsPerMetre);
  const bar = `<path d="M0-6V0H${length}V-6" fill="none" stroke="var(--ink)" stroke-width="2"/>`;
  const text = words('', length / 2, -10, say(metres));
  return `<g class="scale" transform="translate(16 ${height - 14})">${bar}${text}</g>`;
}

export const northArrow = (text: string, { width }: View) =>
  `<g class="north" transform="translate(${width - 22} 36)">` +
  `<path d="M0-14 7 6 0 2-7 6Z" fill="var(--ink)"/>${words('quiet', 0, 21, text)}</g>`;

/** About how wide a text comes out; marks over and between letters take no room. */
export const widthOf = (text: string) => text.replace(/[\p{M}\p{Cf}]/gu, '').length * 7.5;

export const words = (kind: string, x: number, y: number, text: string) =>
  `<text${kind && ` class="${kind}"`} x="${short(x)}" y="${short(y)}" text-anchor="middle" ` +
  `unicode-bidi="plaintext">${escapeXml(text)}</text>`;

/** The nearest of 1, 2, 5, 10, 20, 50 … that is not above. */
function roundMetres(metres: number): number {
  const tens = 10 ** Math.floor(Math.log10(metres));
  const lead = metres / tens;
  return tens * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
}

const countTo = (count: number) => Array.from({ length: Math.ceil(count) }, (_, n) => n);
export const short = (pixels: number) => Math.round(pixels * 10) / 10;
