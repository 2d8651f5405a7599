/** Statements of the bank: taken in whole or not at all, never twice. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { addDays } from '../values/jalali-date.ts';
import { type BankFile, cellsOf, findFile, rememberColumns } from './files.ts';
import { areEnough, type StatementColumns } from './statement-columns.ts';
import { type ReadStatement, readStatement } from './statement-reading.ts';

export type BankStatement = {
  id: number;
  fileId: number;
  file: string;
  fromOn: string;
  toOn: string;
  openingRial: number;
  closingRial: number;
  rowCount: number;
  importedOn: string;
  importedBy: string;
};

export type BankRow = {
  id: number;
  statementId: number;
  happenedOn: string;
  words: string;
  reference: string;
  netRial: number;
  balanceRial: number | null;
  /** The match it stands in; null while it stands alone. */
  matchId: number | null;
};

/** What is between a statement and the one before it: days, or rials that the balance jumps by. */
export type Gap = { statementId: number; days: number; rial: number };

const SELECT = `SELECT s.id, s.file_id AS fileId, f.name AS file, s.from_on AS fromOn, s.to_on AS toOn,
    s.opening_rial AS openingRial, s.closing_rial AS closingRial, s.row_count AS rowCount,
    s.imported_on AS importedOn, u.name AS importedBy
  FROM bank_statements s JOIN bank_files f ON f.id = s.file_id JOIN users u ON u.id = s.imported_by`;

/** The match of a row that has not been ended. */
const MATCH = `(SELECT m.match_id FROM bank_match_rows m WHERE m.row_id = r.id
  AND NOT EXISTS (SELECT 1 FROM bank_match_endings WHERE match_id = m.match_id))`;

const ROW = `SELECT r.id, r.statement_id AS statementId, r.happened_on AS happenedOn, r.words,
    r.reference, r.net_rial AS netRial, r.balance_rial AS balanceRial, ${MATCH} AS matchId
  FROM bank_rows r`;

const statements = prepared(({ $client: client }) => ({
  next: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM bank_statements').pluck(),
  insert: client.prepare('INSERT INTO bank_statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  insertRow: client.prepare(
    `INSERT INTO bank_rows (statement_id, centre_id, position, happened_on, words, reference,
       net_rial, balance_rial) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  same: client.prepare(
    `SELECT 1 FROM bank_rows WHERE centre_id = ? AND net_rial = ? AND happened_on = ?
       AND reference = ? AND balance_rial IS ?`,
  ),
  one: client.prepare(`${SELECT} WHERE s.centre_id = ? AND s.id = ?`),
  all: client.prepare(`${SELECT} WHERE s.centre_id = ? ORDER BY s.from_on, s.id`),
  row: client.prepare(`${ROW} WHERE r.centre_id = ? AND r.id = ?`),
  rows: client.prepare(
    `${ROW} WHERE r.centre_id = ? AND r.statement_id = ? ORDER BY r.position LIMIT ? OFFSET ?`,
  ),
}));

export type Wanted = {
  fileId: number;
  columns: StatementColumns;
  /** What was there before the first row, where the bank tells no balance. */
  openingRial?: number;
};

/** What a file would bring; nothing is written. `twice` is the first row that is there already. */
export function tryStatement(
  db: Db,
  centreId: number,
  { file, columns, today }: { file: BankFile; columns: StatementColumns; today: string },
): ReadStatement & { twice: number | null } {
  const none = {
    rows: [],
    faults: [],
    leftOut: 0,
    jumps: [],
    openingRial: null,
    closingRial: null,
  };
  if (!areEnough(columns)) return { ...none, twice: null };
  const read = readStatement(cellsOf(db, file), columns, today);
  // Once it is taken in, its rows stand in its own statement.
  const again = file.statementId === null ? firstTwice(db, centreId, read) : undefined;
  return { ...read, twice: again?.line ?? null };
}

/** Takes a file in: every row of it or, with one fault, none. */
export function importStatement(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { fileId, columns, openingRial }: Wanted,
): BankStatement {
  requirePower(actor, 'bank.keep', centre);
  const file = findFile(tx, centre.id, fileId);
  if (file.statementId !== null) throw new Refusal('bank:refusals.file-twice', { field: 'file' });
  if (!areEnough(columns)) throw new Refusal('bank:refusals.columns', { status: 422 });
  const read = readStatement(cellsOf(tx, file), columns, actor.today);
  const opening = requireWhole(tx, centre.id, read, openingRial);
  const id = statements(tx).next.get() as number;
  const [first, last] = [read.rows[0]!, read.rows.at(-1)!];
  const net = read.rows.reduce((sum, row) => sum + row.netRial, 0);
  const told = {
    ...{ fromOn: first.happenedOn, toOn: last.happenedOn, openingRial: opening },
    ...{ closingRial: read.closingRial ?? opening + net, rowCount: read.rows.length },
  };
  const act = record(tx, actor, {
    ...{ kind: 'bank-statement.imported', subject: `bank-statements/${id}`, centreId: centre.id },
    after: { fileId, columns, ...told, leftOut: read.leftOut, jumps: read.jumps.length },
  });
  read.rows.forEach((row, at) => {
    const { happenedOn, words, reference, netRial, balanceRial } = row;
    statements(tx).insertRow.run(
      ...[id, centre.id, at + 1, happenedOn, words, reference, netRial, balanceRial],
    );
  });
  const { fromOn, toOn, closingRial, rowCount } = told;
  statements(tx).insert.run(
    ...[id, centre.id, fileId, fromOn, toOn, opening, closingRial, rowCount, actor.today],
    ...[actor.user!.id, act.id],
  );
  rememberColumns(tx, centre.id, cellsOf(tx, file), { columns, actId: act.id });
  return findStatement(tx, centre.id, id);
}

export function findStatement(db: Db, centreId: number, id: number): BankStatement {
  const found = statements(db).one.get(centreId, id) as BankStatement | undefined;
  if (!found) throw new NotFound();
  return found;
}

/** Every statement, in the order of their days. */
export function statementsOf(db: Db, centreId: number): BankStatement[] {
  return statements(db).all.all(centreId) as BankStatement[];
}

/** Where a statement does not go on from the one before it. */
export function gapsOf(all: BankStatement[]): Gap[] {
  return all.slice(1).flatMap((one, at) => {
    const before = all[at]!;
    const rial = one.openingRial - before.closingRial;
    // Days on which nothing moved are in no statement; only a jump of the balance says more.
    const days = rial === 0 ? 0 : Math.max(0, daysFrom(addDays(before.toOn, 1), one.fromOn));
    return rial === 0 ? [] : [{ statementId: one.id, days, rial }];
  });
}

export function findRow(db: Db, centreId: number, id: number): BankRow {
  const found = statements(db).row.get(centreId, id) as BankRow | undefined;
  if (!found) throw new NotFound();
  return found;
}

export function rowsOf(db: Db, one: { centreId: number; id: number }, limit = 1000, offset = 0) {
  return statements(db).rows.all(one.centreId, one.id, limit, offset) as BankRow[];
}

/** The opening balance, once nothing speaks against taking the statement in. */
function requireWhole(tx: Tx, centreId: number, read: ReadStatement, typed?: number): number {
  const { rows, faults } = read;
  if (faults.length > 0) {
    const { line, fault } = faults[0]!;
    const values = { line, count: faults.length };
    throw new Refusal(`bank:refusals.rows-${fault}`, { status: 422, values });
  }
  if (rows.length === 0) throw new Refusal('bank:refusals.no-rows', { status: 422 });
  const twice = firstTwice(tx, centreId, read);
  if (twice) throw new Refusal('bank:refusals.rows-twice', { values: { line: twice.line } });
  const opening = read.openingRial ?? typed;
  if (opening === undefined) {
    throw new Refusal('bank:refusals.no-opening', { status: 422, field: 'opening' });
  }
  return opening;
}

function firstTwice(db: Db, centreId: number, { rows }: ReadStatement) {
  return rows.find(({ netRial, happenedOn, reference, balanceRial }) =>
    statements(db).same.get(centreId, netRial, happenedOn, reference, balanceRial),
  );
}

const daysFrom = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;
