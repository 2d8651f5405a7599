/** The rows of changed intentions, and what is left of a gift with the intention it was given with. */
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import type { CONSENTS, WAYS } from './schema.ts';

export type IntentionChange = {
  id: number;
  donationId: number;
  receiptYear: number;
  receiptNumber: number;
  fromFund: string;
  toFund: string;
  amountRial: number;
  account: string;
  way: (typeof WAYS)[number];
  consent: (typeof CONSENTS)[number] | null;
  consentedOn: string | null;
  reason: string;
  changedOn: string;
  changedBy: string;
  changedById: number;
  entryId: number;
  entryYear: number;
  entryNumber: number;
  paperId: number;
  /** The day on which it was taken back; null while it stands. */
  restoredOn: string | null;
};

const SELECT = `SELECT c.id, c.donation_id AS donationId, r.year AS receiptYear,
    r.number AS receiptNumber, c.from_fund AS fromFund, c.to_fund AS toFund,
    c.amount_rial AS amountRial, c.account, c.way, c.consent, c.consented_on AS consentedOn, c.reason,
    c.changed_on AS changedOn, u.name AS changedBy, c.changed_by AS changedById,
    c.entry_id AS entryId, e.year AS entryYear, e.number AS entryNumber, c.paper_id AS paperId,
    b.entry_on AS restoredOn
  FROM intention_changes c JOIN users u ON u.id = c.changed_by JOIN entries e ON e.id = c.entry_id
  JOIN receipts r ON r.donation_id = c.donation_id
  LEFT JOIN entries b ON b.reverses_entry_id = c.entry_id WHERE c.centre_id = @centreId`;

const statements = prepared((db) => ({
  one: db.$client.prepare(`${SELECT} AND c.id = @id`),
  list: db.$client.prepare(`${SELECT} ORDER BY c.id DESC LIMIT @limit OFFSET @from`),
  ofGift: db.$client.prepare(`${SELECT} AND c.donation_id = @donationId ORDER BY c.id`),
  fundsOf: db.$client
    .prepare(
      `SELECT coalesce(g.fund, d.fund) FROM donations d LEFT JOIN gift_funds g ON g.donation_id = d.id
       WHERE d.id = @donationId ORDER BY g.position`,
    )
    .pluck(),
  waits: db.$client.prepare("SELECT state <> 'cleared' FROM cheques WHERE donation_id = ?").pluck(),
  count: db.$client.prepare('SELECT count(*) FROM intention_changes WHERE centre_id = ?').pluck(),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM intention_changes').pluck(),
  insert: db.$client.prepare(
    'INSERT INTO intention_changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
  left: db.$client
    .prepare(
      `SELECT coalesce(sum(rial), 0) FROM gift_moves
       WHERE donation_id = @donationId AND fund = @fund`,
    )
    .pluck(),
}));

/** How much of a gift of money still has this intention, and was not spent by its name. */
export function leftOfGift(db: Db, donationId: number, fund: string): number {
  return statements(db).left.get({ donationId, fund }) as number;
}

/** Whether a cheque is no money yet. */
export function chequeWaits(db: Db, donationId: number): boolean {
  return statements(db).waits.get(donationId) === 1;
}

/** The intentions of a gift of money, each with what is left of it. */
export function fundsOfGift(db: Db, donationId: number): { fund: string; leftRial: number }[] {
  const funds = statements(db).fundsOf.all({ donationId }) as string[];
  return funds.map((fund) => ({ fund, leftRial: leftOfGift(db, donationId, fund) }));
}

export function findChange(db: Db, centreId: number, id: number): IntentionChange {
  const row = statements(db).one.get({ centreId, id }) as IntentionChange | undefined;
  if (!row) throw new NotFound();
  return row;
}

export function changesOf(db: Db, centreId: number, limit: number, from = 0): IntentionChange[] {
  return statements(db).list.all({ centreId, limit, from }) as IntentionChange[];
}

export function changesOfGift(db: Db, centreId: number, donationId: number): IntentionChange[] {
  return statements(db).ofGift.all({ centreId, donationId }) as IntentionChange[];
}

export function countChanges(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

type Written = Pick<
  IntentionChange,
  'donationId' | 'fromFund' | 'toFund' | 'amountRial' | 'account' | 'way' | 'reason' | 'changedOn'
> & {
  centreId: number;
  consent?: string;
  consentedOn?: string;
  changedBy: number;
  entryId: number;
  paperId: number;
  actId: number;
};

/** The id that the next change will have, and the hand that writes it. */
export function insertChange(tx: Tx): { id: number; write: (row: Written) => void } {
  const id = statements(tx).nextId.get() as number;
  return {
    id,
    write: (row) => {
      const consent = row.way === 'consent' ? (row.consent ?? null) : null;
      const consentedOn = row.way === 'consent' ? (row.consentedOn ?? null) : null;
      statements(tx).insert.run(
        ...[id, row.centreId, row.donationId, row.fromFund, row.toFund, row.amountRial],
        ...[row.account, row.way, consent, consentedOn, row.reason, row.changedOn],
        ...[row.changedBy, row.entryId, row.paperId, row.actId],
      );
    },
  };
}
