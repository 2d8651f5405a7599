/** The donors of a centre by the alphabet, with what each has given. */
import { type Db, prepared } from '../provinces/connection.ts';
import { fiscalYearDays } from '../values/jalali-date.ts';
import { searchDonors } from './donor-search.ts';
import { donorIdsOf } from './donors.ts';

export type DonorRow = {
  id: number;
  name: string;
  nationalId: string | null;
  mobile: string | null;
  mayBeNamed: number;
  /** Gifts that count, what they come to, and the day of the last one. */
  gifts: number;
  rial: number;
  lastOn: string | null;
};

export type DonorOrder = 'name' | 'gifts' | 'rial' | 'lastOn';
export type DonorSort = { by: DonorOrder; down: boolean };

const NAME_UP = 'ORDER BY name_sort, id';
const NAME_DOWN = 'ORDER BY name_sort DESC, id DESC';
const COUNTED = `LEFT JOIN receipts r ON r.donation_id = d.id
  LEFT JOIN receipt_cancellations c ON c.receipt_id = r.id`;

const statements = prepared((db) => ({
  named: ids(db, `SELECT id FROM donors WHERE centre_id = ? AND may_be_named = 1 ${NAME_UP}`),
  namedDown: ids(db, `SELECT id FROM donors WHERE centre_id = ? AND may_be_named = 1 ${NAME_DOWN}`),
  // In the alphabet they would stand between the names on either side, so they stand after all.
  withheld: ids(db, 'SELECT id FROM donors WHERE centre_id = ? AND may_be_named = 0 ORDER BY id'),
  rows: db.$client.prepare(
    `SELECT o.id, o.name, o.national_id AS nationalId, o.mobile, o.may_be_named AS mayBeNamed,
       sum(d.id IS NOT NULL AND c.receipt_id IS NULL) AS gifts,
       coalesce(sum(iif(c.receipt_id IS NULL, d.amount_rial, 0)), 0) AS rial,
       max(iif(c.receipt_id IS NULL, d.received_on, NULL)) AS lastOn
     FROM json_each(?) j CROSS JOIN donors o ON o.id = j.value
     LEFT JOIN donations d ON d.donor_id = o.id ${COUNTED}
     GROUP BY j.key ORDER BY j.key`,
  ),
  count: db.$client.prepare('SELECT count(*) FROM donors WHERE centre_id = ?').pluck(),
  countNamed: db.$client
    .prepare('SELECT count(*) FROM donors WHERE centre_id = ? AND may_be_named = 1')
    .pluck(),
  byGift: Object.fromEntries(
    (['gifts', 'rial', 'lastOn'] as const).flatMap((by) => [
      [by, byGift(db, by, 'ASC')],
      [`-${by}`, byGift(db, by, 'DESC')],
    ]),
  ),
  inYear: db.$client.prepare(
    `SELECT count(d.id) AS count, coalesce(sum(d.amount_rial), 0) AS rial
     FROM donations d ${COUNTED}
     WHERE d.donor_id = ? AND d.received_on BETWEEN ? AND ? AND c.receipt_id IS NULL`,
  ),
  found: db.$client.prepare(
    `SELECT o.id, o.name, o.national_id AS nationalId, o.mobile, o.may_be_named AS mayBeNamed,
       (SELECT count(*) FROM donations WHERE donor_id = o.id) AS gifts,
       (SELECT received_on FROM donations WHERE donor_id = o.id ORDER BY id DESC LIMIT 1) AS lastOn
     FROM json_each(?) j CROSS JOIN donors o ON o.id = j.value ORDER BY j.key`,
  ),
}));

function ids(db: Db, sql: string) {
  return db.$client.prepare(`${sql} LIMIT ? OFFSET ?`).pluck();
}

const GIFT_ORDERS = {
  gifts: 'count(d.id)',
  rial: 'sum(d.amount_rial)',
  lastOn: 'max(d.received_on)',
};

function byGift(db: Db, by: keyof typeof GIFT_ORDERS, direction: 'ASC' | 'DESC') {
  return db.$client
    .prepare(
      `SELECT o.id FROM donors o LEFT JOIN (
         SELECT d.donor_id, ${GIFT_ORDERS[by]} AS given FROM donations d ${COUNTED}
         WHERE d.donor_id BETWEEN @first AND @last AND c.receipt_id IS NULL GROUP BY d.donor_id
       ) g ON g.donor_id = o.id
       WHERE o.centre_id = @centreId
       ORDER BY g.given ${direction}, o.id LIMIT @limit OFFSET @offset`,
    )
    .pluck();
}

/** A search on a page shows so many at most; whoever seeks one among more writes more letters. */
export const FOUND_AT_MOST = 200;
const FOUND_IN_FILE = 5000;

/** A part of the list and how many there are; a search has what it finds, the likeliest first. */
export function donorPage(
  db: Db,
  centreId: number,
  { q, sort }: { q?: string; sort: DonorSort },
  place: { limit: number; offset: number },
): { ids: number[]; total: number } {
  if (!q) return { ids: donorIds(db, centreId, sort, place), total: countDonors(db, centreId) };
  const found = searchDonors(db, centreId, q, FOUND_AT_MOST);
  return { ids: found.slice(place.offset, place.offset + place.limit), total: found.length };
}

/** Every donor of the list, for a file. */
export function everyDonor(
  db: Db,
  centreId: number,
  { q, sort }: { q?: string; sort: DonorSort },
  { limit, offset }: { limit: number; offset: number },
): DonorRow[] {
  const found = q && searchDonors(db, centreId, q, FOUND_IN_FILE);
  const part = found ? found.slice(offset, offset + limit) : undefined;
  return donorRows(db, part ?? donorIds(db, centreId, sort, { limit, offset }));
}

function donorIds(
  db: Db,
  centreId: number,
  sort: DonorSort,
  { limit, offset }: { limit: number; offset: number },
): number[] {
  if (sort.by !== 'name') return idsByGift(db, centreId, sort, limit, offset);
  const { named, namedDown, withheld } = statements(db);
  const first = (sort.down ? namedDown : named).all(centreId, limit, offset) as number[];
  if (first.length === limit) return first;
  const past = offset === 0 ? 0 : Math.max(0, offset - countNamed(db, centreId));
  return [...first, ...(withheld.all(centreId, limit - first.length, past) as number[])];
}

export function donorRows(db: Db, donors: number[]): DonorRow[] {
  return statements(db).rows.all(JSON.stringify(donors)) as DonorRow[];
}

/** The same for the search under a field, where only how often and when last is told. */
export function foundRows(db: Db, donors: number[]): Omit<DonorRow, 'rial'>[] {
  return statements(db).found.all(JSON.stringify(donors)) as Omit<DonorRow, 'rial'>[];
}

export function countDonors(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

/** What a donor gave in a fiscal year. */
export function givenInYear(
  db: Db,
  donorId: number,
  year: number,
): { count: number; rial: number } {
  const { from, to } = fiscalYearDays(year);
  return statements(db).inYear.get(donorId, from, to) as { count: number; rial: number };
}

function countNamed(db: Db, centreId: number): number {
  return statements(db).countNamed.get(centreId) as number;
}

function idsByGift(
  db: Db,
  centreId: number,
  sort: DonorSort,
  limit: number,
  offset: number,
): number[] {
  const [first, last] = donorIdsOf(centreId);
  const statement = statements(db).byGift[`${sort.down ? '-' : ''}${sort.by}`]!;
  return statement.all({ centreId, first, last, limit, offset }) as number[];
}
