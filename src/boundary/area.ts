/** An area of ground: closed rings of corners, as GeoJSON has them. */

/** Longitude, then latitude, in degrees of WGS 84, as GeoJSON has them. */
export type Point = [lon: number, lat: number];
export type Ring = Point[];

/** Closed rings without holes, counter-clockwise, no corner finer than a centimetre. */
export type Area =
  | { type: 'Polygon'; coordinates: Ring[] }
  | { type: 'MultiPolygon'; coordinates: Ring[][] };

/** The outer ring of each part. */
export function partsOf(area: Area): Ring[] {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  return polygons.flatMap((polygon) => polygon.slice(0, 1));
}

export const ringsArea = (rings: Ring[]): Area =>
  rings.length === 1
    ? { type: 'Polygon', coordinates: rings }
    : { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) };
