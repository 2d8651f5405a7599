/** Reconciliations that were prepared and signed (B-80): each a paper, kept as it was. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { bankAccountOrNone } from '../centres/bank-accounts.ts';
import type { Centre } from '../centres/centres.ts';
import { issueLetter } from '../paper/letters.ts';
import type { LetterTable } from '../paper/official-letter.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { record } from '../trail/acts.ts';
import { type Item, reconciliationOn } from './reconciliation.ts';

export type Reconciliation = {
  id: number;
  throughOn: string;
  bookRial: number;
  bankRial: number;
  items: Item[];
  preparedOn: string;
  preparedById: number;
  preparedBy: string;
  signedOn: string | null;
  signedBy: string | null;
  paperId: number | null;
};

const SELECT = `SELECT r.id, r.through_on AS throughOn, r.book_rial AS bookRial,
    r.bank_rial AS bankRial, r.items, r.prepared_on AS preparedOn, r.prepared_by AS preparedById,
    p.name AS preparedBy, s.signed_on AS signedOn, b.name AS signedBy, s.paper_id AS paperId
  FROM bank_reconciliations r JOIN users p ON p.id = r.prepared_by
  LEFT JOIN bank_reconciliation_signings s ON s.reconciliation_id = r.id
  LEFT JOIN users b ON b.id = s.signed_by`;

const statements = prepared(({ $client: client }) => ({
  next: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM bank_reconciliations').pluck(),
  insert: client.prepare('INSERT INTO bank_reconciliations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  sign: client.prepare('INSERT INTO bank_reconciliation_signings VALUES (?, ?, ?, ?, ?)'),
  one: client.prepare(`${SELECT} WHERE r.centre_id = ? AND r.id = ?`),
  all: client.prepare(`${SELECT} WHERE r.centre_id = ? ORDER BY r.through_on DESC, r.id DESC`),
}));

/** Puts the sheet of a day down for the second signature. */
export function prepareReconciliation(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { throughOn, bankRial }: { throughOn: string; bankRial?: number },
): Reconciliation {
  requirePower(actor, 'bank.keep', centre);
  if (!bankAccountOrNone(tx, centre.id)) {
    throw new Refusal('bank:refusals.no-account', { clause: 'B-118', mend: '/bank-account' });
  }
  if (throughOn > actor.today) {
    throw new Refusal('bank:refusals.later-day', { status: 422, field: 'through' });
  }
  const sheet = reconciliationOn(tx, centre.id, throughOn, bankRial);
  if (sheet.bankRial === null) {
    throw new Refusal('bank:refusals.no-balance', { status: 422, field: 'bankRial' });
  }
  const id = statements(tx).next.get() as number;
  const { bookRial, items } = sheet;
  const act = record(tx, actor, {
    ...{ kind: 'reconciliation.prepared', subject: `reconciliations/${id}`, centreId: centre.id },
    after: { throughOn, bookRial, bankRial: sheet.bankRial, items: items.length },
  });
  statements(tx).insert.run(
    ...[id, centre.id, throughOn, bookRial, sheet.bankRial, JSON.stringify(items)],
    ...[actor.today, actor.user!.id, act.id],
  );
  return findReconciliation(tx, centre.id, id);
}

/** The second signature, while the sheet still says what books and bank say; then it is a paper. */
export function signReconciliation(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
): Reconciliation {
  requirePower(actor, 'bank.keep', centre);
  const one = findReconciliation(tx, centre.id, id);
  if (one.signedOn !== null) throw new Refusal('bank:refusals.reconciliation-signed');
  if (one.preparedById === actor.user!.id) {
    throw new Refusal('bank:refusals.own-signature', { status: 403, clause: 'B-80' });
  }
  const now = reconciliationOn(tx, centre.id, one.throughOn, one.bankRial);
  if (JSON.stringify(now.items) !== JSON.stringify(one.items) || now.bookRial !== one.bookRial) {
    throw new Refusal('bank:refusals.overtaken', { mend: '/books/bank/reconciliation' });
  }
  const { paperId, act } = issueLetter(tx, actor, letterOf(tx, actor, centre, one));
  statements(tx).sign.run(id, paperId, actor.today, actor.user!.id, act.id);
  return findReconciliation(tx, centre.id, id);
}

export function findReconciliation(db: Db, centreId: number, id: number): Reconciliation {
  const found = statements(db).one.get(centreId, id) as Raw | undefined;
  if (!found) throw new NotFound();
  return whole(found);
}

/** Every sheet that was prepared, the newest day first. */
export function reconciliationsOf(db: Db, centreId: number): Reconciliation[] {
  return (statements(db).all.all(centreId) as Raw[]).map(whole);
}

type Raw = Omit<Reconciliation, 'items'> & { items: string };

const whole = (raw: Raw): Reconciliation => ({ ...raw, items: JSON.parse(raw.items) as Item[] });

function letterOf(tx: Tx, actor: Actor, centre: Centre, one: Reconciliation) {
  const t = wordsOn(tx, actor.today);
  const say = (key: string) => t(`bank:reconciliation.${key}`);
  const account = bankAccountOrNone(tx, centre.id)!;
  return {
    ...{ centre, kind: 'reconciliation' as const, head: 'centre' as const, addressee: [] },
    values: {
      ...{ throughOn: one.throughOn, bookRial: one.bookRial, bankRial: one.bankRial },
      account: account.accountNumber,
    },
    tables: [itemTable(one, say)],
    witnesses: [{ name: one.preparedBy, office: say('prepared-by') }],
    deed: {
      ...{ kind: 'reconciliation.signed', subject: `reconciliations/${one.id}` },
      after: { throughOn: one.throughOn, bookRial: one.bookRial, bankRial: one.bankRial },
    },
  };
}

/** From what the books say to what the bank says, a step for each item. */
function itemTable(one: Reconciliation, say: (key: string) => string): LetterTable {
  const plus = (rial: number) => (rial > 0 ? rial : null);
  const row = ({ kind, on, words, reference, rial, entry }: Item) => [
    ...[on, say(`kinds.${kind}`), words, entry ?? reference],
    ...[plus(rial), plus(-rial)],
  ];
  return {
    columns: [
      { title: say('day'), kind: 'day', width: 2 },
      { title: say('item'), kind: 'text', width: 3 },
      { title: say('words'), kind: 'text', width: 4 },
      { title: say('reference'), kind: 'code', width: 2.4 },
      { title: say('plus'), kind: 'rial', width: 3 },
      { title: say('minus'), kind: 'rial', width: 3 },
    ],
    rows: [
      [one.throughOn, say('book-balance'), null, null, one.bookRial, null],
      ...one.items.map(row),
      [one.throughOn, say('bank-balance'), null, null, one.bankRial, null],
    ],
  };
}
