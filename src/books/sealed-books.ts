/** Numbered copies of the books: what is sealed stays as it was, whatever is posted later. */
import type { Actor } from '../access/actor.ts';
import { codeAfterLicence } from '../bylaw/resources.ts';
import { activityCodeOrNone } from '../centres/activity-codes.ts';
import type { Centre } from '../centres/centres.ts';
import { issuePaper } from '../paper/papers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { nextNumber, writtenNumber } from '../provinces/numbering.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { boardNameOn, wordsOn } from '../templates/board-name.ts';
import { newestAct } from '../trail/acts.ts';
import { addDays, fiscalYear } from '../values/jalali-date.ts';
import { type Account, accountName, findAccount } from './accounts.ts';
import { sumsThrough } from './balances.ts';
import type { BookPaper } from './book-paper.ts';
import type { Period } from './period.ts';
import type { Level, SealedBookKind } from './schema.ts';
import { type Columns, trialBalance } from './trial-balance.ts';
import { balanceLines } from './trial-balance-pdf.ts';

export type BookToSeal = Period & {
  book: SealedBookKind;
  /** Of a ledger: the code of a general or subsidiary account. */
  account?: string;
  /** Of a trial balance. */
  columns?: Columns;
  level?: Exclude<Level, 'group'>;
};

export type SealedBook = Period & {
  number: string;
  book: SealedBookKind;
  account: string | null;
  columns: Columns | null;
  level: Level | null;
  lastEntry: string;
  /** The newest entry of the centre when the copy was sealed. */
  untilEntryId: number;
  sealedOn: string;
  sealedBy: string;
  paperId: number;
  entries: number;
  debit: number;
  credit: number;
};

/** The bytes of its first print are kept, so a copy may not be without end. */
export const MOST_LINES = 100_000;

/** A sealed copy is in Persian whoever seals it, like every paper of the centre. */
const LANGUAGE = 'fa';

const IN_BOOK = `e.centre_id = @centreId AND e.entry_on BETWEEN @from AND @to
  AND (@account IS NULL OR substr(l.account, 1, length(@account)) = @account)`;
const LINES = 'entries e JOIN entry_lines l ON l.entry_id = e.id';

const SELECT = `SELECT s.year || '-' || printf('%04d', s.number) AS number, s.book, s.account,
    s.columns, s.level, s.from_on AS "from", s.to_on AS "to",
    s.last_entry_year || '-' || s.last_entry_number AS lastEntry,
    s.until_entry_id AS untilEntryId, s.sealed_on AS sealedOn, u.name AS sealedBy,
    s.paper_id AS paperId, p.content ->> 'entries' AS entries,
    p.content ->> 'debitRial' AS debit, p.content ->> 'creditRial' AS credit
  FROM sealed_books s JOIN papers p ON p.id = s.paper_id JOIN users u ON u.id = s.sealed_by`;

const statements = prepared((db) => ({
  held: db.$client.prepare(
    `SELECT count(DISTINCT e.id) AS entries, count(*) AS lines,
       coalesce(sum(l.debit_rial), 0) AS debitRial, coalesce(sum(l.credit_rial), 0) AS creditRial
     FROM ${LINES} WHERE ${IN_BOOK}`,
  ),
  lastEntry: db.$client.prepare(
    `SELECT e.year, e.number FROM ${LINES} WHERE ${IN_BOOK}
     ORDER BY e.year DESC, e.number DESC LIMIT 1`,
  ),
  // The sign keeps SQLite from sorting all entries of the centre to find the newest.
  newest: db.$client
    .prepare('SELECT id FROM entries WHERE +centre_id = ? ORDER BY id DESC LIMIT 1')
    .pluck(),
  since: db.$client
    .prepare(`SELECT count(DISTINCT e.id) FROM ${LINES} WHERE ${IN_BOOK} AND e.id > @untilEntryId`)
    .pluck(),
  insert: db.$client.prepare(
    `INSERT INTO sealed_books (centre_id, year, number, book, account, columns, level, from_on,
       to_on, last_entry_year, last_entry_number, until_entry_id, sealed_on, sealed_by, paper_id,
       act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  one: db.$client.prepare(`${SELECT} WHERE s.centre_id = ? AND s.year = ? AND s.number = ?`),
  count: db.$client.prepare('SELECT count(*) FROM sealed_books WHERE centre_id = ?').pluck(),
  ofCentre: db.$client.prepare(
    `${SELECT} WHERE s.centre_id = ? ORDER BY s.year DESC, s.number DESC LIMIT ? OFFSET ?`,
  ),
}));

type Held = { entries: number; lines: number; debitRial: number; creditRial: number };

/** Seals a book of some days as it stands now, under the next number of the year. */
export function sealBook(tx: Tx, actor: Actor, centre: Centre, asked: BookToSeal): SealedBook {
  const { book, from, to } = asked;
  const account = accountToSeal(tx, centre, asked);
  refuseUnsealable(tx, actor, centre, asked);
  const scope = { centreId: centre.id, from, to, account: account?.code ?? null };
  const held = statements(tx).held.get(scope) as Held;
  refuseEmptyOrEndless(held);
  const last = statements(tx).lastEntry.get(scope) as { year: number; number: number };
  const columns = book === 'trial-balance' ? (asked.columns ?? 4) : null;
  const level = book === 'trial-balance' ? (asked.level ?? 'subsidiary') : null;
  const year = fiscalYear(actor.today);
  const serial = nextNumber(tx, 'book', centre.id, year);
  const number = writtenNumber(year, serial, 4);
  const said = {
    ...{ number, issuedOn: actor.today, book, columns, level, from, to },
    ...{ lastEntry: `${last.year}-${last.number}`, ...held },
  };
  const { balance, openingRial } = figuresOf(tx, centre, { from, to, account, level });
  const paper = issuePaper(tx, actor, {
    ...{ centreId: centre.id, kind: 'book', number, issuedOn: actor.today },
    content: (code, verifyAddress): BookPaper => ({
      ...{ kind: 'book', lang: LANGUAGE, ...said },
      centre: { name: centre.name, place: centre.place },
      account: account && onPaper(account),
      ...{ openingRial, balance, newestHash: newestAct(tx)?.hash.toString('hex') ?? '' },
      ...{ sealedBy: sealerOf(tx, actor, centre), code, verifyAddress },
      board: boardNameOn(tx, actor.today),
    }),
    deed: {
      ...{ kind: 'book.sealed', subject: `books/sealed/${number}` },
      after: { ...said, account: account?.code ?? null },
    },
  });
  statements(tx).insert.run(
    ...[centre.id, year, serial, book, account?.code ?? null, columns, level, from, to],
    ...[last.year, last.number, statements(tx).newest.get(centre.id), actor.today],
    ...[actor.user!.id, paper.id, paper.act.id],
  );
  return findSealedBook(tx, centre.id, number);
}

export function findSealedBook(db: Db, centreId: number, written: string): SealedBook {
  const [, year, number] = /^(\d{4})-(\d{4,9})$/.exec(written) ?? [];
  const found = year && statements(db).one.get(centreId, Number(year), Number(number));
  if (!found || (found as SealedBook).number !== written) throw new NotFound();
  return found as SealedBook;
}

/** The sealed copies of a centre, newest first. */
export function sealedBooksOf(
  db: Db,
  centreId: number,
  limit: number,
  offset: number,
): SealedBook[] {
  return statements(db).ofCentre.all(centreId, limit, offset) as SealedBook[];
}

export function countSealedBooks(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

/** How many entries were posted to the book's days since it was sealed; the copy has none of them. */
export function entriesSince(db: Db, centreId: number, sealed: SealedBook): number {
  const { from, to, account, untilEntryId } = sealed;
  return statements(db).since.get({ centreId, from, to, account, untilEntryId }) as number;
}

function accountToSeal(tx: Tx, centre: Centre, { book, account }: BookToSeal): Account | null {
  if (book !== 'ledger') return null;
  const found = account === undefined ? undefined : findAccount(tx, centre.id, account);
  if (found && found.level !== 'group') return found;
  throw new Refusal('books:refusals.seal-account', { status: 422, field: 'account' });
}

function refuseUnsealable(tx: Tx, actor: Actor, centre: Centre, { from, to }: Period): void {
  if (from > to) throw new Refusal('books:refusals.period', { status: 422, field: 'to' });
  if (to > actor.today) {
    throw new Refusal('books:refusals.seal-future', { status: 422, field: 'to' });
  }
  if (activityCodeOrNone(tx, centre.id)) return;
  throw new Refusal('books:refusals.no-seal', {
    ...{ clause: codeAfterLicence.id, mend: '/activity-code' },
  });
}

function refuseEmptyOrEndless({ entries, lines }: Held): void {
  if (entries === 0) throw new Refusal('books:refusals.seal-empty');
  if (lines > MOST_LINES) throw new Refusal('books:refusals.seal-too-long');
}

type Figures = Period & { account: Account | null; level: BookToSeal['level'] | null };

/** What later entries of earlier days would change, and the copy therefore keeps. */
function figuresOf(tx: Tx, centre: Centre, { from, to, account, level }: Figures) {
  const name = (one: Account) => accountName(one, LANGUAGE);
  const balance = level
    ? balanceLines(trialBalance(tx, centre.id, { from, to, level }), name)
    : null;
  if (!account) return { balance, openingRial: null };
  const before = [...sumsThrough(tx, centre.id, addDays(from, -1))];
  const openingRial = before
    .filter(([code]) => code.startsWith(account.code))
    .reduce((net, [, { debit, credit }]) => net + debit - credit, 0);
  return { balance, openingRial };
}

function onPaper(account: Account): NonNullable<BookPaper['account']> {
  return { code: account.code, name: accountName(account, LANGUAGE), level: account.level };
}

function sealerOf(tx: Tx, actor: Actor, centre: Centre): BookPaper['sealedBy'] {
  const held = actor.seats.find(({ centreId }) => centreId === centre.id);
  const t = wordsOn(tx, actor.today);
  const kept = actor.kept?.find(({ centreId }) => centreId === centre.id);
  if (!held && kept) {
    return {
      name: actor.user!.name,
      office: t('board:kept', { seat: t(`board:seats.${kept.seat}`) }),
    };
  }
  const office = held ? t(`board:seats.${held.seat}`) : '';
  return { name: actor.user!.name, office };
}
