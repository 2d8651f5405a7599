/** A donor as pages show him: unnamed where he asked for it, his contact only to whom it is open. */
import type { Response } from 'express';
import { may } from '../access/powers.ts';
import { maskNationalId } from '../values/national-id.ts';
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
  const { province, centre, t } = res.locals;
  const withheld = !donor.mayBeNamed;
  const href = `/${province.slug}/centres/${centre.code}/donations/donors/${donor.id}`;
  if (withheld) {
    const name = t('donations:withheld');
    return { id: donor.id, name, nationalId: null, mobile: null, withheld, href };
  }
  const { id, name } = donor;
  return { id, name, ...contactShown(res, donor), withheld, href };
}

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
