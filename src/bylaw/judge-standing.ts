/** Monitoring, the decisions that follow from it, and what becomes of a dissolved centre's assets. */
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';
import { assetsCountersigned, workingCentre } from './licence.ts';

const MONITORING: Mend = { to: '/licence/monitoring', power: 'monitorings.read' };
const RENEWAL: Mend = { to: '/licence/renewal', power: 'centres.read' };
const ASSETS: Mend = { to: '/licence/assets', power: 'assets.read' };
const DECISIONS: Mend = { to: '/licence/decisions', power: 'centres.read' };

/** A result is fresh for so many days; a working centre is monitored at least once in a licence. */
const FRESH_DAYS = 365;

/** B-20: each section by its own office, and a signed result at hand when the licence is to end. */
export function officesMonitored({ licence }: Facts): Judgement {
  const { openSince, lastSignedOn, lastAgeDays, stray } = licence.monitoring;
  if (stray > 0) return broken(MONITORING, { count: stray }, 'stray');
  const fresh = lastAgeDays !== null && lastAgeDays <= FRESH_DAYS;
  if (lastSignedOn !== null && fresh) return kept({ day: lastSignedOn });
  const ending = licence.state === 'warning' || licence.state === 'expired';
  if (ending && openSince === null) return broken(MONITORING);
  return openSince === null ? notDue() : notDue({ day: openSince }, 'underway');
}

/** B-109: every decision is the deputy's and rests on its result, and what it forbids is not done. */
export function decidedAfterMonitoring({ licence }: Facts): Judgement {
  const { decisions, forbiddenGiftOn, state, since, decided } = licence;
  if (decisions.stray !== null) return broken(DECISIONS, { number: decisions.stray }, 'stray');
  if (forbiddenGiftOn !== null) return broken(DECISIONS, { day: forbiddenGiftOn }, 'gift');
  if (state === 'expired') return broken(RENEWAL, { day: since! }, 'undecided');
  if (decided && !workingCentre.holds({ state })) {
    return kept({ number: decided.number, day: decided.decidedOn }, 'standing');
  }
  return decisions.made === 0 ? notDue() : kept({ count: decisions.made });
}

/** B-102: what a dissolved centre had went only under the committee. */
export function assetsUnderCommittee({ licence }: Facts): Judgement {
  const { state, assets } = licence;
  if (state === 'revoked' || state === 'dissolving') {
    return notDue({ count: assets.open }, 'underway');
  }
  if (state !== 'dissolved') return notDue();
  if (!assetsCountersigned.holds(assets)) return broken(ASSETS, { count: assets.open });
  return kept({ count: assets.lines });
}
