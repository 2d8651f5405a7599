/** The statement of funds: opening, in, out and closing of each over some days, and where it lies. */
import type { Period } from '../books/period.ts';
import { figuresOf } from '../books/statement-figures.ts';
import { type Db, prepared } from '../provinces/connection.ts';
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

/** What one account of a fund stood at, what moved on it without year ends, and what it stands at. */
type Moved = { opening: number; debit: number; credit: number; closing: number };
type ByAccount = Map<string, Moved>;

const statements = prepared((db) => ({
  held: db.$client.prepare(
    `SELECT fund, sum(debit_rial - credit_rial) AS rial FROM balances
     WHERE centre_id = ? AND account GLOB '[12]*' GROUP BY fund`,
  ),
}));

/** Every fund that has or had anything by the end of the period, in the order of the funds. */
export function fundStatements(db: Db, centreId: number, period: Period): FundStatement[] {
  const funds = movedByFund(db, centreId, period);
  return fundsOf(db, period.to)
    .filter(({ code }) => funds.has(code))
    .map((fund) => statementOf(fund, funds.get(fund.code)!));
}

/** The accounts of one fund over a period. */
export function accountsOfFund(
  db: Db,
  centreId: number,
  { fund, ...period }: Period & { fund: string },
): FundAccount[] {
  const accounts = movedByFund(db, centreId, period).get(fund) ?? new Map<string, Moved>();
  return [...accounts]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([account, moved]) => ({ account, ...moved }));
}

/** What each fund has today: no entry is of a day to come, so the kept balances are enough. */
export function fundsHeld(db: Db, centreId: number): Map<string, number> {
  const rows = statements(db).held.all(centreId) as { fund: string; rial: number }[];
  return new Map(rows.map(({ fund, rial }) => [fund, rial]));
}

function statementOf(fund: Fund, accounts: ByAccount): FundStatement {
  let [came, went] = [0, 0];
  for (const [account, { debit, credit }] of accounts) {
    if (account[0] === '5') came += credit - debit;
    else if (SPENT.test(account)) went += debit - credit;
    else if (!isAsset(account) && account[0] !== '9') {
      came += credit;
      went += debit;
    }
  }
  const sum = (at: 'opening' | 'closing', pattern: RegExp) =>
    [...accounts].reduce((all, [code, moved]) => (pattern.test(code) ? all + moved[at] : all), 0);
  const lies = (pattern: RegExp) => sum('closing', pattern);
  return {
    fund,
    ...{ opening: sum('opening', ASSET), in: came, out: went, closing: lies(ASSET) },
    ...{ cash: lies(/^1101$/), bank: lies(/^1102$/), underway: lies(/^110[345]$/) },
    ...{ goods: lies(/^13/), other: lies(/^1[^13]|^11(?!0[1-5])|^2/) },
  };
}

/** Current and fixed assets: what there is. */
const ASSET = /^[12]/;
const isAsset = (account: string) => ASSET.test(account);
/** Programmes, running costs and what was adjusted. */
const SPENT = /^[678]/;

/** As the financial statements reckon it: what closes and opens years moves nothing. */
function movedByFund(db: Db, centreId: number, period: Period): Map<string, ByAccount> {
  const { opening, moved, closing } = figuresOf(db, centreId, period);
  const funds = new Map<string, ByAccount>();
  for (const { fund, account, net } of closing) {
    const accounts = funds.get(fund) ?? new Map<string, Moved>();
    funds.set(fund, accounts.set(account, { opening: 0, debit: 0, credit: 0, closing: net }));
  }
  for (const { fund, account, net } of opening) funds.get(fund)!.get(account)!.opening = net;
  for (const { fund, account, debit, credit } of moved) {
    Object.assign(funds.get(fund)!.get(account)!, { debit, credit });
  }
  return funds;
}
