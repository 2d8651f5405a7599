/** The files that a bank gave, as they came, and which column of each layout is which. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import type { SentSheet } from '../sheets/sent-sheet.ts';
import type { SheetRows } from '../sheets/sheet-reading.ts';
import { record } from '../trail/acts.ts';
import { columnsFound, headsOf, type StatementColumns } from './statement-columns.ts';

export type BankFile = {
  id: number;
  name: string;
  sentOn: string;
  sentBy: string;
  /** The statement that was taken in from it; null while none was. */
  statementId: number | null;
};

const SELECT = `SELECT f.id, f.name, f.sent_on AS sentOn, u.name AS sentBy, s.id AS statementId
  FROM bank_files f JOIN users u ON u.id = f.sent_by LEFT JOIN bank_statements s ON s.file_id = f.id`;

const statements = prepared(({ $client: client }) => ({
  next: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM bank_files').pluck(),
  insert: client.prepare('INSERT INTO bank_files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  byHash: client.prepare(`${SELECT} WHERE f.centre_id = ? AND f.sha256 = ?`),
  one: client.prepare(`${SELECT} WHERE f.centre_id = ? AND f.id = ?`),
  waiting: client.prepare(`${SELECT} WHERE f.centre_id = ? AND s.id IS NULL ORDER BY f.id DESC`),
  cells: client.prepare('SELECT cells FROM bank_files WHERE id = ?').pluck(),
  layout: client
    .prepare(
      `SELECT columns FROM bank_layouts WHERE centre_id = ? AND heads = ? ORDER BY id DESC LIMIT 1`,
    )
    .pluck(),
  remember: client.prepare(
    'INSERT INTO bank_layouts (centre_id, heads, columns, act_id) VALUES (?, ?, ?, ?)',
  ),
}));

/**
 * Keeps a file so that it can be looked at before anything of it is taken in. One that was taken in
 * is refused, one that only waits is given again.
 */
export function keepFile(tx: Tx, actor: Actor, centre: Centre, sheet: SentSheet): BankFile {
  requirePower(actor, 'bank.keep', centre);
  const known = statements(tx).byHash.get(centre.id, sheet.sha256) as BankFile | undefined;
  if (known && known.statementId !== null) {
    throw new Refusal('bank:refusals.file-twice', {
      ...{ field: 'file', mend: `/books/bank/statements/${known.statementId}` },
    });
  }
  if (known) return known;
  const id = statements(tx).next.get() as number;
  const after = { name: sheet.name, sha256: sheet.sha256.toString('hex'), rows: sheet.rows.length };
  const act = record(tx, actor, {
    ...{ kind: 'bank-file.kept', subject: `bank-files/${id}`, centreId: centre.id, after },
  });
  const cells = JSON.stringify(sheet.rows);
  statements(tx).insert.run(
    ...[id, centre.id, sheet.name, sheet.sha256, sheet.bytes, cells, actor.today],
    ...[actor.user!.id, act.id],
  );
  return findFile(tx, centre.id, id);
}

export function findFile(db: Db, centreId: number, id: number): BankFile {
  const found = statements(db).one.get(centreId, id) as BankFile | undefined;
  if (!found) throw new NotFound();
  return found;
}

/** Files that were sent and not taken in yet. */
export function filesWaiting(db: Db, centreId: number): BankFile[] {
  return statements(db).waiting.all(centreId) as BankFile[];
}

export function cellsOf(db: Db, file: BankFile): SheetRows {
  return JSON.parse(statements(db).cells.get(file.id) as string) as SheetRows;
}

/** As somebody said of the last file with such heads, else as the heads themselves say. */
export function columnsFor(db: Db, centreId: number, rows: SheetRows): StatementColumns {
  const found = columnsFound(rows);
  const kept = statements(db).layout.get(centreId, headsOf(rows, found)) as string | undefined;
  // The heads are the same, but titles above them may be more or fewer.
  return kept ? { ...(JSON.parse(kept) as StatementColumns), head: found.head } : found;
}

/** Remembers the columns for the next file of this layout. */
export function rememberColumns(
  tx: Tx,
  centreId: number,
  rows: SheetRows,
  { columns, actId }: { columns: StatementColumns; actId: number },
): void {
  const heads = headsOf(rows, columnsFound(rows));
  const told = JSON.stringify(columns);
  if (statements(tx).layout.get(centreId, heads) === told) return;
  statements(tx).remember.run(centreId, heads, told, actId);
}
