/** Issued papers: their content, hash and code are kept with the act; printing is counted. */
import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '../access/actor.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { setting } from '../provinces/province.ts';
import { NotFound } from '../refusal.ts';
import { type Deed, type Recorded, record } from '../trail/acts.ts';

/** The letters that are composed of a template's words, and drawn by one hand. */
export const LETTER_KINDS = [
  'licence',
  'coordination-request',
  'coordination-answer',
  'change-request',
  'change-answer',
  'decision',
  'asset-list',
  'handover',
  'assignment',
  'survey',
  'permit',
  'section-report',
  'cash-count',
  'reconciliation',
  'financial-plan',
  'intention',
  'box-count',
  'receipt-book',
  'appraisal',
  'gift-request',
  'thanks',
  'monthly-pack',
  'goods-intention',
] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

export const PAPER_KINDS = [
  'receipt',
  'decree',
  'introduction',
  'book',
  'map-sheet',
  'volunteer-card',
  'tribute',
  'voucher',
  'delivery',
  ...LETTER_KINDS,
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** Papers by which somebody acts for the centre, or the centre beyond its own bounds. */
export const EMPOWERING: readonly PaperKind[] = [
  ...(['decree', 'volunteer-card', 'assignment', 'permit', 'introduction'] as const),
];

export type PaperForm = 'a3' | 'a4' | 'a5' | 'slip';

export type IssuedPaper = {
  id: number;
  centreId: number;
  kind: PaperKind;
  number: string;
  issuedOn: string;
  /** As printed and typed: `khorasan-7K4M-92QD-H3PXA`. */
  code: string;
  content: string;
  sha256: Buffer;
  actId: number;
  actHash: Buffer;
};

/** A paper about to be issued; its content is told the code and the address it will carry. */
export type Issuing = {
  centreId: number;
  kind: PaperKind;
  number: string;
  issuedOn: string;
  content: (code: string, verifyAddress: string) => object;
  deed: Deed;
};

/** Thirteen characters of these are 65 random bits; none is mistaken for another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 13;

const SELECT = `SELECT p.id, p.centre_id AS centreId, p.kind, p.number, p.issued_on AS issuedOn,
  p.code, p.content, p.sha256, p.act_id AS actId, a.hash AS actHash
  FROM papers p JOIN acts a ON a.id = p.act_id`;

const statements = prepared((db) => ({
  next: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM papers').pluck(),
  insert: db.$client.prepare('INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  byId: db.$client.prepare(`${SELECT} WHERE p.id = ?`),
  byCode: db.$client.prepare(`${SELECT} WHERE p.code = ?`),
  countOf: db.$client.prepare('SELECT count(*) FROM papers WHERE centre_id = ?').pluck(),
  ofCentre: db.$client.prepare(
    `SELECT p.id, p.kind, p.number, p.issued_on AS issuedOn,
       (SELECT count(*) FROM paper_prints r WHERE r.paper_id = p.id) AS prints
     FROM papers p WHERE p.centre_id = ? ORDER BY p.id DESC LIMIT ? OFFSET ?`,
  ),
}));

/**
 * Issues a paper: records its act, whose `after` carries the paper's SHA-256, and keeps the content.
 * Both stand in the caller's transaction.
 */
export function issuePaper(
  tx: Tx,
  actor: Actor,
  paper: Issuing,
): { id: number; code: string; act: Recorded } {
  const raw = randomCode();
  const code = writtenCode(tx, raw);
  const content = JSON.stringify(paper.content(code, verifyAddress(tx)));
  const sha256 = hashContent(content);
  const after = { ...(paper.deed.after as object), paper: sha256.toString('hex') };
  const act = record(tx, actor, { ...paper.deed, centreId: paper.centreId, after });
  const id = statements(tx).next.get() as number;
  const { centreId, kind, number, issuedOn } = paper;
  statements(tx).insert.run(id, centreId, kind, number, issuedOn, raw, content, sha256, act.id);
  return { id, code, act };
}

export function findPaper(db: Db, id: number): IssuedPaper {
  const row = statements(db).byId.get(id) as IssuedPaper | undefined;
  if (!row) throw new NotFound();
  return { ...row, code: writtenCode(db, row.code) };
}

/** The paper of a random code, thirteen characters without slug and dashes. */
export function paperByCodeOrNone(db: Db, raw: string): IssuedPaper | undefined {
  const row = statements(db).byCode.get(raw) as IssuedPaper | undefined;
  return row && { ...row, code: writtenCode(db, row.code) };
}

export type PaperRow = {
  id: number;
  kind: PaperKind;
  number: string;
  issuedOn: string;
  prints: number;
};

/** The register of a centre's papers, newest first. */
export function papersOf(db: Db, centreId: number, limit: number, offset: number): PaperRow[] {
  return statements(db).ofCentre.all(centreId, limit, offset) as PaperRow[];
}

/** All papers of a centre in one pass, read as they are asked for. */
export function everyPaper(db: Db, centreId: number): IterableIterator<PaperRow> {
  return statements(db).ofCentre.iterate(centreId, -1, 0) as IterableIterator<PaperRow>;
}

export function countPapers(db: Db, centreId: number): number {
  return statements(db).countOf.get(centreId) as number;
}

export function hashContent(content: string): Buffer {
  return createHash('sha256').update(content).digest();
}

/** Where people type a code; a province sets the address that its people can reach. */
export function verifyAddress(db: Db): string {
  return `${setting(db, 'address') ?? '127.0.0.1:3000'}/verify`;
}

/** A typed code taken apart: its province and its thirteen characters; undefined if it is none. */
export function readCode(typed: string): { slug: string; raw: string } | undefined {
  const plain = typed.toUpperCase().replaceAll(/[\s\u2010-\u2015\u200c\u200e\u200f_-]/g, '-');
  const written = /^([A-Z0-9-]*?)-*((?:-*[0-9A-Z]){13})$/.exec(plain);
  if (!written) return undefined;
  const raw = written[2]!.replaceAll('-', '').replaceAll(/[IL]/g, '1').replaceAll('O', '0');
  return { slug: written[1]!.toLowerCase(), raw };
}

/** Thirteen characters at random, 65 bits. */
export function randomCode(): string {
  return Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte & 31]).join('');
}

/** As it is printed: the province, and the characters in three groups. */
export function writtenCode(db: Db, raw: string): string {
  return `${setting(db, 'slug')}-${raw.slice(0, 4)}-${raw.slice(4, 8)}-${raw.slice(8)}`;
}
