/** One receipt: its sheet as it was issued, its prints, and its cancellation. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { attachedTo, layAttachments } from '../attachments/attachment-pages.ts';
import { unitOfAct } from '../books/conversions.ts';
import { findPaper } from '../paper/papers.ts';
import { sendPrint } from '../paper/prints.ts';
import type { Db } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { codeOf } from '../registrations/codes.ts';
import { sayIn } from '../values/money-unit.ts';
import { readReason } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import { deedOf } from './deeds.ts';
import { partsOf } from './gift-parts.ts';
import { toldParts } from './gift-told.ts';
import { besideShown } from './receipt-beside.ts';
import { withoutName } from './receipt-content.ts';
import type { ReceiptPaper } from './receipt-paper.ts';
import { receiptPdf } from './receipt-pdf.ts';
import { receiptSlipPdf } from './receipt-slip-pdf.ts';
import {
  type Cancellation,
  cancelReceipt,
  findReceipt,
  mayCancel,
  type Receipt,
  receiptNumber,
} from './receipts.ts';
import { VOW_FUND, vowOf } from './vows.ts';

export const receiptPages = Router({ mergeParams: true });

const cancelBody = z.object({ reason: typed(readReason) });
describeBody('POST /{province}/centres/{code}/donations/receipts/{number}/cancel', cancelBody);

const READS = allow('donations.read', 'receipts.own');

receiptPages.get('/donations/receipts/:number', READS, async (req, res) => {
  const receipt = receiptOf(req, res);
  await answer(res, {
    html: () => sendReceipt(req, res, receipt),
    json: () => res.json(toldOf(res, receipt)),
    pdf: () => sendPdf(req, res, receipt),
  });
});

receiptPages.post(
  '/donations/receipts/:number/cancel',
  allow('receipts.cancel'),
  async (req, res) => {
    const { province, centre, actor, t, show } = res.locals;
    const number = String(req.params.number);
    try {
      const { reason } = readBody(req, cancelBody);
      await enter(province, (tx) =>
        cancelReceipt(tx, actor!, centre, findReceipt(tx, centre.id, number), reason),
      );
      const to = `${centreRoot(res)}/donations/receipts/${number}`;
      const body = toldOf(res, receiptOf(req, res));
      const sentence = t('donations:receipt.cancelled-now', { number: show.digits(number) });
      sendChanged(req, res, { to, body }, sentence);
    } catch (fault) {
      const values = req.body as Record<string, string>;
      sendRefusedForm(fault, req, res, ({ faults, refusal }) => {
        sendReceipt(req, res, receiptOf(req, res), { values, faults, refusal });
      });
    }
  },
);

layAttachments(receiptPages, {
  at: '/donations/receipts/:number',
  told: '/{province}/centres/{code}/donations/receipts/{number}',
  ...{ see: 'donations.read', add: 'gift-files.add' },
  held: (req, res) => {
    const receipt = receiptOf(req, res);
    return { ...heldBy(res, receipt), again: (refused) => sendReceipt(req, res, receipt, refused) };
  },
});

/** Scans of a gift, of its cheque or of the paper it came with, belong to the gift. */
function heldBy(res: Response, receipt: Receipt) {
  const address = `${centreRoot(res)}/donations/receipts/${receiptNumber(receipt)}`;
  const { centre } = res.locals;
  return { subject: `donations/${receipt.donationId}`, centre, address, page: address };
}

function receiptOf(req: Request, res: Response): Receipt {
  const { province, centre, actor } = res.locals;
  const receipt = findReceipt(province.db, centre.id, String(req.params.number));
  // B-45: a volunteer at the desk sees what he issued himself, and of the rest not that it is there.
  const isOwn = receipt.issuedBy === actor!.user?.id;
  if (!isOwn && !may(actor!, 'donations.read', centre)) throw new NotFound();
  sayIn(unitOfAct(province.db, findPaper(province.db, receipt.paperId).actId));
  return receipt;
}

/** The paper as it was issued, but for the name of a donor who has since asked not to be named. */
function paperOf(res: Response, receipt: Receipt) {
  const issued = findPaper(res.locals.province.db, receipt.paperId);
  const paper = JSON.parse(issued.content) as ReceiptPaper;
  const sheet = receipt.mayBeNamed === 0 ? withoutName(paper) : paper;
  return { issued, sheet };
}

async function sendPdf(req: Request, res: Response, receipt: Receipt): Promise<void> {
  const { issued, sheet } = paperOf(res, receipt);
  const form = req.query.form === 'slip' ? 'slip' : 'a5';
  const { cancellation } = receipt;
  const standing = {
    draft: res.locals.centre.activityCode === null,
    cancelled: cancellation ? { on: cancellation.cancelledOn, reason: cancellation.reason } : null,
  };
  const render = form === 'slip' ? receiptSlipPdf : receiptPdf;
  await sendPrint(res, issued, form, standing, (mark) => render(sheet, mark));
}

type Shown = {
  values?: Record<string, string>;
  faults?: Record<string, string>;
  refusal?: object | null;
};

export function sendReceipt(
  req: Request,
  res: Response,
  receipt: Receipt,
  shown: Shown = {},
): void {
  const { centre, t, show, actor } = res.locals;
  const number = receiptNumber(receipt);
  const root = centreRoot(res);
  const { issued, sheet } = paperOf(res, receipt);
  sendPage(req, res, 'donations/receipt', {
    title: t('donations:receipt.title', { number: show.digits(number) }),
    path: `${root}/donations/receipts/${number}`,
    ...{ root, number, receipt, sheet, hash: issued.actHash.toString('hex') },
    ...besideShown(res, sheet),
    ...vowShown(res, receipt),
    ...attachedTo(res, { ...heldBy(res, receipt), add: 'gift-files.add' }),
    seesFiles: may(actor!, 'donations.read', centre),
    draft: centre.activityCode === null,
    mayBooks: may(actor!, 'books.read', centre),
    registered: codeOf(res.locals.province.db, `donations/${receipt.donationId}`)?.code ?? null,
    mayCode: may(actor!, 'registrations.record', centre) && !receipt.cancellation,
    mayTribute: may(actor!, 'tributes.issue', centre) && !receipt.cancellation,
    mayRegister: may(actor!, 'donations.register', centre),
    mayCancel: may(actor!, 'receipts.cancel', centre) && !receipt.cancellation,
    otherSeat: !mayCancel(actor!, receipt),
    ...{ faults: {}, refusal: null, ...shown },
  });
}

/** The intentions of a receipt's gift. */
export function fundsOfReceipt(db: Db, { fund, donationId }: Receipt): string[] {
  return [fund, ...(partsOf(db, donationId).parts ?? []).map((part) => part.fund)];
}

/** Its deed; what was vowed, and whether it may still be told. */
function vowShown({ locals: { province, actor, centre } }: Response, receipt: Receipt) {
  const vow = vowOf(province.db, receipt.donationId) ?? null;
  const isVowed = fundsOfReceipt(province.db, receipt).includes(VOW_FUND);
  const mayTell = may(actor!, 'vows.record', centre) && !receipt.cancellation;
  const deed = deedOf(province.db, receipt.donationId) ?? null;
  return { vow, deed, mayVow: isVowed && vow === null && mayTell };
}

/** What a program is told of a receipt; the donor only as far as he may be named. */
function toldOf(res: Response, receipt: Receipt) {
  const { sheet } = paperOf(res, receipt);
  const { cancellation } = receipt;
  const parts = toldParts(partsOf(res.locals.province.db, receipt.donationId));
  return {
    id: receipt.donationId,
    receipt: receiptNumber(receipt),
    ...{ kind: receipt.kind, amount: receipt.amountRial, fund: receipt.fund, ...parts },
    lateDays: receipt.lateDays,
    vow: vowOf(res.locals.province.db, receipt.donationId) ?? null,
    deed: deedOf(res.locals.province.db, receipt.donationId) ?? null,
    registrationCode:
      codeOf(res.locals.province.db, `donations/${receipt.donationId}`)?.code ?? null,
    ...{ receivedOn: receipt.receivedOn, donor: sheet.donor.name, purpose: sheet.purpose },
    receivedBy: sheet.receivedBy.name,
    ...{ issuedAt: receipt.issuedAt, issuedBy: receipt.issuedByName },
    ...{ entry: receipt.entryNumber, verifyCode: sheet.code },
    state: cancellation ? 'cancelled' : 'issued',
    cancellation: cancellation ? toldCancellation(cancellation) : null,
  };
}

function toldCancellation({ reason, cancelledOn, cancelledByName, entryNumber }: Cancellation) {
  return { reason, cancelledOn, cancelledBy: cancelledByName, entry: entryNumber };
}
