import { expect } from 'chai';
import {
  formatHours,
  formatQuantity,
  readHoursGiven,
  readQuantity,
} from '../../src/values/quantity.ts';

describe('a quantity', () => {
  const read: [string | number, number][] = [
    ...(
      [
        ['2', 2000],
        ['۲٫۵', 2500],
        ['٢٫٥', 2500],
        ['2.5', 2500],
        [2.5, 2500],
      ] as const
    ).map((pair): [string | number, number] => [...pair]),
    ['0.001', 1],
    ['1,250', 1_250_000],
    ['۱٬۲۵۰٫۷۵', 1_250_750],
    ['1 000', 1_000_000],
    ['12/5', 12_500],
    ['999999999.999', 999_999_999_999],
    ['007', 7000],
  ];
  for (const [typed, milli] of read) {
    it(`is read from ${typed} in thousandths`, () => {
      expect(readQuantity(typed)).to.eql({ value: milli });
    });
  }

  const refused: [string | number, string][] = [
    ...(
      [
        ['', 'empty'],
        ['  ', 'empty'],
        ['0', 'zero'],
        ['0.000', 'zero'],
      ] as const
    ).map((pair): [string | number, string] => [...pair]),
    ['-2', 'negative'],
    ['(2)', 'negative'],
    ['1.2345', 'decimals'],
    [0.1 + 0.2, 'decimals'],
    ['1000000000', 'too-large'],
    ['9999999999999', 'quantity'],
    ['دو', 'quantity'],
    ['1e3', 'quantity'],
    ['1,25', 'quantity'],
    ['2.', 'quantity'],
    [Number.NaN, 'quantity'],
  ];
  for (const [typed, fault] of refused) {
    it(`is not read from «${typed}»: ${fault}`, () => {
      expect(readQuantity(typed)).to.include({ fault: `values:quantity.${fault}` });
    });
  }

  it('is shown without zeros that say nothing', () => {
    expect([2500, 2000, 1, 1_250_750].map((milli) => formatQuantity(milli, 'en'))).to.eql([
      ...['2.5', '2', '0.001', '1,250.75'],
    ]);
    expect(formatQuantity(1_250_750, 'fa')).to.equal('۱٬۲۵۰٫۷۵');
  });

  it('reads back what it shows, in either language', () => {
    for (let milli = 1; milli < 3_000_000; milli += 7919) {
      for (const language of ['fa', 'en'] as const) {
        expect(readQuantity(formatQuantity(milli, language))).to.eql({ value: milli });
      }
    }
  });
});

describe('hours that were given', () => {
  it('are read as decimals or by the clock, in hundredths', () => {
    for (const [typed, centi] of [
      ...[['2.5', 250] as const, ['۲:۳۰', 250] as const, ['0:20', 33] as const],
      ...[['2.25', 225] as const, ['1,200', 120_000] as const, ['10:45', 1075] as const],
    ]) {
      expect(readHoursGiven(typed), typed).to.eql({ value: centi });
    }
  });

  it('are not read from what is none', () => {
    for (const [typed, fault] of [
      ...[['2:75', 'hours'] as const, ['x', 'hours'] as const, ['0:00', 'zero'] as const],
      ...[['2.125', 'decimals'] as const, ['10000', 'too-large'] as const],
    ]) {
      expect(readHoursGiven(typed), typed).to.include({ fault: `values:quantity.${fault}` });
    }
  });

  it('are shown as decimals', () => {
    expect([formatHours(250, 'en'), formatHours(250, 'fa')]).to.eql(['2.5', '۲٫۵']);
  });
});
