/** Sets of outlines: imported from one file, looked at, confirmed, and withdrawn as a whole. */
import type { Actor } from '../access/actor.ts';
import { may, requirePower } from '../access/powers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import type { FoundOutlines } from './outline-reading.ts';
import type { Outline, OutlineGeometry, OutlineKind } from './outlines.ts';

export type OutlineSet = {
  id: number;
  kind: OutlineKind;
  countyId: number | null;
  county: string | null;
  name: string;
  source: string;
  attribution: string;
  outlines: number;
  leftOut: number;
  importedOn: string;
  importedBy: string;
  state: 'draft' | 'shown' | 'withdrawn';
  withdrawnOn: string | null;
  reason: string | null;
};

export type Import = {
  kind: OutlineKind;
  countyId: number | null;
  name: string;
  source: string;
  attribution: string;
  sha256: string;
};

const select = `SELECT s.id, s.kind, s.county_id AS countyId, n.name AS county, s.name, s.source,
    s.attribution, s.outlines, s.left_out AS leftOut, s.imported_on AS importedOn,
    u.name AS importedBy, w.withdrawn_on AS withdrawnOn, w.reason,
    CASE WHEN w.set_id IS NOT NULL THEN 'withdrawn'
      WHEN c.set_id IS NOT NULL THEN 'shown' ELSE 'draft' END AS state
  FROM outline_sets s JOIN users u ON u.id = s.imported_by
  LEFT JOIN counties n ON n.id = s.county_id
  LEFT JOIN outline_confirmations c ON c.set_id = s.id
  LEFT JOIN outline_withdrawals w ON w.set_id = s.id`;

const statements = prepared((db) => ({
  all: db.$client.prepare(
    `${select} WHERE @county IS NULL OR s.county_id IS NULL OR s.county_id = @county
     ORDER BY s.id DESC`,
  ),
  one: db.$client.prepare(`${select} WHERE s.id = ?`),
  same: db.$client.prepare(
    `${select} WHERE s.sha256 = @sha256 AND s.kind = @kind AND s.county_id IS @countyId
       AND w.set_id IS NULL`,
  ),
  outlines: db.$client.prepare(
    `SELECT o.id, s.kind, o.name, s.attribution, o.geometry FROM outlines o
     JOIN outline_sets s ON s.id = o.set_id WHERE o.set_id = ? ORDER BY o.id LIMIT ? OFFSET ?`,
  ),
  lay: db.$client.prepare(
    `INSERT INTO outline_sets (kind, county_id, name, source, attribution, outlines, left_out,
       sha256, imported_on, imported_by, act_id) VALUES (@kind, @countyId, @name, @source,
       @attribution, @outlines, @leftOut, @sha256, @importedOn, @importedBy, @actId)`,
  ),
  outline: db.$client.prepare('INSERT INTO outlines (set_id, name, geometry) VALUES (?, ?, ?)'),
  place: db.$client.prepare('INSERT INTO outline_bounds VALUES (?, ?, ?, ?, ?)'),
  confirm: db.$client.prepare('INSERT INTO outline_confirmations VALUES (?, ?, ?, ?)'),
  withdraw: db.$client.prepare('INSERT INTO outline_withdrawals VALUES (?, ?, ?, ?, ?)'),
  unplace: db.$client.prepare(
    'DELETE FROM outline_bounds WHERE id IN (SELECT id FROM outlines WHERE set_id = ?)',
  ),
  forget: db.$client.prepare('DELETE FROM outlines WHERE set_id = ?'),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM outline_sets').pluck(),
}));

/** The sets this actor may see: his county's and the province's, newest first. */
export const outlineSets = (db: Db, actor: Actor): OutlineSet[] =>
  statements(db).all.all({ county: actor.office?.countyId ?? null }) as OutlineSet[];

/** A set by its number; another county's is not there. */
export function findOutlineSet(db: Db, actor: Actor, id: number): OutlineSet {
  const set = statements(db).one.get(id) as OutlineSet | undefined;
  const own = actor.office?.countyId ?? null;
  const others = own !== null && set && set.countyId !== null && set.countyId !== own;
  if (!set || others) throw new NotFound();
  return set;
}

/** The outlines of a set in the order of its file. */
export function outlinesOfSet(db: Db, id: number, limit: number, from = 0): Outline[] {
  const rows = statements(db).outlines.all(id, limit, from) as (Outline & { geometry: unknown })[];
  return rows.map((row) => ({
    ...row,
    geometry: JSON.parse(String(row.geometry)) as OutlineGeometry,
  }));
}

/** B-17: a county head lays outlines in his own county; counties and the whole province, the deputy. */
export function mayLay(actor: Actor, kind: OutlineKind, countyId: number | null): boolean {
  if (actor.office?.countyId != null && (kind === 'county' || countyId === null)) return false;
  return may(actor, 'outlines.edit', countyId === null ? undefined : { countyId });
}

/** Lays a set down to be looked at; nothing of it is drawn until it is confirmed. */
export function importOutlines(tx: Tx, actor: Actor, set: Import, found: FoundOutlines): number {
  if (!mayLay(actor, set.kind, set.countyId)) {
    throw new Refusal('boundary:refusals.outlines-not-yours', { status: 403, field: 'kind' });
  }
  const { sha256, kind, countyId, ...words } = set;
  const same = statements(tx).same.get({ sha256, kind, countyId }) as OutlineSet | undefined;
  if (same) {
    const values = { name: same.name };
    throw new Refusal('boundary:refusals.outlines-known', { field: 'file', values });
  }
  const id = statements(tx).nextId.get() as number;
  const leftOut = Object.values(found.leftOut).reduce((sum, count) => sum + count, 0);
  const laid = { kind, countyId, ...words, sha256, outlines: found.outlines.length, leftOut };
  const act = record(tx, actor, {
    ...{ kind: 'outlines.imported', subject: `outlines/${id}`, after: laid },
  });
  const by = { importedOn: actor.today, importedBy: actor.user?.id, actId: act.id };
  statements(tx).lay.run({ ...laid, ...by });
  for (const { name, geometry, box } of found.outlines) {
    const { lastInsertRowid } = statements(tx).outline.run(id, name, geometry);
    statements(tx).place.run(lastInsertRowid, box.west, box.east, box.south, box.north);
  }
  return id;
}

/** From now on the set lies under every map. */
export function confirmOutlines(tx: Tx, actor: Actor, id: number): OutlineSet {
  const set = editable(tx, actor, id);
  if (set.state !== 'draft') throw settled(set);
  const act = record(tx, actor, { kind: 'outlines.confirmed', subject: `outlines/${id}` });
  statements(tx).confirm.run(id, actor.today, actor.user?.id, act.id);
  return findOutlineSet(tx, actor, id);
}

/** The whole set is drawn no more; one that was only looked at leaves nothing but its name. */
export function withdrawOutlines(tx: Tx, actor: Actor, id: number, reason: string): OutlineSet {
  const set = editable(tx, actor, id);
  if (set.state === 'withdrawn') throw settled(set);
  const act = record(tx, actor, {
    ...{ kind: 'outlines.withdrawn', subject: `outlines/${id}`, after: { reason } },
  });
  statements(tx).withdraw.run(id, reason, actor.today, actor.user?.id, act.id);
  if (set.state === 'draft') {
    statements(tx).unplace.run(id);
    statements(tx).forget.run(id);
  }
  return findOutlineSet(tx, actor, id);
}

function editable(tx: Tx, actor: Actor, id: number): OutlineSet {
  const set = findOutlineSet(tx, actor, id);
  requirePower(actor, 'outlines.edit');
  if (!mayLay(actor, set.kind, set.countyId)) {
    throw new Refusal('boundary:refusals.outlines-not-yours', { status: 403 });
  }
  return set;
}

const settled = ({ state }: OutlineSet) => new Refusal(`boundary:refusals.outlines-${state}`);
