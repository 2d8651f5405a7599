/** A letter flowing down its pages: each has the head's line above and the foot below. */
import type { Words } from '../words.ts';
import { type Align, type Box, MM } from './ink.ts';
import { type Letterhead, letterhead } from './letterhead.ts';
import { notices } from './notices.ts';
import { leadingOf, type PageSize, type Paper, SIZES } from './paper.ts';
import type { PrintMark } from './print-mark.ts';
import { STYLES } from './styles.ts';
import { drawTail, type Tail, tailHeight } from './tail.ts';
import { type Content, type Line, plainText, type Style } from './text.ts';

export type LetterParts = {
  head: Letterhead;
  tail: Tail;
  print: PrintMark;
  t: Words;
  size?: PageSize;
};

export type Signature = { name: string; office: string; seal: string };

const SIDE = 20 * MM;
const TOP = 16 * MM;
const BOTTOM = 12 * MM;
const INDENT = 8 * MM;
const SEAL = 28 * MM;

export class Letter {
  readonly #paper: Paper;
  readonly #parts: LetterParts;
  #y = 0;

  constructor(paper: Paper, parts: LetterParts) {
    this.#paper = paper;
    this.#parts = parts;
    this.addPage();
  }

  addPage(): void {
    const { head, tail, print, t } = this.#parts;
    const ink = this.#paper.addPage(this.#parts.size ?? SIZES.a4);
    const box = { x: SIDE, y: TOP, width: ink.width - 2 * SIDE };
    const end = letterhead(this.#paper, head, box);
    this.#y = notices(this.#paper, print, t, { ...box, y: end + 4 * MM }) + 4 * MM;
    this.#pageNumber(box);
    drawTail(this.#paper, tail, { ...box, y: ink.height - BOTTOM });
  }

  space(millimetres: number): void {
    this.#y += millimetres * MM;
  }

  title(text: string, type = 'H1'): void {
    this.#write(type, text, STYLES.title, this.box, 'centre');
    this.space(4);
  }

  /** A line of its own: the addressee, the subject, the greeting. */
  line(content: Content): void {
    this.#write('P', content, STYLES.body, this.box, 'start');
  }

  paragraph(content: Content): void {
    this.#write('P', content, STYLES.body, this.box, 'justify', INDENT);
    this.space(2);
  }

  list(items: string[], style: Style = STYLES.list): void {
    items.forEach((item, index) => {
      const number = this.#paper.digits(`${index + 1}.`);
      this.#item(number, item, style, 12 * MM);
      this.space(1);
    });
  }

  /** Signature at the end of the line, with the place of the seal beside it. */
  signature({ name, office, seal }: Signature): void {
    this.room(SEAL + 8 * MM);
    this.space(7);
    const paper = this.#paper;
    const { width } = this.box;
    const top = this.#y;
    const circle = { x: SIDE + width - 62 * MM - 32 * MM, y: top, width: SEAL };
    paper.artifact(() => paper.ink.dashedCircle(circle));
    paper.tag('P', seal, () => {
      const inner = { x: circle.x + 2 * MM, y: 0, width: SEAL - 4 * MM };
      const lines = paper.set.lines(seal, STYLES.tail, inner.width);
      const y = top + (SEAL - lines.length * leadingOf(STYLES.tail)) / 2;
      paper.lines(lines, { ...inner, y }, 'centre');
    });
    const side = { x: SIDE + width - 62 * MM, y: top + 6 * MM, width: 62 * MM };
    paper.tag('P', `${name} ${office}`, () => {
      const y = paper.write(name, STYLES.signer, side, 'centre');
      paper.write(office, { ...STYLES.body, leading: 1.6 }, { ...side, y }, 'centre');
    });
    this.#y = top + SEAL;
  }

  /** Where someone else than the issuer signs: a name over a line to write on. */
  signer(name: string, asks: string): void {
    this.room(20 * MM);
    const paper = this.#paper;
    const { x, width } = this.box;
    const side = { x: x + width - 70 * MM, y: this.#y, width: 70 * MM };
    paper.tag('P', `${name} ${asks}`, () => {
      const y = paper.write(name, STYLES.signer, side, 'centre');
      paper.write(asks, STYLES.tail, { ...side, y: y + 13 * MM }, 'centre');
    });
    paper.artifact(() => paper.ink.rule({ ...side, y: side.y + 19 * MM }));
    this.#y += 26 * MM;
  }

  copies(title: string, items: string[]): void {
    this.space(5);
    this.room((items.length + 1) * leadingOf(STYLES.copies));
    this.#write('P', [{ text: title, weight: 'bold' }], STYLES.copies, this.box, 'start');
    for (const item of items) this.#item('\u2013', item, STYLES.copies, 4 * MM);
  }

  /** What is left of this page, for what draws itself. */
  get box(): Box {
    return { x: SIDE, y: this.#y, width: this.#paper.ink.width - 2 * SIDE };
  }

  /** Where the foot begins. */
  get bottom(): number {
    return this.#paper.ink.height - BOTTOM - tailHeight(this.#parts.tail) - 5 * MM;
  }

  /** Begins a new page unless so much room is left on this one. */
  room(height: number): void {
    if (this.#y + height > this.bottom) this.addPage();
  }

  /** Goes on below what drew itself. */
  goOn(y: number): void {
    this.#y = y;
  }

  #item(mark: string, text: string, style: Style, inset: number): void {
    this.room(leadingOf(style));
    const { x, width } = this.box;
    const paper = this.#paper;
    const markWidth = paper.set.width(mark, style) + 2 * MM;
    const before = { x: x + inset - markWidth, y: this.#y, width: markWidth };
    const rest = { x: x + inset, y: this.#y, width: width - inset };
    this.#write('P', text, style, rest, 'justify', 0, () => paper.write(mark, style, before));
  }

  /** Writes what fits on this page and the rest on the next ones. */
  #write(
    type: string,
    content: Content,
    style: Style,
    box: Box,
    align: Align,
    indent = 0,
    first: () => void = () => undefined,
  ): void {
    const paper = this.#paper;
    const text = plainText(content);
    const lines = paper.set.lines(content, style, box.width, indent);
    let at = 0;
    while (at < lines.length) {
      this.room(leadingOf(style));
      const fitting = Math.max(1, Math.floor((this.bottom - this.#y) / leadingOf(style)));
      const part: Line[] = lines.slice(at, at + fitting);
      const inset = at === 0 ? indent : 0;
      const place = { ...box, y: this.#y };
      paper.tag(type, at === 0 ? text : '\u2026', () => {
        if (at === 0) first();
        paper.lines(part, place, align, inset);
      });
      this.#y += part.length * leadingOf(style);
      at += part.length;
    }
  }

  #pageNumber(box: Box): void {
    const paper = this.#paper;
    const { t } = this.#parts;
    paper.artifact(() => {
      pageNumber(paper, t, { ...box, y: paper.ink.height - BOTTOM + 1.5 * MM });
    });
  }
}

/** Page x of y, y being known when the last page is. */
export function pageNumber(paper: Paper, t: Words, box: Box): void {
  const style = STYLES.tail;
  const text = t('paper:page-of', { page: paper.digits(String(paper.pages)) });
  const width = paper.set.width(`${text} `, style);
  paper.write(text, style, box);
  paper.stampTotal(style, { x: box.x + width + 2, y: box.y + leadingOf(style) * 0.67, width: 0 });
}
