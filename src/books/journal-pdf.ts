/** The journal on paper: every line of every entry in the order of its numbers. */
import type { Writable } from 'node:stream';
import { own } from '../paper/bidi.ts';
import { type Row, type Written, writeBook } from '../paper/book.ts';
import type { Column } from '../paper/table.ts';
import { persianDigits } from '../values/persian-text.ts';
import { type Words, wordsFor } from '../words.ts';
import { type Batches, type BookHead, commonOf, dayWriter, figureWriter } from './book-head.ts';
import type { JournalRow } from './journal.ts';

export type JournalLine = {
  /** The line's place in the whole journal, from 1. */
  row: number;
  /** ISO day. */
  day: string;
  entry: number;
  accountCode: string;
  accountName: string;
  description: string;
  /** Where the line stands in the ledger; its account's code if there is nothing better. */
  reference: string;
  debit: number;
  credit: number;
};

/** The journal's rows as its paper prints them, counted through; accounts by their codes. */
export function* journalLines(
  batches: Iterable<JournalRow[]>,
  accounts: Map<string, string>,
): Generator<JournalLine[]> {
  let row = 0;
  for (const rows of batches) {
    yield rows.map((line) => {
      row += 1;
      const { account: accountCode, debitRial: debit, creditRial: credit } = line;
      return {
        ...{ row, day: line.entryOn, entry: line.number, accountCode, debit, credit },
        accountName: accounts.get(accountCode) ?? '',
        description: described(line),
        reference: accountCode,
      };
    });
  }
}

/** What a line says beside its entry, unless the entry says it already. */
export function described({ description, detail }: Pick<JournalRow, 'description' | 'detail'>) {
  const told = detail === null || description.includes(persianDigits(detail));
  return told ? description : `${description} (${detail})`;
}

/** Writes the journal to `out` as its lines come, and ends it. */
export function journalPdf(
  head: BookHead,
  lines: Batches<JournalLine>,
  out: Writable,
): Promise<Written> {
  const t = wordsFor(head.lang);
  const title = t('paper:book.journal');
  return writeBook(
    { ...commonOf(head, t), title, columns: columnsOf(t) },
    rowsOf(head, lines),
    out,
  );
}

function columnsOf(t: Words): Column[] {
  const title = (name: string) => t(`paper:book.column.${name}`);
  return [
    { title: title('row'), width: 5.5, kind: 'code' },
    { title: title('day'), width: 9.5, kind: 'code', repeats: true },
    { title: title('entry'), width: 6, kind: 'code' },
    { title: title('account'), width: 19.5, kind: 'text', repeats: true },
    { title: title('description'), width: 25.5, kind: 'text' },
    { title: title('reference'), width: 6, kind: 'code', repeats: true },
    { title: title('debit'), width: 14, kind: 'amount', carry: 'sum' },
    { title: title('credit'), width: 14, kind: 'amount', carry: 'sum' },
  ];
}

async function* rowsOf(head: BookHead, lines: Batches<JournalLine>): AsyncGenerator<Row[]> {
  const day = dayWriter(head.lang);
  const figures = figureWriter(head.lang);
  const accounts = new Map<string, string>();
  const account = ({ accountCode, accountName }: JournalLine) => {
    const known = accounts.get(accountCode);
    if (known) return known;
    const written = `${figures(accountCode)} ${own(accountName)}`;
    accounts.set(accountCode, written);
    return written;
  };
  for await (const batch of lines) {
    yield batch.map((line) => {
      const { date, month } = day(line.day);
      return {
        chapter: month,
        cells: [
          figures(String(line.row)),
          date,
          figures(String(line.entry)),
          account(line),
          line.description,
          figures(line.reference),
          line.debit || null,
          line.credit || null,
        ],
      };
    });
  }
}
