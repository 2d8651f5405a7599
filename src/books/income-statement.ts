/** Income and expense: what was given with which binding, and on which programmes it was spent. */
import type { Db } from '../provinces/connection.ts';
import { netAssetsOf } from './balance-sheet.ts';
import type { Period } from './period.ts';
import { type Figures, figuresOf, type Moves } from './statement-figures.ts';
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

const INCOME = /^5/;
const PROGRAMMES = /^6/;
const RUNNING = /^7/;
const ADJUSTMENTS = /^8/;
const EXPENSE = /^[678]/;
const TRANSFERS = /^4104$/;
/** What goes into net assets without being income: the principal of an endowment. */
const DIRECT = /^4(?!104)/;

/** The entries of year ends are left out: a closed year shows what it earned and spent. */
export function incomeStatement(db: Db, centreId: number, period: Period): Statement {
  const now = figuresOf(db, centreId, period);
  const before = figuresOf(db, centreId, yearBefore(period));
  const by = new ByRestriction(restrictionsOf(db));
  const all = [...now.moved, ...before.moved];
  const accounts = (pattern: RegExp, side: 1 | -1): StatementRow[] =>
    codesOf(all, pattern).flatMap((account) => {
      const one = new RegExp(`^${account}$`);
      return by.line({ account }, moved(now, one, side), moved(before, one, side));
    });
  const sum = (word: string, parts: (figures: Figures) => Part[], kind: 'sum' | 'total' = 'sum') =>
    by.sum(word, parts(now), parts(before), kind);
  const line = (word: string, parts: (figures: Figures) => Part[]) =>
    by.line({ word }, parts(now), parts(before));
  const totals = {
    income: total(moved(now, INCOME, -1)),
    expense: total(moved(now, EXPENSE, 1)),
    result: total(resultOf(now)),
    netAssetsBefore: total(netAssetsOf(now.opening)),
    netAssets: total(netAssetsOf(now.closing)),
  };
  return {
    ...{ name: 'income', ...period, columns: BY_RESTRICTION, totals },
    rows: [
      ...[head('income'), ...accounts(INCOME, -1)],
      sum('total-income', (figures) => moved(figures, INCOME, -1)),
      ...[head('programmes'), ...accounts(PROGRAMMES, 1)],
      sum('total-programmes', (figures) => moved(figures, PROGRAMMES, 1)),
      ...[head('running'), ...accounts(RUNNING, 1)],
      sum('total-running', (figures) => moved(figures, RUNNING, 1)),
      ...[head('adjustments'), ...accounts(ADJUSTMENTS, 1)],
      sum('total-expense', (figures) => moved(figures, EXPENSE, 1)),
      sum('result', resultOf, 'total'),
      head('net-assets-changes'),
      ...line('net-assets-before', (figures) => netAssetsOf(figures.opening)),
      ...line('result', resultOf),
      ...line('transfers', (figures) => moved(figures, TRANSFERS, -1)),
      ...line('direct', (figures) => moved(figures, DIRECT, -1)),
      sum('net-assets-after', (figures) => netAssetsOf(figures.closing), 'total'),
    ],
  };
}

/** What moved on these accounts, debits less credits or the other way round. */
export function moved({ moved: rows }: { moved: Moves[] }, pattern: RegExp, side: 1 | -1): Part[] {
  return rows
    .filter(({ account }) => pattern.test(account))
    .map(({ fund, debit, credit }) => ({ fund, amount: side * (debit - credit) }));
}

const resultOf = (figures: Figures): Part[] => [
  ...moved(figures, INCOME, -1),
  ...moved(figures, EXPENSE, -1),
];
