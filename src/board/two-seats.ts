/** A person in two seats is no breach, but those who decide are told of it. */
import type { Actor } from '../access/actor.ts';
import { may, type Seat } from '../access/powers.ts';
import { type Centre, findCentreById } from '../centres/centres.ts';
import type { Db } from '../provinces/connection.ts';
import { decreesOfPerson } from './decree-rows.ts';

/** Another seat of the person; the centre's name is told only to whoever may know of it. */
export type OtherSeat = { seat: Seat; here: boolean; centre: string | null };

/** The other seats that a person holds or is on the way to, but for one decree. */
export function otherSeatsOf(
  db: Db,
  actor: Actor,
  centre: Centre,
  personId: number,
  but = 0,
): OtherSeat[] {
  return decreesOfPerson(db, personId, actor.today)
    .filter(({ id, state }) => id !== but && !['ended', 'cancelled', 'refused'].includes(state))
    .map(({ seat, centreId, countyId }) => {
      const here = centreId === centre.id;
      const knows = may(actor, 'centres.read', { id: centreId, countyId });
      return { seat, here, centre: here || !knows ? null : findCentreById(db, centreId).name };
    });
}
