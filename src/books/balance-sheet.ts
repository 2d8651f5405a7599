/** The balance sheet: what the centre has, owes and holds, and whose intention binds the rest. */
import { fundsOf } from '../funds/funds.ts';
import type { Db } from '../provinces/connection.ts';
import type { Period } from './period.ts';
import { type Net, netsThrough } from './statement-figures.ts';
import {
  BY_RESTRICTION,
  ByRestriction,
  codesOf,
  head,
  type Part,
  restrictionsOf,
  type Statement,
  type StatementRow,
  total,
  yearBefore,
} from './statements.ts';

/** Assets stand as debits, the rest as credits; income and expense are net assets to be. */
const SIDES = {
  current: { accounts: /^1/, sign: 1 },
  fixed: { accounts: /^2/, sign: 1 },
  liabilities: { accounts: /^3/, sign: -1 },
  memorandum: { accounts: /^9/, sign: -1 },
} as const;

const NET_ASSETS = /^[4-8]/;

/** On any day, the last of a closed year among them. */
export function balanceSheet(db: Db, centreId: number, period: Period): Statement {
  const now = netsThrough(db, centreId, period.to);
  const before = netsThrough(db, centreId, yearBefore(period).to);
  const by = new ByRestriction(restrictionsOf(db));
  const accounts = (side: keyof typeof SIDES): StatementRow[] =>
    codesOf([...now, ...before], SIDES[side].accounts).flatMap((account) =>
      by.line({ account }, partsOf(now, side, account), partsOf(before, side, account)),
    );
  const sum = (word: string, sides: (keyof typeof SIDES)[], kind: 'sum' | 'total' = 'sum') =>
    by.sum(
      word,
      sides.flatMap((side) => partsOf(now, side)),
      sides.flatMap((side) => partsOf(before, side)),
      kind,
    );
  const own = { now: netAssetsOf(now), before: netAssetsOf(before) };
  const owed = (nets: Net[]) => [...partsOf(nets, 'liabilities'), ...partsOf(nets, 'memorandum')];
  const totals = {
    assets: total([...partsOf(now, 'current'), ...partsOf(now, 'fixed')]),
    liabilities: total(owed(now)),
    netAssets: total(own.now),
  };
  return {
    ...{ name: 'balance-sheet', ...period, columns: BY_RESTRICTION, totals },
    rows: [
      ...[head('current'), ...accounts('current'), sum('total-current', ['current'])],
      ...[head('fixed'), ...accounts('fixed'), sum('total-fixed', ['fixed'])],
      sum('total-assets', ['current', 'fixed'], 'total'),
      ...[head('liabilities'), ...accounts('liabilities'), ...accounts('memorandum')],
      sum('total-liabilities', ['liabilities', 'memorandum']),
      head('net-assets'),
      ...fundsOf(db).flatMap(({ code }) =>
        by.line({ fund: code }, ofFund(own.now, code), ofFund(own.before, code)),
      ),
      by.sum('total-net-assets', own.now, own.before),
      by.sum('total-both', [...owed(now), ...own.now], [...owed(before), ...own.before], 'total'),
    ],
  };
}

function partsOf(nets: Net[], side: keyof typeof SIDES, account?: string): Part[] {
  const { accounts, sign } = SIDES[side];
  return nets
    .filter((one) => accounts.test(one.account) && (account ?? one.account) === one.account)
    .map(({ fund, net }) => ({ fund, amount: sign * net }));
}

/** What is left of each fund when debts are taken off. */
export function netAssetsOf(nets: Net[]): Part[] {
  return nets
    .filter(({ account }) => NET_ASSETS.test(account))
    .map(({ fund, net }) => ({ fund, amount: -net }));
}

const ofFund = (parts: Part[], fund: string) => parts.filter((part) => part.fund === fund);
