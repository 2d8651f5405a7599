/** B-22: what was handed over to the centre; the committee hands over and takes back. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may, SEATS } from '../access/powers.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, everyRow, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  countDelegations,
  type Delegation,
  delegationsOf,
  handOver,
  takeBack,
} from './delegations.ts';

export const delegationPages = Router({ mergeParams: true });

const said = (max: number) => (text: string) => readName(text, { max });

const delegationForm = (today: string) =>
  z.object({
    subject: typed(said(300)),
    letterNumber: typed(said(60)),
    fromOn: typed((text) => readDay(text, { today })),
    toOn: typedOrNone((text) => readDay(text, { today })),
    seat: chosen(SEATS),
  });

const endForm = z.object({ reason: typed(said(300)) });

describeBody('POST /{province}/centres/{code}/delegations', delegationForm(''));
describeBody('POST /{province}/centres/{code}/delegations/{delegation}/end', endForm);

delegationPages.get('/delegations', allow('delegations.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const total = countDelegations(province.db, centre.id);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = delegationsOf(province.db, centre.id, ROWS_PER_PAGE, offset);
  await answer(res, {
    html: () => sendList(req, res),
    ...listForms(req, res, {
      ...{ name: `delegations-${centre.code}`, title: t('institutions:delegations.title') },
      columns: columnsOf(res),
      page: () => ({ rows: rows.map(listed), total }),
      all: (db) =>
        everyRow((limit, from) =>
          delegationsOf(db, centre.id, limit, from).map((one) => inWords(res, one)),
        ),
    }),
  });
});

delegationPages.post('/delegations', allow('delegations.give'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readBody(req, delegationForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => {
      const body = handOver(tx, actor!, centre, form);
      return { location: `${centreRoot(res)}/delegations`, body };
    });
    sendCreated(req, res, created, t('institutions:flash.handed-over'));
  } catch (fault) {
    again(req, res, fault);
  }
});

delegationPages.post(
  '/delegations/:delegation/end',
  allow('delegations.give'),
  async (req, res) => {
    const { province, actor, centre, t } = res.locals;
    try {
      const { reason } = readBody(req, endForm);
      const id = Number(req.params.delegation);
      const ended = (tx: Tx) => takeBack(tx, actor!, centre, { id, reason });
      const body = await enter(province, ended);
      const to = `${centreRoot(res)}/delegations`;
      sendChanged(req, res, { to, body }, t('institutions:flash.taken-back'));
    } catch (fault) {
      again(req, res, fault);
    }
  },
);

function again(req: Request, res: Response, fault: unknown): void {
  sendRefusedForm(fault, req, res, (refused) =>
    sendList(req, res, { ...refused, values: req.body as object }),
  );
}

function listed({ id, subject, letterNumber, fromOn, toOn, seat, by, endedOn }: Delegation) {
  return { id, subject, letterNumber, fromOn, toOn, seat, by, endedOn };
}

function inWords({ locals: { t, format } }: Response, one: Delegation) {
  const row = listed(one);
  return format === 'csv' ? row : { ...row, seat: t(`board:seats.${one.seat}`) };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`institutions:delegations.${key}`);
  return [
    { key: 'subject', title: title('subject'), kind: 'text', width: 4 },
    { key: 'letterNumber', title: title('letter-number'), kind: 'code', width: 2 },
    { key: 'fromOn', title: title('from-on'), kind: 'day', width: 2 },
    { key: 'toOn', title: title('to-on'), kind: 'day', width: 2 },
    { key: 'seat', title: title('seat'), kind: 'text', width: 3 },
    { key: 'by', title: title('by'), kind: 'text', width: 2 },
    { key: 'endedOn', title: title('ended-on'), kind: 'day', width: 2 },
  ];
}

function sendList(req: Request, res: Response, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  const total = countDelegations(province.db, centre.id);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  sendPage(req, res, 'institutions/delegations', {
    ...{ title: t('institutions:delegations.title'), total, at: pageAsked(req), seats: SEATS },
    rows: delegationsOf(province.db, centre.id, ROWS_PER_PAGE, offset),
    of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)),
    mayGive: may(actor!, 'delegations.give', centre),
    ...refused,
  });
}
