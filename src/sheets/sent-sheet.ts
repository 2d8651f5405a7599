/** A sheet that was sent with a form or by a program: taken from the request, and read apart. */
import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import { doneApart } from '../boundary/apart.ts';
import { Refusal } from '../refusal.ts';
import type { Reading } from '../values/reading.ts';
import { readBody } from '../web/forms.ts';
import type { SheetRows } from './sheet-reading.ts';

export type SentSheet = { name: string; bytes: Buffer; sha256: Buffer; rows: SheetRows };

/** What a program sends instead: the name, and the bytes in base64. */
export const sheetForm = z.object({ name: z.string().max(400), file: z.base64() });

/** Two hundred thousand rows take a third of it. */
const LONGEST_SECONDS = 25;

export async function sheetSent(req: Request): Promise<SentSheet> {
  const { name, bytes } = fileSent(req);
  if (bytes.length === 0) throw new Refusal('sheets:faults.none', { status: 422, field: 'file' });
  const url = new URL('./sheet-thread.ts', import.meta.url);
  const reading = await doneApart<Reading<SheetRows>>(
    url,
    { bytes },
    {
      longestMs: LONGEST_SECONDS * 1000,
      tooLong: new Refusal('sheets:faults.too-large', { status: 422, field: 'file' }),
    },
  );
  if ('fault' in reading) {
    throw new Refusal(reading.fault, { status: 422, field: 'file', values: reading.values });
  }
  const sha256 = createHash('sha256').update(bytes).digest();
  return { name: name.slice(0, 200), bytes, sha256, rows: reading.value };
}

export function fileSent(req: Request): { name: string; bytes: Buffer } {
  if (!req.is('multipart')) {
    const { name, file } = readBody(req, sheetForm);
    return { name, bytes: Buffer.from(file, 'base64') };
  }
  const files = (req.files ?? []) as Express.Multer.File[];
  const file = files.find(({ fieldname }) => fieldname === 'file');
  // What stands in the body is the file as text, which no page shows and no key is counted by.
  const body = req.body as { file?: unknown; name?: unknown };
  delete body.file;
  if (!file) throw new Refusal('sheets:faults.none', { status: 422, field: 'file' });
  const name = Buffer.from(file.originalname, 'latin1').toString('utf8');
  body.name = `${name} ${file.size}`;
  return { name, bytes: file.buffer };
}
