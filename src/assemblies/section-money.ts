/**
 * What came in and went out by fund, for benefactors and volunteers (B-67, B-71): no name, and no
 * amount from which a single gift could be told. Days are whole seasons that have passed. A fund is
 * told only if in each season nobody gave to it or three gifts did; the total only if what is left
 * untold of each season is of three gifts or none, so that no subtraction of reports finds one.
 */
import { type Db, prepared } from '../provinces/connection.ts';
import { addDays, isoFromJalali, jalaliParts } from '../values/jalali-date.ts';
import type { Days } from './section-figures.ts';

export const FEWEST_GIFTS = 3;
const SEASON_MONTHS = 3;

/** An amount is null where it would tell of a single gift. */
export type FundIn = { fund: string; amountRial: number | null };
export type Spent = { fund: string; account: string; amountRial: number };
export type Money = {
  income: FundIn[];
  /** Null where it would tell, by subtraction, what was left out. */
  incomeTotal: number | null;
  /** Of the funds that are told. */
  spending: Spent[];
  /** Null when a fund was left out. */
  spendingTotal: number | null;
};

type Cell = { fund: string; year: number; season: number; gifts: number; amount: number };

/** Entries of a season, but for those taken back within it. */
const statements = prepared(({ $client: client }) => ({
  cells: client.prepare(
    `SELECT l.fund, e.year, (e.month - 1) / ${SEASON_MONTHS} AS season,
       count(DISTINCT e.id) AS gifts, sum(l.credit_rial - l.debit_rial) AS amount
     FROM entries e JOIN entry_lines l ON l.entry_id = e.id JOIN funds f ON f.code = l.fund
     LEFT JOIN entries x ON x.id = e.reverses_entry_id OR x.reverses_entry_id = e.id
     WHERE e.centre_id = @centreId AND e.entry_on BETWEEN @from AND @to AND l.account LIKE '5%'
       AND (x.id IS NULL OR x.year <> e.year
         OR (x.month - 1) / ${SEASON_MONTHS} <> (e.month - 1) / ${SEASON_MONTHS})
     GROUP BY l.fund, e.year, season ORDER BY f.position, e.year, season`,
  ),
  spent: client.prepare(
    `SELECT l.fund, l.account, sum(l.debit_rial - l.credit_rial) AS amountRial
     FROM entries e JOIN entry_lines l ON l.entry_id = e.id JOIN funds f ON f.code = l.fund
     WHERE e.centre_id = @centreId AND e.entry_on BETWEEN @from AND @to
       AND (l.account LIKE '6%' OR l.account LIKE '7%')
     GROUP BY l.fund, l.account HAVING amountRial <> 0 ORDER BY f.position, l.account`,
  ),
}));

/** The whole seasons within these days that have passed; undefined when there is none. */
export function seasonsWithin({ from, to }: Days, today: string): Days | undefined {
  const begins = seasonOf(from).from;
  const last = to < today ? to : addDays(today, -1);
  const ends = seasonOf(last);
  const end = ends.to <= last ? ends.to : addDays(ends.from, -1);
  const start = begins < from ? addDays(seasonOf(from).to, 1) : begins;
  return start <= end ? { from: start, to: end } : undefined;
}

/** The season of a day: three Jalali months, both ends included. */
export function seasonOf(day: string): Days {
  const { year, month } = jalaliParts(day);
  const first = month - ((month - 1) % SEASON_MONTHS);
  const isLast = first + SEASON_MONTHS > 12;
  const next = isLast
    ? isoFromJalali(year + 1, 1, 1)
    : isoFromJalali(year, first + SEASON_MONTHS, 1);
  return { from: isoFromJalali(year, first, 1), to: addDays(next, -1) };
}

export function moneyOf(db: Db, centreId: number, days: Days): Money {
  const cells = statements(db).cells.all({ centreId, ...days }) as Cell[];
  const funds = [...new Set(cells.map(({ fund }) => fund))];
  const untold = new Set(cells.filter(({ gifts }) => gifts < FEWEST_GIFTS).map(({ fund }) => fund));
  const sum = (some: Cell[]) => some.reduce((all, { amount }) => all + amount, 0);
  const income = funds.map((fund) => ({
    fund,
    amountRial: untold.has(fund) ? null : sum(cells.filter((cell) => cell.fund === fund)),
  }));
  const spent = statements(db).spent.all({ centreId, ...days }) as Spent[];
  const spending = spent.filter(({ fund }) => !untold.has(fund));
  return {
    ...{ income, incomeTotal: isTotalSafe(cells) ? sum(cells) : null, spending },
    spendingTotal:
      spending.length === spent.length
        ? spending.reduce((all, { amountRial }) => all + amountRial, 0)
        : null,
  };
}

/** Whether what is untold of each season is together of enough gifts. */
function isTotalSafe(cells: Cell[]): boolean {
  const few = new Map<string, number>();
  for (const { year, season, gifts } of cells) {
    if (gifts >= FEWEST_GIFTS) continue;
    const at = `${year}-${season}`;
    few.set(at, (few.get(at) ?? 0) + gifts);
  }
  return [...few.values()].every((gifts) => gifts >= FEWEST_GIFTS);
}
