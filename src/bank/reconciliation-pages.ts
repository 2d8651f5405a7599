/** The reconciliation sheet (B-80): of any day on the page, and as it was signed. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { readDay } from '../values/jalali-date.ts';
import { dayAsked } from '../web/asked.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, listForms } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { changing, creating, idAsked, readBalance } from './asked.ts';
import { type Item, reconciliationOn, type Sheet } from './reconciliation.ts';
import {
  findReconciliation,
  prepareReconciliation,
  type Reconciliation,
  reconciliationsOf,
  signReconciliation,
} from './reconciliations.ts';

export const reconciliationPages = Router({ mergeParams: true });

const SHEET = '/books/bank/reconciliation';
const HERE = '/books/bank/reconciliations';
const TOLD = '/{province}/centres/{code}/books/bank/reconciliations';

const sheetForm = (today: string) =>
  z.object({
    through: typed((text) => readDay(text, { today })),
    bankRial: typedOrNone(readBalance),
  });
describeBody(`POST ${TOLD}`, sheetForm(''));
describeWishes(`POST ${TOLD}/{reconciliation}/signing`);

reconciliationPages.get(SHEET, allow('bank.read'), (req, res) => {
  const { centre, t } = res.locals;
  const sheet = sheetAsked(req, res);
  return answer(res, {
    html: () => sendSheet(req, res, sheet),
    ...listForms(req, res, {
      ...{ name: `reconciliation-${centre.code}-${sheet.throughOn}` },
      ...{ title: t('bank:reconciliation.title'), columns: columnsOf(res) },
      page: () => ({ rows: rowsOf(res, sheet), total: sheet.items.length }),
      all: () => rowsOf(res, sheet),
      json: () => sheet,
    }),
  });
});

reconciliationPages.get(HERE, allow('bank.read'), (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const rows = reconciliationsOf(province.db, centre.id);
  return answer(res, {
    html: () =>
      sendPage(req, res, 'bank/reconciliations', {
        ...{ title: t('bank:reconciliation.list'), rows, root: centreRoot(res) },
        mayKeep: may(actor!, 'bank.keep', centre),
      }),
    json: () => res.json({ rows: rows.map(told) }),
  });
});

reconciliationPages.post(HERE, allow('bank.keep'), (req, res) =>
  creating(
    req,
    res,
    {
      said: 'bank:flash.reconciled',
      again: (refused) => sendSheet(req, res, sheetAsked(req, res), refused),
    },
    (tx) => {
      const { actor, centre } = res.locals;
      const { through, bankRial } = readBody(req, sheetForm(actor!.today));
      const one = prepareReconciliation(tx, actor!, centre, { throughOn: through, bankRial });
      return { location: `${centreRoot(res)}${HERE}/${one.id}`, body: told(one) };
    },
  ),
);

reconciliationPages.get(`${HERE}/:reconciliation`, allow('bank.read'), (req, res) => {
  const one = named(req, res);
  return answer(res, {
    html: () => sendOne(req, res, one),
    json: () => res.json({ ...told(one), items: one.items }),
  });
});

reconciliationPages.post(`${HERE}/:reconciliation/signing`, allow('bank.keep'), (req, res) => {
  const one = named(req, res);
  const again = (refused: object) => sendOne(req, res, one, refused);
  return changing(req, res, { said: 'bank:flash.reconciliation-signed', again }, (tx) => {
    const signed = signReconciliation(tx, res.locals.actor!, res.locals.centre, one.id);
    return { to: `${centreRoot(res)}${HERE}/${one.id}`, body: told(signed) };
  });
});

const named = (req: Request, res: Response): Reconciliation =>
  findReconciliation(res.locals.province.db, res.locals.centre.id, idAsked(req, 'reconciliation'));

/** The sheet of the day asked for, of today unless another is; a typed balance where the bank has none. */
function sheetAsked(req: Request, res: Response): Sheet {
  const { province, centre, actor } = res.locals;
  const body = (req.body ?? {}) as { through?: unknown; bankRial?: unknown };
  const typedDay = readDay(String(body.through ?? ''), { today: actor!.today });
  const asked = 'value' in typedDay ? typedDay.value : dayAsked(req.query, 'on', actor!.today);
  const balance = readBalance(String(body.bankRial ?? req.query.bankRial ?? ''));
  const bankRial = 'value' in balance ? balance.value : undefined;
  return reconciliationOn(province.db, centre.id, asked ?? actor!.today, bankRial);
}

function sendSheet(req: Request, res: Response, sheet: Sheet, refused: object = {}): void {
  const { actor, centre, t, show } = res.locals;
  sendPage(req, res, 'bank/reconciliation', {
    ...{ title: t('bank:reconciliation.title'), sheet, root: centreRoot(res) },
    ...{ mayKeep: may(actor!, 'bank.keep', centre), key: randomUUID() },
    values: { through: show.date(sheet.throughOn) },
    filters: [{ name: 'on', label: t('bank:reconciliation.on'), kind: 'day' }],
    ...refused,
  });
}

function sendOne(req: Request, res: Response, one: Reconciliation, refused: object = {}): void {
  const { actor, centre, t, show } = res.locals;
  sendPage(req, res, 'bank/reconciled', {
    title: t('bank:reconciliation.of', { day: show.day(one.throughOn) }),
    ...{ one, root: centreRoot(res), address: `${centreRoot(res)}${HERE}/${one.id}` },
    maySign:
      one.signedOn === null &&
      one.preparedById !== actor!.user!.id &&
      may(actor!, 'bank.keep', centre),
    ...refused,
  });
}

function told(one: Reconciliation) {
  const { id, throughOn, bookRial, bankRial, preparedBy, signedBy, signedOn, paperId } = one;
  return { id, throughOn, bookRial, bankRial, preparedBy, signedBy, signedOn, paperId };
}

/** From the balance of the books to the balance of the bank, a row for each step. */
function rowsOf({ locals: { t } }: Response, { throughOn, bookRial, bankRial, items }: Sheet) {
  const say = (key: string) => t(`bank:reconciliation.${key}`);
  const end = (item: string, rial: number | null) => ({
    ...{ on: throughOn, item, words: null, reference: null, rial },
  });
  const row = ({ kind, on, words, reference, rial, entry }: Item) => ({
    ...{ on, item: say(`kinds.${kind}`), words, reference: entry ?? reference, rial },
  });
  return [
    end(say('book-balance'), bookRial),
    ...items.map(row),
    end(say('bank-balance'), bankRial),
  ];
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`bank:reconciliation.${key}`);
  return [
    { key: 'on', title: title('day'), kind: 'day', width: 2 },
    { key: 'item', title: title('item'), kind: 'text', width: 3 },
    { key: 'words', title: title('words'), kind: 'text', width: 4 },
    { key: 'reference', title: title('reference'), kind: 'code', width: 2 },
    { key: 'rial', title: title('rial'), kind: 'rial', width: 3 },
  ];
}
