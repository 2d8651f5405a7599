/** After how many days an entry is late: the rules, and setting the next one (B-112). */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { readDay } from '../values/jalali-date.ts';
import { typedFigures } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendCreated } from '../web/written.ts';
import { lateDaysOn, lateRules, setLateDays } from './rules.ts';

export const latenessPages = Router({ mergeParams: true });

const ruleForm = (today: string) =>
  z.object({ days: typed(readDays), fromOn: typed((text) => readDay(text, { today })) });

describeBody('POST /{province}/late-days', ruleForm(''));

latenessPages.get('/late-days', allow('late-days.set'), async (req, res) => {
  const { province, actor, t } = res.locals;
  const rules = lateRules(province.db);
  const rows = rules.map(({ days, fromOn }) => ({ fromOn, days }));
  await answer(res, {
    html: () => sendRules(req, res),
    ...listForms(req, res, {
      ...{ name: 'late-days', title: t('lateness:title') },
      columns: [
        { key: 'fromOn', title: t('lateness:from-on'), kind: 'day', width: 2 },
        { key: 'days', title: t('lateness:days'), kind: 'count', width: 1 },
      ],
      page: () => ({ rows, total: rows.length }),
      all: () => rows,
      json: () => ({ days: lateDaysOn(province.db, actor!.today), rules: rows }),
    }),
  });
});

latenessPages.post('/late-days', allow('late-days.set'), async (req, res) => {
  const { actor, t } = res.locals;
  try {
    const form = readBody(req, ruleForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => ({
      location: `${provinceRoot(res)}/late-days`,
      body: setLateDays(tx, actor!, form),
    }));
    sendCreated(req, res, created, t('lateness:set'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendRules(req, res, { ...refused, values: req.body as object }),
    );
  }
});

function sendRules(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, t } = res.locals;
  sendPage(req, res, 'lateness/rules', {
    ...{ title: t('lateness:title'), rules: lateRules(province.db) },
    now: lateDaysOn(province.db, actor!.today),
    ...refused,
  });
}

function readDays(text: string): Reading<number> {
  const figures = typedFigures(text);
  const fits = /^\d{1,2}$/.test(figures) && Number(figures) <= 90;
  return fits ? { value: Number(figures) } : { fault: 'lateness:faults.days' };
}
