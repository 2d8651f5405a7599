/** Which way each character of a line runs (the Unicode bidirectional algorithm, by bidi-js). */
import bidiFactory, { type Bidi } from 'bidi-js';

export type Direction = 'rtl' | 'ltr';

// Its types describe an ES module, Node loads the CommonJS one.
const bidi = (bidiFactory as unknown as () => Bidi)();

const LTR_ISOLATE = '\u2066';
const OWN_ISOLATE = '\u2068';
const END_ISOLATE = '\u2069';
const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A signed or separated number; without an isolate «6037-9975» would swap its halves. */
const NUMBER =
  /\u2066[^\u2066-\u2069]*\u2069|(?<![A-Za-z\u00c0-\u024f][ ,./-]*)(?:(?<=^|[\s(\u00ab])[-\u2212+])?[0-9\u06f0-\u06f9]+(?:[-/.,:\u066b\u066c][0-9\u06f0-\u06f9]+)*/g;

const PLAIN = /^[0-9\u06f0-\u06f9]+$/;

/** Keeps a code, number or Latin name running left to right inside Persian prose. */
export function ltr(text: string): string {
  return `${LTR_ISOLATE}${withoutMarks(text)}${END_ISOLATE}`;
}

/** Keeps what a user typed from disturbing the sentence around it, whatever its script. */
export function own(text: string): string {
  return `${OWN_ISOLATE}${withoutMarks(text)}${END_ISOLATE}`;
}

export function withoutMarks(text: string): string {
  return text.replace(MARKS, '');
}

export function isMark(character: string): boolean {
  return character >= '\u2066' && character <= '\u2069';
}

/** Puts every number that has a sign or separators into an isolate of its own. */
export function isolateNumbers(text: string): string {
  return text.replace(NUMBER, (found) =>
    found.startsWith(LTR_ISOLATE) || PLAIN.test(found) ? found : ltr(found),
  );
}

export function levelsOf(text: string, base: Direction): Uint8Array {
  const { levels } = bidi.getEmbeddingLevels(text, base);
  // Half-spaces are bound to their word, so the word is shaped in one piece.
  for (let index = 1; index < text.length; index++) {
    if (text[index] === '\u200c') levels[index] = levels[index - 1] ?? 0;
  }
  return levels;
}

export function mirrored(text: string): string {
  return Array.from(text, (character) => mirrorOf(character)).join('');
}

export function mirrorOf(character: string): string {
  return bidi.getMirroredCharacter(character) ?? character;
}

/** Rule L2: from the highest level down, turn every run of that level or more around. */
export function inVisualOrder<T extends { level: number }>(pieces: T[]): T[] {
  if (isPlain(pieces)) return pieces[0]?.level === 0 ? pieces : pieces.reverse();
  const ordered = [...pieces];
  const levels = ordered.map((piece) => piece.level);
  const lowestOdd = Math.min(...levels.filter((level) => level % 2 === 1));
  for (let level = Math.max(...levels); level >= lowestOdd; level--) {
    turnRuns(ordered, level);
  }
  return ordered;
}

/** Left to right throughout, or right to left with no two left-to-right pieces side by side. */
function isPlain(pieces: { level: number }[]): boolean {
  let before = 1;
  const only = pieces[0]?.level === 0 ? 0 : 2;
  for (const { level } of pieces) {
    if (only === 0 ? level !== 0 : level < 1 || level > 2 || (level === 2 && before === 2)) {
      return false;
    }
    before = level;
  }
  return true;
}

function turnRuns<T extends { level: number }>(pieces: T[], level: number): void {
  let start = 0;
  while (start < pieces.length) {
    let end = start;
    while (end < pieces.length && (pieces[end] as T).level >= level) end++;
    if (end > start + 1) pieces.splice(start, end - start, ...pieces.slice(start, end).reverse());
    start = Math.max(end, start + 1);
  }
}
