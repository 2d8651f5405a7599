/** The centre as the head and foot of a paper name it. */
import type { CentreOnPaper } from '../paper/print-mark.ts';
import type { Db } from '../provinces/connection.ts';
import { activityCodeOrNone } from './activity-codes.ts';
import type { Centre } from './centres.ts';

/** Asks for the activity code anew: it may have been recorded since the centre was read (B-117). */
export function centreOnPaper(db: Db, centre: Centre): CentreOnPaper {
  const { name, place, address, postalCode, phone } = centre;
  const activityCode = activityCodeOrNone(db, centre.id)?.code ?? null;
  return { name, place, address, postalCode, phone, activityCode };
}
