/** From a sentence to lines: pieces that join within themselves, broken at spaces, then reordered. */
import {
  type Direction,
  inVisualOrder,
  isMark,
  isolateNumbers,
  levelsOf,
  withoutMarks,
} from './bidi.ts';
import type { Face, Shape, Weight } from './typeface.ts';

export type Style = {
  size: number;
  weight: Weight;
  /** The height of a line as a multiple of the size. */
  leading?: number;
  colour?: string;
  /** Digits of one width, for columns that are added up. */
  tabular?: boolean;
};

/** A sentence, or its parts where some are of another weight. */
export type Content = string | Span[];
export type Span = { text: string; weight?: Weight; colour?: string };

/** The words alone, for whoever hears the paper instead of seeing it. */
export function plainText(content: Content): string {
  const text = typeof content === 'string' ? content : content.map((span) => span.text).join('');
  return withoutMarks(text);
}

export type Piece = {
  shape: Shape;
  face: Face;
  level: number;
  /** In points, for the style it was measured in. */
  width: number;
  space: boolean;
  text: string;
  colour?: string | undefined;
};

type Word = { pieces: Piece[]; width: number; space: boolean };

export type Line = { pieces: Piece[]; width: number; spaces: number; style: Style };

export type Faces = (weight: Weight) => Face;

/** Tabular cells are wide; look/README closes them up by this part of the size. */
export const TABULAR_SPACING = -0.065;

const SIMPLE_TOKEN =
  / |[0-9\u06f0-\u06f9]+(?:[-/.,:\u066b\u066c][0-9\u06f0-\u06f9]+)*|[^ 0-9\u06f0-\u06f9]+/g;
const ONE_WAY =
  /^[ \u00ab\u00bb().:!\u2026\u2013/0-9\u060c\u061b\u061f\u0621-\u065f\u066b\u066c\u0670-\u06d3\u06f0-\u06f9\u200c-]*$/;
const FIGURE = /^[0-9\u06f0-\u06f9](?:[-/.,:\u066b\u066c]?[0-9\u06f0-\u06f9])*$/;
const SIGNED = /(?:^|[ (\u00ab])[-\u2212+][0-9\u06f0-\u06f9]/;
const LATIN_ONLY = /^[\u0020-\u007e\u00a0-\u024f\u2010-\u203a]*$/;

export class Typesetter {
  readonly base: Direction;
  readonly #faces: Faces;

  constructor(faces: Faces, base: Direction) {
    this.#faces = faces;
    this.base = base;
  }

  /** One line, however long. */
  line(content: Content, style: Style): Line {
    return this.#closed(this.pieces(content, style), style);
  }

  width(content: Content, style: Style): number {
    return this.line(content, style).width;
  }

  /** Lines no wider than `width`; the first is shorter by `indent`. */
  lines(content: Content, style: Style, width: number, indent = 0): Line[] {
    const pieces = this.pieces(content, style);
    if (widthOf(pieces) <= width - indent) return [this.#closed(pieces, style)];
    const lines: Line[] = [];
    let line: Piece[] = [];
    let used = 0;
    let room = width - indent;
    const close = () => {
      lines.push(this.#closed(line, style));
      line = [];
      used = 0;
      room = width;
    };
    for (const word of wordsOf(pieces)) {
      if (used > 0 && !word.space && used + word.width > room + 0.01) close();
      if (word.space && line.length === 0) continue;
      for (const part of word.width > width ? this.#torn(word, width, style) : [word]) {
        if (used > 0 && used + part.width > room + 0.01 && !part.space) close();
        line.push(...part.pieces);
        used += part.width;
      }
    }
    if (line.length > 0 || lines.length === 0) close();
    return lines;
  }

  /** In the order of reading, each with its level; isolates have done their work and are gone. */
  pieces(content: Content, style: Style): Piece[] {
    if (typeof content === 'string' && FIGURE.test(content)) {
      const face = this.#faces(style.weight);
      const shape = face.figure(content, style.tabular);
      return [measured(content, shape, face, this.base === 'rtl' ? 2 : 0, style)];
    }
    const spans = typeof content === 'string' ? [{ text: content }] : content;
    const text = spans.map((span) => clean(span.text)).join('');
    if (spans.length === 1 && !spans[0]?.colour) {
      const bare = withoutMarks(text);
      const face = this.#faces((spans[0] as Span).weight ?? style.weight);
      if (this.base === 'ltr' && LATIN_ONLY.test(bare)) return this.#simple(bare, face, style);
      if (this.base === 'rtl' && isSimple(text, bare)) return this.#simple(bare, face, style);
    }
    return this.#mixed(spans, style);
  }

  /** Nothing in it runs against the page but its numbers, so no levels need be computed. */
  #simple(text: string, face: Face, style: Style): Piece[] {
    const own = this.base === 'rtl' ? 1 : 0;
    const pieces: Piece[] = [];
    for (const token of text.match(SIMPLE_TOKEN) ?? []) {
      const digit = isDigit(token.charCodeAt(0));
      const shape =
        digit || token === ' '
          ? face.figure(token, style.tabular)
          : face.shape(token, this.base, style.tabular);
      pieces.push(measured(token, shape, face, digit ? own + (own % 2) : own, style));
    }
    return this.#turned(pieces);
  }

  #turned(pieces: Piece[]): Piece[] {
    if (this.base === 'ltr' || pieces.length < 2) return pieces;
    return pieces.flatMap((one, index) => {
      const next = pieces[index + 1];
      if (!next || one.level % 2 === 1 || next.level % 2 === 0) return one;
      return [one, { ...one, text: '', shape: one.face.turn, level: 1, width: 0 }];
    });
  }

  #mixed(spans: Span[], style: Style): Piece[] {
    const parts = spans.map((span) => isolateNumbers(clean(span.text)));
    const text = parts.join('');
    const levels = levelsOf(text, this.base);
    const pieces: Piece[] = [];
    let start = 0;
    parts.forEach((part, index) => {
      const face = this.#faces(spans[index]?.weight ?? style.weight);
      const end = start + part.length;
      for (const [from, to] of cuts(text, levels, start, end)) {
        const slice = text.slice(from, to);
        const level = levels[from] as number;
        const shape = face.shape(slice, level % 2 === 1 ? 'rtl' : 'ltr', style.tabular);
        const colour = spans[index]?.colour;
        pieces.push({ ...measured(slice, shape, face, level, style), colour });
      }
      start = end;
    });
    return this.#turned(pieces);
  }

  #closed(pieces: Piece[], style: Style): Line {
    while (pieces.at(-1)?.space) pieces.pop();
    let width = 0;
    let spaces = 0;
    for (const piece of pieces) {
      width += piece.width;
      if (piece.space) spaces++;
    }
    return { pieces: inVisualOrder(pieces), width, spaces, style };
  }

  /** A word wider than the page is torn where it must be; nothing typed is left off the paper. */
  #torn(word: Word, width: number, style: Style): Word[] {
    const parts: Word[] = [];
    for (const piece of word.pieces) {
      const letters = Math.max(1, Math.floor((piece.text.length * width) / piece.width) - 1);
      for (let at = 0; at < piece.text.length; at += letters) {
        const text = piece.text.slice(at, at + letters);
        const shape = piece.face.shape(text, piece.level % 2 === 1 ? 'rtl' : 'ltr');
        const part = { ...piece, text, shape, width: (shape.width * style.size) / 1000 };
        parts.push({ pieces: [part], width: part.width, space: false });
      }
    }
    return parts;
  }
}

function clean(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function isSimple(text: string, bare: string): boolean {
  return ONE_WAY.test(bare) && !SIGNED.test(bare) && (bare === text || /^[^\u2068]*$/.test(text));
}

function widthOf(pieces: Piece[]): number {
  let width = 0;
  for (const piece of pieces) width += piece.width;
  return width;
}

function isDigit(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x6f0 && code <= 0x6f9);
}

function measured(text: string, shape: Shape, face: Face, level: number, style: Style): Piece {
  const spacing = style.tabular ? TABULAR_SPACING * style.size * shape.count : 0;
  const width = (shape.width * style.size) / 1000 + spacing;
  return { text, shape, face, level, width, space: text === ' ' };
}

/** Where one piece ends and the next begins: at spaces, at marks, and where the direction turns. */
function* cuts(
  text: string,
  levels: Uint8Array,
  start: number,
  end: number,
): Generator<[number, number]> {
  let from = start;
  for (let index = start; index < end; index++) {
    const character = text[index] as string;
    const apart = character === ' ' || isMark(character);
    if (apart || levels[index] !== levels[from]) {
      if (from < index) yield [from, index];
      from = index;
    }
    if (!apart) continue;
    if (character === ' ') yield [index, index + 1];
    from = index + 1;
  }
  if (from < end) yield [from, end];
}

/** Pieces without a space between them hold together when a line is broken. */
function* wordsOf(pieces: Piece[]): Generator<Word> {
  let word: Word = { pieces: [], width: 0, space: false };
  for (const piece of pieces) {
    if (piece.space) {
      if (word.pieces.length > 0) yield word;
      yield { pieces: [piece], width: piece.width, space: true };
      word = { pieces: [], width: 0, space: false };
    } else {
      word.pieces.push(piece);
      word.width += piece.width;
    }
  }
  if (word.pieces.length > 0) yield word;
}
