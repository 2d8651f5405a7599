/** Permits as they stand, and whether one covers a place on a day. */
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import type { Area } from './area.ts';
import { containsPoint } from './measure.ts';
import { boundaryOn } from './versions.ts';

export const PERMIT_KINDS = ['centre', 'area', 'place'] as const;
export type PermitKind = (typeof PERMIT_KINDS)[number];

export type PermitState =
  | ('requested' | 'withdrawn' | 'refused')
  | ('to-come' | 'in-force' | 'over' | 'ended');

export type Permit = {
  id: number;
  centreId: number;
  kind: PermitKind;
  area: Area | null;
  otherCentreId: number | null;
  place: string;
  fromOn: string;
  toOn: string;
  reason: string;
  requestedOn: string;
  requestedBy: string;
  answer: 'granted' | 'refused' | null;
  number: string | null;
  decidedOn: string | null;
  decidedBy: string | null;
  refusal: string | null;
  paperId: number | null;
  endedOn: string | null;
  ending: string | null;
  neighbours: { centreId: number; name: string; squareMetres: number | null }[];
};

const select = `SELECT p.id, p.centre_id AS centreId, p.kind, p.area,
    p.other_centre_id AS otherCentreId, p.place, p.from_on AS fromOn, p.to_on AS toOn, p.reason,
    p.requested_on AS requestedOn, u.name AS requestedBy, d.answer, d.number,
    d.decided_on AS decidedOn, du.name AS decidedBy, d.reason AS refusal, d.paper_id AS paperId,
    e.ended_on AS endedOn, e.reason AS ending
  FROM permits p JOIN users u ON u.id = p.requested_by
  LEFT JOIN permit_decisions d ON d.permit_id = p.id LEFT JOIN users du ON du.id = d.decided_by
  LEFT JOIN permit_endings e ON e.permit_id = p.id`;

const statements = prepared((db) => ({
  one: db.$client.prepare(`${select} WHERE p.centre_id = ? AND p.id = ?`),
  ofCentre: db.$client.prepare(
    `${select} WHERE p.centre_id = ? ORDER BY p.id DESC LIMIT ? OFFSET ?`,
  ),
  count: db.$client.prepare('SELECT count(*) FROM permits WHERE centre_id = ?').pluck(),
  byPaper: db.$client.prepare(`${select} WHERE d.paper_id = ?`),
  // Only what still holds is another centre's business.
  overCentre: db.$client.prepare(
    `SELECT p.id, c.name, p.place, p.from_on AS fromOn, p.to_on AS toOn, p.reason, d.number,
       d.decided_on AS decidedOn, n.square_metres AS squareMetres
     FROM permit_neighbours n JOIN permits p ON p.id = n.permit_id
     JOIN centres c ON c.id = p.centre_id JOIN permit_decisions d ON d.permit_id = p.id
     LEFT JOIN permit_endings e ON e.permit_id = p.id
     WHERE n.centre_id = @centre AND p.to_on >= @day
       AND (e.ended_on IS NULL OR e.ended_on > @day) ORDER BY p.id DESC`,
  ),
  on: db.$client.prepare(
    `${select} WHERE p.centre_id = @centre AND d.answer = 'granted'
       AND @day BETWEEN p.from_on AND p.to_on AND (e.ended_on IS NULL OR e.ended_on > @day)
     ORDER BY p.id`,
  ),
  neighbours: db.$client.prepare(
    `SELECT n.centre_id AS centreId, c.name, n.square_metres AS squareMetres
     FROM permit_neighbours n JOIN centres c ON c.id = n.centre_id
     WHERE n.permit_id = ? ORDER BY c.name_sort`,
  ),
}));

/** A permit of this centre; throws NotFound. */
export function findPermit(db: Db, centreId: number, id: number): Permit {
  const row = statements(db).one.get(centreId, id) as Row | undefined;
  if (!row) throw new NotFound();
  return permitOf(db, row);
}

export const permitsOf = (db: Db, centreId: number, limit: number, offset: number): Permit[] =>
  (statements(db).ofCentre.all(centreId, limit, offset) as Row[]).map((row) => permitOf(db, row));

export const countPermits = (db: Db, centreId: number): number =>
  statements(db).count.get(centreId) as number;

/** The permit that a letter gives. */
export function permitOfPaper(db: Db, paperId: number): Permit | undefined {
  const row = statements(db).byPaper.get(paperId) as Row | undefined;
  return row && permitOf(db, row);
}

export type PermitOver = Pick<Permit, 'id' | 'place' | 'fromOn' | 'toOn' | 'reason'> & {
  name: string;
  number: string;
  decidedOn: string;
  squareMetres: number | null;
};

/** The permits by which other centres serve in this one's area, today or later. */
export const permitsOver = (db: Db, centreId: number, day: string): PermitOver[] =>
  statements(db).overCentre.all({ centre: centreId, day }) as PermitOver[];

/**
 * The permit by which a centre may serve a place on a day: a point, or another centre's people.
 * Undefined where it has none, and needs none only within its own area.
 */
export function permitFor(
  db: Db,
  centreId: number,
  where: { lon: number; lat: number } | number,
  day: string,
): Permit | undefined {
  const rows = statements(db).on.all({ centre: centreId, day }) as Row[];
  const permits = rows.map((row) => permitOf(db, row));
  if (typeof where === 'number') return permits.find((one) => one.otherCentreId === where);
  const { lon, lat } = where;
  return permits.find((permit) => {
    const area = groundOf(db, permit, day);
    return area !== undefined && containsPoint(area, [lon, lat]);
  });
}

/** The ground a permit is for; undefined for a place that has a name only. */
export function groundOf(
  db: Db,
  { area, otherCentreId }: Pick<Permit, 'area' | 'otherCentreId'>,
  day: string,
): Area | undefined {
  if (area) return area;
  return otherCentreId === null ? undefined : boundaryOn(db, otherCentreId, day)?.area;
}

export function permitState(permit: Permit, today: string): PermitState {
  const { answer, endedOn, fromOn, toOn } = permit;
  if (answer === 'refused') return 'refused';
  if (endedOn) return answer ? 'ended' : 'withdrawn';
  if (!answer) return 'requested';
  if (today < fromOn) return 'to-come';
  return today > toOn ? 'over' : 'in-force';
}

type Row = Omit<Permit, 'area' | 'neighbours'> & { area: string | null };

const permitOf = (db: Db, row: Row): Permit => ({
  ...row,
  area: row.area === null ? null : (JSON.parse(row.area) as Area),
  neighbours: statements(db).neighbours.all(row.id) as Permit['neighbours'],
});
