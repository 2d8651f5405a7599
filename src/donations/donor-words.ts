/** A donor as pages show him: unnamed where he asked for it, his contact only to whom it is open. */
import type { Response } from 'express';
import { may } from '../access/powers.ts';
import { maskNationalId } from '../values/national-id.ts';
import { centreRoot } from '../web/written.ts';
import { isPartOfNumber } from './donor-search.ts';
import { maskMobile } from './donors.ts';

type Known = {
  id: number;
  name: string;
  nationalId: string | null;
  mobile: string | null;
  mayBeNamed: boolean | number;
};

export type DonorShown = {
  id: number;
  name: string;
  nationalId: string | null;
  mobile: string | null;
  withheld: boolean;
  href: string;
};

/** B-104: no name for whoever asked; B-105: contact data for chair, vice-chair and finance only. */
export function donorShownTo(res: Response, donor: Known): DonorShown {
  const { t } = res.locals;
  const withheld = !donor.mayBeNamed;
  const href = `${centreRoot(res)}/donations/donors/${donor.id}`;
  if (withheld) {
    const name = t('donations:withheld');
    return { id: donor.id, name, nationalId: null, mobile: null, withheld, href };
  }
  const { id, name } = donor;
  return { id, name, ...contactShown(res, donor), withheld, href };
}

/**
 * What a reader may look donors up by: whoever is not shown whole numbers finds nobody by a part of
 * one, for digit by digit the search would tell him the rest (B-105).
 */
export function soughtBy({ locals: { actor, centre } }: Response, typed: string): string {
  const isOpen = may(actor!, 'donors.contact', centre) || !isPartOfNumber(typed);
  return isOpen ? typed : NOBODY;
}

/** A mark alone finds nobody. */
const NOBODY = '\u2014';

/** Whole to those whose work needs it, else enough to tell two donors apart. */
export function contactShown(
  res: Response,
  { nationalId, mobile }: Pick<Known, 'nationalId' | 'mobile'>,
): Pick<Known, 'nationalId' | 'mobile'> {
  const { actor, centre } = res.locals;
  if (may(actor!, 'donors.contact', centre)) return { nationalId, mobile };
  return {
    nationalId: nationalId && maskNationalId(nationalId),
    mobile: mobile && maskMobile(mobile),
  };
}
