/** Outlines under the map: the streets, counties and landmarks that the committee imported. */
import type { Geometry } from 'geojson';
import { type Db, prepared } from '../provinces/connection.ts';
import { isLine } from './landmark-kinds.ts';
import { landmarksNear } from './landmarks.ts';
import type { Bounds } from './measure.ts';

export const OUTLINE_KINDS = ['county', 'street', 'landmark', 'other'] as const;
export type OutlineKind = (typeof OUTLINE_KINDS)[number];

/** What an outline may be: points, lines and polygons, polygons with holes too. */
export type OutlineGeometry = Exclude<Geometry, { type: 'GeometryCollection' }>;

export type Outline = {
  id: number;
  kind: OutlineKind;
  name: string | null;
  /** Whom the outline is of, as its owner wants it printed; empty where it is our own. */
  attribution: string;
  geometry: OutlineGeometry;
};

/** A map on which more lies can't be read. */
const mostOutlines = 3000;

const statements = prepared((db) => ({
  near: db.$client.prepare(
    `SELECT o.id, s.kind, o.name, s.attribution, o.geometry
     FROM outline_bounds b JOIN outlines o ON o.id = b.id
     JOIN outline_sets s ON s.id = o.set_id JOIN outline_confirmations c ON c.set_id = s.id
     WHERE b.min_lon <= @east AND b.max_lon >= @west AND b.min_lat <= @north AND b.max_lat >= @south
       AND NOT EXISTS (SELECT 1 FROM outline_withdrawals w WHERE w.set_id = s.id)
     ORDER BY s.kind <> 'county', o.id LIMIT ${mostOutlines}`,
  ),
}));

/**
 * The confirmed outlines that may reach into a box, counties first, and after them the streets and
 * landmarks recorded by hand: the committee's, and those of the centre whose map it is.
 */
export const outlinesNear = (db: Db, box: Bounds, centreId: number | null = null): Outline[] => [
  ...(statements(db).near.all(box) as Row[]).map(outlineOf),
  ...landmarksNear(db, box, centreId).map(
    ({ kind, ...landmark }): Outline => ({
      ...{ ...landmark, kind: isLine(kind) ? 'street' : 'landmark', attribution: '' },
    }),
  ),
];

/** Each owner's words once, for the foot of a map. */
export const attributionsOf = (outlines: Pick<Outline, 'attribution'>[]): string[] => [
  ...new Set(outlines.map(({ attribution }) => attribution).filter(Boolean)),
];

type Row = Omit<Outline, 'geometry'> & { geometry: string };

const outlineOf = (row: Row): Outline => ({
  ...row,
  geometry: JSON.parse(row.geometry) as OutlineGeometry,
});
