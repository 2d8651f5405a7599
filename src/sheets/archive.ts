/** The parts of an archive, by the list at its end: each unpacked to what it says, and no further. */
import { inflateRawSync } from 'node:zlib';
import type { Reading } from '../values/reading.ts';

export type Part = { name: string; method: number; packed: number; size: number; at: number };

/** Unpacked, no sheet that a centre has comes near it; a bomb comes to a thousand times as much. */
const MOST_UNPACKED = 400_000_000;
const MOST_PARTS = 2000;
const LOCKED = 1;
const STORED = 0;
const DEFLATED = 8;

/** Refuses an archive that is cut short, locked with a password, or that unpacks to too much. */
export function partsOf(bytes: Buffer): Reading<Part[]> {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
  if (end < 0 || end + 22 > bytes.length) return { fault: 'sheets:faults.broken' };
  const count = bytes.readUInt16LE(end + 10);
  if (count > MOST_PARTS) return { fault: 'sheets:faults.too-large' };
  const parts: Part[] = [];
  let at = bytes.readUInt32LE(end + 16);
  let unpacked = 0;
  for (let part = 0; part < count; part += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) {
      return { fault: 'sheets:faults.broken' };
    }
    if (bytes.readUInt16LE(at + 8) & LOCKED) return { fault: 'sheets:faults.encrypted' };
    const size = bytes.readUInt32LE(at + 24);
    unpacked += size;
    if (unpacked > MOST_UNPACKED) return { fault: 'sheets:faults.too-large' };
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString('utf8');
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    parts.push({ name, method, packed, size, at: bytes.readUInt32LE(at + 42) });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return { value: parts };
}

/** The text of a part; throws where it is not what the list says of it. */
export function textOf(bytes: Buffer, { method, packed, size, at }: Part): string {
  if (bytes.readUInt32LE(at) !== 0x04034b50) throw new Error('no part where the list has one');
  const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const body = bytes.subarray(from, from + packed);
  if (method === STORED) return body.toString('utf8');
  if (method !== DEFLATED) throw new Error('packed in a way that workbooks are not');
  return inflateRawSync(body, { maxOutputLength: Math.max(1, size) }).toString('utf8');
}
