/** The cash box counted by two, note by note; a difference is booked with its cause. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { nextEntry, postEntry } from '../books/entries.ts';
import type { Centre } from '../centres/centres.ts';
import { findFund } from '../funds/funds.ts';
import { balanceOfFund } from '../funds/spending.ts';
import { issueLetter } from '../paper/letters.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { record } from '../trail/acts.ts';

/** The notes and coins that are in use, in rials. */
export const DENOMINATIONS = [
  ...[2_000_000, 1_000_000, 500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000],
];

export type CountTyped = {
  notes: { denomination: number; pieces: number }[];
  /** The fund of a difference and its cause; both or neither. */
  fund: string | null;
  reason: string | null;
};

export type CashCount = {
  id: number;
  countedOn: string;
  bookRial: number;
  countedRial: number;
  fund: string | null;
  reason: string | null;
  countedById: number;
  countedBy: string;
  signedOn: string | null;
  signedBy: string | null;
  entryId: number | null;
  entryYear: number | null;
  entryNumber: number | null;
  paperId: number | null;
};

const SELECT = `SELECT c.id, c.counted_on AS countedOn, c.book_rial AS bookRial,
    c.counted_rial AS countedRial, c.fund, c.reason, c.counted_by AS countedById,
    u.name AS countedBy, s.signed_on AS signedOn, b.name AS signedBy, s.paper_id AS paperId,
    e.id AS entryId, e.year AS entryYear, e.number AS entryNumber
  FROM cash_counts c JOIN users u ON u.id = c.counted_by
  LEFT JOIN cash_count_signings s ON s.count_id = c.id LEFT JOIN users b ON b.id = s.signed_by
  LEFT JOIN entries e ON e.id = s.entry_id`;

const statements = prepared(({ $client: client }) => ({
  next: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM cash_counts').pluck(),
  book: client
    .prepare(
      `SELECT coalesce(sum(debit_rial - credit_rial), 0) FROM balances
       WHERE centre_id = ? AND account = '1101'`,
    )
    .pluck(),
  insert: client.prepare('INSERT INTO cash_counts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  insertNote: client.prepare('INSERT INTO cash_count_notes VALUES (?, ?, ?)'),
  sign: client.prepare('INSERT INTO cash_count_signings VALUES (?, ?, ?, ?, ?, ?)'),
  one: client.prepare(`${SELECT} WHERE c.centre_id = ? AND c.id = ?`),
  all: client.prepare(`${SELECT} WHERE c.centre_id = ? ORDER BY c.id DESC`),
  notes: client.prepare(
    `SELECT denomination, pieces FROM cash_count_notes WHERE count_id = ?
     ORDER BY denomination DESC`,
  ),
}));

/** What the books say is in the box now, in all funds. */
export function cashInBooks(db: Db, centreId: number): number {
  return statements(db).book.get(centreId) as number;
}

/** One counts and writes it down; the other counts too, and signs. */
export function countCash(tx: Tx, actor: Actor, centre: Centre, typed: CountTyped): CashCount {
  requirePower(actor, 'money.move', centre);
  const bookRial = cashInBooks(tx, centre.id);
  const notes = typed.notes.filter(({ pieces }) => pieces > 0);
  const countedRial = notes.reduce((sum, one) => sum + one.denomination * one.pieces, 0);
  const differs = countedRial !== bookRial;
  if (differs) requireCause(tx, centre, typed, countedRial - bookRial);
  const [fund, reason] = differs ? [typed.fund, typed.reason] : [null, null];
  const id = statements(tx).next.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'cash-count.made', subject: `cash-counts/${id}`, centreId: centre.id },
    after: { bookRial, countedRial, fund, reason, notes },
  });
  for (const { denomination, pieces } of notes) {
    statements(tx).insertNote.run(id, denomination, pieces);
  }
  const { today } = actor;
  statements(tx).insert.run(
    ...[id, centre.id, today, bookRial, countedRial, fund, reason, actor.user!.id, act.id],
  );
  return findCount(tx, centre.id, id);
}

/** The second who counted signs: the difference is booked, and the sheet is a paper from then on. */
export function signCount(tx: Tx, actor: Actor, centre: Centre, id: number): CashCount {
  requirePower(actor, 'money.move', centre);
  const count = findCount(tx, centre.id, id);
  if (count.signedOn !== null) throw new Refusal('bank:refusals.count-signed');
  if (count.countedById === actor.user!.id) {
    throw new Refusal('bank:refusals.own-signature', { status: 403 });
  }
  if (cashInBooks(tx, centre.id) !== count.bookRial) {
    throw new Refusal('bank:refusals.count-overtaken', { mend: '/books/bank/counts/new' });
  }
  const difference = count.countedRial - count.bookRial;
  const entryId = difference === 0 ? null : nextEntry(tx, centre.id, count.countedOn).id;
  const paper = issueLetter(tx, actor, countLetter(tx, actor, centre, count));
  const actId = paper.act.id;
  statements(tx).sign.run(id, entryId, paper.paperId, actor.today, actor.user!.id, actId);
  if (entryId !== null) postDifference(tx, actor, centre, { count, difference, actId });
  return findCount(tx, centre.id, id);
}

export function findCount(db: Db, centreId: number, id: number): CashCount {
  const found = statements(db).one.get(centreId, id) as CashCount | undefined;
  if (!found) throw new NotFound();
  return found;
}

/** Every count, the newest first. */
export function countsOf(db: Db, centreId: number): CashCount[] {
  return statements(db).all.all(centreId) as CashCount[];
}

export function notesOf(db: Db, id: number): { denomination: number; pieces: number }[] {
  return statements(db).notes.all(id) as { denomination: number; pieces: number }[];
}

function requireCause(tx: Tx, centre: Centre, { fund, reason }: CountTyped, over: number): void {
  const values = { differenceRial: Math.abs(over) };
  const side = over > 0 ? 'over' : 'short';
  if (!reason)
    throw new Refusal(`bank:refusals.count-${side}`, { status: 422, field: 'reason', values });
  if (!fund || !findFund(tx, fund)) {
    throw new Refusal('bank:refusals.count-fund', { status: 422, field: 'fund' });
  }
  if (balanceOfFund(tx, centre.id, '1101', fund) + over < 0) {
    throw new Refusal('bank:refusals.count-fund-short', { status: 422, field: 'fund' });
  }
}

type Difference = { count: CashCount; difference: number; actId: number };

/** What is missing is a loss of its fund, what is over a gain. */
function postDifference(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { count, difference, actId }: Difference,
): void {
  const t = wordsOn(tx, actor.today);
  const [debit, credit] = difference > 0 ? ['1101', '8101'] : ['8101', '1101'];
  const amount = Math.abs(difference);
  const fund = count.fund!;
  postEntry(tx, actor, {
    ...{ centreId: centre.id, entryOn: count.countedOn, source: 'transfer', actId },
    ...{ draftedBy: count.countedById, reason: count.reason },
    description: t(`bank:counts.entry.${difference > 0 ? 'over' : 'short'}`),
    lines: [
      { account: debit!, fund, debitRial: amount, creditRial: 0, detail: count.reason },
      { account: credit!, fund, debitRial: 0, creditRial: amount, detail: count.reason },
    ],
  });
}

function countLetter(tx: Tx, actor: Actor, centre: Centre, count: CashCount) {
  const t = wordsOn(tx, actor.today);
  const say = (key: string) => t(`bank:counts.${key}`);
  const difference = count.countedRial - count.bookRial;
  const notes = notesOf(tx, count.id);
  return {
    ...{ centre, kind: 'cash-count' as const, head: 'centre' as const, addressee: [] },
    values: {
      ...{ countedOn: count.countedOn, bookRial: count.bookRial, countedRial: count.countedRial },
      difference: say(difference === 0 ? 'even' : difference > 0 ? 'over' : 'short'),
      ...(difference === 0 ? {} : { differenceRial: Math.abs(difference), reason: count.reason! }),
    },
    tables: [
      {
        columns: [
          { title: say('denomination'), kind: 'rial' as const, width: 3 },
          { title: say('pieces'), kind: 'count' as const, width: 2 },
          { title: say('amount'), kind: 'rial' as const, width: 3 },
        ],
        rows: notes.map((one) => [one.denomination, one.pieces, one.denomination * one.pieces]),
        total: [null, null, count.countedRial],
      },
    ],
    // The second who counted signs the sheet itself.
    witnesses: [{ name: count.countedBy, office: say('first-counter') }],
    deed: {
      ...{ kind: 'cash-count.signed', subject: `cash-counts/${count.id}` },
      after: { countedRial: count.countedRial, bookRial: count.bookRial },
    },
  };
}
