/** From the ground to a sheet of paper: the scale, the place of a point, lines kept short and simple. */
import type { Area, Point } from './area.ts';
import { type Bounds, distanceMetres } from './measure.ts';
import { overlap } from './overlap.ts';

export type Spot = [x: number, y: number];
export type Frame = { width: number; height: number };

/** What a frame of paper shows of the ground; lengths on paper are points, 72 to the inch. */
export type View = Frame & {
  /** One on paper is so many on the ground. */
  scale: number;
  metresPerPoint: number;
  place: (point: Point) => Spot;
  /** The ground that shows, and as a box of degrees. */
  ground: Area;
  bounds: Bounds;
};

/** Metres on the ground that are as long as one point is on paper, at a scale of one to one. */
const POINT = 0.0254 / 72;

/** An area narrower than this would show nothing around it. */
const LEAST_METRES = 120;

/** So much of the frame the area fills at most. */
const FILLED = 0.8;

/**
 * Sees the box in the frame at a round scale. Degrees are straightened about its middle, so that
 * shapes and lengths are true there; over a county they are out by less than a line is thick.
 */
export function viewOf(box: Bounds, frame: Frame): View {
  const { middle, perLon, perLat } = measured(box);
  const scale = roundScale(neededScale(box, frame));
  const metresPerPoint = scale * POINT;
  const [wide, high] = [frame.width * metresPerPoint, frame.height * metresPerPoint];
  const bounds = {
    west: middle[0] - wide / perLon / 2,
    east: middle[0] + wide / perLon / 2,
    south: middle[1] - high / perLat / 2,
    north: middle[1] + high / perLat / 2,
  };
  const place = ([lon, lat]: Point): Spot => [
    frame.width / 2 + ((lon - middle[0]) * perLon) / metresPerPoint,
    frame.height / 2 - ((lat - middle[1]) * perLat) / metresPerPoint,
  ];
  return { ...frame, scale, metresPerPoint, place, bounds, ground: areaOfBounds(bounds) };
}

const ROUND = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8, 10];

/** One on paper is at least so many on the ground, if the frame is to show the box whole. */
export function neededScale(box: Bounds, frame: Frame): number {
  const { perLon, perLat } = measured(box);
  const across = Math.max((box.east - box.west) * perLon, LEAST_METRES);
  const up = Math.max((box.north - box.south) * perLat, LEAST_METRES);
  return Math.max(across / frame.width, up / frame.height) / FILLED / POINT;
}

/** How many metres a degree is about the middle of a box. */
function measured(box: Bounds): { middle: Point; perLon: number; perLat: number } {
  const middle: Point = [(box.west + box.east) / 2, (box.south + box.north) / 2];
  const perLon = distanceMetres(middle, [middle[0] + 1e-3, middle[1]]) * 1e3;
  const perLat = distanceMetres(middle, [middle[0], middle[1] + 1e-3]) * 1e3;
  return { middle, perLon, perLat };
}

/** The next round number that is not below. */
export function roundScale(needed: number): number {
  const tens = 10 ** Math.floor(Math.log10(needed));
  return ROUND.find((lead) => lead * tens >= needed * (1 - 1e-9))! * tens;
}

/** The longest of 1, 2, 5, 10, 20, 50 … metres that is no longer than so many points on paper. */
export function barMetres(metresPerPoint: number, points: number): number {
  const longest = metresPerPoint * points;
  const tens = 10 ** Math.floor(Math.log10(longest));
  const lead = longest / tens;
  return tens * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
}

export const areaOfBounds = ({ west, south, east, north }: Bounds): Area => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});

/** A box with so much of its own width and height around it. */
export function wider({ west, south, east, north }: Bounds, share: number): Bounds {
  const [wide, high] = [(east - west) * share, (north - south) * share];
  return { west: west - wide, east: east + wide, south: south - high, north: north + high };
}

/** The part of an area that lies on this ground; null where none does. */
export const partOn = (area: Area, ground: Area): Area | null => overlap(area, ground).shape;

/** The pieces of a line that lie in a box, cut where it leaves. */
export function piecesIn(line: Point[], box: Bounds): Point[][] {
  const pieces: Point[][] = [];
  let piece: Point[] = [];
  for (let at = 1; at < line.length; at++) {
    const cut = segmentIn(line[at - 1]!, line[at]!, box);
    if (!cut) continue;
    const follows = piece.length > 0 && same(piece.at(-1)!, cut[0]);
    if (!follows) {
      if (piece.length > 1) pieces.push(piece);
      piece = [cut[0]];
    }
    piece.push(cut[1]);
  }
  return piece.length > 1 ? [...pieces, piece] : pieces;
}

/** Liang and Barsky: how far along the segment the box begins and ends. */
function segmentIn(a: Point, b: Point, box: Bounds): [Point, Point] | undefined {
  let [from, to] = [0, 1];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  for (const [step, room] of [
    [-dx, a[0] - box.west],
    [dx, box.east - a[0]],
    [-dy, a[1] - box.south],
    [dy, box.north - a[1]],
  ] as const) {
    if (step === 0) {
      if (room < 0) return undefined;
    } else if (step < 0) from = Math.max(from, room / step);
    else to = Math.min(to, room / step);
  }
  const on = (share: number): Point => [a[0] + share * dx, a[1] + share * dy];
  return from < to ? [from === 0 ? a : on(from), to === 1 ? b : on(to)] : undefined;
}

const same = (a: Point, b: Point) => a[0] === b[0] && a[1] === b[1];

/**
 * Leaves out corners that stray from the line by less than so many degrees (Douglas and Peucker).
 * A ring is cut in two at the corner farthest from its first, so that it does not fall together.
 */
export function simplified<T extends [number, number]>(line: T[], tolerance: number): T[] {
  if (line.length < 4) return line;
  const kept = new Set([0, line.length - 1]);
  const waiting: [number, number][] = same(line[0]!, line.at(-1)!)
    ? halves(line, kept)
    : [[0, line.length - 1]];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    const [from, to] = part;
    const far = farthest(line, from, to);
    if (far.distance <= tolerance) continue;
    kept.add(far.at);
    waiting.push([from, far.at], [far.at, to]);
  }
  return line.filter((_, at) => kept.has(at));
}

function halves(line: [number, number][], kept: Set<number>): [number, number][] {
  const distance = ([x, y]: [number, number]) => Math.hypot(x - line[0]![0], y - line[0]![1]);
  const far = line.reduce(
    (best, spot, at) => (distance(spot) > distance(line[best]!) ? at : best),
    0,
  );
  kept.add(far);
  return [
    [0, far],
    [far, line.length - 1],
  ];
}

function farthest(line: [number, number][], from: number, to: number) {
  const best = { at: from, distance: 0 };
  for (let at = from + 1; at < to; at++) {
    const distance = distanceTo(line[from]!, line[to]!, line[at]!);
    if (distance > best.distance) Object.assign(best, { at, distance });
  }
  return best;
}

function distanceTo(
  [ax, ay]: [number, number],
  [bx, by]: [number, number],
  spot: [number, number],
) {
  const [dx, dy, x, y] = [bx - ax, by - ay, spot[0] - ax, spot[1] - ay];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / length));
  return Math.hypot(x - share * dx, y - share * dy);
}
