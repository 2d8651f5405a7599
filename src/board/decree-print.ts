/** Printing a decree as it was issued. */
import type { Response } from 'express';
import { activityCodeOrNone } from '../centres/activity-codes.ts';
import { findPaper } from '../paper/papers.ts';
import { sendPrint } from '../paper/prints.ts';
import { NotFound } from '../refusal.ts';
import type { DecreePaper } from './decree-paper.ts';
import { decreePdf } from './decree-pdf.ts';
import type { Decree } from './decree-rows.ts';

/** Prints the paper as it was issued; the centre's own carries no seal before its code (B-117). */
export async function printDecree(res: Response, decree: Decree): Promise<void> {
  const { db } = res.locals.province;
  if (decree.paperId === null) throw new NotFound();
  const paper = findPaper(db, decree.paperId);
  const content = JSON.parse(paper.content) as DecreePaper;
  const uncoded = activityCodeOrNone(db, decree.centreId) === undefined;
  const { endedOn, endingReason } = decree;
  const standing = {
    draft: content.form === 'centre' && uncoded,
    cancelled: endedOn === null ? null : { on: endedOn, reason: endingReason ?? '', ended: true },
  };
  await sendPrint(res, paper, 'a4', standing, (mark) => decreePdf(content, mark));
}
