/** Vazirmatn in three weights: letters joined and placed by fontkit, glyphs kept in the subset. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Font, GlyphPosition } from 'fontkit';
import { later } from '../later.ts';
import { type Direction, mirrored, mirrorOf } from './bidi.ts';
import type { EmbeddedFont } from './pdfkit-internals.ts';

export type Weight = 'regular' | 'medium' | 'bold';

/** Glyphs that stand `rise` thousandths of an em above the line: marks over and under letters. */
type Raised = { rise: number; glyphs: string };

/** A shaped piece: its width in thousandths of an em and what stands inside the brackets of TJ. */
export type Shape = {
  width: number;
  count: number;
  glyphs: string;
  raised: Raised[] | null;
  /** All of it is one hexadecimal string, so digits can be strung together. */
  plain: boolean;
};

const FILES: Record<Weight, string> = {
  regular: 'Regular',
  medium: 'Medium',
  bold: 'Bold',
};

const SHAPES_KEPT = 20_000;
const HALF_SPACE = 0x200c;
const RIGHT_TO_LEFT_MARK = 0x200f;
const SPACE = 0x20;

/** Readers of a page count these as parts of a number; see `turn`. */
const NUMERIC_MARK = /[-+,./:%#$\u060c\u066a-\u066c\u2212]/;

const fontkit = later<typeof import('fontkit')>('fontkit');
const require = createRequire(import.meta.url);
const opened = new Map<Weight, Font>();

/** Opened once for all papers: reading a font takes longer than drawing a receipt. */
export function openFont(weight: Weight): Font {
  const known = opened.get(weight);
  if (known) return known;
  const file = require.resolve(`vazirmatn/fonts/ttf/Vazirmatn-${FILES[weight]}.ttf`);
  const font = fontkit().create(readFileSync(file));
  opened.set(weight, font);
  return font;
}

/** One weight in one document. */
export class Face {
  readonly resource: string;
  readonly #embedded: EmbeddedFont;
  readonly #scale: number;
  readonly #shapes = new Map<string, Shape>();
  readonly #slots = new Map<string, string>();
  readonly #taken = new Set<number>();
  readonly #spaceGlyph: number;
  #turn: Shape | null = null;

  constructor(embedded: EmbeddedFont) {
    this.#embedded = embedded;
    this.resource = embedded.id;
    this.#scale = 1000 / embedded.font.unitsPerEm;
    this.#spaceGlyph = embedded.font.glyphForCodePoint(SPACE).id;
  }

  get reference() {
    return this.#embedded.ref();
  }

  shape(text: string, direction: Direction, tabular = false): Shape {
    const key = `${direction}${tabular ? '#' : ' '}${text}`;
    const known = this.#shapes.get(key);
    if (known) return known;
    if (this.#shapes.size >= SHAPES_KEPT) this.#shapes.clear();
    const shape = this.#shaped(text, direction, tabular);
    this.#shapes.set(key, shape);
    return shape;
  }

  /** Digits never join, so a number is strung together from ten shapes instead of being shaped. */
  figure(text: string, tabular = false): Shape {
    let width = 0;
    let glyphs = '';
    for (const character of text) {
      const shape = this.shape(character, 'ltr', tabular);
      if (!shape.plain) return this.shape(text, 'ltr', tabular);
      width += shape.width;
      glyphs += shape.glyphs.slice(1, -1);
    }
    return { width, count: text.length, glyphs: `<${glyphs}>`, raised: null, plain: true };
  }

  /**
   * A mark without width after a number in right-to-left text. Readers of a page guess its order
   * from the letters: without it they take what follows the number for a part of it.
   */
  get turn(): Shape {
    this.#turn ??= {
      width: 0,
      count: 0,
      glyphs: `<${this.#blank(RIGHT_TO_LEFT_MARK)}>`,
      raised: null,
      plain: true,
    };
    return this.#turn;
  }

  #shaped(text: string, direction: Direction, tabular: boolean): Shape {
    const rtl = direction === 'rtl';
    // fontkit keeps each glyph with the letters it first stood for, which another paper may have
    // left empty; forgotten, it learns them anew from this text.
    this.#embedded.font._glyphs = {};
    const run = this.#embedded.font.layout(
      rtl ? mirrored(text) : text,
      tabular ? { tnum: true } : undefined,
      'arab',
      undefined,
      direction,
    );
    const strip = new Strip();
    run.glyphs.forEach((glyph, index) => {
      const position = run.positions[index] as GlyphPosition;
      if (glyph.id === this.#spaceGlyph && position.xAdvance === 0) {
        strip.add(this.#blank(HALF_SPACE), 0, position, this.#scale);
        return;
      }
      const natural = glyph.advanceWidth * this.#scale;
      if (rtl && NUMERIC_MARK.test(String.fromCodePoint(glyph.codePoints[0] ?? SPACE))) {
        strip.append(this.#blank(RIGHT_TO_LEFT_MARK));
      }
      const [means, ...before] = rtl ? rightmostLast(glyph.codePoints) : [glyph.codePoints];
      strip.add(this.#slot(glyph.id, means, natural), natural, position, this.#scale);
      for (const codePoint of before) strip.append(this.#blank(codePoint));
    });
    return strip.shape(run.glyphs.length);
  }

  /** Draws nothing and takes no room, but is there to be copied and searched. */
  #blank(codePoint: number): string {
    return this.#slot(this.#spaceGlyph, [codePoint], 0);
  }

  /**
   * The number of a glyph in the subset, one for each meaning it has: a mirrored bracket looks like
   * its partner but must be read, copied and searched as itself.
   */
  #slot(glyph: number, means: number[], width: number): string {
    const key = `${glyph}:${means.join(',')}`;
    const known = this.#slots.get(key);
    if (known) return known;
    const { subset, widths, unicode } = this.#embedded;
    const taken = this.#taken.has(glyph);
    const slot = taken ? subset.glyphs.push(glyph) - 1 : subset.includeGlyph(glyph);
    this.#taken.add(glyph);
    widths[slot] = width;
    unicode[slot] = means;
    const hex = slot.toString(16).padStart(4, '0');
    this.#slots.set(key, hex);
    return hex;
  }
}

/**
 * What a glyph of right-to-left text means, its letters from left to right. Readers turn such text
 * around letter by letter, so of a joined lam-alef each letter must stand in a place of its own.
 */
function rightmostLast(codePoints: number[]): [number[], ...number[]] {
  const [last, ...before] = codePoints.map(mirrorPoint).reverse();
  return [[last ?? SPACE], ...before];
}

/** Gathers the glyphs of a piece into the arrays of TJ, one for each height above the line. */
class Strip {
  #width = 0;
  #parts: Raised[] = [{ rise: 0, glyphs: '' }];

  add(slot: string, natural: number, position: GlyphPosition, scale: number): void {
    const rise = Math.round(position.yOffset * scale);
    const shift = Math.round(position.xOffset * scale);
    let part = this.#parts.at(-1) as Raised;
    if (part.rise !== rise) {
      part = { rise, glyphs: '' };
      this.#parts.push(part);
    }
    if (shift !== 0) part.glyphs += ` ${-shift}`;
    part.glyphs += `<${slot}>`;
    const back = Math.round(natural + shift - position.xAdvance * scale);
    if (back !== 0) part.glyphs += ` ${back}`;
    this.#width += position.xAdvance * scale;
  }

  append(slot: string): void {
    (this.#parts.at(-1) as Raised).glyphs += `<${slot}>`;
  }

  shape(count: number): Shape {
    for (const part of this.#parts) part.glyphs = part.glyphs.replaceAll('><', '');
    const only = this.#parts.length === 1;
    const glyphs = only ? (this.#parts[0] as Raised).glyphs : '';
    const plain = only && /^<[0-9a-f]*>$/.test(glyphs);
    return { width: this.#width, count, glyphs, raised: only ? null : this.#parts, plain };
  }
}

function mirrorPoint(codePoint: number): number {
  return mirrorOf(String.fromCodePoint(codePoint)).codePointAt(0) as number;
}
