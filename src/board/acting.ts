/** B-61: in a declared absence the vice-chair acts for the chair, and never in a matter of his own. */
import type { Actor } from '../access/actor.ts';
import { nobodyForHimself } from '../bylaw/duties.ts';
import { Refusal } from '../refusal.ts';
import type { Words } from '../words.ts';

/** Whether the actor sits for this centre's chair today, by his own decree as vice-chair. */
export function isActing(actor: Actor, centreId: number): boolean {
  return actor.seats.some((held) => held.centreId === centreId && held.acting === true);
}

/** The decree under which the actor signs as chair of this centre: his own, or the vice-chair's. */
export function chairsDecreeOf(actor: Actor, centreId: number): number | undefined {
  return actor.seats.find((held) => held.centreId === centreId && held.seat === 'chair')?.decreeId;
}

/** The office under a signature in this centre: the acting one says so. */
export function officeSaid(actor: Actor, centreId: number, t: Words): string {
  if (actor.office) return t(`common:roles.${actor.office.role}`);
  if (isActing(actor, centreId)) return t('board:acting');
  const held = actor.seats.find((seat) => seat.centreId === centreId);
  return t(`board:seats.${held?.seat ?? 'chair'}`);
}

/** Refuses whoever acts for the chair a decision about himself. */
export function refuseOwnMatter(actor: Actor, centreId: number, personId: number | null): void {
  if (personId === null || actor.office) return;
  const isOwn = actor.user?.personId === personId;
  if (nobodyForHimself.holds({ isActing: isActing(actor, centreId), isOwn })) return;
  throw new Refusal('bylaw:refusals.B-61', { status: 403, clause: nobodyForHimself.id });
}
