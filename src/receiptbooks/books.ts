/** Books of paper receipts: whose hands they are in, and what became of each number. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { findPersonByKey } from '../boxes/people.ts';
import type { Centre } from '../centres/centres.ts';
import { findReceipt } from '../donations/receipts.ts';
import { issueLetter } from '../paper/letters.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { record } from '../trail/acts.ts';
import { persianDigits } from '../values/persian-text.ts';

export const FATES = ['used', 'cancelled', 'blank', 'lost'] as const;
export type Fate = (typeof FATES)[number];
/** `safe` at the centre, `held` by somebody, `late` beyond the day of its return, `closed`. */
export type BookState = 'safe' | 'held' | 'late' | 'closed';

export type Book = {
  id: number;
  series: string;
  fromNumber: number;
  toNumber: number;
  registeredOn: string;
  issueId: number | null;
  holder: string | null;
  issuedOn: string | null;
  dueOn: string | null;
  paperId: number | null;
  closedOn: string | null;
  used: number;
  cancelled: number;
  blank: number;
  lost: number;
  state: BookState;
};

export type Leaf = {
  number: number;
  fate: Fate;
  receipt: string | null;
  amountRial: number | null;
  reason: string | null;
  report: string | null;
  recordedOn: string;
  recordedBy: string;
};

const fate = (name: Fate) =>
  `(SELECT count(*) FROM receipt_leaves WHERE book_id = b.id AND fate = '${name}') AS ${name}`;

const SELECT = `SELECT b.id, b.series, b.from_number AS fromNumber, b.to_number AS toNumber,
    b.registered_on AS registeredOn, i.id AS issueId, i.holder_name AS holder,
    i.issued_on AS issuedOn, i.due_on AS dueOn, i.paper_id AS paperId, k.closed_on AS closedOn,
    ${FATES.map(fate).join(', ')},
    CASE WHEN k.book_id IS NOT NULL THEN 'closed' WHEN i.id IS NULL THEN 'safe'
      WHEN i.due_on < @today THEN 'late' ELSE 'held' END AS state
  FROM receipt_books b LEFT JOIN receipt_book_closings k ON k.book_id = b.id
  LEFT JOIN receipt_book_issues i ON i.book_id = b.id
    AND i.id NOT IN (SELECT issue_id FROM receipt_book_returns)`;

const statements = prepared(({ $client: client }) => ({
  list: client.prepare(
    `${SELECT} WHERE b.centre_id = @centreId ORDER BY b.id DESC LIMIT @limit OFFSET @offset`,
  ),
  count: client.prepare('SELECT count(*) FROM receipt_books WHERE centre_id = ?').pluck(),
  one: client.prepare(`${SELECT} WHERE b.centre_id = @centreId AND b.id = @id`),
  holding: client
    .prepare(
      `SELECT id FROM receipt_books WHERE centre_id = ? AND series = ?
         AND ? BETWEEN from_number AND to_number`,
    )
    .pluck(),
  overlap: client
    .prepare(
      `SELECT id FROM receipt_books WHERE centre_id = ? AND series = ?
         AND from_number <= ? AND to_number >= ?`,
    )
    .pluck(),
  leaves: client.prepare(
    `SELECT l.number, l.fate, r.year || '-' || printf('%06d', r.number) AS receipt,
       d.amount_rial AS amountRial, l.reason, l.report, l.recorded_on AS recordedOn,
       u.name AS recordedBy
     FROM receipt_leaves l JOIN users u ON u.id = l.recorded_by
     LEFT JOIN donations d ON d.id = l.donation_id LEFT JOIN receipts r ON r.donation_id = d.id
     WHERE l.book_id = ? ORDER BY l.number`,
  ),
  leafOf: client.prepare('SELECT book_id FROM receipt_leaves WHERE donation_id = ?').pluck(),
  everIssued: client.prepare('SELECT 1 FROM receipt_book_issues WHERE book_id = ?').pluck(),
  insert: client.prepare(
    `INSERT INTO receipt_books (centre_id, series, from_number, to_number, registered_on,
       registered_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  issue: client.prepare(
    `INSERT INTO receipt_book_issues (book_id, holder_key, holder_name, issued_on, due_on,
       paper_id, issued_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  leaf: client.prepare('INSERT INTO receipt_leaves VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  giveBack: client.prepare('INSERT INTO receipt_book_returns VALUES (?, ?, ?, ?, ?)'),
  close: client.prepare('INSERT INTO receipt_book_closings VALUES (?, ?, ?, ?)'),
  late: client
    .prepare(
      `SELECT count(*) FROM receipt_book_issues i JOIN receipt_books b ON b.id = i.book_id
       WHERE b.centre_id = ? AND i.due_on < ?
         AND i.id NOT IN (SELECT issue_id FROM receipt_book_returns)`,
    )
    .pluck(),
}));

type Asked = { limit: number; offset?: number; today: string };

export function booksOf(db: Db, centreId: number, { limit, offset = 0, today }: Asked): Book[] {
  return statements(db).list.all({ centreId, limit, offset, today }) as Book[];
}

export const countBooks = (db: Db, centreId: number): number =>
  statements(db).count.get(centreId) as number;

export const countLateBooks = (db: Db, centreId: number, today: string): number =>
  statements(db).late.get(centreId, today) as number;

/** A book of this centre; throws NotFound. */
export function findBook(db: Db, centreId: number, id: number, today: string): Book {
  const book = statements(db).one.get({ centreId, id, today }) as Book | undefined;
  if (!book) throw new NotFound();
  return book;
}

export const leavesOf = (db: Db, bookId: number): Leaf[] =>
  statements(db).leaves.all(bookId) as Leaf[];

/** Numbers up to this one of which nobody has said what became. */
export function unaccounted(db: Db, book: Book, upTo: number): number[] {
  const known = new Set(
    leavesOf(db, book.id)
      .filter((leaf) => leaf.fate !== 'blank')
      .map(({ number }) => number),
  );
  const count = Math.max(0, upTo - book.fromNumber + 1);
  return Array.from({ length: count }, (_, at) => book.fromNumber + at).filter(
    (number) => !known.has(number),
  );
}

export type BookTyped = { series: string; fromNumber: number; toNumber: number };

export function registerBook(tx: Tx, actor: Actor, centre: Centre, typed: BookTyped): Book {
  requirePower(actor, 'receipt-books.keep', centre);
  const { series, fromNumber, toNumber } = typed;
  if (toNumber < fromNumber || toNumber - fromNumber >= 500) throw refuse('range', 'toNumber');
  if (statements(tx).overlap.get(centre.id, series, toNumber, fromNumber) !== undefined) {
    throw refuse('overlap', 'fromNumber');
  }
  const act = record(tx, actor, {
    ...{ kind: 'receipt-book.registered', subject: 'receipt-books', centreId: centre.id },
    after: typed,
  });
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[centre.id, series, fromNumber, toNumber, actor.today, actor.user!.id, act.id],
  );
  return findBook(tx, centre.id, Number(lastInsertRowid), actor.today);
}

/** Gives a book into somebody's hands, by a paper that he signs. */
export function issueBook(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  { holder, dueOn }: { holder: string; dueOn: string },
): Book {
  requirePower(actor, 'receipt-books.keep', centre);
  const book = findBook(tx, centre.id, id, actor.today);
  refuseClosed(book);
  if (book.issueId !== null) throw new Refusal('receiptbooks:refusals.held');
  if (dueOn < actor.today) throw refuse('due', 'dueOn');
  const person = findPersonByKey(tx, centre.id, actor.today, { key: holder, field: 'holder' });
  const t = wordsOn(tx, actor.today);
  const written = (number: number) => writtenLeaf(book, number);
  const gone = leavesOf(tx, id).at(-1)?.number;
  const { paperId, act } = issueLetter(tx, actor, {
    ...{ centre, kind: 'receipt-book', head: 'centre', addressee: [person.name] },
    values: {
      ...{ holder: person.name, dueOn, count: book.toNumber - book.fromNumber + 1 },
      ...{ fromNumber: written(book.fromNumber), toNumber: written(book.toNumber) },
      ...(gone === undefined || gone >= book.toNumber ? {} : { firstBlank: written(gone + 1) }),
    },
    witnesses: [{ name: person.name, office: t('receiptbooks:paper.holder') }],
    deed: {
      ...{ kind: 'receipt-book.issued', subject: `receipt-books/${id}` },
      after: { holder: person.name, dueOn },
    },
  });
  statements(tx).issue.run(
    ...[id, person.key, person.name, actor.today, dueOn, paperId, actor.user!.id, act.id],
  );
  return findBook(tx, centre.id, id, actor.today);
}

export type LeafTyped = {
  number: number;
  fate: 'used' | 'cancelled' | 'lost';
  /** The number of the receipt in the program, of one that was used. */
  receipt?: string;
  reason?: string | null;
  /** To whom its loss was reported. */
  report?: string | null;
};

/** Says what became of one number of a book. */
export function recordLeaf(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  typed: LeafTyped,
): Leaf {
  requirePower(actor, 'receipt-books.keep', centre);
  const { fate: became, receipt, reason = null, report = null } = typed;
  if (became !== 'used' && !reason) throw needed('reason');
  if (became === 'lost' && !report) throw needed('report');
  if (became === 'used' && !receipt) throw needed('receipt');
  const donationId = became === 'used' ? giftOf(tx, centre, receipt!) : null;
  return writeLeaf(tx, actor, centre, id, { ...typed, reason, report, donationId });
}

/** A gift that is entered from a paper receipt names its number: once, and of a book of the centre. */
export function useLeaf(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  written: { series: string; number: number },
  donationId: number,
): Leaf {
  const id = statements(tx).holding.get(centre.id, written.series, written.number);
  if (id === undefined) throw refuse('no-such-leaf', 'paperReceipt');
  const leaf = { number: written.number, fate: 'used' as const, reason: null, report: null };
  return writeLeaf(tx, actor, centre, id as number, { ...leaf, donationId, field: 'paperReceipt' });
}

type Written = Omit<LeafTyped, 'receipt'> & { donationId: number | null; field?: string };

function writeLeaf(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  { number, fate: became, reason, report, donationId, field = 'number' }: Written,
): Leaf {
  const book = findBook(tx, centre.id, id, actor.today);
  refuseClosed(book);
  if (number < book.fromNumber || number > book.toNumber) throw refuse('no-such-leaf', field);
  if (leavesOf(tx, id).some((leaf) => leaf.number === number)) throw refuse('leaf-known', field);
  if (statements(tx).everIssued.get(id) === undefined) throw refuse('never-issued', field);
  if (donationId !== null && statements(tx).leafOf.get(donationId) !== undefined) {
    throw refuse('gift-known', field);
  }
  const act = record(tx, actor, {
    ...{ kind: 'receipt-book.leaf', subject: `receipt-books/${id}`, centreId: centre.id },
    after: { number, fate: became, donation: donationId, reason, report },
  });
  statements(tx).leaf.run(
    ...[id, number, became, donationId, reason, report, actor.today, actor.user!.id, act.id],
  );
  return leavesOf(tx, id).find((leaf) => leaf.number === number)!;
}

/** The gift of a receipt that stands. */
function giftOf(db: Db, centre: Centre, written: string): number {
  try {
    return findReceipt(db, centre.id, written).donationId;
  } catch (fault) {
    if (!(fault instanceof NotFound)) throw fault;
    throw refuse('no-receipt', 'receipt');
  }
}

/** Takes a book back: of every number up to the last that was torn out it is known what became. */
export function returnBook(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  lastNumber: number | null,
): Book {
  requirePower(actor, 'receipt-books.keep', centre);
  const book = findBook(tx, centre.id, id, actor.today);
  if (book.issueId === null) throw new Refusal('receiptbooks:refusals.not-held');
  const last = lastNumber ?? book.fromNumber - 1;
  if (last > book.toNumber || last < book.fromNumber - 1)
    throw refuse('no-such-leaf', 'lastNumber');
  refuseUnaccounted(unaccounted(tx, book, last));
  if (leavesOf(tx, id).some(({ fate: one, number }) => one !== 'blank' && number > last)) {
    throw refuse('beyond-last', 'lastNumber');
  }
  const act = record(tx, actor, {
    ...{ kind: 'receipt-book.returned', subject: `receipt-books/${id}`, centreId: centre.id },
    after: { holder: book.holder, lastNumber },
  });
  const by = actor.user!.id;
  statements(tx).giveBack.run(book.issueId, actor.today, lastNumber, by, act.id);
  return findBook(tx, centre.id, id, actor.today);
}

/** Closes a book that is back: what is left of it is blank, and nothing of it is used any more. */
export function closeBook(tx: Tx, actor: Actor, centre: Centre, id: number): Book {
  requirePower(actor, 'receipt-books.keep', centre);
  const book = findBook(tx, centre.id, id, actor.today);
  refuseClosed(book);
  if (book.issueId !== null) throw new Refusal('receiptbooks:refusals.held');
  const blanks = unaccounted(tx, book, book.toNumber);
  const act = record(tx, actor, {
    ...{ kind: 'receipt-book.closed', subject: `receipt-books/${id}`, centreId: centre.id },
    after: { used: book.used, cancelled: book.cancelled, lost: book.lost, blank: blanks.length },
  });
  const by = actor.user!.id;
  for (const number of blanks) {
    statements(tx).leaf.run(id, number, 'blank', null, null, null, actor.today, by, act.id);
  }
  statements(tx).close.run(id, actor.today, by, act.id);
  return findBook(tx, centre.id, id, actor.today);
}

export const writtenLeaf = ({ series }: Pick<Book, 'series'>, number: number): string =>
  series ? `${series}-${number}` : String(number);

function refuseUnaccounted(numbers: number[]): void {
  if (numbers.length === 0) return;
  const more = numbers.length > 12 ? ' …' : '';
  const listed = (comma: string) => numbers.slice(0, 12).join(comma) + more;
  throw new Refusal('receiptbooks:refusals.unaccounted', {
    clause: 'B-132',
    values: { numbersFa: persianDigits(listed('\u060c ')), numbersEn: listed(', ') },
  });
}

function refuseClosed({ state }: Book): void {
  if (state === 'closed') throw new Refusal('receiptbooks:refusals.closed');
}

const needed = (field: string) => new Refusal('common:refusals.needed', { status: 422, field });
const refuse = (key: string, field: string) =>
  new Refusal(`receiptbooks:refusals.${key}`, { status: 422, field });
