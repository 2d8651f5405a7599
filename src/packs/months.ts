/** Months of the Jalali calendar as packs are of them: 1405-07, from its first day to its last. */

import {
  addDays,
  isoFromJalali,
  jalaliParts,
  monthDays,
  monthName,
} from '../values/jalali-date.ts';
import type { Language } from '../values/language.ts';
import { persianDigits } from '../values/persian-text.ts';

export type Month = { year: number; month: number; from: string; to: string };

/** B-133: the committee has the papers of a month so many days after its end. */
export const DAYS_TO_SEND = 15;

export function monthOf(day: string): Month {
  const { year, month } = jalaliParts(day);
  return { year, month, ...monthDays(year, month) };
}

/** Undefined for what names no month. */
export function readMonth(written: string): Month | undefined {
  const [, year, month] = /^(1[345]\d{2})-(0[1-9]|1[0-2])$/.exec(written) ?? [];
  return year ? monthOf(isoFromJalali(Number(year), Number(month), 1)) : undefined;
}

export const writtenMonth = ({ year, month }: Pick<Month, 'year' | 'month'>): string =>
  `${year}-${String(month).padStart(2, '0')}`;

/** As it is spoken of: the name of the month and its year. */
export function saidMonth({ year, month }: Pick<Month, 'year' | 'month'>, lang: Language): string {
  const written = lang === 'fa' ? persianDigits(String(year)) : String(year);
  return `${monthName(month, lang)} ${written}`;
}

/** Every month from that of one day until the last that has ended before another, the newest first. */
export function monthsEnded(firstOn: string, today: string): Month[] {
  const months: Month[] = [];
  for (let one = monthOf(firstOn); one.to < today; one = monthOf(addDays(one.to, 1))) {
    months.unshift(one);
  }
  return months;
}

export const dueOn = ({ to }: Pick<Month, 'to'>): string => addDays(to, DAYS_TO_SEND);
