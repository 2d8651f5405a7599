/** Batches: gifts counted beforehand, entered row by row, and issued all together or not at all. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText } from '../values/persian-text.ts';
import { upholdForGift } from './clauses.ts';
import { findFund } from './funds.ts';
import { upholdForKind } from './gift-rules.ts';
import { type Gift, issueReceipt } from './receipts.ts';
import type { BATCH_STATES } from './schema.ts';
import { findTaker } from './takers.ts';

/** All of a batch is issued in one deed, for which everybody else waits. */
export const MOST_ROWS = 500;

export type BatchState = (typeof BATCH_STATES)[number];

export type Batch = {
  id: number;
  number: number;
  /** Whence it came, as it is told apart from others. */
  words: string;
  receivedOn: string;
  controlCount: number;
  controlRial: number;
  count: number;
  rial: number;
  state: BatchState;
  openedAt: string;
  openedBy: string;
  settledAt: string | null;
  settledBy: string | null;
};

export type BatchTyped = {
  words: string;
  receivedOn: string;
  controlCount: number;
  controlRial: number;
};

/** A gift of a batch, before it is one. */
export type BatchGift = Omit<Gift, 'receivedOn' | 'unusualAmount' | 'receivedBy'>;

export type BatchRow = {
  position: number;
  amountRial: number;
  gift: BatchGift;
  enteredBy: string;
  receipt: string | null;
};

/** A row that could not become a gift, and why; nothing of its batch did. */
export class RowRefused extends Refusal {
  readonly position: number;
  readonly why: Refusal;

  constructor(position: number, why: Refusal) {
    super(why.key, { ...why.details, status: 409 });
    this.position = position;
    this.why = why;
  }
}

const SELECT = `SELECT b.id, b.number, b.words, b.received_on AS receivedOn,
    b.control_count AS controlCount, b.control_rial AS controlRial,
    (SELECT count(*) FROM gift_batch_rows WHERE batch_id = b.id) AS count,
    (SELECT coalesce(sum(amount_rial), 0) FROM gift_batch_rows WHERE batch_id = b.id) AS rial,
    b.state, b.opened_at AS openedAt, u.name AS openedBy, b.settled_at AS settledAt,
    s.name AS settledBy
  FROM gift_batches b JOIN users u ON u.id = b.opened_by LEFT JOIN users s ON s.id = b.settled_by
  WHERE b.centre_id = @centreId`;

const statements = prepared((db) => ({
  list: db.$client.prepare(
    `${SELECT} AND (@state IS NULL OR b.state = @state)
     ORDER BY b.number DESC LIMIT @limit OFFSET @offset`,
  ),
  count: db.$client
    .prepare(
      `SELECT count(*) FROM gift_batches
       WHERE centre_id = @centreId AND (@state IS NULL OR state = @state)`,
    )
    .pluck(),
  one: db.$client.prepare(`${SELECT} AND b.number = @number`),
  rows: db.$client.prepare(
    `SELECT w.position, w.amount_rial AS amountRial, w.gift, u.name AS enteredBy,
       r.year AS receiptYear, r.number AS receiptNumber
     FROM gift_batch_rows w JOIN users u ON u.id = w.entered_by
     LEFT JOIN receipts r ON r.donation_id = w.donation_id
     WHERE w.batch_id = ? ORDER BY w.position LIMIT ? OFFSET ?`,
  ),
  next: db.$client
    .prepare('SELECT coalesce(max(number), 0) + 1 FROM gift_batches WHERE centre_id = ?')
    .pluck(),
  insert: db.$client.prepare(
    `INSERT INTO gift_batches (centre_id, number, words, received_on, control_count, control_rial,
       opened_at, opened_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  lastRow: db.$client
    .prepare('SELECT coalesce(max(position), 0) FROM gift_batch_rows WHERE batch_id = ?')
    .pluck(),
  insertRow: db.$client.prepare('INSERT INTO gift_batch_rows VALUES (?, ?, ?, ?, ?, ?, NULL)'),
  deleteRow: db.$client.prepare('DELETE FROM gift_batch_rows WHERE batch_id = ? AND position = ?'),
  become: db.$client.prepare(
    'UPDATE gift_batch_rows SET donation_id = ? WHERE batch_id = ? AND position = ?',
  ),
  settle: db.$client.prepare(
    `UPDATE gift_batches SET state = ?, settled_at = ?, settled_by = ?, settled_act_id = ?
     WHERE id = ?`,
  ),
}));

type Place = { limit: number; offset: number };
type Asked = { state?: BatchState };

export function batchesOf(db: Db, centreId: number, { state }: Asked, place: Place): Batch[] {
  return statements(db).list.all({ centreId, state: state ?? null, ...place }) as Batch[];
}

export function countBatches(db: Db, centreId: number, { state }: Asked): number {
  return statements(db).count.get({ centreId, state: state ?? null }) as number;
}

/** The batch of a number; throws NotFound. */
export function findBatch(db: Db, centreId: number, number: number): Batch {
  const batch = statements(db).one.get({ centreId, number }) as Batch | undefined;
  if (!batch) throw new NotFound();
  return batch;
}

type StoredRow = Omit<BatchRow, 'gift' | 'receipt'> & {
  gift: string;
  receiptYear: number | null;
  receiptNumber: number | null;
};

/** The rows of a batch in the order in which they were entered. */
export function rowsOf(db: Db, { id }: Batch, { limit, offset }: Place): BatchRow[] {
  const rows = statements(db).rows.all(id, limit, offset) as StoredRow[];
  return rows.map(({ gift, receiptYear, receiptNumber, ...row }) => ({
    ...row,
    gift: JSON.parse(gift) as BatchGift,
    receipt: receiptYear === null ? null : writtenNumber(receiptYear, receiptNumber!, 6),
  }));
}

/** Opens a batch: how many gifts it has and what they come to is said before the first is entered. */
export function openBatch(tx: Tx, actor: Actor, centre: Centre, typed: BatchTyped): Batch {
  requirePower(actor, 'batches.enter', centre);
  const { words, receivedOn, controlCount, controlRial } = typed;
  upholdForGift(tx, actor, centre, { receivedOn, purposeSearch: null });
  const number = statements(tx).next.get(centre.id) as number;
  const act = record(tx, actor, {
    ...{ kind: 'batch.opened', subject: `batches/${number}`, centreId: centre.id },
    after: { words, receivedOn, controlCount, controlRial },
  });
  statements(tx).insert.run(
    ...[centre.id, number, words, receivedOn, controlCount, controlRial],
    ...[actor.now, actor.user!.id, act.id],
  );
  return findBatch(tx, centre.id, number);
}

/** Enters rows at the end of an open batch; they are no gifts yet. */
export function fillBatch(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  batch: Batch,
  gifts: BatchGift[],
): Batch {
  requirePower(actor, 'batches.enter', centre);
  requireOpen(batch);
  if (batch.count + gifts.length > batch.controlCount) {
    const values = { count: batch.controlCount };
    throw new Refusal('donations:refusals.batch-full', { values });
  }
  upholdRows(tx, actor, centre, batch, gifts);
  const first = 1 + (statements(tx).lastRow.get(batch.id) as number);
  const rial = gifts.reduce((sum, { amountRial }) => sum + amountRial, 0);
  record(tx, actor, {
    ...{ kind: 'batch.filled', subject: `batches/${batch.number}`, centreId: centre.id },
    after: { from: first, rows: gifts.length, rial },
  });
  gifts.forEach((gift, at) => {
    statements(tx).insertRow.run(
      ...[batch.id, first + at, gift.amountRial, JSON.stringify(gift)],
      ...[actor.now, actor.user!.id],
    );
  });
  return findBatch(tx, centre.id, batch.number);
}

/** A row is held to what its gift will be held to while whoever counted it is still there. */
function upholdRows(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { receivedOn }: Batch,
  gifts: BatchGift[],
): void {
  const taker = findTaker(tx, actor, centre.id, undefined);
  gifts.forEach((gift, at) => {
    try {
      const { fund, parts, purpose, kind = 'cash' } = gift;
      findFund(tx, fund, receivedOn);
      for (const part of parts ?? []) findFund(tx, part.fund, receivedOn, 'funds');
      const purposeSearch = purpose ? searchText(purpose) : null;
      upholdForGift(tx, actor, centre, { receivedOn, purposeSearch });
      upholdForKind(tx, actor, centre, { ...gift, kind, receivedOn, taker });
    } catch (fault) {
      throw fault instanceof Refusal ? new RowRefused(at + 1, fault) : fault;
    }
  });
}

/** Takes a row out of an open batch. */
export function emptyRow(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  batch: Batch,
  position: number,
): Batch {
  requirePower(actor, 'batches.enter', centre);
  requireOpen(batch);
  if (statements(tx).deleteRow.run(batch.id, position).changes === 0) throw new NotFound();
  record(tx, actor, {
    ...{ kind: 'batch.emptied', subject: `batches/${batch.number}`, centreId: centre.id },
    after: { position },
  });
  return findBatch(tx, centre.id, batch.number);
}

/**
 * Closes a batch whose count and total agree with what was declared: every row becomes a gift with its
 * receipt, in their order. A row that cannot is named, and then none does.
 */
export function closeBatch(tx: Tx, actor: Actor, centre: Centre, batch: Batch): Batch {
  requirePower(actor, 'batches.enter', centre);
  requireOpen(batch);
  requireAgreement(batch);
  for (const row of rowsOf(tx, batch, { limit: -1, offset: 0 })) {
    const id = issueRow(tx, actor, centre, batch, row);
    statements(tx).become.run(id, batch.id, row.position);
  }
  settle(tx, actor, centre, batch, 'closed');
  return findBatch(tx, centre.id, batch.number);
}

/** Puts a batch aside: nothing of it became a gift, and nothing will. */
export function withdrawBatch(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  batch: Batch,
  reason: string,
): Batch {
  requirePower(actor, 'batches.enter', centre);
  requireOpen(batch);
  settle(tx, actor, centre, batch, 'withdrawn', { reason });
  return findBatch(tx, centre.id, batch.number);
}

function issueRow(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { receivedOn }: Batch,
  { position, gift }: BatchRow,
): number {
  try {
    return issueReceipt(tx, actor, centre, { ...gift, receivedOn, unusualAmount: 'tell' }).id;
  } catch (fault) {
    if (fault instanceof Refusal) throw new RowRefused(position, fault);
    throw fault;
  }
}

function requireOpen({ state }: Batch): void {
  if (state !== 'open') throw new Refusal(`donations:refusals.batch-${state}`);
}

/** Whether what was entered is what was declared. */
export function agrees({ count, rial, controlCount, controlRial }: Batch): boolean {
  return count === controlCount && rial === controlRial;
}

function requireAgreement(batch: Batch): void {
  if (agrees(batch)) return;
  const { count, rial, controlCount, controlRial } = batch;
  const values = { count, rial, controlCount, controlRial };
  throw new Refusal('donations:refusals.batch-differs', { values });
}

function settle(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, number, count, rial }: Batch,
  state: BatchState,
  more: object = {},
): void {
  const act = record(tx, actor, {
    ...{ kind: `batch.${state}`, subject: `batches/${number}`, centreId: centre.id },
    after: { count, rial, ...more },
  });
  statements(tx).settle.run(state, actor.now, actor.user!.id, act.id, id);
}
