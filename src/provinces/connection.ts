import Database from 'better-sqlite3';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { drizzle } from './drizzle.ts';

/** One connection to a province file; `$client` is the driver beneath for hand-written SQL. */
export type Db = BetterSQLite3Database & { $client: Database.Database };

/** The same handle inside a turn of `enter`: only a verb that was given one may write. */
export type Tx = Db;

/** The connection that pages read on and `enter` writes on. */
export function connect(file: string): Db {
  const client = steady(new Database(file));
  client.pragma('journal_mode = WAL');
  // The driver reopens WAL files at NORMAL; an acknowledged gift must survive the power cut.
  client.pragma('synchronous = FULL');
  client.pragma('foreign_keys = ON');
  client.pragma('recursive_triggers = ON');
  client.pragma('busy_timeout = 5000');
  client.pragma('cache_size = -32768');
  // What a savepoint may have to undo stays in memory; beyond 64 KB it would go to a file.
  client.pragma('temp_store = MEMORY');
  return drizzle({ client }) as Db;
}

/** A connection that cannot write, for papers, exports and checks. */
export function connectForReading(file: string): Db {
  const client = steady(new Database(file, { readonly: true, fileMustExist: true }));
  client.pragma('busy_timeout = 5000');
  client.pragma('cache_size = -4096');
  return drizzle({ client }) as Db;
}

/** A parameter; or what only looks like one: a string, a name in quotes, a comment. */
const PARAMETER = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|[?]\d*|[@:$][A-Za-z_]\w*/g;

/**
 * SQLite plans a statement anew at each run if a bound value was looked at for its plan, and this
 * takes five times as long as a small query itself. A plus before a parameter changes no value and
 * keeps the planner from looking.
 */
function steady(client: Database.Database): Database.Database {
  const prepare = client.prepare.bind(client);
  const hidden = (found: string) => (/^['"-]/.test(found) ? found : `+${found}`);
  client.prepare = ((sql: string) =>
    prepare(sql.replaceAll(PARAMETER, hidden))) as typeof client.prepare;
  return client;
}

/**
 * Builds a noun's statements once for each connection: a query built anew costs sixty times the
 * same query prepared.
 */
export function prepared<T>(build: (db: Db) => T): (db: Db) => T {
  const built = new WeakMap<Db, T>();
  return (db) => {
    const known = built.get(db);
    if (known !== undefined) return known;
    const fresh = build(db);
    built.set(db, fresh);
    return fresh;
  };
}
