/** What a careful proof-reader marks in a Persian sentence: letters, half-spaces, marks, digits. */

const MISTAKES: Record<string, RegExp> = {
  'Arabic ye or kaf': /[يكىﻳﻛ]/u,
  'one letter for he with hamza': /ۀ|ه‌ی(?!\p{L})/u,
  'half-space at the edge of a word': /\u200c(?![\p{L}\p{M}])|(?<![\p{L}\p{M}])\u200c/u,
  'two spaces, or a space at the edge': / {2}|^\s|\s$/u,
  'a verb apart from its prefix': /(?<![\p{L}\u200c])ن?می(?![\p{L}\u200c])/u,
  'a verb grown together with its prefix':
    /(?<![\p{L}\u200c])ن?می(?:شو|کن|ده[دمن]|گیر|توان|خواه|دانن?د|رس[دم]|گوی|رو[دم]|بین|ماند|پذیر|نویس|ساز|یاب)/u,
  'an ending apart from its word':
    /(?<![\p{L}\u200c])(?:ها|های|هایی|هایش|هایشان|تر|ترین|ام|ای)(?![\p{L}\u200c])/u,
  'an ending grown together with its word':
    /\p{L}{2}(?<!ت)نها(?:ی|یی)?(?![\p{L}\u200c])|[کمشت]هایی?(?!\p{L})/u,
  'a word that needs its half-space':
    /نرم ?افزار(?<!نرم‌افزار)|پیش نویس|صورت ?جلس|اطلاع ?رسان|برنامه ریز|نا[یئ]ب رئیس|قرض ?الحسن/u,
  'a word spelled otherwise': /هیأت|هیات|مسوول|مسؤول|نائب|اساس نامه|آئین|اجرائی/u,
  'a mark of another script': /[,;?]|[0-9٠-٩]/u,
  'a space before a mark, or none after': /\s[،؛:.؟!»)]|[،؛؟](?=[^\s»)])|[«(]\s/u,
};

/** The names of the mistakes in a Persian text; interpolations and their names are no Persian. */
export function mistakesIn(text: string): string[] {
  const persian = text.replaceAll(/\{\{\w+\}\}/g, 'نام');
  return Object.entries(MISTAKES)
    .filter(([, mistake]) => mistake.test(persian))
    .map(([name]) => name);
}
