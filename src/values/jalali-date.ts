/** Days are kept as ISO text and shown in the Jalali calendar; this is the way between the two. */

import { isLeapJalaaliYear, jalaaliMonthLength, toGregorian, toJalaali } from 'jalaali-js';
import type { Language } from './language.ts';
import { persianDigits, searchText, typedFigures } from './persian-text.ts';
import type { Reading } from './reading.ts';
import { valueWords } from './value-words.ts';

export type JalaliParts = { year: number; month: number; day: number };

export type DayStyle = 'date' | 'day' | 'weekday';

const dayLength = 86_400_000;

const firstYear = 1300;
const lastYear = 1500;
const [firstDay, lastDay] = [isoFromJalali(firstYear, 1, 1), fiscalYearDays(lastYear).to];

const unreadable = { fault: 'values:day.unreadable' };

// The offset is asked of ICU, for summer time has come and gone by law, and may come again.
const tehranClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tehran',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const relativeDays = new Map(
  [valueWords.fa, valueWords.en].flatMap((words) =>
    Object.values(words['days-ago']).map((word, ago) => [searchText(word), ago] as const),
  ),
);

const namesOf = (kind: 'month' | 'weekday') =>
  [valueWords.fa, valueWords.en].map((words) => Object.values(words[kind]).map(searchText));

const months = namesOf('month');
const weekdays = namesOf('weekday');

const namedDay = new RegExp(
  `^(${weekdays.flat().join('|')})?(\\d{1,2})(${months.flat().join('|')})` +
    `(?:${searchText(valueWords.fa.word.month)})?(\\d{2}|\\d{4})?$`,
);

/** True of a day of the calendar written in full, as 2026-11-21. */
export function isIsoDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = Date.parse(text);
  return !Number.isNaN(moment) && isoDay(moment) === text;
}

/** The day it was in Tehran at that moment. */
export function dayInTehran(moment: Date | string): string {
  return tehranClock.format(new Date(moment)).slice(0, 10);
}

export function jalaliParts(iso: string): JalaliParts {
  const [year, month, day] = [iso.slice(0, 4), iso.slice(5, 7), iso.slice(8, 10)].map(Number);
  const { jy, jm, jd } = toJalaali(year!, month!, day!);
  return { year: jy, month: jm, day: jd };
}

export function isoFromJalali(year: number, month: number, day: number): string {
  const { gy, gm, gd } = toGregorian(year, month, day);
  return `${gy}-${twoDigits(gm)}-${twoDigits(gd)}`;
}

export function isLeapYear(year: number): boolean {
  return isLeapJalaaliYear(year);
}

export function monthLength(year: number, month: number): number {
  return jalaaliMonthLength(year, month);
}

export function addDays(iso: string, days: number): string {
  return isoDay(Date.parse(iso) + days * dayLength);
}

/** How many days later the second day is; negative when it is earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / dayLength;
}

/** The place of the day in the week, 0 for Saturday. */
export function weekdayOf(iso: string): number {
  return (new Date(iso).getUTCDay() + 1) % 7;
}

/** The fiscal year is the Jalali year, as the books of every centre have it. */
export function fiscalYear(iso: string): number {
  return jalaliParts(iso).year;
}

export function fiscalYearDays(year: number): { from: string; to: string } {
  return { from: isoFromJalali(year, 1, 1), to: addDays(isoFromJalali(year + 1, 1, 1), -1) };
}

export function monthDays(year: number, month: number): { from: string; to: string } {
  return {
    from: isoFromJalali(year, month, 1),
    to: isoFromJalali(year, month, monthLength(year, month)),
  };
}

export function monthsOf(year: number): { month: number; from: string; to: string }[] {
  return Array.from({ length: 12 }, (_, at) => ({ month: at + 1, ...monthDays(year, at + 1) }));
}

export function monthName(month: number, language: Language): string {
  const names: Record<string, string> = valueWords[language].month;
  return names[month]!;
}

/** The name of a day of the week, 0 for Saturday. */
export function weekdayName(weekday: number, language: Language): string {
  const names: Record<string, string> = valueWords[language].weekday;
  return names[weekday]!;
}

export function formatDay(iso: string, language: Language, style: DayStyle): string {
  const { year, month, day } = jalaliParts(iso);
  const figures = language === 'fa' ? persianDigits : String;
  if (style === 'date') return figures(`${year}/${twoDigits(month)}/${twoDigits(day)}`);
  const said = `${figures(String(day))} ${monthName(month, language)} ${figures(String(year))}`;
  return style === 'day' ? said : `${weekdayName(weekdayOf(iso), language)} ${said}`;
}

/** The day and the minute it was in Tehran at that moment. */
export function formatMoment(moment: Date | string, language: Language): string {
  const clock = tehranClock.format(new Date(moment));
  const hour = language === 'fa' ? persianDigits(clock.slice(11)) : clock.slice(11);
  return `${formatDay(clock, language, 'day')}${valueWords[language].word['at-hour']}${hour}`;
}

/** Reads a typed day; today is told, for it decides what a year left out or cut short means. */
export function readDay(typed: string, { today }: { today: string }): Reading<string> {
  const figures = typedFigures(typed);
  if (figures === '') return { fault: 'values:day.empty' };
  const daysAgo = relativeDays.get(searchText(typed));
  if (daysAgo !== undefined) return { value: addDays(today, -daysAgo) };
  const parts = figures.split(/ ?[-./\u060d\u2010-\u2015\u2212] ?| /);
  return parts.length === 3 && parts.every((part) => /^\d+$/.test(part))
    ? readNumbers(parts, today)
    : readNamedDay(searchText(typed), today);
}

function readNumbers(parts: string[], today: string): Reading<string> {
  const [first, month, last] = parts as [string, string, string];
  if (last.length === 4) return { fault: 'values:day.order' };
  if (!/^(?:..|.{4})$/.test(first) || month.length > 2 || last.length > 2) return unreadable;
  if (Number(first) > 1700) return readGregorian(first, month, last);
  return readJalali(yearOf(first, today), Number(month), Number(last));
}

function readGregorian(year: string, month: string, day: string): Reading<string> {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isIsoDay(iso)) return { fault: 'values:day.no-such-day' };
  const held = firstDay <= iso && iso <= lastDay;
  return held ? { value: iso } : { fault: 'values:day.year' };
}

function readJalali(year: number, month: number, day: number): Reading<string> {
  if (year < firstYear || year > lastYear) return { fault: 'values:day.year' };
  if (month < 1 || month > 12) return { fault: 'values:day.month' };
  if (day < 1 || day > monthLength(year, month)) {
    const leap = month === 12 && isLeapYear(year) ? '-leap' : '';
    return { fault: `values:day.length.${month}${leap}` };
  }
  return { value: isoFromJalali(year, month, day) };
}

/** A day said with the month's name, as `searchText` leaves it. */
function readNamedDay(said: string, today: string): Reading<string> {
  const found = namedDay.exec(said);
  if (!found) return unreadable;
  const [, weekday, day, name, typedYear] = found;
  const month = (months.flat().indexOf(name!) % 12) + 1;
  const year = typedYear ? yearOf(typedYear, today) : fiscalYear(today);
  const read = readJalali(year, month, Number(day));
  if ('fault' in read || !weekday) return read;
  const named = weekdays.flat().indexOf(weekday) % 7;
  return named === weekdayOf(read.value) ? read : { fault: 'values:day.weekday' };
}

/** A year of two digits is the latest such year that is no more than ten years ahead. */
function yearOf(typed: string, today: string): number {
  if (typed.length === 4) return Number(typed);
  const latest = fiscalYear(today) + 10;
  return latest - ((latest - Number(typed)) % 100);
}

function isoDay(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

function twoDigits(part: number): string {
  return String(part).padStart(2, '0');
}
