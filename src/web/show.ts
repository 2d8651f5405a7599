/** Numbers, money and days as the reader writes them; pages and papers share these. */
import { formatDay, formatMoment } from '../values/jalali-date.ts';
import type { Language } from '../values/language.ts';
import { newUnit } from '../values/money-unit.ts';
import { amountInWords, persianDigits } from '../values/persian-text.ts';
import { formatCount, formatRial, formatToman, rialInWords, tomanOf } from '../values/rial.ts';
import { type Words, wordsFor } from '../words.ts';
import { type MonthSheet, monthSheet } from './month-sheet.ts';

export type Show = {
  number: (n: number) => string;
  /** Grouped digits without the unit. */
  rial: (rial: number) => string;
  /** With the unit: rials. */
  money: (rial: number) => string;
  /** The same amount in toman, with the unit. */
  toman: (rial: number) => string;
  /** The amount in words, with the unit rial. */
  words: (rial: number) => string;
  /** In words twice: so many rials, that is so many toman. */
  spoken: (rial: number) => string;
  date: (day: string) => string;
  day: (day: string) => string;
  weekday: (day: string) => string;
  moment: (moment: string) => string;
  digits: (text: string) => string;
  percent: (share: number) => string;
  /** The month around a day, as a calendar shows it. */
  month: (day: string) => MonthSheet;
};

const shows: Partial<Record<Language, Show>> = {};

export function showFor(language: Language): Show {
  shows[language] ??= buildShow(language);
  return shows[language];
}

function buildShow(language: Language): Show {
  const t = wordsFor(language);
  const digits = language === 'fa' ? persianDigits : (text: string) => text;
  const percent = new Intl.NumberFormat(language === 'fa' ? 'fa-IR' : 'en', { style: 'percent' });
  return {
    number: (n) => formatCount(n, language),
    rial: (rial) => formatRial(rial, language),
    money: (rial) => t(inUnit(), { amount: formatRial(rial, language) }),
    toman: (rial) => t('common:units.toman-amount', { amount: formatToman(rial, language) }),
    words: (rial) => t(inUnit(), { amount: rialInWords(rial, language) }),
    spoken: (rial) => spoken(t, language, rial),
    date: (day) => formatDay(day, language, 'date'),
    day: (day) => formatDay(day, language, 'day'),
    weekday: (day) => formatDay(day, language, 'weekday'),
    moment: (moment) => formatMoment(moment, language),
    digits,
    percent: (share) => percent.format(share),
    month: monthSheet,
  };
}

const inUnit = () => `common:units.${newUnit() ? 'new-rial-amount' : 'rial-amount'}`;

/** Twice in words, so that a zero too many is heard in either unit. */
function spoken(t: Words, language: Language, rial: number): string {
  if (newUnit()) return t(inUnit(), { amount: rialInWords(rial, language) });
  const parts = tomanOf(rial);
  const kind = parts.toman === 0 ? 'small' : parts.rial === 0 ? 'whole' : 'odd';
  return t(`common:money.${kind}`, {
    rial: amountInWords(rial, language),
    toman: amountInWords(parts.toman, language),
    odd: amountInWords(parts.rial, language),
  });
}
