/** B-61: on the days of his declared absence the chair signs nothing that his deputy signs for him. */
import type { Actor } from '../access/actor.ts';
import type { Db } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { absenceShown } from './absences.ts';
import { isActing } from './acting.ts';

/** Refuses the chair himself while somebody acts for him; back again, he ends his absence first. */
export function refuseAbsentChair(db: Db, actor: Actor, centreId: number): void {
  const chairs = actor.seats.some((held) => held.centreId === centreId && held.seat === 'chair');
  if (!chairs || isActing(actor, centreId)) return;
  const vice = absenceShown(db, centreId, actor.today)?.vice;
  if (!vice) return;
  throw new Refusal('board:refusals.chair-absent', {
    ...{ status: 403, clause: 'B-61', values: { name: vice }, mend: '/board/absences' },
  });
}
