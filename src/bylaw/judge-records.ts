/** What is written down of the centre's work: in time (B-112), and what went well (B-108). */
import type { LateKind } from '../lateness/facts.ts';
import { daysBetween } from '../values/jalali-date.ts';
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

/** B-112: of a hundred dated records of the year so many may come late; they keep their mark. */
const LATE_IN_A_HUNDRED = 10;

/** Where the rows of which most came late are listed. */
const LISTED: Record<LateKind, Mend> = {
  gift: { to: '/donations?state=late', power: 'donations.read' },
  hours: { to: '/network/hours', power: 'network.read' },
  'unit-report': { to: '/network/units', power: 'network.read' },
  'assembly-meeting': { to: '/assemblies/meetings', power: 'assemblies.read' },
  'network-meeting': { to: '/network/networks', power: 'networks.read' },
  contact: { to: '/institutions', power: 'institutions.read' },
};

/** Where the gifts without a code of the committee's system are listed. */
const CODELESS: Mend = { to: '/registrations?state=without', power: 'registrations.read' };

/** The committee answers within so many days. */
const DAYS_TO_ANSWER = 30;

/** B-112: each gift has its code where the province asks for codes, and this year's gifts, hours, reports and meetings were entered soon after their day. */
export function enteredInTime({ lateness, registrations }: Facts): Judgement {
  const { records, late, mostly } = lateness;
  if (registrations.without > 0) {
    return broken(CODELESS, { count: registrations.without }, 'codeless');
  }
  if (records === 0) return notDue();
  // Rounded up: one late row of a thousand is not none.
  const count = Math.ceil((100 * late) / records);
  if (mostly !== null && count > LATE_IN_A_HUNDRED) return broken(LISTED[mostly], { count });
  return late === 0 ? kept({}, 'keptAll') : kept({ count });
}

/** B-108: what went well is written down, and answered by the committee. */
export function experienceShared({ experience, today }: Facts): Judgement {
  const { approved, waiting } = experience;
  if (waiting && daysBetween(waiting.since, today) > DAYS_TO_ANSWER) {
    const mend: Mend = { to: `/experiences/${waiting.id}`, power: 'experiences.answer' };
    return broken(mend, { day: waiting.since });
  }
  return approved > 0
    ? kept({ count: approved })
    : notDue(waiting ? { day: waiting.since } : {}, waiting ? 'waiting' : 'notDue');
}
