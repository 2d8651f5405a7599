/** Journal entries: posted whole with the next number, final from then on, undone by a reversal only. */
import type { Actor } from '../access/actor.ts';
import { asApprover } from '../funds/by-hand.ts';
import { accountOfFund } from '../funds/funds.ts';
import { leavesFor, spendUnderLeave } from '../funds/leave.ts';
import { requireSpending } from '../funds/spending.ts';
import { requireMoves } from '../goods/booked.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { nextNumber, writtenNumber } from '../provinces/numbering.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { jalaliParts } from '../values/jalali-date.ts';
import { persianDigits } from '../values/persian-text.ts';
import { MAX_RIAL } from '../values/rial.ts';
import { wordsFor } from '../words.ts';
import { findAccount } from './accounts.ts';
import { requireOpenDay } from './periods.ts';
import type { Source } from './schema.ts';

export type Line = {
  account: string;
  fund: string;
  debitRial: number;
  creditRial: number;
  detail?: string | null;
};

export type EntryToPost = {
  centreId: number;
  entryOn: string;
  description: string;
  source: Source;
  donationId?: number | null;
  reversesEntryId?: number | null;
  reason?: string | null;
  /** Who wrote it, when it is not the one who posts it. */
  draftedBy?: number;
  /** The act that this entry is a part of; without it the entry records its own. */
  actId?: number;
  /** It closes a year, opens the next or takes that back: what comes to nothing together. */
  ofYearEnd?: boolean;
  /** Rules of funds that the chair let this deed pass; their rows are written before it. */
  overridden?: { fund: string; rule: string }[];
  lines: Line[];
};

export type PostedEntry = { id: number; year: number; number: number };

export type Entry = {
  id: number;
  centreId: number;
  year: number;
  number: number;
  month: number;
  entryOn: string;
  description: string;
  source: Source;
  donationId: number | null;
  reversesEntryId: number | null;
  reason: string | null;
  draftedBy: number;
  draftedByName: string;
  postedBy: number;
  postedByName: string;
  postedAt: string;
  actId: number;
};

export type EntryLine = Line & { entryId: number; line: number; detail: string | null };

export const MAX_LINES = 200;

const ENTRY = `SELECT e.id, e.centre_id AS centreId, e.year, e.number, e.month,
    e.entry_on AS entryOn, e.description, e.source, e.donation_id AS donationId,
    e.reverses_entry_id AS reversesEntryId, e.reason, e.drafted_by AS draftedBy,
    d.name AS draftedByName, e.posted_by AS postedBy, p.name AS postedByName,
    e.posted_at AS postedAt, e.act_id AS actId
  FROM entries e JOIN users d ON d.id = e.drafted_by JOIN users p ON p.id = e.posted_by`;

const statements = prepared((db) => ({
  lastId: db.$client.prepare('SELECT coalesce(max(id), 0) FROM entries').pluck(),
  openYear: db.$client.prepare('INSERT OR IGNORE INTO fiscal_years VALUES (?, ?, ?)'),
  insertLine: db.$client.prepare('INSERT INTO entry_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  insertEntry: db.$client.prepare(
    'INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
  byId: db.$client.prepare(`${ENTRY} WHERE e.id = ?`),
  byNumber: db.$client.prepare(`${ENTRY} WHERE e.centre_id = ? AND e.year = ? AND e.number = ?`),
  reversalOf: db.$client.prepare(`${ENTRY} WHERE e.reverses_entry_id = ?`),
  lines: db.$client.prepare(
    `SELECT entry_id AS entryId, line, account, fund, debit_rial AS debitRial,
       credit_rial AS creditRial, detail
     FROM entry_lines WHERE entry_id = ? ORDER BY line`,
  ),
  receiptOf: db.$client.prepare('SELECT year, number FROM receipts WHERE donation_id = ?'),
}));

/** The id and number that the next entry of this day will have; they are given by posting it. */
export function nextEntry(db: Db, centreId: number, entryOn: string): PostedEntry {
  const { year } = jalaliParts(entryOn);
  const id = 1 + (statements(db).lastId.get() as number);
  return { id, year, number: nextNumber(db, 'entry', centreId, year) };
}

/**
 * Posts an entry under the next number of its centre and year. The lines are written first: the
 * entry itself closes them, and the database then lets nobody add, change or take one away.
 */
export function postEntry(tx: Tx, by: Actor, entry: EntryToPost): PostedEntry {
  const { user } = by;
  if (!user) throw new Refusal('books:refusals.nobody', { status: 403 });
  const actor = asApprover(by, entry);
  requireBalance(entry.lines);
  requireSpending(tx, entry);
  // What closes a year and opens the next comes with the closing of its days.
  const { source: deed } = entry;
  if (deed !== 'closing' && deed !== 'opening') requireOpenDay(tx, entry.centreId, entry.entryOn);
  const leaves = leavesFor(tx, entry);
  const { openYear, insertLine, insertEntry } = statements(tx);
  const { centreId, entryOn, description, source } = entry;
  const posted = nextEntry(tx, centreId, entryOn);
  requireMoves(tx, posted.id, entry);
  const { id, year, number } = posted;
  const { month } = jalaliParts(entryOn);
  const draftedBy = entry.draftedBy ?? user.id;
  const actId = entry.actId ?? recordEntry(tx, actor, { ...entry, draftedBy }, posted);
  openYear.run(centreId, year, actor.now);
  spendUnderLeave(tx, id, leaves);
  entry.lines.forEach(({ account, fund, debitRial, creditRial, detail }, at) => {
    const line = [id, at + 1, centreId, year, account, fund, debitRial, creditRial];
    insertLine.run(...line, detail ?? null);
  });
  insertEntry.run(
    ...[id, centreId, year, number, month, entryOn, description, source],
    ...[entry.donationId ?? null, entry.reversesEntryId ?? null, entry.reason ?? null],
    ...[draftedBy, user.id, actor.now, actId],
  );
  return posted;
}

/** What the trail keeps of an entry, so that whoever changes its rows is found out. */
export function contentOf(entry: Omit<EntryToPost, 'actId'>, posted: PostedEntry): object {
  const { entryOn, description, source, reversesEntryId, reason, draftedBy, lines } = entry;
  const { year, number } = posted;
  return {
    ...{ year, number, entryOn, description, source, draftedBy },
    ...{ reversesEntryId: reversesEntryId ?? null, reason: reason ?? null },
    lines: lines.map(({ account, fund, debitRial, creditRial, detail }) => [
      ...[account, fund, debitRial, creditRial, detail ?? null],
    ]),
  };
}

function recordEntry(tx: Tx, actor: Actor, entry: EntryToPost, posted: PostedEntry): number {
  return record(tx, actor, {
    kind: entry.source === 'reversal' ? 'entry.reversed' : 'entry.posted',
    subject: `entries/${posted.id}`,
    centreId: entry.centreId,
    after: contentOf(entry, posted),
  }).id;
}

/** Refuses what would not balance, fund by fund, and says by how much. */
export function requireBalance(lines: Line[]): void {
  if (lines.length < 2) throw new Refusal('books:refusals.two-lines', { status: 422 });
  if (lines.length > MAX_LINES) {
    throw new Refusal('books:refusals.too-many-lines', { status: 422, values: { max: MAX_LINES } });
  }
  // Beyond this a sum would no longer be exact, and no centre has ever seen such an amount.
  if (lines.reduce((sum, line) => sum + line.debitRial, 0) > MAX_RIAL) {
    throw new Refusal('books:refusals.too-large-sum', { status: 422 });
  }
  for (const [fund, difference] of differences(lines)) {
    if (difference === 0) continue;
    const side = difference > 0 ? 'debit' : 'credit';
    const values = { fund, difference: Math.abs(difference) };
    throw new Refusal(`books:refusals.unbalanced-${side}`, { status: 422, values });
  }
}

/** Debit less credit of each fund; nothing but zeros in an entry that balances. */
export function differences(lines: Pick<Line, 'fund' | 'debitRial' | 'creditRial'>[]) {
  const byFund = new Map<string, number>();
  for (const { fund, debitRial, creditRial } of lines) {
    byFund.set(fund, (byFund.get(fund) ?? 0) + debitRial - creditRial);
  }
  return byFund;
}

/** Refuses an account or a fund that is not there; lines go to subsidiary accounts only. */
export function requireKnownLines(db: Db, centreId: number, lines: Line[]): void {
  const fields = lines.flatMap(({ account, fund }, at) => [
    ...(findAccount(db, centreId, account)?.level === 'subsidiary'
      ? []
      : [{ field: `lines.${at}.account`, key: 'books:refusals.account' }]),
    ...(accountOfFund(db, fund) ? [] : [{ field: `lines.${at}.fund`, key: 'books:refusals.fund' }]),
  ]);
  if (fields.length > 0) throw new Refusal('common:refusals.check-fields', { status: 422, fields });
}

type Reversing = { actId?: number; entryOn?: string; ofYearEnd?: boolean };

/**
 * Takes an entry back by its mirror image, dated the day it is made. An entry is taken back once,
 * and a reversal never: what was wrongly reversed is posted anew.
 */
export function reverseEntry(
  tx: Tx,
  actor: Actor,
  entryId: number,
  reason: string,
  { actId, entryOn = actor.today, ofYearEnd }: Reversing = {},
): PostedEntry {
  const entry = findEntryById(tx, entryId);
  const values = { number: entryNumber(entry) };
  if (entry.source === 'reversal') throw new Refusal('books:refusals.is-reversal', { values });
  if (reversalOf(tx, entryId)) throw new Refusal('books:refusals.already-reversed', { values });
  const mirrored = linesOf(tx, entryId).map(({ account, fund, debitRial, creditRial, detail }) => ({
    ...{ account, fund, debitRial: creditRial, creditRial: debitRial, detail },
  }));
  return postEntry(tx, actor, {
    ...{ centreId: entry.centreId, entryOn, source: 'reversal', reason, actId, ofYearEnd },
    description: wordsFor('fa')('books:entry.reversal-of', {
      number: persianDigits(values.number),
    }),
    ...{ reversesEntryId: entryId, lines: mirrored },
  });
}

/**
 * Takes back an entry that was written by hand. A gift's entry is taken back with its receipt, and
 * nobody takes back what he posted himself.
 */
export function reverseByHand(tx: Tx, actor: Actor, entry: Entry, reason: string): PostedEntry {
  const values = { number: entryNumber(entry), name: entry.postedByName };
  if (entry.source === 'donation' && entry.donationId !== null) {
    const mend = `/donations/receipts/${receiptOf(tx, entry.donationId)}`;
    throw new Refusal('books:refusals.gift-entry', { values, mend });
  }
  // Every other deed is taken back where it was done, with all that hangs on it.
  if (entry.source !== 'manual' && entry.source !== 'reversal') {
    throw new Refusal('books:refusals.deed-entry', { values });
  }
  if (entry.postedBy === actor.user?.id) throw new Refusal('books:refusals.own-entry', { values });
  return reverseEntry(tx, actor, entry.id, reason);
}

/** An entry by its number in the centre's year; throws NotFound. */
export function findEntry(db: Db, centreId: number, year: number, number: number): Entry {
  const entry = statements(db).byNumber.get(centreId, year, number) as Entry | undefined;
  if (!entry) throw new NotFound();
  return entry;
}

/** An entry of the file; undefined where the deed it is for was not posted. */
export function entryOrNone(db: Db, id: number): Entry | undefined {
  return statements(db).byId.get(id) as Entry | undefined;
}

export function findEntryById(db: Db, id: number): Entry {
  const entry = entryOrNone(db, id);
  if (!entry) throw new NotFound();
  return entry;
}

/** The entry that took this one back; undefined while it stands. */
export function reversalOf(db: Db, entryId: number): Entry | undefined {
  return statements(db).reversalOf.get(entryId) as Entry | undefined;
}

export function linesOf(db: Db, entryId: number): EntryLine[] {
  return statements(db).lines.all(entryId) as EntryLine[];
}

/** The receipt of the gift that an entry books, as `1405-000001`. */
export function receiptOf(db: Db, donationId: number): string {
  const row = statements(db).receiptOf.get(donationId) as { year: number; number: number };
  return writtenNumber(row.year, row.number, 6);
}

/** The number as it is written and as its page's address has it: `1405-12`. */
export function entryNumber({ year, number }: { year: number; number: number }): string {
  return `${year}-${number}`;
}
