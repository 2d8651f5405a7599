/** Where names stand on a map: one after another, the weightiest first, none over another. */
import { type Frame, piecesIn, type Spot } from './sheet-ground.ts';

/** A name that wants a place: where it may stand, the best first. `text` is measured by the caller. */
export type Wanted<T> = {
  label: T;
  width: number;
  height: number;
  /** The middle of the name, and how far it is turned clockwise. */
  spots: { at: Spot; turn?: number }[];
};

export type Placed<T> = { label: T; at: Spot; turn: number; width: number; height: number };

type Box = { left: number; top: number; right: number; bottom: number };

/** Names keep so many points from each other, and from the frame. */
const APART = 1.5;

/**
 * Gives each name its first spot that is free and inside the frame, one that crosses no edge before
 * those that do; a name without a spot is left out.
 */
export function placeLabels<T>(
  wanted: Wanted<T>[],
  frame: Frame,
  { taken = [], edges = [] }: { taken?: { at: Spot; radius: number }[]; edges?: Spot[][] } = {},
): Placed<T>[] {
  const boxes: Box[] = taken.map(({ at: [x, y], radius }) => around(x, y, radius, radius));
  const placed: Placed<T>[] = [];
  for (const { label, width, height, spots } of wanted) {
    for (const { at, turn = 0 } of clearFirst(spots, { width, height }, edges)) {
      const covered = coveredBy(at, turn, width, height);
      if (!covered.every((box) => isInside(box, frame) && !boxes.some((one) => meets(one, box)))) {
        continue;
      }
      boxes.push(...covered);
      placed.push({ label, at, turn, width, height });
      break;
    }
  }
  return placed;
}

type Spots = Wanted<unknown>['spots'];

function clearFirst(spots: Spots, { width, height }: Frame, edges: Spot[][]): Spots {
  if (edges.length === 0) return spots;
  const crosses = ({ at, turn = 0 }: Spots[number]) => {
    const boxes = coveredBy(at, turn, width, height);
    return edges.some((edge) =>
      edge.some(
        (spot, index) => index > 0 && boxes.some((box) => cuts(edge[index - 1]!, spot, box)),
      ),
    );
  };
  const [clear, crossing]: [Spots, Spots] = [[], []];
  for (const spot of spots) (crosses(spot) ? crossing : clear).push(spot);
  return [...clear, ...crossing];
}

/** Whether a line from a to b passes through the box. */
function cuts([ax, ay]: Spot, [bx, by]: Spot, { left, right, top, bottom }: Box): boolean {
  const box = { west: left, east: right, south: top, north: bottom };
  return (
    piecesIn(
      [
        [ax, ay],
        [bx, by],
      ],
      box,
    ).length > 0
  );
}

/** A turned name is covered by squares along it, which is truer than one box about it all. */
export function coveredBy([x, y]: Spot, turn: number, width: number, height: number): Box[] {
  if (turn === 0) return [around(x, y, width / 2, height / 2)];
  const count = Math.max(2, Math.ceil(width / height) + 1);
  const reach = Math.max(0, width / 2 - height / 2);
  return Array.from({ length: count }, (_, at) => {
    const along = -reach + (2 * reach * at) / (count - 1);
    return around(x + along * Math.cos(turn), y + along * Math.sin(turn), height / 2, height / 2);
  });
}

const around = (x: number, y: number, wide: number, high: number): Box => ({
  ...{ left: x - wide, right: x + wide, top: y - high, bottom: y + high },
});

const isInside = (box: Box, { width, height }: Frame) =>
  box.left >= APART &&
  box.top >= APART &&
  box.right <= width - APART &&
  box.bottom <= height - APART;

const meets = (a: Box, b: Box) =>
  a.left < b.right + APART &&
  b.left < a.right + APART &&
  a.top < b.bottom + APART &&
  b.top < a.bottom + APART;
