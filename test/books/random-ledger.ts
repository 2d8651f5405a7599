/** Books that nobody would keep, the same for the same seed: for what must hold of any books. */
import type { Line } from '../../src/books/entries.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import type { Written } from '../support/ledger.ts';

const ACCOUNTS = ['1101', '1102', '1104', '1301', '3103', '5101', '5105', '6101', '7102', '8101'];
const FUNDS = ['sadaqa', 'vow', 'running-costs', 'khums-imam'];

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

/** Balanced entries of one to three funds on any days of a year and a half. */
export function randomLedger(seed: number, many: number): Written[] {
  const roll = dice(seed);
  const below = (limit: number) => Math.floor(roll() * limit);
  const one = <T>(list: T[]) => list[below(list.length)]!;
  return Array.from({ length: many }, (_, at) => ({
    entryOn: addDays('2025-06-01', below(530)),
    description: `entry ${at}; of: everything | and more`,
    lines: Array.from({ length: 1 + below(3) }, () => pair(one, below)).flat(),
  }));
}

function pair(one: <T>(list: T[]) => T, below: (limit: number) => number): Line[] {
  const fund = one(FUNDS);
  const amount = 2 + below(10) ** below(14);
  const part = 1 + below(amount - 1);
  const line = { fund, debitRial: 0, creditRial: 0 };
  return [
    { ...line, account: one(ACCOUNTS), debitRial: amount },
    { ...line, account: one(ACCOUNTS), creditRial: part, detail: 'a part, said: so' },
    { ...line, account: one(ACCOUNTS), creditRial: amount - part },
  ];
}
