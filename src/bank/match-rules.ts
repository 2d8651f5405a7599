/** Which rows of the bank and which entries are surely the same money, the surest rule first. */
import { daysBetween } from '../values/jalali-date.ts';
import type { Alone, AloneEntry, Pair } from './matches.ts';
import type { MatchRule } from './schema.ts';

/** Money reaches the bank some days after it was written down, or before. */
const DAYS_APART = 3;

/**
 * Pairs in which nothing else could be meant: an amount with its number; an amount on its day; an
 * amount within some days; a day's entries that came to the bank as one sum. What could be two
 * things is left to somebody's eye.
 */
export function pairsOf(rows: Alone[], entries: AloneEntry[]): Pair[] {
  const left = { rows: new Map(rows.map(byId)), entries: new Map(entries.map(byId)) };
  const pairs: Pair[] = [];
  const take = (pair: Pair) => {
    pairs.push(pair);
    for (const id of pair.rows) left.rows.delete(id);
    for (const id of pair.entries) left.entries.delete(id);
  };
  for (const entry of entries) {
    const reversed = left.entries.get(entry.reversesId ?? -1);
    // What was booked and taken back before it reached the bank never will.
    if (reversed) take({ rule: 'reversal', rows: [], entries: [reversed.id, entry.id] });
  }
  const rules: [MatchRule, (row: Alone, entry: Alone) => boolean][] = [
    ['reference', (row, entry) => sameReference(row, entry)],
    ['day', (row, entry) => row.on === entry.on],
    ['days', (row, entry) => Math.abs(daysBetween(row.on, entry.on)) <= DAYS_APART],
  ];
  for (const [rule, fits] of rules) {
    const byAmount = Map.groupBy(left.entries.values(), ({ rial }) => rial);
    const rowsByAmount = Map.groupBy(left.rows.values(), ({ rial }) => rial);
    for (const [rial, ours] of byAmount) {
      for (const one of onlyPairs(rowsByAmount.get(rial) ?? [], ours, fits)) take({ rule, ...one });
    }
  }
  for (const one of dailySums(left)) take(one);
  return pairs;
}

const byId = <T extends Alone>(one: T): [number, T] => [one.id, one];

/** Rows and entries of one amount of which each fits exactly one of the other side. */
function onlyPairs(
  rows: Alone[],
  entries: Alone[],
  fits: (row: Alone, entry: Alone) => boolean,
): Omit<Pair, 'rule'>[] {
  return rows.flatMap((row) => {
    const ours = entries.filter((entry) => fits(row, entry));
    if (ours.length !== 1) return [];
    const theirs = rows.filter((other) => fits(other, ours[0]!));
    return theirs.length === 1 ? [{ rows: [row.id], entries: [ours[0]!.id] }] : [];
  });
}

/** A number of the bank's is the same without the zeros before it. */
function sameReference(row: Alone, entry: Alone): boolean {
  const [theirs, ours] = [plain(row.reference), plain(entry.reference)];
  return ours.length >= 3 && theirs === ours;
}

const plain = (reference: string) => reference.replace(/\D/g, '').replace(/^0+/, '');

type Left = { rows: Map<number, Alone>; entries: Map<number, AloneEntry> };

/** One deposit of a day's cash: the only row of its day, and all that was booked on it. */
function dailySums({ rows, entries }: Left): Pair[] {
  const ours = Map.groupBy(entries.values(), ({ on }) => on);
  const theirs = Map.groupBy(rows.values(), ({ on }) => on);
  return [...theirs].flatMap(([day, [row, ...others]]) => {
    const booked = (ours.get(day) ?? []).filter(({ rial }) => rial > 0 === row!.rial > 0);
    if (others.length > 0 || booked.length < 2) return [];
    const sum = booked.reduce((total, { rial }) => total + rial, 0);
    if (sum !== row!.rial) return [];
    return [{ rule: 'sum' as const, rows: [row!.id], entries: booked.map(({ id }) => id) }];
  });
}
