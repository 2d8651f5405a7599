/** The directory of institutions: the list, a new one, and its particulars changed. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { readName } from '../values/persian-text.ts';
import { readPhone } from '../values/phone.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { type Column, everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { sendChanged, sendCreated } from '../web/written.ts';
import { addressOf, named } from './institution-page.ts';
import {
  countInstitutions,
  enterInstitution,
  INSTITUTION_KINDS,
  type Institution,
  institutionsOf,
} from './institutions.ts';

export const institutionListPages = Router({ mergeParams: true });

const said = (max: number) => (text: string) => readName(text, { max });

const fields = {
  name: typed(said(120)),
  kind: chosen(INSTITUTION_KINDS),
  offers: typed(said(500)),
  contactName: typedOrNone(said(120)),
  phone: typedOrNone(readPhone),
  address: typedOrNone(said(300)),
};

const newForm = z.object(fields);
/** `closed` stands for work that has come to an end; `version` is the one that was read. */
const editForm = z.object({ ...fields, closed: ticked, version: z.coerce.number().int() });

const HERE = '/{province}/centres/{code}/institutions';
describeBody(`POST ${HERE}`, newForm);
describeBody(`POST ${HERE}/{institution}`, editForm);

institutionListPages.get('/institutions', allow('institutions.read'), async (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const word = (name: string) => wordAsked(req.query, name);
  const filter = { q: word('q'), kind: word('kind'), agreed: word('agreed') === '1' };
  const today = actor!.today;
  const total = countInstitutions(province.db, centre.id, { ...filter, today });
  const page = { limit: ROWS_PER_PAGE, offset: (pageAsked(req) - 1) * ROWS_PER_PAGE };
  const rows = institutionsOf(province.db, centre.id, { ...filter, today }, page);
  await answer(res, {
    html: () => sendList(req, res, rows, total),
    ...listForms(req, res, {
      ...{ name: `institutions-${centre.code}`, title: t('institutions:title') },
      columns: columnsOf(res),
      page: () => ({ rows: rows.map(listed), total }),
      all: (db) =>
        everyRow((limit, offset) =>
          institutionsOf(db, centre.id, { ...filter, today }, { limit, offset }).map((one) =>
            inWords(res, one),
          ),
        ),
    }),
  });
});

institutionListPages.get('/institutions/new', allow('institutions.edit'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res, {}) });
});

institutionListPages.post('/institutions', allow('institutions.edit'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readBody(req, newForm);
    const created = await enterOnce(req, res, (tx) => {
      const one = enterInstitution(tx, actor!, centre, { typed: form });
      return { location: addressOf(res, one.id), body: one };
    });
    sendCreated(req, res, created, t('institutions:flash.entered', { name: form.name }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

institutionListPages.get(
  '/institutions/:institution/edit',
  allow('institutions.edit'),
  async (req, res) => {
    const one = named(req, res);
    await answer(res, { html: () => sendForm(req, res, { known: one, values: typedAgain(one) }) });
  },
);

institutionListPages.post(
  '/institutions/:institution',
  allow('institutions.edit'),
  async (req, res) => {
    const { actor, centre, province, t } = res.locals;
    const one = named(req, res);
    try {
      const { closed, version, ...form } = readBody(req, editForm);
      const known = { id: one.id, version };
      const edited = await enter(province, (tx) =>
        enterInstitution(tx, actor!, centre, { known, typed: { ...form, active: !closed } }),
      );
      const done = { to: addressOf(res, one.id), body: edited };
      sendChanged(req, res, done, t('institutions:flash.edited', { name: edited.name }));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendForm(req, res, { ...refused, known: one, values: req.body as object }),
      );
    }
  },
);

function typedAgain({ name, kind, offers, contactName, phone, address, active }: Institution) {
  const contact = { contactName: contactName ?? '', phone: phone ?? '', address: address ?? '' };
  return { name, kind, offers, ...contact, closed: active ? '' : '1' };
}

function listed({ id, name, kind, offers, lastSpokeOn, againOn, agreements }: Institution) {
  return { id, name, kind, offers, lastSpokeOn, againOn, agreements };
}

/** For people: the kind as a word. CSV and JSON keep the codes that programs know. */
function inWords({ locals: { t, format } }: Response, one: Institution) {
  const row = listed(one);
  return format === 'csv' ? row : { ...row, kind: t(`institutions:kinds.${one.kind}`) };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`institutions:columns.${key}`);
  return [
    { key: 'name', title: title('name'), kind: 'text', width: 3 },
    { key: 'kind', title: title('kind'), kind: 'text', width: 2 },
    { key: 'offers', title: title('offers'), kind: 'text', width: 4 },
    { key: 'lastSpokeOn', title: title('last-spoke-on'), kind: 'day', width: 2 },
    { key: 'againOn', title: title('again-on'), kind: 'day', width: 2 },
    { key: 'agreements', title: title('agreements'), kind: 'count', width: 1 },
  ];
}

function sendList(req: Request, res: Response, rows: Institution[], total: number): void {
  const { actor, centre, t } = res.locals;
  sendPage(req, res, 'institutions/list', {
    ...{ title: t('institutions:title'), rows, total, at: pageAsked(req) },
    ...{ of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)), kinds: INSTITUTION_KINDS },
    mayEdit: may(actor!, 'institutions.edit', centre),
    seesDelegations: may(actor!, 'delegations.read', centre),
    isFiltered: ['q', 'kind', 'agreed'].some((key) => req.query[key]),
  });
}

function sendForm(
  req: Request,
  res: Response,
  form: { known?: Institution; values?: object },
): void {
  const { t } = res.locals;
  const title = t(form.known ? 'institutions:edit-title' : 'institutions:new.title');
  sendPage(req, res, 'institutions/form', {
    ...{ title, key: randomUUID(), kinds: INSTITUTION_KINDS, known: null, ...form },
  });
}
