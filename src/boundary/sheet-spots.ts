/** Where on paper a name may stand: within its area, beside its mark, along its street. */
import { type Frame, type Spot, simplified } from './sheet-ground.ts';

type Box = { width: number; height: number };
type Turned = { at: Spot; turn?: number };

/** At these shares of the height of what can be seen a name is tried, the middle first. */
const LEVELS = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88];

/**
 * The middles of the widest stretches of an area that can be seen, where the name fits; an area
 * that must be named has it beside itself if it is too narrow.
 */
export function spotsIn(rings: Spot[][], frame: Frame, box: Box, always: boolean): Turned[] {
  const [top, bottom] = rangeOf(rings, frame);
  if (bottom - top < box.height && !always) return [];
  const stretches = LEVELS.map((share) => top + (bottom - top) * share + 0.017)
    .map((y) => ({ y, ...widestAt(rings, y, frame) }))
    .filter(({ from, to }) => to > from);
  const fitting = stretches.filter(({ from, to }) => to - from >= box.width);
  const inside = fitting.map(({ y, from, to }): Turned => ({ at: [(from + to) / 2, y] }));
  const sides = fitting.flatMap(({ y, from, to }): Turned[] => {
    const half = box.width / 2;
    return [{ at: [to - half, y] }, { at: [from + half, y] }];
  });
  return always ? [...inside, ...sides, ...beside(rings, box)] : [...inside, ...sides];
}

function rangeOf(rings: Spot[][], { height }: Frame): [top: number, bottom: number] {
  const ys = rings.flat().map(([, y]) => y);
  const clamped = ys.map((y) => Math.min(height, Math.max(0, y)));
  return [Math.min(...clamped), Math.max(...clamped)];
}

function widestAt(rings: Spot[][], y: number, { width }: Frame) {
  const crossed = rings
    .flatMap((ring) => crossings(ring, y))
    .map((x) => Math.min(width, Math.max(0, x)))
    .sort((a, b) => a - b);
  let widest = { from: 0, to: 0 };
  for (let at = 0; at + 1 < crossed.length; at += 2) {
    const [from, to] = [crossed[at]!, crossed[at + 1]!];
    if (to - from > widest.to - widest.from) widest = { from, to };
  }
  return widest;
}

function crossings(ring: Spot[], y: number): number[] {
  return ring.flatMap(([bx, by], at) => {
    const [ax, ay] = ring.at(at - 1)!;
    return ay > y === by > y ? [] : [ax + ((y - ay) / (by - ay)) * (bx - ax)];
  });
}

/** Above, below, to the left and to the right of everything. */
function beside(rings: Spot[][], { width, height }: Box): Turned[] {
  const [xs, ys] = [rings.flat().map(([x]) => x), rings.flat().map(([, y]) => y)];
  const [left, right, top, bottom] = [
    ...[Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)],
  ] as [number, number, number, number];
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const [across, down] = [width / 2 + 4, height / 2 + 4];
  return [
    { at: [x, top - down] },
    { at: [x, bottom + down] },
    { at: [right + across, y] },
    { at: [left - across, y] },
  ];
}

/** Under the mark first, as on a sign. */
export function officeSpots([x, y]: Spot, radius: number, { width, height }: Box): Turned[] {
  const [across, down] = [radius + width / 2 + 2, radius + height / 2 + 2];
  return [
    { at: [x, y + down] },
    { at: [x, y - down] },
    { at: [x - across, y] },
    { at: [x + across, y] },
  ];
}

export function landmarkSpots([x, y]: Spot, radius: number, { width, height }: Box): Turned[] {
  const [across, down] = [radius + width / 2 + 1.6, radius + height / 2 + 1.6];
  return [
    { at: [x - across, y] },
    { at: [x + across, y] },
    { at: [x, y - down] },
    { at: [x, y + down] },
    { at: [x - across, y - down] },
    { at: [x + across, y - down] },
    { at: [x - across, y + down] },
    { at: [x + across, y + down] },
  ];
}

/** So many points a street may bend under its name. */
const BEND = 2.5;

/** Along the longest straight stretches of a street; letters never stand on their heads. */
export function spotsOn(pieces: Spot[][], frame: Frame, { width }: Box): Turned[] {
  return pieces
    .flatMap((piece) => stretchesOf(simplified(piece, BEND)))
    .filter(({ length }) => length > width + 6)
    .sort((one, other) => other.length - one.length)
    .slice(0, 6)
    .flatMap(({ from, to, turn }) =>
      [0.5, 0.3, 0.7].map((share): Turned => {
        const at: Spot = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
        return { at, turn };
      }),
    )
    .filter(({ at: [x, y] }) => x > 0 && y > 0 && x < frame.width && y < frame.height);
}

function stretchesOf(line: Spot[]) {
  return line.slice(1).map((to, at) => {
    const from = line[at]!;
    const turn = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const upright =
      turn > Math.PI / 2 ? turn - Math.PI : turn <= -Math.PI / 2 ? turn + Math.PI : turn;
    return { from, to, turn: upright, length: Math.hypot(to[0] - from[0], to[1] - from[1]) };
  });
}
