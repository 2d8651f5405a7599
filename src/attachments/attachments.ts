/**
 * Files that belong to something else: attached, read, ended with a reason; never written over.
 *
 * Who may see an attachment is who may see its subject, so each capability passes its own powers.
 */
import { createHash } from 'node:crypto';
import type { Actor } from '../access/actor.ts';
import { type Power, requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { type AttachmentType, readContent } from './content.ts';

/** What files belong to: its name in the trail, and its centre; null for the province's own. */
export type Subject = { subject: string; centre: Centre | null };

export type Attachment = {
  id: number;
  name: string;
  type: AttachmentType;
  size: number;
  sha256: string;
  attachedOn: string;
  attachedBy: string;
  endedOn: string | null;
  reason: string | null;
};

/** So many of one subject stand at a time; the file says the same. */
export const ATTACHMENTS_MAX = 20;

const SELECT = `SELECT t.id, t.name, t.type, t.size, lower(hex(t.sha256)) AS sha256,
  t.attached_on AS attachedOn, u.name AS attachedBy, e.ended_on AS endedOn, e.reason
  FROM attachments t JOIN users u ON u.id = t.attached_by
  LEFT JOIN attachment_endings e ON e.attachment_id = t.id
  WHERE t.subject = @subject AND t.centre_id IS @centreId`;

const statements = prepared((db) => ({
  ofSubject: db.$client.prepare(`${SELECT} ORDER BY t.id`),
  one: db.$client.prepare(`${SELECT} AND t.id = @id`),
  bytes: db.$client.prepare('SELECT bytes FROM attachments WHERE id = ?').pluck(),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM attachments').pluck(),
  insert: db.$client.prepare('INSERT INTO attachments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  end: db.$client.prepare('INSERT INTO attachment_endings VALUES (?, ?, ?, ?, ?)'),
}));

/** The files of a subject in the order in which they came; those that were ended are among them. */
export function attachmentsOf(db: Db, subject: Subject): Attachment[] {
  return statements(db).ofSubject.all(named(subject)) as Attachment[];
}

/** A file of this subject; another's is not there. */
export function findAttachment(db: Db, subject: Subject, id: number): Attachment {
  const found = statements(db).one.get({ ...named(subject), id }) as Attachment | undefined;
  if (!found) throw new NotFound();
  return found;
}

/** A file as it was sent; the caller has found it among those of its subject. */
export function bytesOf(db: Db, { id }: Attachment): Buffer {
  return statements(db).bytes.get(id) as Buffer;
}

/** Keeps a file with its subject, by what its bytes are; the same one is kept once. */
export function attach(
  tx: Tx,
  actor: Actor,
  subject: Subject & { power: Power },
  sent: { name: string; bytes: Buffer },
): Attachment {
  requirePower(actor, subject.power, subject.centre ?? undefined);
  const read = readContent(sent.name, sent.bytes);
  if ('fault' in read) throw refused(read.fault);
  const { name, type } = read.value;
  const sha256 = createHash('sha256').update(sent.bytes).digest();
  refuseTwinOrMany(attachmentsOf(tx, subject), sha256.toString('hex'));
  const id = statements(tx).nextId.get() as number;
  const size = sent.bytes.length;
  const act = record(tx, actor, {
    ...{ kind: 'attachment.added', subject: subject.subject, centreId: subject.centre?.id ?? null },
    after: { id, name, type, size, sha256: sha256.toString('hex') },
  });
  statements(tx).insert.run(
    ...[id, subject.centre?.id ?? null, subject.subject, name, type, size, sha256],
    ...[actor.today, actor.user!.id, act.id, sent.bytes],
  );
  return findAttachment(tx, subject, id);
}

/** Says that a file no longer counts, and why; it stays to be looked at. */
export function endAttachment(
  tx: Tx,
  actor: Actor,
  subject: Subject & { power: Power },
  { id, reason }: { id: number; reason: string },
): Attachment {
  requirePower(actor, subject.power, subject.centre ?? undefined);
  const { name, sha256, endedOn } = findAttachment(tx, subject, id);
  if (endedOn !== null) throw new Refusal('attachments:refusals.ended');
  const act = record(tx, actor, {
    ...{ kind: 'attachment.ended', subject: subject.subject, centreId: subject.centre?.id ?? null },
    after: { id, name, sha256, reason },
  });
  statements(tx).end.run(id, actor.today, reason, actor.user!.id, act.id);
  return findAttachment(tx, subject, id);
}

function refuseTwinOrMany(known: Attachment[], sha256: string): void {
  const standing = known.filter(({ endedOn }) => endedOn === null);
  if (standing.some((one) => one.sha256 === sha256)) throw refused('attachments:faults.twin');
  if (standing.length >= ATTACHMENTS_MAX) throw refused('attachments:faults.many');
}

const refused = (key: string) => new Refusal(key, { status: 422, field: 'file' });

const named = ({ subject, centre }: Subject) => ({ subject, centreId: centre?.id ?? null });
