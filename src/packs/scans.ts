/** The scans that go out with a month: what is attached to its entries, and to the deeds they book. */
import { type Db, prepared } from '../provinces/connection.ts';
import type { Month } from './months.ts';

export type Scan = {
  id: number;
  /** Its name in the pack: scans/1405-12-7-bill.pdf. */
  name: string;
  size: number;
  sha256: string;
  /** The number of its entry in the journal. */
  entry: string;
};

type Raw = Omit<Scan, 'name'> & { sent: string };

const statements = prepared(({ $client: client }) => ({
  unsent: client.prepare(
    `SELECT a.id, a.name AS sent, a.size, lower(hex(a.sha256)) AS sha256,
       d.year || '-' || d.number AS entry
     FROM documented_entries d
     LEFT JOIN receipts r ON d.list = 'receipts' AND r.entry_id = d.entry_id
     LEFT JOIN box_confirmations b ON d.list = 'receipts' AND b.entry_id = d.entry_id
     LEFT JOIN payments_made m ON d.list = 'payments' AND m.entry_id = d.entry_id
     LEFT JOIN deliveries_made v ON d.list = 'deliveries' AND v.entry_id = d.entry_id
     JOIN attachments a ON a.centre_id = d.centre_id
       AND a.subject IN ('entries/' || d.entry_id, 'donations/' || r.donation_id,
         'box-openings/' || b.opening_id, 'payments/' || m.payment_id,
         'deliveries/' || v.delivery_id)
     WHERE d.centre_id = @centreId AND d.entry_on BETWEEN @from AND @to
       AND NOT EXISTS (SELECT 1 FROM attachment_endings e WHERE e.attachment_id = a.id)
       AND NOT EXISTS (SELECT 1 FROM pack_scans s JOIN packs k ON k.id = s.pack_id
         WHERE s.attachment_id = a.id AND k.centre_id = @centreId AND k.year = @year
           AND k.month = @month)
     ORDER BY d.entry_on, d.year, d.number, a.id`,
  ),
  ofPack: client.prepare(
    `SELECT a.id, s.name, a.size, lower(hex(a.sha256)) AS sha256 FROM pack_scans s
     JOIN attachments a ON a.id = s.attachment_id WHERE s.pack_id = ? ORDER BY s.name`,
  ),
  bytes: client.prepare('SELECT bytes FROM attachments WHERE id = ?').pluck(),
}));

/** The scans of the month that no pack of it has yet, as they are called in the next one. */
export function unsentScans(db: Db, centreId: number, { year, month, from, to }: Month): Scan[] {
  const found = statements(db).unsent.all({ centreId, year, month, from, to }) as Raw[];
  return found.map(({ sent, ...scan }) => ({
    ...scan,
    name: `scans/${scan.entry}-${scan.id}-${sent}`,
  }));
}

export type SentScan = Omit<Scan, 'entry'>;

export function scansOfPack(db: Db, packId: number): SentScan[] {
  return statements(db).ofPack.all(packId) as SentScan[];
}

export const bytesOfScan = (db: Db, id: number): Buffer => statements(db).bytes.get(id) as Buffer;
