/** Outlines drawn by dice, the same for the same seed. */

import type { Point, Ring } from '../../src/boundary/area.ts';

/** Numbers from 0 up to 1, from a linear congruence of 32 bits. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** An open ring around a middle, its corners in the order of their angles: it can't cross itself. */
export function starRing(roll: () => number, [lon, lat]: Point, count = 3 + roll() * 40): Ring {
  const number = Math.floor(count);
  return Array.from({ length: number }, (_, at): Point => {
    const angle = ((at + roll() * 0.8) / number) * 2 * Math.PI;
    const reach = 0.002 + roll() * 0.01;
    return [lon + reach * Math.cos(angle), lat + reach * Math.sin(angle)];
  });
}
