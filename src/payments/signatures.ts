/**
 * The two signatures under what leaves the centre: one of who keeps the books, one of the chair, or
 * of the vice-chair acting for him (B-58, B-61). Whoever signs says what he has seen.
 */
import { createHash } from 'node:crypto';
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { chairsDecreeOf, isActing, officeSaid } from '../board/acting.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import type { Ending, SignedAs } from './schema.ts';

export type Signature = {
  signedAs: SignedAs;
  signedBy: number;
  name: string;
  signedAt: string;
};

const statements = prepared((db) => ({
  ofSubject: db.$client.prepare(
    `SELECT s.signed_as AS signedAs, s.signed_by AS signedBy, u.name, s.signed_at AS signedAt
     FROM outgoing_signatures s JOIN users u ON u.id = s.signed_by
     WHERE s.subject = ? ORDER BY s.act_id`,
  ),
  sign: db.$client.prepare('INSERT INTO outgoing_signatures VALUES (?, ?, ?, ?, ?, ?)'),
  end: db.$client.prepare('INSERT INTO outgoing_ends VALUES (?, ?, ?, ?, ?, ?)'),
}));

/** Who signed so far, the first one first. */
export function signaturesOf(db: Db, subject: string): Signature[] {
  return statements(db).ofSubject.all(subject) as Signature[];
}

const KEEPS_BOOKS: readonly string[] = ['admin-finance', 'vice-chair'];

/** In which of the two capacities the actor would sign here; undefined where in none. */
export function signsAs(actor: Actor, centreId: number): SignedAs | undefined {
  if (chairsDecreeOf(actor, centreId) !== undefined) return 'chair';
  const seats = actor.seats.filter((held) => held.centreId === centreId);
  return seats.some(({ seat }) => KEEPS_BOOKS.includes(seat)) ? 'finance' : undefined;
}

/** Whether it waits for this very actor. */
export function waitsFor(actor: Actor, centreId: number, signed: readonly Signature[]): boolean {
  const as = signsAs(actor, centreId);
  const userId = actor.user?.id;
  return as !== undefined && !signed.some((one) => one.signedAs === as || one.signedBy === userId);
}

/** The actor under the decree by which he signs, as the trail and the file have it. */
export function asSigner(actor: Actor, centreId: number, as: SignedAs): Actor {
  const held =
    as === 'chair'
      ? actor.seats.find((one) => one.centreId === centreId && one.seat === 'chair')
      : actor.seats.find((one) => one.centreId === centreId && KEEPS_BOOKS.includes(one.seat));
  return { ...actor, capacity: `${held?.acting ? 'acting' : 'decree'}:${held?.decreeId}` };
}

/** In which capacity the actor signs now; refuses who may not, and who has signed already. */
export function requireSigner(
  actor: Actor,
  centre: Centre,
  signed: readonly Signature[],
): { as: SignedAs; completes: boolean } {
  requirePower(actor, 'payments.sign', centre);
  const as = signsAs(actor, centre.id);
  if (!as) throw new Refusal('payments:refusals.no-signer', { status: 403, clause: 'B-58' });
  if (signed.some(({ signedBy }) => signedBy === actor.user?.id)) {
    throw new Refusal('payments:refusals.signed-already', { clause: 'B-58' });
  }
  const same = signed.find((one) => one.signedAs === as);
  if (same) {
    const values = { name: same.name };
    throw new Refusal(`payments:refusals.signed-as-${as}`, { clause: 'B-58', values });
  }
  return { as, completes: signed.length === 1 };
}

/** Refuses a signature under something else than what the signer has read. */
export function requireSeen(seen: string | undefined, mark: string): string {
  if (seen !== undefined && seen !== mark) throw new Refusal('payments:refusals.changed');
  return mark;
}

/** A mark of all that stands before the signer's eyes; another one as soon as any of it is another. */
export function markOf(...said: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url');
}

export type Signing = { subject: string; as: SignedAs; mark: string; actId: number };

export function writeSignature(tx: Tx, actor: Actor, { subject, as, mark, actId }: Signing): void {
  statements(tx).sign.run(subject, as, actor.user!.id, actor.now, mark, actId);
}

export type Ended = { subject: string; ending: Ending; reason: string; actId: number };

export function writeEnd(tx: Tx, actor: Actor, { subject, ending, reason, actId }: Ended): void {
  statements(tx).end.run(subject, ending, reason, actor.user!.id, actor.now, actId);
}

/** A signer as the paper names him: in the office in which he signs. */
export function signerSaid(db: Db, actor: Actor, centreId: number, as: SignedAs) {
  const t = wordsOn(db, actor.today);
  const name = actor.user?.name ?? '';
  if (as === 'chair') {
    return { name, office: isActing(actor, centreId) ? t('board:acting') : t('board:seats.chair') };
  }
  return { name, office: officeSaid(actor, centreId, t) };
}
