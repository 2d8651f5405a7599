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
import { readName, readPaperNumber } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Created, enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { accountCorrectionsOf } from './account-corrections.ts';
import { activityCodeOrNone, recordActivityCode } from './activity-codes.ts';
import {
  bankAccountOrNone,
  INTRODUCTION_REASONS,
  type Introduction,
  introduceToBank,
  introductionOrNone,
  introductionsOf,
  recordBankAccount,
} from './bank-accounts.ts';
import { codeCorrectionsOf } from './code-corrections.ts';
import type { IntroductionPaper } from './introduction-paper.ts';
import { introductionPdf } from './introduction-pdf.ts';

export const setUpPages = Router({ mergeParams: true });

const shortName = (text: string) => readName(text, { max: 60 });

export const readCode = (text: string): Reading<string> => readPaperNumber(text, { max: 40 });

const activityCodeForm = z.object({ code: typed(readCode) });

const bankAccountForm = (today: string) =>
  z.object({
    bank: typedOrNone(shortName),
    ownerName: typedOrNone((text) => readName(text)),
    accountNumber: typed(readAccount),
    iban: typedOrNone(readIban),
    openedOn: typed((text) => readDay(text, { today })),
  });

/** Nothing is needed for the first letter; the next says why it takes the place of the last. */
const introductionForm = z.object({
  reason: chosen(INTRODUCTION_REASONS).optional(),
});

const HERE = '/{province}/centres/{code}';
describeBody(`POST ${HERE}/activity-code`, activityCodeForm);
describeBody(`POST ${HERE}/bank-account`, bankAccountForm(''));
describeBody(`POST ${HERE}/bank-account/introduction`, introductionForm);

/** A card number is read too, so that it is refused by its clause (B-118). */
export function readAccount(text: string): Reading<string> {
  const digits = text.replaceAll(/\s/g, '');
  return isCardNumber(text) ? { value: digits } : readAccountNumber(text);
}

setUpPages.get('/activity-code', allow('centres.read'), async (req, res) => {
  const { province, centre } = res.locals;
  await answer(res, {
    html: () => sendActivityCode(req, res),
    json: () =>
      res.json({
        activityCode: activityCodeOrNone(province.db, centre.id) ?? null,
        corrections: codeCorrectionsOf(province.db, centre.id),
      }),
  });
});

setUpPages.post('/activity-code', allow('activity-codes.record'), (req, res) =>
  takeStep(req, res, { page: sendActivityCode, said: 'coded' }, () => {
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
      const [introduction = null, ...replaced] = introductionsOf(province.db, centre.id);
      res.json({
        introduction,
        replaced,
        account: bankAccountOrNone(province.db, centre.id) ?? null,
        corrections: accountCorrectionsOf(province.db, centre.id),
      });
    },
  });
});

setUpPages.post('/bank-account/introduction', allow('bank-accounts.introduce'), (req, res) =>
  takeStep(req, res, { page: sendBankAccount, said: 'introduced' }, () => {
    const { actor, centre } = res.locals;
    const form = readBody(req, introductionForm);
    return enterOnce(req, res, (tx) => ({
      body: introduceToBank(tx, actor!, centre, form),
      location: `${centreRoot(res)}/bank-account`,
    }));
  }),
);

setUpPages.post('/bank-account', allow('bank-accounts.record'), (req, res) =>
  takeStep(req, res, { page: sendBankAccount, said: 'account' }, () => {
    const { actor, centre } = res.locals;
    const form = readBody(req, bankAccountForm(actor!.today));
    return enterOnce(req, res, (tx) => ({
      body: recordBankAccount(tx, actor!, centre, form),
      location: `${centreRoot(res)}/bank-account`,
    }));
  }),
);

/** The letter that holds, for those who may issue it and for those who take it to the bank. */
setUpPages.get('/bank-account/introduction', allow('bank-accounts.record'), (_req, res) =>
  sendIntroduction(res, introductionOrNone(res.locals.province.db, res.locals.centre.id)),
);

/** A letter by its number; one that was replaced says so in print. */
setUpPages.get('/bank-account/introductions/:number', allow('bank-accounts.record'), (req, res) => {
  const { province, centre } = res.locals;
  const all = introductionsOf(province.db, centre.id);
  return sendIntroduction(
    res,
    all.find(({ number }) => number === req.params.number),
  );
});

/** It exists on paper only. */
async function sendIntroduction(res: Response, letter: Introduction | undefined): Promise<void> {
  const { province, t } = res.locals;
  if (!letter) throw new NotFound();
  const { replacedOn: on, replacedFor } = letter;
  await answer(res, {
    html: () => res.redirect(303, `${centreRoot(res)}/bank-account`),
    json: () => res.json(letter),
    pdf: () => {
      const paper = findPaper(province.db, letter.paperId);
      const content = JSON.parse(paper.content) as IntroductionPaper;
      const reason = t(`centres:bank-account.reasons.${replacedFor ?? 'lost'}`);
      const cancelled = on === null ? null : { on, reason, ended: true };
      const standing = { draft: content.centre.activityCode === null, cancelled };
      return sendPrint(res, paper, 'a4', standing, (mark) => introductionPdf(content, mark));
    },
  });
}

type Form = { page: (req: Request, res: Response, refused?: object) => void; said: string };

/** Takes a step: its page is shown again with what was typed when the step is refused. */
export async function takeStep(
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

export function sendActivityCode(req: Request, res: Response, refused: object = {}): void {
  const { t, actor, centre, province } = res.locals;
  sendPage(req, res, 'centres/activity-code', {
    ...{ title: t('centres:activity-code.title'), licensed: licenceFacts(res).licences.length > 0 },
    known: activityCodeOrNone(province.db, centre.id) ?? null,
    mayRecord: may(actor!, 'activity-codes.record', centre),
    corrections: codeCorrectionsOf(province.db, centre.id),
    ...refused,
  });
}

export function sendBankAccount(req: Request, res: Response, refused: object = {}): void {
  const { t, actor, centre, province } = res.locals;
  sendPage(req, res, 'centres/bank-account', {
    ...{ title: t('centres:bank-account.title'), one: centre },
    introduction: introductionOrNone(province.db, centre.id) ?? null,
    ...{ letters: introductionsOf(province.db, centre.id), reasons: INTRODUCTION_REASONS },
    account: bankAccountOrNone(province.db, centre.id) ?? null,
    hasCode: activityCodeOrNone(province.db, centre.id) !== undefined,
    corrections: accountCorrectionsOf(province.db, centre.id),
    mayIntroduce: may(actor!, 'bank-accounts.introduce', centre),
    mayRecord: may(actor!, 'bank-accounts.record', centre),
    ...refused,
  });
}
