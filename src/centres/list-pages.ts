/** The centres of the province: the list for this reader, and registering one. */
import { randomUUID } from 'node:crypto';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { may, requirePower } from '../access/powers.ts';
import { findApplication, linkCentre } from '../applications/applications.ts';
import { sendCentres } from '../boundary/exports.ts';
import { STATE_LOOKS } from '../licence/look.ts';
import { LICENCE_STATES } from '../licence/states.ts';
import { Refusal } from '../refusal.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { answer } from '../web/formats.ts';
import { readBody } from '../web/forms.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendCreated } from '../web/written.ts';
import { centreForm, contactTyped } from './centre-form.ts';
import { type CentreFilter, type CentreRow, centreRows } from './centre-rows.ts';
import { type Centre, findCentre, HOSTS, KINDS, registerCentre } from './centres.ts';
import { counties, countiesOf, countyOrNone } from './counties.ts';
import { tasksOf } from './tasks.ts';

export const centreListPages = Router({ mergeParams: true });

/** Officers read by their office; all others the centres in which they have a seat or a task. */
function allowList(_req: Request, res: Response, next: NextFunction): void {
  const actor = res.locals.actor!;
  const held = [...actor.seats, ...(actor.kept ?? []), ...actor.tasks].length;
  if (actor.office || held === 0) requirePower(actor, 'centres.read');
  next();
}

centreListPages.get('/centres', allowList, async (req, res) => {
  const { province, actor, t } = res.locals;
  const rows = centreRows(province.db, actor!, filterOf(req));
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const shown = rows.slice(offset, offset + ROWS_PER_PAGE);
  await answer(res, {
    html: () => sendList(req, res, { rows: shown, total: rows.length }),
    geojson: () => sendCentres(res),
    ...listForms(req, res, {
      ...{ name: 'centres', title: t('centres:list.title'), columns: columnsOf(res) },
      page: () => ({ rows: shown, total: rows.length }),
      all: () => (res.locals.format === 'csv' ? rows : rows.map((row) => inWords(res, row))),
    }),
  });
});

centreListPages.get('/centres/new', allow('centres.register'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res, { values: valuesOfApplication(req, res) }) });
});

centreListPages.post('/centres', allow('centres.register'), async (req, res) => {
  const { actor, province, t } = res.locals;
  try {
    const form = readBody(req, centreForm);
    const county = countyOrNone(province.db, form.county);
    if (!county) {
      throw new Refusal('centres:refusals.no-such-county', { status: 422, field: 'county' });
    }
    const { name, kind, code, speciality } = form;
    const created = await enterOnce(req, res, (tx) => {
      const particulars = { ...contactTyped(form), name, kind, code, speciality };
      const centre = registerCentre(tx, actor!, { ...particulars, countyId: county.id });
      if (form.application) linkCentre(tx, actor!, form.application, centre);
      return { location: `${provinceRoot(res)}/centres/${centre.code}`, body: told(centre) };
    });
    sendCreated(req, res, created, t('centres:flash.registered', { name }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

/** What an approved application tells already of the centre that is to come of it (B-13). */
function valuesOfApplication(req: Request, res: Response): object | undefined {
  const asked = String(req.query.application ?? '');
  if (!/^\d{1,10}$/.test(asked)) return undefined;
  const one = findApplication(res.locals.province.db, res.locals.actor!, Number(asked));
  const { host, hostName, place, countyId } = one;
  const county = String(countyId);
  return { application: asked, kind: 'neighbourhood', host, hostName, place, county };
}

/** A centre as a program is told of it. */
export function told(centre: Centre) {
  const { id, countyId, countyName, ...rest } = centre;
  return { ...rest, county: countyName };
}

function filterOf(req: Request): CentreFilter {
  const asked = (name: string) => wordAsked(req.query, name);
  return {
    q: asked('q'),
    county: asked('county'),
    kind: asked('kind'),
    state: asked('state'),
    sort: asked('sort'),
  };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`centres:list.${key}`);
  return [
    { key: 'code', title: title('code'), kind: 'code', width: 2 },
    { key: 'name', title: title('name'), kind: 'text', width: 4 },
    { key: 'kind', title: title('kind'), kind: 'text', width: 2 },
    { key: 'county', title: title('county'), kind: 'text', width: 2 },
    { key: 'place', title: title('place'), kind: 'text', width: 3 },
    { key: 'chair', title: title('chair'), kind: 'text', width: 3 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
    { key: 'until', title: title('until'), kind: 'day', width: 2 },
    { key: 'left', title: title('left'), kind: 'count', width: 1 },
  ];
}

/** For people: kind and state as words. CSV and JSON keep the codes that programs know. */
function inWords({ locals: { t } }: Response, row: CentreRow) {
  return {
    ...row,
    kind: t(`centres:kinds.${row.kind}`),
    state: t(`centres:states.${row.state}`),
  };
}

/** What waits in each of these centres for the officer who is to decide there. */
function waitingIn({ locals: { province, actor } }: Response, rows: CentreRow[]) {
  const { db } = province;
  return new Map(
    rows.map(({ code }) => {
      const tasks = tasksOf(db, actor!, findCentre(db, code)).filter(
        ({ state }) => state !== 'none',
      );
      return [code, { number: tasks.length, urgent: tasks.some(({ state }) => state === 'bad') }];
    }),
  );
}

function sendList(req: Request, res: Response, list: { rows: CentreRow[]; total: number }): void {
  const { province, actor, t } = res.locals;
  sendPage(req, res, 'centres/list', {
    ...{ title: t('centres:list.title'), ...list, at: pageAsked(req) },
    of: Math.max(1, Math.ceil(list.total / ROWS_PER_PAGE)),
    counties: actor!.office ? countiesOf(province.db, actor!) : counties(province.db),
    ...{ kinds: KINDS, states: LICENCE_STATES, looks: STATE_LOOKS },
    mayRegister: may(actor!, 'centres.register'),
    waiting: may(actor!, 'centres.register') ? waitingIn(res, list.rows) : null,
    isFiltered: Object.keys(req.query).some((key) =>
      ['q', 'county', 'kind', 'state'].includes(key),
    ),
  });
}

function sendForm(req: Request, res: Response, form: { values?: object }): void {
  const { province, actor, t } = res.locals;
  sendPage(req, res, 'centres/new', {
    ...{ title: t('centres:new.title'), key: randomUUID(), kinds: KINDS, hosts: HOSTS },
    ...{ counties: countiesOf(province.db, actor!), ...form },
  });
}
