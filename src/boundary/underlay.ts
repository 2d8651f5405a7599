/** Outlines as they lie under a map: streets, counties and landmarks, with the names that fit. */
import type { Position } from 'geojson';
import { escapeXml } from '../web/xml.ts';
import type { Point } from './area.ts';
import { short, type View, widthOf, words } from './drawing.ts';
import type { Outline } from './outlines.ts';

export type UnderMap = Pick<Outline, 'kind' | 'name' | 'geometry'>;

/** More names than these make a map unreadable. */
const mostNames = 24;

export function underlay(outlines: UnderMap[], view: View): string {
  if (!outlines.length) return '';
  const shapes = outlines.map((outline) => drawn(outline, view)).join('');
  return `<g class="under">${shapes}${names(outlines, view)}</g>`;
}

function drawn({ kind, name, geometry }: UnderMap, view: View): string {
  const title = name ? `<title>${escapeXml(name)}</title>` : '';
  const { points, lines } = partsOf(geometry);
  const dots = points.map((point) => {
    const [x, y] = view.place(point).map(short);
    return `<circle class="${kind}" cx="${x}" cy="${y}" r="4">${title}</circle>`;
  });
  const closed = geometry.type.endsWith('Polygon') ? 'Z' : '';
  const path = lines.map((line) => pathOf(line, view) + closed).join('');
  return dots.join('') + (path ? `<path class="${kind}" d="${path}">${title}</path>` : '');
}

/** Leaves out what is nearer than a pixel to the point before. */
function pathOf(line: Point[], { place }: View): string {
  const seen: [number, number][] = [];
  for (const [x, y] of line.map(place)) {
    const last = seen.at(-1);
    if (!last || Math.hypot(x - last[0], y - last[1]) > 1) seen.push([x, y]);
  }
  return `M${seen.map(([x, y]) => `${short(x)} ${short(y)}`).join('L')}`;
}

type Label = { x: number; y: number; width: number };

/** A name stands at the middle of what is drawn of it; one that would touch another is left out. */
function names(outlines: UnderMap[], view: View): string {
  const taken: Label[] = [];
  const said: string[] = [];
  for (const { name, geometry } of outlines) {
    if (!name || taken.length === mostNames) continue;
    const { points, lines } = partsOf(geometry);
    const at = middle([...points, ...lines.flat()], view);
    if (!at) continue;
    const label = { x: at[0], y: at[1] + (points.length ? 16 : 4), width: widthOf(name) };
    if (!inView(label, view) || taken.some((other) => touches(label, other))) continue;
    taken.push(label);
    said.push(words('quiet', label.x, label.y, name));
  }
  return said.join('');
}

/** The middle of those corners that can be seen. */
function middle(points: Point[], view: View): [number, number] | undefined {
  const seen = points
    .map(view.place)
    .filter(([x, y]) => x >= 0 && x <= view.width && y >= 0 && y <= view.height);
  if (!seen.length) return undefined;
  const mean = (axis: 0 | 1) => seen.reduce((sum, point) => sum + point[axis], 0) / seen.length;
  return [mean(0), mean(1)];
}

const inView = ({ x, y, width }: Label, view: View) =>
  x > width / 2 && x < view.width - width / 2 && y > 14 && y < view.height - 8;

const touches = (one: Label, other: Label) =>
  Math.abs(one.x - other.x) < (one.width + other.width) / 2 && Math.abs(one.y - other.y) < 18;

/** A geometry as single points and as lines of points; rings are lines. */
function partsOf(geometry: Outline['geometry']): { points: Point[]; lines: Point[][] } {
  const { type, coordinates } = geometry;
  if (type === 'Point') return { points: [pointOf(coordinates)], lines: [] };
  if (type === 'MultiPoint') return { points: coordinates.map(pointOf), lines: [] };
  if (type === 'LineString') return { points: [], lines: [coordinates.map(pointOf)] };
  const lines = type === 'MultiPolygon' ? coordinates.flat() : coordinates;
  return { points: [], lines: lines.map((line) => line.map(pointOf)) };
}

const pointOf = ([lon, lat]: Position): Point => [lon!, lat!];

/** Every corner of a geometry, to fit a map around it. */
export function cornersOfOutline({ geometry }: UnderMap): Point[] {
  const { points, lines } = partsOf(geometry);
  return [...points, ...lines.flat()];
}
