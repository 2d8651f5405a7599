/** The trial balance on paper, in two, four, six or eight columns. */
import type { Writable } from 'node:stream';
import { own } from '../paper/bidi.ts';
import { type Row, type Written, writeBook } from '../paper/book.ts';
import type { Column } from '../paper/table.ts';
import { type Words, wordsFor } from '../words.ts';
import type { Account } from './accounts.ts';
import type { Sums } from './balances.ts';
import { type BookHead, commonOf, figureWriter } from './book-head.ts';
import { type Columns, PARTS, type Part, type TrialBalance } from './trial-balance.ts';

export type TrialBalanceLine = {
  code: string;
  name: string;
  opening: Sums;
  turnover: Sums;
  balance: Sums;
  /** After the temporary accounts have been closed. */
  closing: Sums;
};

export type TrialBalanceHead = BookHead & { columns: Columns };

/** The accounts of a balance as its paper has them, each by the name it is given here. */
export function balanceLines(
  { rows }: TrialBalance,
  nameOf: (account: Account) => string,
): TrialBalanceLine[] {
  return rows.map(({ account, opening, turnover, balance, closing }) => ({
    ...{ code: account.code, name: nameOf(account) },
    ...{ opening, turnover, balance, closing },
  }));
}

export function trialBalancePdf(
  head: TrialBalanceHead,
  lines: TrialBalanceLine[],
  out: Writable,
): Promise<Written> {
  const t = wordsFor(head.lang);
  const figures = figureWriter(head.lang);
  const parts = PARTS[head.columns];
  const rows: Row[] = lines.map((line) => ({
    cells: [figures(line.code), own(line.name), ...parts.flatMap((part) => sides(line[part]))],
  }));
  return writeBook(
    {
      ...commonOf(head, t),
      title: t('paper:book.trial-balance', { columns: figures(head.columns) }),
      columns: columnsOf(parts, t),
      landscape: head.columns > 4,
    },
    [rows],
    out,
  );
}

function columnsOf(parts: Part[], t: Words): Column[] {
  const wide = parts.length < 3;
  return [
    { title: t('paper:book.column.code'), width: wide ? 8 : 5, kind: 'code' },
    { title: t('paper:book.column.name'), width: wide ? 34 : 19, kind: 'text' },
    ...parts.flatMap((part) =>
      (['debit', 'credit'] as const).map((side) => ({
        title: t(`paper:book.column.${side}`),
        group: t(`paper:book.group.${part}`),
        width: wide ? 15 : 9.5,
        kind: 'amount' as const,
        carry: 'sum' as const,
      })),
    ),
  ];
}

function sides({ debit, credit }: Sums): (number | null)[] {
  return [debit || null, credit || null];
}
