/**
 * The end of a fiscal year: income and expense of every fund go into its net assets, what remains on
 * the other accounts is carried into the next year's opening entry, and the year's days are closed.
 */
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import { fundsOf } from '../funds/funds.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { fiscalYearDays } from '../values/jalali-date.ts';
import { persianDigits } from '../values/persian-text.ts';
import { wordsFor } from '../words.ts';
import {
  type Line,
  MAX_LINES,
  nextEntry,
  type PostedEntry,
  postEntry,
  reverseEntry,
} from './entries.ts';
import { BOARD, closedThrough, lockThrough, unlockYear } from './periods.ts';
import type { ClosingKind } from './schema.ts';

export type YearClosing = {
  id: number;
  year: number;
  closedOn: string;
  closedByName: string;
  reopenedOn: string | null;
  reopenedByName: string | null;
  reason: string | null;
};

/** Income and expense into net assets; and what is carried into the next year. */
export type ClosingPlan = { temporary: Line[]; permanent: Line[] };

type Standing = { account: string; fund: string; net: number };

const statements = prepared((db) => ({
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM year_closings').pluck(),
  insert: db.$client.prepare('INSERT INTO year_closings VALUES (?, ?, ?, ?, ?, ?)'),
  insertEntry: db.$client.prepare('INSERT INTO year_closing_entries VALUES (?, ?, ?, ?, ?)'),
  reopen: db.$client.prepare('INSERT INTO year_reopenings VALUES (?, ?, ?, ?, ?)'),
  standing: db.$client.prepare(
    `SELECT account, fund, sum(debit_rial - credit_rial) AS net FROM balances
     WHERE centre_id = ? AND year <= ? GROUP BY account, fund HAVING net <> 0
     ORDER BY fund, account`,
  ),
  openYears: db.$client
    .prepare(
      `SELECT y.year FROM fiscal_years y WHERE y.centre_id = ? AND NOT EXISTS (
         SELECT 1 FROM year_closings c WHERE c.centre_id = y.centre_id AND c.year >= y.year
           AND NOT EXISTS (SELECT 1 FROM year_reopenings r WHERE r.closing_id = c.id))
       ORDER BY y.year`,
    )
    .pluck(),
  closings: db.$client.prepare(
    `SELECT c.id, c.year, c.closed_on AS closedOn, u.name AS closedByName,
       r.reopened_on AS reopenedOn, w.name AS reopenedByName, r.reason
     FROM year_closings c JOIN users u ON u.id = c.closed_by
     LEFT JOIN year_reopenings r ON r.closing_id = c.id LEFT JOIN users w ON w.id = r.reopened_by
     WHERE c.centre_id = ? ORDER BY c.id DESC`,
  ),
  entriesOf: db.$client.prepare(
    `SELECT entry_id AS id, kind FROM year_closing_entries WHERE closing_id = ? ORDER BY entry_id`,
  ),
}));

/** Fiscal years with entries that are not closed, the oldest first. */
export function openYears(db: Db, centreId: number): number[] {
  return statements(db).openYears.all(centreId) as number[];
}

export function closingsOf(db: Db, centreId: number): YearClosing[] {
  return statements(db).closings.all(centreId) as YearClosing[];
}

/**
 * Closes a fiscal year whole, in one act: the opening entries of the next year first (so that no fund
 * is ever without its money), then those that empty the year, then its days. Refuses a year that has
 * not passed, one with an open year before it, and one for whose days drafts are waiting.
 */
export function closeYear(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  year: number,
  knowing: string[] = [],
): YearClosing {
  const days = fiscalYearDays(year);
  requireClosable(tx, actor, centre, year);
  const { temporary, permanent } = closingPlan(tx, centre.id, year);
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'books.year-closed', subject: `year-closings/${id}`, centreId: centre.id },
    // What was still to be done when it was closed all the same.
    after: { year, ...(knowing.length > 0 && { knowing }) },
  });
  const post = (kind: ClosingKind, entryOn: string, lines: Line[]) =>
    postParts(tx, actor, { centre, year, id, kind, entryOn, lines, actId: act.id });
  post('opening', fiscalYearDays(year + 1).from, permanent.map(mirrored));
  post('temporary', days.to, temporary);
  post('permanent', days.to, permanent);
  if ((closedThrough(tx, centre.id) ?? '') < days.to) lockThrough(tx, actor, centre, days.to);
  const by = actor.user!.id;
  statements(tx).insert.run(id, centre.id, year, actor.today, by, act.id);
  return closingsOf(tx, centre.id).find((one) => one.id === id)!;
}

/**
 * Opens the newest closed year again, by a supervisor and with his reason: its closing entries are
 * taken back on their own days, and its days are open from the end of the month that is told.
 */
export function reopenYear(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { closing, reason }: { closing: YearClosing; reason: string },
): void {
  const newest = closingsOf(tx, centre.id).find(({ reopenedOn }) => reopenedOn === null);
  if (newest?.id !== closing.id) throw new Refusal('books:refusals.reopen-newest');
  const act = record(tx, actor, {
    ...{ kind: 'books.year-reopened', subject: `year-closings/${closing.id}`, centreId: centre.id },
    after: { year: closing.year, reason },
  });
  statements(tx).reopen.run(closing.id, reason, actor.today, actor.user!.id, act.id);
  unlockYear(tx, actor, centre, { throughOn: fiscalYearDays(closing.year - 1).to, reason });
  const entries = entriesOfClosing(tx, closing.id);
  const closed = entries.filter(({ kind }) => kind !== 'opening');
  const opened = entries.filter(({ kind }) => kind === 'opening');
  const on = {
    closed: fiscalYearDays(closing.year).to,
    opened: fiscalYearDays(closing.year + 1).from,
  };
  const taking = { actId: act.id, ofYearEnd: true };
  for (const { id } of closed)
    reverseEntry(tx, actor, id, reason, { ...taking, entryOn: on.closed });
  for (const { id } of opened)
    reverseEntry(tx, actor, id, reason, { ...taking, entryOn: on.opened });
  tell(tx, actor, act, {
    ...{ key: 'books:notices.year-reopened', href: `/books/year-end?year=${closing.year}` },
    ...{ said: { year: closing.year, reason }, centreId: centre.id, to: BOARD },
  });
}

function requireClosable(tx: Tx, actor: Actor, centre: Centre, year: number): void {
  if (fiscalYearDays(year).to >= actor.today) throw new Refusal('books:refusals.year-not-over');
  const [oldest] = openYears(tx, centre.id);
  if (closingInForce(tx, centre.id, year)) {
    throw new Refusal('books:refusals.year-closed', { values: { year } });
  }
  if (oldest === undefined || oldest > year) throw new Refusal('books:refusals.year-empty');
  if (oldest < year) {
    const values = { year: oldest };
    throw new Refusal('books:refusals.close-earlier', {
      values,
      mend: `/books/year-end?year=${oldest}`,
    });
  }
}

/** The closing by which a year is closed now, itself or with a later one. */
export function closingInForce(db: Db, centreId: number, year: number): YearClosing | undefined {
  return closingsOf(db, centreId).find((one) => one.reopenedOn === null && one.year >= year);
}

/** What would empty the year's accounts, as it stands now: nothing is written by asking. */
export function closingPlan(db: Db, centreId: number, year: number): ClosingPlan {
  return closingLines(db, statements(db).standing.all(centreId, year) as Standing[]);
}

/** The entries of a closing, in the order in which they were posted. */
export function entriesOfClosing(db: Db, closingId: number): { id: number; kind: ClosingKind }[] {
  return statements(db).entriesOf.all(closingId) as { id: number; kind: ClosingKind }[];
}

/** Groups of income, programmes, running costs and adjustments; and transfers between funds. */
export const TEMPORARY = /^[5678]|^4104$/;

/** The lines that empty every account: each fund's result goes into its own net assets. */
function closingLines(db: Db, standing: Standing[]): ClosingPlan {
  const free = new Set(
    fundsOf(db)
      .filter(({ restriction }) => restriction === 'free')
      .map(({ code }) => code),
  );
  const netAssets = (fund: string) => (free.has(fund) ? '4101' : '4102');
  const temporary: Line[] = [];
  const remains = new Map<string, Standing>();
  const add = (account: string, fund: string, net: number) => {
    const key = `${account} ${fund}`;
    const before = remains.get(key)?.net ?? 0;
    remains.set(key, { account, fund, net: before + net });
  };
  const results = new Map<string, number>();
  for (const { account, fund, net } of standing) {
    if (!TEMPORARY.test(account)) {
      add(account, fund, net);
      continue;
    }
    temporary.push(lineOf(account, fund, -net));
    results.set(fund, (results.get(fund) ?? 0) + net);
  }
  for (const [fund, net] of results) {
    if (net === 0) continue;
    temporary.push(lineOf(netAssets(fund), fund, net));
    add(netAssets(fund), fund, net);
  }
  const permanent = [...remains.values()]
    .filter(({ net }) => net !== 0)
    .map(({ account, fund, net }) => lineOf(account, fund, -net));
  return { temporary, permanent };
}

/** A line of this net: debited above zero, credited below. */
function lineOf(account: string, fund: string, net: number): Line {
  return { account, fund, debitRial: Math.max(net, 0), creditRial: Math.max(-net, 0) };
}

function mirrored({ account, fund, debitRial, creditRial }: Line): Line {
  return { account, fund, debitRial: creditRial, creditRial: debitRial };
}

type Part = {
  centre: Centre;
  year: number;
  id: number;
  kind: ClosingKind;
  entryOn: string;
  lines: Line[];
  actId: number;
};

/** Posts the lines fund by fund, as few entries as hold them: an entry balances in every fund. */
function postParts(tx: Tx, actor: Actor, part: Part): PostedEntry[] {
  const { centre, year, id, kind, entryOn, lines, actId } = part;
  const values = { year: persianDigits(String(year)) };
  return chunksByFund(lines).map((chunk) => {
    const next = nextEntry(tx, centre.id, entryOn);
    statements(tx).insertEntry.run(next.id, id, kind, year, centre.id);
    return postEntry(tx, actor, {
      ...{ centreId: centre.id, entryOn, actId, lines: chunk },
      ...{ source: kind === 'opening' ? 'opening' : 'closing', ofYearEnd: true },
      description: wordsFor('fa')(`books:year-end.${kind}`, values),
    });
  });
}

/** As few parts as an entry has room for, each of whole funds. */
export function chunksByFund(lines: Line[]): Line[][] {
  const byFund = Map.groupBy(lines, ({ fund }) => fund);
  const chunks: Line[][] = [];
  for (const ofFund of byFund.values()) {
    const last = chunks.at(-1);
    if (last && last.length + ofFund.length <= MAX_LINES) last.push(...ofFund);
    else chunks.push([...ofFund]);
  }
  return chunks;
}
