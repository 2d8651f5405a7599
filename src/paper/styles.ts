/** The sizes of letters on paper. */
import { COLOURS } from './ink.ts';
import type { Style } from './text.ts';

export const STYLES = {
  title: { size: 15, weight: 'bold', leading: 1.7 },
  name: { size: 11.5, weight: 'bold', leading: 1.6 },
  head: { size: 10, weight: 'regular', leading: 1.6 },
  invocation: { size: 11, weight: 'medium', leading: 1.6 },
  body: { size: 11.5, weight: 'regular', leading: 1.95 },
  list: { size: 10.5, weight: 'regular', leading: 1.8 },
  signer: { size: 11.5, weight: 'bold', leading: 1.9 },
  copies: { size: 9.5, weight: 'regular', leading: 1.75 },
  tail: { size: 8, weight: 'regular', leading: 1.7, colour: COLOURS.quiet },
  hash: { size: 6.5, weight: 'regular', leading: 1.7, colour: COLOURS.quiet },
  notice: { size: 10, weight: 'bold', leading: 1.65, colour: COLOURS.brick },
} as const satisfies Record<string, Style>;
