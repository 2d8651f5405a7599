/** The statements of a centre: what each has in common, and what makes each. */

import { fundsOf } from '../funds/funds.ts';
import type { Restriction } from '../funds/schema.ts';
import type { Db } from '../provinces/connection.ts';
import { isoFromJalali, jalaliParts, monthLength } from '../values/jalali-date.ts';
import type { Period } from './period.ts';

export const STATEMENTS = [
  ...(['balance-sheet', 'income', 'receipts-and-payments', 'funds', 'goods', 'notes'] as const),
] as const;
export type StatementName = (typeof STATEMENTS)[number];

/** An account or a fund by its code, or words of `books:statements.rows`. */
export type Named =
  | { account: string }
  | { fund: string }
  | { word: string; values?: Record<string, string | number> }
  /** In the province's own words. */
  | { said: string }
  /** A thing of one fund. */
  | { item: string; fund: string };

export type StatementRow = {
  /** `text` has no amounts; `sum` adds up its part, `total` the statement. */
  kind: 'head' | 'line' | 'sum' | 'total' | 'text';
  named: Named;
  /** In the order of the statement's columns; null where nothing can stand. */
  amounts: (number | null)[];
  /** Of goods: thousandths of their unit, in the order of the columns. */
  quantities?: { unit: string; milli: (number | null)[] };
};

export type Statement = Period & {
  name: StatementName;
  /** Words of `books:statements.columns`; the last is of the year before. */
  columns: string[];
  rows: StatementRow[];
  /** What the statement comes to, by names that programs rely on. */
  totals: Record<string, number>;
};

/** Money of no condition, of a condition, and of somebody else: three columns that stay apart. */
export const RESTRICTIONS = ['free', 'restricted', 'held'] as const;

/** How each fund is bound; one that is not known any more counts as bound. */
export function restrictionsOf(db: Db): (fund: string) => Restriction {
  const known = new Map(fundsOf(db).map(({ code, restriction }) => [code, restriction]));
  return (fund) => known.get(fund) ?? 'restricted';
}

/** An amount of a fund, to be put into its column. */
export type Part = { fund: string; amount: number };

/** Amounts by restriction, their sum, and the sum of the year before. */
export class ByRestriction {
  readonly #of: (fund: string) => Restriction;

  constructor(of: (fund: string) => Restriction) {
    this.#of = of;
  }

  amounts(now: Part[], before: Part[]): number[] {
    const columns = RESTRICTIONS.map((one) =>
      total(now.filter(({ fund }) => this.#of(fund) === one)),
    );
    return [...columns, total(now), total(before)];
  }

  /** A row, unless there is nothing to say in it. */
  line(named: Named, now: Part[], before: Part[]): StatementRow[] {
    const amounts = this.amounts(now, before);
    return amounts.some((amount) => amount !== 0) ? [{ kind: 'line', named, amounts }] : [];
  }

  sum(word: string, now: Part[], before: Part[], kind: 'sum' | 'total' = 'sum'): StatementRow {
    return { kind, named: { word }, amounts: this.amounts(now, before) };
  }
}

export const BY_RESTRICTION = [...RESTRICTIONS, 'total', 'before'];

export function total(parts: { amount: number }[]): number {
  return parts.reduce((sum, { amount }) => sum + amount, 0);
}

export const head = (word: string): StatementRow => ({
  kind: 'head',
  named: { word },
  amounts: [],
});

/** The codes of both years' rows, once each and in order. */
export function codesOf(rows: { account: string }[], pattern: RegExp): string[] {
  return [...new Set(rows.map(({ account }) => account))]
    .filter((code) => pattern.test(code))
    .sort();
}

/** The same days of the year before; the last day of a month stays its last. */
export function yearBefore({ from, to }: Period): Period {
  return { from: aYearEarlier(from), to: aYearEarlier(to) };
}

function aYearEarlier(day: string): string {
  const { year, month, day: inMonth } = jalaliParts(day);
  const isLast = inMonth === monthLength(year, month);
  const last = monthLength(year - 1, month);
  return isoFromJalali(year - 1, month, isLast ? last : Math.min(inMonth, last));
}
