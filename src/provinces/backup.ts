/** Copies of a province: one while it runs, and one put back in its place. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import { systemActor } from '../access/actor.ts';
import { newestAct, record } from '../trail/acts.ts';
import { dayInTehran } from '../values/jalali-date.ts';
import { connect, connectForReading, type Db } from './connection.ts';
import { examineFile, type Finding } from './doctor.ts';
import { layAside, migrate } from './migrate.ts';
import { LOST_CODES, lostCodes } from './numbering.ts';
import { writeSetting } from './province.ts';
import { layFunds } from './reference.ts';
import { RESTORED } from './remembered.ts';

/** A copy that is whole, taken while the program runs; an existing file is not overwritten. */
export async function backup(file: string, copy: string): Promise<void> {
  if (existsSync(copy)) throw new Error(`${copy} is there already`);
  const part = `${copy}.part`;
  const source = new Database(file, { readonly: true, fileMustExist: true });
  try {
    await source.backup(part);
  } finally {
    source.close();
  }
  settleCopy(part);
  renameSync(part, copy);
}

/** The copy stands alone: no write-ahead log beside it, and it is whole. */
function settleCopy(copy: string): void {
  const client = new Database(copy);
  try {
    client.pragma('journal_mode = DELETE');
    const found = client.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new Error(`the copy is damaged: ${found}`);
  } finally {
    client.close();
  }
}

export type Restored = { laidAside: string; lost: Lost[] };

/** Numbers given in the replaced file and not in the copy. */
export type Lost = {
  series: string;
  centreId: number;
  year: number;
  fromNumber: number;
  toNumber: number;
};

/**
 * Puts a copy in the place of a province file, while the program runs or not.
 *
 * The copy is examined first. Writing is closed, the replaced file laid aside, the numbers that it
 * had given beyond the copy are entered as lost (B-132: none is given twice), and then the copy's
 * pages take the place of the file's in one transaction. Whoever reads meanwhile sees one or the
 * other, whole.
 */
export async function restore(file: string, copy: string, now: Date): Promise<Restored> {
  if (!existsSync(copy)) throw new Error(`there is no ${copy}`);
  const prepared = `${resolve(file)}.restoring`;
  rmSync(prepared, { force: true });
  await backup(copy, prepared);
  try {
    bringUpToDate(prepared);
    refuseUnsound(examineFile(prepared));
    refuseAnother(file, prepared);
    const live = connect(file);
    try {
      return await replace(live, prepared, now);
    } finally {
      live.$client.close();
    }
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(prepared + suffix, { force: true });
  }
}

async function replace(live: Db, prepared: string, now: Date): Promise<Restored> {
  closeToWriting(live);
  try {
    const laidAside = layAside(live.$client, 'replaced');
    openToWriting(laidAside);
    const lost = enterLost(live, prepared, now);
    const source = new Database(prepared, { readonly: true });
    try {
      await source.backup(live.$client.name);
    } finally {
      source.close();
    }
    return { laidAside, lost };
  } catch (fault) {
    live.$client.prepare("DELETE FROM settings WHERE key = 'restoring'").run();
    throw fault;
  }
}

function closeToWriting(live: Db): void {
  const since = new Date().toISOString();
  live.$client.prepare("INSERT OR REPLACE INTO settings VALUES ('restoring', ?)").run(since);
}

function openToWriting(copy: string): void {
  const client = new Database(copy);
  client.prepare("DELETE FROM settings WHERE key = 'restoring'").run();
  client.close();
}

/** Enters the gap in the copy, with an act that names the chain it replaces. */
function enterLost(live: Db, prepared: string, now: Date): Lost[] {
  const copy = connect(prepared);
  try {
    const lost = lostNumbers(live, copy);
    const moment = now.toISOString();
    const actor = systemActor(moment, dayInTehran(now));
    copy.$client.transaction(() => {
      const after = { lost, replaced: newestAct(live)?.hash.toString('hex') ?? null };
      const act = record(copy, actor, { kind: 'province.restored', subject: 'province', after });
      const insert = copy.$client.prepare('INSERT INTO lost_numbers VALUES (?, ?, ?, ?, ?, ?, ?)');
      for (const { series, centreId, year, fromNumber, toNumber } of knownCentres(copy, lost)) {
        insert.run(series, centreId, year, fromNumber, toNumber, 'restore', act.id);
      }
      keepShut(live, copy);
      writeSetting(copy, RESTORED, moment);
    })();
    copy.$client.pragma('journal_mode = DELETE');
    return lost;
  } finally {
    copy.$client.close();
  }
}

/**
 * What was shut in the replaced file stays shut: its sessions, its revoked tokens, its ended users. A
 * centre that went with it leaves its code behind, which no other centre is given.
 */
function keepShut(live: Db, copy: Db): void {
  copy.$client.prepare('DELETE FROM sessions').run();
  const revoke = copy.$client.prepare(
    'UPDATE tokens SET revoked_at = coalesce(revoked_at, ?) WHERE hash = ?',
  );
  for (const row of rowsOf(live, 'SELECT revoked_at, hash FROM tokens WHERE revoked_at > 0')) {
    revoke.run(...row);
  }
  const end = copy.$client.prepare(
    'UPDATE users SET ended_at = coalesce(ended_at, ?) WHERE username = ?',
  );
  for (const row of rowsOf(live, 'SELECT ended_at, username FROM users WHERE ended_at > 0')) {
    end.run(...row);
  }
  const known = new Set(copy.$client.prepare('SELECT code FROM centres').pluck().all());
  const codes = live.$client.prepare('SELECT code FROM centres').pluck().all() as string[];
  const gone = [...codes, ...lostCodes(live), ...lostCodes(copy)].filter((one) => !known.has(one));
  writeSetting(copy, LOST_CODES, JSON.stringify([...new Set(gone)]));
}

function rowsOf(db: Db, sql: string): unknown[][] {
  return db.$client.prepare(sql).raw().all() as unknown[][];
}

/** A centre registered after the copy was taken is not in it; its numbers went with it. */
function knownCentres(copy: Db, lost: Lost[]): Lost[] {
  const known = new Set(copy.$client.prepare('SELECT id FROM centres').pluck().all());
  return lost.filter(({ centreId }) => known.has(centreId));
}

function lostNumbers(live: Db, copy: Db): Lost[] {
  const given = live.$client.prepare('SELECT * FROM numbers').all() as {
    series: string;
    centre_id: number;
    year: number;
    last_number: number;
  }[];
  const inCopy = copy.$client
    .prepare('SELECT last_number FROM numbers WHERE series = ? AND centre_id = ? AND year = ?')
    .pluck();
  return given.flatMap(({ series, centre_id: centreId, year, last_number: toNumber }) => {
    const last = (inCopy.get(series, centreId, year) as number | undefined) ?? 0;
    return last < toNumber ? [{ series, centreId, year, fromNumber: last + 1, toNumber }] : [];
  });
}

function bringUpToDate(prepared: string): void {
  const db = connect(prepared);
  try {
    migrate(db);
    layFunds(db);
    db.$client.prepare("DELETE FROM settings WHERE key = 'restoring'").run();
    db.$client.pragma('journal_mode = DELETE');
  } finally {
    db.$client.close();
  }
}

function refuseUnsound(findings: Finding[]): void {
  const wrong = findings.filter((finding) => finding.wrong !== null);
  if (wrong.length === 0) return;
  const told = wrong.map(({ name, wrong: what }) => `${name}: ${what}`).join('; ');
  throw new Error(`the copy is not sound: ${told}`);
}

/** One province's copy never takes the place of another's file. */
function refuseAnother(file: string, prepared: string): void {
  const slugOf = (path: string): unknown => {
    const db = connectForReading(path);
    const slug = db.$client.prepare("SELECT value FROM settings WHERE key = 'slug'").pluck().get();
    db.$client.close();
    return slug;
  };
  if (existsSync(file) && slugOf(file) !== slugOf(prepared)) {
    throw new Error('the copy is of another province');
  }
}
