import { expect } from 'chai';
import { clockOf, minutesOf, prayersOn } from '../../src/values/prayer-times.ts';

/**
 * As published: Mashhad by shahraranews.ir/fa/news/322156 (04:16:57, 11:40:08, 17:58:01), Tehran by
 * todaytime.ir for 7 Azar 1403; by whose coordinates of the town is not told, so a minute is free.
 */
const PUBLISHED: [string, [number, number], string, string, string][] = [
  ['2025-03-16', [59.606, 36.297], '04:17', '11:40', '17:58'],
  ['2024-11-27', [51.423, 35.696], '05:24', '11:52', '17:12'],
];

describe('the calls to prayer', () => {
  for (const [day, place, ...calls] of PUBLISHED) {
    it(`on ${day} are as they were published, to the minute`, () => {
      const found = prayersOn(day, place)!;
      [found.fajr, found.dhuhr, found.maghrib].forEach((call, at) => {
        expect(call, clockOf(call)).to.be.closeTo(minutesOf(calls[at]!), 1);
      });
    });
  }

  it('follow each other, and from day to day move by few minutes, all through a year', () => {
    let before = prayersOn('2025-12-31', [59.6, 36.3])!;
    for (let day = 0; day < 366; day += 1) {
      const iso = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
      const today = prayersOn(iso, [59.6, 36.3])!;
      expect(today.fajr).to.be.within(2 * 60, 6 * 60);
      expect(today.dhuhr).to.be.within(11 * 60 + 15, 12 * 60);
      expect(today.maghrib).to.be.within(16 * 60 + 15, 20 * 60);
      for (const call of ['fajr', 'dhuhr', 'maghrib'] as const) {
        expect(Math.abs(today[call] - before[call]), iso).to.be.below(3);
      }
      before = today;
    }
  });

  it('are none where the sun does not set', () => {
    expect(prayersOn('2026-06-21', [25, 70])).to.equal(null);
  });

  it('are written as a clock shows them', () => {
    expect([clockOf(0), clockOf(1025), minutesOf('17:05')]).to.deep.equal(['00:00', '17:05', 1025]);
  });
});
