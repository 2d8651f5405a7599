/** B-119: the committee opens the chair's user; the chair opens those of the other holders. */
import type { Actor } from '../access/actor.ts';
import { may, type Power, requirePower } from '../access/powers.ts';
import { openTrusteeUser } from '../access/users.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { refuseOwnMatter } from './acting.ts';
import { type Decree, decreesOf } from './decree-rows.ts';

/** A holder, or one whose decree waits for his acceptance, and his user if he has one. */
export type HolderUser = { decree: Decree; username: string | null; ended: boolean };

const statements = prepared((db) => ({
  ofPerson: db.$client.prepare(
    'SELECT username, ended_at IS NOT NULL AS ended FROM users WHERE person_id = ?',
  ),
}));

/** The holders of a centre's seats, with their users. */
export function holderUsers(db: Db, centre: Centre, today: string): HolderUser[] {
  return decreesOf(db, centre.id, today)
    .filter(({ state }) => state === 'issued' || state === 'accepted')
    .map((decree) => {
      const user = statements(db).ofPerson.get(decree.personId) as
        | { username: string; ended: number }
        | undefined;
      return { decree, username: user?.username ?? null, ended: user?.ended === 1 };
    });
}

/** Who opens the user of this seat's holder. */
export function openerOf(seat: Decree['seat']): Power {
  return seat === 'chair' ? 'users.open-chair' : 'users.open-board';
}

export type UserOpening = { decreeId: number; username: string; passwordHash: string };

/** Opens the user of a holder, with a first password that he changes when he signs in. */
export function openHolderUser(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { decreeId, username, passwordHash }: UserOpening,
): { id: number; username: string; decree: Decree } {
  const holder = holderUsers(tx, centre, actor.today).find(({ decree }) => decree.id === decreeId);
  if (!holder) throw new NotFound();
  const { decree } = holder;
  refuseOtherOpener(actor, centre, decree);
  refuseOwnMatter(actor, centre.id, decree.personId);
  if (holder.username !== null) {
    const values = { username: holder.username };
    throw new Refusal('board:refusals.has-user', { field: 'decree', values });
  }
  const { personId, name } = decree;
  const opening = { personId, username, name, passwordHash, mustChange: true };
  return { id: openTrusteeUser(tx, actor, opening), username, decree };
}

function refuseOtherOpener(actor: Actor, centre: Centre, { seat }: Decree): void {
  if (may(actor, openerOf(seat), centre)) return;
  const opensOthers = may(actor, openerOf(seat === 'chair' ? 'assemblies' : 'chair'), centre);
  if (!opensOthers) requirePower(actor, openerOf(seat), centre);
  throw new Refusal('bylaw:refusals.B-119', { status: 403, clause: 'B-119' });
}
