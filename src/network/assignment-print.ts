/** The letter of an assignment, printed for the centre and for the volunteer alike. */
import type { Response } from 'express';
import { activityCodeOrNone } from '../centres/activity-codes.ts';
import { findLetter } from '../paper/letters.ts';
import { officialLetterPdf } from '../paper/official-letter-pdf.ts';
import { sendPrint } from '../paper/prints.ts';
import type { Assignment } from './assignment-rows.ts';

/** As it was issued; it says so when it has ended, and carries no seal before the code (B-117). */
export async function printAssignment(res: Response, assignment: Assignment): Promise<void> {
  const { db } = res.locals.province;
  const { centreId, paperId, endedOn, endingReason } = assignment;
  const letter = findLetter(db, centreId, paperId);
  const standing = {
    draft: activityCodeOrNone(db, centreId) === undefined,
    cancelled: endedOn === null ? null : { on: endedOn, reason: endingReason ?? '', ended: true },
  };
  await sendPrint(res, letter, 'a4', standing, (mark) => officialLetterPdf(letter.says, mark));
}
