/** The journal: entries in the order of their numbers, a page at a time or from end to end. */
import { type Db, prepared } from '../provinces/connection.ts';
import { type Entry, type EntryLine, findEntryById, linesOf } from './entries.ts';
import { idsOfDays } from './entry-ids.ts';
import { type Period, type YearPart, yearsOf } from './period.ts';

export type JournalEntry = Entry & {
  lines: EntryLine[];
  /** The number of the receipt whose gift it books. */
  receipt: { year: number; number: number } | null;
  reverses: { year: number; number: number } | null;
  reversedBy: { year: number; number: number } | null;
};

export type JournalOrder = 'number' | '-number';

/** One line with what its entry says, as the papers and files of the journal have it. */
export type JournalRow = {
  year: number;
  number: number;
  entryOn: string;
  description: string;
  line: number;
  account: string;
  fund: string;
  debitRial: number;
  creditRial: number;
  detail: string | null;
  /** The receipt whose gift it books, as `1405-000001`. */
  receipt: string | null;
  /** The entry it takes back, as `1405-12`. */
  reverses: string | null;
  /** Of an entry that closes or opens a year, or takes that back. */
  yearEnd: 'closing' | 'opening' | null;
};

/** Entries looked through at once; between two windows other requests have their turn. */
const WINDOW = 200;

const IN_DAYS = 'e.centre_id = @centreId AND e.entry_on BETWEEN @from AND @to';
// Half-spaces and spaces are one to whoever searches.
const SAID = "instr(replace(e.description, char(8204), ' '), @text) > 0";

const ROWS = `SELECT e.year, e.number, e.entry_on AS entryOn, e.description, l.line, l.account,
    l.fund, l.debit_rial AS debitRial, l.credit_rial AS creditRial, l.detail,
    CASE WHEN r.id IS NOT NULL THEN printf('%d-%06d', r.year, r.number) END AS receipt,
    CASE WHEN o.id IS NOT NULL THEN printf('%d-%d', o.year, o.number) END AS reverses,
    CASE WHEN coalesce(o.source, e.source) IN ('closing', 'opening')
      THEN coalesce(o.source, e.source) END AS yearEnd
  FROM entries e JOIN entry_lines l ON l.entry_id = e.id
    LEFT JOIN receipts r ON r.donation_id = e.donation_id
    LEFT JOIN entries o ON o.id = e.reverses_entry_id
  WHERE e.centre_id = @centreId AND e.year = @year AND e.number > @after AND e.number <= @until
    AND e.entry_on BETWEEN @from AND @to AND +e.id <= @untilEntryId`;

const statements = prepared((db) => ({
  countYear: db.$client
    .prepare(
      `SELECT last_number - (SELECT coalesce(sum(to_number - from_number + 1), 0) FROM lost_numbers
         WHERE series = 'entry' AND centre_id = @centreId AND year = @year)
       FROM numbers WHERE series = 'entry' AND centre_id = @centreId AND year = @year`,
    )
    .pluck(),
  countDays: db.$client.prepare(`SELECT count(*) FROM entries e WHERE ${IN_DAYS}`).pluck(),
  idsOfYear: db.$client
    .prepare(
      `SELECT id FROM entries WHERE centre_id = @centreId AND year = @year AND number > @after
       ORDER BY number LIMIT @limit`,
    )
    .pluck(),
  idsOfDays: db.$client
    .prepare(`SELECT e.id FROM entries e WHERE ${IN_DAYS} ORDER BY e.id LIMIT @limit OFFSET @skip`)
    .pluck(),
  lost: db.$client.prepare(
    `SELECT from_number AS first, to_number AS last FROM lost_numbers
     WHERE series = 'entry' AND centre_id = @centreId AND year = @year ORDER BY from_number`,
  ),
  ends: db.$client.prepare(
    `SELECT min(number) AS first, max(number) AS last FROM entries
     WHERE centre_id = @centreId AND year = @year`,
  ),
  endsOfIds: db.$client.prepare(
    `SELECT a.number AS first, z.number AS last FROM entries a, entries z
     WHERE a.id = @first AND z.id = @last`,
  ),
  rows: db.$client.prepare(`${ROWS} ORDER BY e.number, l.line`),
  rowsSaying: db.$client.prepare(`${ROWS} AND ${SAID} ORDER BY e.number, l.line`),
  idsSaying: db.$client
    .prepare(
      `SELECT e.id FROM entries e WHERE e.centre_id = @centreId AND e.year = @year
         AND e.number > @after AND e.number <= @until AND e.entry_on BETWEEN @from AND @to
         AND ${SAID} ORDER BY e.number`,
    )
    .pluck(),
  receipt: db.$client.prepare('SELECT year, number FROM receipts WHERE donation_id = ?'),
  entryOfReceipt: db.$client
    .prepare('SELECT entry_id FROM receipts WHERE centre_id = ? AND year = ? AND number = ?')
    .pluck(),
  idOfNumber: db.$client
    .prepare('SELECT id FROM entries WHERE centre_id = ? AND year = ? AND number = ?')
    .pluck(),
  number: db.$client.prepare('SELECT year, number FROM entries WHERE id = ?'),
  reversal: db.$client.prepare('SELECT year, number FROM entries WHERE reverses_entry_id = ?'),
}));

type Asked = Period & { order: JournalOrder; page: number; perPage: number };

/** One page of the journal's entries, and how many there are in the period. */
export function journalPage(
  db: Db,
  centreId: number,
  { from, to, order, page, perPage }: Asked,
): { entries: JournalEntry[]; total: number } {
  const parts = yearsOf({ from, to }).map((part) => ({
    ...part,
    count: countOf(db, centreId, part),
  }));
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  const ends = order === 'number' ? page * perPage : total - (page - 1) * perPage;
  const starts = Math.max(0, ends - perPage);
  const ids: number[] = [];
  let before = 0;
  for (const part of parts) {
    const skip = Math.max(0, starts - before);
    const limit = Math.min(part.count, ends - before) - skip;
    if (limit > 0) ids.push(...idsOf(db, centreId, part, { skip, limit }));
    before += part.count;
  }
  if (order === '-number') ids.reverse();
  return { entries: ids.map((id) => journalEntry(db, id)), total };
}

/** An entry with its lines and the papers and entries it belongs to. */
export function journalEntry(db: Db, id: number): JournalEntry {
  const { receipt, number, reversal } = statements(db);
  const entry = findEntryById(db, id);
  const named = (row: unknown) => (row as { year: number; number: number } | undefined) ?? null;
  return {
    ...entry,
    lines: linesOf(db, id),
    receipt: entry.donationId === null ? null : named(receipt.get(entry.donationId)),
    reverses: entry.reversesEntryId === null ? null : named(number.get(entry.reversesEntryId)),
    reversedBy: named(reversal.get(id)),
  };
}

function countOf(db: Db, centreId: number, { year, from, to, whole }: YearPart): number {
  const { countYear, countDays } = statements(db);
  const counted = whole ? countYear.get({ centreId, year }) : countDays.get({ centreId, from, to });
  return (counted as number | undefined) ?? 0;
}

type Place = { skip: number; limit: number };

function idsOf(db: Db, centreId: number, part: YearPart, { skip, limit }: Place): number[] {
  const { idsOfYear, idsOfDays } = statements(db);
  const { year, from, to, whole } = part;
  if (!whole) return idsOfDays.all({ centreId, from, to, skip, limit }) as number[];
  const after = numberAt(db, centreId, year, skip);
  return idsOfYear.all({ centreId, year, after, limit }) as number[];
}

type Range = { first: number | null; last: number | null };

/** The number of the so-many-th entry of a year: the same, but for numbers that a restore lost. */
function numberAt(db: Db, centreId: number, year: number, place: number): number {
  let number = place;
  for (const { first, last } of statements(db).lost.all({ centreId, year }) as Range[]) {
    if (first! <= number) number += last! - first! + 1;
  }
  return number;
}

/** Days to read; of a sealed copy with the newest entry that is of it. */
type Reading = Period & { untilEntryId?: number };

/**
 * All lines of the period in the order of the entries' numbers, some hundred at a time; `text`
 * leaves only entries that say it.
 */
export function* journalRows(
  db: Db,
  centreId: number,
  period: Reading,
  text?: string,
): Generator<JournalRow[]> {
  const { rows, rowsSaying } = statements(db);
  const { untilEntryId = Number.MAX_SAFE_INTEGER } = period;
  for (const window of windowsOf(db, centreId, period)) {
    const read = { ...window, untilEntryId };
    const batch = text ? rowsSaying.all({ ...read, text }) : rows.all(read);
    if (batch.length > 0) yield batch as JournalRow[];
  }
}

type Window = Period & { centreId: number; year: number; after: number; until: number };

/** Ranges of numbers that hold all entries of the period. */
function* windowsOf(db: Db, centreId: number, period: Period): Generator<Window> {
  for (const part of yearsOf(period)) {
    const { year, from, to } = part;
    const ends = endsOf(db, centreId, part);
    if (!ends) continue;
    for (let after = ends.first - 1; after < ends.last; after += WINDOW) {
      yield { centreId, year, from, to, after, until: Math.min(after + WINDOW, ends.last) };
    }
  }
}

/** The first and the last number of the part; what is posted later is not of this reading. */
function endsOf(db: Db, centreId: number, part: YearPart): { first: number; last: number } | null {
  const { ends, endsOfIds } = statements(db);
  const { year, whole } = part;
  if (!whole) {
    const ids = idsOfDays(db, centreId, part);
    return ids ? (endsOfIds.get(ids) as { first: number; last: number }) : null;
  }
  const { first, last } = ends.get({ centreId, year }) as Range;
  return first === null || last === null ? null : { first, last };
}

/** What a search of the journal looks for: one entry by its number, or words of the description. */
export type JournalSearch = { ids: number[] } | { text: string };

/**
 * Reads a search: `12` is the entry of that number in each year of the period, `1405-12` an entry,
 * `1405-000012` the entry of a receipt, anything else words of the description.
 */
export function readSearch(db: Db, centreId: number, period: Period, q: string): JournalSearch {
  const { idOfNumber, entryOfReceipt } = statements(db);
  const [, year, number] = /^(?:(\d{4})[-/])?(\d{1,9})$/.exec(q) ?? [];
  if (number === undefined) return { text: q.replaceAll('\u200c', ' ') };
  const find = year && number.length >= 6 ? entryOfReceipt : idOfNumber;
  const years = year ? [Number(year)] : yearsOf(period).map((part) => part.year);
  const ids = years.map((one) => find.get(centreId, one, Number(number)) as number | undefined);
  return { ids: ids.filter((id) => id !== undefined) };
}

/** The entries whose description has the words, newest first, giving way between windows. */
export async function entriesSaying(
  db: Db,
  centreId: number,
  period: Period,
  { text, skip, limit }: { text: string; skip: number; limit: number },
): Promise<number[]> {
  const found: number[] = [];
  for (const window of [...windowsOf(db, centreId, period)].reverse()) {
    const ids = statements(db).idsSaying.all({ ...window, text }) as number[];
    found.push(...ids.reverse());
    if (found.length >= skip + limit) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return found.slice(skip, skip + limit);
}
