/** The fold under a book by which it is sealed. */
import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import { may } from '../access/powers.ts';
import { bookName, type NamedBook } from './book-name.ts';
import type { Period } from './period.ts';

/** What the fold says and sends; null for whoever may not seal, and of days that have not come. */
export function sealingOf(res: Response, named: NamedBook, { from, to: end }: Period) {
  const { actor, centre, t, show, language } = res.locals;
  const { today } = actor!;
  const to = end < today ? end : today;
  if (from > to || !may(actor!, 'books.seal', centre)) return null;
  const { book, account, columns, level } = named;
  const sent = Object.entries({ book, account: account?.code, columns, level, from, to });
  return {
    key: randomUUID(),
    hidden: Object.fromEntries(sent.filter(([, value]) => value !== null && value !== undefined)),
    title: t('books:sealed.seal-title', {
      ...{ book: bookName(named, t, language), from: show.day(from), to: show.day(to) },
    }),
  };
}
