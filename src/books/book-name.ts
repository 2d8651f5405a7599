/** A book by its name: the journal, the ledger of one account, the trial balance in its columns. */
import type { Language } from '../values/language.ts';
import { persianDigits } from '../values/persian-text.ts';
import type { Words } from '../words.ts';
import type { Level, SealedBookKind } from './schema.ts';

export type NamedBook = {
  book: SealedBookKind;
  account: { code: string; name: string } | null;
  columns: number | null;
  level: Level | null;
};

export function bookName({ book, account, columns, level }: NamedBook, t: Words, lang: Language) {
  const figures = (text: string) => (lang === 'fa' ? persianDigits(text) : text);
  if (account) {
    const kind = account.code.length === 2 ? 'general' : 'subsidiary';
    return t(`books:ledger.${kind}`, { code: figures(account.code), name: account.name });
  }
  if (book !== 'trial-balance') return t('books:journal.title');
  const named = { columns: figures(String(columns)), level: t(`books:levels.${level}`) };
  return t('books:sealed.balance-in', named);
}
