import { expect } from 'chai';
import { isoFromJalali, monthLength, weekdayOf } from '../../src/values/jalali-date.ts';
import { monthSheet } from '../../src/web/month-sheet.ts';
import { showFor } from '../../src/web/show.ts';

type Script = {
  dayNumber: (year: number, month: number, day: number) => number;
  monthLength: (year: number, month: number) => number;
  numberOf: (iso: string) => number;
  partsOf: (number: number) => { year: number; month: number; day: number };
  weekdayOf: (number: number) => number;
};

const address = new URL('../../views/assets/jalali.js', import.meta.url).href;

describe('the calendar of the date field', () => {
  it('shows Aban 1405 from its first Friday to its last Saturday', () => {
    const { year, month, weeks } = monthSheet('2026-11-21');
    expect([year, month, weeks.length]).to.eql([1405, 8, 6]);
    expect(weeks[0]).to.eql([...Array(6).fill(null), { iso: '2026-10-23', day: 1 }]);
    expect(weeks[5]![0]).to.eql({ iso: '2026-11-21', day: 30 });
  });

  it('counts days in the browser as the server does, every month from 1300 to 1500', async () => {
    const script = (await import(address)) as Script;
    for (let year = 1300; year <= 1500; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const iso = isoFromJalali(year, month, 1);
        const number = script.dayNumber(year, month, 1);
        expect(number).to.equal(script.numberOf(iso));
        expect(script.partsOf(number)).to.eql({ year, month, day: 1 });
        expect(script.monthLength(year, month)).to.equal(monthLength(year, month));
        expect(script.weekdayOf(number)).to.equal(weekdayOf(iso));
      }
    }
  });
});

describe('the echo of the money field', () => {
  const { spoken } = showFor('en');

  it('says the amount in rials and in toman', () => {
    expect(spoken(200_000)).to.equal('two hundred thousand rials, that is twenty thousand toman');
  });

  it('says the odd rials that make no toman', () => {
    expect(spoken(15)).to.equal('fifteen rials, that is one toman and five rials');
    expect(spoken(5)).to.equal('five rials');
  });
});
