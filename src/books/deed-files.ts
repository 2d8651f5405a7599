/** The files of the deed that an entry books: a gift's, a payment's, a delivery's, a box count's. */
import { type Attachment, attachmentsOf } from '../attachments/attachments.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';

export type DeedFile = Attachment & {
  /** Where it is kept, below the centre. */
  at: string;
};

const statements = prepared(({ $client: client }) => ({
  deeds: client.prepare(
    `SELECT 'donations/' || d.id AS subject, 'receipts' AS place, r.year, r.number
     FROM receipts r JOIN donations d ON d.id = r.donation_id
     WHERE d.id IN (SELECT donation_id FROM entries WHERE id = @entry
       UNION SELECT donation_id FROM cheque_events WHERE entry_id = @entry)
     UNION ALL SELECT 'payments/' || payment_id, 'payments', NULL, payment_id
     FROM payments_made WHERE entry_id = @entry
     UNION ALL SELECT 'deliveries/' || delivery_id, 'deliveries', NULL, delivery_id
     FROM deliveries_made WHERE entry_id = @entry
     UNION ALL SELECT 'box-openings/' || opening_id, 'openings', NULL, opening_id
     FROM box_confirmations WHERE entry_id = @entry`,
  ),
}));

type Deed = { subject: string; place: Place; year: number | null; number: number };
type Place = keyof typeof PLACES;

const PLACES = {
  receipts: ({ year, number }: Deed) =>
    `/donations/receipts/${writtenNumber(year!, number, 6)}/attachments`,
  payments: ({ number }: Deed) => `/payments/${number}/attachments`,
  deliveries: ({ number }: Deed) => `/deliveries/${number}/attachments`,
  openings: ({ number }: Deed) => `/donations/boxes/openings/${number}/attachments`,
};

/** Those that stand, in the order in which they came. */
export function deedFiles(db: Db, centre: Centre, entryId: number): DeedFile[] {
  const deeds = statements(db).deeds.all({ entry: entryId }) as Deed[];
  return deeds.flatMap((deed) =>
    attachmentsOf(db, { subject: deed.subject, centre })
      .filter(({ endedOn }) => endedOn === null)
      .map((file) => ({ ...file, at: `${PLACES[deed.place](deed)}/${file.id}` })),
  );
}
