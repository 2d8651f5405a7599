/** A volunteer as pages and programs are shown him: his numbers as far as they are this reader's. */
import type { Response } from 'express';
import { centreRoot } from '../web/written.ts';
import type { Volunteer } from './volunteer-rows.ts';
import { numbersFor, seesContact } from './volunteer-sides.ts';

/** B-105: mobile and national ID masked unless this side of the register is the reader's. */
export function volunteerShownTo(res: Response, volunteer: Volunteer) {
  const { actor, centre } = res.locals;
  const { id: _, centreId: __, nameSearch: ___, nameSort: ____, ...rest } = volunteer;
  return {
    ...rest,
    ...numbersFor(actor!, centre, volunteer),
    masked: !seesContact(actor!, centre, volunteer.gender),
    hours: hoursOf(volunteer.minutes),
  };
}

export const volunteerAddress = (res: Response, { number }: { number: number }): string =>
  `${centreRoot(res)}/network/volunteers/${number}`;

/** Hours to the quarter, as a number. */
export function hoursOf(minutes: number): number {
  return Math.round(minutes / 15) / 4;
}

/** The fields in the reader's words; what is beside the list is named. */
export function fieldWords(
  { t }: Express.Locals,
  { fields, otherField }: Pick<Volunteer, 'fields' | 'otherField'>,
): string[] {
  return fields.map((field) =>
    field === 'other' && otherField ? otherField : t(`network:fields.${field}`),
  );
}
