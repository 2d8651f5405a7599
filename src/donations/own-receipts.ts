/** B-45: what one user issued himself, without a donor: the desk of a volunteer (B-105). */
import { versionOn } from '../funds/funds.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';

export type OwnReceipt = {
  receipt: string;
  issuedOn: string;
  amount: number;
  kind: string;
  fundFa: string;
  fundEn: string;
  state: 'issued' | 'cancelled';
};

const OWN = 'FROM receipts r JOIN donations d ON d.id = r.donation_id';
const WHERE = 'WHERE r.issued_by = @userId AND r.centre_id = @centreId';

const statements = prepared((db) => ({
  list: db.$client.prepare(
    `SELECT r.year, r.number, date(r.issued_at, '+210 minutes') AS issuedOn, d.amount_rial AS amount, d.kind,
       v.name_fa AS fundFa, v.name_en AS fundEn,
       iif(c.receipt_id IS NULL, 'issued', 'cancelled') AS state
     ${OWN} JOIN fund_versions v ON v.id = ${versionOn('d.fund', 'd.received_on')}
     LEFT JOIN receipt_cancellations c ON c.receipt_id = r.id
     ${WHERE} ORDER BY r.id DESC LIMIT @limit OFFSET @offset`,
  ),
  count: db.$client.prepare(`SELECT count(*) FROM receipts r ${WHERE}`).pluck(),
}));

type Row = Omit<OwnReceipt, 'receipt'> & { year: number; number: number };
type Whose = { centreId: number; userId: number };

const told = ({ year, number, ...row }: Row): OwnReceipt => ({
  ...{ receipt: writtenNumber(year, number, 6), ...row },
});

/** The receipts that a user issued in a centre, the latest first. */
export function ownReceipts(
  db: Db,
  whose: Whose,
  part: { limit: number; offset: number },
): OwnReceipt[] {
  return (statements(db).list.all({ ...whose, ...part }) as Row[]).map(told);
}

export function* everyOwnReceipt(db: Db, whose: Whose): Generator<OwnReceipt> {
  const all = { ...whose, limit: -1, offset: 0 };
  for (const row of statements(db).list.iterate(all)) yield told(row as Row);
}

export const countOwnReceipts = (db: Db, whose: Whose): number =>
  statements(db).count.get(whose) as number;
