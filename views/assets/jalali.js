/** The Jalali calendar by the 33-year rule, which holds for every year from 1300 to 1500. */
const DAY = 86_400_000;
// The eve of 1 Farvardin 1, as the Gregorian calendar would have named it.
const EPOCH = Date.UTC(622, 2, 20) / DAY;

export function isLeap(year) {
  return (25 * year + 11) % 33 < 8;
}

export function monthLength(year, month) {
  if (month < 7) return 31;
  return month < 12 || isLeap(year) ? 30 : 29;
}

/** Days since 1970 of a Jalali day. */
export function dayNumber(year, month, day) {
  const months = month < 7 ? (month - 1) * 31 : (month - 7) * 30 + 186;
  return EPOCH + 365 * (year - 1) + Math.floor((8 * year + 21) / 33) + months + day;
}

export function partsOf(number) {
  let year = Math.floor((number - EPOCH) / 365.2422) + 1;
  if (number < dayNumber(year, 1, 1)) year -= 1;
  if (number >= dayNumber(year + 1, 1, 1)) year += 1;
  const past = number - dayNumber(year, 1, 1);
  const month = past < 186 ? Math.floor(past / 31) + 1 : Math.floor((past - 186) / 30) + 7;
  return { year, month, day: number - dayNumber(year, month, 1) + 1 };
}

/** The place in the week, 0 for Saturday. */
export function weekdayOf(number) {
  return (((number + 5) % 7) + 7) % 7;
}

export function numberOf(iso) {
  return Date.parse(iso) / DAY;
}
