/** The days that a page of the books is about: the fiscal year of today unless others are asked for. */
import { Refusal } from '../refusal.ts';
import { fiscalYear, fiscalYearDays } from '../values/jalali-date.ts';
import { dayAsked } from '../web/asked.ts';

/** ISO days, both ends included. */
export type Period = { from: string; to: string };

/** Some days of one fiscal year; whole when it is all of them. */
export type YearPart = Period & { year: number; whole: boolean };

type Query = Parameters<typeof dayAsked>[0];

/**
 * Reads `from` and `to` of a query, ISO or Jalali. What is left out is the beginning or the end of
 * the fiscal year of the day that is given, or of today.
 */
export function periodAsked(query: Query, today: string): Period {
  const from = dayAsked(query, 'from', today);
  const to = dayAsked(query, 'to', today);
  const year = fiscalYearDays(fiscalYear(to ?? from ?? today));
  const period = { from: from ?? year.from, to: to ?? year.to };
  if (from !== undefined && to === undefined && from <= today) {
    period.to = fiscalYearDays(fiscalYear(today)).to;
  }
  if (period.from > period.to) {
    throw new Refusal('books:refusals.period', { status: 422, field: 'to' });
  }
  return period;
}

/** The fiscal years of a period one after another, each with the days of it that are asked for. */
export function yearsOf({ from, to }: Period): YearPart[] {
  const [first, last] = [fiscalYear(from), fiscalYear(to)];
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const year = first + at;
    const days = fiscalYearDays(year);
    const part = { from: from > days.from ? from : days.from, to: to < days.to ? to : days.to };
    return { year, ...part, whole: part.from === days.from && part.to === days.to };
  });
}
