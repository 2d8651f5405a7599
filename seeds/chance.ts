/** Chance that is the same each time for the same seed (mulberry32). */
export type Chance = {
  /** From 0 up to but not 1. */
  share: () => number;
  below: (n: number) => number;
  pick: <T>(list: readonly T[]) => T;
};

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(share() * n);
  return { share, below, pick: (list) => list[below(list.length)]! };
}
