/** Payments as they stand: one, and lists of them. */
import type { Unit } from '../goods/schema.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { NotFound } from '../refusal.ts';
import { searchText } from '../values/persian-text.ts';
import type { MoneyAccount, PaymentKind } from './schema.ts';

export const PAYMENT_STATES = ['waiting', 'made', 'reversed', 'withdrawn', 'refused'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

export type PaymentLine = {
  line: number;
  fund: string;
  account: string;
  amountRial: number;
  donationId: number | null;
};

export type PaymentGood = {
  position: number;
  line: number;
  name: string;
  quantityMilli: number;
  unit: Unit;
  valueRial: number;
  condition: 'new' | 'used' | 'perishable';
  expiresOn: string | null;
};

export type PaymentRow = {
  id: number;
  centreId: number;
  kind: PaymentKind;
  account: MoneyAccount;
  amountRial: number;
  recipientId: number | null;
  recipient: number | null;
  payeeId: number | null;
  payee: string | null;
  storeId: number | null;
  purpose: string;
  reference: string | null;
  preparedOn: string;
  preparedBy: number;
  preparedByName: string;
  state: PaymentState;
  year: number | null;
  number: number | null;
  paidOn: string | null;
  entryId: number | null;
  entryYear: number | null;
  entryNumber: number | null;
  paperId: number | null;
  /** Why it was withdrawn, refused or taken back; when and by whom. */
  endReason: string | null;
  endedOn: string | null;
  endedByName: string | null;
  /** How many signed so far. */
  signed: number;
  funds: string;
};

export type Payment = PaymentRow & { lines: PaymentLine[]; goods: PaymentGood[] };

export type PaymentFilter = {
  state?: PaymentState;
  kind?: PaymentKind;
  fund?: string;
  q?: string;
  from?: string;
  to?: string;
  recipientId?: number;
  payeeId?: number;
};

const STATE = `CASE WHEN z.payment_id IS NOT NULL THEN 'reversed'
  WHEN m.payment_id IS NOT NULL THEN 'made' WHEN e.subject IS NOT NULL THEN e.ending
  ELSE 'waiting' END`;
const FROM = `FROM payments p JOIN users u ON u.id = p.prepared_by
  LEFT JOIN recipients r ON r.id = p.recipient_id LEFT JOIN payees y ON y.id = p.payee_id
  LEFT JOIN payments_made m ON m.payment_id = p.id LEFT JOIN entries n ON n.id = m.entry_id
  LEFT JOIN payment_reversals z ON z.payment_id = p.id
  LEFT JOIN outgoing_ends e ON e.subject = 'payments/' || p.id
  LEFT JOIN users w ON w.id = coalesce(z.reversed_by, e.ended_by)`;
const SELECT = `SELECT p.id, p.centre_id AS centreId, p.kind, p.account, p.amount_rial AS amountRial,
    p.recipient_id AS recipientId, r.number AS recipient, p.payee_id AS payeeId, y.name AS payee,
    p.store_id AS storeId, p.purpose, p.reference, p.prepared_on AS preparedOn,
    p.prepared_by AS preparedBy, u.name AS preparedByName, ${STATE} AS state, m.year, m.number,
    m.paid_on AS paidOn, m.entry_id AS entryId, n.year AS entryYear, n.number AS entryNumber,
    m.paper_id AS paperId, coalesce(z.reason, e.reason) AS endReason,
    coalesce(z.reversed_on, date(e.ended_at, '+210 minutes')) AS endedOn, w.name AS endedByName,
    (SELECT count(*) FROM outgoing_signatures s WHERE s.subject = 'payments/' || p.id) AS signed,
    (SELECT group_concat(DISTINCT l.fund) FROM payment_lines l WHERE l.payment_id = p.id) AS funds
  ${FROM}`;
const ASKED = `p.centre_id = @centreId AND (@state IS NULL OR ${STATE} = @state)
  AND (@kind IS NULL OR p.kind = @kind)
  AND (@fund IS NULL OR EXISTS (SELECT 1 FROM payment_lines l
    WHERE l.payment_id = p.id AND l.fund = @fund))
  AND (@from IS NULL OR coalesce(m.paid_on, p.prepared_on) >= @from)
  AND (@to IS NULL OR coalesce(m.paid_on, p.prepared_on) <= @to)
  AND (@recipientId IS NULL OR p.recipient_id = @recipientId)
  AND (@payeeId IS NULL OR p.payee_id = @payeeId)
  AND (@q IS NULL OR replace(p.purpose_search, ' ', '') LIKE '%' || @q || '%'
    OR y.name_search LIKE '%' || @q || '%' OR p.reference = @q
    OR m.year || '-' || printf('%04d', m.number) = @q)`;

const statements = prepared((db) => ({
  one: db.$client.prepare(`${SELECT} WHERE p.centre_id = ? AND p.id = ?`),
  list: db.$client.prepare(`${SELECT} WHERE ${ASKED} ORDER BY p.id DESC LIMIT @limit OFFSET @skip`),
  count: db.$client.prepare(`SELECT count(*) ${FROM} WHERE ${ASKED}`).pluck(),
  sums: db.$client.prepare(
    `SELECT count(*) AS count, coalesce(sum(p.amount_rial), 0) AS rial ${FROM}
     WHERE ${ASKED} AND m.payment_id IS NOT NULL AND z.payment_id IS NULL AND p.kind <> 'petty'`,
  ),
  lines: db.$client.prepare(
    `SELECT line, fund, account, amount_rial AS amountRial, donation_id AS donationId
     FROM payment_lines WHERE payment_id = ? ORDER BY line`,
  ),
  goods: db.$client.prepare(
    `SELECT position, line, name, quantity_milli AS quantityMilli, unit, value_rial AS valueRial,
       condition, expires_on AS expiresOn
     FROM payment_goods WHERE payment_id = ? ORDER BY position`,
  ),
}));

/** A payment of the centre; throws NotFound. */
export function findPayment(db: Db, centreId: number, id: number): Payment {
  const row = statements(db).one.get(centreId, id) as PaymentRow | undefined;
  if (!row) throw new NotFound();
  const { lines, goods } = statements(db);
  return {
    ...row,
    lines: lines.all(id) as PaymentLine[],
    goods: goods.all(id) as PaymentGood[],
  };
}

/** Payments of the centre, the newest first. */
export function paymentsOf(
  db: Db,
  centreId: number,
  asked: PaymentFilter,
  { limit, skip }: { limit: number; skip: number },
): PaymentRow[] {
  return statements(db).list.all({ ...valuesOf(centreId, asked), limit, skip }) as PaymentRow[];
}

export function countPayments(db: Db, centreId: number, asked: PaymentFilter): number {
  return statements(db).count.get(valuesOf(centreId, asked)) as number;
}

/** What the payments that count come to; petty cash is only moved, not spent. */
export function sumOfPayments(db: Db, centreId: number, asked: PaymentFilter) {
  return statements(db).sums.get(valuesOf(centreId, asked)) as { count: number; rial: number };
}

/** As it is written on the voucher. */
export const paymentNumber = ({ year, number }: { year: number; number: number }): string =>
  writtenNumber(year, number, 4);

export const subjectOf = ({ id }: { id: number }): string => `payments/${id}`;

function valuesOf(centreId: number, asked: PaymentFilter) {
  const { state, kind, fund, q, from, to, recipientId, payeeId } = asked;
  return {
    ...{ centreId, state: state ?? null, kind: kind ?? null, fund: fund ?? null },
    ...{ from: from ?? null, to: to ?? null, q: (q && searchText(q)) || null },
    ...{ recipientId: recipientId ?? null, payeeId: payeeId ?? null },
  };
}
