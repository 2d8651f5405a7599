/** The cards of a gift: those issued, the form of a new one, and the print. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { findPaper } from '../paper/papers.ts';
import { sendPrint } from '../paper/prints.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, ticked } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { tributeFields } from './gift-fields.ts';
import { findReceipt, type Receipt, receiptNumber } from './receipts.ts';
import { TRIBUTES } from './schema.ts';
import type { TributePaper } from './tribute-paper.ts';
import { tributePdf } from './tribute-pdf.ts';
import { giverOf, issueTribute, type Tribute, tributeFate, tributesOf } from './tributes.ts';

export const tributePages = Router({ mergeParams: true });

const ADDRESS = '/donations/receipts/:number/tribute';

const tributeForm = z.object({ ...tributeFields, showsGiver: ticked, showsAmount: ticked });
describeBody('POST /{province}/centres/{code}/donations/receipts/{number}/tribute', tributeForm);

tributePages.get(ADDRESS, allow('donations.read'), async (req, res) => {
  const receipt = receiptOf(req, res);
  await answer(res, {
    html: () => sendCards(req, res, receipt),
    json: () => res.json({ tributes: cardsOf(res, receipt) }),
    pdf: () => sendPdf(res, receipt),
  });
});

tributePages.post(ADDRESS, allow('tributes.issue'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const typed = readBody(req, tributeForm);
    const created = await enterOnce(req, res, (tx) => {
      const receipt = findReceipt(tx, centre.id, String(req.params.number));
      const card = issueTribute(tx, actor!, centre, receipt, typed);
      return { location: addressOf(res, receipt), body: toldOf(res, card) };
    });
    sendCreated(req, res, created, t('donations:tribute.issued'));
  } catch (fault) {
    const values = req.body as object;
    sendRefusedForm(fault, req, res, (refused) => {
      sendCards(req, res, receiptOf(req, res), { ...refused, values });
    });
  }
});

function receiptOf(req: Request, res: Response): Receipt {
  const { province, centre } = res.locals;
  return findReceipt(province.db, centre.id, String(req.params.number));
}

const addressOf = (res: Response, receipt: Receipt) =>
  `${centreRoot(res)}/donations/receipts/${receiptNumber(receipt)}/tribute`;

function cardsOf(res: Response, { donationId }: Receipt) {
  return tributesOf(res.locals.province.db, donationId).map((card) => toldOf(res, card));
}

function toldOf({ locals: { province } }: Response, { paperId, id, showsGiver, ...card }: Tribute) {
  const { number, code } = findPaper(province.db, paperId);
  return { ...card, number, verifyCode: code, state: tributeFate(province.db, paperId).state };
}

/** The newest card is the one that is handed over. */
async function sendPdf(res: Response, receipt: Receipt): Promise<void> {
  const { province, centre } = res.locals;
  const [newest] = tributesOf(province.db, receipt.donationId);
  if (!newest) throw new NotFound();
  // B-104: a card that names whoever has since asked not to be named is not printed again.
  if (newest.showsGiver === 1 && receipt.mayBeNamed !== 1) {
    throw new Refusal('donations:refusals.tribute-giver', { clause: 'B-104' });
  }
  const issued = findPaper(province.db, newest.paperId);
  const card = JSON.parse(issued.content) as TributePaper;
  const { cancellation } = receipt;
  const standing = {
    draft: centre.activityCode === null,
    cancelled: cancellation ? { on: cancellation.cancelledOn, reason: cancellation.reason } : null,
  };
  await sendPrint(res, issued, 'a5', standing, (mark) => tributePdf(card, mark));
}

function sendCards(req: Request, res: Response, receipt: Receipt, form: object = {}): void {
  const { province, centre, actor, t, show } = res.locals;
  const number = receiptNumber(receipt);
  sendPage(req, res, 'donations/tribute', {
    title: t('donations:tribute.title', { number: show.digits(number) }),
    path: addressOf(res, receipt),
    ...{ number, root: `${centreRoot(res)}/donations`, key: randomUUID() },
    cards: cardsOf(res, receipt),
    kinds: TRIBUTES,
    giver: giverOf(province.db, centre, receipt),
    mayIssue: may(actor!, 'tributes.issue', centre) && !receipt.cancellation,
    ...{ faults: {}, refusal: null, ...form },
  });
}
