import { expect } from 'chai';
import type { Point, Ring } from '../../src/boundary/area.ts';
import { bounds, distanceMetres } from '../../src/boundary/measure.ts';
import {
  areaOfBounds,
  barMetres,
  partOn,
  piecesIn,
  roundScale,
  type Spot,
  simplified,
  viewOf,
} from '../../src/boundary/sheet-ground.ts';
import { coveredBy, placeLabels, type Wanted } from '../../src/boundary/sheet-labels.ts';
import { liesWide, SHEET_FORMS, sheetLayout } from '../../src/boundary/sheet-layout.ts';
import type { SheetMap } from '../../src/boundary/sheet-paper.ts';
import { sceneOf } from '../../src/boundary/sheet-scene.ts';

const FRAME = { width: 800, height: 500 };
const BOX = { west: 59.6, east: 59.6105, south: 36.29, north: 36.299 };

const rectangle = (west: number, south: number, wide = 0.0105, high = 0.009): Ring => [
  [west, south],
  [west + wide, south],
  [west + wide, south + high],
  [west, south + high],
  [west, south],
];

describe('the ground of a map sheet', () => {
  it('is shown true: as many metres across as up, and as long as the bar says', () => {
    const view = viewOf(BOX, FRAME);
    const [a, b, c]: Point[] = [
      [59.603, 36.294],
      [59.607, 36.294],
      [59.603, 36.297],
    ];
    for (const other of [b!, c!]) {
      const [[x, y], [u, v]] = [view.place(a!), view.place(other)];
      const paper = Math.hypot(u - x, v - y) * view.metresPerPoint;
      expect(paper / distanceMetres(a!, other)).to.be.closeTo(1, 0.0005);
    }
    expect(view.place(c!)[1]).to.be.lessThan(view.place(a!)[1]);
  });

  it('shows the whole area at a round scale, and a bar of a round length', () => {
    const view = viewOf(BOX, FRAME);
    const corners = rectangle(BOX.west, BOX.south).map(view.place);
    for (const [x, y] of corners) {
      expect(x).to.be.within(0, FRAME.width);
      expect(y).to.be.within(0, FRAME.height);
    }
    expect(roundScale(6120)).to.equal(7500);
    expect(roundScale(10_000)).to.equal(10_000);
    expect(barMetres(2.6, 140)).to.equal(200);
    expect(barMetres(0.1, 140)).to.equal(10);
  });

  it('lies for what is wide and stands for what is high', () => {
    expect(
      liesWide(bounds({ type: 'Polygon', coordinates: [rectangle(59.6, 36.29, 0.04, 0.003)] })),
    ).to.equal(true);
    expect(
      liesWide(bounds({ type: 'Polygon', coordinates: [rectangle(59.6, 36.29, 0.002, 0.02)] })),
    ).to.equal(false);
  });

  it('cuts lines where they leave the box, and areas too', () => {
    const line: Point[] = [
      [59.59, 36.295],
      [59.605, 36.295],
      [59.605, 36.31],
      [59.607, 36.31],
      [59.607, 36.28],
    ];
    const pieces = piecesIn(line, BOX);
    expect(pieces).to.have.length(2);
    expect(pieces[0]!.map(([lon]) => lon)).to.deep.equal([59.6, 59.605, 59.605]);
    expect(pieces.flat().every(([, lat]) => lat >= BOX.south && lat <= BOX.north)).to.equal(true);
    expect(
      piecesIn(
        [
          [59.5, 36],
          [59.55, 36],
        ],
        BOX,
      ),
    ).to.deep.equal([]);
    const part = partOn(
      { type: 'Polygon', coordinates: [rectangle(59.606, 36.2)] },
      areaOfBounds(BOX),
    );
    expect(part).to.equal(null);
  });

  it('leaves out corners that nobody would see, and keeps a ring a ring', () => {
    const ring = Array.from({ length: 4001 }, (_, at): Spot => {
      const turn = (at % 4000) * ((2 * Math.PI) / 4000);
      return [100 * Math.cos(turn), 100 * Math.sin(turn)];
    });
    const simple = simplified(ring, 0.2);
    expect(simple.length).to.be.within(20, 120);
    expect(simple[0]).to.deep.equal(simple.at(-1));
  });
});

describe('the names on a map sheet', () => {
  const wanted = (text: string, ...spots: Spot[]): Wanted<string> => ({
    ...{ label: text, width: 60, height: 12, spots: spots.map((at) => ({ at })) },
  });

  it('take the first free place, and none if there is none', () => {
    const placed = placeLabels(
      [wanted('one', [100, 100]), wanted('two', [120, 104], [120, 140]), wanted('three', [98, 98])],
      FRAME,
    );
    expect(placed.map(({ label, at }) => [label, at])).to.deep.equal([
      ['one', [100, 100]],
      ['two', [120, 140]],
    ]);
  });

  it('never leave the frame, nor cover a mark', () => {
    expect(placeLabels([wanted('out', [10, 100])], FRAME)).to.deep.equal([]);
    const taken = [{ at: [100, 100] as Spot, radius: 8 }];
    expect(placeLabels([wanted('over', [130, 100])], FRAME, { taken })).to.deep.equal([]);
  });

  it('rather stand beside an edge than across it', () => {
    const edges: Spot[][] = [
      [
        [100, 0],
        [100, 500],
      ],
    ];
    const [placed] = placeLabels([wanted('name', [100, 100], [200, 100])], FRAME, { edges });
    expect(placed!.at).to.deep.equal([200, 100]);
  });

  it('do not meet, whatever is asked of a crowded map', () => {
    const map = crowded();
    for (const form of SHEET_FORMS) {
      const layout = sheetLayout(form, liesWide(map.bounds));
      const measure = (text: string, size: number) => text.length * size * 0.5;
      const { labels } = sceneOf(map, layout.map, layout.scale, measure);
      expect(labels.length).to.be.greaterThan(15);
      const boxes = labels.map(({ at, turn, width, height }) => coveredBy(at, turn, width, height));
      for (const [index, own] of boxes.entries()) {
        for (const { left, right, top, bottom } of own) {
          expect(left).to.be.at.least(0);
          expect(top).to.be.at.least(0);
          expect(right).to.be.at.most(layout.map.width);
          expect(bottom).to.be.at.most(layout.map.height);
        }
        for (const other of boxes.slice(index + 1).flat()) {
          const meeting = own.some(
            (box) =>
              box.left < other.right &&
              other.left < box.right &&
              box.top < other.bottom &&
              other.top < box.bottom,
          );
          expect(meeting).to.equal(false);
        }
      }
    }
  });

  it('include the area’s own even where it is too narrow for it', () => {
    const ring = rectangle(59.6, 36.29, 0.0008, 0.02);
    const map = { ...crowded(), bounds: bounds({ type: 'Polygon', coordinates: [ring] }) };
    map.ours = { name: 'محلهٔ باغ‌سنگ', rings: [ring] };
    const { labels } = sceneOf(map, FRAME, 1, (text, size) => text.length * size * 0.6);
    expect(labels.some(({ label }) => label.kind === 'ours')).to.equal(true);
  });
});

function crowded(): SheetMap {
  const around = [-1, 0, 1].flatMap((i) => [-1, 0, 1].map((j) => [i, j] as const));
  const theirs = around
    .filter(([i, j]) => i !== 0 || j !== 0)
    .map(([i, j]) => ({
      name: `مرکز نیکوکاری ${i}${j}`,
      rings: [rectangle(59.6 + i * 0.0122, 36.29 + j * 0.0105)],
    }));
  const lines = Array.from({ length: 30 }, (_, at) => ({
    ...{ kind: 'street' as const, name: `خیابان ${at}` },
    pieces: [
      [
        [59.59 + at * 0.001, 36.285],
        [59.595 + at * 0.0008, 36.305],
      ] as Point[],
    ],
  }));
  const points = Array.from({ length: 40 }, (_, at) => ({
    ...{ kind: 'landmark' as const, name: `نشانهٔ ${at}` },
    at: [59.601 + (at % 8) * 0.0011, 36.291 + Math.floor(at / 8) * 0.0014] as Point,
  }));
  return {
    bounds: BOX,
    ours: { name: 'محلهٔ باغ‌سنگ', rings: [rectangle(59.6, 36.29)] },
    office: { name: 'مسجد نور', at: [59.605, 36.2945] },
    ...{ theirs, lines, points, locator: { county: false, rings: [] } },
  };
}
