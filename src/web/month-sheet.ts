/** One month of the Jalali calendar in weeks from Saturday to Friday, as a wall calendar has it. */
import { isoFromJalali, jalaliParts, monthLength, weekdayOf } from '../values/jalali-date.ts';

export type MonthSheet = {
  year: number;
  month: number;
  weeks: ({ iso: string; day: number } | null)[][];
};

export function monthSheet(iso: string): MonthSheet {
  const { year, month } = jalaliParts(iso);
  const before = weekdayOf(isoFromJalali(year, month, 1));
  const length = monthLength(year, month);
  const cells = Array.from({ length: Math.ceil((before + length) / 7) * 7 }, (_, at) => {
    const day = at - before + 1;
    return day < 1 || day > length ? null : { iso: isoFromJalali(year, month, day), day };
  });
  const weeks = Array.from({ length: cells.length / 7 }, (_, at) =>
    cells.slice(at * 7, at * 7 + 7),
  );
  return { year, month, weeks };
}
