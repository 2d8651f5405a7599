/** Self-checks of the books; each finds what its name says, by counting again. */
import { type Check, first, withoutGaps } from '../provinces/check.ts';
import type { Db } from '../provinces/connection.ts';
import { contentOf, type EntryToPost, type Line, type PostedEntry } from './entries.ts';
import { periodChecks } from './period-checks.ts';

export const bookChecks: Check[] = [
  {
    name: 'entries-balance',
    run: first(
      `SELECT 'entry ' || entry_id || ' does not balance' FROM entry_lines
       GROUP BY entry_id HAVING sum(debit_rial) <> sum(credit_rial)
         OR (min(fund) <> max(fund) AND EXISTS (
           SELECT 1 FROM entry_lines l WHERE l.entry_id = entry_lines.entry_id
           GROUP BY l.fund HAVING sum(l.debit_rial) <> sum(l.credit_rial)))
       LIMIT 1`,
    ),
  },
  {
    name: 'entry-numbers',
    run: withoutGaps('entry', 'entries'),
  },
  {
    name: 'entry-lines',
    run: first(
      `SELECT 'line ' || l.line || ' of entry ' || l.entry_id || ' has no entry'
       FROM entry_lines l LEFT JOIN entries e
         ON e.id = l.entry_id AND e.centre_id = l.centre_id AND e.year = l.year
       WHERE e.id IS NULL LIMIT 1`,
      `SELECT 'entry ' || e.id || ' has too few lines' FROM entries e
       WHERE (SELECT count(*) FROM entry_lines WHERE entry_id = e.id) < 2 LIMIT 1`,
    ),
  },
  {
    name: 'entry-days',
    run: first(
      `SELECT 'entry ' || e.id || ' is not in its month' FROM entries e
       LEFT JOIN calendar_months m ON m.year = e.year AND m.month = e.month
       WHERE m.year IS NULL OR e.entry_on NOT BETWEEN m.first_on AND m.last_on
         OR e.entry_on > date(e.posted_at, '+210 minutes') LIMIT 1`,
    ),
  },
  {
    name: 'balances',
    run: first(
      `WITH counted AS (
         SELECT e.centre_id, e.year, e.month, l.account, l.fund,
           sum(l.debit_rial) AS debit_rial, sum(l.credit_rial) AS credit_rial
         FROM entries e JOIN entry_lines l ON l.entry_id = e.id
         GROUP BY e.centre_id, e.year, e.month, l.account, l.fund
       )
       SELECT 'account ' || account || ' of centre ' || centre_id || ' in ' || year || '-' || month
       FROM (SELECT * FROM counted EXCEPT SELECT * FROM balances
         UNION ALL SELECT * FROM (SELECT * FROM balances EXCEPT SELECT * FROM counted))
       LIMIT 1`,
    ),
  },
  {
    name: 'reversals',
    run: first(
      `SELECT 'entry ' || r.id || ' does not mirror entry ' || r.reverses_entry_id FROM entries r
       LEFT JOIN entries e ON e.id = r.reverses_entry_id AND e.centre_id = r.centre_id
       WHERE r.source = 'reversal' AND (e.id IS NULL OR EXISTS (
         SELECT line, account, fund, debit_rial, credit_rial FROM entry_lines
         WHERE entry_id = r.id
         EXCEPT
         SELECT line, account, fund, credit_rial, debit_rial FROM entry_lines
         WHERE entry_id = e.id)
         OR (SELECT count(*) FROM entry_lines WHERE entry_id = r.id)
           <> (SELECT count(*) FROM entry_lines WHERE entry_id = e.id)) LIMIT 1`,
    ),
  },
  {
    name: 'gift-entries',
    run: first(
      `SELECT 'receipt ' || r.id || ' is not what its entry books' FROM receipts r
       JOIN donations d ON d.id = r.donation_id LEFT JOIN entries e ON e.id = r.entry_id
       LEFT JOIN deposit_matches m ON m.donation_id = d.id
       WHERE e.donation_id IS NOT d.id OR e.centre_id <> d.centre_id
         OR e.entry_on <> iif(m.deposit_id IS NULL, d.received_on, date(d.entered_at, '+210 minutes'))
         OR d.amount_rial IS NOT (SELECT sum(debit_rial) FROM entry_lines
           WHERE entry_id = e.id AND (m.deposit_id IS NULL OR fund <> 'unidentified'))
         OR EXISTS (SELECT 1 FROM entry_lines l WHERE l.entry_id = e.id AND l.fund <> d.fund
           AND (m.deposit_id IS NULL OR l.fund <> 'unidentified')
           AND l.fund NOT IN (SELECT fund FROM gift_funds WHERE donation_id = d.id)) LIMIT 1`,
    ),
  },
  { name: 'entry-acts', run: actsComplaint },
  { name: 'book-numbers', run: withoutGaps('book', 'sealed_books') },
  {
    name: 'sealed-books',
    run: first(
      `SELECT 'sealed book ' || s.id || ' has no paper of its own' FROM sealed_books s
       LEFT JOIN papers p ON p.id = s.paper_id LEFT JOIN acts a ON a.id = s.act_id
       WHERE p.kind IS NOT 'book' OR p.act_id <> s.act_id OR p.centre_id <> s.centre_id
         OR p.issued_on <> s.sealed_on OR a.user_id IS NOT s.sealed_by
         OR p.content ->> 'columns' IS NOT s.columns OR p.content ->> 'level' IS NOT s.level
         OR p.number <> s.year || '-' || printf('%04d', s.number)
         OR p.content ->> 'book' <> s.book OR p.content ->> 'from' <> s.from_on
         OR p.content ->> 'to' <> s.to_on OR p.content -> 'account' ->> 'code' IS NOT s.account
         OR p.content ->> 'lastEntry' <> s.last_entry_year || '-' || s.last_entry_number LIMIT 1`,
      `SELECT 'sealed book ' || s.id || ' is not what its entries say' FROM sealed_books s
       JOIN papers p ON p.id = s.paper_id
       WHERE (p.content ->> 'entries', p.content ->> 'lines', p.content ->> 'debitRial',
           p.content ->> 'creditRial') IS NOT (
         SELECT count(DISTINCT e.id), count(*), sum(l.debit_rial), sum(l.credit_rial)
         FROM entries e JOIN entry_lines l ON l.entry_id = e.id
         WHERE e.centre_id = s.centre_id AND e.entry_on BETWEEN s.from_on AND s.to_on
           AND e.id <= s.until_entry_id
           AND (s.account IS NULL OR substr(l.account, 1, length(s.account)) = s.account)) LIMIT 1`,
    ),
  },
  ...periodChecks,
];

type PostedContent = { id: number } & object;

type ActRow = EntryToPost &
  PostedEntry & { postedBy: number; postedAt: string; kind: string; by: number; at: string } & {
    after: string | null;
  };

/** Every entry was posted by whom and when its act says; one with an act of its own says all of it. */
function actsComplaint(db: Db): string | null {
  const lines = db.$client.prepare(
    `SELECT account, fund, debit_rial AS debitRial, credit_rial AS creditRial, detail
     FROM entry_lines WHERE entry_id = ? ORDER BY line`,
  );
  const entries = db.$client
    .prepare(
      `SELECT e.id, e.centre_id AS centreId, e.year, e.number, e.entry_on AS entryOn,
         e.description, e.source, e.reverses_entry_id AS reversesEntryId, e.reason,
         e.drafted_by AS draftedBy, e.posted_by AS postedBy, e.posted_at AS postedAt,
         a.kind, a.user_id AS by, a.at, a.after
       FROM entries e LEFT JOIN acts a ON a.id = e.act_id ORDER BY e.id`,
    )
    .iterate() as IterableIterator<ActRow>;
  for (const entry of entries) {
    const { id, kind, after } = entry;
    if (entry.by !== entry.postedBy || entry.at !== entry.postedAt) return changed(id);
    const told = contentOf({ ...entry, lines: lines.all(id) as Line[] }, entry);
    if (isToldOtherwise(kind, after, { id, ...told })) return changed(id);
  }
  return null;
}

/** An entry has an act of its own, or is a part of the act of its deed. */
function isToldOtherwise(kind: string, after: string | null, { id, ...content }: PostedContent) {
  const own = kind === 'entry.posted' || kind === 'entry.reversed';
  if (own) return JSON.stringify(content) !== after;
  if (!WHOLE.includes(kind)) return !DEEDS.includes(kind);
  const { entry } = JSON.parse(after ?? '{}') as { entry?: object };
  return JSON.stringify({ id, ...content }) !== JSON.stringify(entry);
}

/** Acts that tell of their entry in whole. */
const WHOLE = [
  'receipt.issued',
  'cheque.cleared',
  'deposit.recorded',
  'intention.changed',
  'payment.made',
  'delivery.made',
  'delivery.returned',
  'goods-intention.changed',
  'stock-sheet.agreed',
];

/** Acts whose own rows hold their entry; an entry is a part of no other. */
const DEEDS = [
  ...['intention.restored', 'books.year-closed', 'books.year-reopened', 'currency.converted'],
  ...['transfer.signed', 'transfer.reversed', 'cash-count.signed', 'bank-fee.booked'],
  ...['box.confirmed', 'box.remitted', 'fitra-cash.confirmed'],
  ...['lot.inspected', 'lot.appraisal-agreed', 'waste.made', 'count.approved', 'sale.made'],
  ...['payment.reversed', 'goods-intention.restored'],
];

function changed(id: number): string {
  return `entry ${id} is not what its act says`;
}
