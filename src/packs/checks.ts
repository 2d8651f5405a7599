/** Self-checks of the packs (B-133): sealed files are what their hashes say, rows what the books say. */
import { createHash } from 'node:crypto';
import { asActsSay, type Check, either, first } from '../provinces/check.ts';
import type { Db } from '../provinces/connection.ts';

export const packChecks: Check[] = [
  {
    name: 'packs',
    run: either(
      first(
        `SELECT 'pack ' || p.id || ' has other sums than its rows' FROM packs p
         WHERE (p.receipts_rial, p.payments_rial, p.deliveries_rial) IS NOT (
           SELECT coalesce(sum(amount_rial) FILTER (WHERE list = 'receipts'), 0),
             coalesce(sum(amount_rial) FILTER (WHERE list = 'payments'), 0),
             coalesce(sum(amount_rial) FILTER (WHERE list = 'deliveries'), 0)
           FROM pack_rows WHERE pack_id = p.id) LIMIT 1`,
        `SELECT 'pack ' || r.pack_id || ' says of an entry what the books do not' FROM pack_rows r
         JOIN documented_entries d ON d.entry_id = r.entry_id
         WHERE d.amount_rial <> r.amount_rial OR d.list <> r.list LIMIT 1`,
        `SELECT 'pack ' || p.id || ' has another seal than its manifest' FROM packs p
         WHERE p.seal IS NOT (SELECT sha256 FROM pack_files
           WHERE pack_id = p.id AND name = 'manifest.json') LIMIT 1`,
      ),
      asActsSay(
        {
          ...{ table: 'packs', kind: 'pack.issued', by: 'issued_by', on: 'issued_on' },
          subject: "'packs/' || t.year || '-' || printf('%02d', t.month) || '-' || t.nth",
          says: { nth: 't.nth', seal: 'lower(hex(t.seal))' },
        },
        {
          ...{ table: 'pack_handings', kind: 'pack.handed', by: 'recorded_by', on: 'recorded_on' },
          says: { receiver: 't.receiver', way: 't.way', handedOn: 't.handed_on' },
        },
      ),
      changedFile,
    ),
  },
];

function changedFile(db: Db): string | null {
  const rows = db.$client
    .prepare('SELECT pack_id AS packId, name, sha256, bytes FROM pack_files')
    .iterate() as IterableIterator<{ packId: number; name: string; sha256: Buffer; bytes: Buffer }>;
  for (const { packId, name, sha256, bytes } of rows) {
    const found = createHash('sha256').update(bytes).digest();
    if (!found.equals(sha256)) return `${name} of pack ${packId} was changed`;
  }
  return null;
}
