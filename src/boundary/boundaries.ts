/** The versions of a centre's area: proposed by its board or the committee, approved by the committee. */
import { createHash } from 'node:crypto';
import type { Actor } from '../access/actor.ts';
import { areaWithoutOverlap } from '../bylaw/territory.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import type { Area } from './area.ts';
import { areaSquareMetres, bounds } from './measure.ts';
import { type Overlapping, overlapsOf } from './neighbours.ts';

export type Version = {
  id: number;
  centreId: number;
  version: number;
  area: Area;
  squareMetres: number;
  note: string | null;
  proposedOn: string;
  proposedBy: string;
  approvedOn: string | null;
  approvedBy: string | null;
};

export type InForce = Version & { approvedOn: string; approvedBy: string };

const select = `
  SELECT b.id, b.centre_id AS centreId, b.version, b.area, b.square_metres AS squareMetres, b.note,
    b.proposed_on AS proposedOn, p.name AS proposedBy, a.approved_on AS approvedOn,
    u.name AS approvedBy
  FROM boundaries b JOIN users p ON p.id = b.proposed_by
  LEFT JOIN boundary_approvals a ON a.boundary_id = b.id LEFT JOIN users u ON u.id = a.approved_by`;

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(`${select} WHERE b.centre_id = ? ORDER BY b.version DESC`),
  one: db.$client.prepare(`${select} WHERE b.centre_id = ? AND b.version = ?`),
  byId: db.$client.prepare(`${select} WHERE b.centre_id = ? AND b.id = ?`),
  on: db.$client.prepare(
    `${select} WHERE b.centre_id = ? AND a.approved_on <= ? ORDER BY b.version DESC LIMIT 1`,
  ),
  newest: db.$client.prepare(
    'SELECT version, area FROM boundaries WHERE centre_id = ? ORDER BY version DESC LIMIT 1',
  ),
  propose: db.$client.prepare(
    `INSERT INTO boundaries (centre_id, version, area, square_metres, note, proposed_on,
       proposed_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  placeBounds: db.$client.prepare('INSERT INTO boundary_bounds VALUES (?, ?, ?, ?, ?)'),
  measure: db.$client.prepare('INSERT OR IGNORE INTO boundary_overlaps VALUES (?, ?, ?)'),
  coordinate: db.$client.prepare('INSERT INTO boundary_coordinations VALUES (?, ?, ?, ?, ?)'),
  approve: db.$client.prepare('INSERT INTO boundary_approvals VALUES (?, ?, ?, ?)'),
}));

/** The versions of a centre, newest first. */
export const versionsOf = (db: Db, centreId: number): Version[] =>
  (statements(db).ofCentre.all(centreId) as Row[]).map(versionOf);

/** A version of this centre by its number; throws NotFound. */
export function findVersion(db: Db, centreId: number, version: number): Version {
  return found(statements(db).one.get(centreId, version) as Row | undefined);
}

/** The version in force on a day: the latest that was approved by then. */
export function boundaryOn(db: Db, centreId: number, day: string): InForce | undefined {
  const row = statements(db).on.get(centreId, day) as Row | undefined;
  return row && (versionOf(row) as InForce);
}

/** Lays down a new version; it counts for nothing until the committee approves it. */
export function proposeBoundary(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { area, note }: { area: Area; note?: string | null },
): { id: number; version: number; squareMetres: number; overlaps: Overlapping[] } {
  const written = JSON.stringify(area);
  const newest = statements(tx).newest.get(centre.id) as Newest | undefined;
  if (newest?.area === written) {
    throw new Refusal('boundary:refusals.unchanged', { mend: `/boundary/${newest.version}` });
  }
  const version = (newest?.version ?? 0) + 1;
  const squareMetres = Math.max(1, Math.round(areaSquareMetres(area)));
  const sha256 = createHash('sha256').update(written).digest('hex');
  const act = record(tx, actor, {
    ...{ kind: 'boundary.proposed', subject: subjectOf(centre, version), centreId: centre.id },
    after: { version, squareMetres, sha256, note: note || null },
  });
  const { lastInsertRowid } = statements(tx).propose.run(
    ...[centre.id, version, written, squareMetres, note || null],
    ...[actor.today, actor.user?.id, act.id],
  );
  const id = Number(lastInsertRowid);
  const { west, south, east, north } = bounds(area);
  statements(tx).placeBounds.run(id, west, east, south, north);
  return { id, version, squareMetres, overlaps: measureOverlaps(tx, centre, { id, area }) };
}

/** B-124: the committee's letter that settles one overlap. */
export function coordinateOverlap(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  version: Version,
  { code, number, decidedOn }: { code: string; number: string; decidedOn: string },
): Overlapping {
  refuseFuture(actor, 'decidedOn', decidedOn);
  const shared = overlapsOf(tx, centre, version).find((other) => other.code === code);
  if (!shared) throw new Refusal('boundary:refusals.no-overlap', { status: 422, field: 'centre' });
  if (shared.coordination) {
    const { number: known } = shared.coordination;
    throw new Refusal('boundary:refusals.coordinated', { values: { number: known } });
  }
  const act = record(tx, actor, {
    ...{ kind: 'boundary.coordinated', subject: subjectOf(centre, version.version) },
    ...{ centreId: centre.id, after: { other: code, number, decidedOn } },
  });
  statements(tx).coordinate.run(version.id, shared.boundaryId, number, decidedOn, act.id);
  return { ...shared, coordination: { number, decidedOn } };
}

/** B-124: with the committee's approval the version is in force, and no earlier one any more. */
export function approveBoundary(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  boundaryId: number,
  { approvedOn = actor.today }: { approvedOn?: string } = {},
): InForce {
  const version = found(statements(tx).byId.get(centre.id, boundaryId) as Row | undefined);
  refuseSettled(tx, centre, version);
  refuseFuture(actor, 'approvedOn', approvedOn);
  if (approvedOn < version.proposedOn) {
    throw new Refusal('boundary:refusals.before-proposal', { status: 422, field: 'approvedOn' });
  }
  // A neighbour may have been approved since the proposal, so it is measured again.
  refuseOverlaps(measureOverlaps(tx, centre, version), version);
  const act = record(tx, actor, {
    ...{ kind: 'boundary.approved', subject: subjectOf(centre, version.version) },
    ...{ centreId: centre.id, after: { version: version.version, approvedOn } },
  });
  statements(tx).approve.run(boundaryId, approvedOn, actor.user?.id, act.id);
  return { ...version, approvedOn, approvedBy: actor.user?.name ?? '' };
}

type Row = Omit<Version, 'area'> & { area: string };
type Newest = { version: number; area: string };

const versionOf = (row: Row): Version => ({ ...row, area: JSON.parse(row.area) as Area });

function found(row: Row | undefined): Version {
  if (!row) throw new NotFound();
  return versionOf(row);
}

const subjectOf = (centre: Centre, version: number) => `boundaries/${centre.code}/${version}`;

function measureOverlaps(tx: Tx, centre: Centre, version: { id: number; area: Area }) {
  const overlaps = overlapsOf(tx, centre, version);
  for (const { boundaryId, sharedSquareMetres } of overlaps) {
    statements(tx).measure.run(version.id, boundaryId, sharedSquareMetres);
  }
  return overlaps;
}

function refuseSettled(tx: Tx, centre: Centre, version: Version): void {
  if (version.approvedOn) throw new Refusal('boundary:refusals.already-approved');
  const later = versionsOf(tx, centre.id).find((other) => other.approvedOn);
  if (later && later.version > version.version) {
    throw new Refusal('boundary:refusals.passed-over', {
      values: { version: later.version },
      mend: '/boundary/new',
    });
  }
}

function refuseFuture(actor: Actor, field: string, day: string): void {
  if (day > actor.today) throw new Refusal('boundary:refusals.future', { status: 422, field });
}

function refuseOverlaps(overlaps: Overlapping[], { version }: Version): void {
  const open = overlaps.filter(({ blocks, coordination }) => blocks && !coordination);
  if (areaWithoutOverlap.holds({ uncoordinated: open.length })) return;
  throw new Refusal('boundary:refusals.overlap', {
    clause: areaWithoutOverlap.id,
    values: { names: open.map(({ name }) => name).join(' · ') },
    mend: `/boundary/${version}`,
  });
}
