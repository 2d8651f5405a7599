/** What is wrong with a row, in the reader's words, digits and calendar. */
import { namedIn } from '../refusal.ts';
import { isIsoDay } from '../values/jalali-date.ts';
import type { Language } from '../values/language.ts';
import type { Show } from '../web/show.ts';
import type { Words } from '../words.ts';
import type { Said } from './kinds.ts';

export function said(t: Words, show: Show, language: Language, { key, values }: Said): string {
  const all = Object.entries(namedIn(language, values));
  const shown = all.map(([name, value]): [string, string | number] => {
    if (name === 'count') return [name, value];
    if (name.endsWith('Rial')) return [name, show.rial(Number(value))];
    if (name.endsWith('On') && isIsoDay(String(value))) return [name, show.day(String(value))];
    return [name, typeof value === 'number' ? show.number(value) : value];
  });
  return t(key, Object.fromEntries(shown));
}
