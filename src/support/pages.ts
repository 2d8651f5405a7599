/** The addresses of support: what was asked, asking, one request with its answers (B-120). */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readLine } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged, sendCreated } from '../web/written.ts';
import { readImpersonal } from './impersonal.ts';
import {
  askSupport,
  countRequests,
  findRequest,
  requestsOf,
  SUPPORT_STATES,
  type SupportRequest,
  stepsOfRequest,
  takeSupportStep,
} from './requests.ts';

export const supportPages = Router({ mergeParams: true });

const shortest = (text: string) => {
  const read = readImpersonal(text);
  return 'value' in read && read.value.length < 3 ? { fault: 'values:text.reason' } : read;
};
const requestForm = z.object({
  subject: typed(shortest),
  text: typed(shortest),
  page: typedOrNone((text) => readLine(text, { max: 200 })),
});
const stepForm = z.object({
  kind: chosen(['answer', 'ask', 'close']),
  text: typedOrNone(readImpersonal),
});

describeBody('POST /{province}/support', requestForm);
describeBody('POST /{province}/support/{request}/steps', stepForm);

supportPages.get('/support', async (req, res) => {
  const { province, actor, t } = res.locals;
  const state = SUPPORT_STATES.find((one) => one === wordAsked(req.query, 'state'));
  const total = countRequests(province.db, actor!, state);
  const from = (limit: number, offset: number) => {
    return requestsOf(province.db, actor!, { state, limit, offset });
  };
  const rows = from(ROWS_PER_PAGE, (pageAsked(req) - 1) * ROWS_PER_PAGE);
  await answer(res, {
    html: () => sendList(req, res, { rows, total }),
    ...listForms(req, res, {
      ...{ name: 'support', title: t('support:title'), columns: columnsOf(res) },
      page: () => ({ rows: rows.map(told), total }),
      all: () => everyRow((limit, offset) => from(limit, offset).map((one) => inWords(res, one))),
    }),
  });
});

supportPages.get('/support/new', async (req, res) => {
  const values = { page: wordAsked(req.query, 'page') ?? '' };
  await answer(res, { html: () => sendForm(req, res, { values }) });
});

supportPages.post('/support', async (req, res) => {
  const { actor, t } = res.locals;
  try {
    const form = readBody(req, requestForm);
    const created = await enterOnce(req, res, (tx) => {
      const one = askSupport(tx, actor!, { ...form, page: form.page ?? null });
      return { location: `${provinceRoot(res)}/support/${one.id}`, body: told(one) };
    });
    sendCreated(req, res, created, t('support:flash.asked'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

supportPages.get('/support/:request', async (req, res) => {
  const one = named(req, res);
  await answer(res, {
    html: () => sendOne(req, res, one),
    json: () => {
      const steps = stepsOfRequest(res.locals.province.db, one.id);
      res.json({ ...told(one), text: one.text, page: one.page, steps });
    },
  });
});

supportPages.post('/support/:request/steps', async (req, res) => {
  const { province, actor, t } = res.locals;
  const one = named(req, res);
  try {
    const { kind, text = null } = readBody(req, stepForm);
    const changed = await enter(province, (tx) => {
      return takeSupportStep(tx, actor!, one.id, { kind, text: kind === 'close' ? null : text });
    });
    const done = { to: `${provinceRoot(res)}/support/${one.id}`, body: told(changed) };
    sendChanged(req, res, done, t(`support:flash.${kind}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendOne(req, res, one, { ...refused, values: req.body as object }),
    );
  }
});

function named(req: Request, res: Response): SupportRequest {
  const id = String(req.params.request);
  if (!/^\d{1,10}$/.test(id)) throw new NotFound();
  return findRequest(res.locals.province.db, res.locals.actor!, Number(id));
}

function told({ id, subject, centre, askedBy, askedOn, state, since }: SupportRequest) {
  return { id, subject, centre, askedBy, askedOn, state, since };
}

function inWords({ locals: { t, format } }: Response, one: SupportRequest) {
  return format === 'csv' ? told(one) : { ...told(one), state: t(`support:states.${one.state}`) };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`support:columns.${key}`);
  return [
    { key: 'id', title: title('number'), kind: 'count', width: 1 },
    { key: 'subject', title: title('subject'), kind: 'text', width: 4 },
    { key: 'centre', title: title('centre'), kind: 'text', width: 3 },
    { key: 'askedBy', title: title('asked-by'), kind: 'text', width: 3 },
    { key: 'askedOn', title: title('asked-on'), kind: 'day', width: 2 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
    { key: 'since', title: title('since'), kind: 'day', width: 2 },
  ];
}

function sendList(req: Request, res: Response, list: { rows: SupportRequest[]; total: number }) {
  const { actor, t } = res.locals;
  sendPage(req, res, 'support/list', {
    ...{ title: t('support:title'), ...list, at: pageAsked(req), states: SUPPORT_STATES },
    of: Math.max(1, Math.ceil(list.total / ROWS_PER_PAGE)),
    isFiltered: typeof req.query.state === 'string' && req.query.state !== '',
    mayAnswer: may(actor!, 'support.answer'),
  });
}

function sendForm(req: Request, res: Response, form: object): void {
  sendPage(req, res, 'support/new', { title: res.locals.t('support:new.title'), ...form });
}

function sendOne(req: Request, res: Response, one: SupportRequest, refused: object = {}): void {
  const { province, actor, t } = res.locals;
  const isAsker = one.askerId === actor!.user!.id;
  sendPage(req, res, 'support/request', {
    ...{ title: t('support:one', { number: res.locals.show.number(one.id) }), one, isAsker },
    steps: stepsOfRequest(province.db, one.id),
    mayAnswer: may(actor!, 'support.answer') && one.state === 'asked',
    ...refused,
  });
}
