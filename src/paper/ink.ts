/** Writes one page: text and rules, as one string of PDF operators, measured from where reading starts. */
import type { Direction } from './bidi.ts';
import type { Leaf } from './leaf.ts';
import { type Line, type Style, TABULAR_SPACING } from './text.ts';
import type { Face } from './typeface.ts';

/** Points in a millimetre. */
export const MM = 72 / 25.4;

/** So much is gathered before it goes to the leaf: short strings are cheap while they are young. */
const SCRAP = 4096;

export type Align = 'start' | 'end' | 'centre' | 'justify';

/** A place on the page, from its start edge and from its top. */
export type Box = { x: number; y: number; width: number };

/** Corners in points from the left edge and the top: a map is the same in every script. */
export type Path = { corners: [x: number, y: number][]; closed: boolean };

/** How paths are drawn: filled, stroked, or both; a dash of so many points on and off. */
export type Pen = { fill?: string; stroke?: string; thickness?: number; dash?: [number, number] };

export const COLOURS = {
  ink: '#000000',
  quiet: '#444444',
  rule: '#bbbbbb',
  green: '#0f4d3a',
  soft: '#eef3ef',
  brick: '#8a2417',
};

export class Ink {
  readonly width: number;
  readonly height: number;
  readonly base: Direction;
  readonly #leaf: Leaf;
  #out = '';
  #inText = false;
  #font = '';
  #spacing = 0;
  #fill = '';
  #stroke = '';
  #pen = 0;

  constructor(width: number, height: number, base: Direction, leaf: Leaf) {
    this.#leaf = leaf;
    this.width = width;
    this.height = height;
    this.base = base;
  }

  /** Ends the page, and gives its leaf with all that was written. */
  finish(): Leaf {
    this.#leaveText();
    this.#leaf.append(this.#out);
    this.#out = '';
    return this.#leaf;
  }

  /** Marked content begins and ends between text objects, so tags nest as the standard demands. */
  raw(operator: string): void {
    this.#leaveText();
    this.#write(operator);
  }

  /** The line's first baseline stands at `y` from the top. */
  text(line: Line, box: Box, align: Align = 'start'): void {
    if (line.pieces.length === 0) return;
    const { style } = line;
    const spare = box.width - line.width;
    const justified = align === 'justify' && line.spaces > 0;
    const extra = justified ? spare / line.spaces : 0;
    let x = this.#left(box);
    if (align === 'centre') x += spare / 2;
    else if (!justified && (align === 'end') !== (this.base === 'rtl')) x += spare;
    this.#enterText(style);
    this.#write(`1 0 0 1 ${tenths(x)} ${tenths(this.height - box.y)} Tm`);
    this.#pieces(line, style, extra);
  }

  rule(box: Box, thickness = 0.5, colour: string = COLOURS.rule): void {
    this.#draw(colour, thickness);
    const y = number(this.height - box.y);
    const x = this.#left(box);
    this.#write(`${number(x)} ${y} m ${number(x + box.width)} ${y} l S`);
  }

  /** The double line that closes a letterhead: the ruled frame of a Persian page. */
  doubleRule(box: Box): void {
    this.rule(box, 0.9, COLOURS.green);
    this.rule({ ...box, y: box.y + 2.2 }, 0.5, COLOURS.green);
  }

  upright(x: number, top: number, bottom: number, thickness = 0.5): void {
    this.#draw(COLOURS.rule, thickness);
    const at = number(this.#left({ x, y: 0, width: 0 }));
    this.#write(`${at} ${number(this.height - top)} m ${at} ${number(this.height - bottom)} l S`);
  }

  frame(box: Box & { height: number }, thickness = 0.9, colour: string = COLOURS.green): void {
    this.#draw(colour, thickness);
    this.#write(`${this.#rectangle(box)} re S`);
  }

  fill(box: Box & { height: number }, colour: string): void {
    this.#leaveText();
    this.#colour(colour);
    this.#write(`${this.#rectangle(box)} re f`);
  }

  /** Draws paths as one shape, so that a part within a part is a hole. */
  paths(paths: Path[], { fill, stroke, thickness = 0.5, dash }: Pen): void {
    const drawn = paths.filter(({ corners }) => corners.length > 1);
    if (drawn.length === 0 || !(fill || stroke)) return;
    this.#leaveText();
    if (fill) this.#colour(fill);
    if (stroke) this.#draw(stroke, thickness);
    if (dash) this.#write(`[${dash.map(number).join(' ')}] 0 d`);
    for (const path of drawn) this.#path(path);
    this.#write(fill && stroke ? 'B*' : fill ? 'f*' : 'S');
    if (dash) this.#write('[] 0 d');
  }

  /** A filled circle about a point from the left and the top. */
  dot([x, y]: [number, number], radius: number, pen: Pen): void {
    const corners = Array.from({ length: 24 }, (_, at): [number, number] => {
      const turn = (at * Math.PI) / 12;
      return [x + radius * Math.cos(turn), y + radius * Math.sin(turn)];
    });
    this.paths([{ corners, closed: true }], pen);
  }

  /** Whatever is drawn meanwhile shows only inside the box, which is measured as a path is. */
  within({ x, y, width, height }: Box & { height: number }, draw: () => void): void {
    const corner = `${number(x)} ${number(this.height - y - height)}`;
    this.#apart(`${corner} ${number(width)} ${number(height)} re W n`, draw);
  }

  /** Text with its first baseline in the middle of `at`, turned clockwise by so many radians. */
  label(line: Line, at: [x: number, y: number], { turn = 0, halo = '' } = {}): void {
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const place = `${fine(cos)} ${fine(-sin)} ${fine(sin)} ${fine(cos)}`;
    const moved = `${place} ${number(at[0])} ${number(this.height - at[1])} cm`;
    // The text is set about the origin, whatever the direction of the page.
    const start = (this.base === 'rtl' ? this.width : 0) - line.width / 2;
    const box = { x: start, y: this.height, width: line.width };
    if (halo) {
      const round = `1 Tr 1 J 1 j ${number(line.style.size / 4)} w ${rgb(halo)} RG`;
      this.#apart(`${moved} ${round}`, () => this.text(line, box));
    }
    this.#apart(moved, () => this.text(line, box));
  }

  /** Where the seal goes, as a dashed circle about the middle of the box. */
  dashedCircle(box: Box): void {
    const radius = box.width / 2;
    const k = radius * 0.5523;
    const x = this.#left(box) + radius;
    const y = this.height - box.y - radius;
    const at = (dx: number, dy: number) => `${number(x + dx)} ${number(y + dy)}`;
    this.#draw('#999999', 0.7);
    this.#write(`[2.5 2] 0 d ${at(radius, 0)} m`);
    this.#write(`${at(radius, k)} ${at(k, radius)} ${at(0, radius)} c`);
    this.#write(`${at(-k, radius)} ${at(-radius, k)} ${at(-radius, 0)} c`);
    this.#write(`${at(-radius, -k)} ${at(-k, -radius)} ${at(0, -radius)} c`);
    this.#write(`${at(k, -radius)} ${at(radius, -k)} ${at(radius, 0)} c S [] 0 d`);
  }

  /** Operators drawn in a square of `units` with its origin at the top left, scaled into the box. */
  picture(operators: string, units: number, box: Box, colour: string): void {
    const scale = box.width / units;
    this.#leaveText();
    const place = `${number(this.#left(box))} ${number(this.height - box.y)}`;
    this.#write(`q ${scale.toFixed(5)} 0 0 ${(-scale).toFixed(5)} ${place} cm`);
    this.#write(`${rgb(colour)} rg ${rgb(colour)} RG\n${operators}\nQ`);
  }

  /** Another content stream, drawn with its origin on the baseline at `box`. */
  stamp(name: string, box: Box): void {
    this.#leaveText();
    this.#colour(COLOURS.ink);
    const x = this.#left(box);
    this.#write(`q 1 0 0 1 ${number(x)} ${number(this.height - box.y)} cm /${name} Do Q`);
  }

  /** Draws with a graphics state of its own; what was set before is set again after it. */
  #apart(state: string, draw: () => void): void {
    this.#leaveText();
    const before = [this.#font, this.#spacing, this.#fill, this.#stroke, this.#pen] as const;
    this.#write(`q ${state}`);
    draw();
    this.#leaveText();
    this.#write('Q');
    [this.#font, this.#spacing, this.#fill, this.#stroke, this.#pen] = before;
  }

  #path({ corners, closed }: Path): void {
    const at = ([x, y]: [number, number]) => `${number(x)} ${number(this.height - y)}`;
    const [first, ...rest] = corners;
    this.#write(`${at(first!)} m`);
    for (const corner of rest) this.#write(`${at(corner)} l`);
    if (closed) this.#write('h');
  }

  #write(operator: string): void {
    this.#out += operator;
    this.#out += '\n';
    if (this.#out.length < SCRAP) return;
    this.#leaf.append(this.#out);
    this.#out = '';
  }

  #pieces(line: Line, style: Style, extra: number): void {
    const gap = extra === 0 ? '' : ` ${number((-extra * 1000) / style.size)}`;
    let face: Face | undefined;
    let run = '';
    const flush = () => {
      if (run) this.#write(`[${run}] TJ`);
      run = '';
    };
    for (const piece of line.pieces) {
      const colour = piece.colour ?? style.colour ?? COLOURS.ink;
      if (piece.face !== face || colour !== this.#fill) {
        flush();
        this.#colour(colour);
        face = piece.face;
        this.#setFont(face, style.size);
      }
      if (piece.shape.raised) {
        flush();
        for (const part of piece.shape.raised) {
          this.#write(`${number((part.rise * style.size) / 1000)} Ts [${part.glyphs}] TJ`);
        }
        this.#write('0 Ts');
      } else {
        run += piece.space ? piece.shape.glyphs + gap : piece.shape.glyphs;
      }
    }
    flush();
  }

  #enterText(style: Style): void {
    this.#colour(style.colour ?? COLOURS.ink);
    if (!this.#inText) this.#write('BT');
    this.#inText = true;
    const spacing = style.tabular ? TABULAR_SPACING * style.size : 0;
    if (spacing !== this.#spacing) this.#write(`${number(spacing)} Tc`);
    this.#spacing = spacing;
  }

  #leaveText(): void {
    if (this.#inText) this.#write('ET');
    this.#inText = false;
  }

  #setFont(face: Face, size: number): void {
    const font = `/${face.resource} ${number(size)} Tf`;
    if (font !== this.#font) this.#write(font);
    this.#font = font;
  }

  #colour(colour: string): void {
    if (colour !== this.#fill) this.#write(`${rgb(colour)} rg`);
    this.#fill = colour;
  }

  #draw(colour: string, thickness: number): void {
    this.#leaveText();
    if (colour !== this.#stroke) this.#write(`${rgb(colour)} RG`);
    if (thickness !== this.#pen) this.#write(`${number(thickness)} w`);
    this.#stroke = colour;
    this.#pen = thickness;
  }

  #left(box: Box): number {
    return this.base === 'rtl' ? this.width - box.x - box.width : box.x;
  }

  #rectangle(box: Box & { height: number }): string {
    const bottom = this.height - box.y - box.height;
    return [this.#left(box), bottom, box.width, box.height].map(number).join(' ');
  }
}

const colours = new Map<string, string>();

function rgb(colour: string): string {
  const known = colours.get(colour);
  if (known) return known;
  const parts = [1, 3, 5].map((at) => number(Number.parseInt(colour.slice(at, at + 2), 16) / 255));
  colours.set(colour, parts.join(' '));
  return parts.join(' ');
}

/** Fine enough for where text begins, and whole numbers become text fastest. */
function tenths(value: number): string {
  const all = Math.round(value * 10);
  if (all < 0) return number(value);
  return `${Math.trunc(all / 10)}.${all % 10}`;
}

const fine = (value: number): string => String(Math.round(value * 1e5) / 1e5);

function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
