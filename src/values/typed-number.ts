import { typedFigures } from './persian-text.ts';

/** The digits of a number written as people write one: in either digits, with gaps and hyphens. */
export function typedNumber(text: string): string {
  return typedFigures(text).replace(/[ ()./_\u2010-\u2015\u2212-]/g, '');
}

/** A whole number of which only digits were typed, from nought to the most; else undefined. */
export function typedCount(text: string, most: number): number | undefined {
  const digits = typedFigures(text).trim();
  const count = /^\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN;
  return count <= most ? count : undefined;
}
