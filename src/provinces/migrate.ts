/** Migrations: numbered SQL files, applied when a province file is opened. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Db } from './connection.ts';

const FOLDER = join(import.meta.dirname, '../../migrations');

const files = readdirSync(FOLDER)
  .filter((name) => /^\d{4}_.*\.sql$/.test(name))
  .sort();

/** The version a file has once every migration known to this program is applied. */
export const currentVersion = files.length;

/**
 * Brings a file to the current version. Before a file that holds anything is changed, a copy of it
 * is laid aside beside it and checked. Answers where the copy lies, if there is one.
 */
export function migrate(db: Db): string | undefined {
  const client = db.$client;
  const version = client.pragma('user_version', { simple: true }) as number;
  if (version > currentVersion) {
    throw new Error(`${client.name} was written by a newer program (version ${version})`);
  }
  if (version === currentVersion) return undefined;
  const copy = version > 0 ? layAside(client, `before-${currentVersion}`) : undefined;
  files.forEach((file, i) => {
    if (i >= version) applyOne(client, file, i + 1);
  });
  return copy;
}

/** Copies the file beside itself, `laid-aside/{slug}-{why}-{moment}.sqlite`, and checks the copy. */
export function layAside(client: Database.Database, why: string): string {
  const folder = join(dirname(client.name), 'laid-aside');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const slug = basename(client.name, '.sqlite');
  const moment = new Date().toISOString().replaceAll(/[:.]/g, '-');
  const copy = join(folder, `${slug}-${why}-${moment}.sqlite`);
  if (existsSync(copy)) throw new Error(`${copy} is there already`);
  client.prepare('VACUUM INTO ?').run(copy);
  checkCopy(copy);
  return copy;
}

function checkCopy(copy: string): void {
  const client = new Database(copy, { readonly: true });
  try {
    const found = client.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new Error(`the copy ${copy} is damaged: ${found}`);
  } finally {
    client.close();
  }
}

function applyOne(client: Database.Database, file: string, version: number): void {
  client.pragma('foreign_keys = OFF');
  // A migration may widen a CHECK in the schema's own text.
  client.unsafeMode(true);
  try {
    client.transaction(() => {
      client.exec(readFileSync(join(FOLDER, file), 'utf8'));
      const broken = client.pragma('foreign_key_check') as unknown[];
      if (broken.length > 0) throw new Error(`${file} leaves rows without what they refer to`);
      client.pragma(`user_version = ${version}`);
    })();
  } finally {
    client.unsafeMode(false);
    client.pragma('foreign_keys = ON');
  }
}
