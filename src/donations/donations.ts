/** The gifts of a centre as a list: filtered, searched, sorted, page by page. */
import { type Db, prepared } from '../provinces/connection.ts';
import { newestAct } from '../trail/acts.ts';
import { searchText, sortKey, typedFigures } from '../values/persian-text.ts';
import { typedNumber } from '../values/typed-number.ts';
import { searchDonors } from './donor-search.ts';

export type GiftFilter = {
  from?: string;
  to?: string;
  fund?: string;
  kind?: string;
  state?: 'issued' | 'cancelled';
  donor?: number;
  q?: string;
};

export type GiftRow = {
  id: number;
  year: number;
  number: number;
  receivedOn: string;
  kind: string;
  amountRial: number;
  fund: string;
  fundFa: string;
  fundEn: string;
  donorId: number | null;
  donorName: string | null;
  mayBeNamed: number | null;
  purpose: string | null;
  /** The day in Tehran. */
  issuedOn: string;
  entryYear: number;
  entryNumber: number;
  /** Why it was cancelled; null while it counts. */
  reason: string | null;
};

export type Sums = { count: number; rial: number };
export type GiftTotals = { issued: Sums; cancelled: Sums };

/** The columns a list can be sorted by; a minus before the name turns the order around. */
const ORDERS = {
  receivedOn: ['d.received_on', 'd.id'],
  receipt: ['r.year', 'r.number'],
  amount: ['d.amount_rial', 'd.id'],
  kind: ['d.kind', 'd.id'],
  fund: ['(SELECT position FROM funds WHERE code = d.fund)', 'd.id'],
  // Withheld names stand together in the order of the gifts: the alphabet would tell of them (B-104).
  donor: ['o.may_be_named', 'CASE o.may_be_named WHEN 1 THEN o.name_sort END', 'd.id'],
  purpose: ["CASE WHEN d.purpose IS NULL THEN '' ELSE sort_key(d.purpose) END", 'd.id'],
  state: ['r.id IN (SELECT receipt_id FROM receipt_cancellations)', 'd.id'],
} as const;
export type GiftOrder = keyof typeof ORDERS;
export type GiftSort = { by: GiftOrder; down: boolean };

/** So many donors of one name are looked through for their gifts. */
const DONORS_OF_A_SEARCH = 2000;

const statements = prepared((db) => ({
  rows: db.$client.prepare(
    `SELECT d.id, r.year, r.number, d.received_on AS receivedOn, d.kind,
       d.amount_rial AS amountRial, d.fund, f.name_fa AS fundFa, f.name_en AS fundEn,
       d.donor_id AS donorId, o.name AS donorName, o.may_be_named AS mayBeNamed, d.purpose,
       date(r.issued_at, '+210 minutes') AS issuedOn, e.year AS entryYear, e.number AS entryNumber, c.reason
     FROM json_each(?) j CROSS JOIN donations d ON d.id = j.value
     JOIN receipts r ON r.donation_id = d.id JOIN entries e ON e.id = r.entry_id
     JOIN funds f ON f.code = d.fund LEFT JOIN donors o ON o.id = d.donor_id
     LEFT JOIN receipt_cancellations c ON c.receipt_id = r.id
     ORDER BY j.key`,
  ),
  day: db.$client.prepare(
    `SELECT coalesce(sum(given_count - cancelled_count), 0) AS count,
       coalesce(sum(given_rial - cancelled_rial), 0) AS rial
     FROM donation_days WHERE centre_id = ? AND received_on = ?`,
  ),
}));

/** Queries of a list differ by what is asked for; each is prepared once. */
const queries = prepared((db) => {
  db.$client.function('sort_key', { deterministic: true }, (text) => sortKey(String(text)));
  const known = new Map<string, ReturnType<typeof db.$client.prepare>>();
  return (sql: string) => {
    const query = known.get(sql) ?? db.$client.prepare(sql);
    known.set(sql, query);
    return query;
  };
});

/** What was asked for as a sort, or the newest day first. */
export function readSort(
  asked: unknown,
  usual: GiftSort = { by: 'receivedOn', down: true },
): GiftSort {
  const [, minus, by] = /^(-?)(\w+)$/.exec(String(asked ?? '')) ?? [];
  return by && Object.hasOwn(ORDERS, by) ? { by: by as GiftOrder, down: minus === '-' } : usual;
}

/** Ids of a page of the list, or of all of it. */
export function giftIds(
  db: Db,
  centreId: number,
  filter: GiftFilter,
  sort: GiftSort,
  { limit = -1, offset = 0 }: { limit?: number; offset?: number } = {},
): number[] {
  const { where, values } = conditions(db, centreId, filter);
  const order = ORDERS[sort.by].map((term) => `${term} ${sort.down ? 'DESC' : 'ASC'}`).join(', ');
  const sql = `SELECT d.id ${tablesFor(sort.by, isNarrow(filter))} WHERE ${where}
    ORDER BY ${order} LIMIT @limit OFFSET @offset`;
  return queries(db)(sql)
    .pluck()
    .all({ ...values, limit, offset }) as number[];
}

/** A page of the list; one in the second half is read from the end, which is nearer. */
export function pageIds(
  db: Db,
  centreId: number,
  filter: GiftFilter,
  sort: GiftSort,
  { limit, offset, total }: { limit: number; offset: number; total: number },
): number[] {
  if (offset <= total / 2) return giftIds(db, centreId, filter, sort, { limit, offset });
  const rest = Math.max(0, Math.min(limit, total - offset));
  const place = { limit: rest, offset: total - offset - rest };
  return giftIds(db, centreId, filter, { ...sort, down: !sort.down }, place).reverse();
}

/** The gifts of these ids, in the order of the ids. */
export function giftRows(db: Db, ids: number[]): GiftRow[] {
  return statements(db).rows.all(JSON.stringify(ids)) as GiftRow[];
}

/** All gifts of the list, read in parts; which they are is settled when the first is asked for. */
export function* everyGift(
  db: Db,
  centreId: number,
  filter: GiftFilter,
  sort: GiftSort,
): Generator<GiftRow> {
  const ids = giftIds(db, centreId, filter, sort);
  for (let at = 0; at < ids.length; at += 500) yield* giftRows(db, ids.slice(at, at + 500));
}

/** How many gifts the list has and what they come to, those cancelled apart. */
export function giftTotals(db: Db, centreId: number, filter: GiftFilter): GiftTotals {
  const act = newestAct(db)?.id ?? 0;
  const key = JSON.stringify([centreId, filter]);
  const known = sums(db).get(key);
  if (known?.act === act) return known.totals;
  const totals =
    filter.q || filter.donor ? summedUp(db, centreId, filter) : ofDays(db, centreId, filter);
  if (sums(db).size > 200) sums(db).clear();
  sums(db).set(key, { act, totals });
  return totals;
}

/** What was received on a day and still counts. */
export function sumOfDay(db: Db, centreId: number, day: string): Sums {
  return statements(db).day.get(centreId, day) as Sums;
}

/** Nothing is written without an act, so sums hold until the trail has a newer one. */
const sums = prepared(() => new Map<string, { act: number; totals: GiftTotals }>());

type SumRow = {
  givenCount: number;
  givenRial: number;
  cancelledCount: number;
  cancelledRial: number;
};

function ofDays(db: Db, centreId: number, filter: GiftFilter): GiftTotals {
  const { from, to, fund, kind, state } = filter;
  const where = [
    'centre_id = @centreId',
    ...(from ? ['received_on >= @from'] : []),
    ...(to ? ['received_on <= @to'] : []),
    ...(fund ? ['fund = @fund'] : []),
    ...(kind ? ['kind = @kind'] : []),
  ].join(' AND ');
  const sql = `SELECT coalesce(sum(given_count), 0) AS givenCount,
      coalesce(sum(given_rial), 0) AS givenRial,
      coalesce(sum(cancelled_count), 0) AS cancelledCount,
      coalesce(sum(cancelled_rial), 0) AS cancelledRial
    FROM donation_days WHERE ${where}`;
  return totalsOf(queries(db)(sql).get({ centreId, from, to, fund, kind }) as SumRow, state);
}

function summedUp(db: Db, centreId: number, filter: GiftFilter): GiftTotals {
  const { where, values } = conditions(db, centreId, filter);
  const sql = `SELECT count(*) AS givenCount, coalesce(sum(d.amount_rial), 0) AS givenRial,
      count(c.receipt_id) AS cancelledCount,
      coalesce(sum(iif(c.receipt_id IS NULL, 0, d.amount_rial)), 0) AS cancelledRial
    FROM donations d JOIN receipts r ON r.donation_id = d.id
    LEFT JOIN receipt_cancellations c ON c.receipt_id = r.id WHERE ${where}`;
  return totalsOf(queries(db)(sql).get(values) as SumRow, undefined);
}

function totalsOf(row: SumRow, state: GiftFilter['state']): GiftTotals {
  const none = { count: 0, rial: 0 };
  const { givenCount, givenRial, cancelledCount, cancelledRial } = row;
  const issued = { count: givenCount - cancelledCount, rial: givenRial - cancelledRial };
  const cancelled = { count: cancelledCount, rial: cancelledRial };
  return {
    issued: state === 'cancelled' ? none : issued,
    cancelled: state === 'issued' ? none : cancelled,
  };
}

/** Whether the filter leaves so little that it is found first and sorted then. */
function isNarrow({ donor, q, state }: GiftFilter): boolean {
  return donor !== undefined || q !== undefined || state === 'cancelled';
}

/** The tables that an order looks at; a join that nothing asks for would cost every page. */
function tablesFor(by: GiftOrder, narrow: boolean): string {
  if (by === 'donor') return 'FROM donations d LEFT JOIN donors o ON o.id = d.donor_id';
  if (by !== 'receipt' && by !== 'state') return 'FROM donations d';
  const walked = by === 'receipt' && !narrow;
  // CROSS JOIN is how SQLite is told to walk receipts in the order of their numbers.
  return walked
    ? `FROM receipts r CROSS JOIN donations d
       ON d.id = r.donation_id AND r.centre_id = @centreId`
    : 'FROM donations d JOIN receipts r ON r.donation_id = d.id';
}

function conditions(db: Db, centreId: number, filter: GiftFilter) {
  const { q, ...plain } = filter;
  const sought = q ? soughtIds(db, centreId, q) : undefined;
  const where = [
    // With a plus before it a column's index is left alone, for the narrower one is better.
    `${isNarrow(filter) ? '+' : ''}d.centre_id = @centreId`,
    ...(filter.from ? ['d.received_on >= @from'] : []),
    ...(filter.to ? ['d.received_on <= @to'] : []),
    ...(filter.fund ? ['d.fund = @fund'] : []),
    ...(filter.kind ? ['d.kind = @kind'] : []),
    ...(filter.donor ? ['d.donor_id = @donor'] : []),
    ...(filter.state ? [`d.id ${filter.state === 'issued' ? 'NOT IN' : 'IN'} (${CANCELLED})`] : []),
    ...(sought ? ['d.id IN (SELECT value FROM json_each(@sought))'] : []),
  ].join(' AND ');
  return { where, values: { ...plain, centreId, sought } };
}

const CANCELLED = `SELECT x.donation_id FROM receipt_cancellations c
  CROSS JOIN receipts x ON x.id = c.receipt_id AND x.centre_id = @centreId`;

/** Ids of the gifts that a typed text finds: by receipt number, amount, donor or purpose. */
function soughtIds(db: Db, centreId: number, q: string): string {
  const donors = JSON.stringify(searchDonors(db, centreId, q, DONORS_OF_A_SEARCH));
  const found = new Set(ask(db, OF_DONORS, { donors }));
  const figures = typedNumber(q).replace(/[,\u066c]/g, '');
  const [, year, number] = /^(\d{4})[-\u2010-\u2015](\d{1,9})$/.exec(plainDash(q)) ?? [];
  if (year)
    addAll(found, ask(db, OF_RECEIPT, { centreId, year: Number(year), number: Number(number) }));
  else if (/^\d{1,14}$/.test(figures)) {
    addAll(found, ask(db, OF_FIGURE, { centreId, figure: Number(figures) }));
  } else addAll(found, ask(db, OF_PURPOSE, { centreId, purpose: searchText(q) }));
  return JSON.stringify([...found]);
}

const OF_DONORS =
  'SELECT id FROM donations WHERE donor_id IN (SELECT value FROM json_each(@donors))';
const OF_RECEIPT = `SELECT donation_id FROM receipts
  WHERE centre_id = @centreId AND year = @year AND number = @number`;
const OF_FIGURE = `SELECT id FROM donations WHERE centre_id = @centreId AND amount_rial = @figure
  UNION SELECT donation_id FROM receipts WHERE centre_id = @centreId AND number = @figure
    AND year IN (SELECT year FROM numbers WHERE series = 'receipt' AND centre_id = @centreId)`;
const OF_PURPOSE = `SELECT id FROM donations WHERE centre_id = @centreId AND @purpose <> ''
  AND purpose_search IS NOT NULL AND instr(purpose_search, @purpose) > 0`;

function ask(db: Db, sql: string, values: Record<string, unknown>): number[] {
  return queries(db)(sql).pluck().all(values) as number[];
}

function addAll(found: Set<number>, more: number[]): void {
  for (const id of more) found.add(id);
}

function plainDash(q: string): string {
  return typedFigures(q).replace(/\s/g, '');
}
