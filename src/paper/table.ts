/** The grid of a book's page: columns from where reading starts, and cells that wrap or add up. */
import { formatRial } from '../values/rial.ts';
import type { Direction } from './bidi.ts';
import { type Align, COLOURS, type Ink, MM } from './ink.ts';
import { baselineOf, leadingOf, type Paper } from './paper.ts';
import type { Line, Style } from './text.ts';

export type ColumnKind = 'text' | 'code' | 'amount';

export type Column = {
  title: string;
  /** A heading over this and its neighbours of the same group. */
  group?: string;
  /** Its share of the width, against the others'. */
  width: number;
  kind: ColumnKind;
  /** It says the same few things over and over, as days and accounts do. */
  repeats?: boolean;
  /** How the column goes on to the next page: added up, or as the last row had it. */
  carry?: 'sum' | 'last';
};

export type Cell = string | number | null;

const CELL: Style = { size: 8, weight: 'regular', leading: 1.62 };
// Latin digits are of one width already.
const AMOUNTS: Record<Direction, Style> = {
  rtl: { ...CELL, size: 8.2, leading: 1.58, tabular: true },
  ltr: CELL,
};
const HEAD: Style = { ...CELL, weight: 'medium' };
const SUM: Style = { ...CELL, weight: 'bold' };
const NARROW = 0.9;
const PADDING = 1.1 * MM;
const SIDE = 1.2 * MM;
const LINES_KEPT = 500;

type Placed = Column & {
  x: number;
  points: number;
  /** Lines set before, of a column that repeats itself. */
  known: Map<string, Line[]>;
  /** What stood there last: the lines of an entry share their words. */
  last: { text: string; lines: Line[] };
};

export class Table {
  readonly columns: Placed[];
  readonly #paper: Paper;
  readonly #left: number;
  readonly #width: number;
  #rules: { y: number; thickness: number }[] = [];
  /** Rows of sums, whose name stands across the first columns. */
  #gaps: { from: number; to: number; until: number }[] = [];
  #top = 0;
  #groupsEnd = 0;

  constructor(paper: Paper, columns: Column[], left: number, width: number) {
    const shares = columns.reduce((sum, column) => sum + column.width, 0);
    let x = left;
    this.columns = columns.map((column) => {
      const points = (column.width / shares) * width;
      const placed = { ...column, x, points, known: new Map(), last: { text: '', lines: [] } };
      x += points;
      return placed;
    });
    this.#paper = paper;
    this.#left = left;
    this.#width = width;
  }

  /** Titles, under the headings of their groups, if any. */
  head(y: number): number {
    this.#top = y;
    this.#gaps = [];
    this.#rules = [{ y, thickness: 0.8 }];
    const grouped = this.columns.some((column) => column.group);
    const top = grouped ? this.#groups(y) : y + PADDING / 4;
    const lines = this.columns.map((column) => this.#set(column, column.title, HEAD));
    const end = top + this.#height(lines);
    this.columns.forEach((column, index) => {
      this.#place(column, lines[index] as Line[], top + PADDING);
    });
    this.#rules.push({ y: end, thickness: 0.8 });
    return end;
  }

  /** The cells of a row as lines, and the height they take together. */
  measured(cells: Cell[]): { lines: Line[][]; height: number } {
    const lines = this.columns.map((column, index) => this.#cell(column, cells[index] ?? null));
    return { lines, height: this.#height(lines) };
  }

  row(lines: Line[][], height: number, y: number): number {
    this.columns.forEach((column, index) => {
      this.#place(column, lines[index] as Line[], y + PADDING);
    });
    this.#rules.push({ y: y + height, thickness: 0.35 });
    return y + height;
  }

  /** A row of sums, its name standing across the columns that are not added up. */
  sums(name: string, cells: Cell[], y: number, thickness = 0.5): number {
    const first = this.columns.findIndex(
      (column, index) => column.carry || typeof cells[index] === 'number',
    );
    const until = first < 0 ? this.columns.length : first;
    const width = this.columns.slice(0, until).reduce((sum, { points }) => sum + points, 0);
    const label = this.#paper.set.line(name, SUM);
    this.#text(label, this.#left, width, y + PADDING, 'start');
    this.columns.forEach((column, index) => {
      const cell = cells[index] ?? null;
      if (index < until || cell === null) return;
      const amount = typeof cell === 'number';
      const style = amount ? { ...AMOUNTS[this.#paper.base], weight: SUM.weight } : SUM;
      const lines = amount ? this.#amount(column, cell, style) : this.#set(column, cell, style);
      this.#place(column, lines, y + PADDING);
    });
    const end = y + this.sumHeight;
    this.#gaps.push({ from: y, to: end, until });
    this.#rules.push({ y: end, thickness });
    return end;
  }

  get sumHeight(): number {
    return leadingOf(SUM) + 2 * PADDING;
  }

  /** Rules are drawn once the page's text is: changing between the two costs more than either. */
  close(y: number, closed: boolean): void {
    const { ink } = this.#paper;
    for (const rule of this.#rules) {
      const box = { x: this.#left, y: rule.y, width: this.#width };
      ink.rule(box, rule.thickness, rule.thickness > 0.4 ? '#777777' : COLOURS.rule);
    }
    this.#uprights(ink, y);
    if (closed) ink.doubleRule({ x: this.#left, y: y + 1.4, width: this.#width });
    this.#rules = [];
  }

  #uprights(ink: Ink, bottom: number): void {
    this.columns.forEach((column, index) => {
      const inside = column.group && this.columns[index - 1]?.group === column.group;
      let from = inside ? this.#groupsEnd : this.#top;
      for (const gap of this.#gaps) {
        if (index === 0 || index >= gap.until) continue;
        if (gap.from > from) ink.upright(column.x, from, gap.from, 0.35);
        from = gap.to;
      }
      if (bottom > from) ink.upright(column.x, from, bottom, 0.35);
    });
    ink.upright(this.#left + this.#width, this.#top, bottom, 0.35);
  }

  #groups(y: number): number {
    const height = leadingOf(HEAD) + PADDING;
    let at = 0;
    while (at < this.columns.length) {
      const { group, x } = this.columns[at] as Placed;
      let width = 0;
      while (at < this.columns.length && this.columns[at]?.group === group) {
        width += this.columns[at++]?.points ?? 0;
      }
      if (group) {
        const line = this.#paper.set.line(group, HEAD);
        this.#text(line, x, width, y + PADDING / 2, 'centre');
      }
    }
    this.#groupsEnd = y + height;
    this.#rules.push({ y: this.#groupsEnd, thickness: 0.35 });
    return this.#groupsEnd;
  }

  #cell(column: Placed, cell: Cell): Line[] {
    if (cell === null || cell === '') return [];
    if (typeof cell === 'number' && column.kind === 'amount') {
      return this.#amount(column, cell, AMOUNTS[this.#paper.base]);
    }
    return this.#set(column, typeof cell === 'number' ? this.#digits(cell) : cell, CELL);
  }

  #digits(value: number): string {
    return this.#paper.digits(String(value));
  }

  /** A sum too long for its column is set closer rather than cut. */
  #amount(column: Placed, value: number, style: Style): Line[] {
    const text = formatRial(value, this.#paper.lang);
    const line = this.#paper.set.line(text, style);
    if (line.width <= column.points - 2 * SIDE) return [line];
    const narrow = { ...style, size: style.size * NARROW, tabular: false };
    return [this.#paper.set.line(text, narrow)];
  }

  #set(column: Placed, text: string, style: Style): Line[] {
    const width = column.points - 2 * SIDE;
    if (style !== CELL) return this.#paper.set.lines(text, style, width);
    if (text === column.last.text) return column.last.lines;
    const lines = column.known.get(text) ?? this.#paper.set.lines(text, style, width);
    column.last = { text, lines };
    if (column.repeats && column.known.size < LINES_KEPT) column.known.set(text, lines);
    return lines;
  }

  #height(cells: Line[][]): number {
    let most = 1;
    for (const lines of cells) if (lines.length > most) most = lines.length;
    return most * leadingOf(CELL) + 2 * PADDING;
  }

  #place(column: Placed, lines: Line[], y: number): void {
    // Units stand under units: on the right, whichever way the page is read.
    const right = column.kind === 'amount' && this.#paper.base === 'ltr';
    for (let index = 0; index < lines.length; index++) {
      const top = y + index * leadingOf(CELL);
      this.#text(lines[index] as Line, column.x, column.points, top, right ? 'end' : 'start');
    }
  }

  #text(line: Line, x: number, width: number, y: number, align: Align): void {
    const box = { x: x + SIDE, y: y + baselineOf(line.style), width: width - 2 * SIDE };
    this.#paper.ink.text(line, box, align);
  }
}
