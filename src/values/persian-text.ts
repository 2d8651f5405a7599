/** Persian as it is kept, searched, sorted and read; the letters stand here as code points only. */

import type { Language } from './language.ts';
import type { Reading } from './reading.ts';
import { valueWords } from './value-words.ts';

const persianLetters: Record<string, string> = {
  '\u064a': '\u06cc',
  '\u0649': '\u06cc',
  '\u0643': '\u06a9',
  '\u06aa': '\u06a9',
  '\u06be': '\u0647',
  '\u06c1': '\u0647',
  '\u06d5': '\u0647',
  // Heh with a hamza is kept as two marks: fonts draw it better, and the hamza is easily dropped.
  '\u06c0': '\u0647\u0654',
  '\u06c2': '\u0647\u0654',
};

/** The Persian alphabet as ICU sorts it; letters of one entry count as the same. */
const alphabet = [
  ...['\u0622', '\u0627\u0671', '\u0621\u0623\u0624\u0625\u0626', '\u0628', '\u067e', '\u062a'],
  ...['\u062b', '\u062c', '\u0686', '\u062d', '\u062e', '\u062f', '\u0630', '\u0631', '\u0632'],
  ...['\u0698', '\u0633', '\u0634', '\u0635', '\u0636', '\u0637', '\u0638', '\u0639', '\u063a'],
  ...['\u0641', '\u0642', '\u06a9', '\u06af', '\u0644', '\u0645', '\u0646', '\u0648'],
  ...['\u0647\u0629', '\u06cc'],
];

const sortedAs = new Map(
  alphabet.flatMap((letters, rank) =>
    [...letters].map((letter) => [letter, String.fromCharCode(0x41 + rank)] as const),
  ),
);

const persianDigitOf: Record<string, string> = Object.fromEntries(
  [0x30, 0x0660].flatMap((zero) =>
    Array.from({ length: 10 }, (_, digit) =>
      [zero, 0x06f0].map((of) => String.fromCharCode(of + digit)),
    ),
  ),
);

/** Whatever is not seen but changes what is: controls, direction marks, broken halves of letters. */
const invisibleMark = /[[\p{C}\p{Zl}\p{Zp}]--[\u200c]]/v;

/**
 * A letter carries a few marks. Unicode has them put in order, which for a hundred thousand of them
 * takes minutes, so nobody gets to send more than a few.
 */
function withFewMarks(text: string): string {
  // The two that are letters become marks when they are normalised.
  return text.length > 100
    ? text.replace(/([\p{M}\uff9e\uff9f]{20})[\p{M}\uff9e\uff9f]+/gu, '$1')
    : text;
}

/** Text as it is kept: one spelling for each letter, single spaces, half-spaces inside words only. */
export function normaliseText(text: string): string {
  return withFewMarks(text)
    .replace(/[\ufb50-\ufbff\ufe80-\ufefc]+/g, (forms) => forms.normalize('NFKC'))
    .normalize('NFC')
    .replace(/[\u0643\u0649\u064a\u06aa\u06be\u06c0-\u06c2\u06d5]/g, (at) => persianLetters[at]!)
    .replace(/\u06cc\u0654/g, '\u0626')
    .replace(/\u200c+/g, '\u200c')
    .replace(/(?<=^|\s)\u200c|\u200c(?=\s|$)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

export function latinDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) =>
    String(digit.charCodeAt(0) & 0xf),
  );
}

/** Letter by letter, for this runs on every figure of a book and a regular expression is slower. */
export function persianDigits(text: string): string {
  let shown = '';
  for (const letter of text) shown += persianDigitOf[letter] ?? letter;
  return shown;
}

/** No number or date is longer; what is stays as it is and is refused for that. */
const MOST_FIGURES = 1000;

/** A typed number or date: Latin digits, one kind of space, nothing unseen. */
export function typedFigures(text: string): string {
  if (text.length > MOST_FIGURES) return text;
  const seen = text.normalize('NFKC').replace(/[[\p{Cf}\p{Cc}]--[\t\n\r]]/gv, '');
  return latinDigits(normaliseText(seen));
}

/** Longer than any name, purpose or question; some letters stand for eighteen. */
const MOST_SOUGHT = 4000;

/**
 * Text as it is searched: without spaces, marks and the differences nobody types alike.
 *
 * Spaces go too, so that a name in two words, in one, or with a half-space is one name; fields kept
 * in one column are joined after this, and what is searched for is taken word by word.
 */
export function searchText(text: string): string {
  const letters = withFewMarks(text.slice(0, MOST_SOUGHT))
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]|[\u0621\u0640]/gu, '');
  const persian = normaliseText(letters)
    .replace(/\u0629/g, '\u0647')
    .replace(/\u0671/g, '\u0627');
  return latinDigits(persian).toLowerCase();
}

/** The words of a search, each as `searchText` has it; all of them must be found. */
export function searchWords(text: string): string[] {
  return text.split(/\s+/).map(searchText).filter(Boolean);
}

/** A key whose plain byte order is the order of a Persian dictionary, for SQLite has no collation. */
export function sortKey(text: string): string {
  const plain = latinDigits(normaliseText(text)).replace(/[\p{M}\u0640\u200c]/gu, '');
  return Array.from(plain, sortedLetter).join('');
}

function sortedLetter(letter: string): string {
  const sorted = sortedAs.get(letter);
  if (sorted !== undefined || /[ 0-9]/.test(letter)) return sorted ?? letter;
  // Other scripts follow the Persian alphabet, as in every Persian index.
  return /\p{L}/u.test(letter) ? `~${[...letter.normalize('NFD')][0]!.toLowerCase()}` : '!';
}

/** A name somebody must write; one letter or digit at least, and nothing that hides. */
export function readName(text: string, { max = 200 } = {}): Reading<string> {
  const value = normaliseText(text);
  if (value === '') return { fault: 'values:name.blank' };
  if (invisibleMark.test(text)) return { fault: 'values:name.mark' };
  if (!/[\p{L}\p{N}]/u.test(value)) return { fault: 'values:name.blank' };
  return within(max, value, 'values:name.too-long');
}

/**
 * The number or code of a paper, as `1405/21/9` or `P-12`: kept in Latin digits and without spaces, so
 * that however it was typed one number is one. Pages and papers show it in the reader's digits.
 */
export function readPaperNumber(text: string, { max = 60 } = {}): Reading<string> {
  const name = readName(text.slice(0, MOST_FIGURES).normalize('NFKC'), { max });
  if ('fault' in name) return name;
  const plain = latinDigits(name.value)
    .replaceAll('\u200c', '')
    .replace(/[\p{Pd}\u2212]/gu, '-');
  return { value: plain.replace(/\s*([/\-._])\s*/g, '$1') };
}

/** A line that may be left empty. */
export function readLine(text: string, { max = 300 } = {}): Reading<string> {
  if (invisibleMark.test(text.trim())) return { fault: 'values:text.mark' };
  return within(max, normaliseText(text), 'values:text.too-long');
}

/** Lines that may be left empty; at most one empty line between two others. */
export function readParagraph(text: string, { max = 4000 } = {}): Reading<string> {
  if (invisibleMark.test(text.replace(/[\t\n\r]/g, ' '))) return { fault: 'values:text.mark' };
  const lines = text.split(/\r\n|\r|\n/).map(normaliseText);
  const value = lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return within(max, value, 'values:text.too-long');
}

/** Why somebody did a thing: something that somebody else can understand later. */
export function readReason(text: string): Reading<string> {
  const read = readParagraph(text, { max: 500 });
  const short = 'value' in read && [...read.value].length < 3;
  return short ? { fault: 'values:text.reason' } : read;
}

function within(max: number, value: string, fault: string): Reading<string> {
  return [...value].length > max ? { fault, values: { max } } : { value };
}

/**
 * A whole number in words, without its unit.
 *
 * One hundred and one thousand are said with their one, as on a cheque: a bare hundred could be
 * made five hundred with a stroke of the pen.
 */
export function amountInWords(amount: number, language: Language): string {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} has no words`);
  const words: Record<string, string> = valueWords[language].number;
  if (amount === 0) return words[0]!;
  const said = threeByThree(Math.abs(amount), words).join(words['between-parts']);
  return amount < 0 ? `${valueWords[language].word.minus} ${said}` : said;
}

const scales = ['', 'thousand', 'million', 'billion', 'trillion', 'quadrillion'];

function threeByThree(amount: number, words: Record<string, string>): string[] {
  const parts: string[] = [];
  for (let scale = 0, rest = amount; rest > 0; scale += 1, rest = Math.floor(rest / 1000)) {
    const said = belowThousand(rest % 1000, words);
    if (said) parts.unshift(scale === 0 ? said : `${said} ${words[scales[scale]!]}`);
  }
  return parts;
}

function belowThousand(amount: number, words: Record<string, string>): string {
  const [hundreds, rest] = [amount - (amount % 100), amount % 100];
  const ones = rest < 20 ? rest : rest % 10;
  const tens = [rest - ones, ones].filter((part) => part > 0).map((part) => words[part]);
  const parts = [hundreds > 0 ? words[hundreds] : '', tens.join(words['between-tens'])];
  return parts.filter(Boolean).join(words['between-parts']);
}
