/** The night of Eid al-Fitr: the day and the rate set by the province, many clerks, drawers counted. */
import { confirmClerk, countClerk } from '../../src/fitra/counts.ts';
import { enterFitra } from '../../src/fitra/gifts.ts';
import { setRate } from '../../src/fitra/rates.ts';
import { setEidDay } from '../../src/funds/eid.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { serial, type Turn, words } from './house.ts';

const RATE = 1_200_000;

/** The first of Shawwal between two days; undefined where there is none. */
export function eidBetween(
  from: string,
  to: string,
): { eidOn: string; lunarYear: number } | undefined {
  const calendar = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', {
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' },
  });
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const parts = calendar.formatToParts(new Date(`${day}T12:00:00Z`));
    const part = (type: string) => parts.find((one) => one.type === type)?.value;
    if (part('month') === '10' && part('day') === '1') {
      return { eidOn: day, lunarYear: Number(part('year')) };
    }
  }
  return undefined;
}

export function setEid(turn: Turn, eidOn: string, lunarYear: number): void {
  const { tx, today, house } = turn;
  const deputy = turn.as(house.deputy);
  setEidDay(tx, deputy, { lunarYear, eidOn, source: words.said.eidSource });
  setRate(tx, deputy, {
    ...{ lunarYear, staple: 'wheat', rateRial: RATE, marja: words.marja },
    ...{ source: words.said.rateSource, fromOn: today },
  });
}

/** One press of the four keys, by one of two clerks. */
export function press(turn: Turn, nth: number): void {
  const { tx, centre, chance, chair, finance } = turn;
  const card = nth % 3 === 2;
  const batch = card ? serial(turn, 4) : undefined;
  const fund = nth % 5 === 4 ? 'fitra-sadat' : 'fitra-general';
  const pressed = {
    persons: 2 + chance.below(5),
    fund,
    kind: card ? 'card' : 'cash',
    batch,
  } as const;
  enterFitra(tx, nth % 2 === 0 ? finance : chair, centre, pressed);
}

/** In the morning each drawer is counted by its clerk and by the other. */
export function countDrawers({ tx, centre, chair, finance }: Turn): void {
  for (const [clerk, other] of [
    [finance, chair],
    [chair, finance],
  ] as const) {
    const expected = tx.$client
      .prepare(
        `SELECT coalesce(sum(d.amount_rial), 0) AS rial, count(*) AS gifts FROM fitra_gifts f
         JOIN donations d ON d.id = f.donation_id
         WHERE f.centre_id = ? AND f.clerk_id = ? AND d.kind = 'cash'`,
      )
      .get(centre.id, clerk.user!.id) as { rial: number; gifts: number };
    if (expected.gifts === 0) continue;
    const sheet = [{ form: 'note' as const, faceRial: 100_000, pieces: expected.rial / 100_000 }];
    const { id } = countClerk(tx, clerk, centre, { sheet, totalRial: expected.rial });
    confirmClerk(tx, other, centre, id, { totalRial: expected.rial });
  }
}
