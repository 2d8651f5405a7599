/** Signing a payment; the second signature makes it: number, entry, voucher and act in one. */
import type { Actor } from '../access/actor.ts';
import { attachmentsOf } from '../attachments/attachments.ts';
import {
  contentOf,
  type EntryToPost,
  entryNumber,
  nextEntry,
  postEntry,
} from '../books/entries.ts';
import { uphold } from '../bylaw/clause.ts';
import { chairAgreed, documented } from '../bylaw/spending.ts';
import type { Centre } from '../centres/centres.ts';
import { findFund } from '../funds/funds.ts';
import { type Overriding, overrideRule } from '../funds/overrides.ts';
import { bringIn } from '../goods/lots.ts';
import { issuePaper } from '../paper/papers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { nextNumber } from '../provinces/numbering.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { record } from '../trail/acts.ts';
import { fiscalYear } from '../values/jalali-date.ts';
import { persianDigits } from '../values/persian-text.ts';
import { findPayee } from './payees.ts';
import { findPayment, type Payment, paymentNumber, subjectOf } from './payment-rows.ts';
import { paymentRuleOn } from './payment-rules.ts';
import { entryLines, outgoingOfRow, requireMayLeave } from './payments.ts';
import { breachesOf, passedBy } from './rules.ts';
import type { SignedAs } from './schema.ts';
import {
  asSigner,
  markOf,
  requireSeen,
  requireSigner,
  signaturesOf,
  signerSaid,
  writeSignature,
} from './signatures.ts';
import { tellPreparer } from './told.ts';
import { type PaperSigner, voucherPaperOf } from './voucher-paper.ts';

export type PaymentSigned = {
  /** The mark of what was read; a program may leave it out. */
  seen?: string;
  /** What the chair lets pass, each with his reason and a document. */
  passes?: Omit<Overriding, 'subject'>[];
  /** Why the chair lets it be made without a document. */
  undocumented?: string;
};

const statements = prepared((db) => ({
  made: db.$client.prepare('INSERT INTO payments_made VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
  lot: db.$client.prepare('INSERT INTO purchased_lots VALUES (?, ?, ?)'),
  allow: db.$client.prepare('INSERT INTO undocumented_payments VALUES (?, ?, ?, ?)'),
  allowed: db.$client
    .prepare('SELECT reason FROM undocumented_payments WHERE payment_id = ?')
    .pluck(),
  signerOf: db.$client.prepare(
    `SELECT after ->> 'name' AS name, after ->> 'office' AS office FROM acts WHERE id =
       (SELECT act_id FROM outgoing_signatures WHERE subject = ? ORDER BY act_id LIMIT 1)`,
  ),
  passed: db.$client.prepare('SELECT fund, rule, reason FROM fund_overrides WHERE subject = ?'),
}));

/** Signs the payment; with the second signature it is made. */
export function signPayment(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { payment, signed }: { payment: Payment; signed: PaymentSigned },
): Payment {
  requireWaiting(payment);
  const subject = subjectOf(payment);
  const signatures = signaturesOf(tx, subject);
  const { as, completes } = requireSigner(actor, centre, signatures);
  const mark = requireSeen(signed.seen, paymentMark(tx, payment, actor.today));
  const signer = asSigner(actor, centre.id, as);
  if (as === 'chair') decide(tx, signer, centre, { payment, signed });
  const out = outgoingOfRow(tx, payment, actor.today);
  const payee = payment.payeeId === null ? null : findPayee(tx, centre.id, payment.payeeId);
  const passed = passedBy(tx, subject);
  // What waits for the chair's word is let through by whoever signs before him, and by nobody else.
  const waiting = as === 'finance' && !completes;
  requireMayLeave(tx, centre, { ...payment, payee }, { out, waiting, passed });
  if (as === 'chair' || completes) requireDocument(tx, centre, payment, actor.today);
  if (completes) {
    const roles = [...signatures.map(({ signedAs }) => signedAs), as];
    uphold(chairAgreed, { signedAs: roles, signers: roles.length });
    makePayment(tx, signer, centre, { payment, as, mark });
  } else {
    const said = signerSaid(tx, signer, centre.id, as);
    const act = record(tx, signer, {
      ...{ kind: 'payment.signed', subject, centreId: centre.id },
      after: { as, seen: mark, ...said },
    });
    writeSignature(tx, signer, { subject, as, mark, actId: act.id });
  }
  return findPayment(tx, centre.id, payment.id);
}

/** What stands before the signer's eyes: the payment, its files, the marks and rules it is held to. */
export function paymentMark(db: Db, payment: Payment, today: string): string {
  const { id, kind, account, amountRial, recipientId, payeeId, purpose, reference } = payment;
  const out = outgoingOfRow(db, payment, today);
  const { recipient } = out;
  const marks = recipient && [recipient.sayyid, recipient.poor, recipient.need, recipient.persons];
  const breaches = breachesOf(db, out).map(({ fund, rule, reaction }) => [
    fund.code,
    rule,
    reaction,
  ]);
  return markOf(
    [id, kind, account, amountRial, recipientId, payeeId, purpose, reference],
    ...[payment.lines, payment.goods, marks, breaches],
  );
}

/** Whether the payment is above the limit of the day, and has neither a document nor the chair's word. */
export function lacksDocument(db: Db, centre: Centre, payment: Payment, day: string): boolean {
  const { kind, amountRial, id } = payment;
  if (kind === 'petty') return false;
  const files = attachmentsOf(db, { subject: subjectOf(payment), centre });
  return !documented.holds({
    ...{ amountRial, limitRial: paymentRuleOn(db, day).documentAboveRial },
    documents: files.filter(({ endedOn }) => endedOn === null).length,
    allowed: statements(db).allowed.get(id) !== undefined,
  });
}

/** Why the chair let it be made without a document; undefined where he did not. */
export function undocumentedReason(db: Db, paymentId: number): string | undefined {
  return statements(db).allowed.get(paymentId) as string | undefined;
}

export function requireWaiting({ state, id }: Pick<Payment, 'state' | 'id'>): void {
  if (state === 'waiting') return;
  throw new Refusal(`payments:refusals.is-${state}`, { values: { number: id } });
}

function requireDocument(db: Db, centre: Centre, payment: Payment, day: string): void {
  if (!lacksDocument(db, centre, payment, day)) return;
  const { documentAboveRial: limitRial } = paymentRuleOn(db, day);
  throw new Refusal('payments:refusals.no-document', {
    ...{ clause: documented.id, field: 'undocumented', values: { limitRial } },
  });
}

type Signed = { payment: Payment; signed: PaymentSigned };

/** What only the chair decides as he signs: the rules he lets pass, a payment without a document. */
function decide(tx: Tx, chair: Actor, centre: Centre, { payment, signed }: Signed): void {
  const subject = subjectOf(payment);
  for (const asked of signed.passes ?? []) overrideRule(tx, chair, centre, { ...asked, subject });
  const reason = signed.undocumented;
  if (!reason || !lacksDocument(tx, centre, payment, chair.today)) return;
  const act = record(tx, chair, {
    ...{ kind: 'payment.undocumented', subject, centreId: centre.id, after: { reason } },
  });
  statements(tx).allow.run(payment.id, reason, chair.user!.id, act.id);
}

type Making = { payment: Payment; as: SignedAs; mark: string };

function makePayment(tx: Tx, actor: Actor, centre: Centre, { payment, as, mark }: Making): void {
  const day = actor.today;
  const year = fiscalYear(day);
  const number = nextNumber(tx, 'payment', centre.id, year);
  const written = paymentNumber({ year, number });
  const next = nextEntry(tx, centre.id, day);
  const entry = entryOf(tx, actor, centre, { payment, written });
  const subject = subjectOf(payment);
  const said = signerSaid(tx, actor, centre.id, as);
  const paper = issuePaper(tx, actor, {
    ...{ centreId: centre.id, kind: 'voucher', number: written, issuedOn: day },
    content: (code, verifyAddress) =>
      voucherPaperOf(tx, actor, centre, {
        ...{ payment, number: written, entry: entryNumber(next), code, verifyAddress },
        ...{ signers: signersOf(tx, subject, said, as), passed: passedSaid(tx, subject) },
      }),
    deed: {
      ...{ kind: 'payment.made', subject },
      after: {
        ...{ number: written, as, seen: mark, ...said, amountRial: payment.amountRial },
        entry: { id: next.id, ...contentOf(entry, next) },
      },
    },
  });
  const actId = paper.act.id;
  writeSignature(tx, actor, { subject, as, mark, actId });
  bringGoodsIn(tx, actor, centre, { payment, actId, entryId: next.id });
  const row = [payment.id, centre.id, year, number, day, next.id, paper.id, actId];
  statements(tx).made.run(...row);
  postEntry(tx, actor, { ...entry, actId });
  tellPreparer(tx, actor, paper.act, {
    ...{ key: 'payments:notices.made', said: { number: written, purpose: payment.purpose } },
    ...{ href: `/payments/${payment.id}`, centreId: centre.id, userId: payment.preparedBy },
  });
}

function entryOf(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { payment, written }: { payment: Payment; written: string },
): EntryToPost {
  const t = wordsOn(tx, actor.today);
  const said = { number: persianDigits(written), purpose: payment.purpose };
  const { payeeId } = payment;
  const childCode = payeeId === null ? null : findPayee(tx, centre.id, payeeId).childCode;
  return {
    ...{ centreId: centre.id, entryOn: actor.today, source: 'payment' as const },
    description: t(`payments:entry.${payment.kind}`, said),
    draftedBy: payment.preparedBy,
    overridden: passedBy(tx, subjectOf(payment)),
    lines: entryLines({ ...payment, childCode }),
  };
}

/** Both signers as the paper names them, who keeps the books first. */
function signersOf(tx: Tx, subject: string, last: PaperSigner, as: SignedAs): PaperSigner[] {
  const first = statements(tx).signerOf.get(subject) as PaperSigner;
  return as === 'chair' ? [first, last] : [last, first];
}

function passedSaid(tx: Tx, subject: string) {
  const rows = statements(tx).passed.all(subject) as {
    fund: string;
    rule: string;
    reason: string;
  }[];
  return rows.map(({ fund: code, rule, reason }) => {
    const fund = findFund(tx, code);
    const words = fund?.rules.find((one) => one.rule === rule)?.words.fa ?? rule;
    return { fund: fund?.nameFa ?? code, rule: words, reason };
  });
}

type Bringing = { payment: Payment; actId: number; entryId: number };

/** What was bought comes into the store in the fund of its line, each good as a lot of its own. */
function bringGoodsIn(tx: Tx, actor: Actor, centre: Centre, { payment, actId, entryId }: Bringing) {
  for (const { position, line, ...good } of payment.goods) {
    const { fund, account } = payment.lines[line - 1]!;
    const [lot] = bringIn(tx, actor, centre, [{ ...good, account }], {
      ...{ fund, receivedOn: actor.today, origin: 'purchase', actId, entryId },
      ...{ subject: subjectOf(payment), storeId: payment.storeId ?? undefined },
    });
    statements(tx).lot.run(lot!.id, payment.id, position);
  }
}
