/** How far outlines lie apart, over the length of a quarter: metres on a plane laid through it. */
import { type Area, type Point, partsOf, type Ring } from './area.ts';
import { type Bounds, bounds, containsPoint, distanceMetres } from './measure.ts';

/** Metres of one degree at a place. */
export type Scale = { lon: number; lat: number };

export const scaleAt = ([lon, lat]: Point): Scale => ({
  lon: distanceMetres([lon, lat], [lon + 1e-3, lat]) * 1e3,
  lat: distanceMetres([lon, lat], [lon, lat + 1e-3]) * 1e3,
});

export type Nearest = { at: Point; metres: number };

/** The nearest point of an edge. */
export function nearestOn([a, b]: [Point, Point], point: Point, scale: Scale): Nearest {
  const [x, y] = [(b[0] - a[0]) * scale.lon, (b[1] - a[1]) * scale.lat];
  const [u, v] = [(point[0] - a[0]) * scale.lon, (point[1] - a[1]) * scale.lat];
  const length = x * x + y * y;
  const part = length === 0 ? 0 : Math.min(1, Math.max(0, (u * x + v * y) / length));
  const at: Point = [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])];
  return { at, metres: Math.hypot(u - part * x, v - part * y) };
}

export const edgesOf = (ring: Ring): [Point, Point][] =>
  ring.slice(1).map((point, at) => [ring[at]!, point]);

/** A box with a margin on every side. */
export function widened({ west, south, east, north }: Bounds, metres: number): Bounds {
  const scale = scaleAt([(west + east) / 2, (south + north) / 2]);
  const [lon, lat] = [metres / scale.lon, metres / scale.lat];
  return { west: west - lon, south: south - lat, east: east + lon, north: north + lat };
}

/** The box around several. */
export const boxAround = (boxes: Bounds[]): Bounds => ({
  west: Math.min(...boxes.map(({ west }) => west)),
  south: Math.min(...boxes.map(({ south }) => south)),
  east: Math.max(...boxes.map(({ east }) => east)),
  north: Math.max(...boxes.map(({ north }) => north)),
});

export const boxesMeet = (one: Bounds, other: Bounds): boolean =>
  one.west <= other.east &&
  other.west <= one.east &&
  one.south <= other.north &&
  other.south <= one.north;

/** The edges of an area that reach into a box. */
export const edgesIn = (area: Area, box: Bounds): [Point, Point][] =>
  partsOf(area)
    .flatMap(edgesOf)
    .filter(([a, b]) =>
      boxesMeet(box, {
        ...{ west: Math.min(a[0], b[0]), east: Math.max(a[0], b[0]) },
        ...{ south: Math.min(a[1], b[1]), north: Math.max(a[1], b[1]) },
      }),
    );

/** Whether two areas meet, or lie no farther apart than this: a street does not part neighbours. */
export function areNear(one: Area, other: Area, metres: number): boolean {
  const [boxOne, boxOther] = [widened(bounds(one), metres), widened(bounds(other), metres)];
  if (!boxesMeet(boxOne, bounds(other))) return false;
  const [edges, facing] = [edgesIn(one, boxOther), edgesIn(other, boxOne)];
  const scale = scaleAt(partsOf(one)[0]![0]!);
  const near = (from: [Point, Point][], to: [Point, Point][]) =>
    from.some(([point]) => to.some((edge) => nearestOn(edge, point, scale).metres <= metres));
  if (near(edges, facing) || near(facing, edges)) return true;
  return containsPoint(one, partsOf(other)[0]![0]!) || containsPoint(other, partsOf(one)[0]![0]!);
}
