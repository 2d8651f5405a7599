/** The services that the province approves for public channels: the list, adding, taking away. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readName } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { type Column, listForms } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged, sendCreated } from '../web/written.ts';
import { approveService, readDomain, servicesOf, withdrawService } from './services.ts';

export const servicePages = Router({ mergeParams: true });

const serviceForm = z.object({
  name: typed((text) => readName(text, { max: 60 })),
  domain: typed(readDomain),
});

describeBody('POST /{province}/channel-services', serviceForm);
describeWishes('POST /{province}/channel-services/{service}/withdraw');

servicePages.get('/channel-services', allow('channels.services'), async (req, res) => {
  const { province, t } = res.locals;
  const services = servicesOf(province.db);
  const rows = services.map(({ name, domain, approved, setOn }) => ({
    ...{ name, domain, setOn },
    state: t(`channels:services.${approved ? 'approved' : 'withdrawn'}`),
  }));
  await answer(res, {
    html: () => sendServices(req, res),
    ...listForms(req, res, {
      ...{ name: 'channel-services', title: t('channels:services.title'), columns: columnsOf(res) },
      page: () => ({ rows, total: rows.length }),
      all: () => rows,
      json: () => ({ services }),
    }),
  });
});

servicePages.post('/channel-services', allow('channels.services'), async (req, res) => {
  const { actor, t } = res.locals;
  try {
    const form = readBody(req, serviceForm);
    const created = await enterOnce(req, res, (tx) => {
      approveService(tx, actor!, form);
      return { location: `${provinceRoot(res)}/channel-services`, body: form };
    });
    sendCreated(req, res, created, t('channels:flash.approved', { name: form.name }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendServices(req, res, { ...refused, values: req.body as object }),
    );
  }
});

servicePages.post(
  '/channel-services/:service/withdraw',
  allow('channels.services'),
  async (req, res) => {
    const { province, actor, t } = res.locals;
    const key = String(req.params.service);
    if (!servicesOf(province.db).some((one) => one.key === key)) throw new NotFound();
    const body = await enter(province, (tx) => withdrawService(tx, actor!, key));
    const done = { to: `${provinceRoot(res)}/channel-services`, body };
    sendChanged(req, res, done, t('channels:flash.withdrawn', { name: body.name }));
  },
);

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`channels:services.${key}`);
  return [
    { key: 'name', title: title('name'), kind: 'text', width: 3 },
    { key: 'domain', title: title('domain'), kind: 'code', width: 3 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
    { key: 'setOn', title: title('set-on'), kind: 'day', width: 2 },
  ];
}

function sendServices(req: Request, res: Response, refused: object = {}): void {
  const { province, t } = res.locals;
  const rows = servicesOf(province.db);
  const title = t('channels:services.title');
  sendPage(req, res, 'channels/services', { title, rows, ...refused });
}
