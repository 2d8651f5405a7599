/** What may be recorded by hand to be found on a map. */

export const LANDMARK_KINDS = [
  ...(['street', 'alley', 'square', 'mosque', 'shrine', 'school', 'clinic'] as const),
  ...(['market', 'park', 'office', 'bridge', 'other'] as const),
] as const;
export type LandmarkKind = (typeof LANDMARK_KINDS)[number];

/** What is a line on the map, and needs two places at least. */
export const isLine = (kind: LandmarkKind): boolean => kind === 'street' || kind === 'alley';

/** What is no ground, however many places are given. */
export const isNoGround = (kind: LandmarkKind): boolean => isLine(kind) || kind === 'bridge';
