/** Writing: what arrives in one turn of the event loop is committed together, each verb for itself. */
import Database from 'better-sqlite3';
import { Refusal } from '../refusal.ts';
import { newUnit, sayingIn } from '../values/money-unit.ts';
import { type Db, prepared, type Tx } from './connection.ts';

/** What a province needs for writing: its connection, and the verbs waiting for the next turn. */
export type Writable = {
  db: Db;
  waiting: Waiting[];
  /** Set while somebody else writes in the file: what comes then waits, and reading goes on. */
  held?: boolean;
  /** What is done around each verb, where its writing is not to stay. */
  around?: <T>(verb: (tx: Tx) => T) => (tx: Tx) => T;
};

export type Waiting = {
  verb: (tx: Tx) => unknown;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
};

type Outcome = { kept: true; value: unknown } | { kept: false; reason: unknown };

/** The disk or the file cannot take it now; nobody was told yes. Reading goes on. */
export class Unavailable extends Error {
  constructor(cause: unknown) {
    super('the province file cannot be written now', { cause });
    this.name = 'Unavailable';
  }
}

/**
 * Runs the verb whole or not at all, and answers once it is safe on the disk.
 *
 * Verbs of the same turn share one transaction and one fsync, each in a savepoint of its own: a
 * refusal undoes its own verb and nobody else's; a failure of the file fails the whole turn.
 */
export function enter<T>(province: Writable, verb: (tx: Tx) => T): Promise<T> {
  const around = province.around ? province.around(verb) : verb;
  // Others' verbs run in the same turn; each says its amounts as whoever asked for it.
  const unit = newUnit();
  const asked = (tx: Tx) => sayingIn(unit, () => around(tx));
  return new Promise<T>((resolve, reject) => {
    province.waiting.push({ verb: asked, resolve: resolve as (value: unknown) => void, reject });
    if (province.waiting.length === 1) setImmediate(() => commitWhenQuiet(province, 0, 0));
  });
}

/** So often a commit waits for the next turn, and only while each turn brought another verb. */
const TURNS_MAX = 16;

/**
 * A disk takes as long for one as for many, and those who were answered together write again
 * together: what is on its way now need not wait for the disk twice.
 */
function commitWhenQuiet(province: Writable, before: number, turns: number): void {
  const { length } = province.waiting;
  if (province.held || length === 0) return;
  if (length === before || turns === TURNS_MAX) commitTurn(province);
  else setImmediate(() => commitWhenQuiet(province, length, turns + 1));
}

/**
 * One verb in a transaction of its own, for a thread that writes much at once. In a savepoint the
 * index for searching is brought to the disk after every single row that is written anywhere.
 */
export function enterAlone<T>(db: Db, verb: (tx: Tx) => T): T {
  const client = db.$client;
  client.exec('BEGIN IMMEDIATE');
  try {
    refuseWhileRestoring(db);
    const value = verb(db);
    client.exec('COMMIT');
    return value;
  } catch (fault) {
    if (client.inTransaction) client.exec('ROLLBACK');
    throw fault;
  }
}

/**
 * Keeps this thread from writing while another one does, for a wait for its lock would stop
 * everybody, readers too. What is entered meanwhile is written as soon as the answer is called.
 */
export function holdWriting(province: Writable): () => void {
  if (province.held) throw new Refusal('common:refusals.written-now', { status: 503 });
  province.held = true;
  return () => {
    province.held = false;
    setImmediate(() => commitWhenQuiet(province, 0, 0));
  };
}

function commitTurn(province: Writable): void {
  const turn = province.waiting;
  province.waiting = [];
  try {
    const outcomes = runTurn(province.db, turn);
    turn.forEach((waiting, i) => {
      settle(waiting, outcomes[i]!);
    });
  } catch (fault) {
    for (const waiting of turn) waiting.reject(new Unavailable(fault));
  }
}

function settle(waiting: Waiting, outcome: Outcome): void {
  if (outcome.kept) waiting.resolve(outcome.value);
  else waiting.reject(outcome.reason);
}

function runTurn(db: Db, turn: Waiting[]): Outcome[] {
  const client = db.$client;
  client.exec('BEGIN IMMEDIATE');
  try {
    refuseWhileRestoring(db);
    const outcomes = turn.map((waiting) => runVerb(db, waiting));
    client.exec('COMMIT');
    return outcomes;
  } catch (fault) {
    if (client.inTransaction) client.exec('ROLLBACK');
    throw fault;
  }
}

const savepoint = prepared((db) => ({
  open: db.$client.prepare('SAVEPOINT verb'),
  undo: db.$client.prepare('ROLLBACK TO verb'),
  release: db.$client.prepare('RELEASE verb'),
}));

function runVerb(db: Db, waiting: Waiting): Outcome {
  const { open, undo, release } = savepoint(db);
  open.run();
  try {
    const value = waiting.verb(db);
    release.run();
    return { kept: true, value };
  } catch (reason) {
    if (!db.$client.inTransaction || endsTheTurn(reason)) throw reason;
    undo.run();
    release.run();
    return { kept: false, reason };
  }
}

/**
 * A restore closes the file to writing until the copy stands in its place. One that was killed
 * half-way closes nothing for long: the file it left is still the whole old one.
 */
function refuseWhileRestoring(db: Db): void {
  const since = restoring(db).get() as string | undefined;
  if (since !== undefined && Date.now() - Date.parse(since) < RESTORE_MS_MAX) {
    throw new Refusal('common:refusals.restoring', { status: 503 });
  }
}

const RESTORE_MS_MAX = 600_000;

const restoring = prepared((db) =>
  db.$client.prepare("SELECT value FROM settings WHERE key = 'restoring'").pluck(),
);

function endsTheTurn(reason: unknown): boolean {
  return (
    reason instanceof Database.SqliteError &&
    /^SQLITE_(FULL|IOERR|READONLY|CORRUPT|NOTADB|CANTOPEN|BUSY|LOCKED|NOMEM)/.test(reason.code)
  );
}
