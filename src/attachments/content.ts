/** What a file is, told by its bytes and never by its name; what is broken or locked is refused. */
import type { Reading } from '../values/reading.ts';

/** The types that are kept, each with the endings of a name that say the same. */
const SUFFIXES = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
} as const;

export const ATTACHMENT_TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'application/pdf',
] as const satisfies (keyof typeof SUFFIXES)[];
export type AttachmentType = (typeof ATTACHMENT_TYPES)[number];

/** Room for a page scanned well, or a photo of it; a body has room for five. */
export const ATTACHMENT_BYTES_MAX = 4_000_000;
const NAME_MAX = 120;

/** Endings for the field of a form. */
export const ACCEPTED = Object.values(SUFFIXES)
  .flat()
  .map((suffix) => `.${suffix}`)
  .join(',');

export type Content = { name: string; type: AttachmentType };

/** Reads a file that was sent: its name, cleaned, and its type. */
export function readContent(sent: string, bytes: Buffer): Reading<Content> {
  if (bytes.length === 0) return { fault: 'attachments:faults.empty' };
  if (bytes.length > ATTACHMENT_BYTES_MAX) return { fault: 'attachments:faults.too-large' };
  const type = typeOf(bytes);
  if (!type) return { fault: 'attachments:faults.other-type' };
  const name = cleanName(sent);
  if (!named(name, type)) return { fault: 'attachments:faults.renamed' };
  const fault = WHOLE[type](bytes);
  return fault ? { fault: `attachments:faults.${fault}` } : { value: { name, type } };
}

/** The name without folders, without what nobody sees, and no longer than a line. */
export function cleanName(sent: string): string {
  const last = sent.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  // The half-space of Persian is a letter of the name; what turns a line around is not.
  const seen = last
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]|(?!\u200c)\p{Cf}/gu, ' ')
    .replaceAll(/\s+/g, ' ');
  const [, stem = '', suffix = ''] = /^(.*?)(\.[0-9A-Za-z]{1,5})?$/s.exec(seen.trim()) ?? [];
  return `${stem.slice(0, NAME_MAX - suffix.length).trim()}${suffix}`;
}

const named = (name: string, type: AttachmentType): boolean => {
  const suffix = /.\.([0-9A-Za-z]+)$/.exec(name)?.[1]?.toLowerCase();
  return SUFFIXES[type].some((known) => known === suffix);
};

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

const begins = (bytes: Buffer, with_: Buffer | string, at = 0): boolean =>
  bytes.subarray(at, at + with_.length).equals(Buffer.from(with_));

function typeOf(bytes: Buffer): AttachmentType | undefined {
  if (begins(bytes, JPEG)) return 'image/jpeg';
  if (begins(bytes, PNG)) return 'image/png';
  if (begins(bytes, 'RIFF') && begins(bytes, 'WEBP', 8)) return 'image/webp';
  return begins(bytes, '%PDF-') ? 'application/pdf' : undefined;
}

type Fault = 'broken' | 'encrypted' | undefined;

/** Whether a file has its end too: half of one that was cut off in sending is no proof of anything. */
const WHOLE: Record<AttachmentType, (bytes: Buffer) => Fault> = {
  // A camera may write its own notes after the picture, so the end is looked for, not expected last.
  'image/jpeg': (bytes) => (bytes.includes(Buffer.from([0xff, 0xd9]), 4) ? undefined : 'broken'),
  'image/png': (bytes) =>
    begins(bytes, 'IHDR', 12) && bytes.includes('IEND', 24) ? undefined : 'broken',
  'image/webp': (bytes) =>
    bytes.length >= 20 && bytes.readUInt32LE(4) + 8 <= bytes.length ? undefined : 'broken',
  'application/pdf': wholePdf,
};

function wholePdf(bytes: Buffer): Fault {
  const head = bytes.subarray(0, 8).toString('latin1');
  const tail = bytes.subarray(-2048).toString('latin1');
  if (!/^%PDF-[12]\.\d/.test(head) || !/startxref\s+\d+\s+%%EOF/.test(tail)) return 'broken';
  // The trailer names the lock in the open, also where the rest of the file is compressed.
  const locked = /\/Encrypt(\s+\d+\s+\d+\s+R|\s*<<)/.test(bytes.toString('latin1'));
  return locked ? 'encrypted' : undefined;
}
