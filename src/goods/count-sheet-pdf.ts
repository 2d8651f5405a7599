/** The sheet that two people take to the store: every lot, an empty box for what they count. */
import type { Writable } from 'node:stream';
import { ltr, own } from '../paper/bidi.ts';
import { writeBook } from '../paper/book.ts';
import { formatDay } from '../values/jalali-date.ts';
import type { Language } from '../values/language.ts';
import { persianDigits } from '../values/persian-text.ts';
import { wordsFor } from '../words.ts';
import type { Count } from './counts.ts';
import type { Counted } from './tallies.ts';

export type CountSheet = {
  lang: Language;
  count: Count;
  /** Each with the name of its fund. */
  lots: Counted[];
  centre: { name: string; place: string };
  printedOn: string;
  hash: string;
};

/** Found things are written by hand on so many empty rows. */
const EMPTY_ROWS = 4;

export async function countSheetPdf(sheet: CountSheet, out: Writable): Promise<void> {
  const { lang, count, lots, centre, printedOn, hash } = sheet;
  const t = wordsFor(lang);
  const day = (iso: string) => ltr(formatDay(iso, lang, 'date'));
  const digits = (text: string) => ltr(lang === 'fa' ? persianDigits(text) : text);
  const title = (key: string) => t(`goods:columns.${key}`);
  const printed = t('paper:book.printed-on', { day: day(printedOn) });
  const rows = lots.map((one, at) => ({
    cells: [
      ...[digits(String(at + 1)), digits(String(one.lotNumber)), own(one.item)],
      ...[own(one.fund), one.expiresOn ? day(one.expiresOn) : ''],
      ...[t(`goods:units.${one.unit}`), '', ''],
    ],
  }));
  const blank = Array.from({ length: EMPTY_ROWS }, () => ({
    cells: Array(8).fill('') as string[],
  }));
  await writeBook(
    {
      ...{ lang, title: t('goods:count.sheet'), subtitle: own(count.storeName), hash },
      centre: { name: own(centre.name), place: own(centre.place) },
      facts: [t('goods:count.sheet-opened', { day: day(count.openedOn) }), printed],
      proof: t('goods:count.sheet-hint'),
      columns: [
        { title: title('row'), width: 1, kind: 'code' },
        { title: title('lot'), width: 1.2, kind: 'code' },
        { title: title('item'), width: 4, kind: 'text' },
        { title: title('fund'), width: 2.4, kind: 'text' },
        { title: title('expires'), width: 2, kind: 'code' },
        { title: title('unit'), width: 1.5, kind: 'text' },
        { title: title('counted'), width: 2.4, kind: 'text' },
        { title: title('words'), width: 3, kind: 'text' },
      ],
      signatures: [
        { office: t('goods:fields.first'), name: own(count.firstName) },
        { office: t('goods:fields.second'), name: own(count.secondName) },
      ],
    },
    [[...rows, ...blank]],
    out,
  );
}
