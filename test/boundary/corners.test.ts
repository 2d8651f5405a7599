import { expect } from 'chai';
import { cornersOf, cornersText, readCorners } from '../../src/boundary/corners.ts';
import { readArea } from '../../src/boundary/sound-area.ts';
import { dice, starRing } from './drawn.ts';

const square = [
  [59.6, 36.29],
  [59.61, 36.29],
  [59.61, 36.3],
  [59.6, 36.3],
  [59.6, 36.29],
];

function persian(text: string): string {
  const digits = text.replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
  return digits.replaceAll('.', '\u066B').replaceAll(',', '\u060C');
}

describe('a table of corners', () => {
  const typed = '36.29, 59.6\n36.29, 59.61\n36.30, 59.61\n36.30, 59.60';

  it('reads latitude and longitude in either order, any digits and any separator', () => {
    const ways = [
      typed,
      persian(typed),
      typed.replaceAll(', ', '\t'),
      typed.replaceAll(', ', ';').replaceAll('\n', '\r\n'),
      typed.replace(/(\S+), (\S+)/g, '  $2   $1 '),
      `latitude, longitude\n${typed}\n\n`,
      `\u200F${typed}`,
    ];
    for (const way of ways) {
      expect(readCorners(way), way).to.deep.equal({
        value: { type: 'Polygon', coordinates: [square] },
      });
    }
  });

  it('begins another part after an empty line', () => {
    const other = typed.replaceAll('59.6', '59.7');
    const reading = readCorners(`${typed}\n\n${other}`);
    expect(reading).to.have.nested.property('value.type', 'MultiPolygon');
  });

  it('says which line it can not read', () => {
    for (const line of ['36.3', 'x, 59.6', '36.3, 59.6, 4', '36.3 N, 59.6 E', '1e1, 59']) {
      expect(readCorners(`${typed}\n${line}`)).to.deep.equal({
        fault: 'boundary:faults.corner-line',
        values: { line: 5 },
      });
    }
  });

  it('refuses what every area is refused for', () => {
    expect(readCorners('')).to.have.property('fault', 'boundary:faults.empty');
    expect(readCorners('lat lon')).to.have.property('fault', 'boundary:faults.empty');
    expect(readCorners('36.3 59.6\n36.4 59.7')).to.have.property(
      'fault',
      'boundary:faults.too-few-corners',
    );
    expect(readCorners('36 59\n'.repeat(5001))).to.have.property(
      'fault',
      'boundary:faults.too-many-corners',
    );
    expect(readCorners('25.1 35\n25.2 35\n25.2 35.1')).to.have.property(
      'fault',
      'boundary:faults.outside-country',
    );
  });

  it('reads back what it writes', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const roll = dice(seed);
      const rings = [starRing(roll, [59.6, 36.3]), starRing(roll, [59.7, 36.3])];
      const reading = readArea({
        type: 'MultiPolygon',
        coordinates: rings.slice(0, 1 + (seed % 2)).map((ring) => [ring]),
      });
      if ('fault' in reading) throw new Error(reading.fault);
      expect(readCorners(cornersText(reading.value))).to.deep.equal(reading);
      expect(cornersOf(reading.value)).to.have.length(1 + (seed % 2));
    }
  });
});
