/** What a file is by its own bytes, whatever it is called: a spreadsheet, text, or nothing we read. */
import type { Reading } from '../values/reading.ts';

export type SheetKind = 'xlsx' | 'csv';

/** Unpacked, no sheet that a centre has comes near it; a bomb comes to a thousand times as much. */
const MOST_UNPACKED = 400_000_000;
const MOST_PARTS = 2000;

const starts = (bytes: Buffer, hex: string) =>
  bytes.subarray(0, hex.length / 2).toString('hex') === hex;

/** Tells a workbook from text; a picture, an old workbook or a page under another name is refused. */
export function kindOfSheet(bytes: Buffer): Reading<SheetKind> {
  if (bytes.length === 0) return { fault: 'sheets:faults.empty' };
  if (starts(bytes, '504b0304')) return workbook(bytes);
  if (starts(bytes, 'd0cf11e0')) return { fault: 'sheets:faults.old-workbook' };
  const beginning = bytes.subarray(0, 4096);
  const isWide = starts(bytes, 'fffe') || starts(bytes, 'feff');
  if (!isWide && beginning.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))) {
    return { fault: 'sheets:faults.no-sheet' };
  }
  const text = beginning.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  if (/^\s*<(!doctype|html|table|\?xml|svg)/i.test(text))
    return { fault: 'sheets:faults.web-page' };
  if (/^(%PDF|\{\\rtf)/.test(text)) return { fault: 'sheets:faults.no-sheet' };
  return { value: 'csv' };
}

/** The list at the end of an archive says what each part unpacks to; nothing beyond that is unpacked. */
function workbook(bytes: Buffer): Reading<SheetKind> {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
  if (end < 0 || end + 22 > bytes.length) return { fault: 'sheets:faults.broken' };
  const parts = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  let unpacked = 0;
  let hasSheet = false;
  if (parts > MOST_PARTS) return { fault: 'sheets:faults.too-large' };
  for (let part = 0; part < parts; part += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) {
      return { fault: 'sheets:faults.broken' };
    }
    unpacked += bytes.readUInt32LE(at + 24);
    if (unpacked > MOST_UNPACKED) return { fault: 'sheets:faults.too-large' };
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString('utf8');
    hasSheet ||= /^xl\/worksheets\/.+\.xml$/.test(name);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return hasSheet ? { value: 'xlsx' } : { fault: 'sheets:faults.no-sheet' };
}
