/** Rows of the bank and entries of the books that are the same money, found by rule or by hand. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { pairsOf } from './match-rules.ts';
import type { MatchRule } from './schema.ts';

/** One side that stands alone: a row of the bank, or what an entry did to the bank's account. */
export type Alone = {
  id: number;
  on: string;
  rial: number;
  words: string;
  reference: string;
};
export type AloneEntry = Alone & { year: number; number: number; reversesId: number | null };

export type Match = {
  id: number;
  rule: MatchRule;
  matchedOn: string;
  matchedBy: string;
  endedFor: string | null;
  rows: number[];
  entries: number[];
};

/** What closes a year and opens the next moves no money. */
export const MOVES_MONEY = `(e.source NOT IN ('closing', 'opening')
  OR EXISTS (SELECT 1 FROM opening_balances WHERE entry_id = e.id))`;

export const NET_AT_BANK = `(SELECT sum(l.debit_rial - l.credit_rial) FROM entry_lines l
  WHERE l.entry_id = e.id AND l.account = '1102')`;

const OPEN = 'NOT EXISTS (SELECT 1 FROM bank_match_endings x WHERE x.match_id = m.match_id)';

const statements = prepared(({ $client: client }) => ({
  next: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM bank_matches').pluck(),
  rows: client.prepare(
    `SELECT r.id, r.happened_on AS "on", r.net_rial AS rial, r.words, r.reference FROM bank_rows r
     WHERE r.centre_id = ? AND NOT EXISTS (
       SELECT 1 FROM bank_match_rows m WHERE m.row_id = r.id AND ${OPEN})
     ORDER BY r.happened_on, r.id`,
  ),
  entries: client.prepare(
    `SELECT e.id, e.entry_on AS "on", ${NET_AT_BANK} AS rial, e.description AS words, e.year, e.number,
       e.reverses_entry_id AS reversesId,
       coalesce((SELECT g.reference FROM gift_references g WHERE g.donation_id = e.donation_id),
         (SELECT max(l.detail) FROM entry_lines l WHERE l.entry_id = e.id AND l.account = '1102'),
         '') AS reference
     FROM entries e
     WHERE e.centre_id = @centreId AND ${MOVES_MONEY}
       AND e.id IN (SELECT entry_id FROM entry_lines
         WHERE centre_id = @centreId AND account = '1102')
       AND coalesce(${NET_AT_BANK}, 0) <> 0
       AND NOT EXISTS (SELECT 1 FROM bank_match_entries m WHERE m.entry_id = e.id AND ${OPEN})
     ORDER BY e.entry_on, e.id`,
  ),
  insertRow: client.prepare('INSERT INTO bank_match_rows VALUES (?, ?)'),
  insertEntry: client.prepare('INSERT INTO bank_match_entries VALUES (?, ?)'),
  insert: client.prepare('INSERT INTO bank_matches VALUES (?, ?, ?, ?, ?, ?)'),
  end: client.prepare('INSERT INTO bank_match_endings VALUES (?, ?, ?, ?, ?)'),
  one: client.prepare(
    `SELECT b.id, b.rule, b.matched_on AS matchedOn, u.name AS matchedBy, x.reason AS endedFor,
       (SELECT json_group_array(row_id) FROM bank_match_rows WHERE match_id = b.id) AS rows,
       (SELECT json_group_array(entry_id) FROM bank_match_entries WHERE match_id = b.id) AS entries
     FROM bank_matches b JOIN users u ON u.id = b.matched_by
     LEFT JOIN bank_match_endings x ON x.match_id = b.id WHERE b.centre_id = ? AND b.id = ?`,
  ),
}));

/** Rows of the bank that no entry answers, in the order of their days. */
export function rowsAlone(db: Db, centreId: number): Alone[] {
  return statements(db).rows.all(centreId) as Alone[];
}

/** Entries on the bank's account that no row of the bank answers. */
export function entriesAlone(db: Db, centreId: number): AloneEntry[] {
  return statements(db).entries.all({ centreId }) as AloneEntry[];
}

/** Matches what the rules find without a doubt; answers how many. */
export function matchByRules(tx: Tx, actor: Actor, centre: Centre): number {
  requirePower(actor, 'bank.keep', centre);
  const pairs = pairsOf(rowsAlone(tx, centre.id), entriesAlone(tx, centre.id));
  for (const pair of pairs) write(tx, actor, centre, pair);
  return pairs.length;
}

/** Matches what somebody sees to be the same: any number on either side, to the rial. */
export function matchByHand(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { rows, entries }: { rows: number[]; entries: number[] },
): Match {
  requirePower(actor, 'bank.keep', centre);
  const [theirs, ours] = [rowsAlone(tx, centre.id), entriesAlone(tx, centre.id)];
  const sum = (all: Alone[], ids: number[]) => {
    const found = ids.map((id) => all.find((one) => one.id === id));
    if (found.includes(undefined)) throw new Refusal('bank:refusals.not-alone');
    return found.reduce((total, one) => total + one!.rial, 0);
  };
  if (rows.length + entries.length === 0) {
    throw new Refusal('bank:refusals.nothing-chosen', { status: 422 });
  }
  const [bankRial, bookRial] = [sum(theirs, rows), sum(ours, entries)];
  if (bankRial !== bookRial) {
    const values = { bankRial, bookRial, differenceRial: bankRial - bookRial };
    throw new Refusal('bank:refusals.uneven', { status: 422, values });
  }
  return write(tx, actor, centre, { rule: 'hand', rows, entries });
}

/** Parts what was matched wrongly. */
export function endMatch(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, reason }: { id: number; reason: string },
): Match {
  requirePower(actor, 'bank.keep', centre);
  const match = findMatch(tx, centre.id, id);
  if (match.endedFor !== null) throw new Refusal('bank:refusals.match-ended');
  const act = record(tx, actor, {
    ...{ kind: 'bank-match.ended', subject: `bank-matches/${id}`, centreId: centre.id },
    after: { reason },
  });
  statements(tx).end.run(id, reason, actor.today, actor.user!.id, act.id);
  return findMatch(tx, centre.id, id);
}

export function findMatch(db: Db, centreId: number, id: number): Match {
  const found = statements(db).one.get(centreId, id) as
    | (Omit<Match, 'rows' | 'entries'> & Record<'rows' | 'entries', string>)
    | undefined;
  if (!found) throw new NotFound();
  return {
    ...found,
    rows: JSON.parse(found.rows) as number[],
    entries: JSON.parse(found.entries) as number[],
  };
}

export type Pair = { rule: MatchRule; rows: number[]; entries: number[] };

export function write(tx: Tx, actor: Actor, centre: Centre, pair: Pair): Match {
  const { next, insertRow, insertEntry, insert } = statements(tx);
  const id = next.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'bank-match.made', subject: `bank-matches/${id}`, centreId: centre.id, after: pair },
  });
  for (const row of pair.rows) insertRow.run(id, row);
  for (const entry of pair.entries) insertEntry.run(id, entry);
  insert.run(id, centre.id, pair.rule, actor.today, actor.user!.id, act.id);
  return findMatch(tx, centre.id, id);
}
