/** A statement on paper: its parts under their heads, sums in bold, the rows of signatures. */
import type { Writable } from 'node:stream';
import { own } from '../paper/bidi.ts';
import { type Row, type Written, writeBook } from '../paper/book.ts';
import type { Column } from '../paper/table.ts';
import type { Language } from '../values/language.ts';
import { formatCount } from '../values/rial.ts';
import { type Words, wordsFor } from '../words.ts';
import { type BookHead, commonOf, figureWriter } from './book-head.ts';
import { quantitySaid } from './quantity-said.ts';
import { type NamedRow, spans } from './statement-words.ts';
import type { Statement } from './statements.ts';

export type PaperStatement = Omit<Statement, 'rows'> & { rows: NamedRow[] };

export function statementPdf(
  head: BookHead,
  { name, columns, rows }: PaperStatement,
  out: Writable,
): Promise<Written> {
  const t = wordsFor(head.lang);
  const figures = figureWriter(head.lang);
  const wide = columns.length > 3;
  const amounts: Column[] = columns.map((column) => ({
    ...{ title: t(`books:statements.columns.${column}`), width: wide ? 14 : 18, kind: 'amount' },
  }));
  const inBoth = spans(head);
  const at = Math.max(columns.indexOf('total'), 0);
  const named = (row: NamedRow) =>
    t('books:conversion.former-total', {
      ...{ name: row.name, amount: formatCount(row.amounts[at] ?? 0, head.lang) },
    });
  const lineOf = (row: NamedRow): Row => {
    const isAccount = row.code !== null && /^\d/.test(row.code);
    const code = isAccount ? figures(row.code!) : null;
    // Nothing is shown where nothing is.
    const cells = [code, own(row.name), ...columns.map((_, at) => row.amounts[at] || null)];
    if (row.kind === 'line' || row.kind === 'text') return { cells };
    const sums = [null, null, ...columns.map((_, at) => row.amounts[at] ?? null)];
    const heavy = row.kind === 'total';
    return { cells: sums, sum: heavy && inBoth ? named(row) : row.name, heavy };
  };
  const lines = rows.flatMap((row) =>
    row.quantities ? quantityRows(row, t, head.lang, columns.length) : [lineOf(row)],
  );
  return writeBook(
    {
      ...commonOf(head, t),
      title: t(`books:statements.names.${name}`),
      columns: [
        { title: t('paper:book.column.code'), width: 7, kind: 'code' },
        { title: t('books:statements.columns.name'), width: wide ? 34 : 62, kind: 'text' },
        ...amounts,
      ],
      landscape: wide,
    },
    [lines],
    out,
  );
}

/** An item stands in two rows: its quantities with its name, and its rials under them. */
function quantityRows(row: NamedRow, t: Words, lang: Language, many: number): Row[] {
  const { unit, milli } = row.quantities!;
  const places = Array.from({ length: many }, (_, at) => at);
  const quantities = places.map((at) =>
    milli[at] ? quantitySaid(milli[at], unit, t, lang) : null,
  );
  const amounts = places.map((at) => row.amounts[at] || null);
  return [{ cells: [null, own(row.name), ...quantities] }, { cells: [null, null, ...amounts] }];
}
