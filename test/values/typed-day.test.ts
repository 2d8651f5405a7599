import { expect } from 'chai';
import { addDays, formatDay, isoFromJalali, readDay } from '../../src/values/jalali-date.ts';

const today = '2026-11-21';
const aban30 = today;

function reads(day: string, ...typed: string[]) {
  for (const text of typed) expect(readDay(text, { today }), text).to.deep.equal({ value: day });
}

function refuses(fault: string, ...typed: string[]) {
  for (const text of typed)
    expect(readDay(text, { today }), text).to.deep.equal({ fault: `values:day.${fault}` });
}

describe('a typed day', () => {
  it('is read in figures, whatever stands between them', () => {
    reads(aban30, '1405/08/30', '1405-8-30', '1405.8.30', '1405 8 30', ' 1405 / 08 / 30 ');
    reads(aban30, '1405\u221208\u201330', '1405؍08؍30');
  });

  it('is read in any digits, with marks that are not seen', () => {
    reads(aban30, '۱۴۰۵/۰۸/۳۰', '١٤٠٥/٠٨/٣٠', '\u200e۱۴۰۵/۰۸/۳۰\u200f', '\u2067۱۴۰۵/۸/۳۰\u2069');
  });

  it('is read with the name of its month', () => {
    reads(
      aban30,
      '30 آبان 1405',
      '۳۰ آبان ۱۴۰۵',
      '30آبان1405',
      '۳۰ ابان ماه ۱۴۰۵',
      '۳۰ آبان\u200cماه',
    );
    reads(aban30, '30 Aban 1405', '30 ABAN', '30 آبان 05');
    reads(isoFromJalali(1405, 2, 3), '3 ارديبهشت', '۳ اردی بهشت ۱۴۰۵');
  });

  it('is of this year where no year is written', () => {
    reads(aban30, '۳۰ آبان');
    expect(readDay('۱ فروردین', { today: '2025-03-20' })).to.deep.equal({ value: '2024-03-20' });
  });

  it('is read with its day of the week, which must be right', () => {
    reads(aban30, 'شنبه ۳۰ آبان ۱۴۰۵', 'Saturday, 30 Aban 1405', 'شنبه، ۳۰ آبان');
    reads(addDays(aban30, 3), 'سه شنبه ۳ آذر', 'سه‌شنبه ۳ آذر', 'سهشنبه 3 آذر');
    refuses('weekday', 'جمعه ۳۰ آبان ۱۴۰۵', 'یکشنبه ۳۰ آبان');
    refuses('length.8', 'شنبه ۳۱ آبان');
  });

  it('is read back from however it is shown', () => {
    for (let day = isoFromJalali(1403, 12, 1); day < '2026-01-01'; day = addDays(day, 1))
      for (const language of ['fa', 'en'] as const)
        for (const style of ['date', 'day', 'weekday'] as const) {
          const read = readDay(formatDay(day, language, style), { today });
          if (!('value' in read) || read.value !== day) expect.fail(`${day} as ${style}`);
        }
  });

  it('is read as today, yesterday and the day before', () => {
    reads(today, 'امروز', ' امروز ', 'Today');
    reads('2026-11-20', 'دیروز', 'ديروز', 'yesterday');
    reads('2026-11-19', 'پریروز', 'پری‌روز');
  });

  it('is read in the Gregorian calendar', () => {
    reads(aban30, '2026-11-21', '2026/11/21', '۲۰۲۶-۱۱-۲۱');
    reads('1921-03-21', '1921-03-21');
    refuses('no-such-day', '2026-02-29', '2026-13-01', '2026-11-31', '2026-00-10');
    refuses('year', '1921-03-20', '2122-03-21', '9999-12-31');
  });

  it('takes a year of two digits for the nearest that is not far ahead', () => {
    reads(aban30, '05/8/30', '۰۵/۰۸/۳۰');
    reads(isoFromJalali(1415, 1, 1), '15/1/1');
    reads(isoFromJalali(1399, 1, 1), '99/1/1');
    reads(isoFromJalali(1316, 1, 1), '16/1/1');
  });

  it('wants the year first', () => {
    refuses('order', '30/8/1405', '30-08-1405', '21/11/2026', '30 8 1405');
  });

  it('is not left empty', () => {
    refuses('empty', '', '   ', '\u200e');
  });

  it('is not anything else', () => {
    refuses(
      'unreadable',
      'پارسال',
      'x',
      '1405',
      '1405/08',
      '08/30',
      '1405/08/30/1',
      '۳۰ فلان',
      '/',
    );
    refuses(
      'unreadable',
      '5/8/30',
      '140/8/30',
      '1405/008/30',
      '1405/8/030',
      '30/آبان/1405x',
      '-1405/8/30',
    );
    refuses('unreadable', '2026-11-21T10:00:00Z', '14050830', '۳۰ آبان ۱۴۰', 'سی آبان', '1405/8/x');
  });
});

describe('a day that is not in the calendar', () => {
  it('is refused with the length of its month', () => {
    for (let month = 1; month <= 6; month++) refuses(`length.${month}`, `1405/${month}/32`);
    for (let month = 7; month <= 11; month++) refuses(`length.${month}`, `1405/${month}/31`);
    refuses('length.7', '۳۱ مهر', '1405/7/0');
  });

  it('is refused on the thirtieth of Esfand of a common year only', () => {
    refuses('length.12', '1404/12/30', '۳۰ اسفند ۱۴۰۴', '30 Esfand');
    reads('2025-03-20', '1403/12/30', '۳۰ اسفند ۱۴۰۳');
    refuses('length.12-leap', '1403/12/31');
  });

  it('is refused in a thirteenth month and in none', () => {
    refuses('month', '1405/13/1', '1405/0/1', '1405/99/99');
  });

  it('is refused before 1300 and after 1500', () => {
    refuses('year', '1299/12/29', '1501/1/1', '1700/1/1', '0000/1/1', '۳۰ آبان ۱۲۰۰');
    reads(isoFromJalali(1300, 1, 1), '1300/1/1');
    reads(isoFromJalali(1500, 12, 29), '1500/12/29');
  });
});
