/** Where outlines cross themselves or each other. */

import type { Point, Ring } from './area.ts';

type Box = { west: number; east: number; south: number; north: number };
type Edge = Box & { ring: number; at: number; last: number; a: Point; b: Point };

/** A crossing, and whether it is of one ring with itself. */
export type Crossing = { own: boolean; at: Point };

/**
 * The first place where a ring meets itself, or cuts through another.
 *
 * A ring may not even touch itself; two rings may share corners and edges. Edges are walked from
 * west to east, each held only against those whose longitudes it shares.
 */
export function firstCrossing(rings: Ring[]): Crossing | undefined {
  const edges = rings.flatMap(edgesOf).sort((one, other) => one.west - other.west);
  let open: Edge[] = [];
  for (const edge of edges) {
    open = open.filter((earlier) => earlier.east >= edge.west);
    for (const earlier of open) {
      if (meet(earlier, edge))
        return { own: earlier.ring === edge.ring, at: meeting(earlier, edge) };
    }
    open.push(edge);
  }
  return undefined;
}

function edgesOf(ring: Ring, index: number): Edge[] {
  return ring.slice(1).map((b, at) => {
    const a = ring[at]!;
    const [west, east] = a[0] < b[0] ? [a[0], b[0]] : [b[0], a[0]];
    const [south, north] = a[1] < b[1] ? [a[1], b[1]] : [b[1], a[1]];
    return { ring: index, at, last: ring.length - 2, a, b, west, east, south, north };
  });
}

function meet(one: Edge, other: Edge): boolean {
  if (one.north < other.south || other.north < one.south) return false;
  if (one.ring !== other.ring) return cross(one, other);
  if (follows(one, other)) return turnsBack(one.a, one.b, other.b);
  if (follows(other, one)) return turnsBack(other.a, other.b, one.b);
  return cross(one, other) || touch(one, other);
}

const follows = (before: Edge, after: Edge) =>
  after.at === before.at + 1 || (before.at === before.last && after.at === 0);

/** The next edge runs back over this one. */
const turnsBack = (a: Point, b: Point, c: Point) => side(a, b, c) === 0 && forward(a, b, c) < 0;

const forward = (a: Point, b: Point, c: Point) =>
  (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]);

const cross = (one: Edge, other: Edge) =>
  side(one.a, one.b, other.a) * side(one.a, one.b, other.b) < 0 &&
  side(other.a, other.b, one.a) * side(other.a, other.b, one.b) < 0;

const touch = (one: Edge, other: Edge) =>
  on(one, other.a) || on(one, other.b) || on(other, one.a) || on(other, one.b);

const on = ({ a, b }: Edge, point: Point) =>
  side(a, b, point) === 0 && between(a[0], b[0], point[0]) && between(a[1], b[1], point[1]);

const between = (a: number, b: number, value: number) =>
  Math.min(a, b) <= value && value <= Math.max(a, b);

const grid = 1e7;

/** On which side of the line from a to b the point lies: exact, as corners stand on a grid. */
export function side(a: Point, b: Point, point: Point): number {
  const [x, y] = [steps(b[0], a[0]), steps(b[1], a[1])];
  const [u, v] = [steps(point[0], a[0]), steps(point[1], a[1])];
  const [left, right] = [x * v, y * u];
  if (Math.abs(left) < Number.MAX_SAFE_INTEGER && Math.abs(right) < Number.MAX_SAFE_INTEGER) {
    return Math.sign(left - right);
  }
  const exact = BigInt(x) * BigInt(v) - BigInt(y) * BigInt(u);
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
}

const steps = (degrees: number, from: number) =>
  Math.round(degrees * grid) - Math.round(from * grid);

function meeting(one: Edge, other: Edge): Point {
  const [x, y] = [one.b[0] - one.a[0], one.b[1] - one.a[1]];
  const [u, v] = [other.b[0] - other.a[0], other.b[1] - other.a[1]];
  const slant = x * v - y * u;
  if (slant === 0) return on(one, other.a) ? other.a : on(one, other.b) ? other.b : one.a;
  const part = ((other.a[0] - one.a[0]) * v - (other.a[1] - one.a[1]) * u) / slant;
  return [one.a[0] + part * x, one.a[1] + part * y];
}
