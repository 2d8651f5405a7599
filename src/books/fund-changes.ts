/** Changes in funds: what each had, what came in, what was used, what was moved, what it has. */
import { type Fund, fundsOf } from '../funds/funds.ts';
import type { Db } from '../provinces/connection.ts';
import { flowsOf } from './cash-moves.ts';
import type { Period } from './period.ts';
import { type Figures, figuresOf, type Net } from './statement-figures.ts';
import { head, type Statement, type StatementRow, yearBefore } from './statements.ts';

/** Net assets, and what is held for others; a bill that is not paid yet is a debt, no fund. */
const OF_FUND = /^(?:[4-8]|310[2-5])/;
const COLUMNS = ['opening', 'in', 'used', 'transfers', 'closing', 'before'];
/** Bound money first: it is what the statement is about. */
const ORDER = ['restricted', 'held', 'free'] as const;

type Change = { opening: number; in: number; used: number; transfers: number; closing: number };

export function fundChanges(db: Db, centreId: number, period: Period): Statement {
  const now = changesOf(db, centreId, period);
  const before = figuresOf(db, centreId, yearBefore(period));
  const rowOf = (funds: Fund[], row: Pick<StatementRow, 'kind' | 'named'>): StatementRow => {
    const change = added(funds.map(({ code }) => now.get(code) ?? NOTHING));
    const last = funds.reduce((sum, { code }) => sum + stands(before.closing, code), 0);
    const { opening, in: come, used, transfers, closing } = change;
    return { ...row, amounts: [opening, come, used, transfers, closing, last] };
  };
  const funds = [...fundsOf(db)];
  const rows = ORDER.flatMap((restriction) => {
    const mine = funds.filter((fund) => fund.restriction === restriction);
    const lines = mine
      .map((fund) => rowOf([fund], { kind: 'line', named: { fund: fund.code } }))
      .filter(({ amounts }) => amounts.some((amount) => amount !== 0));
    const sum = rowOf(mine, { kind: 'sum', named: { word: `total-${restriction}` } });
    return [head(`${restriction}-funds`), ...lines, sum];
  });
  const all = rowOf(funds, { kind: 'total', named: { word: 'total-funds' } });
  const [opening, come, used, transfers, closing] = all.amounts as number[];
  return {
    ...{ name: 'funds', ...period, columns: COLUMNS, rows: [...rows, all] },
    totals: {
      ...{ opening: opening!, in: come!, used: used!, transfers: transfers!, closing: closing! },
    },
  };
}

const NOTHING: Change = { opening: 0, in: 0, used: 0, transfers: 0, closing: 0 };

function added(changes: Change[]): Change {
  const sum = (key: keyof Change) => changes.reduce((all, change) => all + change[key], 0);
  return {
    ...{ opening: sum('opening'), in: sum('in'), used: sum('used') },
    ...{ transfers: sum('transfers'), closing: sum('closing') },
  };
}

function stands(nets: Net[], fund: string): number {
  return nets
    .filter((one) => one.fund === fund && OF_FUND.test(one.account))
    .reduce((sum, { net }) => sum - net, 0);
}

function changesOf(db: Db, centreId: number, period: Period): Map<string, Change> {
  const figures: Figures = figuresOf(db, centreId, period);
  const flows = ['[4-8]*', '310[2-5]'].flatMap((one) => flowsOf(db, centreId, period, one));
  return new Map(
    fundsOf(db).map(({ code }) => {
      const change = { ...NOTHING };
      change.opening = stands(figures.opening, code);
      change.closing = stands(figures.closing, code);
      for (const { account, fund, in: come, out } of flows) {
        if (fund !== code) continue;
        if (account === '4104') change.transfers += come - out;
        else if (/^[45]/.test(account)) change.in += come - out;
        else if (/^3/.test(account)) {
          change.in += come;
          change.used += out;
        } else change.used += out - come;
      }
      return [code, change];
    }),
  );
}
