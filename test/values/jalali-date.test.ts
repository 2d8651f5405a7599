import { expect } from 'chai';
import {
  addDays,
  dayInTehran,
  daysBetween,
  fiscalYear,
  fiscalYearDays,
  formatDay,
  formatMoment,
  isIsoDay,
  isLeapYear,
  isoFromJalali,
  jalaliParts,
  monthDays,
  monthLength,
  monthName,
  monthsOf,
  weekdayName,
  weekdayOf,
} from '../../src/values/jalali-date.ts';

const saturday = '2026-11-21';

describe('the Jalali calendar', () => {
  it('agrees with ICU on every day from 1390 to 1420, there and back', () => {
    const icu = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
      timeZone: 'UTC',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    });
    const last = isoFromJalali(1420, 12, 30);
    let days = 0;
    for (let day = isoFromJalali(1390, 1, 1); day <= last; day = addDays(day, 1), days++) {
      const { year, month, day: date } = jalaliParts(day);
      if (isoFromJalali(year, month, date) !== day) expect.fail(`${day} does not come back`);
      const shown = icu.format(Date.parse(day)).replace(' AP', '');
      if (shown !== `${month}/${date}/${year}`) expect.fail(`${day} is ${shown}`);
    }
    expect(days).to.equal(31 * 365 + 8);
  });

  it('knows the leap years', () => {
    const leaps = Array.from({ length: 20 }, (_, at) => 1395 + at).filter(isLeapYear);
    expect(leaps).to.deep.equal([1395, 1399, 1403, 1408, 1412]);
  });

  it('ends 1403 on the thirtieth of Esfand', () => {
    expect(jalaliParts('2025-03-20')).to.deep.equal({ year: 1403, month: 12, day: 30 });
    expect(isoFromJalali(1404, 1, 1)).to.equal('2025-03-21');
  });

  it('has six months of 31, five of 30 and one of 29 days', () => {
    const lengths = [31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30];
    const of = (year: number) => monthsOf(year).map(({ month }) => monthLength(year, month));
    expect(of(1404)).to.deep.equal([...lengths, 29]);
    expect(of(1403)).to.deep.equal([...lengths, 30]);
  });

  it('lays the months of a year end to end', () => {
    for (const year of [1403, 1404, 1405]) {
      const months = monthsOf(year);
      const { from, to } = fiscalYearDays(year);
      expect([months[0]!.from, months[11]!.to]).to.deep.equal([from, to]);
      for (const { month, from: first } of months.slice(1))
        expect(addDays(months[month - 2]!.to, 1)).to.equal(first);
      expect(daysBetween(from, to) + 1).to.equal(isLeapYear(year) ? 366 : 365);
      expect([fiscalYear(from), fiscalYear(to)]).to.deep.equal([year, year]);
    }
    expect(monthDays(1405, 8)).to.deep.equal({ from: '2026-10-23', to: saturday });
  });

  it('starts the week on Saturday', () => {
    expect(weekdayOf(saturday)).to.equal(0);
    expect(weekdayOf(addDays(saturday, 6))).to.equal(6);
    expect(weekdayName(3, 'fa')).to.equal('سه\u200cشنبه');
    expect(weekdayName(6, 'en')).to.equal('Friday');
  });
});

describe('ISO days', () => {
  it('are days of the calendar written in full', () => {
    for (const day of [saturday, '2024-02-29', '1921-03-21']) expect(isIsoDay(day)).to.equal(true);
    for (const text of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '', '2026-11-21T00'])
      expect(isIsoDay(text), text).to.equal(false);
  });

  it('are added to and counted between', () => {
    expect(addDays(saturday, 10)).to.equal('2026-12-01');
    expect(addDays('2024-03-01', -1)).to.equal('2024-02-29');
    expect(daysBetween(saturday, '2026-12-01')).to.equal(10);
    expect(daysBetween(saturday, '2026-11-20')).to.equal(-1);
    expect(daysBetween(saturday, saturday)).to.equal(0);
  });
});

describe('the day in Tehran', () => {
  it('begins at half past eight in the evening of Greenwich', () => {
    expect(dayInTehran('2026-11-20T20:29:59.999Z')).to.equal('2026-11-20');
    expect(dayInTehran('2026-11-20T20:30:00.000Z')).to.equal(saturday);
    expect(dayInTehran(new Date('2026-06-20T20:30:00.000Z'))).to.equal('2026-06-21');
  });

  it('began an hour earlier in the summers before 1401', () => {
    expect(dayInTehran('2021-06-20T19:30:00.000Z')).to.equal('2021-06-21');
  });
});

describe('a day shown', () => {
  it('is shown in the digits and names of the language', () => {
    expect(formatDay(saturday, 'fa', 'date')).to.equal('۱۴۰۵/۰۸/۳۰');
    expect(formatDay(saturday, 'fa', 'day')).to.equal('۳۰ آبان ۱۴۰۵');
    expect(formatDay(saturday, 'fa', 'weekday')).to.equal('شنبه ۳۰ آبان ۱۴۰۵');
    expect(formatDay(saturday, 'en', 'date')).to.equal('1405/08/30');
    expect(formatDay(saturday, 'en', 'day')).to.equal('30 Aban 1405');
    expect(formatDay(saturday, 'en', 'weekday')).to.equal('Saturday 30 Aban 1405');
    expect(formatDay('2026-03-21', 'fa', 'date')).to.equal('۱۴۰۵/۰۱/۰۱');
    expect(formatDay('2026-03-21', 'fa', 'day')).to.equal('۱ فروردین ۱۴۰۵');
  });

  it('is shown with its hour and minute in Tehran', () => {
    expect(formatMoment('2026-11-21T14:12:59Z', 'fa')).to.equal('۳۰ آبان ۱۴۰۵، ساعت ۱۷:۴۲');
    expect(formatMoment('2026-11-21T14:12:59Z', 'en')).to.equal('30 Aban 1405, 17:42');
    expect(formatMoment(new Date('2026-11-20T20:30:00Z'), 'en')).to.equal('30 Aban 1405, 00:00');
  });

  it('has months and weekdays named as ICU names them', () => {
    const fa = { timeZone: 'UTC', month: 'long' } as const;
    for (const { month, from } of monthsOf(1405))
      expect(monthName(month, 'fa')).to.equal(
        new Intl.DateTimeFormat('fa-u-ca-persian', fa).format(Date.parse(from)),
      );
    const weekday = new Intl.DateTimeFormat('fa', { timeZone: 'UTC', weekday: 'long' });
    for (let at = 0; at < 7; at++)
      expect(weekdayName(at, 'fa')).to.equal(weekday.format(Date.parse(addDays(saturday, at))));
  });
});
