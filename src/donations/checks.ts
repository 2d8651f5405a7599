/** Self-checks of gifts and receipts: counted again, and held against what the trail says. */
import { asActsSay, type Check, either, first, withoutGaps } from '../provinces/check.ts';
import type { Db } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { searchText, sortKey } from '../values/persian-text.ts';
import { deedChecks } from './deed-checks.ts';
import { type GiftParts, partsOf } from './gift-parts.ts';

export const donationChecks: Check[] = [
  {
    name: 'gifts-and-receipts',
    run: first(
      `SELECT 'gift ' || d.id || ' has no receipt' FROM donations d
       LEFT JOIN receipts r ON r.donation_id = d.id AND r.centre_id = d.centre_id
       WHERE r.id IS NULL LIMIT 1`,
      `SELECT 'receipt ' || r.id || ' has no gift' FROM receipts r
       LEFT JOIN donations d ON d.id = r.donation_id WHERE d.id IS NULL LIMIT 1`,
    ),
  },
  {
    name: 'receipt-numbers',
    run: withoutGaps('receipt', 'receipts'),
  },
  {
    name: 'receipt-papers',
    run: first(
      `SELECT 'receipt ' || r.id || ' has no paper of its own' FROM receipts r
       JOIN donations d ON d.id = r.donation_id LEFT JOIN papers p ON p.id = r.paper_id
       WHERE p.kind IS NOT 'receipt' OR p.centre_id <> r.centre_id OR p.act_id <> d.act_id
         OR p.number <> r.year || '-' || substr('000000' || r.number, -max(6, length(r.number)))
         OR p.content ->> 'amountRial' <> d.amount_rial
         OR p.content ->> 'receivedOn' <> d.received_on LIMIT 1`,
    ),
  },
  {
    name: 'cancellations',
    run: either(
      first(
        `SELECT 'receipt ' || c.receipt_id || ' is cancelled without a reversal'
       FROM receipt_cancellations c LEFT JOIN receipts r ON r.id = c.receipt_id
       LEFT JOIN entries e ON e.id = c.entry_id
       WHERE r.id IS NULL OR e.reverses_entry_id IS NOT r.entry_id
         OR e.entry_on <> c.cancelled_on LIMIT 1`,
      ),
      asActsSay({
        ...{ table: 'receipt_cancellations', kind: 'receipt.cancelled' },
        ...{ by: 'cancelled_by', on: 'cancelled_on' },
        subject: "'receipts/' || t.receipt_id",
        says: { reason: 't.reason' },
      }),
    ),
  },
  {
    name: 'gift-sums',
    run: first(
      `WITH counted AS (
         SELECT d.centre_id, d.received_on, coalesce(p.fund, d.fund) AS fund, d.kind,
           sum(coalesce(p.position, 1) = 1) AS given_count,
           sum(coalesce(p.amount_rial, d.amount_rial)) AS given_rial,
           sum(coalesce(p.position, 1) = 1 AND c.receipt_id IS NOT NULL) AS cancelled_count,
           sum(iif(c.receipt_id IS NULL, 0, coalesce(p.amount_rial, d.amount_rial)))
             AS cancelled_rial
         FROM donations d JOIN receipts r ON r.donation_id = d.id
         LEFT JOIN receipt_cancellations c ON c.receipt_id = r.id
         LEFT JOIN gift_funds p ON p.donation_id = d.id
         GROUP BY d.centre_id, d.received_on, coalesce(p.fund, d.fund), d.kind
       )
       SELECT 'centre ' || centre_id || ' on ' || received_on || ', ' || fund
       FROM (SELECT * FROM counted EXCEPT SELECT * FROM donation_days
         UNION ALL SELECT * FROM (SELECT * FROM donation_days EXCEPT SELECT * FROM counted))
       LIMIT 1`,
    ),
  },
  { name: 'gift-acts', run: giftActsComplaint },
  {
    name: 'gift-parts',
    run: first(
      `SELECT 'gift ' || d.id || ' is not what its parts come to' FROM donations d
       JOIN (SELECT donation_id, count(*) AS many, sum(amount_rial) AS rial FROM gift_funds
         GROUP BY donation_id) p ON p.donation_id = d.id
       WHERE p.many < 2 OR p.rial <> d.amount_rial LIMIT 1`,
      `SELECT 'gift ' || d.id || ' is not what its goods come to' FROM donations d
       LEFT JOIN (SELECT donation_id, sum(value_rial) AS rial FROM gift_items
         GROUP BY donation_id) i ON i.donation_id = d.id
       WHERE (d.kind = 'goods' OR i.rial IS NOT NULL) AND i.rial IS NOT d.amount_rial LIMIT 1`,
      ...['gift_funds', 'gift_references', 'gift_items', 'gift_services'].map(
        (table) => `SELECT 'there is no gift ' || p.donation_id || ' that ${table} belong to'
          FROM ${table} p LEFT JOIN donations d ON d.id = p.donation_id WHERE d.id IS NULL LIMIT 1`,
      ),
      `SELECT 'gift ' || d.id || ' has not what a gift of its kind has' FROM donations d
       WHERE d.kind <> 'cash' AND (
         (d.kind IN ('card', 'transfer', 'cheque')
           <> EXISTS (SELECT 1 FROM gift_references WHERE donation_id = d.id))
         OR ((d.kind = 'service')
           <> EXISTS (SELECT 1 FROM gift_services WHERE donation_id = d.id))) LIMIT 1`,
      `SELECT 'number ' || g.reference || ' stands for two gifts' FROM gift_references g
       JOIN donations d ON d.id = g.donation_id JOIN receipts r ON r.donation_id = d.id
       WHERE NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id)
       GROUP BY d.centre_id, d.kind, g.bank, g.reference HAVING count(*) > 1 LIMIT 1`,
    ),
  },
  {
    name: 'vows',
    run: first(
      `SELECT 'the vow of gift ' || v.donation_id || ' is not what act ' || v.act_id || ' says'
       FROM vows v JOIN donations d ON d.id = v.donation_id LEFT JOIN acts a ON a.id = v.act_id
       WHERE NOT (a.kind = 'receipt.issued' AND v.act_id = d.act_id)
           AND NOT (a.kind = 'vow.recorded' AND a.subject = 'donations/' || v.donation_id)
         OR (a.after ->> '$.vow.object') IS NOT v.object
         OR (a.after ->> '$.vow.people') IS NOT v.people
         OR (a.after ->> '$.vow.dueOn') IS NOT v.due_on LIMIT 1`,
      `SELECT 'act ' || a.id || ' tells of a vow that is not there' FROM acts a
       WHERE a.kind = 'vow.recorded'
         AND NOT EXISTS (SELECT 1 FROM vows WHERE act_id = a.id) LIMIT 1`,
    ),
  },
  {
    name: 'gift-deeds',
    run: first(
      `SELECT 'the deed of gift ' || g.donation_id || ' is not what act ' || g.act_id || ' says'
       FROM gift_deeds g JOIN donations d ON d.id = g.donation_id LEFT JOIN acts a ON a.id = g.act_id
       WHERE g.act_id <> d.act_id OR a.kind IS NOT 'receipt.issued'
         OR (a.after ->> '$.deed.number') IS NOT g.number
         OR (a.after ->> '$.deed.madeOn') IS NOT g.made_on
         OR (a.after ->> '$.deed.terms') IS NOT g.terms LIMIT 1`,
    ),
  },
  { name: 'donor-search', run: donorSearchComplaint },
  ...deedChecks,
];

type GiftRow = {
  receiptId: number;
  donation: number;
  year: number;
  number: number;
  kind: string;
  amountRial: number;
  fund: string;
  donor: number | null;
  purpose: string | null;
  receivedOn: string;
  receivedBy: number;
  /** Whether something stands beside it. */
  beside: number;
  deposit: number | null;
  /** The promise that it said it keeps. */
  pledge: number | null;
  actKind: string | null;
  after: string;
};

type EntryTold = { id: number; description: string; lines: unknown[] };

/** Every gift, receipt and entry is what the act that entered them says. */
function giftActsComplaint(db: Db): string | null {
  const gifts = db.$client.prepare(
    `SELECT r.id AS receiptId, d.id AS donation, r.year, r.number, d.kind,
       d.amount_rial AS amountRial, d.fund, d.donor_id AS donor, d.purpose,
       d.received_on AS receivedOn, d.received_by AS receivedBy, a.kind AS actKind, a.after,
       d.kind <> 'cash' OR EXISTS (SELECT 1 FROM gift_funds WHERE donation_id = d.id) AS beside,
       (SELECT deposit_id FROM deposit_matches WHERE donation_id = d.id) AS deposit,
       (SELECT pledge_id FROM pledge_gifts
         WHERE donation_id = d.id AND act_id = d.act_id) AS pledge
     FROM receipts r JOIN donations d ON d.id = r.donation_id
     LEFT JOIN acts a ON a.id = d.act_id AND a.user_id = d.entered_by AND a.at = d.entered_at
       AND a.user_id = r.issued_by AND a.at = r.issued_at AND a.subject = 'receipts/' || r.id
     ORDER BY r.id`,
  );
  const entryOf = db.$client.prepare(
    `SELECT e.id, e.description, (SELECT json_group_array(
         json_array(l.account, l.fund, l.debit_rial, l.credit_rial, l.detail) ORDER BY l.line)
       FROM entry_lines l WHERE l.entry_id = e.id) AS lines
     FROM receipts r JOIN entries e ON e.id = r.entry_id WHERE r.id = ?`,
  );
  for (const gift of gifts.all() as GiftRow[]) {
    const { receiptId, year, number, actKind, after, beside, deposit, pledge, ...told } = gift;
    if (actKind !== 'receipt.issued') return changed(receiptId);
    const { entry, paper, receipt, ...said } = JSON.parse(after) as Record<string, unknown>;
    if (receipt !== writtenNumber(year, number, 6) || !paper) return changed(receiptId);
    if (!same(said, told) || (said.deposit ?? null) !== deposit) return changed(receiptId);
    if ((said.pledge ?? null) !== pledge) return changed(receiptId);
    if (beside && !sameParts(said, partsOf(db, gift.donation))) return changed(receiptId);
    const booked = entryOf.get(receiptId) as { id: number; description: string; lines: string };
    const { id, description, lines } = entry as EntryTold;
    const same3 = booked.id === id && booked.description === description;
    if (!same3 || booked.lines !== JSON.stringify(lines)) return changed(receiptId);
  }
  return null;
}

function same(said: Record<string, unknown>, told: Record<string, unknown>): boolean {
  return Object.keys(told).every((key) => said[key] === told[key]);
}

const BESIDE = ['parts', 'reference', 'items', 'service'] as const;

/** What stands beside a gift, value by value: what was not said is nothing. */
function sameParts(said: Record<string, unknown>, parts: GiftParts): boolean {
  return BESIDE.every((name) => likewise(said[name], parts[name]));
}

function likewise(said: unknown, kept: unknown): boolean {
  if (kept === null || typeof kept !== 'object') return (said ?? null) === (kept ?? null);
  if (said === null || typeof said !== 'object') return false;
  if (Array.isArray(kept) && kept.length !== (said as unknown[]).length) return false;
  return Object.entries(kept).every(([key, value]) =>
    likewise((said as Record<string, unknown>)[key], value),
  );
}

function changed(receiptId: number): string {
  return `receipt ${receiptId} is not what its act says`;
}

/** So many donors are looked for; all of them would take as long as making the index anew. */
const SAMPLED = 500;

type DonorRow = { id: number; name: string; nameSearch: string; nameSort: string };

/** Donors are found by their names, and their names are kept as they are searched and sorted. */
function donorSearchComplaint(db: Db): string | null {
  const [donors, indexed] = ['donors', 'donor_search_docsize'].map((table) =>
    db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
  );
  if (donors !== indexed) return `${indexed} of ${donors} donors can be found`;
  const every = Math.max(1, Math.floor(Number(donors) / SAMPLED));
  const found = db.$client.prepare(
    'SELECT 1 FROM donor_search WHERE donor_search MATCH ? AND rowid = ?',
  );
  const sample = db.$client.prepare(
    `SELECT id, name, name_search AS nameSearch, name_sort AS nameSort FROM donors
     WHERE id % ? = 0`,
  );
  for (const { id, name, nameSearch, nameSort } of sample.all(every) as DonorRow[]) {
    const kept = nameSearch === searchText(name) && nameSort === sortKey(name);
    const short = [...nameSearch].length < 3;
    if (!kept || !(short || found.get(`name_search : "${nameSearch}"`, id))) {
      return `donor ${id} is not found by name`;
    }
  }
  return null;
}
