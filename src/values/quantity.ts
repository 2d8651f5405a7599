/** Quantities and hours, kept as whole parts of their unit: no fraction of them is ever rounded. */
import type { Language } from './language.ts';
import { persianDigits, typedFigures } from './persian-text.ts';
import type { Reading } from './reading.ts';

/** So many thousandths of a unit at the most, and hundredths of an hour. */
const MOST_MILLI = 999_999_999_999;
const MOST_CENTI = 999_999;

/** Reads a quantity with up to three decimals, in thousandths of its unit. */
export function readQuantity(typed: string | number): Reading<number> {
  return inParts(typed, 3, MOST_MILLI, 'quantity');
}

/** Reads hours with up to two decimals or as 2:30, in hundredths of an hour. */
export function readHoursGiven(typed: string | number): Reading<number> {
  const clock = /^(\d{1,4}):([0-5]\d)$/.exec(typedFigures(String(typed)));
  if (!clock) return inParts(typed, 2, MOST_CENTI, 'hours');
  return limited(Math.round(Number(clock[1]) * 100 + (Number(clock[2]) * 100) / 60), MOST_CENTI);
}

function inParts(
  typed: string | number,
  places: number,
  most: number,
  word: 'quantity' | 'hours',
): Reading<number> {
  const figures = typedFigures(String(typed));
  if (figures === '') return { fault: 'values:quantity.empty' };
  if (/^[-\u2212(]/.test(figures)) return { fault: 'values:quantity.negative' };
  const [, whole, decimals = ''] = wholeAndDecimals(figures) ?? [];
  if (whole === undefined) return { fault: `values:quantity.${word}` };
  if (decimals.length > places) return { fault: 'values:quantity.decimals', values: { places } };
  return limited(Number(whole + decimals.padEnd(places, '0')), most);
}

/** Thousands are grouped by a comma or its Persian sisters; a point or a slash begins the decimals. */
function wholeAndDecimals(figures: string): RegExpExecArray | null {
  const grouped = /^[1-9]\d{0,2}(?:[,\u060c\u066c' ]\d{3})+(?:[./\u066b]\d+)?$/.test(figures);
  const plain = grouped ? figures.replace(/[,\u060c\u066c' ]/g, '') : figures;
  return /^(\d{1,12})(?:[./\u066b](\d+))?$/.exec(plain);
}

function limited(parts: number, most: number): Reading<number> {
  if (parts === 0) return { fault: 'values:quantity.zero' };
  return parts > most ? { fault: 'values:quantity.too-large' } : { value: parts };
}

/** Thousandths as a number people read: `2.5`, without zeros that say nothing. */
export function formatQuantity(milli: number, language: Language): string {
  return formatted(milli, 3, language);
}

export function formatHours(centi: number, language: Language): string {
  return formatted(centi, 2, language);
}

function formatted(parts: number, places: number, language: Language): string {
  const digits = String(parts).padStart(places + 1, '0');
  const whole = digits.slice(0, -places).replace(/\B(?=(?:\d{3})+$)/g, ',');
  const decimals = digits.slice(-places).replace(/0+$/, '');
  const latin = decimals ? `${whole}.${decimals}` : whole;
  if (language === 'en') return latin;
  return persianDigits(latin).replaceAll(',', '\u066c').replace('.', '\u066b');
}
