/** What this province asks for before a centre's first licence (B-137), and changing it. */
import { type Request, type Response, Router } from 'express';
import { lastPracticeRule, rulePractice } from '../access/practice.ts';
import { enter } from '../provinces/enter.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged } from '../web/written.ts';
import { practiceForm, rulesForm } from './forms.ts';
import { leastPeople } from './ready.ts';
import { setLeastPeople } from './rules.ts';

export const rulePages = Router({ mergeParams: true });

rulePages.get('/opening-rules', allow('opening.rules'), (req, res) =>
  answer(res, {
    html: () => sendRules(req, res),
    json: () => {
      const { db } = res.locals.province;
      res.json({ ...leastPeople(db), practice: lastPracticeRule(db) });
    },
  }),
);

rulePages.post('/opening-rules', allow('opening.rules'), async (req, res) => {
  const { province, actor, t } = res.locals;
  try {
    const form = readBody(req, rulesForm);
    const body = await enter(province, (tx) => setLeastPeople(tx, actor!, form));
    const to = `${provinceRoot(res)}/opening-rules`;
    sendChanged(req, res, { to, body }, t('opening:flash.rules'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendRules(req, res, { ...refused, values: req.body as object }),
    );
  }
});

/** B-121: whether whoever of a board was not trained yet practises, from a day on. */
rulePages.post('/opening-rules/practice', allow('opening.rules'), async (req, res) => {
  const { province, actor, t } = res.locals;
  try {
    const { untrained, from } = readBody(req, practiceForm(actor!.today));
    const body = await enter(province, (tx) =>
      rulePractice(tx, actor!, { untrained, fromOn: from }),
    );
    const to = `${provinceRoot(res)}/opening-rules`;
    sendChanged(req, res, { to, body }, t('opening:flash.practice'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => sendRules(req, res, refused));
  }
});

function sendRules(req: Request, res: Response, refused: object = {}): void {
  const { province, t } = res.locals;
  const values = leastPeople(province.db);
  sendPage(req, res, 'opening/rules', {
    ...{ title: t('opening:rules.title'), values, rule: lastPracticeRule(province.db) },
    ...refused,
  });
}
