/** The statement of funds: opening, in, out and closing of each over some days, and where it lies. */
import type { Period } from '../books/period.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { addDays, jalaliParts, monthDays, monthLength } from '../values/jalali-date.ts';
import { type Fund, fundsOf } from './funds.ts';

/** Where what a fund has lies, in rials; goods at the value they were taken in with. */
export type Places = { cash: number; bank: number; underway: number; goods: number; other: number };

export type FundStatement = Places & {
  fund: Fund;
  opening: number;
  in: number;
  out: number;
  /** Opening, plus what came in, less what went out; what lies in all its places. */
  closing: number;
};

/** One account of a fund: debit less credit at both ends, and what moved between. */
export type FundAccount = {
  account: string;
  opening: number;
  debit: number;
  credit: number;
  closing: number;
};

type Sums = { debit: number; credit: number };
type Row = Sums & { fund: string; account: string };
type ByAccount = Map<string, Sums>;

const MONTHS = `SELECT fund, account, sum(debit_rial) AS debit, sum(credit_rial) AS credit
  FROM balances WHERE centre_id = @centreId AND (year < @year OR (year = @year AND month <= @month))
  GROUP BY fund, account`;
const DAYS = `SELECT l.fund, l.account, sum(l.debit_rial) AS debit, sum(l.credit_rial) AS credit
  FROM entries e JOIN entry_lines l ON l.entry_id = e.id
  WHERE e.centre_id = @centreId AND e.entry_on BETWEEN @from AND @to GROUP BY l.fund, l.account`;

const statements = prepared((db) => ({
  months: db.$client.prepare(MONTHS),
  days: db.$client.prepare(DAYS),
  held: db.$client.prepare(
    `SELECT fund, sum(debit_rial - credit_rial) AS rial FROM balances
     WHERE centre_id = ? AND account GLOB '[12]*' GROUP BY fund`,
  ),
}));

/** Every fund that has or had anything by the end of the period, in the order of the funds. */
export function fundStatements(db: Db, centreId: number, period: Period): FundStatement[] {
  const before = sumsByFund(db, centreId, addDays(period.from, -1));
  const after = sumsByFund(db, centreId, period.to);
  return fundsOf(db, period.to)
    .filter(({ code }) => after.has(code))
    .map((fund) => statementOf(fund, before.get(fund.code), after.get(fund.code)!));
}

/** The accounts of one fund over a period. */
export function accountsOfFund(
  db: Db,
  centreId: number,
  { from, to, fund }: Period & { fund: string },
): FundAccount[] {
  const before = sumsByFund(db, centreId, addDays(from, -1)).get(fund);
  const after = sumsByFund(db, centreId, to).get(fund) ?? new Map<string, Sums>();
  return [...after]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([account, sums]) => {
      const opened = before?.get(account) ?? NOTHING;
      return {
        ...{ account, opening: opened.debit - opened.credit, closing: sums.debit - sums.credit },
        ...{ debit: sums.debit - opened.debit, credit: sums.credit - opened.credit },
      };
    });
}

/** What each fund has today: no entry is of a day to come, so the kept balances are enough. */
export function fundsHeld(db: Db, centreId: number): Map<string, number> {
  const rows = statements(db).held.all(centreId) as { fund: string; rial: number }[];
  return new Map(rows.map(({ fund, rial }) => [fund, rial]));
}

const NOTHING: Sums = { debit: 0, credit: 0 };

function statementOf(fund: Fund, before: ByAccount | undefined, after: ByAccount): FundStatement {
  const opened = (code: string) => before?.get(code) ?? NOTHING;
  let [came, went] = [0, 0];
  for (const [account, sums] of after) {
    const debit = sums.debit - opened(account).debit;
    const credit = sums.credit - opened(account).credit;
    if (account[0] === '5') came += credit - debit;
    else if (SPENT.test(account)) went += debit - credit;
    else if (!isAsset(account) && account[0] !== '9') {
      came += credit;
      went += debit;
    }
  }
  const at = (pattern: RegExp) => sumOf(after, (account) => pattern.test(account), net);
  return {
    fund,
    opening: before ? sumOf(before, isAsset, net) : 0,
    ...{ in: came, out: went, closing: sumOf(after, isAsset, net) },
    ...{ cash: at(/^1101$/), bank: at(/^1102$/), underway: at(/^110[345]$/), goods: at(/^13/) },
    other: at(/^1[^13]|^11(?!0[1-5])|^2/),
  };
}

/** Current and fixed assets: what there is. */
const isAsset = (account: string) => /^[12]/.test(account);
/** Programmes, running costs and what was adjusted. */
const SPENT = /^[678]/;
const net = ({ debit, credit }: Sums) => debit - credit;

function sumOf(
  sums: ByAccount,
  of: (account: string) => boolean,
  told: (sums: Sums) => number,
): number {
  return [...sums].reduce((sum, [account, one]) => (of(account) ? sum + told(one) : sum), 0);
}

/**
 * Debits and credits of each fund and account from the first entry to the end of a day: whole months
 * from the kept balances, of the day's own month the shorter part from the lines.
 */
function sumsByFund(db: Db, centreId: number, day: string): Map<string, ByAccount> {
  const { year, month, day: inMonth } = jalaliParts(day);
  const length = monthLength(year, month);
  const days = monthDays(year, month);
  const early = inMonth <= length / 2;
  const funds = new Map<string, ByAccount>();
  const { months, days: daysOf } = statements(db);
  add(funds, months.all({ centreId, year, month: early ? month - 1 : month }) as Row[], 1);
  if (early) add(funds, daysOf.all({ centreId, from: days.from, to: day }) as Row[], 1);
  else if (inMonth < length) {
    add(funds, daysOf.all({ centreId, from: addDays(day, 1), to: days.to }) as Row[], -1);
  }
  return funds;
}

function add(funds: Map<string, ByAccount>, rows: Row[], sign: 1 | -1): void {
  for (const { fund, account, debit, credit } of rows) {
    const accounts = funds.get(fund) ?? new Map<string, Sums>();
    const known = accounts.get(account) ?? NOTHING;
    accounts.set(account, {
      debit: known.debit + sign * debit,
      credit: known.credit + sign * credit,
    });
    funds.set(fund, accounts);
  }
}
