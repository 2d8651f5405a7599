/**
 * Making the files of a pack: each list as PDF, XLSX and CSV, and a manifest with the hash of every
 * file. They are written from one moment of the file, before the verb that seals them.
 */
import { createHash } from 'node:crypto';
import { PassThrough, type Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import type { Db } from '../provinces/connection.ts';
import { newestAct } from '../trail/acts.ts';
import { writeCsv, writePaper, writeSheet } from '../web/lists.ts';
import { type Documented, sumsOf, unsentOf } from './documented.ts';
import { listOf, PARTS } from './lists.ts';
import { type Month, saidMonth, writtenMonth } from './months.ts';
import { type Scan, unsentScans } from './scans.ts';

export type Made = { name: string; bytes: Buffer; sha256: Buffer };

export type Draft = {
  month: Month;
  nth: number;
  rows: Documented[];
  scans: Scan[];
  files: Made[];
};

/** A pack is in Persian whoever makes it, like every paper of the centre. */
const LANGUAGE = 'fa';

export const MANIFEST = 'manifest.json';

/** The files of the month's next pack, as the books are at this moment. */
export async function makeFiles(
  db: Db,
  actor: Actor,
  centre: Centre,
  { month, nth }: { month: Month; nth: number },
): Promise<Draft> {
  const rows = unsentOf(db, centre.id, month);
  const scans = unsentScans(db, centre.id, month);
  const files: Made[] = [];
  for (const part of PARTS) {
    const list = listOf({ db, centreId: centre.id, lang: LANGUAGE }, part, rows);
    const plain = listOf({ db, centreId: centre.id, lang: LANGUAGE }, part, rows, false);
    const head = {
      ...({ lang: LANGUAGE, title: list.title, subtitle: saidMonth(month, LANGUAGE) } as const),
      ...{ centre, printedOn: actor.today, landscape: true },
      newestHash: newestAct(db)?.hash.toString('hex') ?? '',
    };
    files.push(await made(`${part}.pdf`, (out) => writePaper(list, db, head, out)));
    files.push(await made(`${part}.xlsx`, (out) => writeSheet(list, db, LANGUAGE, out)));
    files.push(await made(`${part}.csv`, (out) => writeCsv(plain, db, out)));
  }
  files.push(manifestOf(actor, centre, { month, nth, rows, scans, files }));
  return { month, nth, rows, scans, files };
}

async function made(name: string, write: (out: Writable) => Promise<void>): Promise<Made> {
  const out = new PassThrough();
  const [bytes] = await Promise.all([buffer(out), write(out)]);
  return { name, bytes, sha256: hash(bytes) };
}

/** What is in the pack, in the words of programs; the letter names the hash of this file. */
function manifestOf(actor: Actor, centre: Centre, { month, nth, rows, scans, files }: Draft): Made {
  const told = {
    ...{ centre: { code: centre.code, name: centre.name }, month: writtenMonth(month), nth },
    ...{ from: month.from, to: month.to, madeOn: actor.today, sums: sumsOf(rows) },
    files: files.map(({ name, bytes, sha256 }) => ({
      ...{ name, size: bytes.length, sha256: sha256.toString('hex') },
    })),
    scans: scans.map(({ name, size, sha256, entry }) => ({ name, size, sha256, entry })),
  };
  const bytes = Buffer.from(`${JSON.stringify(told, null, 2)}\n`);
  return { name: MANIFEST, bytes, sha256: hash(bytes) };
}

const hash = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
