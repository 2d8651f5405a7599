/** Cheques from the hand of the giver to the account of the centre, or back: each step stays. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import {
  contentOf,
  type EntryToPost,
  linesOf,
  nextEntry,
  postEntry,
  reverseEntry,
} from '../books/entries.ts';
import { oneBankAccount } from '../bylaw/resources.ts';
import { bankAccountOrNone } from '../centres/bank-accounts.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { addDays } from '../values/jalali-date.ts';
import { persianDigits, searchText } from '../values/persian-text.ts';
import { typedNumber } from '../values/typed-number.ts';
import { wordsFor } from '../words.ts';
import { BANK, CHEQUES } from './posting.ts';
import { findReceipt, refuseChanged, takeReceiptBack } from './receipts.ts';
import type { CHEQUE_EVENTS } from './schema.ts';

export type ChequeEvent = (typeof CHEQUE_EVENTS)[number];
export const CHEQUE_STATES = ['received', 'deposited', 'cleared', 'bounced', 'returned'] as const;
export type ChequeState = (typeof CHEQUE_STATES)[number];

export type Cheque = {
  donationId: number;
  year: number;
  number: number;
  reference: string;
  bank: string;
  dueOn: string;
  amountRial: number;
  receivedOn: string;
  donorId: number | null;
  donorName: string | null;
  mayBeNamed: number | null;
  state: ChequeState;
};

export type ChequeStep = {
  state: ChequeEvent;
  happenedOn: string;
  note: string | null;
  recordedBy: string;
  recordedAt: string;
  entryYear: number | null;
  entryNumber: number | null;
  /** Whether its entry was taken back since. */
  undone: number;
};

export type ChequeFilter = { state?: ChequeState | 'open'; from?: string; to?: string; q?: string };

/** A cheque that falls due within so many days is told of on the home page. */
export const SOON_DAYS = 7;

const SELECT = `SELECT c.donation_id AS donationId, c.year, c.number, c.reference, c.bank,
    c.due_on AS dueOn, c.amount_rial AS amountRial, c.received_on AS receivedOn,
    c.donor_id AS donorId, o.name AS donorName, o.may_be_named AS mayBeNamed, c.state
  FROM cheques c LEFT JOIN donors o ON o.id = c.donor_id WHERE c.centre_id = @centreId`;
const ASKED = `(@state IS NULL OR c.state = @state
    OR (@state = 'open' AND c.state IN ('received', 'deposited')))
  AND (@from IS NULL OR c.due_on >= @from) AND (@to IS NULL OR c.due_on <= @to)
  AND (@q IS NULL OR instr(c.reference, @figures) > 0 OR instr(c.bank, @q) > 0
    OR (o.may_be_named = 1 AND instr(o.name_search, @name) > 0))`;

const statements = prepared((db) => ({
  rows: db.$client.prepare(
    `${SELECT} AND ${ASKED} ORDER BY c.due_on, c.donation_id LIMIT @limit OFFSET @offset`,
  ),
  sums: db.$client.prepare(
    `SELECT state, count(*) AS count, sum(amountRial) AS rial FROM (${SELECT} AND ${ASKED})
     GROUP BY state`,
  ),
  one: db.$client.prepare(`${SELECT} AND c.year = @year AND c.number = @number`),
  soon: db.$client.prepare(
    `SELECT count(*) AS count, min(due_on) AS dueOn FROM cheques
     WHERE centre_id = ? AND state IN ('received', 'deposited') AND due_on <= ?`,
  ),
  steps: db.$client.prepare(
    `SELECT v.state, v.happened_on AS happenedOn, v.note, u.name AS recordedBy,
       v.recorded_at AS recordedAt, e.year AS entryYear, e.number AS entryNumber,
       v.state = 'cleared' AND EXISTS (SELECT 1 FROM entries
         WHERE reverses_entry_id = v.entry_id) AS undone
     FROM cheque_events v JOIN users u ON u.id = v.recorded_by
     LEFT JOIN entries e ON e.id = v.entry_id WHERE v.donation_id = ? ORDER BY v.position`,
  ),
  clearing: db.$client.prepare(
    `SELECT entry_id AS entryId, recorded_by AS recordedBy FROM cheque_events v
     WHERE donation_id = ? AND state = 'cleared'
       AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = v.entry_id)`,
  ),
  next: db.$client
    .prepare('SELECT coalesce(max(position), 0) + 1 FROM cheque_events WHERE donation_id = ?')
    .pluck(),
  insert: db.$client.prepare(
    `INSERT INTO cheque_events (donation_id, position, state, happened_on, note, entry_id,
       recorded_at, recorded_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

type Place = { limit: number; offset: number };

/** The cheques of a centre by the day on which they are due. */
export function chequesOf(db: Db, centreId: number, filter: ChequeFilter, place: Place): Cheque[] {
  return statements(db).rows.all({ ...asked(centreId, filter), ...place }) as Cheque[];
}

export type ChequeSum = { state: ChequeState; count: number; rial: number };

export function chequeSums(db: Db, centreId: number, filter: ChequeFilter): ChequeSum[] {
  return statements(db).sums.all(asked(centreId, filter)) as ChequeSum[];
}

/** How many wait that are due by so many days from today, and the first such day. */
export function chequesDueSoon(db: Db, centreId: number, today: string) {
  const found = statements(db).soon.get(centreId, addDays(today, SOON_DAYS));
  return found as { count: number; dueOn: string | null };
}

/** The cheque of a receipt as its number is written; throws NotFound. */
export function findCheque(db: Db, centreId: number, written: string): Cheque {
  const [, year, number] = /^(\d{4})-(\d{6,})$/.exec(written) ?? [];
  const asked = { centreId, year: Number(year), number: Number(number) };
  const cheque = year && (statements(db).one.get(asked) as Cheque | undefined);
  if (!cheque) throw new NotFound();
  return cheque;
}

export function stepsOf(db: Db, { donationId }: Cheque): ChequeStep[] {
  return statements(db).steps.all(donationId) as ChequeStep[];
}

export function chequeNumber({ year, number }: Pick<Cheque, 'year' | 'number'>): string {
  return writtenNumber(year, number, 6);
}

/** What may become of a cheque that stands so. */
export const NEXT: Record<ChequeState, readonly ChequeEvent[]> = {
  received: ['deposited', 'cleared', 'bounced', 'returned'],
  deposited: ['cleared', 'bounced', 'returned'],
  cleared: [],
  bounced: [],
  returned: [],
};

export type StepTyped = { state: ChequeEvent; happenedOn: string; note?: string };

/**
 * Records what became of a cheque: given to the bank, paid, bounced, or handed back. Paid, it is money
 * at the bank; lost, its receipt is cancelled with that reason.
 */
export function recordStep(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  cheque: Cheque,
  step: StepTyped,
): Cheque {
  requirePower(actor, 'cheques.record', centre);
  refuseStep(tx, actor, centre, cheque, step);
  if (step.state === 'deposited') deposit(tx, actor, centre, cheque, step);
  else if (step.state === 'cleared') clear(tx, actor, centre, cheque, step);
  else lose(tx, actor, centre, cheque, step);
  return findCheque(tx, centre.id, chequeNumber(cheque));
}

/**
 * Takes a clearing back that was recorded by mistake: its entry is reversed as of today, by another
 * than who recorded it, and the cheque waits as before.
 */
export function undoClearing(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  cheque: Cheque,
  reason: string,
): Cheque {
  requirePower(actor, 'cheques.record', centre);
  const clearing = statements(tx).clearing.get(cheque.donationId) as
    | { entryId: number; recordedBy: number }
    | undefined;
  if (!clearing) throw new Refusal('donations:refusals.cheque-not-cleared');
  if (clearing.recordedBy === actor.user?.id) throw new Refusal('donations:refusals.own-step');
  refuseChanged(tx, cheque.donationId);
  reverseEntry(tx, actor, clearing.entryId, reason);
  return findCheque(tx, centre.id, chequeNumber(cheque));
}

function refuseStep(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { state: from, dueOn, receivedOn }: Cheque,
  { state, happenedOn, note }: StepTyped,
): void {
  if (!NEXT[from].includes(state)) throw new Refusal(`donations:refusals.cheque-is-${from}`);
  const refuse = (key: string, field: string) => {
    throw new Refusal(`donations:refusals.${key}`, { status: 422, field });
  };
  if (happenedOn > actor.today) refuse('future', 'happenedOn');
  if (happenedOn < receivedOn) refuse('before-received', 'happenedOn');
  const byBank = state === 'cleared' || state === 'bounced';
  if (byBank && happenedOn < dueOn) refuse('before-due', 'happenedOn');
  const lost = state === 'bounced' || state === 'returned';
  if (lost && (note ?? '').length < 3) refuse('cheque-reason', 'note');
  if (!lost && !bankAccountOrNone(tx, centre.id)) {
    const mend = '/bank-account';
    throw new Refusal('donations:refusals.no-bank-account', { clause: oneBankAccount.id, mend });
  }
}

function deposit(tx: Tx, actor: Actor, centre: Centre, cheque: Cheque, step: StepTyped): void {
  const act = record(tx, actor, deedOf(centre, cheque, step, {}));
  insert(tx, actor, cheque, step, { entryId: null, actId: act.id });
}

function clear(tx: Tx, actor: Actor, centre: Centre, cheque: Cheque, step: StepTyped): void {
  const entry = { ...clearingOf(tx, centre, cheque, step), draftedBy: actor.user!.id };
  const next = nextEntry(tx, centre.id, step.happenedOn);
  const told = { entry: { id: next.id, ...contentOf(entry, next) } };
  const act = record(tx, actor, deedOf(centre, cheque, step, told));
  insert(tx, actor, cheque, step, { entryId: next.id, actId: act.id });
  postEntry(tx, actor, { ...entry, actId: act.id });
}

/** The bank is debited with what waited in cheques, fund by fund. */
function clearingOf(tx: Tx, centre: Centre, cheque: Cheque, step: StepTyped): EntryToPost {
  const { reference } = cheque;
  const receipt = findReceipt(tx, centre.id, chequeNumber(cheque));
  const waiting = linesOf(tx, receipt.entryId).filter(({ account }) => account === CHEQUES);
  const number = persianDigits(chequeNumber(cheque));
  return {
    ...{ centreId: centre.id, entryOn: step.happenedOn, source: 'cheque' },
    description: wordsFor('fa')('donations:cheques.entry', { number }),
    lines: waiting.flatMap(({ fund, debitRial }) => [
      { account: BANK, fund, debitRial, creditRial: 0, detail: reference },
      { account: CHEQUES, fund, debitRial: 0, creditRial: debitRial, detail: reference },
    ]),
  };
}

function lose(tx: Tx, actor: Actor, centre: Centre, cheque: Cheque, step: StepTyped): void {
  const receipt = findReceipt(tx, centre.id, chequeNumber(cheque));
  const reason = wordsFor('fa')(`donations:cheques.reason.${step.state}`, {
    note: step.note!,
  });
  const { entryId } = takeReceiptBack(tx, actor, centre, receipt, reason);
  const act = record(tx, actor, deedOf(centre, cheque, step, {}));
  insert(tx, actor, cheque, step, { entryId, actId: act.id });
}

function deedOf(centre: Centre, cheque: Cheque, step: StepTyped, more: object) {
  const { state, happenedOn, note = null } = step;
  const receipt = chequeNumber(cheque);
  return {
    ...{ kind: `cheque.${state}`, subject: `cheques/${receipt}`, centreId: centre.id },
    after: { donation: cheque.donationId, receipt, happenedOn, note, ...more },
  };
}

function insert(
  tx: Tx,
  actor: Actor,
  { donationId }: Cheque,
  { state, happenedOn, note = undefined }: StepTyped,
  { entryId, actId }: { entryId: number | null; actId: number },
): void {
  const position = statements(tx).next.get(donationId);
  statements(tx).insert.run(
    ...[donationId, position, state, happenedOn, note ?? null, entryId],
    ...[actor.now, actor.user!.id, actId],
  );
}

function asked(centreId: number, { state, from, to, q }: ChequeFilter) {
  const figures = q ? typedNumber(q) : null;
  return {
    ...{ centreId, state: state ?? null, from: from ?? null, to: to ?? null, q: q ?? null },
    figures: figures && /^\d+$/.test(figures) ? figures : '\u2014',
    name: q ? searchText(q) || '\u2014' : null,
  };
}
