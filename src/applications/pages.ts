/** The register of applicants: the list, writing one down, and what the committee does with it. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { HOSTS } from '../centres/centres.ts';
import { countiesOf, countyOrNone } from '../centres/counties.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { readName, readPaperNumber } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typedOrNone } from '../web/forms.ts';
import { type Column, everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged, sendCreated } from '../web/written.ts';
import { applicationForm, applicationTyped } from './application-form.ts';
import {
  type Application,
  type ApplicationFilter,
  applicationsOf,
  countApplications,
  findApplication,
  receiveApplication,
  stepsOfApplication,
  takeStep,
} from './applications.ts';
import { APPLICATION_STATES, ASKS, FOLLOWS, GOALS } from './states.ts';

export const applicationPages = Router({ mergeParams: true });

const stepForm = z.object({
  state: chosen(['under-review', 'approved', 'refused', 'withdrawn']),
  number: typedOrNone(readPaperNumber),
  reason: typedOrNone((text) => readName(text, { max: 500 })),
});

describeBody('POST /{province}/applications', applicationForm(''));
describeBody('POST /{province}/applications/{application}/steps', stepForm);

applicationPages.get('/applications', allow('applications.read'), async (req, res) => {
  const { province, actor, t } = res.locals;
  const filter = filterOf(req, res);
  const total = countApplications(province.db, actor!, filter);
  const page = { limit: ROWS_PER_PAGE, offset: (pageAsked(req) - 1) * ROWS_PER_PAGE };
  const rows = applicationsOf(province.db, actor!, filter, page);
  await answer(res, {
    html: () => sendList(req, res, { rows, total }),
    ...listForms(req, res, {
      ...{ name: 'applications', title: t('applications:title'), columns: columnsOf(res) },
      page: () => ({ rows: rows.map(listed), total }),
      all: (db) => {
        const from = (limit: number, offset: number) =>
          applicationsOf(db, actor!, filter, { limit, offset }).map((one) => inWords(res, one));
        return everyRow(from);
      },
    }),
  });
});

applicationPages.get('/applications/new', allow('applications.register'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res, {}) });
});

applicationPages.post('/applications', allow('applications.register'), async (req, res) => {
  const { actor, province, t } = res.locals;
  try {
    const form = readBody(req, applicationForm(actor!.today));
    const county = countyOrNone(province.db, form.county);
    if (!county) {
      throw new Refusal('centres:refusals.no-such-county', { status: 422, field: 'county' });
    }
    const created = await enterOnce(req, res, (tx) => {
      const typed = { ...applicationTyped(form), countyId: county.id };
      const one = receiveApplication(tx, actor!, typed);
      return { location: addressOf(res, one.id), body: told(one) };
    });
    sendCreated(req, res, created, t('applications:flash.received', { name: form.name }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

applicationPages.get('/applications/:application', allow('applications.read'), async (req, res) => {
  const application = named(req, res);
  await answer(res, {
    html: () => sendOne(req, res, application),
    json: () => {
      const steps = stepsOfApplication(res.locals.province.db, application.id);
      res.json({ ...told(application), steps });
    },
  });
});

applicationPages.post(
  '/applications/:application/steps',
  allow('applications.register'),
  async (req, res) => {
    const { actor, province, t } = res.locals;
    const application = named(req, res);
    try {
      const form = readBody(req, stepForm);
      const { id } = application;
      const changed = await enter(province, (tx) => takeStep(tx, actor!, id, form));
      const done = { to: addressOf(res, id), body: told(changed) };
      sendChanged(req, res, done, t(`applications:flash.${form.state}`, { name: changed.name }));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendOne(req, res, application, { ...refused, values: req.body as object }),
      );
    }
  },
);

function named(req: Request, res: Response): Application {
  const { province, actor } = res.locals;
  const id = String(req.params.application);
  if (!/^\d{1,10}$/.test(id)) throw new NotFound();
  return findApplication(province.db, actor!, Number(id));
}

function filterOf(req: Request, res: Response): ApplicationFilter {
  const word = (name: string) => wordAsked(req.query, name);
  const county = word('county');
  const known = county === undefined ? undefined : countyOrNone(res.locals.province.db, county);
  return {
    ...{ q: word('q'), state: word('state'), asksFor: word('asksFor') },
    county: county === undefined ? undefined : (known?.id ?? -1),
  };
}

const addressOf = (res: Response, id: number) => `${provinceRoot(res)}/applications/${id}`;

function told({ countyId, countyName, ...one }: Application) {
  return { ...one, county: countyName };
}

/** A list is read over the shoulder: no identity number and no telephone stands in it. */
function listed(one: Application) {
  const { id, name, asksFor, place, countyName, receivedOn, state, since } = one;
  return { id, name, asksFor, place, county: countyName, receivedOn, state, since };
}

/** For people: kind and state as words. CSV and JSON keep the codes that programs know. */
function inWords({ locals: { t, format } }: Response, one: Application) {
  const row = listed(one);
  if (format === 'csv') return row;
  const asksFor = t(`applications:asks.${one.asksFor}`);
  return { ...row, asksFor, state: t(`applications:states.${one.state}`) };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`applications:columns.${key}`);
  return [
    { key: 'id', title: title('number'), kind: 'count', width: 1 },
    { key: 'name', title: title('name'), kind: 'text', width: 3 },
    { key: 'asksFor', title: title('asks-for'), kind: 'text', width: 2 },
    { key: 'place', title: title('place'), kind: 'text', width: 3 },
    { key: 'county', title: title('county'), kind: 'text', width: 2 },
    { key: 'receivedOn', title: title('received-on'), kind: 'day', width: 2 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
    { key: 'since', title: title('since'), kind: 'day', width: 2 },
  ];
}

function sendList(req: Request, res: Response, list: { rows: Application[]; total: number }): void {
  const { province, actor, t } = res.locals;
  sendPage(req, res, 'applications/list', {
    ...{ title: t('applications:title'), ...list, at: pageAsked(req) },
    of: Math.max(1, Math.ceil(list.total / ROWS_PER_PAGE)),
    counties: countiesOf(province.db, actor!),
    ...{ states: APPLICATION_STATES, asks: ASKS },
    mayRegister: may(actor!, 'applications.register'),
    isFiltered: ['q', 'county', 'state', 'asksFor'].some((key) => req.query[key]),
  });
}

function sendForm(req: Request, res: Response, form: object): void {
  const { province, actor, t } = res.locals;
  sendPage(req, res, 'applications/new', {
    ...{ title: t('applications:new.title'), key: randomUUID(), asks: ASKS, hosts: HOSTS },
    ...{ goals: GOALS, counties: countiesOf(province.db, actor!), ...form },
  });
}

function sendOne(req: Request, res: Response, one: Application, refused: object = {}): void {
  const { province, actor } = res.locals;
  const mayDecide = may(actor!, 'applications.register');
  sendPage(req, res, 'applications/show', {
    ...{ title: one.name, one, steps: stepsOfApplication(province.db, one.id) },
    next: mayDecide && !one.centre ? FOLLOWS[one.state] : [],
    mayMake: mayDecide && one.state === 'approved' && one.asksFor === 'centre' && !one.centre,
    ...refused,
  });
}
