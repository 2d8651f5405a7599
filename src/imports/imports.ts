/** Sheets that were sent to be brought in: kept while they wait, then done once or put aside. */
import type { Actor } from '../access/actor.ts';
import { may, requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { type Chosen, type ImportKind, POWER_OF } from './kinds.ts';
import type { IMPORT_STATES } from './schema.ts';

export type ImportState = (typeof IMPORT_STATES)[number];

export type Import = {
  id: number;
  what: ImportKind;
  name: string;
  sentAt: string;
  sentBy: number;
  sentByName: string;
  state: ImportState;
  settledAt: string | null;
  settledByName: string | null;
  rowCount: number | null;
  added: number | null;
  firstId: number | null;
  lastId: number | null;
  amountRial: number | null;
};

export type Sent = { what: ImportKind; name: string; bytes: Buffer; sha256: Buffer };

const SELECT = `SELECT i.id, i.what, i.name, i.sent_at AS sentAt, i.sent_by AS sentBy,
    u.name AS sentByName, i.state, i.settled_at AS settledAt, s.name AS settledByName,
    i.row_count AS rowCount, i.added, i.first_id AS firstId, i.last_id AS lastId,
    i.amount_rial AS amountRial
  FROM imports i JOIN users u ON u.id = i.sent_by LEFT JOIN users s ON s.id = i.settled_by
  WHERE i.centre_id = ?`;

const statements = prepared(({ $client: client }) => ({
  list: client.prepare(`${SELECT} ORDER BY i.id DESC LIMIT ? OFFSET ?`),
  count: client.prepare('SELECT count(*) FROM imports WHERE centre_id = ?').pluck(),
  one: client.prepare(`${SELECT} AND i.id = ?`),
  same: client.prepare(
    `${SELECT} AND i.what = ? AND i.sha256 = ? AND i.state <> 'withdrawn' ORDER BY i.id`,
  ),
  bytes: client.prepare('SELECT bytes FROM imports WHERE id = ?').pluck(),
  next: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM imports').pluck(),
  insert: client.prepare(
    `INSERT INTO imports (id, centre_id, what, name, sha256, bytes, sent_at, sent_by, act_id, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')`,
  ),
  withdraw: client.prepare(
    `UPDATE imports SET state = 'withdrawn', bytes = NULL, settled_at = ?, settled_by = ?,
       settled_act_id = ? WHERE id = ?`,
  ),
  settle: client.prepare(
    `UPDATE imports SET state = 'done', bytes = NULL, settled_at = @at, settled_by = @by,
       settled_act_id = @actId, heads = @heads, chosen = @chosen, row_count = @rows, added = @added,
       first_id = @firstId, last_id = @lastId, amount_rial = @rial
     WHERE id = @id`,
  ),
  chosen: client
    .prepare(
      `SELECT chosen FROM imports WHERE centre_id = ? AND what = ? AND heads = ?
       ORDER BY id DESC LIMIT 1`,
    )
    .pluck(),
}));

/** The imports of a centre, the newest first. */
export function importsOf(db: Db, centreId: number, limit: number, offset: number): Import[] {
  return statements(db).list.all(centreId, limit, offset) as Import[];
}

export function countImports(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

export function findImport(db: Db, centreId: number, id: number): Import {
  const found = statements(db).one.get(centreId, id) as Import | undefined;
  if (!found) throw new NotFound();
  return found;
}

/** The file of an import that waits. */
export function bytesOf(db: Db, { id }: Import): Buffer {
  return statements(db).bytes.get(id) as Buffer;
}

/**
 * Who sees the rows of a file that waits: names and numbers of people stand in it. Whoever may enter
 * them by hand, if he sent it or may read how donors are reached.
 */
export function maySee(actor: Actor, centre: Centre, { what, sentBy }: Import): boolean {
  if (!may(actor, POWER_OF[what], centre)) return false;
  return what === 'opening' || sentBy === actor.user?.id || may(actor, 'donors.contact', centre);
}

/** Refuses a file whose rows are here already; one that only waits is answered. */
export function sameFile(db: Db, centre: Centre, { what, sha256 }: Sent): Import | undefined {
  const same = statements(db).same.get(centre.id, what, sha256) as Import | undefined;
  if (same?.state !== 'done') return same;
  throw new Refusal('imports:refusals.twice', {
    ...{ status: 409, field: 'file', mend: `/imports/${same.id}` },
    values: { name: same.name, doneOn: same.settledAt!.slice(0, 10), by: same.settledByName! },
  });
}

/** Keeps a file until it is taken in or put aside; the same file again is the one that waits. */
export function keepImport(tx: Tx, actor: Actor, centre: Centre, sent: Sent): Import {
  const { what, name, bytes, sha256 } = sent;
  requirePower(actor, POWER_OF[what], centre);
  const same = sameFile(tx, centre, sent);
  if (same) return same;
  const id = statements(tx).next.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'import.sent', subject: `imports/${id}`, centreId: centre.id },
    after: { what, name, sha256: sha256.toString('hex') },
  });
  statements(tx).insert.run(
    ...[id, centre.id, what, name, sha256, bytes, actor.now, actor.user!.id, act.id],
  );
  return findImport(tx, centre.id, id);
}

/** Puts a file aside: nothing of it was brought in, and what it said is not kept. */
export function withdrawImport(tx: Tx, actor: Actor, centre: Centre, one: Import): Import {
  requirePower(actor, POWER_OF[one.what], centre);
  requireWaiting(one);
  const act = record(tx, actor, {
    ...{ kind: 'import.withdrawn', subject: `imports/${one.id}`, centreId: centre.id },
    after: { what: one.what, name: one.name },
  });
  statements(tx).withdraw.run(actor.now, actor.user!.id, act.id, one.id);
  return findImport(tx, centre.id, one.id);
}

export function requireWaiting({ state, id }: Import): void {
  if (state === 'waiting') return;
  throw new Refusal(`imports:refusals.${state}`, { mend: `/imports/${id}` });
}

export type Brought = {
  rows: number;
  added: number;
  firstId: number | null;
  lastId: number | null;
  rial: number;
  heads: string;
  chosen: Chosen;
};

/** Writes down what was brought in; the database counts it once more. */
export function settleImport(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, what, name }: Import,
  { chosen, heads, ...brought }: Brought,
): Import {
  const act = record(tx, actor, {
    ...{ kind: 'import.done', subject: `imports/${id}`, centreId: centre.id },
    after: { what, name, ...brought },
  });
  const by = { at: actor.now, by: actor.user!.id, actId: act.id };
  statements(tx).settle.run({ id, ...by, ...brought, heads, chosen: JSON.stringify(chosen) });
  return findImport(tx, centre.id, id);
}

/** As somebody took the columns of the last sheet with such heads; undefined where nobody did. */
export function chosenBefore(
  db: Db,
  centreId: number,
  what: ImportKind,
  heads: string,
): Chosen | undefined {
  const kept = statements(db).chosen.get(centreId, what, heads) as string | undefined;
  return kept === undefined ? undefined : (JSON.parse(kept) as Chosen);
}
