/** Donors: masked when they ask for it, and known to few. */
import { POWERS, type Seat } from '../access/powers.ts';
import type { Facts } from './facts.ts';
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

/** B-105: donors' particulars were opened and written by three seats and the committee only. */
export function contactsGuarded({ donors, openings }: Facts): Judgement {
  const stray = openings.filter(
    ({ seat, byOffice }) => !byOffice && (seat === null || !CONTACT.includes(seat)),
  );
  if (stray.length > 0) return broken(TRAIL, { count: stray.length });
  if (openings.length > 0) return kept({ count: openings.length });
  return donors.reachable ? kept({}, 'keptUnseen') : notDue();
}
