/** B-115: the office's equipment, each piece under its asset number; retired, never deleted. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';

/** The nine kinds that the bylaw names. */
export const NEEDED_KINDS = [
  'computer',
  'printer',
  'scanner',
  'safe',
  'telephone',
  'desk',
  'chair',
  'cabinet',
  'file',
] as const;
export type NeededKind = (typeof NEEDED_KINDS)[number];
export const EQUIPMENT_KINDS = [...NEEDED_KINDS, 'other'] as const;
export const EQUIPMENT_STATES = ['in-use', 'repair', 'retired'] as const;
export type EquipmentState = (typeof EQUIPMENT_STATES)[number];

export type PieceTyped = {
  assetNumber: string;
  kind: (typeof EQUIPMENT_KINDS)[number];
  name?: string | null;
  givenBy?: string | null;
  receivedOn: string;
};

export type Piece = Required<PieceTyped> & {
  id: number;
  recordedBy: string;
  state: EquipmentState;
  /** From when and why it is in this state; null while it is as it was received. */
  sinceOn: string | null;
  reason: string | null;
};

export type Marking = { state: EquipmentState; reason: string; sinceOn?: string };
export type PieceFilter = { kind?: string; state?: string };

const SELECT = `SELECT e.id, e.asset_number AS assetNumber, e.kind, e.name, e.given_by AS givenBy,
  e.received_on AS receivedOn, u.name AS recordedBy, coalesce(s.state, 'in-use') AS state,
  s.since_on AS sinceOn, s.reason
  FROM equipment e JOIN users u ON u.id = e.recorded_by
  LEFT JOIN equipment_states s ON s.id = (SELECT max(x.id) FROM equipment_states x
    WHERE x.equipment_id = e.id)`;

const FILTERED = `WHERE e.centre_id = @centre AND (@kind IS NULL OR e.kind = @kind)
  AND (@state IS NULL OR coalesce(s.state, 'in-use') = @state)`;

const statements = prepared((db) => ({
  list: db.$client.prepare(`${SELECT} ${FILTERED} ORDER BY e.id LIMIT @limit OFFSET @offset`),
  count: db.$client.prepare(`SELECT count(*) FROM (${SELECT} ${FILTERED})`).pluck(),
  byId: db.$client.prepare(`${SELECT} WHERE e.centre_id = ? AND e.id = ?`),
  holder: db.$client
    .prepare('SELECT id FROM equipment WHERE centre_id = ? AND asset_number = ?')
    .pluck(),
  present: db.$client
    .prepare(
      `SELECT DISTINCT e.kind FROM equipment e WHERE e.centre_id = ? AND NOT EXISTS (
         SELECT 1 FROM equipment_states s WHERE s.equipment_id = e.id AND s.state = 'retired')`,
    )
    .pluck(),
  insert: db.$client.prepare(
    `INSERT INTO equipment (centre_id, asset_number, kind, name, given_by, received_on,
       recorded_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  mark: db.$client.prepare(
    `INSERT INTO equipment_states (equipment_id, state, since_on, reason, recorded_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ),
  states: db.$client.prepare(
    `SELECT s.state, s.since_on AS sinceOn, s.reason, u.name AS recordedBy
     FROM equipment_states s JOIN users u ON u.id = s.recorded_by
     WHERE s.equipment_id = ? ORDER BY s.id`,
  ),
}));

/** A page of the pieces of a centre, in the order they were entered. */
export function equipmentOf(
  db: Db,
  centreId: number,
  { kind = undefined, state = undefined }: PieceFilter,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Piece[] {
  const asked = { centre: centreId, kind: kind ?? null, state: state ?? null, limit, offset };
  return statements(db).list.all(asked) as Piece[];
}

export function countEquipment(db: Db, centreId: number, { kind, state }: PieceFilter): number {
  const asked = { centre: centreId, kind: kind ?? null, state: state ?? null };
  return statements(db).count.get(asked) as number;
}

/** The kinds of the nine of which the centre has no piece that is not retired. */
export function missingKinds(db: Db, centreId: number): NeededKind[] {
  const present = new Set(statements(db).present.all(centreId) as string[]);
  return NEEDED_KINDS.filter((kind) => !present.has(kind));
}

/** A piece of this centre; throws NotFound. */
export function findPiece(db: Db, centreId: number, id: number): Piece {
  const piece = statements(db).byId.get(centreId, id) as Piece | undefined;
  if (!piece) throw new NotFound();
  return piece;
}

export type PieceMarked = Required<Marking> & { recordedBy: string };

/** What became of a piece, in order. */
export function statesOf(db: Db, pieceId: number): PieceMarked[] {
  return statements(db).states.all(pieceId) as PieceMarked[];
}

/** Enters a piece under an asset number that no other piece of the centre has or had. */
export function receiveEquipment(tx: Tx, actor: Actor, centre: Centre, typed: PieceTyped): Piece {
  requirePower(actor, 'equipment.edit', centre);
  const { assetNumber, kind, name = null, givenBy = null, receivedOn } = typed;
  if (kind === 'other' && name === null) throw field('common:refusals.needed', 'name');
  if (receivedOn > actor.today) throw field('opening:refusals.future-day', 'receivedOn');
  if (statements(tx).holder.get(centre.id, assetNumber) !== undefined) {
    throw new Refusal('opening:refusals.asset-number-taken', {
      ...{ field: 'assetNumber', values: { number: assetNumber } },
    });
  }
  const act = record(tx, actor, {
    ...{ kind: 'equipment.received', subject: `centres/${centre.code}/equipment/${assetNumber}` },
    ...{ centreId: centre.id, after: { assetNumber, kind, name, givenBy, receivedOn } },
  });
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[centre.id, assetNumber, kind, name, givenBy, receivedOn, actor.user!.id, act.id],
  );
  return findPiece(tx, centre.id, Number(lastInsertRowid));
}

/** Tells what became of a piece; one that is retired stays retired. */
export function markEquipment(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  { state, reason, sinceOn = actor.today }: Marking,
): Piece {
  requirePower(actor, 'equipment.edit', centre);
  const piece = findPiece(tx, centre.id, id);
  const values = { number: piece.assetNumber };
  if (piece.state === 'retired') throw new Refusal('opening:refusals.retired', { values });
  if (piece.state === state) throw new Refusal('opening:refusals.same-state', { field: 'state' });
  if (sinceOn > actor.today) throw field('opening:refusals.future-day', 'sinceOn');
  if (sinceOn < piece.receivedOn) throw field('opening:refusals.before-received', 'sinceOn');
  const act = record(tx, actor, {
    ...{ kind: 'equipment.marked', centreId: centre.id, before: { state: piece.state } },
    ...{ subject: `centres/${centre.code}/equipment/${piece.assetNumber}` },
    after: { state, reason, sinceOn },
  });
  statements(tx).mark.run(id, state, sinceOn, reason, actor.user!.id, act.id);
  return findPiece(tx, centre.id, id);
}

const field = (key: string, name: string) => new Refusal(key, { status: 422, field: name });
