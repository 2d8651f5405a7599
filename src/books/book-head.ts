/** What every printed book of a centre says of itself. */
import { ltr, own } from '../paper/bidi.ts';
import type { Book } from '../paper/book.ts';
import { issuedTail } from '../paper/issued.ts';
import type { PrintMark } from '../paper/print-mark.ts';
import { formatDay } from '../values/jalali-date.ts';
import type { Language } from '../values/language.ts';
import { newUnit } from '../values/money-unit.ts';
import { persianDigits } from '../values/persian-text.ts';
import { formatCount } from '../values/rial.ts';
import { type BoardName, type Words, wordsFor } from '../words.ts';

export type BookHead = {
  lang: Language;
  centre: { name: string; place: string };
  /** ISO days. */
  from: string;
  to: string;
  printedOn: string;
  /** The number of the last entry when the book was printed; 0 if there is none. */
  lastEntry: number;
  /** The newest hash of the trail, in hexadecimal. */
  newestHash: string;
  preparedBy?: string;
  /** The code of the closing by which all its days are closed. */
  lockCode?: string;
  /** What the board was called on the day of the print, or of the seal. */
  board?: BoardName;
  /** Of a sealed copy: its number and code, its last entry, and what its print says of itself. */
  sealed?: {
    number: string;
    lastEntry: string;
    code: string;
    verifyAddress: string;
    mark: PrintMark;
  };
};

/** Lines as they come from the database, some hundred at a time. */
export type Batches<T> = Iterable<T[]> | AsyncIterable<T[]>;

type Common = Pick<Book, 'lang' | 'centre' | 'facts' | 'proof' | 'hash' | 'signatures' | 'seal'>;

export function commonOf(head: BookHead, t: Words): Common {
  const day = (iso: string) => ltr(formatDay(iso, head.lang, 'date'));
  const printed = t('paper:book.printed-on', { day: day(head.printedOn) });
  const chair = wordsFor(head.lang, head.board)('paper:book.signatures.chair');
  const last = t('paper:book.last-entry', { number: formatCount(head.lastEntry, head.lang) });
  const locked = head.lockCode ? [t('books:lock-code', { code: ltr(head.lockCode) })] : [];
  return {
    lang: head.lang,
    centre: { name: own(head.centre.name), place: own(head.centre.place) },
    facts: [
      t('paper:book.period', { from: day(head.from), to: day(head.to) }),
      printed,
      unitSaid(head.lang, t),
    ],
    proof: [last, printed, ...locked].join(' \u00b7 '),
    hash: head.newestHash,
    ...(head.sealed && sealedOf(head, head.sealed, t)),
    signatures: [
      { office: t('paper:book.signatures.prepared'), name: head.preparedBy },
      { office: t('paper:book.signatures.finance') },
      { office: head.sealed ? `${chair} \u00b7 ${t('paper:seal')}` : chair },
      { office: t('paper:book.signatures.supervisor') },
    ],
  };
}

/** The unit of all amounts on the paper. */
function unitSaid(lang: Language, t: Words): string {
  const unit = newUnit();
  if (!unit) return t('paper:book.in-rials');
  return t('books:conversion.paper', {
    ...{ factor: formatCount(unit.factor, lang), day: ltr(formatDay(unit.fromOn, lang, 'date')) },
  });
}

/** A sealed copy names its number and day where an unnumbered one tells when it was printed. */
function sealedOf(
  { lang, from, to, printedOn }: BookHead,
  { number, lastEntry, mark, ...verifiable }: NonNullable<BookHead['sealed']>,
  t: Words,
): Pick<Common, 'facts' | 'proof' | 'hash' | 'seal'> {
  const day = (iso: string) => ltr(formatDay(iso, lang, 'date'));
  const figures = figureWriter(lang);
  const named = { number: ltr(figures(number)), day: day(printedOn) };
  return {
    facts: [
      t('paper:book.sealed-number', named),
      t('paper:book.period', { from: day(from), to: day(to) }),
      unitSaid(lang, t),
    ],
    proof: t('paper:book.sealed', { ...named, entry: ltr(figures(lastEntry)) }),
    hash: mark.actHash,
    seal: { tail: issuedTail(verifiable, mark, t), mark },
  };
}

/** Numbers that are names, as an entry's or an account's, in the reader's digits. */
export function figureWriter(lang: Language): (text: string | number) => string {
  return (text) => (lang === 'fa' ? persianDigits(String(text)) : String(text));
}

/** Days as printed, remembered: a book has hundreds of lines on each day. */
export function dayWriter(lang: Language): (iso: string) => { date: string; month: string } {
  const known = new Map<string, { date: string; month: string }>();
  return (iso) => {
    const before = known.get(iso);
    if (before) return before;
    const month = formatDay(iso, lang, 'day').split(' ').slice(1).join(' ');
    const written = { date: formatDay(iso, lang, 'date'), month };
    known.set(iso, written);
    return written;
  };
}
