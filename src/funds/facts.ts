/** What the compass asks about spending: whether each fund kept to its balance and its uses (B-81). */
import { type Db, prepared } from '../provinces/connection.ts';
import { findFund } from './funds.ts';

/** A fund by its name, and the account on which something is wrong with it. */
export type FundAt = { name: string; account: string };

export type SpendingFacts = {
  /** A fund that stands below zero in cash, at the bank or in a store; null while none does. */
  below: FundAt | null;
  /** A fund spent on an account that no version of its rules ever named; null while none was. */
  astray: FundAt | null;
  /** How many funds were spent from. */
  spent: number;
};

const NET = 'sum(b.debit_rial) - sum(b.credit_rial)';
const SPENT = "(b.account GLOB '[67]*' OR b.account IN ('1201', '3102', '3103', '3104'))";

const statements = prepared(({ $client: client }) => ({
  below: client.prepare(
    `SELECT b.fund AS name, b.account FROM balances b
     WHERE b.centre_id = ? AND b.account GLOB '1[13]*'
     GROUP BY b.account, b.fund HAVING ${NET} < 0 LIMIT 1`,
  ),
  astray: client.prepare(
    `SELECT b.fund AS name, b.account FROM balances b
     WHERE b.centre_id = ? AND ${SPENT} AND b.account <> '6110'
     GROUP BY b.account, b.fund HAVING ${NET} > 0 AND NOT EXISTS (
       SELECT 1 FROM fund_versions v JOIN fund_uses u ON u.version_id = v.id
       WHERE v.fund = b.fund AND u.account = b.account) LIMIT 1`,
  ),
  spent: client
    .prepare(
      `SELECT count(DISTINCT b.fund) FROM balances b
       WHERE b.centre_id = ? AND ${SPENT} AND b.debit_rial > 0`,
    )
    .pluck(),
}));

export function spendingFactsOf(db: Db, centreId: number): SpendingFacts {
  const { below, astray, spent } = statements(db);
  return {
    below: named(db, below.get(centreId) as FundAt | undefined),
    astray: named(db, astray.get(centreId) as FundAt | undefined),
    spent: spent.get(centreId) as number,
  };
}

/** The fund by its name, as it was written last. */
function named(db: Db, at: FundAt | undefined): FundAt | null {
  return at ? { ...at, name: findFund(db, at.name)?.nameFa ?? at.name } : null;
}
