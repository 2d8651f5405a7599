/** What a file is by its own bytes, whatever it is called: a spreadsheet, text, or nothing we read. */
import type { Reading } from '../values/reading.ts';
import { partsOf } from './archive.ts';

export type SheetKind = 'xlsx' | 'csv';

const starts = (bytes: Buffer, hex: string) =>
  bytes.subarray(0, hex.length / 2).toString('hex') === hex;

/** Tells a workbook from text; a picture, an old workbook or a page under another name is refused. */
export function kindOfSheet(bytes: Buffer): Reading<SheetKind> {
  if (bytes.length === 0) return { fault: 'sheets:faults.empty' };
  if (starts(bytes, '504b0304')) return workbook(bytes);
  if (starts(bytes, 'd0cf11e0')) {
    const fault = bytes.includes(LOCKED) ? 'encrypted' : 'old-workbook';
    return { fault: `sheets:faults.${fault}` };
  }
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

/** An archive is a workbook if a sheet is in it. */
function workbook(bytes: Buffer): Reading<SheetKind> {
  const parts = partsOf(bytes);
  if ('fault' in parts) return parts;
  const isSheet = parts.value.some(({ name }) => /^xl\/worksheets\/.+\.xml$/i.test(name));
  return isSheet ? { value: 'xlsx' } : { fault: 'sheets:faults.no-sheet' };
}

/** What a workbook with a password is packed in, and what it names there, letter by letter. */
const LOCKED = Buffer.from('EncryptedPackage', 'utf16le');
