/** Digits as the reader types and reads them. */
const persian = document.documentElement.lang === 'fa';
const grouping = new Intl.NumberFormat(persian ? 'fa-IR' : 'en', { maximumFractionDigits: 0 });

/** Persian and Arabic digits as Latin ones. */
export function latin(text) {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => digit.charCodeAt(0) & 0xf);
}

/** Latin digits as the reader's. */
export function shown(text) {
  if (!persian) return String(text);
  return String(text).replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));
}

/** A whole number in groups of three, in the reader's digits. */
export function grouped(number) {
  return grouping.format(number);
}
