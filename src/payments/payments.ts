/** Payments as they are prepared: what, to whom, from which funds; signed and made afterwards. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Line } from '../books/entries.ts';
import { onItsUse } from '../bylaw/spending.ts';
import type { Centre } from '../centres/centres.ts';
import { HELD_FOR_CHILD } from '../donations/posting.ts';
import { findFund } from '../funds/funds.ts';
import { leavesFor } from '../funds/leave.ts';
import { balanceOfFund, requireSpending } from '../funds/spending.ts';
import type { Condition, Unit } from '../goods/schema.ts';
import { refuseUnpermitted } from '../licence/permission.ts';
import { tell } from '../notices/notices.ts';
import { codeOfGift, SPONSORS_FUND } from '../pledges/kept.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { type Recorded, record } from '../trail/acts.ts';
import { requireLeft } from './gift-rest.ts';
import { type Payee, refuseUnpaid } from './payees.ts';
import { findPayment, type Payment, subjectOf } from './payment-rows.ts';
import { PETTY_CASH, requireWithinFloat } from './petty-cash.ts';
import { purposeWords, refuseKind, refusePurpose } from './purposes.ts';
import { findRecipientById, type Recipient } from './recipients.ts';
import { breachesOf, type Outgoing, type Passed, requireRules } from './rules.ts';
import type { MoneyAccount, PayeeKind, PaymentKind } from './schema.ts';

export type AskedLine = {
  fund: string;
  account: string;
  amountRial: number;
  /** The gift it serves, where its fund demands that it is named. */
  donationId: number | null;
};

export type AskedGood = {
  name: string;
  quantityMilli: number;
  unit: Unit;
  valueRial: number;
  condition: Condition;
  expiresOn: string | null;
  /** Which of the lines it is a part of, from 0. */
  line: number;
};

export type AskedPayment = {
  kind: PaymentKind;
  account: MoneyAccount;
  recipient: Recipient | null;
  payee: Payee | null;
  storeId: number | null;
  purpose: string;
  reference: string | null;
  lines: AskedLine[];
  goods: AskedGood[];
  /** Whether the chair is asked to let it pass a rule that he may let pass. */
  exception: boolean;
};

const statements = prepared((db) => ({
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM payments').pluck(),
  insertLine: db.$client.prepare('INSERT INTO payment_lines VALUES (?, ?, ?, ?, ?, ?)'),
  insertGood: db.$client.prepare('INSERT INTO payment_goods VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  insert: db.$client.prepare(
    'INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ),
}));

/** Prepares a payment: it counts for nothing until two have signed it, and is never changed. */
export function preparePayment(tx: Tx, actor: Actor, centre: Centre, asked: AskedPayment): Payment {
  requirePower(actor, 'payments.prepare', centre);
  refuseKind(asked.kind);
  refusePurpose(tx, asked.kind, asked.purpose);
  requireWhole(tx, centre, asked);
  const out = { ...outgoingOf(asked, actor.today), subject: null };
  requireMayLeave(tx, centre, asked, { out, waiting: asked.exception });
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'payment.prepared', subject: `payments/${id}`, centreId: centre.id },
    after: contentOf(asked),
  });
  writePayment(tx, actor, centre, { id, asked, actId: act.id });
  const payment = findPayment(tx, centre.id, id);
  tellSigners(tx, actor, act, { centre, payment });
  return payment;
}

type AboutToLeave = Pick<AskedPayment, 'kind' | 'account' | 'lines'> & {
  payee: { nationalId: string | null; childCode: string | null } | null;
};

/**
 * All that must hold before money leaves: the licence, the fund's balance, uses and rules, what is
 * left of the gift, what is held for another, the float of petty cash. Asked when it is prepared, and
 * again when the second signature makes it.
 */
export function requireMayLeave(
  tx: Tx,
  centre: Centre,
  { kind, account, lines, payee }: AboutToLeave,
  { out, waiting, passed = [] }: { out: Outgoing; waiting: boolean; passed?: Passed[] },
): void {
  refuseUnpermitted(
    tx,
    centre.id,
    out.day,
    kind === 'aid' || kind === 'purchase' ? 'aid' : 'entries',
  );
  refuseUnpaid(tx, centre.id, payee?.nationalId ?? null, out.day);
  requireRules(tx, out, { passed, waiting });
  const spending = {
    ...{ centreId: centre.id, source: 'payment' as const, entryOn: out.day },
    lines: entryLines({ account, lines, childCode: payee?.childCode ?? null }),
  };
  requireSpending(tx, { ...spending, overridden: waiting ? mayBePassed(tx, out) : passed });
  // What needs a leave has one that is not used up (B-81).
  leavesFor(tx, spending);
  requireLeft(tx, lines);
  if (kind === 'pass-on') {
    requireOwnChild(tx, lines, payee?.childCode ?? null);
    requireHeld(tx, centre, lines);
  }
  const added = lines.reduce((sum, line) => sum + line.amountRial, 0);
  if (kind === 'petty') requireWithinFloat(tx, centre.id, added, out.day);
}

/** The entry of a payment: its lines debited, and where the money lay credited, fund by fund. */
export function entryLines({
  account,
  lines,
  childCode,
}: Pick<AskedPayment, 'account' | 'lines'> & { childCode: string | null }): Line[] {
  const credits = Map.groupBy(lines, ({ fund }) => fund);
  const debits = Map.groupBy(lines, (line) => `${line.account} ${line.fund}`);
  const sum = (of: AskedLine[]) => of.reduce((rial, { amountRial }) => rial + amountRial, 0);
  return [
    ...[...debits.values()].map((of) => ({
      ...{ account: of[0]!.account, fund: of[0]!.fund, debitRial: sum(of), creditRial: 0 },
      // What is held of each child is counted by the code that the line says.
      ...(isChilds(of[0]!) && { detail: childCode }),
    })),
    ...[...credits].map(([fund, of]) => ({ account, fund, debitRial: 0, creditRial: sum(of) })),
  ];
}

/** A payment as the rules of the funds look at it. */
export function outgoingOf(
  payment: Pick<AskedPayment, 'kind' | 'recipient' | 'payee' | 'lines'>,
  day: string,
): Omit<Outgoing, 'subject'> {
  const { kind, recipient, payee, lines } = payment;
  return { kind, day, recipient, payeeId: payee?.id ?? null, lines };
}

/** The same of one that is written. */
export function outgoingOfRow(db: Db, payment: Payment, day: string): Outgoing {
  const { kind, lines, recipientId, payeeId } = payment;
  const recipient = recipientId === null ? null : findRecipientById(db, recipientId);
  return { subject: subjectOf(payment), kind, day, recipient, payeeId, lines };
}

const mayBePassed = (db: Db, out: Outgoing): Passed[] =>
  breachesOf(db, out)
    .filter(({ mayOverride }) => mayOverride)
    .map(({ fund, rule }) => ({ fund: fund.code, rule }));

/** Which accounts each kind of payment is booked to. */
export const ACCOUNTS: Record<PaymentKind, RegExp> = {
  aid: /^610[1-9]$/,
  purchase: /^130[1-6]$/,
  running: /^7\d{3}$/,
  'pass-on': /^310[234]$/,
  petty: /^1103$/,
};

/** Whose the money is that a centre holds for another. */
const OWNERS: Record<string, PayeeKind> = {
  ...{ '3102': 'donor', '3103': 'marja-office', '3104': 'child-account' },
};

function requireWhole(db: Db, centre: Centre, asked: AskedPayment): void {
  const { kind, account, recipient, payee, lines, goods } = asked;
  if (kind === 'aid' && !recipient) refuseField('recipient', 'no-recipient');
  if (kind !== 'aid' && kind !== 'petty' && !payee) refuseField('payee', 'no-payee');
  if (account === PETTY_CASH && (kind === 'petty' || kind === 'pass-on')) {
    refuseField('account', 'not-from-petty-cash');
  }
  if (lines.length === 0)
    refuseField(kind === 'purchase' ? 'goods.0.name' : 'lines.0.fund', 'no-lines');
  lines.forEach((line, at) => {
    const place =
      kind === 'purchase' ? `goods.${goods.findIndex((one) => one.line === at)}` : `lines.${at}`;
    if (!findFund(db, line.fund)) refuseField(`${place}.fund`, 'no-fund');
    if (!ACCOUNTS[kind].test(line.account)) refuseField(`${place}.account`, 'other-account');
    const owner = OWNERS[line.account];
    if (kind === 'pass-on' && owner !== payee?.kind) {
      const values = { accountFa: line.account, accountEn: line.account };
      throw new Refusal(`payments:refusals.owner-${owner}`, {
        ...{ clause: onItsUse.id, field: 'payee', values },
      });
    }
  });
  if (payee && payee.centreId !== centre.id) refuseField('payee', 'no-payee');
}

const isChilds = ({ account, fund }: AskedLine) =>
  account === HELD_FOR_CHILD && fund === SPONSORS_FUND;

/** B-81: what a sponsor gave in the name of one code is paid into the account of that very code. */
function requireOwnChild(db: Db, lines: AskedLine[], childCode: string | null): void {
  for (const { donationId } of lines.filter(isChilds)) {
    const code = donationId === null ? null : codeOfGift(db, donationId);
    if (code !== null && code === childCode) continue;
    const key = code === null ? 'gift-of-no-child' : 'other-child';
    throw new Refusal(`payments:refusals.${key}`, {
      ...{ clause: onItsUse.id, field: 'payee' },
      values: { code: code ?? '', other: childCode ?? '\u2014' },
    });
  }
}

/** Nobody is handed more than the centre holds for him. */
function requireHeld(db: Db, centre: Centre, lines: AskedLine[]): void {
  for (const of of Map.groupBy(lines, (line) => `${line.account} ${line.fund}`).values()) {
    const { account, fund } = of[0]!;
    const amountRial = of.reduce((sum, line) => sum + line.amountRial, 0);
    const heldRial = -balanceOfFund(db, centre.id, account, fund);
    if (amountRial <= heldRial) continue;
    const named = findFund(db, fund);
    throw new Refusal('payments:refusals.not-held', {
      clause: onItsUse.id,
      values: { fundFa: named?.nameFa ?? fund, fundEn: named?.nameEn ?? fund, heldRial },
    });
  }
}

/** What the trail keeps of a payment, so that whoever changes its rows is found out. */
function contentOf(asked: AskedPayment): object {
  const { kind, account, recipient, payee, storeId, purpose, reference, lines, goods } = asked;
  return {
    ...{ kind, account, recipientId: recipient?.id ?? null, payeeId: payee?.id ?? null, storeId },
    ...{ purpose, reference },
    amountRial: lines.reduce((sum, { amountRial }) => sum + amountRial, 0),
    lines: lines.map((one) => [one.fund, one.account, one.amountRial, one.donationId]),
    goods: goods.map((one) => [
      one.name,
      one.quantityMilli,
      one.unit,
      one.valueRial,
      one.expiresOn,
    ]),
  };
}

type Writing = { id: number; asked: AskedPayment; actId: number };

function writePayment(tx: Tx, actor: Actor, centre: Centre, { id, asked, actId }: Writing): void {
  const { insertLine, insertGood, insert } = statements(tx);
  asked.lines.forEach(({ fund, account, amountRial, donationId }, at) => {
    insertLine.run(id, at + 1, fund, account, amountRial, donationId);
  });
  asked.goods.forEach((good, at) => {
    const { line, name, quantityMilli, unit, valueRial, condition, expiresOn } = good;
    const row = [id, at + 1, line + 1, name, quantityMilli, unit, valueRial, condition, expiresOn];
    insertGood.run(...row);
  });
  const { kind, account, lines, recipient, payee, storeId, purpose, reference } = asked;
  const amountRial = lines.reduce((sum, line) => sum + line.amountRial, 0);
  insert.run(
    ...[id, centre.id, kind, account, amountRial, recipient?.id ?? null, payee?.id ?? null],
    ...[storeId, purpose, purposeWords(purpose), reference, actor.today, actor.user!.id, actId],
  );
}

/** Those who are to sign are told; whoever prepared it knows. */
function tellSigners(
  tx: Tx,
  actor: Actor,
  act: Recorded,
  { centre, payment }: { centre: Centre; payment: Payment },
): void {
  tell(tx, actor, act, {
    key: 'payments:notices.prepared',
    said: { name: actor.user!.name, purpose: payment.purpose },
    ...{ href: `/payments/${payment.id}`, centreId: centre.id },
    to: [{ seat: 'admin-finance' }, { seat: 'chair' }],
  });
}

function refuseField(field: string, key: string): never {
  throw new Refusal(`payments:refusals.${key}`, { status: 422, field });
}
