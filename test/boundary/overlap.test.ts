import { expect } from 'chai';
import type { Area, Point, Ring } from '../../src/boundary/area.ts';
import { areaSquareMetres, containsPoint } from '../../src/boundary/measure.ts';
import { overlap } from '../../src/boundary/overlap.ts';
import { readArea } from '../../src/boundary/sound-area.ts';
import { dice, starRing } from './drawn.ts';

function area(ring: Ring): Area {
  const reading = readArea({ type: 'Polygon', coordinates: [ring] });
  if ('fault' in reading) throw new Error(reading.fault);
  return reading.value;
}

const square = (lon: number, lat: number, side = 0.01) =>
  area([
    [lon, lat],
    [lon + side, lat],
    [lon + side, lat + side],
    [lon, lat + side],
  ]);

describe('the overlap of two areas', () => {
  it('is the ground both cover, the same from both sides', () => {
    const [one, other] = [square(59.6, 36.29), square(59.605, 36.29)];
    const shared = overlap(one, other);
    expect(shared.squareMetres / areaSquareMetres(one)).to.be.closeTo(0.5, 1e-6);
    expect(overlap(other, one).squareMetres).to.be.closeTo(shared.squareMetres, 0.01);
    expect(areaSquareMetres(shared.shape!)).to.be.closeTo(shared.squareMetres, 0.01);
  });

  it('is nothing across a shared edge, a shared corner or a distance', () => {
    const one = square(59.6, 36.29);
    const others = [square(59.61, 36.29), square(59.61, 36.3), square(59.7, 36.29)];
    for (const other of others) {
      expect(overlap(one, other)).to.deep.equal({ squareMetres: 0, shape: null });
    }
  });

  it('is nothing where a neighbour has one more corner on the shared edge, off by its rounding', () => {
    const [a, b]: Point[] = [
      [59.6, 36.29],
      [59.6137, 36.3011],
    ];
    const left = area([a!, b!, [59.6, 36.31]]);
    for (let part = 0.07; part < 1; part += 0.0731) {
      const between: Point = [a![0] + part * (b![0] - a![0]), a![1] + part * (b![1] - a![1])];
      const right = area([a!, [59.62, 36.28], b!, between]);
      expect(overlap(left, right).squareMetres, String(part)).to.equal(0);
    }
  });

  it('is the smaller area where one lies within the other', () => {
    const [large, small] = [square(59.6, 36.29), square(59.602, 36.292, 0.002)];
    expect(overlap(large, small).squareMetres).to.be.closeTo(areaSquareMetres(small), 0.01);
    expect(overlap(large, large).squareMetres).to.be.closeTo(areaSquareMetres(large), 0.01);
  });

  it('is no more than either of two stars, and lies within both', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const roll = dice(seed);
      const one = area(starRing(roll, [59.6, 36.3]));
      const other = area(starRing(roll, [59.6 + roll() * 0.02, 36.3]));
      const { squareMetres, shape } = overlap(one, other);
      const least = Math.min(areaSquareMetres(one), areaSquareMetres(other));
      expect(squareMetres).to.be.at.most(least + 0.01);
      const pieces = shape?.type === 'MultiPolygon' ? shape.coordinates : [];
      for (const [ring] of pieces) {
        const middle = middleOf(ring!.slice(0, 3));
        const counted = containsPoint({ type: 'Polygon', coordinates: [ring!] }, middle);
        if (counted)
          expect(containsPoint(one, middle) && containsPoint(other, middle)).to.equal(true);
      }
    }
  });
});

const middleOf = (points: Ring): Point => [
  points.reduce((sum, [lon]) => sum + lon, 0) / points.length,
  points.reduce((sum, [, lat]) => sum + lat, 0) / points.length,
];
