/** Streets and landmarks recorded by hand; none is edited, one that is wrong is ended. */
import type { Actor } from '../access/actor.ts';
import { may, requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { sortKey } from '../values/persian-text.ts';
import type { Area, Point } from './area.ts';
import type { LandmarkKind } from './landmark-kinds.ts';
import type { Bounds } from './measure.ts';

export type LandmarkGeometry =
  | { type: 'Point'; coordinates: Point }
  | { type: 'LineString'; coordinates: Point[] }
  | Extract<Area, { type: 'Polygon' }>;

/** Whose maps it is on: one centre's, a county's, or with neither every map of the province. */
export type LandmarkPlace = { centre?: Centre; countyId?: number | null };

export type Landmark = {
  id: number;
  centreId: number | null;
  countyId: number | null;
  county: string | null;
  kind: LandmarkKind;
  name: string;
  geometry: LandmarkGeometry;
  recordedOn: string;
  recordedBy: string;
  ended: { reason: string; on: string; by: string } | null;
};

const select = `SELECT l.id, l.centre_id AS centreId, l.county_id AS countyId, k.name AS county,
    l.kind, l.name, l.geometry, l.recorded_on AS recordedOn, u.name AS recordedBy,
    e.reason AS ending, e.ended_on AS endedOn, eu.name AS endedBy
  FROM landmarks l JOIN users u ON u.id = l.recorded_by LEFT JOIN counties k ON k.id = l.county_id
  LEFT JOIN landmark_endings e ON e.landmark_id = l.id LEFT JOIN users eu ON eu.id = e.ended_by`;

const order = `AND (@kind IS NULL OR l.kind = @kind)
  ORDER BY e.landmark_id IS NOT NULL, l.name_sort, l.id LIMIT @limit OFFSET @from`;

const ofCommittee = `l.centre_id IS NULL
  AND (@county IS NULL OR l.county_id IS NULL OR l.county_id = @county)`;

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(`${select} WHERE l.centre_id = @centre ${order}`),
  ofCounty: db.$client.prepare(`${select} WHERE ${ofCommittee} ${order}`),
  countOfCentre: db.$client
    .prepare(
      `SELECT count(*) FROM landmarks l WHERE l.centre_id = @centre
         AND (@kind IS NULL OR l.kind = @kind)`,
    )
    .pluck(),
  countOfCounty: db.$client
    .prepare(
      `SELECT count(*) FROM landmarks l WHERE ${ofCommittee} AND (@kind IS NULL OR l.kind = @kind)`,
    )
    .pluck(),
  one: db.$client.prepare(`${select} WHERE l.id = ?`),
  near: db.$client.prepare(
    `SELECT l.id, l.kind, l.name, l.geometry FROM landmark_bounds b JOIN landmarks l ON l.id = b.id
     WHERE b.min_lon <= @east AND b.max_lon >= @west AND b.min_lat <= @north AND b.max_lat >= @south
       AND (l.centre_id IS NULL OR l.centre_id = @centre)
       AND NOT EXISTS (SELECT 1 FROM landmark_endings e WHERE e.landmark_id = l.id)
     ORDER BY l.id LIMIT 2000`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO landmarks (centre_id, county_id, kind, name, name_sort, geometry, recorded_on,
       recorded_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  place: db.$client.prepare('INSERT INTO landmark_bounds VALUES (?, ?, ?, ?, ?)'),
  end: db.$client.prepare('INSERT INTO landmark_endings VALUES (?, ?, ?, ?, ?)'),
}));

export type LandmarksAsked = { kind?: string; limit: number; from: number };

/** The landmarks of one centre; or of the committee, those of a county with the whole province's. */
export function landmarksOf(db: Db, of: LandmarkPlace, asked: LandmarksAsked): Landmark[] {
  const kind = asked.kind ?? null;
  const rows = of.centre
    ? statements(db).ofCentre.all({ ...asked, kind, centre: of.centre.id })
    : statements(db).ofCounty.all({ ...asked, kind, county: of.countyId ?? null });
  return (rows as Row[]).map(landmarkOf);
}

export function countLandmarks(db: Db, of: LandmarkPlace, kind: string | null = null): number {
  const counted = of.centre
    ? statements(db).countOfCentre.get({ kind, centre: of.centre.id })
    : statements(db).countOfCounty.get({ kind, county: of.countyId ?? null });
  return counted as number;
}

/** One of this centre, or of the committee's that this place may see; throws NotFound. */
export function findLandmark(db: Db, of: LandmarkPlace, id: number): Landmark {
  const row = statements(db).one.get(id) as Row | undefined;
  const isTheirs = row && row.centreId === (of.centre?.id ?? null);
  const ofOther = row?.countyId != null && of.countyId != null && row.countyId !== of.countyId;
  if (!row || !isTheirs || (!of.centre && ofOther)) throw new NotFound();
  return landmarkOf(row);
}

type NearLandmark = Pick<Landmark, 'id' | 'kind' | 'name' | 'geometry'>;

/** Those in a box that are drawn: the committee's, and the centre's whose map it is. */
export function landmarksNear(db: Db, box: Bounds, centreId: number | null): NearLandmark[] {
  const rows = statements(db).near.all({ ...box, centre: centreId }) as (NearLandmark & {
    geometry: unknown;
  })[];
  return rows.map((row) => ({
    ...row,
    geometry: JSON.parse(String(row.geometry)) as LandmarkGeometry,
  }));
}

/** B-17: a board for its own centre, a head for his county, the deputy for the province. */
export function mayRecord(actor: Actor, { centre, countyId }: LandmarkPlace): boolean {
  if (centre) return may(actor, 'landmarks.record', centre);
  if (actor.office?.countyId != null && actor.office.countyId !== countyId) return false;
  return may(actor, 'landmarks.record', countyId == null ? undefined : { countyId });
}

export type LandmarkTyped = { kind: LandmarkKind; name: string; geometry: LandmarkGeometry };

export function recordLandmark(
  tx: Tx,
  actor: Actor,
  of: LandmarkPlace,
  { kind, name, geometry }: LandmarkTyped,
): Landmark {
  refuseOthers(actor, of);
  const written = JSON.stringify(geometry);
  const { centre, countyId = null } = of;
  const act = record(tx, actor, {
    ...{ kind: 'landmark.recorded', subject: 'landmarks', centreId: centre?.id ?? null },
    after: { kind, name, shape: geometry.type },
  });
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[centre?.id ?? null, centre ? null : countyId, kind, name, sortKey(name), written],
    ...[actor.today, actor.user!.id, act.id],
  );
  const id = Number(lastInsertRowid);
  const { west, south, east, north } = boxOf(cornersOfLandmark(geometry));
  statements(tx).place.run(id, west, east, south, north);
  return findLandmark(tx, of, id);
}

/** It is drawn on no map from now on; the row and the reason stay. */
export function endLandmark(
  tx: Tx,
  actor: Actor,
  of: LandmarkPlace,
  id: number,
  { reason }: { reason: string },
): Landmark {
  const landmark = findLandmark(tx, of, id);
  refuseOthers(actor, { ...of, countyId: landmark.countyId });
  if (landmark.ended) throw new Refusal('boundary:landmarks.refusals.ended');
  const act = record(tx, actor, {
    ...{ kind: 'landmark.ended', subject: 'landmarks', centreId: of.centre?.id ?? null },
    ...{ before: { name: landmark.name }, after: { name: landmark.name, reason } },
  });
  statements(tx).end.run(id, reason, actor.today, actor.user!.id, act.id);
  return findLandmark(tx, of, id);
}

function refuseOthers(actor: Actor, of: LandmarkPlace): void {
  requirePower(actor, 'landmarks.record', of.centre);
  if (!mayRecord(actor, of)) {
    throw new Refusal('boundary:landmarks.refusals.not-yours', { status: 403, field: 'county' });
  }
}

/** Every place that a landmark is drawn through. */
export function cornersOfLandmark({ type, coordinates }: LandmarkGeometry): Point[] {
  if (type === 'Point') return [coordinates];
  return type === 'LineString' ? coordinates : coordinates.flat();
}

function boxOf(points: Point[]): Bounds {
  const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
  return {
    ...{ west: Math.min(...lons), east: Math.max(...lons) },
    ...{ south: Math.min(...lats), north: Math.max(...lats) },
  };
}

type Row = Omit<Landmark, 'geometry' | 'ended'> & {
  geometry: string;
  ending: string | null;
  endedOn: string;
  endedBy: string;
};

const landmarkOf = ({ geometry, ending, endedOn, endedBy, ...row }: Row): Landmark => ({
  ...row,
  geometry: JSON.parse(geometry) as LandmarkGeometry,
  ended: ending === null ? null : { reason: ending, on: endedOn, by: endedBy },
});
