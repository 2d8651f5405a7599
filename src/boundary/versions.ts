/** The versions of a centre's area as they stand: what was proposed, and what became of it. */
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import type { Area } from './area.ts';

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
  /** From which day an approved version is in force, until a later one is. */
  fromOn: string | null;
  /** Refused by the committee, or taken back by whoever had proposed it. */
  closed: { how: 'refused' | 'withdrawn'; reason: string; on: string; by: string } | null;
};

export type InForce = Version & { approvedOn: string; approvedBy: string; fromOn: string };

export type VersionState =
  | ('in-force' | 'to-come' | 'waiting' | 'past')
  | ('passed-over' | 'refused' | 'withdrawn');

const select = `
  SELECT b.id, b.centre_id AS centreId, b.version, b.area, b.square_metres AS squareMetres, b.note,
    b.proposed_on AS proposedOn, p.name AS proposedBy, a.approved_on AS approvedOn,
    u.name AS approvedBy,
    CASE WHEN a.boundary_id IS NOT NULL THEN coalesce(s.from_on, a.approved_on) END AS fromOn,
    CASE WHEN r.boundary_id IS NOT NULL THEN 'refused'
      WHEN w.boundary_id IS NOT NULL THEN 'withdrawn' END AS closedHow,
    coalesce(r.reason, w.reason) AS closedReason,
    coalesce(r.refused_on, w.withdrawn_on) AS closedOn, cu.name AS closedBy
  FROM boundaries b JOIN users p ON p.id = b.proposed_by
  LEFT JOIN boundary_approvals a ON a.boundary_id = b.id LEFT JOIN users u ON u.id = a.approved_by
  LEFT JOIN boundary_starts s ON s.boundary_id = b.id
  LEFT JOIN boundary_refusals r ON r.boundary_id = b.id
  LEFT JOIN boundary_withdrawals w ON w.boundary_id = b.id
  LEFT JOIN users cu ON cu.id = coalesce(r.refused_by, w.withdrawn_by)`;

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(`${select} WHERE b.centre_id = ? ORDER BY b.version DESC`),
  one: db.$client.prepare(`${select} WHERE b.centre_id = ? AND b.version = ?`),
  byId: db.$client.prepare(`${select} WHERE b.centre_id = ? AND b.id = ?`),
  on: db.$client.prepare(
    `${select} WHERE b.id = (SELECT v.id FROM approved_boundaries v
       WHERE v.centre_id = ? AND v.from_on <= ? ORDER BY v.version DESC LIMIT 1)`,
  ),
}));

/** The versions of a centre, newest first. */
export const versionsOf = (db: Db, centreId: number): Version[] =>
  (statements(db).ofCentre.all(centreId) as Row[]).map(versionOf);

/** A version of this centre by its number; throws NotFound. */
export const findVersion = (db: Db, centreId: number, version: number): Version =>
  found(statements(db).one.get(centreId, version) as Row | undefined);

/** The same by its id. */
export const findBoundary = (db: Db, centreId: number, id: number): Version =>
  found(statements(db).byId.get(centreId, id) as Row | undefined);

/** The version in force on a day: of those that had begun by then the latest. */
export function boundaryOn(db: Db, centreId: number, day: string): InForce | undefined {
  const row = statements(db).on.get(centreId, day) as Row | undefined;
  return row && (versionOf(row) as InForce);
}

/**
 * What became of a version, on a day, among all versions of its centre. One that nobody approved
 * is passed over once a later one stands; so is one that was replaced before its own first day.
 */
export function stateOf(version: Version, versions: Version[], day: string): VersionState {
  if (version.closed) return version.closed.how;
  const later = versions.filter((other) => other.version > version.version);
  const { fromOn } = version;
  if (!fromOn) return later.some(({ closed }) => !closed) ? 'passed-over' : 'waiting';
  const starts = later.flatMap((other) => other.fromOn ?? []);
  if (starts.some((start) => start < fromOn || (start === fromOn && fromOn > day))) {
    return 'passed-over';
  }
  if (fromOn > day) return 'to-come';
  return starts.some((start) => start <= day) ? 'past' : 'in-force';
}

type Row = Omit<Version, 'area' | 'closed'> & {
  area: string;
  closedHow: 'refused' | 'withdrawn' | null;
  closedReason: string;
  closedOn: string;
  closedBy: string;
};

function versionOf({ area, closedHow, closedReason, closedOn, closedBy, ...row }: Row): Version {
  const closed = closedHow && {
    ...{ how: closedHow, reason: closedReason, on: closedOn, by: closedBy },
  };
  return { ...row, area: JSON.parse(area) as Area, closed };
}

function found(row: Row | undefined): Version {
  if (!row) throw new NotFound();
  return versionOf(row);
}
