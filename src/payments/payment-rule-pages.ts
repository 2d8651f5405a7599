/** The province's rules of payments, in force from a day on. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { readDay } from '../values/jalali-date.ts';
import { readRial } from '../values/rial.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, ticked, typed } from '../web/forms.ts';
import { listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendCreated } from '../web/written.ts';
import { paymentRuleOn, paymentRules, setPaymentRule } from './payment-rules.ts';

export const paymentRulePages = Router({ mergeParams: true });

const ruleForm = (today: string) =>
  z.object({
    documentAboveRial: typed(readRial),
    slipTellsWorth: ticked,
    fromOn: typed((text) => readDay(text, { today })),
  });

describeBody('POST /{province}/payment-rules', ruleForm(''));

paymentRulePages.get('/payment-rules', allow('payments.rule'), async (req, res) => {
  const { province, t } = res.locals;
  const rows = paymentRules(province.db).map((rule) => ({
    ...rule,
    slipTellsWorth: t(`payments:${rule.slipTellsWorth ? 'yes' : 'no'}`),
  }));
  const column = (key: string) => ({ key, title: t(`payments:rules.${key}`) });
  await answer(res, {
    html: () => sendRules(req, res),
    ...listForms(req, res, {
      ...{ name: 'payment-rules', title: t('payments:rules.title') },
      columns: [
        { ...column('fromOn'), kind: 'day', width: 2 },
        { ...column('documentAboveRial'), kind: 'rial', width: 3 },
        { ...column('slipTellsWorth'), kind: 'text', width: 2 },
      ],
      page: () => ({ rows, total: rows.length }),
      all: () => rows,
      json: () => ({ rules: paymentRules(province.db) }),
    }),
  });
});

paymentRulePages.post('/payment-rules', allow('payments.rule'), async (req, res) => {
  const { actor, t } = res.locals;
  try {
    const form = readBody(req, ruleForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => ({
      location: `${provinceRoot(res)}/payment-rules`,
      body: setPaymentRule(tx, actor!, form),
    }));
    sendCreated(req, res, created, t('payments:flash.ruled'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendRules(req, res, { ...refused, values: req.body as object }),
    );
  }
});

function sendRules(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, t } = res.locals;
  sendPage(req, res, 'payments/rules', {
    ...{ title: t('payments:rules.title'), rules: paymentRules(province.db) },
    now: paymentRuleOn(province.db, actor!.today),
    ...{ faults: {}, refusal: null, ...refused },
  });
}
