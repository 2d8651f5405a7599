/** Books that nobody would keep, the same for the same seed: for what must hold of any books. */
import type { Line } from '../../src/books/entries.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import type { Written } from '../support/ledger.ts';

/** Where money lies, and what each fund of these books is given to and spent on. */
const MONEY = ['1101', '1102', '1104'];
const FUNDS: Record<string, { given: string[]; spent: string[] }> = {
  sadaqa: { given: ['5101', '5105'], spent: ['6101', '6102'] },
  vow: { given: ['5105', '5101'], spent: ['6101', '1301'] },
  'running-costs': { given: ['5111', '8101'], spent: ['7102', '7104'] },
  'khums-imam': { given: ['3103', '5101'], spent: ['3103'] },
};

/** A small generator of pseudo-random numbers from 0 to 1 (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Roll = { below: (limit: number) => number; one: <T>(list: T[]) => T };

function rolling(seed: number): Roll {
  const roll = dice(seed);
  const below = (limit: number) => Math.floor(roll() * limit);
  return { below, one: (list) => list[below(list.length)]! };
}

/**
 * Balanced entries of one to three funds on any days of a year and a half. No fund is spent beyond
 * what it has in a place, and none but on its own uses (B-81), in the order in which they stand.
 */
export function randomLedger(seed: number, many: number): Written[] {
  const roll = rolling(seed);
  const held = new Map<string, number>();
  return Array.from({ length: many }, (_, at) => ({
    entryOn: addDays('2025-06-01', roll.below(530)),
    description: `entry ${at}; of: everything | and more`,
    lines: Array.from({ length: 1 + roll.below(3) }, () => move(roll, held)).flat(),
  }));
}

/** A gift, money carried from one place to another, or money spent. */
function move(roll: Roll, held: Map<string, number>): Line[] {
  const fund = roll.one(Object.keys(FUNDS));
  const { given, spent } = FUNDS[fund]!;
  const [one, other] = [roll.one(MONEY), roll.one(MONEY)];
  const has = held.get(`${one} ${fund}`) ?? 0;
  const isGift = has < 2 || roll.below(2) === 0;
  const amount = isGift ? 2 + roll.below(10) ** roll.below(14) : 2 + roll.below(has - 1);
  const part = 1 + roll.below(amount - 1);
  const to = isGift ? one : roll.one([other, ...spent]);
  const froms = isGift ? [roll.one(given), roll.one(given)] : [one, one];
  const lines = [
    { account: to, debitRial: amount, creditRial: 0 },
    { account: froms[0]!, debitRial: 0, creditRial: part, detail: 'a part, said: so' },
    { account: froms[1]!, debitRial: 0, creditRial: amount - part },
  ];
  for (const { account, debitRial, creditRial } of lines) {
    const key = `${account} ${fund}`;
    held.set(key, (held.get(key) ?? 0) + debitRial - creditRial);
  }
  return lines.map((line) => ({ fund, ...line }));
}
