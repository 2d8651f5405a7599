import type { Language } from './language.ts';
import { newUnit } from './money-unit.ts';
import { amountInWords, persianDigits, typedFigures } from './persian-text.ts';
import type { Reading } from './reading.ts';
import { valueWords } from './value-words.ts';

/** So many that the sums of a whole province stay exact. */
export const MAX_RIAL = 99_999_999_999_999;

export type MoneyUnit = 'rial' | 'toman';

const rialsIn: Record<MoneyUnit, number> = { rial: 1, toman: 10 };

const unitWords: Record<MoneyUnit, string[]> = {
  rial: [valueWords.fa.unit.rial, 'rials', 'rial', 'irr'],
  toman: [valueWords.fa.unit.toman, 'tomans', 'toman', 'irt'],
};

const fractional = { fault: 'values:rial.fractional' };

/** Reads a positive amount of money as whole rials, whichever digits, grouping and unit it is in. */
export function readRial(typed: string | number, unit: MoneyUnit = 'rial'): Reading<number> {
  if (typeof typed === 'number') return inRials(typed, unit);
  const { figures, said } = withoutUnit(typedFigures(typed).toLowerCase());
  if (said !== undefined && said !== unit) return { fault: `values:rial.in-${said}` };
  if (figures === '') return { fault: 'values:rial.empty' };
  const unsigned = withoutMinus(figures);
  // Nobody writes an amount so; eleven figures from a zero on are a telephone number.
  if (/^0[1-9]\d{9}$/.test(unsigned)) return { fault: 'values:rial.telephone' };
  const amount = amountOf(unsigned);
  if ('fault' in amount) return amount;
  return inRials(unsigned === figures ? amount.value : -amount.value, unit);
}

function withoutUnit(text: string): { figures: string; said?: MoneyUnit } {
  for (const said of ['rial', 'toman'] as const) {
    const word = unitWords[said].find((ending) => text.endsWith(ending));
    if (word) return { figures: text.slice(0, -word.length).trim(), said };
  }
  return { figures: text };
}

/** A minus stands before the number, after it as in old ledgers, or is a pair of parentheses. */
function withoutMinus(figures: string): string {
  const negative = /^(?:[-\u2010-\u2015\u2212] ?(.+)|(.+?) ?[-\u2212]|\((.+)\))$/.exec(figures);
  return negative?.slice(1).find(Boolean) ?? figures;
}

/** The number written, also where it is none we accept: a fraction is a number, two words are not. */
function amountOf(figures: string): Reading<number> {
  const grouped = /^[1-9]\d{0,2}(?:([,.' \u060c\u066c\u2019])\d{3})(?:\1\d{3})*$/.test(figures);
  const plain = grouped ? figures.replace(/\D/g, '') : figures;
  if (/^\d+$/.test(plain)) return { value: Number(plain) };
  // A slash is the decimal mark of handwritten Persian.
  if (/^(?=.*\d)[\d,' \u060c\u066c\u2019]*[./\u066b]\d*$/.test(plain)) return fractional;
  if (/^\d+(?:\.\d+)?e[-+]?\d+$/.test(plain)) return fractional;
  if (/^\d[\d,.' \u060c\u066c\u2019]*$/.test(plain)) return { fault: 'values:rial.grouping' };
  return { fault: 'values:rial.words' };
}

function inRials(amount: number, unit: MoneyUnit): Reading<number> {
  if (Number.isNaN(amount)) return { fault: 'values:rial.words' };
  if (amount < 0) return { fault: 'values:rial.negative' };
  if (amount === 0) return { fault: 'values:rial.zero' };
  if (amount * rialsIn[unit] > MAX_RIAL) return { fault: 'values:rial.too-large' };
  if (!Number.isInteger(amount)) return fractional;
  return { value: amount * rialsIn[unit] };
}

/** Grouped digits without the unit; what is below zero stands in parentheses, as in every book. */
export function formatRial(amount: number, language: Language): string {
  const unit = newUnit();
  if (unit === null) return formatCount(amount, language);
  const digits = decimal(Math.abs(amount), unit.factor, language);
  return amount < 0 ? `(${digits})` : digits;
}

/** A number of things, grouped as an amount is. */
export function formatCount(count: number, language: Language): string {
  const digits = grouped(String(Math.abs(count)), language);
  return count < 0 ? `(${digits})` : digits;
}

/** In new rials: whole, in qerans, or to the former rial where one is left over. */
function decimal(amount: number, factor: number, language: Language): string {
  const rest = amount % factor;
  const whole = grouped(String((amount - rest) / factor), language);
  if (rest === 0) return whole;
  const places = String(factor).length - 1;
  const digits = String(rest).padStart(places, '0');
  const shown = rest % (factor / 100) === 0 ? digits.slice(0, 2) : digits;
  return `${whole}${language === 'fa' ? `\u066b${persianDigits(shown)}` : `.${shown}`}`;
}

/** The amount in words without the unit, as it is said here. */
export function rialInWords(rials: number, language: Language): string {
  const unit = newUnit();
  if (unit === null) return amountInWords(rials, language);
  const rest = rials % unit.factor;
  const whole = amountInWords((rials - rest) / unit.factor, language);
  if (rest === 0) return whole;
  const qeran = unit.factor / 100;
  const { fraction, number } = valueWords[language];
  const part = rest % qeran === 0 ? rest / qeran : rest;
  const said = rest % qeran === 0 ? fraction[100] : fraction[unit.factor as 100];
  return `${whole}${number['between-parts']}${amountInWords(part, language)} ${said}`;
}

/** The same amount in toman; the odd rial follows the decimal mark. */
export function formatToman(rials: number, language: Language): string {
  const { toman, rial } = tomanOf(Math.abs(rials));
  const odd = rial === 0 ? '' : `.${rial}`;
  const digits = grouped(`${toman}${odd}`, language);
  return rials < 0 ? `(${digits})` : digits;
}

/** Whole toman, and the rials left over. */
export function tomanOf(rials: number): { toman: number; rial: number } {
  return { toman: Math.trunc(rials / 10), rial: rials % 10 };
}

function grouped(digits: string, language: Language): string {
  const latin = digits.replace(/\B(?=(?:\d{3})+(?!\d))/g, ',');
  if (language === 'en') return latin;
  return persianDigits(latin).replaceAll(',', '\u066c').replace('.', '\u066b');
}
