/** The gifts of a centre as a list, and what they come to. */
import { fundsOf } from '../funds/funds.ts';
import { giftEnteredOn, lateDaysSql } from '../lateness/mark.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { remembered } from '../provinces/remembered.ts';
import { newestAct } from '../trail/acts.ts';
import {
  conditions,
  dayConditions,
  type GiftFilter,
  type GiftSort,
  giftIds,
  queries,
} from './gift-query.ts';

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
  /** B-112: so many days after it was received, if that was too late; else null. */
  lateDays: number | null;
};

export type Sums = { count: number; rial: number };
export type GiftTotals = { issued: Sums; cancelled: Sums };

const statements = prepared((db) => ({
  rows: db.$client.prepare(
    `SELECT d.id, r.year, r.number, d.received_on AS receivedOn, d.kind,
       d.amount_rial AS amountRial, d.fund,
       d.donor_id AS donorId, o.name AS donorName, o.may_be_named AS mayBeNamed, d.purpose,
       date(r.issued_at, '+210 minutes') AS issuedOn, e.year AS entryYear,
       e.number AS entryNumber, c.reason,
       ${lateDaysSql('d.received_on', giftEnteredOn('d'))} AS lateDays
     FROM json_each(?) j CROSS JOIN donations d ON d.id = j.value
     JOIN receipts r ON r.donation_id = d.id JOIN entries e ON e.id = r.entry_id
     LEFT JOIN donors o ON o.id = d.donor_id
     LEFT JOIN receipt_cancellations c ON c.receipt_id = r.id
     ORDER BY j.key`,
  ),
  parts: db.$client.prepare(
    `SELECT donation_id AS id, fund, amount_rial AS amountRial
     FROM json_each(?) j CROSS JOIN gift_funds p ON p.donation_id = j.value
     ORDER BY p.donation_id, p.position`,
  ),
  laterParts: db.$client.prepare(
    `SELECT count(*) AS given, count(c.receipt_id) AS cancelled
     FROM gift_funds p CROSS JOIN donations d ON d.id = p.donation_id
     JOIN receipts r ON r.donation_id = d.id
     LEFT JOIN receipt_cancellations c ON c.receipt_id = r.id
     WHERE p.fund = @fund AND p.position > 1 AND d.centre_id = @centreId
       AND d.received_on BETWEEN coalesce(@from, '') AND coalesce(@to, '9999')
       AND d.kind = coalesce(@kind, d.kind)`,
  ),
  day: db.$client.prepare(
    `SELECT coalesce(sum(given_count - cancelled_count), 0) AS count,
       coalesce(sum(given_rial - cancelled_rial), 0) AS rial
     FROM donation_days WHERE centre_id = ? AND received_on = ?`,
  ),
}));

/**
 * The gifts of these ids, in the order of the ids. One over several funds has the names of all of
 * them; where one fund is asked for, it has that one and its part of the amount.
 */
export function giftRows(db: Db, ids: number[], fund?: string): GiftRow[] {
  const listed = JSON.stringify(ids);
  // Joined to each row, the names of the funds would cost a third of the list.
  const funds = new Map(fundsOf(db).map((one) => [one.code, one]));
  const named = <T extends Named>(row: T): T => {
    const { nameFa, nameEn } = funds.get(row.fund)!;
    return Object.assign(row, { fundFa: nameFa, fundEn: nameEn });
  };
  const rows = (statements(db).rows.all(listed) as GiftRow[]).map(named);
  const parts = (statements(db).parts.all(listed) as PartRow[]).map(named);
  if (parts.length === 0) return rows;
  const byGift = Map.groupBy(parts, ({ id }) => id);
  return rows.map((row) => withParts(row, byGift.get(row.id), fund));
}

type Named = { fund: string; fundFa: string; fundEn: string };
type PartRow = Pick<GiftRow, 'id' | 'fund' | 'amountRial' | 'fundFa' | 'fundEn'>;

function withParts(row: GiftRow, parts: PartRow[] | undefined, fund: string | undefined): GiftRow {
  if (!parts) return row;
  const one = parts.find((part) => part.fund === fund);
  if (one) return { ...row, ...one };
  return {
    ...row,
    fundFa: parts.map(({ fundFa }) => fundFa).join('\u060c '),
    fundEn: parts.map(({ fundEn }) => fundEn).join(', '),
  };
}

/** All gifts of the list, read in parts; which they are is settled when the first is asked for. */
export function* everyGift(
  db: Db,
  centreId: number,
  filter: GiftFilter,
  sort: GiftSort,
): Generator<GiftRow> {
  const ids = giftIds(db, centreId, filter, sort);
  for (let at = 0; at < ids.length; at += 500) {
    yield* giftRows(db, ids.slice(at, at + 500), filter.fund);
  }
}

/** How many gifts the list has and what they come to, those cancelled apart. */
export function giftTotals(db: Db, centreId: number, filter: GiftFilter): GiftTotals {
  const act = newestAct(db)?.id ?? 0;
  const key = JSON.stringify([centreId, filter]);
  const known = sums(db).get(key);
  if (known?.act === act) return known.totals;
  const totals =
    filter.q || filter.donor || filter.late
      ? summedUp(db, centreId, filter)
      : ofDays(db, centreId, filter);
  if (sums(db).size > 200) sums(db).clear();
  sums(db).set(key, { act, totals });
  return totals;
}

/** What was received on a day and still counts. */
export function sumOfDay(db: Db, centreId: number, day: string): Sums {
  return statements(db).day.get(centreId, day) as Sums;
}

/** Nothing is written without an act, so sums hold until the trail has a newer one. */
const sums = remembered(() => new Map<string, { act: number; totals: GiftTotals }>());

type SumRow = {
  givenCount: number;
  givenRial: number;
  cancelledCount: number;
  cancelledRial: number;
};

function ofDays(db: Db, centreId: number, filter: GiftFilter): GiftTotals {
  const { where, values } = dayConditions(centreId, filter);
  const sql = `SELECT coalesce(sum(given_count), 0) AS givenCount,
      coalesce(sum(given_rial), 0) AS givenRial,
      coalesce(sum(cancelled_count), 0) AS cancelledCount,
      coalesce(sum(cancelled_rial), 0) AS cancelledRial
    FROM donation_days WHERE ${where}`;
  const row = queries(db)(sql).get(values) as SumRow;
  const later = laterParts(db, centreId, filter);
  const givenCount = row.givenCount + later.given;
  const cancelledCount = row.cancelledCount + later.cancelled;
  return totalsOf({ ...row, givenCount, cancelledCount }, filter.state);
}

/** Gifts of which this fund has a part that is not the first: the days count them elsewhere. */
function laterParts(db: Db, centreId: number, { fund, from, to, kind }: GiftFilter) {
  if (!fund) return { given: 0, cancelled: 0 };
  const asked = { centreId, fund, from: from ?? null, to: to ?? null, kind: kind ?? null };
  return statements(db).laterParts.get(asked) as { given: number; cancelled: number };
}

function summedUp(db: Db, centreId: number, filter: GiftFilter): GiftTotals {
  const { where, values } = conditions(db, centreId, filter);
  const rial = filter.fund ? PART_RIAL : 'd.amount_rial';
  const sql = `SELECT count(*) AS givenCount, coalesce(sum(${rial}), 0) AS givenRial,
      count(c.receipt_id) AS cancelledCount,
      coalesce(sum(iif(c.receipt_id IS NULL, 0, ${rial})), 0) AS cancelledRial
    FROM donations d JOIN receipts r ON r.donation_id = d.id
    LEFT JOIN receipt_cancellations c ON c.receipt_id = r.id WHERE ${where}`;
  return totalsOf(queries(db)(sql).get(values) as SumRow, undefined);
}

const PART_RIAL = `coalesce((SELECT amount_rial FROM gift_funds
  WHERE donation_id = d.id AND fund = @fund), d.amount_rial)`;

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
