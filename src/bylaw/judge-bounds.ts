/** The map on the wall, service beyond the boundary, help from beyond it, and where donors live. */
import { coordinatedBenefactor, mapOfVersionInForce, permitBeforeServing } from './bounds.ts';
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

const SHEET: Mend = { to: '/boundary/sheet', power: 'boundary.read' };
const PERMITS: Mend = { to: '/boundary/permits', power: 'boundary.read' };
const BENEFACTORS: Mend = { to: '/boundary/benefactors', power: 'donations.read' };

/** B-123: with an area in force, of each donor it is told whether he lives in it, or not known. */
export function donorsPlaced({ bounds, area }: Facts): Judgement {
  const { count, placed } = bounds.donorPlaces;
  if (area.inForceOn === null || count === 0) return notDue();
  if (placed < count) return broken(BENEFACTORS, { count: count - placed });
  return kept({ count });
}

/** B-125: a sheet of the version in force hangs in the office. */
export function mapHangs({ bounds }: Facts): Judgement {
  const { inForce, issued, hung, hungOn, oldHangs } = bounds.sheet;
  if (inForce === null) return notDue();
  const version = hung ? Number(hung.split('-')[0]) : -1;
  if (hung && hungOn && mapOfVersionInForce.holds({ version, inForce })) {
    return kept({ number: hung, day: hungOn });
  }
  if (oldHangs) return broken(SHEET, { count: inForce }, 'replaced');
  return broken(SHEET, { count: inForce }, issued ? 'unhung' : 'broken');
}

/** B-126: each place served outside has the committee's coordination, and its centres were told. */
export function servedByPermit({ bounds }: Facts): Judgement {
  const { granted, stray, untold, lastOn } = bounds.permits;
  if (granted === 0) return notDue();
  if (!permitBeforeServing.holds({ coordinated: stray === 0, untold })) {
    return broken(PERMITS, { count: stray + untold });
  }
  return kept({ count: granted, day: lastOn! });
}

/** B-127: who was brought in from elsewhere came by a coordination with its number and day. */
export function benefactorsCoordinated({ bounds, today }: Facts): Judgement {
  const { count, late, unlinked } = bounds.links;
  const sound = coordinatedBenefactor.holds({ coordinatedOn: late > 0 ? today : '', linkedOn: '' });
  if (!sound) return broken(BENEFACTORS, { count: late }, 'late');
  if (unlinked > 0) return broken(BENEFACTORS, { count: unlinked });
  return count === 0 ? notDue() : kept({ count });
}
