/** A book: rows without end on numbered pages, their sums carried from page to page. */
import type { Writable } from 'node:stream';
import type { Language } from '../values/language.ts';
import { type Words, wordsFor } from '../words.ts';
import { ltr, withoutMarks } from './bidi.ts';
import { qrSquare } from './code.ts';
import { emblem } from './emblem.ts';
import { type Align, type Box, COLOURS, MM } from './ink.ts';
import { pageNumber } from './letter.ts';
import { notices } from './notices.ts';
import { leadingOf, type PageSize, Paper, SIZES } from './paper.ts';
import type { PrintMark } from './print-mark.ts';
import { STYLES } from './styles.ts';
import { type Cell, type Column, Table } from './table.ts';
import type { Tail } from './tail.ts';
import type { Line, Style } from './text.ts';

export type Row = {
  cells: Cell[];
  /** The month or other part of the outline the row belongs to. */
  chapter?: string;
  /** Shown and carried on, but not added up. */
  apart?: boolean;
  /** A row in bold: this stands across the columns without amounts. */
  sum?: string;
  /** Of such a row: the rule under it is a heavy one. */
  heavy?: boolean;
};

export type Rows = Iterable<Row[]> | AsyncIterable<Row[]>;

export type Book = {
  lang: Language;
  title: string;
  subtitle?: string;
  centre: { name: string; place: string };
  /** Period, day of printing, unit: what stands at the end of the head. */
  facts: string[];
  /** Last entry and newest hash, or whatever proves when the book was printed. */
  proof: string;
  hash: string;
  columns: Column[];
  landscape?: boolean;
  /** Who signs on the last page: an office each, with the name below where it is known. */
  signatures: { office: string; name?: string }[];
  /** Of a sealed copy: the code to check it by, on every page, and what its print says of itself. */
  seal?: { tail: Tail; mark: PrintMark };
  /** The last row, where the columns are not added up by the book itself. */
  totals?: Cell[];
};

export type Written = { pages: number; rows: number };

const SIDE = 11 * MM;
const TOP = 9 * MM;
const BOTTOM = 9 * MM;
const FOOT = 8 * MM;
const SEALED_FOOT = 17 * MM;
const SQUARE = 13 * MM;
const MARK = 11 * MM;
const SIGNING = 27 * MM;
const NAME: Style = { size: 10, weight: 'bold', leading: 1.6 };
const SMALL: Style = { size: 8.5, weight: 'regular', leading: 1.55 };
const TITLE: Style = { size: 13, weight: 'bold', leading: 1.5 };
const SUBTITLE: Style = { size: 9.5, weight: 'medium', leading: 1.6 };

/** Writes the book as its rows come; nothing but the page at hand is kept. */
export async function writeBook(book: Book, rows: Rows, out: Writable): Promise<Written> {
  const author = withoutMarks(book.centre.name);
  const paper = new Paper({ lang: book.lang, title: book.title, author });
  const stream = paper.pipe(out);
  const writer = new BookWriter(paper, book);
  for await (const batch of rows) {
    for (const row of batch) {
      if (writer.write(row)) await paper.breathe();
    }
    if (out.destroyed) return writer.written;
  }
  writer.end();
  await stream.finish();
  return writer.written;
}

class BookWriter {
  readonly #paper: Paper;
  readonly #book: Book;
  readonly #t: Words;
  readonly #table: Table;
  readonly #size: PageSize;
  readonly #carries: boolean;
  readonly #said = new Map<string, Line[]>();
  #y = 0;
  #rows = 0;
  #chapter: string | undefined;
  #page: Cell[] = [];
  #whole: Cell[] = [];

  constructor(paper: Paper, book: Book) {
    this.#paper = paper;
    this.#book = book;
    this.#t = wordsFor(book.lang);
    this.#size = book.landscape ? SIZES.a4Landscape : SIZES.a4;
    const width = this.#size.width * MM - 2 * SIDE;
    this.#table = new Table(paper, book.columns, SIDE, width);
    this.#carries = book.columns.some((column) => column.carry);
    this.#whole = book.columns.map(() => null);
    this.#addPage();
  }

  get written(): Written {
    return { pages: this.#paper.pages, rows: this.#rows };
  }

  /** Writes a row, and says whether it had to begin a page for it. */
  write(row: Row): boolean {
    const { lines, height } = this.#measured(row);
    const turned = this.#y + height + this.#reserve > this.#bottom;
    if (turned) this.#turn();
    if (row.chapter !== undefined && row.chapter !== this.#chapter) {
      this.#paper.bookmark(row.chapter);
      this.#chapter = row.chapter;
    }
    this.#y =
      row.sum === undefined
        ? this.#table.row(lines, height, this.#y)
        : this.#table.sums(row.sum, row.cells, this.#y, row.heavy ? 0.8 : 0.5);
    this.#add(row);
    this.#rows++;
    return turned;
  }

  #measured({ cells, sum }: Row): { lines: Line[][]; height: number } {
    if (sum === undefined) return this.#table.measured(cells);
    return { lines: [], height: this.#table.sumHeight };
  }

  end(): void {
    const signing = this.#book.signatures.length > 0 ? SIGNING : 0;
    if (this.#y + this.#reserve + signing > this.#bottom) this.#turn();
    if (this.#rows === 0) this.#y = this.#table.sums(this.#t('paper:book.empty'), [], this.#y);
    if (this.#carries && this.#paper.pages > 1) this.#sums('page-total', this.#page);
    if (this.#carries) this.#sums('total', this.#whole, 0.8);
    const { totals } = this.#book;
    if (totals) this.#y = this.#table.sums(this.#t('paper:book.total'), totals, this.#y, 0.8);
    this.#table.close(this.#y, this.#carries || totals !== undefined);
    this.#sign();
  }

  get #bottom(): number {
    return this.#size.height * MM - BOTTOM - this.#footHeight;
  }

  get #footHeight(): number {
    return this.#book.seal ? SEALED_FOOT : FOOT;
  }

  /** Room for the two rows of sums that end a page. */
  get #reserve(): number {
    return this.#carries || this.#book.totals ? 2 * this.#table.sumHeight + 2 : 2;
  }

  #turn(): void {
    if (this.#carries) {
      this.#sums('page-total', this.#page);
      this.#sums('carried-to', this.#whole, 0.8);
    }
    this.#table.close(this.#y, false);
    this.#addPage();
    if (this.#carries) this.#sums('carried-from', this.#whole);
  }

  #addPage(): void {
    const ink = this.#paper.addPage(this.#size);
    const box = { x: SIDE, y: TOP, width: ink.width - 2 * SIDE };
    this.#head(box);
    this.#foot({ ...box, y: this.#bottom + 2 * MM });
    this.#y = this.#table.head(this.#notices({ ...box, y: TOP + MARK + 7.5 * MM }));
    this.#page = this.#book.columns.map(() => null);
  }

  #sums(name: string, cells: Cell[], thickness?: number): void {
    this.#y = this.#table.sums(this.#t(`paper:book.${name}`), cells, this.#y, thickness);
  }

  #add(row: Row): void {
    const { columns } = this.#book;
    for (let index = 0; index < columns.length; index++) {
      const { carry } = columns[index] as Column;
      if (!carry) continue;
      const cell = row.cells[index] ?? null;
      if (carry === 'last') {
        this.#whole[index] = cell;
      } else if (!row.apart && typeof cell === 'number') {
        this.#page[index] = Number(this.#page[index] ?? 0) + cell;
        this.#whole[index] = Number(this.#whole[index] ?? 0) + cell;
      }
    }
  }

  #head(box: Box): void {
    const { centre, title, subtitle, facts } = this.#book;
    const inset = MARK + 2.5 * MM;
    emblem(this.#paper.ink, { ...box, width: MARK });
    const third = box.width / 3;
    const start = { x: box.x + inset, width: third * 1.1 - inset };
    const below = this.#say(centre.name, NAME, { ...start, y: box.y });
    this.#say(centre.place, SMALL, { ...start, y: below });
    const middle = { x: box.x + third, width: third };
    const under = this.#say(title, TITLE, { ...middle, y: box.y }, 'centre');
    if (subtitle) this.#say(subtitle, SUBTITLE, { ...middle, y: under }, 'centre');
    let y = box.y;
    for (const fact of facts) {
      y = this.#say(fact, SMALL, { x: box.x + 2 * third, y, width: third }, 'end');
    }
    this.#paper.ink.doubleRule({ ...box, y: box.y + MARK + 4.2 * MM });
  }

  #foot(box: Box): void {
    const { proof, hash, seal } = this.#book;
    if (seal) {
      this.#sealedFoot(seal.tail, box);
      return;
    }
    pageNumber(this.#paper, this.#t, box);
    const end = this.#say(proof, STYLES.tail, box, 'end');
    this.#say(ltr(hash), STYLES.hash, { ...box, y: end }, 'end');
  }

  /** Each page of a sealed copy carries what it is checked by; pages part from one another. */
  #sealedFoot({ scan, sentences }: Tail, box: Box): void {
    const { ink } = this.#paper;
    qrSquare(ink, scan, { ...box, width: SQUARE });
    const beside = { x: box.x + SQUARE + 4 * MM, y: box.y, width: box.width - SQUARE - 4 * MM };
    pageNumber(this.#paper, this.#t, beside);
    this.#say(this.#book.proof, STYLES.tail, beside, 'end');
    let y = box.y + leadingOf(STYLES.tail);
    for (const sentence of sentences) {
      y = this.#paper.write(sentence, STYLES.tail, { ...beside, y });
    }
    this.#say(ltr(this.#book.hash), STYLES.hash, { ...beside, y });
  }

  /** A copy printed again says so on every page; answers where the table begins. */
  #notices(box: Box): number {
    const { seal } = this.#book;
    return seal ? notices(this.#paper, seal.mark, this.#t, box) : box.y;
  }

  /** What every page repeats is set once. */
  #say(text: string, style: Style, box: Box, align: Align = 'start'): number {
    const lines = this.#said.get(text) ?? this.#paper.set.lines(text, style, box.width);
    this.#said.set(text, lines);
    this.#paper.lines(lines, box, align);
    return box.y + lines.length * leadingOf(style);
  }

  #sign(): void {
    const { signatures } = this.#book;
    const { width } = this.#paper.ink;
    const each = (width - 2 * SIDE) / Math.max(1, signatures.length);
    const top = this.#y + 4 * MM;
    signatures.forEach(({ office, name }, index) => {
      const box = { x: SIDE + index * each, y: top, width: each - 4 * MM };
      const under = this.#paper.write(office, { ...SMALL, colour: COLOURS.quiet }, box);
      if (name) this.#paper.write(name, { ...SMALL, weight: 'medium' }, { ...box, y: under });
      const line = { ...box, y: top + 2 * leadingOf(SMALL) + 13 * MM };
      this.#paper.ink.rule(line, 0.5, '#777777');
    });
  }
}
