/** The ledger: all lines of one account in the order of their entries, with the balance after each. */
import type { Statement } from 'better-sqlite3';
import { type Db, prepared } from '../provinces/connection.ts';
import { remembered } from '../provinces/remembered.ts';
import { addDays } from '../values/jalali-date.ts';
import type { Account } from './accounts.ts';
import { type Sums, sumsThrough } from './balances.ts';
import { idsOfDays } from './entry-ids.ts';
import { type Period, type YearPart, yearsOf } from './period.ts';

export type LedgerRow = {
  entryId: number;
  line: number;
  year: number;
  number: number;
  entryOn: string;
  description: string;
  account: string;
  fund: string;
  debitRial: number;
  creditRial: number;
  detail: string | null;
  /** Debit less credit of the account after this line. */
  balance: number;
};

/** A general account, or a subsidiary; of all funds or of one; in these days. */
export type LedgerAsked = Period & {
  account: Account;
  subsidiaries: string[];
  fund?: string;
  /** Of a sealed copy: the newest entry that is of it. */
  untilEntryId?: number;
};

export type LedgerPage = {
  opening: number;
  turnover: Sums;
  closing: number;
  rows: LedgerRow[];
  /** What stood on the account before the first row shown. */
  brought: number;
  total: number;
};

type Position = { entryId: number; line: number };
type Scope = YearPart & { centreId: number; fund: string | null; first: number; last: number } & {
  untilEntryId: number | null;
};

const BATCH = 500;

/**
 * A statement's text by what it asks. Each subsidiary is read along its own index, and SQLite
 * merges them in order, so that a page of a general account sorts nothing.
 */
const statementsOf = prepared(() => new Map<string, Statement>());

function statement(db: Db, sql: string): Statement {
  const known = statementsOf(db);
  const built = known.get(sql) ?? db.$client.prepare(sql);
  known.set(sql, built);
  return built;
}

/** The lines of one subsidiary in its part of the year; days and fund are asked only if needed. */
function linesOf(code: string, { whole, fund, untilEntryId }: Scope, beyond = ''): string {
  return `FROM entry_lines l ${whole ? '' : 'CROSS JOIN entries e ON e.id = l.entry_id'}
    WHERE l.centre_id = @centreId AND l.year = @year AND l.account = '${digitsOnly(code)}'
    ${whole ? '' : 'AND l.entry_id BETWEEN @first AND @last AND e.entry_on BETWEEN @from AND @to'}
    ${fund === null ? '' : 'AND l.fund = @fund'}
    ${untilEntryId === null ? '' : 'AND l.entry_id <= @untilEntryId'} ${beyond}`;
}

/** Account codes are written into statements, so they are held to what a code is. */
function digitsOnly(code: string): string {
  if (!/^\d{4}$/.test(code)) throw new Error(`${code} is no subsidiary account`);
  return code;
}

const BEFORE = 'AND (l.entry_id, l.line) < (@entryId, @line)';
const AFTER = 'AND (l.entry_id, l.line) > (@entryId, @line)';
const FROM_ON = 'AND (l.entry_id, l.line) >= (@entryId, @line)';

type Counted = { count: number; until: number };

/**
 * How many lines were counted before, and until which entry. Lines are final and later entries have
 * larger ids, so only what came since is counted.
 */
const countedBefore = remembered(() => new Map<string, Counted>());

function count(db: Db, asked: LedgerAsked, scope: Scope): number {
  const { account, fund, from, to } = asked;
  const key = [scope.centreId, account.code, fund ?? '', scope.year, from, to].join(' ');
  const known = countedBefore(db).get(key) ?? { count: 0, until: 0 };
  const added = asked.subsidiaries.map((code) => {
    const sql = `SELECT count(*) AS count, max(l.entry_id) AS until
      ${linesOf(code, scope, 'AND l.entry_id > @until')}`;
    return statement(db, sql).get({ ...scope, until: known.until }) as Counted;
  });
  const counted = {
    count: added.reduce((sum, { count }) => sum + count, known.count),
    until: Math.max(known.until, ...added.map(({ until }) => until ?? 0)),
  };
  if (countedBefore(db).size > 1000) countedBefore(db).clear();
  countedBefore(db).set(key, counted);
  return counted.count;
}

type Place = { skip: number; limit: number; many: number };

/** So many positions from the so-many-th, walked to from the nearer end. */
function positions(db: Db, asked: LedgerAsked, scope: Scope, place: Place): Position[] {
  const { skip, limit, many } = place;
  const each = asked.subsidiaries
    .map((code) => `SELECT l.entry_id AS entryId, l.line ${linesOf(code, scope)}`)
    .join(' UNION ALL ');
  if (skip <= many / 2) {
    const sql = `${each} ORDER BY 1, 2 LIMIT @limit OFFSET @skip`;
    return statement(db, sql).all({ ...scope, limit, skip }) as Position[];
  }
  const sql = `${each} ORDER BY 1 DESC, 2 DESC LIMIT @limit OFFSET @skip`;
  const back = { ...scope, limit, skip: many - skip - limit };
  return (statement(db, sql).all(back) as Position[]).reverse();
}

/** Debit less credit of the part's lines before a position, or from it on. */
function netBeside(
  db: Db,
  asked: LedgerAsked,
  scope: Scope & Position,
  side: typeof BEFORE | typeof FROM_ON,
): number {
  return asked.subsidiaries.reduce((sum, code) => {
    const lines = linesOf(code, scope, side);
    const sql = `SELECT coalesce(sum(l.debit_rial - l.credit_rial), 0) ${lines}`;
    return sum + (statement(db, sql).pluck().get(scope) as number);
  }, 0);
}

const rowStatements = prepared((db) => ({
  row: db.$client.prepare(
    `SELECT l.entry_id AS entryId, l.line, e.year, e.number, e.entry_on AS entryOn, e.description,
       l.account, l.fund, l.debit_rial AS debitRial, l.credit_rial AS creditRial, l.detail
     FROM entry_lines l JOIN entries e ON e.id = l.entry_id
     WHERE l.entry_id = ? AND l.line = ?`,
  ),
}));

type Asked = LedgerAsked & { page: number; perPage: number; order: 'number' | '-number' };

/**
 * One page of an account. The balance is not added up from the first line: it is known at both ends
 * of the period from the kept sums, and counted from the nearer end.
 */
export function ledgerPage(db: Db, centreId: number, asked: Asked): LedgerPage {
  const ends = endsOf(db, centreId, asked);
  const parts = scopesOf(db, centreId, asked).map((scope) => ({
    scope,
    many: count(db, asked, scope),
  }));
  const total = parts.reduce((sum, { many }) => sum + many, 0);
  const { page, perPage, order } = asked;
  const until = order === 'number' ? page * perPage : total - (page - 1) * perPage;
  const starts = Math.max(0, until - perPage);
  const found: Position[] = [];
  let brought: number | undefined;
  let passed = 0;
  for (const { scope, many } of parts) {
    const skip = Math.max(0, starts - passed);
    const limit = Math.min(many, until - passed) - skip;
    passed += many;
    if (limit <= 0) continue;
    const here = positions(db, asked, scope, { skip, limit, many });
    found.push(...here);
    const at = { ...scope, ...here[0]! };
    brought ??= broughtTo(db, { asked, at, nearStart: skip <= many / 2 });
  }
  brought ??= ends.opening;
  const rows = withBalances(db, found, brought);
  return { ...ends, total, brought, rows: order === 'number' ? rows : rows.reverse() };
}

type Reaching = { asked: LedgerAsked; at: Scope & Position; nearStart: boolean };

/** What stands on the account before the line at this position, counted from the nearer end. */
function broughtTo(db: Db, { asked, at, nearStart }: Reaching): number {
  if (nearStart) {
    const opening = netThrough(db, at.centreId, asked, addDays(at.from, -1));
    return opening + netBeside(db, asked, at, BEFORE);
  }
  return netThrough(db, at.centreId, asked, at.to) - netBeside(db, asked, at, FROM_ON);
}

function endsOf(db: Db, centreId: number, asked: LedgerAsked) {
  const before = summed(sumsThrough(db, centreId, addDays(asked.from, -1), asked.fund), asked);
  const after = summed(sumsThrough(db, centreId, asked.to, asked.fund), asked);
  return {
    opening: before.debit - before.credit,
    turnover: { debit: after.debit - before.debit, credit: after.credit - before.credit },
    closing: after.debit - after.credit,
  };
}

function netThrough(db: Db, centreId: number, asked: LedgerAsked, day: string): number {
  const { debit, credit } = summed(sumsThrough(db, centreId, day, asked.fund), asked);
  return debit - credit;
}

function summed(sums: Map<string, Sums>, { subsidiaries }: LedgerAsked): Sums {
  const mine = subsidiaries.map((code) => sums.get(code) ?? { debit: 0, credit: 0 });
  return {
    debit: mine.reduce((sum, { debit }) => sum + debit, 0),
    credit: mine.reduce((sum, { credit }) => sum + credit, 0),
  };
}

function withBalances(db: Db, found: Position[], brought: number): LedgerRow[] {
  const { row } = rowStatements(db);
  let balance = brought;
  return found.map(({ entryId, line }) => {
    const read = row.get(entryId, line) as Omit<LedgerRow, 'balance'>;
    balance += read.debitRial - read.creditRial;
    return { ...read, balance };
  });
}

/** The years of the period in which the centre has entries, with what their statements are asked. */
function scopesOf(db: Db, centreId: number, asked: LedgerAsked): Scope[] {
  return yearsOf(asked).flatMap((part) => {
    const ids = part.whole ? { first: 0, last: 0 } : idsOfDays(db, centreId, part);
    const { fund = null, untilEntryId = null } = asked;
    return ids ? [{ ...part, ...ids, centreId, fund, untilEntryId }] : [];
  });
}

/** All lines of the account in the period, some hundred at a time. */
export function* ledgerRows(db: Db, centreId: number, asked: LedgerAsked): Generator<LedgerRow[]> {
  let { opening: brought } = endsOf(db, centreId, asked);
  for (const scope of scopesOf(db, centreId, asked)) {
    let last: Position = { entryId: 0, line: 0 };
    while (true) {
      const found = positionsAfter(db, asked, { ...scope, ...last });
      if (found.length === 0) break;
      const rows = withBalances(db, found, brought);
      brought = rows.at(-1)!.balance;
      last = found.at(-1)!;
      yield rows;
    }
  }
}

function positionsAfter(db: Db, asked: LedgerAsked, scope: Scope & Position): Position[] {
  const each = asked.subsidiaries
    .map((code) => `SELECT l.entry_id AS entryId, l.line ${linesOf(code, scope, AFTER)}`)
    .join(' UNION ALL ');
  const sql = `${each} ORDER BY 1, 2 LIMIT ${BATCH}`;
  return statement(db, sql).all(scope) as Position[];
}
