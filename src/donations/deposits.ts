/** Deposits of unknown givers: held as they are until a giver is found, and then his gift. */

import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import {
  contentOf,
  type EntryToPost,
  nextEntry,
  postEntry,
  reverseEntry,
} from '../books/entries.ts';
import { refuseBoxSlip } from '../boxes/remittances.ts';
import { oneBankAccount } from '../bylaw/resources.ts';
import { bankAccountOrNone } from '../centres/bank-accounts.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { persianDigits } from '../values/persian-text.ts';
import { typedNumber } from '../values/typed-number.ts';
import { wordsFor } from '../words.ts';
import { upholdForGift } from './clauses.ts';
import { BANK, UNIDENTIFIED } from './posting.ts';
import { type Gift, type IssuedReceipt, issueReceipt } from './receipts.ts';

export const DEPOSIT_STATES = ['waiting', 'matched', 'reversed'] as const;
export type DepositState = (typeof DEPOSIT_STATES)[number];

export type Deposit = {
  id: number;
  reference: string;
  depositedOn: string;
  amountRial: number;
  words: string | null;
  entryId: number;
  entryYear: number;
  entryNumber: number;
  recordedBy: string;
  recordedById: number;
  recordedAt: string;
  /** The receipt of the gift that it was found to be, as `1405-000001`. */
  receipt: string | null;
  state: DepositState;
};

export type DepositTyped = {
  reference: string;
  depositedOn: string;
  amountRial: number;
  words?: string;
};

export type DepositFilter = { state?: DepositState; from?: string; to?: string; q?: string };

const SELECT = `SELECT d.id, d.reference, d.deposited_on AS depositedOn,
    d.amount_rial AS amountRial, d.words, d.entry_id AS entryId, e.year AS entryYear, e.number AS entryNumber,
    u.name AS recordedBy, u.id AS recordedById, d.recorded_at AS recordedAt, r.year AS receiptYear,
    r.number AS receiptNumber, CASE WHEN r.id IS NOT NULL THEN 'matched'
      WHEN b.id IS NOT NULL THEN 'reversed' ELSE 'waiting' END AS state
  FROM deposits d JOIN entries e ON e.id = d.entry_id JOIN users u ON u.id = d.recorded_by
  LEFT JOIN entries b ON b.reverses_entry_id = d.entry_id
  LEFT JOIN receipts r ON r.donation_id = (SELECT m.donation_id FROM deposit_matches m
    JOIN receipts x ON x.donation_id = m.donation_id
    WHERE m.deposit_id = d.id
      AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = x.id))
  WHERE d.centre_id = @centreId`;
const ASKED = `(@state IS NULL OR state = @state)
  AND (@from IS NULL OR depositedOn >= @from) AND (@to IS NULL OR depositedOn <= @to)
  AND (@q IS NULL OR instr(reference, @figures) > 0 OR instr(coalesce(words, ''), @q) > 0
    OR CAST(amountRial AS TEXT) = @figures)`;

const statements = prepared((db) => ({
  rows: db.$client.prepare(
    `SELECT * FROM (${SELECT}) WHERE ${ASKED}
     ORDER BY depositedOn DESC, id DESC LIMIT @limit OFFSET @offset`,
  ),
  sums: db.$client.prepare(
    `SELECT count(*) AS count, coalesce(sum(amountRial), 0) AS rial
     FROM (${SELECT}) WHERE ${ASKED}`,
  ),
  one: db.$client.prepare(`${SELECT} AND d.id = @id`),
  again: db.$client.prepare(
    `SELECT r.year, r.number FROM gift_references g CROSS JOIN donations d ON d.id = g.donation_id
     JOIN receipts r ON r.donation_id = d.id
     WHERE ltrim(g.reference, '0') = ltrim(@reference, '0') AND d.centre_id = @centreId AND d.kind = 'transfer'
       AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id) LIMIT 1`,
  ),
  waiting: db.$client
    .prepare(
      `SELECT d.id FROM deposits d WHERE d.centre_id = ?
         AND ltrim(d.reference, '0') = ltrim(?, '0')
         AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = d.entry_id)`,
    )
    .pluck(),
  next: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM deposits').pluck(),
  insert: db.$client.prepare('INSERT INTO deposits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
}));

type Row = Omit<Deposit, 'receipt'> & { receiptYear: number | null; receiptNumber: number | null };
type Place = { limit: number; offset: number };

export function depositsOf(
  db: Db,
  centreId: number,
  filter: DepositFilter,
  place: Place,
): Deposit[] {
  const rows = statements(db).rows.all({ ...asked(centreId, filter), ...place }) as Row[];
  return rows.map(withReceipt);
}

export function depositSums(db: Db, centreId: number, filter: DepositFilter) {
  return statements(db).sums.get(asked(centreId, filter)) as { count: number; rial: number };
}

/** A deposit of the centre; throws NotFound. */
export function findDeposit(db: Db, centreId: number, id: number): Deposit {
  const row = statements(db).one.get({ centreId, id }) as Row | undefined;
  if (!row) throw new NotFound();
  return withReceipt(row);
}

/** Keeps what came to the account from nobody known, in the fund that holds such money. */
export function recordDeposit(tx: Tx, actor: Actor, centre: Centre, typed: DepositTyped): Deposit {
  requirePower(actor, 'deposits.record', centre);
  const { reference, depositedOn, amountRial, words = null } = typed;
  upholdForGift(tx, actor, centre, {
    ...{ receivedOn: depositedOn, purposeSearch: null, field: 'depositedOn' },
  });
  if (!bankAccountOrNone(tx, centre.id)) {
    const mend = '/bank-account';
    throw new Refusal('donations:refusals.no-bank-account', { clause: oneBankAccount.id, mend });
  }
  refuseAgain(tx, centre, reference);
  const id = statements(tx).next.get() as number;
  const entry = { ...entryOf(centre, typed), draftedBy: actor.user!.id };
  const next = nextEntry(tx, centre.id, depositedOn);
  const act = record(tx, actor, {
    ...{ kind: 'deposit.recorded', subject: `deposits/${id}`, centreId: centre.id },
    after: {
      ...{ reference, depositedOn, amountRial, words },
      entry: { id: next.id, ...contentOf(entry, next) },
    },
  });
  statements(tx).insert.run(
    ...[id, centre.id, reference, depositedOn, amountRial, words, next.id],
    ...[actor.now, actor.user!.id, act.id],
  );
  postEntry(tx, actor, { ...entry, actId: act.id });
  return findDeposit(tx, centre.id, id);
}

/** The deposit was this gift: a transfer of its day, number and amount, to whatever it was meant for. */
export function matchDeposit(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  deposit: Deposit,
  gift: Pick<Gift, 'fund' | 'parts' | 'donor' | 'purpose' | 'deed'> & { bank?: string | null },
): IssuedReceipt {
  requirePower(actor, 'deposits.match', centre);
  const { id: depositId, state, receipt, reference, depositedOn, amountRial } = deposit;
  if (state !== 'waiting') {
    const values = { receipt: receipt ?? '' };
    throw new Refusal(`donations:refusals.deposit-is-${state}`, { values });
  }
  const { bank = null, ...told } = gift;
  return issueReceipt(tx, actor, centre, {
    ...{ ...told, kind: 'transfer', amountRial, receivedOn: depositedOn, depositId },
    reference: { reference, bank, dueOn: null },
  });
}

/** Takes a deposit back that was recorded by mistake, by another than who recorded it. */
export function reverseDeposit(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  deposit: Deposit,
  reason: string,
): Deposit {
  requirePower(actor, 'deposits.record', centre);
  const { state, receipt, entryId, recordedById } = deposit;
  if (state !== 'waiting') {
    const values = { receipt: receipt ?? '' };
    throw new Refusal(`donations:refusals.deposit-is-${state}`, { values });
  }
  if (recordedById === actor.user?.id) throw new Refusal('donations:refusals.own-step');
  reverseEntry(tx, actor, entryId, reason);
  return findDeposit(tx, centre.id, deposit.id);
}

function refuseAgain(tx: Tx, centre: Centre, reference: string): void {
  refuseBoxSlip(tx, centre.id, reference);
  const known = { reference, centreId: centre.id };
  const again = statements(tx).again.get(known) as { year: number; number: number } | undefined;
  if (again) {
    const receipt = writtenNumber(again.year, again.number, 6);
    const mend = `/donations/receipts/${receipt}`;
    const field = 'reference';
    throw new Refusal('donations:refusals.reference-again', { field, mend, values: { receipt } });
  }
  const waiting = statements(tx).waiting.get(centre.id, reference) as number | undefined;
  if (waiting === undefined) return;
  const mend = `/donations/deposits/${waiting}`;
  throw new Refusal('donations:refusals.deposit-again', { field: 'reference', mend });
}

function entryOf(
  centre: Centre,
  { reference, depositedOn, amountRial }: DepositTyped,
): EntryToPost {
  const { fund, account } = UNIDENTIFIED;
  const line = { fund, debitRial: 0, creditRial: 0, detail: reference };
  const number = persianDigits(reference);
  return {
    ...{ centreId: centre.id, entryOn: depositedOn, source: 'deposit' },
    description: wordsFor('fa')('donations:deposits.entry', { number }),
    lines: [
      { ...line, account: BANK, debitRial: amountRial },
      { ...line, account, creditRial: amountRial },
    ],
  };
}

function withReceipt({ receiptYear, receiptNumber, ...row }: Row): Deposit {
  const receipt = receiptYear === null ? null : writtenNumber(receiptYear, receiptNumber!, 6);
  return { ...row, receipt };
}

function asked(centreId: number, { state, from, to, q }: DepositFilter) {
  const figures = q ? typedNumber(q).replace(/[,\u066c]/g, '') : '';
  return {
    ...{ centreId, state: state ?? null, from: from ?? null, to: to ?? null, q: q ?? null },
    figures: /^\d+$/.test(figures) ? figures : '\u2014',
  };
}
