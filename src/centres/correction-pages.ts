/** What was written wrong of an activity code or an account is corrected here (B-117, B-118). */
import { Router } from 'express';
import { z } from 'zod';
import { readIban } from '../values/bank-account.ts';
import { readDay } from '../values/jalali-date.ts';
import { readReason } from '../values/persian-text.ts';
import { describeBody } from '../web/described.ts';
import { readBody, typed, typedOrNone } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { centreRoot } from '../web/written.ts';
import { correctBankAccount } from './account-corrections.ts';
import { correctActivityCode } from './code-corrections.ts';
import {
  readAccount,
  readCode,
  sendActivityCode,
  sendBankAccount,
  takeStep,
} from './set-up-pages.ts';

export const centreCorrectionPages = Router({ mergeParams: true });

const codeForm = z.object({ code: typed(readCode), reason: typed(readReason) });

const accountForm = (today: string) =>
  z.object({
    accountNumber: typed(readAccount),
    iban: typedOrNone(readIban),
    openedOn: typed((text) => readDay(text, { today })),
    reason: typed(readReason),
  });

const HERE = '/{province}/centres/{code}';
describeBody(`POST ${HERE}/activity-code/corrections`, codeForm);
describeBody(`POST ${HERE}/bank-account/corrections`, accountForm(''));

centreCorrectionPages.post(
  '/activity-code/corrections',
  allow('activity-codes.record'),
  (req, res) =>
    takeStep(req, res, { page: sendActivityCode, said: 'code-corrected' }, () => {
      const { actor, centre } = res.locals;
      const form = readBody(req, codeForm);
      return enterOnce(req, res, (tx) => ({
        body: correctActivityCode(tx, actor!, centre, form),
        location: `${centreRoot(res)}/activity-code`,
      }));
    }),
);

centreCorrectionPages.post(
  '/bank-account/corrections',
  allow('bank-accounts.introduce'),
  (req, res) =>
    takeStep(req, res, { page: sendBankAccount, said: 'account-corrected' }, () => {
      const { actor, centre } = res.locals;
      const form = readBody(req, accountForm(actor!.today));
      return enterOnce(req, res, (tx) => ({
        body: correctBankAccount(tx, actor!, centre, form),
        location: `${centreRoot(res)}/bank-account`,
      }));
    }),
);
