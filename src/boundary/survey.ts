/** All areas of a county held against each other: where they overlap, and what lies between them. */
import { type Area, type Point, partsOf, type Ring, ringsArea } from './area.ts';
import { boxesMeet, edgesIn, type Nearest, nearestOn, scaleAt, widened } from './distance.ts';
import { areaSquareMetres, type Bounds, bounds, insidePoint, perimeterMetres } from './measure.ts';
import { covered, overlap, uncovered } from './overlap.ts';

export type Surveyed = { id: number; code: string; neighbourhood: boolean; area: Area };

export type SharedGround = { one: number; other: number; squareMetres: number; shape: Area };

/** `enclosed` by areas on every side; a `strip` is open at its ends, as a street is. */
export type Gap = {
  kind: 'enclosed' | 'strip';
  between: number[];
  squareMetres: number;
  /** As wide as a ribbon of this size and circumference would be. */
  widthMetres: number;
  at: Point;
  shape: Area;
};

export type Survey = { overlaps: SharedGround[]; gaps: Gap[] };

/** What is farther apart is no neighbour, and the ground between belongs to nobody yet. */
export const widestGapMetres = 100;
/** Thinner or smaller is the unsteadiness of hands along one line, and no ground. */
const leastWidthMetres = 1;
const leastSquareMetres = 25;

type Boxed = Surveyed & { box: Bounds };
type Pair = [Boxed, Boxed];

/** The cost grows with the neighbours that there are, not with all pairs of the county. */
export function surveyOf(areas: Surveyed[]): Survey {
  const boxed = areas
    .map((one): Boxed => ({ ...one, box: bounds(one.area) }))
    .sort((one, other) => one.box.west - other.box.west);
  const pairs = nearPairs(boxed);
  const quarters = boxed.filter(({ neighbourhood }) => neighbourhood);
  const holes = enclosedGaps(quarters, pairs);
  const strips = pairs
    .filter((pair) => pair.every(({ neighbourhood }) => neighbourhood))
    .flatMap((pair) => stripsBetween(pair, quarters));
  const gaps = [...holes, ...apartFrom(strips, holes)];
  return {
    overlaps: pairs.flatMap(sharedBy).sort((a, b) => b.squareMetres - a.squareMetres),
    gaps: gaps.sort((a, b) => b.squareMetres - a.squareMetres),
  };
}

/** From west to east, each held only against those whose longitudes it may reach. */
function nearPairs(boxed: Boxed[]): Pair[] {
  const pairs: Pair[] = [];
  let open: Boxed[] = [];
  for (const one of boxed) {
    const reach = widened(one.box, widestGapMetres);
    open = open.filter(({ box }) => box.east >= reach.west);
    for (const other of open) if (boxesMeet(reach, other.box)) pairs.push([other, one]);
    open.push(one);
  }
  return pairs;
}

function sharedBy([one, other]: Pair): SharedGround[] {
  const { squareMetres, shape } = overlap(one.area, other.area);
  if (!shape) return [];
  return [{ one: one.id, other: other.id, squareMetres: Math.round(squareMetres), shape }];
}

/** Holes in what neighbours cover together; an area within a hole is no part of the gap. */
function enclosedGaps(quarters: Boxed[], pairs: Pair[]): Gap[] {
  return groupsOf(quarters, pairs).flatMap((group) => {
    if (group.length < 2) return [];
    return covered(group.map(({ area }) => area))
      .flatMap((piece) => piece.slice(1))
      .flatMap((hole) => gapsIn([hole], 'enclosed', quarters));
  });
}

/** Areas that hang together by their boxes; only they can enclose anything. */
function groupsOf(quarters: Boxed[], pairs: Pair[]): Boxed[][] {
  const group = new Map(quarters.map((one) => [one.id, [one]]));
  for (const [one, other] of pairs) {
    const [mine, theirs] = [group.get(one.id), group.get(other.id)];
    if (!mine || !theirs || mine === theirs) continue;
    mine.push(...theirs);
    for (const member of theirs) group.set(member.id, mine);
  }
  return [...new Set(group.values())];
}

/** What lies between two outlines that face each other across no more than a wide street. */
function stripsBetween([one, other]: Pair, quarters: Boxed[]): Gap[] {
  const ribbons = [...ribbonsFrom(one, other), ...ribbonsFrom(other, one)];
  return ribbons.length ? gapsIn(ribbons, 'strip', quarters) : [];
}

/** For each stretch of an outline that faces the other's, the ground over to it. */
function ribbonsFrom(one: Boxed, other: Boxed): Ring[] {
  const facing = edgesIn(other.area, widened(one.box, widestGapMetres));
  const edges = edgesIn(one.area, widened(other.box, widestGapMetres));
  if (!facing.length || !edges.length) return [];
  const scale = scaleAt(edges[0]![0]);
  const over = (point: Point) => {
    const found = facing.map((edge) => nearestOn(edge, point, scale));
    return found.reduce((least, next) => (next.metres < least.metres ? next : least));
  };
  const corners = facing.flat();
  return edges.flatMap((edge) => {
    const stops = stopsOn(edge, corners, scale).map((at) => ({ at, over: over(at) }));
    return runsOf(stops).map((run): Ring => {
      const there = run.map(({ at }) => at);
      const back = run.map(({ over: { at } }) => at).reverse();
      return [...there, ...back, there[0]!];
    });
  });
}

type Stop = { at: Point; over: Nearest };

/** Stops one after another from which the other outline is neither too far nor touched. */
function runsOf(stops: Stop[]): Stop[][] {
  const runs: Stop[][] = [];
  for (const [index, to] of stops.slice(1).entries()) {
    const from = stops[index]!;
    const metres = [from.over.metres, to.over.metres];
    if (Math.max(...metres) > widestGapMetres || Math.max(...metres) < leastWidthMetres) continue;
    const run = runs.at(-1);
    if (run?.at(-1) === from) run.push(to);
    else runs.push([from, to]);
  }
  return runs;
}

/** An edge's ends, and where the other's corners come nearest to it. */
function stopsOn(edge: [Point, Point], corners: Point[], scale: ReturnType<typeof scaleAt>) {
  const [from, to] = edge;
  const along = ([lon, lat]: Point) =>
    (lon - from[0]) * (to[0] - from[0]) + (lat - from[1]) * (to[1] - from[1]);
  const stops = corners
    .map((corner) => nearestOn(edge, corner, scale))
    .filter(({ metres }) => metres <= widestGapMetres)
    .map(({ at }) => at);
  return [from, ...stops, to].sort((a, b) => along(a) - along(b));
}

/** What of some ground no area covers, piece by piece. */
function gapsIn(ground: Ring[], kind: Gap['kind'], quarters: Boxed[]): Gap[] {
  const box = widened(bounds(ringsArea(ground)), widestGapMetres / 10);
  const around = quarters.filter((one) => boxesMeet(one.box, box));
  return uncovered(
    ground,
    around.map(({ area }) => area),
  ).flatMap((piece) => {
    const shape: Area = { type: 'Polygon', coordinates: piece };
    const squareMetres = areaSquareMetres(shape);
    const widthMetres = (2 * squareMetres) / perimeterMetres(shape);
    if (squareMetres < leastSquareMetres || widthMetres < leastWidthMetres) return [];
    const between = around.filter((one) => touches(one, shape)).map(({ id }) => id);
    const size = { squareMetres: Math.round(squareMetres), widthMetres: Math.round(widthMetres) };
    return [{ kind, between, ...size, at: insidePoint(shape), shape }];
  });
}

/** Whether an area borders on a piece of ground: some corner of it lies on its outline. */
function touches({ area, box }: Boxed, shape: Area): boolean {
  if (!boxesMeet(box, widened(bounds(shape), 1))) return false;
  const edges = edgesIn(area, widened(bounds(shape), 1));
  const [first] = partsOf(shape)[0]!;
  const scale = scaleAt(first!);
  return partsOf(shape)
    .flat()
    .some((corner) => edges.some((edge) => nearestOn(edge, corner, scale).metres < 0.5));
}

/** A strip that lies in a hole, or along another pair's strip, is told of once. */
function apartFrom(strips: Gap[], known: Gap[]): Gap[] {
  const told = known.map((gap) => ({ gap, box: bounds(gap.shape) }));
  return strips
    .sort((a, b) => b.squareMetres - a.squareMetres)
    .filter((gap) => {
      const box = bounds(gap.shape);
      const again = told
        .filter((other) => boxesMeet(other.box, box))
        .some((other) => overlap(other.gap.shape, gap.shape).squareMetres > gap.squareMetres / 2);
      if (!again) told.push({ gap, box });
      return !again;
    });
}
