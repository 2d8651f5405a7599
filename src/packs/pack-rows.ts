/** Packs as they stand, and the months of a centre: which were sent, which are still owed (B-133). */
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import { addDays, dayInTehran, daysBetween } from '../values/jalali-date.ts';
import { DAYS_TO_SEND, dueOn, type Month, monthsEnded, readMonth, writtenMonth } from './months.ts';
import type { Way } from './schema.ts';

export type Pack = {
  id: number;
  year: number;
  month: number;
  nth: number;
  fromOn: string;
  toOn: string;
  untilEntryId: number;
  receiptsRial: number;
  paymentsRial: number;
  deliveriesRial: number;
  /** SHA-256 of its manifest. */
  seal: string;
  issuedOn: string;
  issuedBy: string;
  paperId: number;
  /** The number of its letter, and the code by which that is checked. */
  letter: string;
  handing: Handing | null;
};

export type Handing = {
  receiver: string;
  way: Way;
  secretariatNumber: string;
  handedOn: string;
  recordedOn: string;
  recordedBy: string;
};

const SELECT = `SELECT p.id, p.year, p.month, p.nth, p.from_on AS fromOn, p.to_on AS toOn,
    p.until_entry_id AS untilEntryId, p.receipts_rial AS receiptsRial,
    p.payments_rial AS paymentsRial, p.deliveries_rial AS deliveriesRial,
    lower(hex(p.seal)) AS seal, p.issued_on AS issuedOn, u.name AS issuedBy,
    p.paper_id AS paperId, a.number AS letter, h.receiver, h.way,
    h.secretariat_number AS secretariatNumber, h.handed_on AS handedOn,
    h.recorded_on AS recordedOn, w.name AS recordedBy
  FROM packs p JOIN users u ON u.id = p.issued_by JOIN papers a ON a.id = p.paper_id
  LEFT JOIN pack_handings h ON h.id = (SELECT max(id) FROM pack_handings WHERE pack_id = p.id)
  LEFT JOIN users w ON w.id = h.recorded_by`;

const statements = prepared(({ $client: client }) => ({
  all: client.prepare(`${SELECT} WHERE p.centre_id = ? ORDER BY p.year, p.month, p.nth`),
  ofMonth: client.prepare(
    `${SELECT} WHERE p.centre_id = ? AND p.year = ? AND p.month = ? ORDER BY p.nth`,
  ),
  handings: client.prepare(
    `SELECT h.receiver, h.way, h.secretariat_number AS secretariatNumber, h.handed_on AS handedOn,
       h.recorded_on AS recordedOn, u.name AS recordedBy
     FROM pack_handings h JOIN users u ON u.id = h.recorded_by WHERE h.pack_id = ? ORDER BY h.id`,
  ),
  firstOn: client
    .prepare(
      `SELECT min(e.entry_on) FROM entries e WHERE e.centre_id = ?
         AND e.source IN ('donation', 'box', 'payment', 'delivery')`,
    )
    .pluck(),
  any: client
    .prepare(
      `SELECT 1 FROM documented_entries
       WHERE centre_id = ? AND entry_on BETWEEN ? AND ? AND amount_rial <> 0 LIMIT 1`,
    )
    .pluck(),
  // What came after the month's last pack: entered late, or taken back since.
  news: client.prepare(
    `SELECT count(*) AS count, min(e.posted_at) AS since FROM (
       SELECT entry_id FROM documented_entries WHERE centre_id = @centreId
         AND entry_on BETWEEN @from AND @to AND entry_id > @until AND amount_rial <> 0
       UNION SELECT x.id FROM entries x JOIN pack_rows r ON r.entry_id = x.reverses_entry_id
         JOIN packs k ON k.id = r.pack_id AND k.year = @year AND k.month = @month
           AND k.centre_id = @centreId
         WHERE x.centre_id = @centreId AND x.reverses_entry_id IS NOT NULL AND x.id > @until
           AND x.entry_on > @to) n JOIN entries e ON e.id = n.entry_id`,
  ),
}));

type Raw = Omit<Pack, 'handing'> & { [key in keyof Handing]: Handing[key] | null };

export function packsOfMonth(db: Db, centreId: number, { year, month }: Month): Pack[] {
  return (statements(db).ofMonth.all(centreId, year, month) as Raw[]).map(whole);
}

export function findPack(db: Db, centreId: number, month: Month, nth: number): Pack {
  const found = packsOfMonth(db, centreId, month).find((pack) => pack.nth === nth);
  if (!found) throw new NotFound();
  return found;
}

/** Every mark of its handing over, the last of which holds. */
export function handingsOf(db: Db, packId: number): Handing[] {
  return statements(db).handings.all(packId) as Handing[];
}

/** `none`: nothing came or went; `open`: in time yet; the last, that something changed since. */
export const MONTH_STATES = ['none', 'open', 'owed', 'made', 'sent', 'changed'] as const;
export type MonthState = (typeof MONTH_STATES)[number];

export type MonthRow = Month & {
  /** As 1405-07. */
  key: string;
  state: MonthState;
  packs: Pack[];
  /** The day by which the committee should have what is owed; null when nothing is. */
  dueOn: string | null;
  /** So many days past that day, or after it when it was handed over; null when in time. */
  lateDays: number | null;
  /** How many entries were added or taken back since its last pack. */
  news: number;
};

/** Every month of the centre that has ended, the newest first. */
export function monthsOfPacks(db: Db, centreId: number, today: string): MonthRow[] {
  const firstOn = statements(db).firstOn.get(centreId) as string | null;
  if (firstOn === null) return [];
  const packs = Map.groupBy((statements(db).all.all(centreId) as Raw[]).map(whole), writtenMonth);
  return monthsEnded(firstOn, today).map((month) =>
    monthRow(db, centreId, month, { packs: packs.get(writtenMonth(month)) ?? [], today }),
  );
}

/** One month; undefined for what names none, or one that has not ended. */
export function findMonth(
  db: Db,
  centreId: number,
  written: string,
  today: string,
): MonthRow | undefined {
  const month = readMonth(written);
  if (!month || month.to >= today) return undefined;
  return monthRow(db, centreId, month, { packs: packsOfMonth(db, centreId, month), today });
}

type Known = { packs: Pack[]; today: string };

function monthRow(db: Db, centreId: number, month: Month, { packs, today }: Known): MonthRow {
  const key = writtenMonth(month);
  const last = packs.at(-1);
  const row = { ...month, key, packs, news: 0, lateDays: null };
  if (!last) {
    const any = statements(db).any.get(centreId, month.from, month.to) !== undefined;
    if (!any) return { ...row, state: 'none', dueOn: null };
    const due = dueOn(month);
    const lateDays = daysAfter(due, today);
    return { ...row, state: lateDays === null ? 'open' : 'owed', dueOn: due, lateDays };
  }
  const { from, to, year, month: of } = month;
  const asked = { centreId, from, to, year, month: of, until: last.untilEntryId };
  const news = statements(db).news.get(asked) as { count: number; since: string | null };
  if (news.since !== null) {
    const due = addDays(dayInTehran(news.since), DAYS_TO_SEND);
    return {
      ...{ ...row, state: 'changed', dueOn: due, news: news.count },
      lateDays: daysAfter(due, today),
    };
  }
  const open = packs.find(({ handing }) => handing === null);
  const due = dueOfPack(open ?? packs[0]!);
  if (open) return { ...row, state: 'made', dueOn: due, lateDays: daysAfter(due, today) };
  return {
    ...row,
    state: 'sent',
    dueOn: null,
    lateDays: daysAfter(due, packs[0]!.handing!.handedOn),
  };
}

/** The month's own pack after the month; a correction after it was made. */
const dueOfPack = ({ nth, toOn, issuedOn }: Pack): string =>
  nth === 1 ? dueOn({ to: toOn }) : addDays(issuedOn, DAYS_TO_SEND);

function daysAfter(due: string, day: string): number | null {
  const days = daysBetween(due, day);
  return days > 0 ? days : null;
}

function whole({
  receiver,
  way,
  secretariatNumber,
  handedOn,
  recordedOn,
  recordedBy,
  ...raw
}: Raw): Pack {
  if (receiver === null) return { ...raw, handing: null };
  return {
    ...raw,
    handing: {
      ...{ receiver, way: way!, secretariatNumber: secretariatNumber!, handedOn: handedOn! },
      ...{ recordedOn: recordedOn!, recordedBy: recordedBy! },
    },
  };
}
