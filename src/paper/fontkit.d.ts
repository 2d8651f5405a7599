declare module 'fontkit' {
  export type Glyph = { id: number; advanceWidth: number; codePoints: number[] };
  export type GlyphPosition = { xAdvance: number; xOffset: number; yOffset: number };
  export type GlyphRun = { glyphs: Glyph[]; positions: GlyphPosition[] };
  export type Font = {
    unitsPerEm: number;
    _glyphs: Record<number, Glyph>;
    layout(
      text: string,
      features?: Record<string, boolean>,
      script?: string,
      language?: string,
      direction?: 'rtl' | 'ltr',
    ): GlyphRun;
    glyphForCodePoint(codePoint: number): Glyph;
  };
  export function create(file: Uint8Array): Font;
}
