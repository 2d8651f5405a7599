/** Donors: masked when they ask for it, and known to few, as volunteers are. */
import { POWERS, type Seat } from '../access/powers.ts';
import type { Facts } from './facts.ts';
import { strayLooks } from './judge-volunteers.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

const TRAIL: Mend = { to: '/trail', power: 'trail.read' };

/** Those who may know how a donor is reached. */
const CONTACT: readonly Seat[] = POWERS['donors.contact'].seats;

/** B-104: whoever learnt the name of a donor who asked not to be named gave his reason. */
export function namesWithheld({ donors, openings }: Facts): Judgement {
  const revealed = openings.filter(({ kind }) => kind === 'donor.revealed');
  const unreasoned = revealed.filter(({ reason }) => !reason || reason.trim().length === 0);
  if (unreasoned.length > 0) return broken(TRAIL, { count: unreasoned.length });
  if (revealed.length > 0) return kept({ count: revealed.length });
  return donors.withheld ? kept({}, 'keptUnseen') : notDue();
}

/** B-105: donors' and volunteers' particulars were opened and written by those whose work it is. */
export function contactsGuarded({ donors, openings, volunteers }: Facts): Judgement {
  const stray = openings.filter(
    ({ seat, byOffice }) => !byOffice && (seat === null || !CONTACT.includes(seat)),
  );
  const strayed = stray.length + strayLooks(volunteers);
  if (strayed > 0) return broken(TRAIL, { count: strayed });
  const looked = openings.length + volunteers.reveals.length;
  if (looked > 0) return kept({ count: looked });
  return donors.reachable || volunteers.reachable ? kept({}, 'keptUnseen') : notDue();
}
