import { typedFigures } from './persian-text.ts';

/** The digits of a number written as people write one: in either digits, with gaps and hyphens. */
export function typedNumber(text: string): string {
  return typedFigures(text).replace(/[ ()./_\u2010-\u2015\u2212-]/g, '');
}
