/** Licence, seal, bank account and area: what must stand before anything is done. */
import { coveredUntil } from '../licence/states.ts';
import { isCardNumber } from '../values/bank-account.ts';
import { addDays } from '../values/jalali-date.ts';
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';
import { codeAfterLicence, oneBankAccount } from './resources.ts';
import { decreeWithinLicence, licenceBeforeActivity } from './rules.ts';
import { areaBeforeActivity, areaWithoutOverlap } from './territory.ts';

const LICENCE: Mend = { to: '/licence', power: 'licences.issue' };
const AREA: Mend = { to: '/boundary', power: 'boundary.read' };

/** B-117: the activity code comes after the licence, and with it the draft mark goes. */
export function sealAfterCode({ licences, activityCode }: Facts): Judgement {
  const licensed = licences.length > 0;
  const mend: Mend = { to: '/activity-code', power: 'activity-codes.record' };
  if (activityCode === null) return licensed ? broken(mend) : notDue();
  if (!codeAfterLicence.holds({ licensed })) return broken(mend, {}, 'unlicensed');
  return kept({ number: activityCode });
}

/** B-118: one account, at the one bank, in the centre's own name, on an introduction. */
export function oneAccount(facts: Facts): Judgement {
  const { account, introduction, activityCode, licences, centre } = facts;
  const power = introduction ? 'bank-accounts.record' : 'bank-accounts.introduce';
  const mend: Mend = { to: '/bank-account', power };
  if (!account) {
    if (licences.length === 0 || activityCode === null) return notDue();
    return introduction ? broken(mend, {}, 'introduced') : broken(mend);
  }
  const sound = oneBankAccount.holds({
    bank: account.bank,
    ownerName: account.ownerName,
    centreName: centre.name,
    introduced: introduction !== null,
    isCardNumber: isCardNumber(account.accountNumber),
  });
  if (!sound || !introduction) return broken(mend, {}, 'otherAccount');
  return kept({ number: introduction.number, day: introduction.issuedOn });
}

/** B-124: an approved area before the first gift, and no overlap that was not coordinated. */
export function areaFixed({ area, gifts, licences, today }: Facts): Judgement {
  const { firstOn, inForceOn, uncoordinated } = area;
  if (firstOn === null || inForceOn === null) {
    const due = gifts.count > 0 || licences.some(({ fromOn }) => fromOn <= today);
    return due ? broken(AREA) : notDue();
  }
  const { firstOn: givenOn } = gifts;
  if (givenOn && !areaBeforeActivity.holds({ approvedOn: firstOn, actOn: givenOn })) {
    return broken(AREA, { day: givenOn }, 'early');
  }
  if (!areaWithoutOverlap.holds({ uncoordinated })) {
    return broken(AREA, { count: uncoordinated }, 'overlap');
  }
  return kept({ day: firstOn });
}

/** B-128: nothing under the centre's name but on the days of a licence the committee gave. */
export function licensed(facts: Facts): Judgement {
  const { licences, gifts, today } = facts;
  const stray = licences.find(({ byCommittee }) => !byCommittee);
  if (stray) return broken(LICENCE, { number: stray.number }, 'otherHand');
  if (gifts.unlicensedOn) return broken(LICENCE, { day: gifts.unlicensedOn }, 'gift');
  const beyond = facts.decrees.find(
    ({ issuedOn, fromOn, toOn }) =>
      issuedOn !== null && !decreeWithinLicence.holds({ licences, term: { fromOn, toOn } }),
  );
  if (beyond) return broken(LICENCE, { name: beyond.name }, 'decree');
  return licensedToday(facts, today);
}

function licensedToday({ licences, licence }: Facts, today: string): Judgement {
  if (licenceBeforeActivity.holds({ licences, actOn: today, today })) {
    const covering = licences.find(({ fromOn, toOn }) => fromOn <= today && today <= toOn)!;
    return kept({ number: covering.number, day: coveredUntil(licences, today)! });
  }
  const ended = licences.filter(({ toOn }) => toOn < today).map(({ toOn }) => toOn);
  const last = ended.sort().at(-1);
  if (['revoked', 'dissolving', 'dissolved'].includes(licence.state)) return notDue({}, 'closed');
  return last === undefined ? notDue() : broken(LICENCE, { day: addDays(last, 1) });
}
