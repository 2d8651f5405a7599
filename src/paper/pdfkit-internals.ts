/**
 * What this engine uses of pdfkit beyond its public face: pdfkit lays text out left to right only,
 * so pages are written here and pdfkit keeps the objects, the fonts and the structure tree.
 *
 * The version is pinned in package.json, and test/paper renders a page with each part named here.
 */
import type { Font } from 'fontkit';

export type Reference = {
  data: Record<string, unknown>;
  buffer: Uint8Array[];
  compress: boolean;
  write(chunk: string | Uint8Array): void;
  end(chunk?: string | Uint8Array): void;
};

export type EmbeddedFont = {
  id: string;
  font: Font;
  subset: { glyphs: number[]; mapping: Record<number, number>; includeGlyph(id: number): number };
  widths: number[];
  unicode: number[][];
  ref(): Reference;
};

export type Page = {
  content: Reference;
  dictionary: Reference;
  fonts: Record<string, Reference>;
  xobjects: Record<string, Reference>;
  end(): void;
};

export type Marked = { refs: { mcid: number }[] };

export type Internals = {
  page: Page;
  _font: EmbeddedFont;
  _pageBuffer: Page[];
  _pageBufferStart: number;
  _root: Reference;
  ref(data?: Record<string, unknown>): Reference;
  markStructureContent(tag: string): Marked;
  endMarkedContent(): void;
};

export function internalsOf(document: PDFKit.PDFDocument): Internals {
  return document as unknown as Internals;
}
