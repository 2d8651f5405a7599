/** A pack as one ZIP: the same bytes whenever it is asked for, one file in memory at a time. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { ZipFile } from 'yazl';
import { activityCodeOrNone } from '../centres/activity-codes.ts';
import { findLetter } from '../paper/letters.ts';
import { officialLetterPdf } from '../paper/official-letter-pdf.ts';
import { firstPrint } from '../paper/prints.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { writtenMonth } from './months.ts';
import type { Pack } from './pack-rows.ts';
import { bytesOfScan, scansOfPack } from './scans.ts';

export type PackFile = { name: string; size: number; sha256: string };

const statements = prepared(({ $client: client }) => ({
  files: client.prepare(
    `SELECT name, length(bytes) AS size, lower(hex(sha256)) AS sha256 FROM pack_files
     WHERE pack_id = ? ORDER BY id`,
  ),
  bytes: client.prepare('SELECT bytes FROM pack_files WHERE pack_id = ? AND name = ?').pluck(),
}));

/** Its lists and its manifest, which are kept byte for byte. */
export function filesOfPack(db: Db, packId: number): PackFile[] {
  return statements(db).files.all(packId) as PackFile[];
}

export async function sendZip(res: Response, pack: Pack): Promise<void> {
  const { province, centre } = res.locals;
  const { db } = province;
  const part = pack.nth === 1 ? '' : `-${pack.nth}`;
  res.type('application/zip');
  res.attachment(`pack-${centre.code}-${writtenMonth(pack)}${part}.zip`);
  if (res.req.method === 'HEAD') {
    res.end();
    return;
  }
  const letter = await letterOf(res, pack);
  const zip = new ZipFile();
  const add = (name: string, size: number, read: () => Buffer) =>
    zip.addReadStreamLazy(name, { ...at(pack), size }, (opened) =>
      opened(null, Readable.from([read()], { objectMode: false })),
    );
  add('letter.pdf', letter.length, () => letter);
  for (const { name, size } of filesOfPack(db, pack.id)) {
    add(name, size, () => statements(db).bytes.get(pack.id, name) as Buffer);
  }
  for (const { id, name, size } of scansOfPack(db, pack.id)) {
    add(name, size, () => bytesOfScan(db, id));
  }
  zip.end();
  await pipeline(zip.outputStream, res);
}

/** The letter as it was printed first; nothing becomes of it later that its print would say. */
function letterOf(res: Response, { paperId }: Pack): Promise<Buffer> {
  const { province, centre } = res.locals;
  const letter = findLetter(province.db, centre.id, paperId);
  const standing = { draft: !activityCodeOrNone(province.db, centre.id), cancelled: null };
  return firstPrint(res, letter, 'a4', standing, (mark) => officialLetterPdf(letter.says, mark));
}

/** Nothing of the machine's: no clock, no zone, no compressor, so that the bytes stay the same. */
function at({ issuedOn }: Pack) {
  const [year, month, day] = issuedOn.split('-').map(Number) as [number, number, number];
  const mtime = new Date(year, month - 1, day);
  return { mtime, mode: 0o100644, forceDosTimestamp: true, compress: false };
}
