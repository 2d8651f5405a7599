/** B-65, B-69, B-105: the two sides of the register, who writes in each and who sees its numbers. */
import type { Actor } from '../access/actor.ts';
import { may, POWERS, type Power, requirePower, type Seat } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { menByTheirOfficer, womenByTheirOfficer } from '../bylaw/volunteers.ts';
import type { Centre } from '../centres/centres.ts';
import { maskMobile } from '../donations/donors.ts';
import { maskNationalId } from '../values/national-id.ts';

export type Gender = 'man' | 'woman';

type Numbers = { gender: Gender; nationalId: string | null; mobile: string | null };

const CONTACT: Record<Gender, Power> = {
  man: 'volunteers.contact-men',
  woman: 'volunteers.contact-women',
};

const SIDES = {
  man: { clause: menByTheirOfficer, other: 'benefactors-women' },
  woman: { clause: womenByTheirOfficer, other: 'benefactors-men' },
} as const;

const WRITERS: readonly Seat[] = POWERS['volunteers.register'].seats;

/** Whether whole numbers of this side are open to the actor here, with no reason to be given. */
export function seesContact(actor: Actor, centre: Centre, gender: Gender): boolean {
  return may(actor, CONTACT[gender], centre);
}

/** Mobile and national ID whole to those whose side it is, else enough to tell two people apart. */
export function numbersFor(
  actor: Actor,
  centre: Centre,
  { gender, nationalId, mobile }: Numbers,
): Pick<Numbers, 'nationalId' | 'mobile'> {
  return seesContact(actor, centre, gender) ? { nationalId, mobile } : masked(nationalId, mobile);
}

/** As the trail tells them, which others read too. */
export function masked(nationalId: string | null, mobile: string | null) {
  return {
    nationalId: nationalId && maskNationalId(nationalId),
    mobile: mobile && maskMobile(mobile),
  };
}

/** The sides in which this actor may write. */
export function sidesOf(actor: Actor, centre: Centre): Gender[] {
  if (!may(actor, 'volunteers.register', centre)) return [];
  const seats = writingSeats(actor, centre).map(({ seat }) => seat);
  const holds = (gender: Gender) => SIDES[gender].clause.holds({ seats });
  return (['man', 'woman'] as const).filter((gender) => actor.office !== null || holds(gender));
}

/** The decree under which a trustee writes in this side; null for an officer of the committee. */
export function writerOf(actor: Actor, centre: Centre, gender: Gender): number | null {
  requirePower(actor, 'volunteers.register', centre);
  if (actor.office) return null;
  const held = writingSeats(actor, centre);
  const { clause, other } = SIDES[gender];
  uphold(clause, { seats: held.map(({ seat }) => seat) }, { status: 403, field: 'gender' });
  return held.find(({ seat }) => seat !== other)!.decreeId;
}

function writingSeats(actor: Actor, centre: Centre) {
  return actor.seats.filter(
    ({ centreId, seat }) => centreId === centre.id && WRITERS.includes(seat),
  );
}
