import { expect } from 'chai';
import { type Area, type Point, ringsArea } from '../../src/boundary/area.ts';
import {
  areaSquareMetres,
  bounds,
  containsPoint,
  distanceMetres,
  insidePoint,
  perimeterMetres,
} from '../../src/boundary/measure.ts';
import { readArea } from '../../src/boundary/sound-area.ts';
import { dice, starRing } from './drawn.ts';

const box = (west: number, south: number, east: number, north: number): Area => {
  const ring: Point[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return ringsArea([ring]);
};

describe('measuring an area', () => {
  it('agrees with the published lengths of a degree', () => {
    // Around 36° a degree of latitude is 110.96 km and a degree of longitude 90.16 km.
    expect(distanceMetres([59, 35.5], [59, 36.5])).to.be.closeTo(110_957, 5);
    expect(distanceMetres([59, 36], [60, 36])).to.be.closeTo(90_164, 5);
  });

  it('agrees with length times width where an area is small', () => {
    const area = box(59.6, 36.29, 59.61, 36.3);
    const wide = distanceMetres([59.6, 36.295], [59.61, 36.295]);
    const high = distanceMetres([59.6, 36.29], [59.6, 36.3]);
    expect(areaSquareMetres(area) / (wide * high)).to.be.closeTo(1, 1e-6);
    expect(perimeterMetres(area)).to.be.closeTo(2 * (wide + high), 1);
  });

  it('adds up: halves make the whole, however large', () => {
    const whole = areaSquareMetres(box(45, 25, 63, 39.5));
    const halves =
      areaSquareMetres(box(45, 25, 54, 39.5)) + areaSquareMetres(box(54, 25, 63, 39.5));
    expect(halves / whole).to.be.closeTo(1, 1e-12);
  });

  it('measures the whole earth, belt by belt', () => {
    const belts = Array.from({ length: 180 }, (_, at) => box(-180, at - 90, 180, at - 89));
    const globe = belts.reduce((sum, belt) => sum + areaSquareMetres(belt), 0);
    expect(globe / 510_065_621_724_089).to.be.closeTo(1, 1e-8);
  });

  it('knows its bounds', () => {
    expect(bounds(box(59.6, 36.29, 59.61, 36.3))).to.deep.equal({
      west: 59.6,
      south: 36.29,
      east: 59.61,
      north: 36.3,
    });
  });

  it('has who lives on the line inside, and who lives beyond it outside', () => {
    const area = box(59.6, 36.29, 59.61, 36.3);
    const inside: Point[] = [
      [59.605, 36.295],
      [59.6, 36.29],
      [59.6, 36.293],
      [59.605, 36.3],
    ];
    const outside: Point[] = [
      [59.5999999, 36.295],
      [59.7, 36.29],
      [59.605, 36.3000001],
    ];
    for (const point of inside) expect(containsPoint(area, point), String(point)).to.equal(true);
    for (const point of outside) expect(containsPoint(area, point), String(point)).to.equal(false);
  });

  it('finds a point inside any star', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const ring = starRing(dice(seed), [51.4, 35.7]);
      const reading = readArea({ type: 'Polygon', coordinates: [ring] });
      if ('fault' in reading) throw new Error(reading.fault);
      expect(containsPoint(reading.value, insidePoint(reading.value)), `seed ${seed}`).to.equal(
        true,
      );
    }
  });
});
