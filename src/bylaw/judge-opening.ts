/** The way of a centre: what stands before its first licence, and follows it until the centre works. */
import type { Facts } from './facts.ts';
import { seatKept } from './judge-board.ts';
import { noRent } from './judge-books.ts';
import { sealAfterCode } from './judge-licence.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';
import {
  equippedBeforeLicence,
  kindNamed,
  mosqueRecorded,
  peopleBeforeLicence,
} from './opening.ts';

const PROFILE: Mend = { to: '/profile', power: 'centres.register' };

/** B-3: a mosque's record has its prayer leader's name and telephone, and whether he is the chair. */
export function mosqueKnown({ opening }: Facts): Judgement {
  const { host, imamName, imamPhone, imamIsChair } = opening;
  if (!mosqueRecorded.holds(opening)) return broken(PROFILE);
  if (host !== 'mosque') return notDue();
  const name = imamName!;
  if (imamPhone === null) return broken(PROFILE, { name }, 'phone');
  return kept({ name }, imamIsChair ? 'chair' : 'kept');
}

/** B-21: a centre of a neighbourhood, of a guild, or specialised in what is named. */
export function kindKept({ opening }: Facts): Judgement {
  const { kind, speciality } = opening;
  if (!kindNamed.holds(opening)) return broken(PROFILE);
  return kept({ name: speciality ?? '' }, kind);
}

/** B-33: before the first licence the six are proposed and cleared; after it the seat is held. */
export function sixProposed(facts: Facts): Judgement {
  const { emptySeats, uncleared } = facts.opening;
  if (facts.licences.length > 0) return seatKept('assemblies')(facts);
  if (emptySeats > 0) return notDue({ count: emptySeats }, 'unproposed');
  return uncleared > 0 ? notDue({ count: uncleared }, 'uncleared') : notDue({}, 'proposed');
}

/** B-114: no rent in the books, and an office that its owner lends by letter. */
export function officeLent(facts: Facts): Judgement {
  const books = noRent(facts);
  if (books.state === 'broken') return books;
  const { office } = facts.opening;
  if (office) return kept({ number: office.letterNumber, day: office.letterOn }, 'lent');
  const mend: Mend = { to: '/premises', power: 'premises.edit' };
  return facts.licences.length > 0 ? broken(mend, {}, 'noOffice') : notDue({}, 'officeLater');
}

/** B-115: all nine kinds of equipment from the first licence on. */
export function equipped({ opening, licences }: Facts): Judgement {
  const { missing, pieces } = opening;
  if (equippedBeforeLicence.holds({ missing })) return kept({ count: pieces });
  const mend: Mend = { to: '/equipment', power: 'equipment.edit' };
  return licences.length > 0 ? broken(mend, { count: missing }) : notDue({ count: missing });
}

/** B-117: once there is an activity code, a seal by the committee's pattern. */
export function sealMade(facts: Facts): Judgement {
  const code = sealAfterCode(facts);
  if (code.state !== 'kept') return code;
  const { seal } = facts.opening;
  const number = facts.activityCode!;
  if (seal) return kept({ number, day: seal.madeOn }, 'sealed');
  return broken({ to: '/seal', power: 'seals.record' }, { number }, 'noSeal');
}

/** B-121: each user of the board has been trained by the committee. */
export function usersTrained({ opening }: Facts): Judgement {
  const { users, untrained } = opening;
  const [name] = untrained;
  if (users === 0) return notDue();
  if (name === undefined) return kept({ count: users });
  const mend: Mend = { to: '/trainings', power: 'trainings.record' };
  return broken(mend, { name, count: untrained.length });
}

/** B-137: as many volunteers and charity units as the province asks for, from the licence on. */
export function peopleFound({ opening, licences }: Facts): Judgement {
  const { found, least } = opening;
  const told = { count: found.volunteers, number: String(found.units) };
  if (peopleBeforeLicence.holds({ found, least })) return kept(told);
  const mend: Mend = { to: '/network', power: 'volunteers.register' };
  return licences.length > 0 ? broken(mend, told) : notDue(told);
}
