/** A province: one file, one writer, readers beside it. */
import { basename } from 'node:path';
import Database from 'better-sqlite3';
import { connect, connectForReading, type Db, prepared } from './connection.ts';
import type { Waiting, Writable } from './enter.ts';
import { currentVersion, migrate } from './migrate.ts';
import { layFunds, layReference } from './reference.ts';

/**
 * The file is open while it is used. At rest it is closed, for a connection holds two megabytes, and
 * opened again by whoever asks for `db` next; nobody keeps a `db` beyond the request he answers.
 */
export class Province {
  readonly slug: string;
  readonly file: string;
  waiting: Waiting[] = [];
  held = false;
  /** Done around each verb, where its writing is not to stay. */
  readonly around?: Writable['around'];
  /** Requests that are being answered; while there is one the file stays open. */
  answering = 0;
  #db: Db | undefined;
  #wasUsed = false;

  constructor(file: string) {
    this.file = file;
    this.slug = file === ':memory:' ? 'memory' : basename(file, '.sqlite');
    if (!isCurrent(file)) this.#db = openFile(file);
  }

  get db(): Db {
    this.#wasUsed = true;
    this.#db ??= openFile(this.file);
    return this.#db;
  }

  get isOpen(): boolean {
    return this.#db !== undefined;
  }

  /** Whether it was asked for since this was last asked. */
  wasUsed(): boolean {
    const was = this.#wasUsed;
    this.#wasUsed = false;
    return was;
  }

  rest(): void {
    const isBusy = this.answering > 0 || this.waiting.length > 0 || this.held;
    if (this.file === ':memory:' || isBusy) return;
    closeReaders(this.file);
    this.#db?.$client.close();
    this.#db = undefined;
  }
}

/** What a slug may be; it is a file name and a part of every address and code. */
export const SLUG = /^[a-z][a-z0-9-]{1,40}$/;

/** Opens a province file, bringing it up to date first. */
export function openProvince(file: string): Province {
  return new Province(file);
}

/** Whether the file needs no bringing up to date: a look at its head, its tables are read later. */
function isCurrent(file: string): boolean {
  try {
    const client = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return client.pragma('user_version', { simple: true }) === currentVersion;
    } finally {
      client.close();
    }
  } catch {
    // No file yet, or none of ours: opening it for good says which.
    return false;
  }
}

function openFile(file: string): Db {
  const db = connect(file);
  try {
    migrate(db);
    layFunds(db);
  } catch (fault) {
    db.$client.close();
    throw fault;
  }
  return db;
}

/** Makes a new province file, with its name and its reference data in place. */
export function createProvince(file: string, name: string): Province {
  const province = openProvince(file);
  province.db.$client.transaction(() => {
    layReference(province.db);
    writeSetting(province.db, 'slug', province.slug);
    writeSetting(province.db, 'name', name);
    writeSetting(province.db, 'currency', 'IRR');
    writeSetting(province.db, 'currency_scale', '1');
  })();
  return province;
}

/** Closes the file; what waits for its turn is no longer written. */
export function closeProvince(province: Province): void {
  closeReaders(province.file);
  if (province.isOpen) province.db.$client.close();
}

const statements = prepared((db) => ({
  read: db.$client.prepare('SELECT value FROM settings WHERE key = ?').pluck(),
  write: db.$client.prepare(
    'INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  ),
}));

/** A setting of the province; undefined while nobody has set it. */
export function setting(db: Db, key: string): string | undefined {
  return statements(db).read.get(key) as string | undefined;
}

export function writeSetting(db: Db, key: string, value: string): void {
  statements(db).write.run(key, value);
}

/** The province's name as people write it. */
export function provinceName(province: Province): string {
  return setting(province.db, 'name') ?? province.slug;
}

/**
 * Reads the province as it stands at one moment, on a connection of its own that cannot write, so
 * that a long paper neither waits for the writer nor holds it up.
 */
export async function snapshot<T>(province: Province, read: (db: Db) => Promise<T>): Promise<T> {
  if (province.file === ':memory:') return read(province.db);
  const db = idle.get(province.file)?.pop() ?? connectForReading(province.file);
  try {
    db.$client.exec('BEGIN');
    return await read(db);
  } finally {
    if (db.$client.inTransaction) db.$client.exec('ROLLBACK');
    keepReader(province, db);
  }
}

/**
 * Connections for reading that wait for the next paper, by the file: to open one takes as long as
 * reading the words of every table and trigger.
 */
const idle = new Map<string, Db[]>();

/** So many wait at the most; they are closed when the file comes to rest. */
const MOST_IDLE = 2;

function keepReader(province: Province, db: Db): void {
  const waiting = idle.get(province.file) ?? [];
  if (!province.isOpen || waiting.length >= MOST_IDLE) db.$client.close();
  else idle.set(province.file, [...waiting, db]);
}

function closeReaders(file: string): void {
  for (const db of idle.get(file) ?? []) db.$client.close();
  idle.delete(file);
}
