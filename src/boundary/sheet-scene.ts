/** The map of a sheet laid out on paper: what is drawn where, whoever draws it. */
import type { Path } from '../paper/ink.ts';
import type { Ring } from './area.ts';
import { type Frame, type Spot, simplified, type View, viewOf } from './sheet-ground.ts';
import { type Placed, placeLabels, type Wanted } from './sheet-labels.ts';
import type { SheetMap } from './sheet-paper.ts';
import { landmarkSpots, officeSpots, spotsIn, spotsOn } from './sheet-spots.ts';

export type LabelKind = 'ours' | 'office' | 'theirs' | 'landmark' | 'street';
export type Label = { kind: LabelKind; text: string; size: number };
export type LayerKind = 'theirs' | 'ours' | 'street' | 'other' | 'landmark' | 'county';

export type Scene = {
  view: View;
  layers: Record<LayerKind, Path[]>;
  office: Spot | null;
  dots: Spot[];
  labels: Placed<Label>[];
};

/** How wide a text comes out at a size. */
export type Measure = (text: string, size: number, kind: LabelKind) => number;

const SIZES: Record<LabelKind, number> = {
  ours: 15,
  office: 10.5,
  theirs: 10.5,
  landmark: 8.5,
  street: 8.5,
};

/** Letters may not become smaller than this on a wall. */
const LEAST = 6.8;

export function sceneOf(map: SheetMap, frame: Frame, scale: number, measure: Measure): Scene {
  const view = viewOf(map.bounds, frame);
  const onPaper = (rings: Ring[]) => rings.map((ring) => drawn(ring.map(view.place)));
  const lines = (kinds: string[]) =>
    map.lines.filter(({ kind }) => kinds.includes(kind)).flatMap(({ pieces }) => pieces);
  const open = (kind: string): Path[] =>
    lines([kind]).map((piece) => ({ corners: drawn(piece.map(view.place)), closed: false }));
  const closed = (rings: Ring[]): Path[] =>
    onPaper(rings).map((corners) => ({ corners, closed: true }));
  const office = map.office ? view.place(map.office.at) : null;
  const dots = map.points.map(({ at }) => view.place(at)).filter((at) => isIn(at, frame));
  return {
    ...{ view, office, dots },
    layers: {
      theirs: map.theirs.flatMap(({ rings }) => closed(rings)),
      ours: closed(map.ours.rings),
      street: open('street'),
      other: open('other'),
      landmark: open('landmark'),
      county: open('county'),
    },
    labels: labelsOf(map, view, scale, measure),
  };
}

/** Corners nearer to the line than a fifth of a point are left out. */
const drawn = (corners: Spot[]): Spot[] => simplified(corners, 0.2);

const isIn = ([x, y]: Spot, { width, height }: Frame) =>
  x >= 0 && y >= 0 && x <= width && y <= height;

/** The mark of the office stands up to so many points from its place, against A3. */
export const OFFICE_RADIUS = 8;
export const DOT_RADIUS = 1.8;

type Asked = { kind: LabelKind; text: string; spots: (size: Box) => Wanted<Label>['spots'] };
export type Box = { width: number; height: number };

function labelsOf(map: SheetMap, view: View, scale: number, measure: Measure): Placed<Label>[] {
  const radius = OFFICE_RADIUS * scale;
  const office = map.office ? view.place(map.office.at) : undefined;
  const asked = [...areaNames(map, view, office, radius), ...lineNames(map, view, scale)];
  const wanted = asked.map(({ kind, text, spots }): Wanted<Label> => {
    const size = Math.max(LEAST, SIZES[kind] * scale);
    const box = { width: measure(text, size, kind) + size * 0.3, height: size * 1.35 };
    return { label: { kind, text, size }, ...box, spots: spots(box) };
  });
  const taken = [
    ...(office ? [{ at: office, radius }] : []),
    ...map.points.map(({ at }) => ({ at: view.place(at), radius: DOT_RADIUS * scale })),
  ];
  const edges = map.ours.rings.map((ring) => drawn(ring.map(view.place)));
  return placeLabels(wanted, view, { taken, edges });
}

/** The area's own name and the office's come first, then the neighbours', the largest first. */
function areaNames(map: SheetMap, view: View, office: Spot | undefined, radius: number): Asked[] {
  const ours = map.ours.rings.map((ring) => ring.map(view.place));
  const theirs = map.theirs
    .map(({ name, rings }) => ({ name, rings: rings.map((ring) => ring.map(view.place)) }))
    .sort((one, other) => sizeOf(other.rings) - sizeOf(one.rings));
  return [
    ...(office && map.office
      ? [askedFor('office', map.office.name, (box) => officeSpots(office, radius, box))]
      : []),
    askedFor('ours', map.ours.name, (box) => spotsIn(ours, view, box, true)),
    ...theirs.map(({ name, rings }) =>
      askedFor('theirs', name, (box) => spotsIn(rings, view, box, false)),
    ),
  ];
}

function lineNames(map: SheetMap, view: View, scale: number): Asked[] {
  const landmarks = map.points.flatMap(({ name, at }) =>
    name
      ? [
          askedFor('landmark', name, (box) =>
            landmarkSpots(view.place(at), DOT_RADIUS * scale, box),
          ),
        ]
      : [],
  );
  const streets = new Map<string, Spot[][]>();
  for (const { kind, name, pieces } of map.lines) {
    if (!name || kind === 'landmark' || kind === 'county') continue;
    const known = streets.get(name) ?? [];
    streets.set(name, [...known, ...pieces.map((piece) => piece.map(view.place))]);
  }
  const named = [...streets].sort(([, one], [, other]) => lengthOf(other) - lengthOf(one));
  return [
    ...landmarks,
    ...named.map(([name, pieces]) => askedFor('street', name, (box) => spotsOn(pieces, view, box))),
  ];
}

const askedFor = (kind: LabelKind, text: string, spots: Asked['spots']): Asked => ({
  ...{ kind, text, spots },
});

const lengthOf = (pieces: Spot[][]) =>
  pieces.reduce(
    (sum, piece) =>
      piece.slice(1).reduce((run, [x, y], at) => {
        const [ax, ay] = piece[at]!;
        return run + Math.hypot(x - ax, y - ay);
      }, sum),
    0,
  );

/** Twice the area on paper: enough to say which is larger. */
function sizeOf(rings: Spot[][]): number {
  return rings.reduce((sum, ring) => {
    const signed = ring.slice(1).reduce((run, [x, y], at) => {
      const [ax, ay] = ring[at]!;
      return run + ax * y - x * ay;
    }, 0);
    return sum + Math.abs(signed);
  }, 0);
}
