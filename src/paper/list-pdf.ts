/** Any list on paper: donors, gifts, receipts, the bylaw, what is kept of it. */
import type { Writable } from 'node:stream';
import { formatDay } from '../values/jalali-date.ts';
import type { Language } from '../values/language.ts';
import { wordsFor } from '../words.ts';
import { ltr, own } from './bidi.ts';
import { type Written, writeBook } from './book.ts';
import type { Cell, Column } from './table.ts';

export type ListHead = {
  lang: Language;
  title: string;
  /** What the list was narrowed to, if anything. */
  subtitle?: string;
  centre: { name: string; place: string };
  /** ISO day. */
  printedOn: string;
  newestHash: string;
  landscape?: boolean;
};

/**
 * Writes the list to `out` as its rows come, and ends it.
 *
 * Text cells come as the reader should see them; amounts come as numbers. The totals, if any, stand
 * once at the end, each under its column.
 */
export function listPdf(
  head: ListHead,
  columns: Column[],
  rows: Iterable<Cell[][]> | AsyncIterable<Cell[][]>,
  out: Writable,
  totals?: Cell[],
): Promise<Written> {
  const t = wordsFor(head.lang);
  const day = ltr(formatDay(head.printedOn, head.lang, 'date'));
  const printed = t('paper:book.printed-on', { day });
  return writeBook(
    {
      lang: head.lang,
      title: head.title,
      subtitle: head.subtitle,
      centre: { name: own(head.centre.name), place: own(head.centre.place) },
      facts: [printed],
      proof: printed,
      hash: head.newestHash,
      columns,
      landscape: head.landscape,
      signatures: [],
      totals,
    },
    rowsOf(rows),
    out,
  );
}

async function* rowsOf(batches: Iterable<Cell[][]> | AsyncIterable<Cell[][]>) {
  for await (const batch of batches) yield batch.map((cells) => ({ cells }));
}
