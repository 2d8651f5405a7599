/** Which gifts a list has, and in which order: filters and sorts put into SQL. */
import { LATE_GIFTS } from '../lateness/mark.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { sortKey } from '../values/persian-text.ts';
import { soughtIds } from './gift-search.ts';

export type GiftFilter = {
  from?: string;
  to?: string;
  /** Gifts with this intention, also those of which it has only a part. */
  fund?: string;
  /** Gifts whose first or only intention this is. */
  firstFund?: string;
  kind?: string;
  state?: 'issued' | 'cancelled';
  donor?: number;
  /** B-112: only gifts that were entered late. */
  late?: 'yes';
  q?: string;
};

/** The columns a list can be sorted by; a minus before the name turns the order around. */
const ORDERS = {
  receivedOn: ['d.received_on', 'd.id'],
  receipt: ['r.year', 'r.number'],
  amount: ['d.amount_rial', 'd.id'],
  purpose: ["CASE WHEN d.purpose IS NULL THEN '' ELSE sort_key(d.purpose) END", 'd.id'],
  // Withheld names stand together in the order of the gifts: the alphabet would tell of them (B-104).
  donor: ['o.may_be_named', 'CASE o.may_be_named WHEN 1 THEN o.name_sort END', 'd.id'],
  kind: ['d.kind', 'd.received_on', 'd.id'],
  fund: [
    '(SELECT position FROM funds WHERE code = d.fund)',
    ...['d.fund', 'd.received_on', 'd.id'],
  ],
  state: ['r.id IN (SELECT receipt_id FROM receipt_cancellations)', ...['d.received_on', 'd.id']],
} as const;
export type GiftOrder = keyof typeof ORDERS;
export type GiftSort = { by: GiftOrder; down: boolean };
type Place = { limit: number; offset: number };

/** Queries of a list differ by what is asked for; each is prepared once. */
export const queries = prepared((db) => {
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

/** Ids of a part of the list, or of all of it. */
export function giftIds(
  db: Db,
  centreId: number,
  filter: GiftFilter,
  sort: GiftSort,
  { limit, offset }: Partial<Place> = {},
): number[] {
  const { where, values } = conditions(db, centreId, filter);
  const order = ORDERS[sort.by].map((term) => `${term} ${sort.down ? 'DESC' : 'ASC'}`).join(', ');
  const sql = `SELECT d.id ${tablesFor(sort.by, isNarrow(filter))} WHERE ${where}
    ORDER BY ${order} LIMIT @limit OFFSET @offset`;
  const place = { limit: limit ?? -1, offset: offset ?? 0 };
  const query = queries(db)(sql).pluck();
  return query.all({ ...values, ...place }) as number[];
}

/** A page of the list; one in the second half is read from the end, which is nearer. */
export function pageIds(
  db: Db,
  centreId: number,
  filter: GiftFilter,
  sort: GiftSort,
  { limit, offset, total }: Place & { total: number },
): number[] {
  const groups = isNarrow(filter) ? undefined : groupsFor(db, centreId, filter, sort);
  const read = (turned: GiftSort, place: Place) =>
    groups
      ? idsByGroup(db, centreId, filter, groups(turned.down), { ...place, down: turned.down })
      : giftIds(db, centreId, filter, turned, place);
  if (offset <= total / 2) return read(sort, { limit, offset });
  const rest = Math.max(0, Math.min(limit, total - offset));
  const place = { limit: rest, offset: total - offset - rest };
  return read({ ...sort, down: !sort.down }, place).reverse();
}

type Group = { part: Partial<GiftFilter>; count: number };

/**
 * An order by fund, kind or state is an order of groups, each by its days: their sizes are kept, so
 * that no page has to sort a whole centre. Undefined for an order that has no groups.
 */
function groupsFor(db: Db, centreId: number, filter: GiftFilter, { by }: GiftSort) {
  if (by !== 'fund' && by !== 'kind' && by !== 'state') return undefined;
  // The sums of days count a divided gift in its first fund only.
  if (filter.fund && queries(db)(HAS_PARTS).pluck().get(filter.fund) === 1) return undefined;
  const key = by === 'fund' ? 'firstFund' : by;
  const { where, values } = dayConditions(centreId, filter);
  const sql = by === 'state' ? STATE_GROUPS : GROUPS[by];
  const rows = queries(db)(sql.replaceAll('@where', where)).all(values) as GroupRow[];
  const groups = rows.map(({ value, count }): Group => ({ part: { [key]: value }, count }));
  return (down: boolean) => (down ? groups.toReversed() : groups);
}

const HAS_PARTS = 'SELECT EXISTS (SELECT 1 FROM gift_funds WHERE fund = ? AND position > 1)';

type GroupRow = { value: string; count: number };

const COUNT =
  "sum(CASE @state WHEN 'issued' THEN given_count - cancelled_count ELSE given_count END)";
const GROUPS = {
  fund: `SELECT fund AS value, ${COUNT} AS count FROM donation_days WHERE @where
    GROUP BY fund ORDER BY (SELECT position FROM funds WHERE code = fund), fund`,
  kind: `SELECT kind AS value, ${COUNT} AS count FROM donation_days WHERE @where
    GROUP BY kind ORDER BY kind`,
};
const STATE_GROUPS = `SELECT 'issued' AS value, coalesce(sum(given_count - cancelled_count), 0) AS count
  FROM donation_days WHERE @where
  UNION ALL SELECT 'cancelled', iif(@state IS 'issued', 0, coalesce(sum(cancelled_count), 0))
  FROM donation_days WHERE @where`;

function idsByGroup(
  db: Db,
  centreId: number,
  filter: GiftFilter,
  groups: Group[],
  { limit, offset, down }: Place & { down: boolean },
): number[] {
  const ids: number[] = [];
  let skipped = offset;
  for (const { part, count } of groups) {
    if (ids.length === limit) break;
    if (skipped >= count) {
      skipped -= count;
      continue;
    }
    const place = { limit: limit - ids.length, offset: skipped };
    ids.push(...giftIds(db, centreId, { ...filter, ...part }, { by: 'receivedOn', down }, place));
    skipped = 0;
  }
  return ids;
}

/** The same filter on the sums of days. */
export function dayConditions(centreId: number, { from, to, fund, kind, state }: GiftFilter) {
  const where = [
    'centre_id = @centreId',
    ...(from ? ['received_on >= @from'] : []),
    ...(to ? ['received_on <= @to'] : []),
    ...(fund ? ['fund = @fund'] : []),
    ...(kind ? ['kind = @kind'] : []),
  ].join(' AND ');
  return { where, values: { centreId, from, to, fund, kind, state } };
}

/** Whether the filter leaves so little that it is found first and sorted then. */
function isNarrow({ donor, q, state, late }: GiftFilter): boolean {
  return donor !== undefined || q !== undefined || late !== undefined || state === 'cancelled';
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

/** What a list is narrowed to; `values` are those of the names in it. */
export function conditions(db: Db, centreId: number, filter: GiftFilter) {
  const { q, ...plain } = filter;
  const sought = q ? soughtIds(db, centreId, q) : undefined;
  const where = [
    // With a plus before it a column's index is left alone, for the narrower one is better.
    `${isNarrow(filter) ? '+' : ''}d.centre_id = @centreId`,
    ...(filter.from ? ['d.received_on >= @from'] : []),
    ...(filter.to ? ['d.received_on <= @to'] : []),
    ...(filter.fund ? [OF_FUND] : []),
    ...(filter.firstFund ? ['d.fund = @firstFund'] : []),
    ...(filter.kind ? ['d.kind = @kind'] : []),
    ...(filter.donor ? ['d.donor_id = @donor'] : []),
    ...(filter.state ? [`d.id ${filter.state === 'issued' ? 'NOT IN' : 'IN'} (${CANCELLED})`] : []),
    ...(filter.late ? [`d.id IN (SELECT x.id ${LATE_GIFTS})`] : []),
    ...(sought ? ['d.id IN (SELECT value FROM json_each(@sought))'] : []),
  ].join(' AND ');
  return { where, values: { ...plain, centreId, sought } };
}

const OF_FUND = `(d.fund = @fund
  OR d.id IN (SELECT donation_id FROM gift_funds WHERE fund = @fund AND position > 1))`;

const CANCELLED = `SELECT x.donation_id FROM receipt_cancellations c
  CROSS JOIN receipts x ON x.id = c.receipt_id AND x.centre_id = @centreId`;
