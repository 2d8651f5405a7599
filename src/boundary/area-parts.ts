/** The parts of a centre's area: each with a name and drawn, so that people are placed into them. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { refuseGround } from '../licence/permission.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { sortKey } from '../values/persian-text.ts';
import type { Area } from './area.ts';
import { areaSquareMetres } from './measure.ts';
import { without } from './overlap.ts';
import { boundaryOn } from './versions.ts';

export type AreaPart = {
  id: number;
  name: string;
  area: Area;
  squareMetres: number;
  recordedOn: string;
  recordedBy: string;
  /** Who is placed in it now: those who have left are not counted. */
  volunteers: number;
  units: number;
  ended: { reason: string; on: string; by: string } | null;
};

/** Drawn by hand along a boundary a line strays: so much of a part may lie beyond it. */
const STRAY_SHARE = 0.01;
const STRAY_METRES = 100;

const newest = (of: string) =>
  `(SELECT max(version) FROM ${of}_versions WHERE ${of}_id = x.${of}_id)`;

const placed = (of: string, left: string) =>
  `(SELECT count(*) FROM ${of}_versions x WHERE x.part_id = p.id AND x.version = ${newest(of)}
     AND coalesce((SELECT state FROM ${of}_states WHERE ${of}_id = x.${of}_id
       ORDER BY id DESC LIMIT 1), 'active') <> '${left}')`;

const select = `SELECT p.id, p.name, p.area, p.square_metres AS squareMetres,
    p.recorded_on AS recordedOn, u.name AS recordedBy, ${placed('volunteer', 'left')} AS volunteers,
    ${placed('unit', 'closed')} AS units, e.reason AS ending, e.ended_on AS endedOn,
    eu.name AS endedBy
  FROM area_parts p JOIN users u ON u.id = p.recorded_by
  LEFT JOIN area_part_endings e ON e.part_id = p.id LEFT JOIN users eu ON eu.id = e.ended_by
  WHERE p.centre_id = @centre`;

const statements = prepared((db) => ({
  open: db.$client.prepare(`${select} AND e.part_id IS NULL ORDER BY p.name_sort`),
  all: db.$client.prepare(`${select} ORDER BY e.part_id IS NOT NULL, p.name_sort, p.id`),
  one: db.$client.prepare(`${select} AND p.id = @id`),
  insert: db.$client.prepare(
    `INSERT INTO area_parts (centre_id, name, name_sort, area, square_metres, boundary_id,
       recorded_on, recorded_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  end: db.$client.prepare('INSERT INTO area_part_endings VALUES (?, ?, ?, ?, ?)'),
}));

/** The parts into which somebody may be placed, by their names. */
export const partsOfCentre = (db: Db, centreId: number): AreaPart[] =>
  (statements(db).open.all({ centre: centreId }) as Row[]).map(partOf);

/** The same with those that have ended, at the end. */
export const allPartsOfCentre = (db: Db, centreId: number): AreaPart[] =>
  (statements(db).all.all({ centre: centreId }) as Row[]).map(partOf);

/** A part of this centre's area; throws NotFound. */
export function findPart(db: Db, centreId: number, id: number): AreaPart {
  const row = statements(db).one.get({ centre: centreId, id }) as Row | undefined;
  if (!row) throw new NotFound();
  return partOf(row);
}

/** Names a part of the area in force; what strays beyond it is no part of it. */
export function recordPart(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { name, area }: { name: string; area: Area },
): AreaPart {
  requirePower(actor, 'area-parts.record', centre);
  refuseGround(tx, centre.id, actor.today);
  const inForce = boundaryOn(tx, centre.id, actor.today);
  if (!inForce) {
    const told = { clause: 'B-124', mend: '/boundary' } as const;
    throw new Refusal('boundary:parts.refusals.no-area', told);
  }
  const squareMetres = Math.max(1, Math.round(areaSquareMetres(area)));
  refuseOutside(area, squareMetres, inForce.area);
  refuseSameName(tx, centre, name);
  const act = record(tx, actor, {
    ...{ kind: 'area-part.recorded', subject: `area-parts/${centre.code}`, centreId: centre.id },
    after: { name, squareMetres, version: inForce.version },
  });
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[centre.id, name, sortKey(name), JSON.stringify(area), squareMetres, inForce.id],
    ...[actor.today, actor.user!.id, act.id],
  );
  return findPart(tx, centre.id, Number(lastInsertRowid));
}

/** Nobody is placed into the part from now on; who was placed there is still said to be. */
export function endPart(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  { reason }: { reason: string },
): AreaPart {
  requirePower(actor, 'area-parts.record', centre);
  const part = findPart(tx, centre.id, id);
  if (part.ended) throw new Refusal('boundary:parts.refusals.ended');
  const act = record(tx, actor, {
    ...{ kind: 'area-part.ended', subject: `area-parts/${centre.code}`, centreId: centre.id },
    ...{ before: { name: part.name }, after: { name: part.name, reason } },
  });
  statements(tx).end.run(id, reason, actor.today, actor.user!.id, act.id);
  return findPart(tx, centre.id, id);
}

/** Refuses a part of another centre, and one that has ended unless it was chosen before that. */
export function refuseOtherPart(
  db: Db,
  centre: Centre,
  partId: number | null | undefined,
  before?: number | null,
): void {
  if (partId === null || partId === undefined || partId === before) return;
  if (partsOfCentre(db, centre.id).some(({ id }) => id === partId)) return;
  throw new Refusal('boundary:parts.refusals.unknown', { status: 422, field: 'partId' });
}

/** Square metres of a part that no area in force covers, beyond what a drawing hand strays. */
export function strayOf({ area, squareMetres }: Pick<AreaPart, 'area' | 'squareMetres'>, of: Area) {
  const outside = Math.round(without(area, of).squareMetres);
  return outside > Math.max(STRAY_METRES, squareMetres * STRAY_SHARE) ? outside : 0;
}

function refuseOutside(area: Area, squareMetres: number, boundary: Area): void {
  const outside = strayOf({ area, squareMetres }, boundary);
  if (!outside) return;
  throw new Refusal('boundary:parts.refusals.outside', {
    ...{ status: 422, field: 'area', clause: 'B-124', values: { outside } },
  });
}

function refuseSameName(tx: Tx, centre: Centre, name: string): void {
  const same = partsOfCentre(tx, centre.id).some((one) => sortKey(one.name) === sortKey(name));
  if (!same) return;
  const values = { name };
  throw new Refusal('boundary:parts.refusals.same-name', { status: 409, field: 'name', values });
}

type Row = Omit<AreaPart, 'area' | 'ended'> & {
  area: string;
  ending: string | null;
  endedOn: string;
  endedBy: string;
};

const partOf = ({ area, ending, endedOn, endedBy, ...row }: Row): AreaPart => ({
  ...row,
  area: JSON.parse(area) as Area,
  ended: ending === null ? null : { reason: ending, on: endedOn, by: endedBy },
});
