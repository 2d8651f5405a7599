/** The map of a sheet in ink: its ground, its lines, its marks and its names, cut to the frame. */
import { own } from '../paper/bidi.ts';
import { COLOURS, type Ink, type Path, type Pen } from '../paper/ink.ts';
import type { Paper } from '../paper/paper.ts';
import type { Style } from '../paper/text.ts';
import type { Spot } from './sheet-ground.ts';
import type { Part } from './sheet-layout.ts';
import type { SheetMap } from './sheet-paper.ts';
import {
  DOT_RADIUS,
  type LabelKind,
  type LayerKind,
  OFFICE_RADIUS,
  type Scene,
  sceneOf,
} from './sheet-scene.ts';

export const GROUND = '#fbf8f0';
const HALO = '#fffdf8';
const LANDMARK = '#6d4c1f';

/** Each layer as it is drawn, the lowest first; told apart in black and white too. */
const PENS: [LayerKind, Pen][] = [
  ['theirs', { fill: '#efeadd' }],
  ['ours', { fill: '#d5e8db' }],
  ['street', { stroke: '#a59d8a', thickness: 2.6 }],
  ['street', { stroke: '#ffffff', thickness: 1.5 }],
  ['other', { stroke: '#9a927f', thickness: 0.6 }],
  ['landmark', { stroke: LANDMARK, thickness: 0.9 }],
  ['theirs', { stroke: '#6f6a5d', thickness: 0.9, dash: [4, 2.5] }],
  // Two counties share a line and draw it twice: dashes would fill each other's gaps.
  ['county', { stroke: COLOURS.brick, thickness: 1.1 }],
  ['ours', { stroke: COLOURS.green, thickness: 2.6 }],
];

/** The same pens for a legend. */
export const pensOf = (kind: LayerKind): Pen[] =>
  PENS.filter(([layer]) => layer === kind).map(([, pen]) => pen);

const WORDS: Record<LabelKind, Pick<Style, 'weight' | 'colour'>> = {
  ours: { weight: 'bold', colour: COLOURS.green },
  office: { weight: 'bold', colour: COLOURS.ink },
  theirs: { weight: 'medium', colour: '#4b473d' },
  landmark: { weight: 'medium', colour: LANDMARK },
  street: { weight: 'regular', colour: '#3c3931' },
};

export const mapScene = (paper: Paper, map: SheetMap, part: Part, scale: number): Scene =>
  sceneOf(map, part, scale, (text, size, kind) =>
    paper.set.width(own(text), { ...WORDS[kind], size }),
  );

/** Draws the scene with its corner where the part begins, and the frame about it. */
export function drawMap(paper: Paper, scene: Scene, part: Part, scale: number): void {
  const { ink } = paper;
  const moved = ([x, y]: Spot): Spot => [x + part.x, y + part.y];
  ink.within(part, () => {
    ink.paths([frameOf(part)], { fill: GROUND });
    for (const [layer, pen] of PENS) {
      const paths = scene.layers[layer].map((path) => ({
        ...path,
        corners: path.corners.map(moved),
      }));
      drawLayer(ink, layer, paths, scaledPen(pen, scale));
    }
    for (const dot of scene.dots) {
      ink.dot(moved(dot), DOT_RADIUS * scale, { fill: LANDMARK, stroke: HALO, thickness: 0.6 });
    }
    if (scene.office) officeMark(ink, moved(scene.office), OFFICE_RADIUS * scale);
    for (const { label, at, turn } of scene.labels) {
      const line = paper.set.line(own(label.text), { ...WORDS[label.kind], size: label.size });
      // The letters stand on a line a little below their middle.
      const below = label.size * 0.3;
      const [x, y] = moved(at);
      const place: Spot = [x - below * Math.sin(turn), y + below * Math.cos(turn)];
      ink.label(line, place, { turn, halo: HALO });
    }
  });
  ink.paths([frameOf(part)], { stroke: COLOURS.ink, thickness: 1.1 * scale });
}

/** Areas of several centres are filled each for itself: where two lie over another both show. */
function drawLayer(ink: Ink, layer: LayerKind, paths: Path[], pen: Pen): void {
  if (layer !== 'theirs' || !pen.fill) ink.paths(paths, pen);
  else for (const path of paths) ink.paths([path], pen);
}

export const scaledPen = (pen: Pen, scale: number): Pen => ({
  ...pen,
  thickness: (pen.thickness ?? 0.5) * scale,
});

export const frameOf = ({ x, y, width, height }: Part): Path => ({
  corners: [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ],
  closed: true,
});

/** The arch of the mosque, as the pages of the boundary show it. */
export function officeMark(ink: Ink, [x, y]: Spot, radius: number): void {
  const unit = radius / 14;
  const side = [
    ...curve([-13, -5], [-13, -12], [-5, -14], [0, -21]),
    ...curve([0, -21], [5, -14], [13, -12], [13, -5]),
  ];
  const arch: Spot[] = [[-13, 12], ...side, [13, 12]];
  const corners = arch.map(([dx, dy]): Spot => [x + dx * unit, y + (dy + 4) * unit]);
  const pen = { fill: COLOURS.green, stroke: HALO, thickness: radius / 6 };
  ink.paths([{ corners, closed: true }], pen);
}

function curve(a: Spot, b: Spot, c: Spot, d: Spot): Spot[] {
  return [0, 0.2, 0.4, 0.6, 0.8, 1].map((t): Spot => {
    const s = 1 - t;
    const along = (at: 0 | 1) =>
      s * s * s * a[at] + 3 * s * s * t * b[at] + 3 * s * t * t * c[at] + t * t * t * d[at];
    return [along(0), along(1)];
  });
}
