/** The nested arch of a neighbourhood's mihrab, in a square of 32 units. */
import type { Box, Ink } from './ink.ts';
import { COLOURS } from './ink.ts';

const ARCH = `2 w 1 j 4.5 29 m 4.5 13.5 l 4.5 8.5 11.5 7 16 2.5 c
20.5 7 27.5 8.5 27.5 13.5 c 27.5 29 l h S
10.5 29 m 10.5 17.5 l 10.5 14.5 13.8 13.7 16 11 c 18.2 13.7 21.5 14.5 21.5 17.5 c 21.5 29 l S`;

export function emblem(ink: Ink, box: Box): void {
  ink.picture(ARCH, 32, box, COLOURS.green);
}
