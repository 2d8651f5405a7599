/** What stands on each account at the end of a day: months from the kept sums, days from the lines. */
import { type Db, prepared } from '../provinces/connection.ts';
import { addDays, jalaliParts, monthDays, monthLength } from '../values/jalali-date.ts';
import type { Period } from './period.ts';

export type Sums = { debit: number; credit: number };

type Row = { account: string; debit: number; credit: number };

const MONTHS = `SELECT account, sum(debit_rial) AS debit, sum(credit_rial) AS credit FROM balances
  WHERE centre_id = @centreId AND (year < @year OR (year = @year AND month <= @month))`;

const DAYS = `SELECT l.account, sum(l.debit_rial) AS debit, sum(l.credit_rial) AS credit
  FROM entries e JOIN entry_lines l ON l.entry_id = e.id
  WHERE e.centre_id = @centreId AND e.entry_on BETWEEN @from AND @to`;

const statements = prepared((db) => ({
  months: db.$client.prepare(`${MONTHS} GROUP BY account`),
  monthsOfFund: db.$client.prepare(`${MONTHS} AND fund = @fund GROUP BY account`),
  days: db.$client.prepare(`${DAYS} GROUP BY l.account`),
  daysOfFund: db.$client.prepare(`${DAYS} AND l.fund = @fund GROUP BY l.account`),
}));

/**
 * Debits and credits of each subsidiary account from the first entry to the end of a day. Of the
 * day's own month the shorter part is counted line by line: added when the day is early in the
 * month, taken off the whole month when it is late.
 */
export function sumsThrough(
  db: Db,
  centreId: number,
  day: string,
  fund?: string,
): Map<string, Sums> {
  const { year, month, day: inMonth } = jalaliParts(day);
  const length = monthLength(year, month);
  const days = monthDays(year, month);
  const early = inMonth <= length / 2;
  const sums = monthSums(db, { centreId, year, month: early ? month - 1 : month, fund });
  if (early) addDaySums(db, sums, { centreId, fund, from: days.from, to: day }, 1);
  else if (inMonth < length) {
    addDaySums(db, sums, { centreId, fund, from: addDays(day, 1), to: days.to }, -1);
  }
  return sums;
}

type Months = { centreId: number; year: number; month: number; fund: string | undefined };

function monthSums(db: Db, months: Months): Map<string, Sums> {
  const { months: all, monthsOfFund } = statements(db);
  const { fund, ...rest } = months;
  const rows = fund === undefined ? all.all(rest) : monthsOfFund.all(months);
  return new Map((rows as Row[]).map(({ account, ...sums }) => [account, sums]));
}

type Days = Period & { centreId: number; fund: string | undefined };

function addDaySums(db: Db, sums: Map<string, Sums>, days: Days, sign: 1 | -1): void {
  const { days: all, daysOfFund } = statements(db);
  const { fund, ...rest } = days;
  const rows = (fund === undefined ? all.all(rest) : daysOfFund.all(days)) as Row[];
  for (const { account, debit, credit } of rows) {
    const before = sums.get(account) ?? { debit: 0, credit: 0 };
    sums.set(account, {
      debit: before.debit + sign * debit,
      credit: before.credit + sign * credit,
    });
  }
}

/** What was on each account before the period, and what moved in it. */
export type Moved = { opening: Sums; turnover: Sums };

export function movesOf(
  db: Db,
  centreId: number,
  { from, to }: Period,
  fund?: string,
): Map<string, Moved> {
  const before = sumsThrough(db, centreId, addDays(from, -1), fund);
  const after = sumsThrough(db, centreId, to, fund);
  const nothing = { debit: 0, credit: 0 };
  const codes = [...new Set([...before.keys(), ...after.keys()])].sort();
  return new Map(
    codes.map((code) => {
      const opening = before.get(code) ?? nothing;
      const { debit, credit } = after.get(code) ?? nothing;
      const turnover = { debit: debit - opening.debit, credit: credit - opening.credit };
      return [code, { opening, turnover }];
    }),
  );
}

/** The same sum on the side where it stands; the other side is zero. */
export function onSide(net: number): Sums {
  return { debit: Math.max(net, 0), credit: Math.max(-net, 0) };
}

/** The side on which a balance stands. */
export function sideOf(balance: number): 'debit' | 'credit' | 'none' {
  return balance > 0 ? 'debit' : balance < 0 ? 'credit' : 'none';
}
