/** A statement in the reader's words: its rows named, each figure leading to its ledger. */
import { fundNames } from '../funds/funds.ts';
import type { Db } from '../provinces/connection.ts';
import type { Language } from '../values/language.ts';
import { newUnit } from '../values/money-unit.ts';
import { formatCount, formatRial } from '../values/rial.ts';
import type { Words } from '../words.ts';
import { accountName, accountsOf } from './accounts.ts';
import { balanceSheet } from './balance-sheet.ts';
import { fundChanges } from './fund-changes.ts';
import { goodsStatement, QUANTITIES } from './goods-statement.ts';
import { incomeStatement } from './income-statement.ts';
import type { Period } from './period.ts';
import { receiptsAndPayments } from './receipts-payments.ts';
import { statementNotes } from './statement-notes.ts';
import type { Named, Statement, StatementName, StatementRow } from './statements.ts';

type Asked = {
  name: StatementName;
  centreId: number;
  period: Period;
  today: string;
  /** Who counts a store blind is told no quantities. */
  blind?: boolean;
};

/** The statement as the books have it now. */
export function statementOf(db: Db, { name, centreId, period, today, blind }: Asked): Statement {
  if (name === 'goods') return goodsStatement(db, centreId, period, blind);
  if (name === 'notes') return statementNotes(db, centreId, period, today);
  return MAKERS[name](db, centreId, period);
}

const MAKERS = {
  'balance-sheet': balanceSheet,
  income: incomeStatement,
  'receipts-and-payments': receiptsAndPayments,
  funds: fundChanges,
};

/** Whether its days began before the day from which amounts are said in new rials. */
export function spans({ from }: Period): boolean {
  const unit = newUnit();
  return unit !== null && from < unit.fromOn;
}

/** What spans that day says its sums in the former unit too. */
export function inFormer(t: Words, rial: number, language: Language): string {
  return t('common:units.former-rial-amount', { amount: formatCount(rial, language) });
}

export type NamedRow = StatementRow & {
  name: string;
  /** Of an account or fund. */
  code: string | null;
  /** Below the centre: the ledger or balance that the figures are from. */
  to: string | null;
};

export type NamedIn = { t: Words; language: Language; centreId: number };

export function namedRows(
  db: Db,
  statement: Statement,
  { t, language, centreId }: NamedIn,
): NamedRow[] {
  const accounts = new Map(
    accountsOf(db, centreId).map((one) => [one.code, accountName(one, language)]),
  );
  const funds = fundNames(db, language, statement.to);
  const days = `from=${statement.from}&to=${statement.to}`;
  const naming = (named: Named): Pick<NamedRow, 'name' | 'code' | 'to'> => {
    if ('account' in named) {
      const { account } = named;
      return {
        name: accounts.get(account)!,
        code: account,
        to: `/books/ledger/${account}?${days}`,
      };
    }
    if ('fund' in named && !('item' in named)) {
      const { fund } = named;
      const to = `/books/trial-balance?fund=${fund}&columns=6&${days}`;
      return { name: funds.get(fund) ?? fund, code: fund, to };
    }
    if ('item' in named) {
      const { item, fund } = named;
      const to = `/goods/lots?fund=${fund}&q=${encodeURIComponent(item)}`;
      return { name: t('books:statements.item', { item, fund: funds.get(fund)! }), code: null, to };
    }
    if ('said' in named) return { name: named.said, code: null, to: null };
    return {
      name: t(`books:statements.rows.${named.word}`, said(named.values)),
      code: null,
      to: named.word === QUANTITIES ? `/goods/statement?${days}` : null,
    };
  };
  const said = (values: Record<string, string | number> = {}) =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        ...([key, typeof value === 'number' ? formatRial(value, language) : value] as const),
      ]),
    );
  return statement.rows.map((row) => ({ ...row, ...naming(row.named) }));
}
