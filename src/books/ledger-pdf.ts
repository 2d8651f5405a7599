/** One account of the general or the subsidiary ledger on paper, with its balance line by line. */
import type { Writable } from 'node:stream';
import { ltr, own } from '../paper/bidi.ts';
import { type Row, type Written, writeBook } from '../paper/book.ts';
import type { Cell, Column } from '../paper/table.ts';
import { type Words, wordsFor } from '../words.ts';
import { sideOf } from './balances.ts';
import { type Batches, type BookHead, commonOf, dayWriter, figureWriter } from './book-head.ts';
import { described } from './journal-pdf.ts';
import type { LedgerRow } from './ledger.ts';

export type LedgerHead = BookHead & {
  kind: 'ledger' | 'subsidiary';
  account: { code: string; name: string };
  /** The balance before the first line; one of the two is zero. */
  opening: { debit: number; credit: number };
};

export type LedgerLine = {
  day: string;
  entry: number;
  description: string;
  debit: number;
  credit: number;
};

/** The account's rows as its paper prints them. */
export function* ledgerLines(batches: Iterable<LedgerRow[]>): Generator<LedgerLine[]> {
  for (const rows of batches) {
    yield rows.map(({ entryOn: day, number: entry, description, detail, ...row }) => ({
      ...{ day, entry, debit: row.debitRial, credit: row.creditRial },
      description: described({ description, detail }),
    }));
  }
}

/** Writes the account to `out` as its lines come, and ends it. */
export function ledgerPdf(
  head: LedgerHead,
  lines: Batches<LedgerLine>,
  out: Writable,
): Promise<Written> {
  const t = wordsFor(head.lang);
  const figures = figureWriter(head.lang);
  const { code, name } = head.account;
  const subtitle = t('paper:book.account', { code: ltr(figures(code)), name: own(name) });
  const title = t(`paper:book.${head.kind}`);
  return writeBook(
    { ...commonOf(head, t), title, subtitle, columns: columnsOf(t) },
    rowsOf(head, lines, t),
    out,
  );
}

function columnsOf(t: Words): Column[] {
  const title = (name: string) => t(`paper:book.column.${name}`);
  return [
    { title: title('day'), width: 9.5, kind: 'code', repeats: true },
    { title: title('entry'), width: 7, kind: 'code' },
    { title: title('description'), width: 34, kind: 'text' },
    { title: title('debit'), width: 14, kind: 'amount', carry: 'sum' },
    { title: title('credit'), width: 14, kind: 'amount', carry: 'sum' },
    { title: title('side'), width: 7, kind: 'code', repeats: true, carry: 'last' },
    { title: title('balance'), width: 14.5, kind: 'amount', carry: 'last' },
  ];
}

async function* rowsOf(
  head: LedgerHead,
  lines: Batches<LedgerLine>,
  t: Words,
): AsyncGenerator<Row[]> {
  const day = dayWriter(head.lang);
  const figures = figureWriter(head.lang);
  let balance = head.opening.debit - head.opening.credit;
  if (balance !== 0) {
    const from = day(head.from).date;
    const cells = [from, null, t('paper:book.opening'), null, null, ...balanceCells(balance, t)];
    yield [{ cells, apart: true }];
  }
  for await (const batch of lines) {
    yield batch.map(({ debit, credit, ...line }) => {
      balance += debit - credit;
      const { date, month } = day(line.day);
      const moved = [debit || null, credit || null];
      const cells = [date, figures(line.entry), line.description, ...moved];
      return { chapter: month, cells: [...cells, ...balanceCells(balance, t)] };
    });
  }
}

/** On which side the balance stands, and how much it is. */
function balanceCells(balance: number, t: Words): Cell[] {
  return [t(`paper:book.side.${sideOf(balance)}`), Math.abs(balance)];
}
