/** The steps by which a licensed centre comes to work: activity code, bank account. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { licenceFacts } from '../licence/facts.ts';
import { findPaper } from '../paper/papers.ts';
import { sendPrint } from '../paper/prints.ts';
import { NotFound } from '../refusal.ts';
import { isCardNumber, readAccountNumber, readIban } from '../values/bank-account.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Created, enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { activityCodeOrNone, recordActivityCode } from './activity-codes.ts';
import {
  bankAccountOrNone,
  introduceToBank,
  introductionOrNone,
  recordBankAccount,
} from './bank-accounts.ts';
import type { IntroductionPaper } from './introduction-paper.ts';
import { introductionPdf } from './introduction-pdf.ts';

export const setUpPages = Router({ mergeParams: true });

const shortName = (text: string) => readName(text, { max: 60 });

const activityCodeForm = z.object({ code: typed((text) => readName(text, { max: 40 })) });

const bankAccountForm = (today: string) =>
  z.object({
    bank: typedOrNone(shortName),
    ownerName: typedOrNone((text) => readName(text)),
    accountNumber: typed(readAccount),
    iban: typedOrNone(readIban),
    openedOn: typed((text) => readDay(text, { today })),
  });

const HERE = '/{province}/centres/{code}';
describeBody(`POST ${HERE}/activity-code`, activityCodeForm);
describeBody(`POST ${HERE}/bank-account`, bankAccountForm(''));
describeWishes(`POST ${HERE}/bank-account/introduction`);

/** A card number is read too, so that it is refused by its clause (B-118). */
function readAccount(text: string): Reading<string> {
  const digits = text.replaceAll(/\s/g, '');
  return isCardNumber(text) ? { value: digits } : readAccountNumber(text);
}

setUpPages.get('/activity-code', allow('centres.read'), async (req, res) => {
  const { province, centre } = res.locals;
  await answer(res, {
    html: () => sendActivityCode(req, res),
    json: () => res.json({ activityCode: activityCodeOrNone(province.db, centre.id) ?? null }),
  });
});

setUpPages.post('/activity-code', allow('activity-codes.record'), (req, res) =>
  take(req, res, { page: sendActivityCode, said: 'coded' }, () => {
    const { actor, centre } = res.locals;
    const { code } = readBody(req, activityCodeForm);
    return enterOnce(req, res, (tx) => ({
      body: recordActivityCode(tx, actor!, centre, code),
      location: `${centreRoot(res)}/activity-code`,
    }));
  }),
);

setUpPages.get('/bank-account', allow('centres.read'), async (req, res) => {
  const { province, centre } = res.locals;
  await answer(res, {
    html: () => sendBankAccount(req, res),
    json: () => {
      const introduction = introductionOrNone(province.db, centre.id) ?? null;
      res.json({ introduction, account: bankAccountOrNone(province.db, centre.id) ?? null });
    },
  });
});

setUpPages.post('/bank-account/introduction', allow('bank-accounts.introduce'), (req, res) =>
  take(req, res, { page: sendBankAccount, said: 'introduced' }, () => {
    const { actor, centre } = res.locals;
    return enterOnce(req, res, (tx) => ({
      body: introduceToBank(tx, actor!, centre),
      location: `${centreRoot(res)}/bank-account`,
    }));
  }),
);

setUpPages.post('/bank-account', allow('bank-accounts.record'), (req, res) =>
  take(req, res, { page: sendBankAccount, said: 'account' }, () => {
    const { actor, centre } = res.locals;
    const form = readBody(req, bankAccountForm(actor!.today));
    return enterOnce(req, res, (tx) => ({
      body: recordBankAccount(tx, actor!, centre, form),
      location: `${centreRoot(res)}/bank-account`,
    }));
  }),
);

/** The introduction letter exists on paper only; it prints for who may issue it and for the chair. */
setUpPages.get('/bank-account/introduction', allow('bank-accounts.record'), async (_req, res) => {
  const { province, centre } = res.locals;
  const introduction = introductionOrNone(province.db, centre.id);
  if (!introduction) throw new NotFound();
  await answer(res, {
    html: () => res.redirect(303, `${centreRoot(res)}/bank-account`),
    json: () => res.json(introduction),
    pdf: () => {
      const paper = findPaper(province.db, introduction.paperId);
      const content = JSON.parse(paper.content) as IntroductionPaper;
      const standing = { draft: content.centre.activityCode === null, cancelled: null };
      return sendPrint(res, paper, 'a4', standing, (mark) => introductionPdf(content, mark));
    },
  });
});

type Form = { page: (req: Request, res: Response, refused?: object) => void; said: string };

/** Takes a step: its page is shown again with what was typed when the step is refused. */
async function take(
  req: Request,
  res: Response,
  { page, said }: Form,
  step: () => Promise<Created>,
): Promise<void> {
  try {
    sendCreated(req, res, await step(), res.locals.t(`centres:flash.${said}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      page(req, res, { ...refused, values: req.body as object }),
    );
  }
}

function sendActivityCode(req: Request, res: Response, refused: object = {}): void {
  const { t, actor, centre, province } = res.locals;
  sendPage(req, res, 'centres/activity-code', {
    ...{ title: t('centres:activity-code.title'), licensed: licenceFacts(res).licences.length > 0 },
    known: activityCodeOrNone(province.db, centre.id) ?? null,
    mayRecord: may(actor!, 'activity-codes.record', centre),
    ...refused,
  });
}

function sendBankAccount(req: Request, res: Response, refused: object = {}): void {
  const { t, actor, centre, province } = res.locals;
  sendPage(req, res, 'centres/bank-account', {
    ...{ title: t('centres:bank-account.title'), one: centre },
    introduction: introductionOrNone(province.db, centre.id) ?? null,
    account: bankAccountOrNone(province.db, centre.id) ?? null,
    hasCode: activityCodeOrNone(province.db, centre.id) !== undefined,
    mayIntroduce: may(actor!, 'bank-accounts.introduce', centre),
    mayRecord: may(actor!, 'bank-accounts.record', centre),
    ...refused,
  });
}
