/** What stands before a centre's first licence, and what follows it until the centre works. */
import type { Clause } from './clause.ts';

/** The place that lends the centre its office is named, and of a mosque its prayer leader too. */
export const mosqueRecorded: Clause<{
  host: string;
  hostName: string;
  imamName: string | null;
  imamIsChair: boolean;
}> = {
  id: 'B-3',
  holds: ({ host, hostName, imamName, imamIsChair }) =>
    hostName.trim() !== '' && (host === 'mosque' ? (imamName ?? '').trim() !== '' : !imamIsChair),
};

/** A centre is of a neighbourhood, of a guild, or specialised in something that is named. */
export const kindNamed: Clause<{ kind: string; speciality: string | null }> = {
  id: 'B-21',
  holds: ({ kind, speciality }) => kind !== 'specialised' || (speciality ?? '').trim() !== '',
};

/** Somebody is proposed for each of the six core seats before the centre is first licensed. */
export const sixSeatsBeforeLicence: Clause<{ empty: number }> = {
  id: 'B-33',
  holds: ({ empty }) => empty === 0,
};

/** Whoever is proposed before the licence was approved by security and by selection. */
export const clearedBeforeLicence: Clause<{ uncleared: number }> = {
  id: 'B-14',
  holds: ({ uncleared }) => uncleared === 0,
};

/** The office is lent free of charge: nobody is paid a rent. */
export const freePremises: Clause<{ free: boolean }> = {
  id: 'B-114',
  holds: ({ free }) => free,
};

/** The owner has lent the office by his letter before the centre is first licensed. */
export const premisesBeforeLicence: Clause<{ lent: boolean }> = {
  id: 'B-114',
  holds: ({ lent }) => lent,
};

/** All nine kinds of equipment are in the office before the centre is first licensed. */
export const equippedBeforeLicence: Clause<{ missing: number }> = {
  id: 'B-115',
  holds: ({ missing }) => missing === 0,
};

/** The seal is made once there is an activity code, and there is one seal at a time. */
export const oneSealAfterCode: Clause<{ coded: boolean; sealed: boolean }> = {
  id: 'B-117',
  holds: ({ coded, sealed }) => coded && !sealed,
};

/** Training is the committee's to give and to record. */
export const committeeTrains: Clause<{ byCommittee: boolean; trainer: string }> = {
  id: 'B-121',
  holds: ({ byCommittee, trainer }) => byCommittee && trainer.trim() !== '',
};

/** The committee has fixed the area before the centre is first licensed. */
export const areaBeforeLicence: Clause<{ approvedOn: string | null; today: string }> = {
  id: 'B-124',
  holds: ({ approvedOn, today }) => approvedOn !== null && approvedOn <= today,
};

type People = { volunteers: number; units: number };

/** At least so many volunteers and charity units as the province asks, before any activity. */
export const peopleBeforeLicence: Clause<{ found: People; least: People }> = {
  id: 'B-137',
  holds: ({ found, least }) => found.volunteers >= least.volunteers && found.units >= least.units,
};

/** The survey of the area is approved before the centre is first licensed. */
export const surveyBeforeLicence: Clause<{ approvedOn: string | null; today: string }> = {
  id: 'B-139',
  holds: ({ approvedOn, today }) => approvedOn !== null && approvedOn <= today,
};
