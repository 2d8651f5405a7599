/**
 * What stands on each account of each fund, and what moved, without the entries that closed and opened
 * years: those move nothing in the world, and would hide what a closed year earned and spent.
 */
import { type Db, prepared } from '../provinces/connection.ts';
import { addDays, jalaliParts, monthDays, monthLength } from '../values/jalali-date.ts';
import { type Moved, onSide, type Sums } from './balances.ts';
import type { Period } from './period.ts';

/** Debit less credit of an account in a fund. */
export type Net = { account: string; fund: string; net: number };
export type Moves = { account: string; fund: string; debit: number; credit: number };

/**
 * Which entries of year ends are left out: those that only carry balances over midnight, or also those
 * that take income and expense into net assets.
 */
export type Without = 'carrying' | 'closing';

const MONTHS = `SELECT account, fund, sum(debit_rial) AS debit, sum(credit_rial) AS credit
  FROM balances WHERE centre_id = @centreId AND (year < @year OR (year = @year AND month <= @month))
  GROUP BY account, fund`;

const DAYS = `SELECT l.account, l.fund, sum(l.debit_rial) AS debit, sum(l.credit_rial) AS credit
  FROM entries e JOIN entry_lines l ON l.entry_id = e.id
  WHERE e.centre_id = @centreId AND e.entry_on BETWEEN @from AND @to GROUP BY l.account, l.fund`;

// Each entry of a closing, and what took it back.
const YEAR_ENDS = `WITH ends AS (
    SELECT entry_id AS id FROM year_closing_entries
    WHERE centre_id = @centreId AND kind IN (SELECT value FROM json_each(@kinds))
    UNION ALL
    SELECT e.id FROM year_closing_entries c JOIN entries e ON e.reverses_entry_id = c.entry_id
    WHERE c.centre_id = @centreId AND c.kind IN (SELECT value FROM json_each(@kinds)))
  SELECT l.account, l.fund, sum(l.debit_rial) AS debit, sum(l.credit_rial) AS credit
  FROM ends CROSS JOIN entries e ON e.id = ends.id CROSS JOIN entry_lines l ON l.entry_id = e.id
  WHERE e.entry_on BETWEEN @from AND @to GROUP BY l.account, l.fund`;

const OPENED = `SELECT l.account, l.fund, l.debit_rial AS debit, l.credit_rial AS credit
  FROM (
    SELECT entry_id, opened_on FROM opening_balances WHERE centre_id = @centreId
    UNION ALL
    SELECT a.entry_id, s.opened_on FROM stock_sheets s JOIN stock_sheet_answers a ON a.sheet_id = s.id
    WHERE s.centre_id = @centreId AND a.agreed = 1) o
  JOIN entry_lines l ON l.entry_id = o.entry_id WHERE o.opened_on BETWEEN @from AND @to`;

const statements = prepared((db) => ({
  months: db.$client.prepare(MONTHS),
  days: db.$client.prepare(DAYS),
  yearEnds: db.$client.prepare(YEAR_ENDS),
  opened: db.$client.prepare(OPENED),
}));

const FIRST_DAY = '0000-01-01';
const KINDS = {
  carrying: ['permanent', 'opening'],
  temporary: ['temporary'],
  closing: ['permanent', 'opening', 'temporary'],
};

/** Debits and credits of days, raw: with all that was ever posted. */
function sumsBetween(db: Db, centreId: number, { from, to }: Period): Moves[] {
  return statements(db).days.all({ centreId, from, to }) as Moves[];
}

function sumsUntil(db: Db, centreId: number, day: string): Sum {
  const { year, month, day: inMonth } = jalaliParts(day);
  const length = monthLength(year, month);
  const days = monthDays(year, month);
  const early = inMonth <= length / 2;
  const sum = new Sum();
  const until = { centreId, year, month: early ? month - 1 : month };
  sum.add(statements(db).months.all(until) as Moves[], 1);
  if (early) sum.add(sumsBetween(db, centreId, { from: days.from, to: day }), 1);
  else if (inMonth < length) {
    sum.add(sumsBetween(db, centreId, { from: addDays(day, 1), to: days.to }), -1);
  }
  return sum;
}

function yearEnds(db: Db, centreId: number, kinds: keyof typeof KINDS, days: Period): Moves[] {
  const asked = { centreId, kinds: JSON.stringify(KINDS[kinds]), ...days };
  return statements(db).yearEnds.all(asked) as Moves[];
}

/** Sums by account and fund, in the order of the accounts. */
class Sum {
  readonly #moves = new Map<string, Moves>();

  add(moves: Moves[], sign: 1 | -1): this {
    for (const { account, fund, debit, credit } of moves) {
      const key = `${account} ${fund}`;
      const before = this.#moves.get(key) ?? { account, fund, debit: 0, credit: 0 };
      const after = { debit: before.debit + sign * debit, credit: before.credit + sign * credit };
      this.#moves.set(key, { account, fund, ...after });
    }
    return this;
  }

  get moves(): Moves[] {
    return [...this.#moves.keys()].sort().map((key) => this.#moves.get(key)!);
  }
}

/** What stands at the end of a day; of a closed year's last day too. */
export function netsThrough(
  db: Db,
  centreId: number,
  day: string,
  without: Without = 'carrying',
): Net[] {
  const sum = sumsUntil(db, centreId, day);
  sum.add(yearEnds(db, centreId, without, { from: FIRST_DAY, to: day }), -1);
  return netsOf(sum.moves);
}

const netsOf = (moves: Moves[]): Net[] =>
  moves.map(({ account, fund, debit, credit }) => ({ account, fund, net: debit - credit }));

/** What the books have on each account at the end of a day, closing entries and all. */
export function bookedThrough(db: Db, centreId: number, day: string): Net[] {
  return netsOf(sumsUntil(db, centreId, day).moves);
}

/** What stood before the first day, what the books began with in these days, and what moved. */
export type Figures = { opening: Net[]; moved: Moves[]; closing: Net[]; afterClosing: Net[] };

/**
 * The figures of a period. Opening: what stood before, years that ended before closed into net assets,
 * with what the centre brought in as its books began. Moved: all else but the entries of year ends.
 * Closing: the sum of both. After closing: what is left once the years that were closed in these days
 * have their income and expense in net assets.
 */
export function figuresOf(db: Db, centreId: number, { from, to }: Period): Figures {
  const before = addDays(from, -1);
  const brought = statements(db).opened.all({ centreId, from, to }) as Moves[];
  const opening = sumsUntil(db, centreId, before)
    .add(yearEnds(db, centreId, 'carrying', { from: FIRST_DAY, to: before }), -1)
    .add(brought, 1);
  const moved = sumsUntil(db, centreId, to)
    .add(sumsUntil(db, centreId, before).moves, -1)
    .add(yearEnds(db, centreId, 'closing', { from, to }), -1)
    .add(brought, -1).moves;
  const closing = new Sum().add(opening.moves, 1).add(moved, 1);
  const temporary = yearEnds(db, centreId, 'temporary', { from, to });
  const after = new Sum().add(closing.moves, 1).add(temporary, 1);
  return {
    ...{ opening: netsOf(opening.moves), moved },
    ...{ closing: netsOf(closing.moves), afterClosing: netsOf(after.moves) },
  };
}

/** What moved on an account, and what is left there once closed years are in net assets. */
export type AccountMoves = Moved & { after: number };

/** The figures of a period by account alone, of all funds or of one. */
export function accountMoves(
  db: Db,
  centreId: number,
  period: Period,
  fund?: string,
): Map<string, AccountMoves> {
  const { opening, moved, afterClosing } = figuresOf(db, centreId, period);
  const sums = new Map<string, AccountMoves>();
  const mine = <T extends { fund: string }>(rows: T[]) =>
    fund === undefined ? rows : rows.filter((one) => one.fund === fund);
  const at = (account: string): AccountMoves => {
    const known = sums.get(account);
    if (known) return known;
    const fresh = { opening: nothing(), turnover: nothing(), after: 0 };
    sums.set(account, fresh);
    return fresh;
  };
  for (const { account, net } of mine(opening)) addTo(at(account).opening, onSide(net));
  for (const { account, ...sum } of mine(moved)) addTo(at(account).turnover, sum);
  for (const { account, net } of mine(afterClosing)) at(account).after += net;
  return new Map([...sums.keys()].sort().map((account) => [account, sums.get(account)!]));
}

const nothing = (): Sums => ({ debit: 0, credit: 0 });

function addTo(sums: Sums, { debit, credit }: Sums): void {
  sums.debit += debit;
  sums.credit += credit;
}
