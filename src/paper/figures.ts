/** Numbers and codes as the reader of the paper writes them. */

export type Lang = 'fa' | 'en';

/** Latin digits to the reader's. */
export function digits(text: string, lang: Lang): string {
  if (lang === 'en') return text;
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x6f0 + Number(digit)));
}

/** Whole rials in groups of three; below zero in parentheses, as bookkeepers write. */
export function amount(value: number | bigint, lang: Lang): string {
  const text = String(value);
  const below = text.startsWith('-');
  const grouped = group(below ? text.slice(1) : text, lang === 'fa' ? '\u066c' : ',');
  const written = digits(grouped, lang);
  return below ? `(${written})` : written;
}

function group(whole: string, separator: string): string {
  let grouped = whole.slice(-3);
  for (let end = whole.length - 3; end > 0; end -= 3) {
    grouped = whole.slice(Math.max(0, end - 3), end) + separator + grouped;
  }
  return grouped;
}
