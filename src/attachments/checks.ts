/** Self-checks of kept files: each is the one whose hash its row and its act carry. */
import { createHash } from 'node:crypto';
import { asActsSay, type Check } from '../provinces/check.ts';
import type { Db } from '../provinces/connection.ts';

export const attachmentChecks: Check[] = [
  {
    name: 'attachment-acts',
    run: asActsSay(
      {
        ...{ table: 'attachments', kind: 'attachment.added', by: 'attached_by', on: 'attached_on' },
        ...{ subject: 't.subject' },
        says: { id: 't.id', name: 't.name', type: 't.type', sha256: 'lower(hex(t.sha256))' },
      },
      {
        ...{
          table: 'attachment_endings',
          kind: 'attachment.ended',
          by: 'ended_by',
          on: 'ended_on',
        },
        says: { id: 't.attachment_id', reason: 't.reason' },
      },
    ),
  },
  { name: 'attachments', run: changedFile },
];

function changedFile(db: Db): string | null {
  const rows = db.$client
    .prepare('SELECT id, sha256, bytes FROM attachments')
    .iterate() as IterableIterator<{ id: number; sha256: Buffer; bytes: Buffer }>;
  for (const { id, sha256, bytes } of rows) {
    const found = createHash('sha256').update(bytes).digest();
    if (!found.equals(sha256)) return `the file of attachment ${id} was changed`;
  }
  return null;
}
