/** The counties of the province: the list, and adding one. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { readName } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendCreated } from '../web/written.ts';
import { countyRows, registerCounty } from './counties.ts';

export const countyPages = Router({ mergeParams: true });

const countyForm = z.object({ name: typed((text) => readName(text, { max: 100 })) });
describeBody('POST /{province}/counties', countyForm);

countyPages.get('/counties', allow('counties.edit'), async (req, res) => {
  const { province, t } = res.locals;
  const rows = countyRows(province.db);
  await answer(res, {
    html: () => sendCounties(req, res),
    ...listForms(req, res, {
      name: 'counties',
      title: t('centres:counties.title'),
      columns: [
        { key: 'name', title: t('centres:counties.name'), kind: 'text', width: 3 },
        { key: 'centres', title: t('centres:counties.centres'), kind: 'count' },
        { key: 'persons', title: t('centres:counties.persons'), kind: 'count' },
        { key: 'heads', title: t('centres:counties.heads'), kind: 'text', width: 3 },
      ],
      page: () => ({ rows, total: rows.length }),
      all: () => rows,
    }),
  });
});

countyPages.post('/counties', allow('counties.edit'), async (req, res) => {
  const { actor, t } = res.locals;
  try {
    const { name } = readBody(req, countyForm);
    const created = await enterOnce(req, res, (tx) => {
      const id = registerCounty(tx, actor!, name);
      return { location: `${provinceRoot(res)}/counties`, body: { id, name } };
    });
    sendCreated(req, res, created, t('centres:counties.added', { name }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => sendCounties(req, res, refused, req.body));
  }
});

function sendCounties(req: Request, res: Response, refused: object = {}, values?: object): void {
  const { province, t } = res.locals;
  const title = t('centres:counties.title');
  const counties = countyRows(province.db);
  sendPage(req, res, 'centres/counties', { title, counties, ...refused, values });
}
