import { expect } from 'chai';
import type { Area, Point, Ring } from '../../src/boundary/area.ts';
import { areaSquareMetres, perimeterMetres } from '../../src/boundary/measure.ts';
import { readArea } from '../../src/boundary/sound-area.ts';
import { dice, starRing } from './drawn.ts';

const square: Ring = [
  [59.6, 36.29],
  [59.61, 36.29],
  [59.61, 36.3],
  [59.6, 36.3],
  [59.6, 36.29],
];

const polygon = (ring: unknown) => ({ type: 'Polygon', coordinates: [ring] });
const moved = (ring: Ring, lon: number, lat: number) =>
  ring.map(([x, y]): Point => [x + lon, y + lat]);

function read(input: unknown): Area {
  const reading = readArea(input);
  if ('fault' in reading) throw new Error(`${reading.fault} ${JSON.stringify(reading.values)}`);
  return reading.value;
}

function fault(input: unknown): string | undefined {
  const reading = readArea(input);
  return 'fault' in reading ? reading.fault.replace('boundary:faults.', '') : undefined;
}

describe('reading an area', () => {
  it('takes a polygon, a feature and a collection with points, as object or text', () => {
    const feature = { type: 'Feature', properties: {}, geometry: polygon(square) };
    const point = { type: 'Feature', geometry: { type: 'Point', coordinates: [59.6, 36.3] } };
    const empty = { type: 'Feature', properties: null, geometry: null };
    const collection = { type: 'FeatureCollection', features: [point, feature, empty] };
    for (const input of [polygon(square), feature, collection]) {
      expect(read(input)).to.deep.equal(polygon(square));
      expect(read(`\uFEFF ${JSON.stringify(input)}`)).to.deep.equal(polygon(square));
    }
  });

  it('makes a multipolygon of one part a polygon, and keeps several parts', () => {
    const one = { type: 'MultiPolygon', coordinates: [[square]] };
    const two = { type: 'MultiPolygon', coordinates: [[square], [moved(square, 0.02, 0)]] };
    expect(read(one).type).to.equal('Polygon');
    expect(read(two).coordinates).to.have.length(2);
  });

  it('closes an open ring, drops heights and repeated corners, and turns it right', () => {
    const rough = [square[0], square[0], square[3], square[2], square[1]];
    const high = rough.map((point) => [...point!, 985.2]);
    expect(read(polygon(high))).to.deep.equal(polygon(square));
  });

  it('rounds to seven decimals', () => {
    const fine = square.map(([lon, lat]) => [lon + 0.00000004, lat - 0.00000004]);
    expect(read(polygon(fine))).to.deep.equal(polygon(square));
  });

  it('lets parts share a corner or an edge', () => {
    for (const other of [moved(square, 0.01, 0.01), moved(square, 0.01, 0)]) {
      const parts = { type: 'MultiPolygon', coordinates: [[square], [other]] };
      expect(read(parts).coordinates).to.have.length(2);
    }
  });

  const refused: Record<string, unknown[]> = {
    empty: [undefined, null, '', '  \n'],
    'not-json': ['{"type":', 'some words'],
    'not-kml': [
      ...['<kml><Placemark>', '<kml></Placemark>', '<p>one</p><p>two</p>'],
      // Nested to keep the reader busy: what is read of each grows with its depth.
      `${'<Folder>'.repeat(65)}${'</Folder>'.repeat(65)}`,
    ],
    'too-small': [
      {
        type: 'Polygon',
        coordinates: [
          [
            [59.6, 36.3],
            [59.60005, 36.3],
            [59.60005, 36.30005],
            [59.6, 36.3],
          ],
        ],
      },
    ],
    'no-polygon': [
      '5',
      '[]',
      [],
      'null',
      { type: 'Point', coordinates: [59.6, 36.3] },
      { type: 'LineString', coordinates: square },
      { type: 'Polygon' },
      { type: 'Polygon', coordinates: [] },
      { type: 'MultiPolygon', coordinates: [] },
      { type: 'MultiPolygon', coordinates: [[]] },
      { type: 'FeatureCollection', features: [] },
      { type: 'FeatureCollection' },
      { type: 'Feature', geometry: 'Polygon' },
    ],
    'several-polygons': [
      {
        type: 'FeatureCollection',
        features: [square, moved(square, 1, 0)].map((ring) => ({
          type: 'Feature',
          geometry: polygon(ring),
        })),
      },
    ],
    'not-numbers': [
      polygon([...square.slice(0, 3), ['59.6', '36.3']]),
      polygon([[59.6], ...square]),
      polygon([59.6, 36.3, 59.61, 36.31]),
      polygon([[Number.NaN, 36.3], ...square]),
      '{"type":"Polygon","coordinates":[[[1e999,36],[59,36],[59,37]]]}',
    ],
    'too-few-corners': [
      polygon([]),
      polygon(square.slice(0, 2)),
      polygon([square[0], square[0], square[0], square[0]]),
    ],
    'too-many-corners': [polygon(Array.from({ length: 5001 }, () => [59.6, 36.3]))],
    hole: [
      {
        type: 'Polygon',
        coordinates: [square, square.map(([x, y]) => [59.605 + (x - 59.6) / 4, (y + 36.29) / 2])],
      },
    ],
    crossing: [
      polygon([square[0], square[1], square[3], square[2]]),
      polygon([...square.slice(0, 4), square[2], square[0]]),
      polygon([
        [59.6, 36.29],
        [59.62, 36.29],
        [59.61, 36.29],
        [59.61, 36.3],
      ]),
      polygon([
        [59.6, 36.29],
        [59.61, 36.3],
        [59.62, 36.31],
      ]),
    ],
    swapped: [polygon(square.map(([lon, lat]) => [lat, lon]))],
    'outside-country': [
      polygon(moved(square, -60, 0)),
      polygon(moved(square, 0, 10)),
      polygon(square.map(([lon, lat], at) => (at === 2 ? [lat, lon] : [lon, lat]))),
    ],
    'across-meridian': [
      polygon([
        [179.9, 36.3],
        [-179.9, 36.3],
        [-179.9, 36.4],
        [179.9, 36.4],
      ]),
      polygon([
        [179.9, 36.3],
        [180.1, 36.3],
        [180.1, 36.4],
      ]),
    ],
    'too-deep': ['['.repeat(1000), `{"type":${'['.repeat(40)}${']'.repeat(40)}}`],
    'text-too-long': [' '.repeat(10) + 'x'.repeat(3_000_001)],
    'not-degrees': [
      polygon([
        [731_000, 4_018_000],
        [732_000, 4_018_000],
        [732_000, 4_019_000],
      ]),
    ],
    'no-area': [
      polygon([
        [59.6, 36.29],
        [59.600001, 36.29],
        [59.6, 36.290001],
      ]),
    ],
    'too-large': [
      polygon([
        [50, 30],
        [56, 30],
        [56, 36],
        [50, 36],
      ]),
    ],
    'parts-overlap': [
      { type: 'MultiPolygon', coordinates: [[square], [moved(square, 0.005, 0.005)]] },
      { type: 'MultiPolygon', coordinates: [[square], [square]] },
      {
        type: 'MultiPolygon',
        coordinates: [[square], [square.map(([x, y]) => [(x + 59.605) / 2, (y + 36.295) / 2])]],
      },
    ],
  };

  for (const [name, inputs] of Object.entries(refused)) {
    it(`refuses what is ${name.replaceAll('-', ' ')}`, () => {
      for (const input of inputs) expect(fault(input), JSON.stringify(input)).to.equal(name);
    });
  }

  it('refuses an outline that runs to and fro across its whole area', () => {
    const teeth = Array.from({ length: 400 }, (_, at): Ring => {
      const lon = 59.6 + at * 0.0001;
      return [
        [lon, 36.3],
        [lon, 36.4],
        [lon + 0.00005, 36.4],
        [lon + 0.00005, 36.3],
      ];
    });
    expect(fault(polygon([...teeth.flat(), [59.7, 36.3], [59.7, 36.29], [59.6, 36.29]]))).to.equal(
      'ragged',
    );
  });

  it('says where an outline crosses itself', () => {
    const reading = readArea(polygon([square[0], square[1], square[3], square[2]]));
    expect(reading).to.deep.include({ values: { lat: 36.295, lon: 59.605 } });
  });

  it('takes any star-shaped outline, in either direction and from any corner', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const ring = starRing(dice(seed), [59.6, 36.3]);
      const area = read(polygon(ring));
      const turned = [...ring.slice(3), ...ring.slice(0, 3)].toReversed();
      expect(areaSquareMetres(read(polygon(turned)))).to.be.closeTo(areaSquareMetres(area), 0.01);
      expect(perimeterMetres(area)).to.be.greaterThan(
        Math.sqrt(4 * Math.PI * areaSquareMetres(area)),
      );
      expect(read(JSON.stringify(area))).to.deep.equal(area);
    }
  });

  it('finds the crossing in a star with two corners exchanged', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const ring = starRing(dice(seed), [59.6, 36.3], 12);
      [ring[2], ring[6]] = [ring[6]!, ring[2]!];
      expect(fault(polygon(ring))).to.equal('crossing');
    }
  });
});
