/** Two versions held against each other: what came in, what went out, what stayed. */
import type { Area } from './area.ts';
import { type Overlap, overlap, without } from './overlap.ts';

export type Comparison = { cameIn: Overlap; wentOut: Overlap; stayed: Overlap };

export const compareAreas = (before: Area, after: Area): Comparison => ({
  cameIn: without(after, before),
  wentOut: without(before, after),
  stayed: overlap(before, after),
});
