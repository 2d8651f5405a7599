/** Recipients: for those whose duty it is, codes with their marks and what each had (B-104). */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { typedFigures } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, ticked, typed } from '../web/forms.ts';
import { everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { numberIn, oneAsked, readWhole } from './asked.ts';
import { deliveriesOf } from './delivery-rows.ts';
import { paymentsOf } from './payment-rows.ts';
import { numberOf } from './payment-words.ts';
import {
  countRecipients,
  findRecipient,
  markRecipient,
  marksOf,
  type Recipient,
  type RecipientFilter,
  recipientsOf,
  registerRecipient,
} from './recipients.ts';
import { NEEDS } from './schema.ts';

export const recipientPages = Router({ mergeParams: true });

const marksForm = z.object({
  ...{ sayyid: ticked, poor: ticked, need: chosen(NEEDS) },
  persons: typed(readWhole(1, 30)),
});

const HERE = '/{province}/centres/{code}/recipients';
describeBody(`POST ${HERE}`, marksForm);
describeBody(`POST ${HERE}/{number}/marks`, marksForm);

recipientPages.get('/recipients', allow('recipients.read'), async (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const asked = filterOf(req);
  const total = countRecipients(province.db, centre.id, asked);
  const from = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = recipientsOf(province.db, centre.id, asked, { limit: ROWS_PER_PAGE, from });
  const title = t('common:sections.recipients');
  const column = (key: string) => ({ key, title: t(`payments:columns.${key}`) });
  await answer(res, {
    html: () =>
      sendPage(req, res, 'payments/recipients', {
        ...{ title, rows, total, at: pageAsked(req), root: centreRoot(res), needs: NEEDS },
        of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
        isFiltered: Object.values(asked).some((one) => one !== undefined),
        mayKeep: may(actor!, 'recipients.keep', centre),
      }),
    ...listForms(req, res, {
      ...{ name: `recipients-${centre.code}`, title },
      columns: [
        { ...column('number'), kind: 'count' },
        { ...column('sayyid'), kind: 'text' },
        { ...column('poor'), kind: 'text' },
        { ...column('need'), kind: 'text', width: 2 },
        { ...column('persons'), kind: 'count' },
        { ...column('markedOn'), kind: 'day', width: 2 },
      ],
      page: () => ({ rows: rows.map(told), total }),
      all: (db) =>
        everyRow((limit, start) =>
          recipientsOf(db, centre.id, asked, { limit, from: start }).map((one) => ({
            ...{ number: one.number, persons: one.persons, markedOn: one.markedOn },
            ...{ sayyid: yesOrNo(res, one.sayyid), poor: yesOrNo(res, one.poor) },
            need: t(`payments:needs.${one.need}`),
          })),
        ),
    }),
  });
});

recipientPages.get('/recipients/new', allow('recipients.keep'), (req, res) =>
  answer(res, { html: () => sendForm(req, res) }),
);

recipientPages.post('/recipients', allow('recipients.keep'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const marks = readBody(req, marksForm);
    const created = await enterOnce(req, res, (tx) => {
      const one = registerRecipient(tx, actor!, centre, marks);
      return { location: `${centreRoot(res)}/recipients/${one.number}`, body: told(one) };
    });
    sendCreated(req, res, created, t('payments:flash.recipient-registered'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

recipientPages.get('/recipients/:number', allow('recipients.read'), async (req, res) => {
  const one = named(req, res);
  await answer(res, {
    html: () => sendOne(req, res, one),
    json: () => res.json({ ...told(one), marks: marksOf(res.locals.province.db, one.id) }),
  });
});

recipientPages.post('/recipients/:number/marks', allow('recipients.keep'), async (req, res) => {
  const { actor, centre, province, t } = res.locals;
  const { number } = named(req, res);
  try {
    const marks = readBody(req, marksForm);
    const changed = await enter(province, (tx) => {
      const recipient = findRecipient(tx, centre.id, number);
      return markRecipient(tx, actor!, centre, { recipient, marks });
    });
    const to = `${centreRoot(res)}/recipients/${number}`;
    sendChanged(req, res, { to, body: told(changed) }, t('payments:flash.marked'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendOne(req, res, named(req, res), { ...refused, values: req.body as object }),
    );
  }
});

const named = (req: Request, res: Response): Recipient =>
  findRecipient(res.locals.province.db, res.locals.centre.id, numberIn(req, 'number'));

const told = ({ number, sayyid, poor, need, persons, markedOn }: Recipient) => ({
  ...{ number, sayyid: Number(sayyid), poor: Number(poor), need, persons, markedOn },
});

const yesOrNo = (res: Response, yes: boolean): string =>
  res.locals.t(`payments:${yes ? 'yes' : 'no'}`);

function filterOf(req: Request): RecipientFilter {
  const yes = (name: string) => {
    const asked = wordAsked(req.query, name);
    return asked === undefined ? undefined : asked === '1';
  };
  const figures = typedFigures(wordAsked(req.query, 'q') ?? '');
  const number = /^\d{1,9}$/.test(figures) ? Number(figures) : undefined;
  return { sayyid: yes('sayyid'), poor: yes('poor'), need: oneAsked(req, 'need', NEEDS), number };
}

function sendForm(req: Request, res: Response, refused: object = {}): void {
  sendPage(req, res, 'payments/recipient-new', {
    ...{ title: res.locals.t('payments:recipient-new'), needs: NEEDS, root: centreRoot(res) },
    ...{ faults: {}, refusal: null, ...refused },
  });
}

function sendOne(req: Request, res: Response, one: Recipient, refused: object = {}): void {
  const { province, centre, actor, t, show } = res.locals;
  const { db } = province;
  const can = (power: Parameters<typeof may>[1]) => may(actor!, power, centre);
  const page = { limit: 20, skip: 0 };
  const number = show.digits(String(one.number));
  sendPage(req, res, 'payments/recipient', {
    ...{ title: t('payments:recipient-coded', { number }), one, needs: NEEDS },
    ...{ root: centreRoot(res), marks: marksOf(db, one.id), mayKeep: can('recipients.keep') },
    payments: can('payments.read')
      ? paymentsOf(db, centre.id, { recipientId: one.id }, page).map((row) => ({
          ...{ ...row, written: numberOf(row) },
        }))
      : [],
    deliveries: can('deliveries.read')
      ? deliveriesOf(db, centre.id, { recipientId: one.id }, page).map((row) => ({
          ...{ ...row, written: numberOf(row) },
        }))
      : [],
    ...{ mayPay: can('payments.prepare'), mayDeliver: can('deliveries.prepare') },
    ...{ faults: {}, refusal: null, ...refused },
  });
}
