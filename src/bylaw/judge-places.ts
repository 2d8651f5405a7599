/** The places of the network: what the area has, its survey, and its specialised networks. */
import { addDays } from '../values/jalali-date.ts';
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

type Kind = keyof Facts['places']['networks'];

const CAPACITIES: Mend = { to: '/network/capacities', power: 'capacities.record' };
const SURVEYS: Mend = { to: '/network/surveys', power: 'surveys.draft' };

/** So long after its first licence a centre may take to form its networks. */
const DAYS_TO_FORM = 90;

/** B-5: a network of people around the mosque: volunteers and charity units, and who gives. */
export function peopleAround({ places, licences, today }: Facts): Judgement {
  const { volunteers, units, benefactors } = places.reach;
  if (volunteers > 0 && units > 0) return kept({ count: volunteers + units + benefactors });
  const mend: Mend = { to: '/network', power: 'networks.read' };
  return isLicensed(licences, today) ? broken(mend) : notDue();
}

/** B-48: each capacity that can be used has its next step and somebody who follows it. */
export function capacitiesFollowed({ places, licences, today }: Facts): Judgement {
  const { open, hidden, unfollowed } = places.capacities;
  if (unfollowed > 0) return broken(CAPACITIES, { count: unfollowed }, 'unfollowed');
  if (open + hidden > 0) return kept({ count: open + hidden });
  return isLicensed(licences, today) ? broken(CAPACITIES) : notDue();
}

/** B-57: what was referred is answered in time. */
export function referralsAnswered({ places }: Facts): Judgement {
  const { answered, lastAnsweredOn, overdue } = places.referrals;
  if (overdue) return broken(pageOf(overdue), { number: overdue });
  return answered > 0 ? kept({ count: answered, day: lastAnsweredOn! }) : notDue();
}

/** B-138: capacities of both kinds are found, the open and the hidden. */
export function capacitiesFound({ places, licences, today }: Facts): Judgement {
  const { open, hidden } = places.capacities;
  if (open > 0 && hidden > 0) return kept({ count: open + hidden });
  if (open + hidden > 0) return broken(CAPACITIES, {}, open > 0 ? 'noHidden' : 'noOpen');
  return isLicensed(licences, today) ? broken(CAPACITIES) : notDue();
}

/** B-139: an approved survey before the work begins. */
export function areaSurveyed({ places, licences, today }: Facts): Judgement {
  const { survey, draft } = places;
  if (survey) return kept({ count: survey.version, day: survey.approvedOn });
  const mend = draft ? { ...SURVEYS, to: `/network/surveys/${draft}` } : SURVEYS;
  const why = draft === null ? undefined : 'drafted';
  return isLicensed(licences, today) ? broken(mend, {}, why) : notDue({}, why);
}

/** B-142: networks of benefactors and volunteers, each with a head, and no referral left lying. */
export function networksBuilt(facts: Facts): Judgement {
  const { places, licences, today } = facts;
  const networks = Object.values(places.networks);
  const late = networks.find(({ overdue }) => overdue !== null)?.overdue;
  if (late) return broken(pageOf(late), { number: late }, 'overdue');
  const formed = networks.filter(isFormed).length;
  if (formed > 0) return kept({ count: formed });
  return isDue(licences, today) ? broken(NETWORKS) : notDue();
}

/** B-143 to B-148: this one of the six is formed, and answers what it is asked. */
export function networkFormed(kind: Kind): (facts: Facts) => Judgement {
  return ({ places, licences, today }) => {
    const network = places.networks[kind];
    const { head, members, overdue } = network;
    if (overdue) return broken(pageOf(overdue), { number: overdue }, 'overdue');
    if (isFormed(network)) return kept({ name: head!, count: members });
    const mend: Mend = { ...NETWORKS, to: `/network/networks/${kind}` };
    return isDue(licences, today) ? broken(mend) : notDue();
  };
}

const NETWORKS: Mend = { to: '/network/networks', power: 'networks.edit' };

const pageOf = (number: string): Mend => ({
  ...{ to: `/network/referrals/${number}`, power: 'referrals.answer' },
});

const isFormed = ({ head, members }: { head: string | null; members: number }) =>
  head !== null && members > 0;

type Licences = Facts['licences'];

const isLicensed = (licences: Licences, today: string) =>
  licences.some(({ fromOn }) => fromOn <= today);

const isDue = (licences: Licences, today: string) =>
  licences.some(({ fromOn }) => addDays(fromOn, DAYS_TO_FORM) <= today);
