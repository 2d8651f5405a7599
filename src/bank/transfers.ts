/**
 * Money moved between the box, the collectors and the bank: prepared by one, fund by fund, and posted
 * by the signature of another.
 */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { nextEntry, postEntry, reverseEntry } from '../books/entries.ts';
import { bankAccountOrNone } from '../centres/bank-accounts.ts';
import type { Centre } from '../centres/centres.ts';
import { balanceOfFund } from '../funds/spending.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { persianDigits } from '../values/persian-text.ts';
import { wordsFor } from '../words.ts';

/** The box, the bank, and what collectors hold. */
export const MONEY_PLACES = ['1101', '1102', '1104'] as const;
export type MoneyPlace = (typeof MONEY_PLACES)[number];
export const BANK_ACCOUNT = '1102';

export type TransferTyped = {
  from: MoneyPlace;
  to: MoneyPlace;
  movedOn: string;
  /** The number of the bank's slip; needed exactly where the bank is one of the two. */
  slip: string | null;
  note: string | null;
  funds: { fund: string; amountRial: number }[];
};

export type TransferState = 'prepared' | 'posted' | 'withdrawn' | 'reversed';

export type Transfer = {
  id: number;
  fromAccount: MoneyPlace;
  toAccount: MoneyPlace;
  movedOn: string;
  slip: string | null;
  note: string | null;
  amountRial: number;
  preparedOn: string;
  preparedById: number;
  preparedBy: string;
  signedOn: string | null;
  signedBy: string | null;
  entryId: number | null;
  entryYear: number | null;
  entryNumber: number | null;
  withdrawnFor: string | null;
  state: TransferState;
};

const SELECT = `SELECT t.id, t.from_account AS fromAccount, t.to_account AS toAccount,
    t.moved_on AS movedOn, t.slip, t.note, t.prepared_on AS preparedOn,
    (SELECT sum(amount_rial) FROM money_transfer_funds WHERE transfer_id = t.id) AS amountRial,
    t.prepared_by AS preparedById, p.name AS preparedBy, s.signed_on AS signedOn,
    b.name AS signedBy, e.id AS entryId, e.year AS entryYear, e.number AS entryNumber,
    w.reason AS withdrawnFor,
    CASE WHEN w.transfer_id IS NOT NULL THEN 'withdrawn' WHEN r.transfer_id IS NOT NULL THEN 'reversed'
      WHEN s.transfer_id IS NOT NULL THEN 'posted' ELSE 'prepared' END AS state
  FROM money_transfers t JOIN users p ON p.id = t.prepared_by
  LEFT JOIN money_transfer_signings s ON s.transfer_id = t.id LEFT JOIN users b ON b.id = s.signed_by
  LEFT JOIN entries e ON e.id = s.entry_id
  LEFT JOIN money_transfer_withdrawals w ON w.transfer_id = t.id
  LEFT JOIN money_transfer_reversals r ON r.transfer_id = t.id`;

const statements = prepared(({ $client: client }) => ({
  next: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM money_transfers').pluck(),
  insert: client.prepare('INSERT INTO money_transfers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  insertFund: client.prepare('INSERT INTO money_transfer_funds VALUES (?, ?, ?)'),
  sign: client.prepare('INSERT INTO money_transfer_signings VALUES (?, ?, ?, ?, ?)'),
  withdraw: client.prepare('INSERT INTO money_transfer_withdrawals VALUES (?, ?, ?, ?, ?)'),
  reverse: client.prepare('INSERT INTO money_transfer_reversals VALUES (?, ?, ?, ?)'),
  one: client.prepare(`${SELECT} WHERE t.centre_id = ? AND t.id = ?`),
  all: client.prepare(
    `${SELECT} WHERE t.centre_id = ? AND t.moved_on BETWEEN ? AND ?
     ORDER BY t.id DESC LIMIT ? OFFSET ?`,
  ),
  count: client
    .prepare(
      'SELECT count(*) FROM money_transfers WHERE centre_id = ? AND moved_on BETWEEN ? AND ?',
    )
    .pluck(),
  funds: client.prepare(
    `SELECT fund, amount_rial AS amountRial FROM money_transfer_funds WHERE transfer_id = ?
     ORDER BY fund`,
  ),
  waiting: client
    .prepare(
      `SELECT count(*) FROM money_transfers t WHERE t.centre_id = ? AND t.prepared_by <> ?
         AND NOT EXISTS (SELECT 1 FROM money_transfer_signings WHERE transfer_id = t.id)
         AND NOT EXISTS (SELECT 1 FROM money_transfer_withdrawals WHERE transfer_id = t.id)`,
    )
    .pluck(),
}));

/** Writes down what is to be moved; it counts for nothing until another signs it. */
export function prepareTransfer(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  typed: TransferTyped,
): Transfer {
  requirePower(actor, 'money.move', centre);
  requireSound(tx, actor, centre, typed);
  const { from, to, movedOn, funds } = typed;
  const touchesBank = from === BANK_ACCOUNT || to === BANK_ACCOUNT;
  const slip = touchesBank ? typed.slip : null;
  const id = statements(tx).next.get() as number;
  const after = { from, to, movedOn, slip, funds };
  const act = record(tx, actor, {
    ...{ kind: 'transfer.prepared', subject: `transfers/${id}`, centreId: centre.id, after },
  });
  for (const { fund, amountRial } of funds) statements(tx).insertFund.run(id, fund, amountRial);
  statements(tx).insert.run(
    ...[id, centre.id, from, to, movedOn, slip, typed.note, actor.today, actor.user!.id, act.id],
  );
  return findTransfer(tx, centre.id, id);
}

/** The second signature: never of who prepared it. It posts the entry. */
export function signTransfer(tx: Tx, actor: Actor, centre: Centre, id: number): Transfer {
  requirePower(actor, 'money.move', centre);
  const transfer = findTransfer(tx, centre.id, id);
  requireState(transfer, 'prepared');
  if (transfer.preparedById === actor.user!.id) {
    throw new Refusal('bank:refusals.own-signature', { status: 403 });
  }
  const entryId = nextEntry(tx, centre.id, transfer.movedOn).id;
  const after = { entryId, amountRial: transfer.amountRial };
  const act = record(tx, actor, {
    ...{ kind: 'transfer.signed', subject: `transfers/${id}`, centreId: centre.id, after },
  });
  statements(tx).sign.run(id, entryId, actor.today, actor.user!.id, act.id);
  const { fromAccount, toAccount, movedOn, slip } = transfer;
  const t = wordsFor('fa');
  postEntry(tx, actor, {
    ...{ centreId: centre.id, entryOn: movedOn, source: 'transfer', actId: act.id },
    draftedBy: transfer.preparedById,
    description: t(`bank:transfers.entry.${fromAccount}-${toAccount}`, {
      slip: persianDigits(slip ?? ''),
    }),
    lines: fundsOfTransfer(tx, id).flatMap(({ fund, amountRial }) => [
      { account: toAccount, fund, debitRial: amountRial, creditRial: 0, detail: slip },
      { account: fromAccount, fund, debitRial: 0, creditRial: amountRial, detail: slip },
    ]),
  });
  return findTransfer(tx, centre.id, id);
}

/** What was prepared and not signed is taken back with a reason. */
export function withdrawTransfer(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, reason }: { id: number; reason: string },
): Transfer {
  requirePower(actor, 'money.move', centre);
  requireState(findTransfer(tx, centre.id, id), 'prepared');
  const act = record(tx, actor, {
    ...{ kind: 'transfer.withdrawn', subject: `transfers/${id}`, centreId: centre.id },
    after: { reason },
  });
  statements(tx).withdraw.run(id, reason, actor.today, actor.user!.id, act.id);
  return findTransfer(tx, centre.id, id);
}

/** What was posted by mistake is taken back by its mirror, dated today, by who did not sign it. */
export function reverseTransfer(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, reason }: { id: number; reason: string },
): Transfer {
  requirePower(actor, 'money.move', centre);
  const transfer = findTransfer(tx, centre.id, id);
  requireState(transfer, 'posted');
  const act = record(tx, actor, {
    ...{ kind: 'transfer.reversed', subject: `transfers/${id}`, centreId: centre.id },
    after: { reason },
  });
  const entry = reverseEntry(tx, actor, transfer.entryId!, reason, { actId: act.id });
  statements(tx).reverse.run(id, entry.id, actor.user!.id, act.id);
  return findTransfer(tx, centre.id, id);
}

export function findTransfer(db: Db, centreId: number, id: number): Transfer {
  const found = statements(db).one.get(centreId, id) as Transfer | undefined;
  if (!found) throw new NotFound();
  return found;
}

export function fundsOfTransfer(db: Db, id: number): { fund: string; amountRial: number }[] {
  return statements(db).funds.all(id) as { fund: string; amountRial: number }[];
}

type Days = { from: string; to: string };

/** The transfers of some days, the newest first. */
export function transfersOf(
  db: Db,
  centreId: number,
  { from, to }: Days,
  limit = 1000,
  offset = 0,
): Transfer[] {
  return statements(db).all.all(centreId, from, to, limit, offset) as Transfer[];
}

export function countTransfers(db: Db, centreId: number, { from, to }: Days): number {
  return statements(db).count.get(centreId, from, to) as number;
}

/** How many wait for a signature that this user may give. */
export function transfersWaiting(db: Db, centreId: number, userId: number): number {
  return statements(db).waiting.get(centreId, userId) as number;
}

function requireSound(tx: Tx, actor: Actor, centre: Centre, typed: TransferTyped): void {
  const { from, to, movedOn, slip, funds } = typed;
  if (from === to) throw new Refusal('bank:refusals.same-place', { status: 422, field: 'to' });
  if (movedOn > actor.today) {
    throw new Refusal('bank:refusals.later-day', { status: 422, field: 'movedOn' });
  }
  const touchesBank = from === BANK_ACCOUNT || to === BANK_ACCOUNT;
  if (touchesBank && !bankAccountOrNone(tx, centre.id)) {
    throw new Refusal('bank:refusals.no-account', { clause: 'B-118', mend: '/bank-account' });
  }
  if (touchesBank && !slip) {
    throw new Refusal('bank:refusals.no-slip', { status: 422, field: 'slip' });
  }
  if (funds.length === 0) throw new Refusal('bank:refusals.no-funds', { status: 422 });
  for (const { fund, amountRial } of funds) {
    const balanceRial = balanceOfFund(tx, centre.id, from, fund);
    if (balanceRial >= amountRial) continue;
    const values = { balanceRial, amountRial };
    throw new Refusal('bank:refusals.not-there', { field: `funds.${fund}`, values });
  }
}

function requireState({ state }: Transfer, wanted: TransferState): void {
  if (state !== wanted) throw new Refusal(`bank:refusals.transfer-${state}`);
}
