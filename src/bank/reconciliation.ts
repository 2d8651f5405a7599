/**
 * The books and the bank at the end of a day (B-80): what each says, and every rial between them by
 * name. The items always come to the difference; what has no other name is called unexplained.
 */
import { type Db, prepared } from '../provinces/connection.ts';
import { MOVES_MONEY, NET_AT_BANK } from './matches.ts';

/**
 * `opening` what the bank had before its first statement, `in-transit` booked and not at the bank
 * yet, `uncleared` taken out in the books only, `unbooked` come to the bank only, `taken` gone from
 * the bank only, `jump` where its balance does not follow from the row before, `unexplained`.
 */
export const ITEM_KINDS = [
  ...(['opening', 'in-transit', 'uncleared', 'unbooked', 'taken', 'jump', 'unexplained'] as const),
] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** By so much the bank stands above the books for this; less than nothing, below. */
export type Item = {
  kind: ItemKind;
  on: string;
  words: string;
  reference: string;
  rial: number;
  rowId?: number;
  entry?: string;
};

export type Sheet = {
  throughOn: string;
  bookRial: number;
  /** Null while no statement tells it and nobody typed it. */
  bankRial: number | null;
  items: Item[];
};

type Booked = { id: number; on: string; rial: number; words: string; number: string };
type AtBank = {
  id: number;
  statementId: number;
  on: string;
  rial: number;
  words: string;
  reference: string;
  balance: number | null;
};

const DONE = `(SELECT x.match_id FROM bank_match_endings x)`;

/** Matches whose every side had happened by the end of the day; the others are still half open. */
const COMPLETE = `SELECT b.id FROM bank_matches b
  WHERE b.centre_id = @centreId AND b.id NOT IN ${DONE}
    AND NOT EXISTS (SELECT 1 FROM bank_match_rows m JOIN bank_rows r ON r.id = m.row_id
      WHERE m.match_id = b.id AND r.happened_on > @day)
    AND NOT EXISTS (SELECT 1 FROM bank_match_entries m JOIN entries e ON e.id = m.entry_id
      WHERE m.match_id = b.id AND e.entry_on > @day)`;

const statements = prepared(({ $client: client }) => ({
  book: client
    .prepare(
      `SELECT coalesce(sum(l.debit_rial - l.credit_rial), 0)
       FROM entry_lines l JOIN entries e ON e.id = l.entry_id
       WHERE l.centre_id = @centreId AND l.account = '1102' AND e.entry_on <= @day AND ${MOVES_MONEY}`,
    )
    .pluck(),
  booked: client.prepare(
    `SELECT e.id, e.entry_on AS "on", ${NET_AT_BANK} AS rial, e.description AS words,
       e.year || '-' || e.number AS number
     FROM entries e
     WHERE e.centre_id = @centreId AND e.entry_on <= @day AND ${MOVES_MONEY}
       AND e.id IN (SELECT entry_id FROM entry_lines
         WHERE centre_id = @centreId AND account = '1102')
       AND e.id NOT IN (SELECT entry_id FROM bank_match_entries WHERE match_id IN (${COMPLETE}))
     ORDER BY e.entry_on, e.id`,
  ),
  alone: client.prepare(
    `SELECT r.id, r.happened_on AS "on", r.net_rial AS rial, r.words, r.reference
     FROM bank_rows r
     WHERE r.centre_id = @centreId AND r.happened_on <= @day
       AND r.id NOT IN (SELECT row_id FROM bank_match_rows WHERE match_id IN (${COMPLETE}))
     ORDER BY r.happened_on, r.id`,
  ),
  rows: client.prepare(
    `SELECT r.id, r.statement_id AS statementId, r.happened_on AS "on", r.net_rial AS rial,
       r.words, r.reference, r.balance_rial AS balance
     FROM bank_rows r JOIN bank_statements s ON s.id = r.statement_id
     WHERE r.centre_id = @centreId AND r.happened_on <= @day
     ORDER BY s.from_on, s.id, r.position`,
  ),
  openings: client.prepare(
    'SELECT id, opening_rial AS rial FROM bank_statements WHERE centre_id = ?',
  ),
}));

/** The sheet of a day; a balance that was typed counts where the bank tells none. */
export function reconciliationOn(db: Db, centreId: number, day: string, typedRial?: number): Sheet {
  const asked = { centreId, day };
  const bookRial = statements(db).book.get(asked) as number;
  const bank = balanceAtBank(db, asked);
  const bankRial = typedRial ?? bank.rial;
  const booked = statements(db).booked.all(asked) as Booked[];
  const alone = statements(db).alone.all(asked) as Omit<AtBank, 'statementId' | 'balance'>[];
  const items: Item[] = [
    ...bank.items,
    ...booked.filter(({ rial }) => rial !== 0).map(bookedItem),
    ...alone.map(bankItem),
  ];
  if (bankRial === null) return { throughOn: day, bookRial, bankRial, items };
  const rest = bankRial - bookRial - items.reduce((sum, { rial }) => sum + rial, 0);
  if (rest !== 0) {
    items.push({ kind: 'unexplained', on: day, words: '', reference: '', rial: rest });
  }
  return { throughOn: day, bookRial, bankRial, items };
}

/** What the statements come to by this day, and what in them follows from no row. */
function balanceAtBank(db: Db, asked: { centreId: number; day: string }) {
  const rows = statements(db).rows.all(asked) as AtBank[];
  const openings = new Map(
    (statements(db).openings.all(asked.centreId) as { id: number; rial: number }[]).map(
      ({ id, rial }) => [id, rial],
    ),
  );
  const items: Item[] = [];
  let balance: number | null = null;
  let statementId = 0;
  for (const row of rows) {
    if (row.statementId !== statementId) {
      const opening = openings.get(row.statementId)!;
      const jump = opening - (balance ?? 0);
      const kind = balance === null ? 'opening' : 'jump';
      if (jump !== 0) items.push({ kind, on: row.on, words: '', reference: '', rial: jump });
      balance = opening;
      statementId = row.statementId;
    }
    const told: number = row.balance ?? balance! + row.rial;
    const jump = told - balance! - row.rial;
    const { on, words, reference } = row;
    if (jump !== 0) items.push({ kind: 'jump', on, words, reference, rial: jump });
    balance = told;
  }
  return { rial: balance, items };
}

/** Booked and not at the bank: by so much the bank is behind. */
function bookedItem({ on, rial, words, number }: Booked): Item {
  const kind = rial > 0 ? 'in-transit' : 'uncleared';
  return { kind, on, words, reference: '', rial: -rial, entry: number };
}

function bankItem({
  id,
  on,
  rial,
  words,
  reference,
}: Omit<AtBank, 'statementId' | 'balance'>): Item {
  return { kind: rial > 0 ? 'unbooked' : 'taken', on, words, reference, rial, rowId: id };
}
