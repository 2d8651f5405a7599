/** Properties that hold of any areas: outlines drawn by dice, the same for the same seed. */
import { expect } from 'chai';
import { type Area, type Point, partsOf, type Ring, ringsArea } from '../../src/boundary/area.ts';
import { compareAreas } from '../../src/boundary/comparison.ts';
import { cornersText, readCorners } from '../../src/boundary/corners.ts';
import { toFeature, toFeatureCollection } from '../../src/boundary/geojson.ts';
import { toKml } from '../../src/boundary/kml.ts';
import { areaSquareMetres, containsPoint, insidePoint } from '../../src/boundary/measure.ts';
import { overlap } from '../../src/boundary/overlap.ts';
import { areaOf, readArea } from '../../src/boundary/sound-area.ts';
import { dice, starRing } from './drawn.ts';

const ROUNDS = 60;

function sound(rings: Ring[]): Area {
  const read = areaOf(rings);
  if ('fault' in read) throw new Error(read.fault);
  return read.value;
}

const star = (roll: () => number, at: Point): Area => sound([starRing(roll, at)]);
const near = (roll: () => number): Point => [59.6 + roll() * 0.01, 36.3 + roll() * 0.01];

/** Each area cut in two by a line from corner to corner, as two neighbours share a street. */
function halves(area: Area): [Area, Area] | undefined {
  const ring = partsOf(area)[0]!.slice(0, -1);
  const half = Math.floor(ring.length / 2);
  const [one, other] = [ring.slice(0, half + 1), [...ring.slice(half), ring[0]!]];
  const read = [one, other].map((part) => areaOf([part]));
  if (read.some((reading) => 'fault' in reading)) return undefined;
  const [a, b] = read.map((reading) => (reading as { value: Area }).value) as [Area, Area];
  // A line from corner to corner may leave a star; then the two are no halves of it.
  const whole = areaSquareMetres(a) + areaSquareMetres(b);
  return Math.abs(whole - areaSquareMetres(area)) < 1 ? [a, b] : undefined;
}

describe('any two areas', () => {
  const roll = dice(2026);
  const pairs = Array.from(
    { length: ROUNDS },
    () => [star(roll, near(roll)), star(roll, near(roll))] as const,
  );

  it('share the same from both sides, and never more than either has', () => {
    for (const [a, b] of pairs) {
      const [one, other] = [overlap(a, b).squareMetres, overlap(b, a).squareMetres];
      expect(one).to.be.closeTo(other, 1e-3 + one * 1e-6);
      expect(one).to.be.at.most(Math.min(areaSquareMetres(a), areaSquareMetres(b)) + 1);
    }
  });

  it('are what stayed, came in and went out between them', () => {
    for (const [a, b] of pairs) {
      const { cameIn, wentOut, stayed } = compareAreas(a, b);
      // Slivers below a square metre are not told.
      expect(stayed.squareMetres + cameIn.squareMetres).to.be.closeTo(areaSquareMetres(b), 25);
      expect(stayed.squareMetres + wentOut.squareMetres).to.be.closeTo(areaSquareMetres(a), 25);
    }
  });

  it('share the whole of the smaller where one lies within the other', () => {
    for (const [area] of pairs) {
      const [lon, lat] = insidePoint(area);
      const ring = partsOf(area)[0]!.map(
        ([x, y]): Point => [lon + (x - lon) * 3, lat + (y - lat) * 3],
      );
      const around = areaOf([ring]);
      if ('fault' in around) continue;
      const small = sound([
        [
          [lon, lat],
          [lon + 3e-4, lat],
          [lon + 3e-4, lat + 3e-4],
        ],
      ]);
      const shared = overlap(around.value, small).squareMetres;
      expect(shared).to.be.at.most(areaSquareMetres(small) + 0.1);
      expect(overlap(area, area).squareMetres).to.be.closeTo(areaSquareMetres(area), 0.5);
    }
  });

  it('share nothing across the line that they have in common', () => {
    let cut = 0;
    for (const [area] of pairs) {
      const two = halves(area);
      if (!two) continue;
      cut += 1;
      expect(overlap(...two)).to.deep.equal({ squareMetres: 0, shape: null });
    }
    expect(cut).to.be.greaterThan(5);
  });

  it('lie where they are moved to with the same size, and hold the point that names them', () => {
    for (const [area] of pairs) {
      expect(containsPoint(area, insidePoint(area))).to.equal(true);
      const east = sound(
        partsOf(area).map((ring) => ring.map(([lon, lat]): Point => [lon - 2, lat])),
      );
      expect(areaSquareMetres(east)).to.be.closeTo(areaSquareMetres(area), 2);
      expect(overlap(area, east).squareMetres).to.equal(0);
    }
  });

  it('come back from GeoJSON, KML and a table of corners as they went out', () => {
    for (const [a, b] of pairs) {
      const apart = partsOf(b).map((ring) => ring.map(([lon, lat]): Point => [lon + 1, lat]));
      for (const area of [a, sound([...partsOf(a), ...apart])]) {
        const name = 'مرکز & «نور» <۱>';
        const written = {
          feature: JSON.stringify(toFeature(area, { name })),
          collection: JSON.stringify(toFeatureCollection([{ area, properties: {} }])),
          kml: toKml([{ name, area }], name),
        };
        for (const [form, text] of Object.entries(written)) {
          expect(readArea(text), form).to.deep.equal({ value: area });
        }
        expect(readCorners(cornersText(area))).to.deep.equal({ value: area });
      }
    }
  });

  it('are refused in KML with the same words as in GeoJSON', () => {
    const polygon = (rings: string[]) =>
      `<kml><Placemark><Polygon>${rings
        .map((ring, at) => {
          const tag = at === 0 ? 'outerBoundaryIs' : 'innerBoundaryIs';
          return `<${tag}><LinearRing><coordinates>${ring}</coordinates></LinearRing></${tag}>`;
        })
        .join('')}</Polygon></Placemark></kml>`;
    const outer = '59.6,36.3 59.62,36.3 59.62,36.32 59.6,36.3';
    const inner = '59.615,36.305 59.618,36.305 59.618,36.308 59.615,36.305';
    const many = Array.from({ length: 50_000 }, (_, at) => `${59 + at * 1e-6},36.3`).join(' ');
    const bow = '59.6,36.3 59.62,36.32 59.62,36.3 59.6,36.32 59.6,36.3';
    const abroad = '179,36 -179,36 -179,37 179,36';
    const faults = [
      ...[
        [polygon([outer, inner]), 'hole'],
        [polygon([many]), 'too-many-corners'],
      ],
      ...[
        [polygon([bow]), 'crossing'],
        [polygon([abroad]), 'across-meridian'],
      ],
      ...[
        ['<kml><Placemark></kml>', 'not-kml'],
        ['<kml/>', 'no-polygon'],
      ],
      ...[
        [polygon([outer]) + polygon([outer]), 'not-kml'],
        ['<!DOCTYPE x [<!ENTITY a "b">]><kml>&a;</kml>', 'not-kml'],
      ],
    ] as const;
    for (const [text, fault] of faults) {
      expect((readArea(text) as { fault: string }).fault).to.equal(`boundary:faults.${fault}`);
    }
    expect(ringsArea([]).type).to.equal('MultiPolygon');
  });
});
