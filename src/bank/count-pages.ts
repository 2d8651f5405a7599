/** Pages of the counted box: the list, counting note by note, the second signature. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { fundName, fundNames, fundsOf } from '../funds/funds.ts';
import { type FieldFault, Refusal } from '../refusal.ts';
import { readReason } from '../values/persian-text.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, listForms } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { changing, creating, fieldsOf, idAsked, readCount } from './asked.ts';
import {
  type CashCount,
  cashInBooks,
  countCash,
  countsOf,
  DENOMINATIONS,
  findCount,
  notesOf,
  signCount,
} from './counts.ts';

export const countPages = Router({ mergeParams: true });

const HERE = '/books/bank/counts';
const TOLD = '/{province}/centres/{code}/books/bank/counts';

const countForm = z.object({
  fund: z.string().optional(),
  reason: typedOrNone(readReason),
  /** A form sends `pieces.50000` for each note instead. */
  notes: z
    .array(z.object({ denomination: z.number().int().positive(), pieces: typed(readCount) }))
    .optional(),
});
describeBody(`POST ${TOLD}`, countForm);
describeWishes(`POST ${TOLD}/{count}/signing`);

countPages.get(HERE, allow('bank.read'), (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const rows = countsOf(province.db, centre.id);
  return answer(res, {
    html: () =>
      sendPage(req, res, 'bank/counts', {
        ...{ title: t('bank:counts.title'), rows, root: centreRoot(res) },
        mayMove: may(actor!, 'money.move', centre),
      }),
    ...listForms(req, res, {
      ...{ name: `cash-counts-${centre.code}`, title: t('bank:counts.title') },
      columns: columnsOf(res),
      page: () => ({ rows: rows.map(told), total: rows.length }),
      all: () => rows.map(told),
    }),
  });
});

countPages.get(`${HERE}/new`, allow('money.move'), (req, res) =>
  answer(res, { html: () => sendForm(req, res) }),
);

countPages.post(HERE, allow('money.move'), (req, res) =>
  creating(
    req,
    res,
    { said: 'bank:flash.counted', again: (refused) => sendForm(req, res, refused) },
    (tx) => {
      const { fund, reason = null, notes } = readBody(req, countForm);
      const { actor, centre } = res.locals;
      const typedNotes = notes ?? piecesTyped(req);
      const made = countCash(tx, actor!, centre, {
        ...{ notes: typedNotes, fund: fund || null, reason },
      });
      return { location: addressOf(res, made.id), body: told(made) };
    },
  ),
);

countPages.get(`${HERE}/:count`, allow('bank.read'), (req, res) => {
  const one = named(req, res);
  return answer(res, {
    html: () => sendOne(req, res, one),
    json: () => res.json({ ...told(one), notes: notesOf(res.locals.province.db, one.id) }),
  });
});

countPages.post(`${HERE}/:count/signing`, allow('money.move'), (req, res) => {
  const one = named(req, res);
  const again = (refused: object) => sendOne(req, res, one, refused);
  return changing(req, res, { said: 'bank:flash.count-signed', again }, (tx) => {
    const signed = signCount(tx, res.locals.actor!, res.locals.centre, one.id);
    return { to: addressOf(res, one.id), body: told(signed) };
  });
});

const addressOf = (res: Response, id: number) => `${centreRoot(res)}${HERE}/${id}`;

const named = (req: Request, res: Response): CashCount =>
  findCount(res.locals.province.db, res.locals.centre.id, idAsked(req, 'count'));

function piecesTyped(req: Request): { denomination: number; pieces: number }[] {
  const fields: FieldFault[] = [];
  const notes = fieldsOf(req, 'pieces').flatMap(([denomination, text]) => {
    if (text.trim() === '' || !/^\d+$/.test(denomination)) return [];
    const read = readCount(text);
    if ('value' in read) return [{ denomination: Number(denomination), pieces: read.value }];
    fields.push({ field: `pieces.${denomination}`, key: read.fault });
    return [];
  });
  if (fields.length > 0) throw new Refusal('common:refusals.check-fields', { status: 422, fields });
  return notes;
}

function sendForm(req: Request, res: Response, refused: object = {}): void {
  const { province, centre, language, t } = res.locals;
  sendPage(req, res, 'bank/count-form', {
    ...{ title: t('bank:counts.new'), denominations: DENOMINATIONS, root: centreRoot(res) },
    bookRial: cashInBooks(province.db, centre.id),
    funds: fundsOf(province.db).map((fund) => ({
      ...{ value: fund.code, text: fundName(fund, language) },
    })),
    key: randomUUID(),
    ...refused,
  });
}

function sendOne(req: Request, res: Response, one: CashCount, refused: object = {}): void {
  const { province, actor, centre, language, t } = res.locals;
  const fund = one.fund === null ? null : fundNames(province.db, language).get(one.fund);
  sendPage(req, res, 'bank/count', {
    ...{ title: t('bank:counts.one', { number: String(one.id) }), one, root: centreRoot(res) },
    ...{ notes: notesOf(province.db, one.id), fund: fund ?? null, address: addressOf(res, one.id) },
    maySign:
      one.signedOn === null &&
      one.countedById !== actor!.user!.id &&
      may(actor!, 'money.move', centre),
    ...refused,
  });
}

function told(one: CashCount) {
  const { id, countedOn, bookRial, countedRial, fund, reason, countedBy, signedBy, paperId } = one;
  const entry = one.entryYear === null ? null : `${one.entryYear}-${one.entryNumber}`;
  const differenceRial = countedRial - bookRial;
  return {
    ...{ id, countedOn, bookRial, countedRial, differenceRial, fund, reason },
    ...{ countedBy, signedBy, entry, paperId },
  };
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`bank:counts.columns.${key}`);
  return [
    { key: 'countedOn', title: title('day'), kind: 'day', width: 2 },
    { key: 'bookRial', title: title('book'), kind: 'rial', width: 3 },
    { key: 'countedRial', title: title('counted'), kind: 'rial', width: 3 },
    { key: 'differenceRial', title: title('difference'), kind: 'rial', width: 2 },
    { key: 'reason', title: title('reason'), kind: 'text', width: 3 },
    { key: 'countedBy', title: title('counted-by'), kind: 'text', width: 2 },
    { key: 'signedBy', title: title('signed-by'), kind: 'text', width: 2 },
  ];
}
