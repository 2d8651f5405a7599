/** Pages of money that is moved: the list, preparing, signing, taking back. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import * as books from '../books/asked.ts';
import { fundName, fundNames, fundsOf } from '../funds/funds.ts';
import { balanceOfFund } from '../funds/spending.ts';
import type { FieldFault } from '../refusal.ts';
import { Refusal } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readLine, readReason } from '../values/persian-text.ts';
import { readRial } from '../values/rial.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import {
  type Column,
  everyRow,
  listForms,
  mapped,
  pageAsked,
  ROWS_PER_PAGE,
} from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { changing, creating, fieldsOf, idAsked } from './asked.ts';
import {
  countTransfers,
  findTransfer,
  fundsOfTransfer,
  MONEY_PLACES,
  type MoneyPlace,
  prepareTransfer,
  reverseTransfer,
  signTransfer,
  type Transfer,
  transfersOf,
  withdrawTransfer,
} from './transfers.ts';

export const transferPages = Router({ mergeParams: true });

const HERE = '/books/bank/transfers';
const TOLD = '/{province}/centres/{code}/books/bank/transfers';

const transferForm = (today: string) =>
  z.object({
    from: chosen(MONEY_PLACES),
    to: chosen(MONEY_PLACES),
    movedOn: typed((text) => readDay(text, { today })),
    slip: typedOrNone((text) => readLine(text, { max: 60 })),
    note: typedOrNone((text) => readLine(text, { max: 200 })),
    /** A form sends `funds.sadaqa` for each fund instead. */
    funds: z.array(z.object({ fund: z.string(), amount: typed(readRial) })).optional(),
  });
const reasonForm = z.object({ reason: typed(readReason) });
describeBody(`POST ${TOLD}`, transferForm(''));
describeBody(`POST ${TOLD}/{transfer}/withdrawal`, reasonForm);
describeBody(`POST ${TOLD}/{transfer}/reversal`, reasonForm);
describeWishes(`POST ${TOLD}/{transfer}/signing`);

transferPages.get(HERE, allow('bank.read'), (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const days = books.periodOf(req, res);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const total = countTransfers(province.db, centre.id, days);
  const rows = transfersOf(province.db, centre.id, days, ROWS_PER_PAGE, offset);
  return answer(res, {
    html: () =>
      sendPage(req, res, 'bank/transfers', {
        ...{ title: t('bank:transfers.title'), rows, total, at: pageAsked(req) },
        ...{ of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)), root: centreRoot(res) },
        ...{ filters: books.dayFilters(res, days), mayMove: may(actor!, 'money.move', centre) },
      }),
    ...listForms(req, res, {
      ...{ name: `transfers-${centre.code}`, title: t('bank:transfers.title') },
      columns: columnsOf(res),
      page: () => ({ rows: rows.map((row) => told(row)), total }),
      all: (db) =>
        mapped(
          everyRow((limit, from) => transfersOf(db, centre.id, days, limit, from)),
          (row) => (res.locals.format === 'csv' ? told(row) : inWords(res, row)),
        ),
    }),
  });
});

transferPages.get(`${HERE}/new`, allow('money.move'), (req, res) =>
  answer(res, { html: () => sendForm(req, res) }),
);

transferPages.post(HERE, allow('money.move'), (req, res) =>
  creating(
    req,
    res,
    { said: 'bank:flash.transfer-prepared', again: (refused) => sendForm(req, res, refused) },
    (tx) => {
      const { actor, centre } = res.locals;
      const {
        funds,
        slip = null,
        note = null,
        ...form
      } = readBody(req, transferForm(actor!.today));
      const parts = funds?.map(({ fund, amount }) => ({ fund, amountRial: amount }));
      const typedFunds = parts ?? fundsTyped(req);
      const made = prepareTransfer(tx, actor!, centre, { ...form, slip, note, funds: typedFunds });
      return { location: addressOf(res, made.id), body: told(made) };
    },
  ),
);

transferPages.get(`${HERE}/:transfer`, allow('bank.read'), (req, res) => {
  const one = named(req, res);
  const funds = fundsOfTransfer(res.locals.province.db, one.id);
  return answer(res, {
    html: () => sendOne(req, res, one),
    json: () => res.json({ ...told(one), funds }),
  });
});

for (const [step, verb] of [
  ['signing', signTransfer],
  ['withdrawal', withdrawTransfer],
  ['reversal', reverseTransfer],
] as const) {
  transferPages.post(`${HERE}/:transfer/${step}`, allow('money.move'), (req, res) => {
    const one = named(req, res);
    const again = (refused: object) => sendOne(req, res, one, refused);
    return changing(req, res, { said: `bank:flash.transfer-${step}`, again }, (tx) => {
      const { actor, centre } = res.locals;
      const done =
        verb === signTransfer
          ? signTransfer(tx, actor!, centre, one.id)
          : (verb as typeof withdrawTransfer)(tx, actor!, centre, {
              ...{ id: one.id, reason: readBody(req, reasonForm).reason },
            });
      return { to: addressOf(res, one.id), body: told(done) };
    });
  });
}

const addressOf = (res: Response, id: number) => `${centreRoot(res)}${HERE}/${id}`;

const named = (req: Request, res: Response): Transfer =>
  findTransfer(res.locals.province.db, res.locals.centre.id, idAsked(req, 'transfer'));

/** The amounts of a form, fund by fund; an empty field moves nothing. */
function fundsTyped(req: Request): { fund: string; amountRial: number }[] {
  const fields: FieldFault[] = [];
  const funds = fieldsOf(req, 'funds').flatMap(([fund, text]) => {
    if (text.trim() === '') return [];
    const read = readRial(text);
    if ('value' in read) return [{ fund, amountRial: read.value }];
    fields.push({ field: `funds.${fund}`, key: read.fault, values: read.values });
    return [];
  });
  if (fields.length > 0) throw new Refusal('common:refusals.check-fields', { status: 422, fields });
  return funds;
}

function placeAsked(req: Request, name: 'from' | 'to', otherwise: MoneyPlace): MoneyPlace {
  const body = (req.body ?? {}) as Record<string, unknown>;
  const asked = body[name] ?? req.query[name];
  return MONEY_PLACES.find((place) => place === asked) ?? otherwise;
}

function sendForm(req: Request, res: Response, refused: object = {}): void {
  const { province, centre, language, actor, t } = res.locals;
  const from = placeAsked(req, 'from', '1101');
  const to = placeAsked(req, 'to', from === '1102' ? '1101' : '1102');
  const funds = fundsOf(province.db)
    .map((fund) => ({
      ...{ code: fund.code, name: fundName(fund, language) },
      rial: balanceOfFund(province.db, centre.id, from, fund.code),
    }))
    .filter(({ rial }) => rial > 0);
  sendPage(req, res, 'bank/transfer-form', {
    ...{ title: t('bank:transfers.new'), funds, from, to, places: MONEY_PLACES },
    ...{ root: centreRoot(res), key: randomUUID() },
    values: { movedOn: res.locals.show.date(actor!.today) },
    ...refused,
  });
}

function sendOne(req: Request, res: Response, one: Transfer, refused: object = {}): void {
  const { province, actor, centre, language, t } = res.locals;
  const names = fundNames(province.db, language);
  const mayMove = may(actor!, 'money.move', centre);
  const waits = one.state === 'prepared';
  sendPage(req, res, 'bank/transfer', {
    ...{ title: t('bank:transfers.one', { number: String(one.id) }), one, root: centreRoot(res) },
    funds: fundsOfTransfer(province.db, one.id).map(({ fund, amountRial }) => ({
      ...{ name: names.get(fund) ?? fund, amountRial },
    })),
    address: addressOf(res, one.id),
    maySign: mayMove && waits && one.preparedById !== actor!.user!.id,
    mayWithdraw: mayMove && waits,
    mayReverse: mayMove && one.state === 'posted',
    ...refused,
  });
}

function told(one: Transfer) {
  const { id, fromAccount, toAccount, movedOn, slip, amountRial, preparedBy, signedBy } = one;
  const entry = one.entryYear === null ? null : `${one.entryYear}-${one.entryNumber}`;
  const { state } = one;
  return {
    id,
    movedOn,
    fromAccount,
    toAccount,
    amountRial,
    slip,
    preparedBy,
    signedBy,
    entry,
    state,
  };
}

function inWords({ locals: { t } }: Response, one: Transfer) {
  return {
    ...told(one),
    fromAccount: t(`bank:places.${one.fromAccount}`),
    toAccount: t(`bank:places.${one.toAccount}`),
    state: t(`bank:transfers.states.${one.state}`),
  };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`bank:transfers.columns.${key}`);
  return [
    { key: 'movedOn', title: title('day'), kind: 'day', width: 2 },
    { key: 'fromAccount', title: title('from'), kind: 'text', width: 2 },
    { key: 'toAccount', title: title('to'), kind: 'text', width: 2 },
    { key: 'amountRial', title: title('amount'), kind: 'rial', width: 3 },
    { key: 'slip', title: title('slip'), kind: 'code', width: 2 },
    { key: 'preparedBy', title: title('prepared'), kind: 'text', width: 2 },
    { key: 'signedBy', title: title('signed'), kind: 'text', width: 2 },
    { key: 'entry', title: title('entry'), kind: 'code', width: 2 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
  ];
}
