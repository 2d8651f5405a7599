/** A document being written: pages in the reader's direction on pdfkit's objects. */
import { Transform, type Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { later } from '../later.ts';
import type { Language } from '../values/language.ts';
import { persianDigits } from '../values/persian-text.ts';
import { type Direction, withoutMarks } from './bidi.ts';
import { type Align, type Box, Ink, MM } from './ink.ts';
import { Leaf } from './leaf.ts';
import { type Internals, internalsOf, type Page, type Reference } from './pdfkit-internals.ts';
import { type Content, type Line, type Style, Typesetter } from './text.ts';
import { Face, openFont, type Weight } from './typeface.ts';

export type PaperOptions = {
  lang: Language;
  title: string;
  subject?: string;
  author?: string;
  /** Letters and receipts carry their structure for screen readers; long books do not. */
  tagged?: boolean;
};

/** Width and height in millimetres. */
export type PageSize = { width: number; height: number };

export const SIZES = {
  a3: { width: 297, height: 420 },
  a3Landscape: { width: 420, height: 297 },
  a4: { width: 210, height: 297 },
  a4Landscape: { width: 297, height: 210 },
  a5Landscape: { width: 210, height: 148 },
};

const PAGES_IN_FLIGHT = 8;
const LOAF = 65_536;
const TOTAL = 'Total';

const deflated = promisify(deflate);
const pdfkit = later<typeof import('pdfkit')>('pdfkit');

export class Paper {
  readonly lang: Language;
  readonly base: Direction;
  readonly set: Typesetter;
  readonly #document: PDFKit.PDFDocument;
  readonly #inner: Internals;
  readonly #faces = new Map<Weight, Face>();
  readonly #leaves: Leaf[] = [];
  readonly #flying = new Set<Promise<void>>();
  #sections: PDFKit.PDFStructureElement | null = null;
  #total: Reference | null = null;
  #totalStyle: Style = { size: 8, weight: 'regular' };
  #ink: Ink | null = null;
  #pages = 0;

  constructor(options: PaperOptions) {
    this.lang = options.lang;
    this.base = options.lang === 'fa' ? 'rtl' : 'ltr';
    const Document = pdfkit();
    this.#document = new Document({
      autoFirstPage: false,
      pdfVersion: '1.7',
      lang: options.lang === 'fa' ? 'fa-IR' : 'en',
      displayTitle: true,
      tagged: options.tagged ?? false,
      info: {
        Title: options.title,
        Subject: options.subject ?? options.title,
        Author: options.author ?? '',
        Creator: 'Nikukari',
      },
    });
    this.#inner = internalsOf(this.#document);
    this.#readFromTheRight();
    this.set = new Typesetter((weight) => this.#face(weight), this.base);
    if (options.tagged) this.#sections = this.#document.struct('Document');
  }

  get ink(): Ink {
    if (!this.#ink) throw new Error('no page is open');
    return this.#ink;
  }

  get pages(): number {
    return this.#pages;
  }

  /** Latin digits as the reader of this paper writes them. */
  digits(text: string): string {
    return this.lang === 'fa' ? persianDigits(text) : text;
  }

  addPage(size: PageSize): Ink {
    this.#closePage();
    const [width, height] = [size.width * MM, size.height * MM];
    this.#document.addPage({ size: [width, height], margin: 0 });
    this.#ink = new Ink(width, height, this.base, this.#leaves.pop()?.clear() ?? new Leaf());
    this.#pages++;
    return this.#ink;
  }

  /** Draws as one element of the structure, whose whole text a screen reader gets as it was written. */
  tag(type: string, text: string, draw: () => unknown): void {
    if (!this.#sections) {
      draw();
      return;
    }
    const marked = this.#inner.markStructureContent(type);
    this.ink.raw(`/${type} <</MCID ${marked.refs[0]?.mcid}>> BDC`);
    draw();
    this.ink.raw('EMC');
    this.#inner.endMarkedContent();
    const content = marked as unknown as PDFKit.PDFStructureContent;
    const element = this.#document.struct(type, { actual: withoutMarks(text) });
    element.add(content);
    this.#sections.add(element);
  }

  /** Draws what is only there for the eye: rules, frames, repeated heads. */
  artifact(draw: () => void): void {
    if (this.#sections) this.ink.raw('/Artifact BMC');
    draw();
    if (this.#sections) this.ink.raw('EMC');
  }

  /** Sets a paragraph, one line below the other, and answers where the next thing may begin. */
  write(content: Content, style: Style, box: Box, align: Align = 'start', indent = 0): number {
    const lines = this.set.lines(content, style, box.width, indent);
    this.lines(lines, box, align, indent);
    return box.y + lines.length * leadingOf(style);
  }

  lines(lines: Line[], box: Box, align: Align, indent = 0): void {
    lines.forEach((line, index) => {
      const inset = index === 0 ? indent : 0;
      const last = index === lines.length - 1;
      const place = {
        x: box.x + inset,
        y: box.y + index * leadingOf(line.style),
        width: box.width - inset,
      };
      this.#one(line, place, align === 'justify' && last ? 'start' : align);
    });
  }

  /** The number of pages, which is known only at the end: one stamp, drawn once for all pages. */
  stampTotal(style: Style, box: Box): void {
    this.#totalStyle = style;
    this.#total ??= this.#inner.ref({ Type: 'XObject', Subtype: 'Form' });
    this.#inner.page.xobjects[TOTAL] = this.#total;
    this.ink.stamp(TOTAL, box);
  }

  /** A heading of the outline, leading to the page being written. */
  bookmark(title: string): void {
    this.#document.outline.addItem(title, { expanded: false });
  }

  /** Gives way to other requests, and waits while too many pages are being deflated. */
  async breathe(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#flying.size >= PAGES_IN_FLIGHT) await Promise.race(this.#flying);
  }

  async toBuffer(): Promise<Buffer> {
    const whole = buffer(this.#document);
    await this.#finish();
    return whole;
  }

  /** Pages go out as they are ready; `finish` is kept when the last byte has been written. */
  pipe(out: Writable): { finish: () => Promise<void> } {
    this.#document.pipe(gathering()).pipe(out);
    const written = finished(out);
    written.catch(() => undefined);
    return {
      finish: async () => {
        await this.#finish();
        await written.catch(unlessLeft);
      },
    };
  }

  #one(line: Line, box: Box, align: Align): void {
    const baseline = box.y + baselineOf(line.style);
    this.ink.text(line, { ...box, y: baseline }, align);
  }

  #face(weight: Weight): Face {
    const known = this.#faces.get(weight);
    if (known) return known;
    this.#document.registerFont(weight, openFont(weight) as unknown as PDFKit.Mixins.PDFFontSource);
    this.#document.font(weight);
    const face = new Face(this.#inner._font);
    this.#faces.set(weight, face);
    return face;
  }

  #readFromTheRight(): void {
    const preferences = this.#inner._root.data.ViewerPreferences as { data: object };
    if (this.base === 'rtl') Object.assign(preferences.data, { Direction: 'R2L' });
  }

  /** Takes the page from pdfkit, so that it may be deflated while the next is being drawn. */
  #closePage(): void {
    if (!this.#ink) return;
    const { page } = this.#inner;
    this.#inner._pageBuffer.length = 0;
    this.#inner._pageBufferStart++;
    for (const face of this.#faces.values()) page.fonts[face.resource] = face.reference;
    const leaf = this.#ink.finish();
    const flight = endPage(page, leaf).finally(() => {
      this.#leaves.push(leaf);
      this.#flying.delete(flight);
    });
    this.#flying.add(flight);
    this.#ink = null;
  }

  async #finish(): Promise<void> {
    this.#closePage();
    while (this.#flying.size > 0) await Promise.all(this.#flying);
    this.#endTotal();
    if (this.#sections) this.#document.addStructure(this.#sections);
    this.#sections?.end();
    this.#document.end();
  }

  #endTotal(): void {
    if (!this.#total) return;
    const style = this.#totalStyle;
    const ink = new Ink(0, 0, this.base, new Leaf());
    const line = this.set.line(this.digits(String(this.#pages)), style);
    ink.text(line, { x: 0, y: 0, width: line.width });
    const fonts: Record<string, unknown> = {};
    for (const face of this.#faces.values()) fonts[face.resource] = face.reference;
    this.#total.data.BBox = [-100, -10, 100, 20];
    this.#total.data.Resources = { Font: fonts };
    this.#total.end(ink.finish().bytes);
  }
}

/** From the middle of a line to its baseline, so that text of any size sits in the middle. */
const BASELINE = 0.29;

/** From the top of a line to its baseline. */
export function baselineOf(style: Style): number {
  return leadingOf(style) / 2 + style.size * BASELINE;
}

export function leadingOf(style: Style): number {
  return style.size * (style.leading ?? 1.7);
}

async function endPage(page: Page, leaf: Leaf): Promise<void> {
  const bytes = await deflated(leaf.bytes, { chunkSize: 8192 });
  page.content.buffer = [];
  page.content.compress = false;
  page.content.data.Length = 0;
  page.content.data.Filter = 'FlateDecode';
  page.content.write(bytes);
  page.end();
}

/** Whoever asked for the paper may leave before its end: that is no fault. */
function unlessLeft(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}

/** pdfkit writes a document in crumbs; sockets and files would rather have loaves. */
function gathering(): Transform {
  let crumbs: Buffer[] = [];
  let size = 0;
  const loaf = () => {
    const whole = Buffer.concat(crumbs);
    crumbs = [];
    size = 0;
    return whole;
  };
  return new Transform({
    transform(crumb: Buffer, _encoding, done) {
      crumbs.push(crumb);
      size += crumb.length;
      done(null, size < LOAF ? undefined : loaf());
    },
    flush(done) {
      done(null, loaf());
    },
  });
}
