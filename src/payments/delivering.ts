/** Signing a delivery; the second signature lets the goods leave, with their entry and slip. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { contentOf, type EntryToPost, nextEntry, postEntry } from '../books/entries.ts';
import { uphold } from '../bylaw/clause.ts';
import { chairAgreed } from '../bylaw/spending.ts';
import type { Centre } from '../centres/centres.ts';
import { type Overriding, overrideRule } from '../funds/overrides.ts';
import { writeMove } from '../goods/moves.ts';
import { issuePaper } from '../paper/papers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { nextNumber } from '../provinces/numbering.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { record } from '../trail/acts.ts';
import { fiscalYear } from '../values/jalali-date.ts';
import { persianDigits } from '../values/persian-text.ts';
import {
  givenLines,
  outgoingOfDelivery,
  requireMayBeGiven,
  type Taken,
  takenOf,
} from './deliveries.ts';
import { type Delivery, deliverySubject, findDelivery } from './delivery-rows.ts';
import { paymentNumber } from './payment-rows.ts';
import { breachesOf, passedBy } from './rules.ts';
import type { SignedAs } from './schema.ts';
import {
  asSigner,
  markOf,
  requireSeen,
  requireSigner,
  signaturesOf,
  signerSaid,
  writeEnd,
  writeSignature,
} from './signatures.ts';
import { slipPaperOf } from './slip-paper.ts';
import { tellPreparer } from './told.ts';
import type { PaperSigner } from './voucher-paper.ts';

export type DeliverySigned = { seen?: string; passes?: Omit<Overriding, 'subject'>[] };

const statements = prepared((db) => ({
  made: db.$client.prepare('INSERT INTO deliveries_made VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
  taken: db.$client.prepare('INSERT INTO deliveries_taken VALUES (?, ?, ?, ?, ?, ?)'),
  promises: db.$client
    .prepare(
      `SELECT id FROM allocations a WHERE subject = ?
       AND NOT EXISTS (SELECT 1 FROM allocation_ends e WHERE e.allocation_id = a.id)`,
    )
    .pluck(),
  endPromise: db.$client.prepare('INSERT INTO allocation_ends VALUES (?, ?)'),
  signerOf: db.$client.prepare(
    `SELECT after ->> 'name' AS name, after ->> 'office' AS office FROM acts WHERE id =
       (SELECT act_id FROM outgoing_signatures WHERE subject = ? ORDER BY act_id LIMIT 1)`,
  ),
}));

/** Signs the delivery; with the second signature its goods leave the store. */
export function signDelivery(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { delivery, signed }: { delivery: Delivery; signed: DeliverySigned },
): Delivery {
  requireWaiting(delivery);
  const subject = deliverySubject(delivery);
  const signatures = signaturesOf(tx, subject);
  const { as, completes } = requireSigner(actor, centre, signatures);
  const mark = requireSeen(signed.seen, deliveryMark(tx, delivery, actor.today));
  const signer = asSigner(actor, centre.id, as);
  if (as === 'chair') {
    for (const asked of signed.passes ?? []) {
      overrideRule(tx, signer, centre, { ...asked, subject });
    }
  }
  const waiting = as === 'finance' && !completes;
  const passed = passedBy(tx, subject);
  requireMayBeGiven(tx, centre, delivery, { day: actor.today, waiting, passed });
  if (completes) {
    const roles = [...signatures.map(({ signedAs }) => signedAs), as];
    uphold(chairAgreed, { signedAs: roles, signers: roles.length });
    give(tx, signer, centre, { delivery, as, mark });
  } else {
    const act = record(tx, signer, {
      ...{ kind: 'delivery.signed', subject, centreId: centre.id },
      after: { as, seen: mark, ...signerSaid(tx, signer, centre.id, as) },
    });
    writeSignature(tx, signer, { subject, as, mark, actId: act.id });
  }
  return findDelivery(tx, centre.id, delivery.id);
}

/** What stands before the signer's eyes: the goods lot by lot, the recipient's marks, the rules. */
export function deliveryMark(db: Db, delivery: Delivery, today: string): string {
  const { id, recipientId, storeId, account, purpose, items } = delivery;
  const out = outgoingOfDelivery(db, delivery, today);
  const { sayyid, poor, need, persons } = out.recipient!;
  return markOf(
    [id, recipientId, storeId, account, purpose],
    items.map(({ lotId, quantityMilli }) => [lotId, quantityMilli]),
    [sayyid, poor, need, persons],
    breachesOf(db, out).map(({ fund, rule, reaction }) => [fund.code, rule, reaction]),
  );
}

type Ending = { delivery: Delivery; reason: string };

/** Whoever prepared it takes it back; what was promised is free again. */
export function withdrawDelivery(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { delivery, reason }: Ending,
): Delivery {
  requirePower(actor, 'deliveries.prepare', centre);
  requireWaiting(delivery);
  if (delivery.preparedBy !== actor.user?.id) {
    const values = { name: delivery.preparedByName };
    throw new Refusal('payments:refusals.not-preparer', { status: 403, values });
  }
  return end(tx, actor, centre, { delivery, reason, ending: 'withdrawn' });
}

/** Whoever is to sign refuses to, and says why; what was promised is free again. */
export function refuseDelivery(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { delivery, reason }: Ending,
): Delivery {
  requireWaiting(delivery);
  requireSigner(actor, centre, signaturesOf(tx, deliverySubject(delivery)));
  return end(tx, actor, centre, { delivery, reason, ending: 'refused' });
}

/** By whose hand it was taken; a proxy by what he is to the recipient, not by name. */
export type Taking = { takenBy: 'recipient' | 'proxy'; proxy: string | null };

/** Tells that the goods reached the recipient, by his own hand or by somebody he sent. */
export function recordTaking(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { delivery, taking }: { delivery: Delivery; taking: Taking },
): Delivery {
  requirePower(actor, 'deliveries.prepare', centre);
  if (delivery.state !== 'made') {
    throw new Refusal('payments:refusals.not-given', { values: { number: delivery.id } });
  }
  const { takenBy } = taking;
  const proxy = takenBy === 'proxy' ? taking.proxy : null;
  if (takenBy === 'proxy' && (proxy ?? '').trim().length < 2) {
    throw new Refusal('payments:refusals.proxy', { status: 422, field: 'proxy' });
  }
  const act = record(tx, actor, {
    ...{ kind: 'delivery.taken', subject: deliverySubject(delivery), centreId: centre.id },
    after: { takenBy, proxy },
  });
  const row = [delivery.id, takenBy, proxy, actor.today, actor.user!.id, act.id];
  statements(tx).taken.run(...row);
  return findDelivery(tx, centre.id, delivery.id);
}

function requireWaiting({ state, id }: Pick<Delivery, 'state' | 'id'>): void {
  if (state === 'waiting') return;
  throw new Refusal(`payments:refusals.delivery-${state}`, { values: { number: id } });
}

function end(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { delivery, reason, ending }: Ending & { ending: 'withdrawn' | 'refused' },
): Delivery {
  const subject = deliverySubject(delivery);
  const act = record(tx, actor, {
    ...{ kind: `delivery.${ending}`, subject, centreId: centre.id, after: { reason } },
  });
  endPromises(tx, subject, act.id);
  writeEnd(tx, actor, { subject, ending, reason, actId: act.id });
  tellPreparer(tx, actor, act, {
    ...{ key: 'payments:notices.refused', said: { purpose: delivery.purpose, reason } },
    ...{ href: `/deliveries/${delivery.id}`, centreId: centre.id, userId: delivery.preparedBy },
  });
  return findDelivery(tx, centre.id, delivery.id);
}

function endPromises(tx: Tx, subject: string, actId: number): void {
  const { promises, endPromise } = statements(tx);
  for (const id of promises.all(subject) as number[]) endPromise.run(id, actId);
}

type Giving = { delivery: Delivery; as: SignedAs; mark: string };

function give(tx: Tx, actor: Actor, centre: Centre, { delivery, as, mark }: Giving): void {
  const day = actor.today;
  const year = fiscalYear(day);
  const number = nextNumber(tx, 'delivery', centre.id, year);
  const written = paymentNumber({ year, number });
  const subject = deliverySubject(delivery);
  const taken = takenOf(tx, delivery);
  const worthRial = taken.reduce((sum, { valueRial }) => sum + valueRial, 0);
  const entry = entryOf(tx, actor, centre, { delivery, written, taken });
  const next = entry && nextEntry(tx, centre.id, day);
  const said = signerSaid(tx, actor, centre.id, as);
  const paper = issuePaper(tx, actor, {
    ...{ centreId: centre.id, kind: 'delivery', number: written, issuedOn: day },
    content: (code, verifyAddress) =>
      slipPaperOf(tx, actor, centre, {
        ...{ delivery, number: written, worthRial, code, verifyAddress },
        signers: signersOf(tx, subject, said, as),
      }),
    deed: {
      ...{ kind: 'delivery.made', subject },
      after: {
        ...{ number: written, as, seen: mark, ...said, worthRial },
        entry: entry && next ? { id: next.id, ...contentOf(entry, next) } : null,
      },
    },
  });
  const actId = paper.act.id;
  const entryId = next?.id ?? null;
  writeSignature(tx, actor, { subject, as, mark, actId });
  endPromises(tx, subject, actId);
  issue(tx, actor, { delivery, taken, actId, entryId });
  const row = [delivery.id, centre.id, year, number, day, entryId, paper.id, actId];
  statements(tx).made.run(...row);
  if (entry) postEntry(tx, actor, { ...entry, actId });
  tellPreparer(tx, actor, paper.act, {
    ...{ key: 'payments:notices.given', said: { number: written, purpose: delivery.purpose } },
    ...{ href: `/deliveries/${delivery.id}`, centreId: centre.id, userId: delivery.preparedBy },
  });
}

function signersOf(tx: Tx, subject: string, last: PaperSigner, as: SignedAs): PaperSigner[] {
  const first = statements(tx).signerOf.get(subject) as PaperSigner;
  return as === 'chair' ? [first, last] : [last, first];
}

type Booking = { delivery: Delivery; written: string; taken: Taken[] };

/** What is worth nothing leaves without an entry. */
function entryOf(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { delivery, written, taken }: Booking,
): EntryToPost | undefined {
  const lines = givenLines(delivery, taken);
  if (lines.length === 0) return undefined;
  const t = wordsOn(tx, actor.today);
  const said = { number: persianDigits(written), purpose: delivery.purpose };
  return {
    ...{ centreId: centre.id, entryOn: actor.today, source: 'delivery', lines },
    ...{ description: t('payments:entry.delivery', said), draftedBy: delivery.preparedBy },
  };
}

type Issuing = { delivery: Delivery; taken: Taken[]; actId: number; entryId: number | null };

function issue(tx: Tx, actor: Actor, { delivery, taken, actId, entryId }: Issuing): void {
  const { centreId, storeId } = delivery;
  for (const { lotId, quantityMilli, valueRial } of taken) {
    writeMove(tx, actor, {
      ...{ centreId, lotId, storeId, kind: 'issued', movedOn: actor.today },
      ...{ quantityMilli: -quantityMilli, valueRial: -valueRial },
      ...{ subject: deliverySubject(delivery), entryId, actId },
    });
  }
}
