/** Receipts and payments: the money there was, what came in by intention, what went out by programme. */
import { fundsOf } from '../funds/funds.ts';
import type { Db } from '../provinces/connection.ts';
import { CASH, cashFlows, type Flow } from './cash-moves.ts';
import type { Period } from './period.ts';
import { type Figures, figuresOf, type Net } from './statement-figures.ts';
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

const TRANSFERS = '4104';

type Year = { figures: Figures; flows: Flow[] };

/** Opening money, receipts, less payments, is the money at the end. */
export function receiptsAndPayments(db: Db, centreId: number, period: Period): Statement {
  const yearOf = (days: Period): Year => ({
    figures: figuresOf(db, centreId, days),
    flows: cashFlows(db, centreId, days),
  });
  const now = yearOf(period);
  const before = yearOf(yearBefore(period));
  const by = new ByRestriction(restrictionsOf(db));
  const places = (nets: (year: Year) => Net[]): StatementRow[] =>
    CASH.flatMap((account) =>
      by.line({ account }, cashIn(nets(now), account), cashIn(nets(before), account)),
    );
  const sum = (word: string, parts: (year: Year) => Part[], kind: 'sum' | 'total' = 'sum') =>
    by.sum(word, parts(now), parts(before), kind);
  const opening = (year: Year) => year.figures.opening;
  const closing = (year: Year) => year.figures.closing;
  const totals = {
    opening: total(cashIn(opening(now))),
    receipts: total(receiptsOf(now)),
    payments: total(paymentsOf(now)),
    closing: total(cashIn(closing(now))),
  };
  return {
    ...{ name: 'receipts-and-payments', ...period, columns: BY_RESTRICTION, totals },
    rows: [
      ...[head('opening-cash'), ...places(opening)],
      sum('total-opening-cash', (year) => cashIn(opening(year))),
      head('receipts'),
      ...fundsOf(db).flatMap(({ code }) =>
        by.line({ fund: code }, receiptsOf(now, code), receiptsOf(before, code)),
      ),
      sum('total-receipts', receiptsOf),
      head('payments'),
      ...codesOf([...now.flows, ...before.flows], /./).flatMap((account) =>
        by.line({ account }, paymentsOf(now, account), paymentsOf(before, account)),
      ),
      sum('total-payments', paymentsOf),
      ...by.line({ word: 'transfers' }, transfersOf(now), transfersOf(before)),
      ...[head('closing-cash'), ...places(closing)],
      sum('total-closing-cash', (year) => cashIn(closing(year)), 'total'),
    ],
  };
}

function cashIn(nets: Net[], place?: string): Part[] {
  return nets
    .filter(({ account }) => (place === undefined ? CASH.includes(account) : account === place))
    .map(({ fund, net }) => ({ fund, amount: net }));
}

/** Gifts, and what is owed, held or sold: by the fund into which it came. */
const brings = (account: string) => /^[345]/.test(account) || account === '1105';

function receiptsOf({ flows }: Year, ofFund?: string): Part[] {
  return flows
    .filter(
      ({ account, fund }) => brings(account) && account !== TRANSFERS && (ofFund ?? fund) === fund,
    )
    .map(({ account, fund, in: come, out }) => ({
      fund,
      amount: isIncome(account) ? come - out : come,
    }));
}

/** Income goes down only when it is taken back; what is held for others goes out as a payment. */
const isIncome = (account: string) => /^5/.test(account) || account === '1105';

function paymentsOf({ flows }: Year, ofAccount?: string): Part[] {
  return flows
    .filter(({ account }) => !isIncome(account) && account !== TRANSFERS)
    .filter(({ account }) => (ofAccount ?? account) === account)
    .map(({ account, fund, in: come, out }) => ({
      fund,
      amount: brings(account) ? out : out - come,
    }));
}

function transfersOf({ flows }: Year): Part[] {
  return flows
    .filter(({ account }) => account === TRANSFERS)
    .map(({ fund, in: come, out }) => ({ fund, amount: come - out }));
}
