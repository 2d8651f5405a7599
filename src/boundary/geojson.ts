/** Areas as GeoJSON, RFC 7946. */

import type { Area } from './area.ts';
import { bounds } from './measure.ts';

export type Properties = Record<string, string | number | boolean | null>;

export const toFeature = (area: Area, properties: Properties) => {
  const { west, south, east, north } = bounds(area);
  return { type: 'Feature', bbox: [west, south, east, north], properties, geometry: area };
};

export const toFeatureCollection = (features: { area: Area; properties: Properties }[]) => ({
  type: 'FeatureCollection',
  features: features.map(({ area, properties }) => toFeature(area, properties)),
});
