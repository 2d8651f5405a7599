/** The trial balance: every account that moved, its debits, its credits, what stands on it. */
import type { Db } from '../provinces/connection.ts';
import { type Account, accountsOf } from './accounts.ts';
import { onSide, type Sums } from './balances.ts';
import type { Period } from './period.ts';
import type { Level } from './schema.ts';
import { type AccountMoves, accountMoves } from './statement-figures.ts';

export type TrialBalanceRow = {
  account: Account;
  opening: Sums;
  turnover: Sums;
  balance: Sums;
  /** Once the years closed in the period have their income and expense in net assets. */
  closing: Sums;
  /** Debit less credit at the end of the period. */
  net: number;
};

export type Part = 'opening' | 'turnover' | 'balance' | 'closing';

export type TrialBalance = Period & {
  rows: TrialBalanceRow[];
  totals: Record<Part, Sums>;
};

export const COLUMNS = [2, 4, 6, 8] as const;
export type Columns = (typeof COLUMNS)[number];

/** The parts that a trial balance of so many columns shows, two columns each. */
export const PARTS: Record<Columns, Part[]> = {
  2: ['balance'],
  4: ['turnover', 'balance'],
  6: ['opening', 'turnover', 'balance'],
  8: ['opening', 'turnover', 'balance', 'closing'],
};

const DIGITS: Record<Level, number> = { group: 1, general: 2, subsidiary: 4 };

type Asked = Period & { level?: Level; fund?: string };

/**
 * The accounts of the level that have ever moved until the end of the period. What closes and opens
 * years stands apart: the books of a closed year show what it earned and spent, and only the last two
 * columns what is left after closing.
 */
export function trialBalance(db: Db, centreId: number, asked: Asked): TrialBalance {
  const { from, to, level = 'subsidiary', fund } = asked;
  const moves = gathered(accountMoves(db, centreId, { from, to }, fund), DIGITS[level]);
  const rows = accountsOf(db, centreId)
    .filter(({ code }) => moves.has(code))
    .map((account) => rowOf(account, moves.get(account.code)!));
  return { from, to, rows, totals: totalsOf(rows) };
}

/** Sums of the accounts that begin with the same digits. */
export function gathered(
  moves: Map<string, AccountMoves>,
  digits: number,
): Map<string, AccountMoves> {
  const sums = new Map<string, AccountMoves>();
  for (const [code, moved] of moves) {
    const head = code.slice(0, digits);
    const before = sums.get(head);
    sums.set(head, before ? plus(before, moved) : moved);
  }
  return sums;
}

function plus(one: AccountMoves, other: AccountMoves): AccountMoves {
  const add = (a: Sums, b: Sums) => ({ debit: a.debit + b.debit, credit: a.credit + b.credit });
  return {
    opening: add(one.opening, other.opening),
    turnover: add(one.turnover, other.turnover),
    after: one.after + other.after,
  };
}

function rowOf(account: Account, { opening, turnover, after }: AccountMoves): TrialBalanceRow {
  const before = opening.debit - opening.credit;
  const net = before + turnover.debit - turnover.credit;
  const sides = { opening: onSide(before), turnover, balance: onSide(net), closing: onSide(after) };
  return { account, ...sides, net };
}

function totalsOf(rows: TrialBalanceRow[]): Record<Part, Sums> {
  const total = (part: Part) => ({
    debit: rows.reduce((sum, row) => sum + row[part].debit, 0),
    credit: rows.reduce((sum, row) => sum + row[part].credit, 0),
  });
  return {
    opening: total('opening'),
    turnover: total('turnover'),
    balance: total('balance'),
    closing: total('closing'),
  };
}
