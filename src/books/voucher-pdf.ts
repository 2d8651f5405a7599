/** One entry on paper, to be signed and filed with what proves it. */
import type { Writable } from 'node:stream';
import { ltr, own } from '../paper/bidi.ts';
import { type Row, type Written, writeBook } from '../paper/book.ts';
import { formatDay } from '../values/jalali-date.ts';
import { wordsFor } from '../words.ts';
import { type BookHead, commonOf, figureWriter } from './book-head.ts';

export type Voucher = {
  /** As `1405-12`. */
  number: string;
  entryOn: string;
  description: string;
  /** The receipt or entry it refers to, if any. */
  reference: string | null;
  lines: {
    account: string;
    name: string;
    fund: string;
    detail: string | null;
    debitRial: number;
    creditRial: number;
  }[];
  totalRial: number;
  /** The total in words, with its unit. */
  inWords: string;
  draftedBy: string;
  postedBy: string;
  /** Names of the files that are kept with it. */
  attachments: string[];
};

export function voucherPdf(head: BookHead, voucher: Voucher, out: Writable): Promise<Written> {
  const t = wordsFor(head.lang);
  const figures = figureWriter(head.lang);
  const say = (key: string, values?: Record<string, string>) => t(`books:voucher.${key}`, values);
  const { number, entryOn, reference, totalRial, attachments } = voucher;
  const common = commonOf(head, t);
  const rows: Row[] = [
    ...voucher.lines.map((line) => ({
      cells: [
        figures(line.account),
        `${own(line.name)} · ${own(line.fund)}`,
        own(line.detail ?? voucher.description),
        ...[line.debitRial || null, line.creditRial || null],
      ],
    })),
    { sum: t('paper:book.total'), cells: [null, null, null, totalRial, totalRial], heavy: true },
    { sum: say('in-words', { words: voucher.inWords }), cells: NONE },
    {
      sum:
        attachments.length > 0
          ? say('attached', { count: figures(attachments.length) })
          : say('none'),
      cells: NONE,
    },
    ...attachments.map((name) => ({ cells: [null, own(name), null, null, null] })),
  ];
  return writeBook(
    {
      ...common,
      title: say('title'),
      subtitle: own(voucher.description),
      facts: [
        say('number', { number: ltr(figures(number)) }),
        say('day', { day: ltr(formatDay(entryOn, head.lang, 'date')) }),
        ...(reference ? [say('reference', { number: ltr(figures(reference)) })] : []),
        t('paper:book.in-rials'),
      ],
      columns: [
        { title: t('paper:book.column.code'), width: 7, kind: 'code' },
        { title: say('account'), width: 28, kind: 'text' },
        { title: t('paper:book.column.description'), width: 29, kind: 'text' },
        { title: t('paper:book.column.debit'), width: 16, kind: 'amount' },
        { title: t('paper:book.column.credit'), width: 16, kind: 'amount' },
      ],
      signatures: [
        { office: say('drafted'), name: voucher.draftedBy },
        { office: say('checked'), name: voucher.postedBy },
        { office: say('approved') },
      ],
    },
    [rows],
    out,
  );
}

const NONE = [null, null, null, null, null];
