/** Batches of gifts: the list, one batch with its rows, and its closing. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { fundName, fundNames, fundsOf } from '../funds/funds.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName, readReason } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { typedCount } from '../values/typed-number.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import {
  type Column,
  everyRow,
  type Listing,
  listForms,
  pageAsked,
  ROWS_PER_PAGE,
} from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import { batchRowsBody, readRows } from './batch-form.ts';
import {
  agrees,
  type Batch,
  type BatchRow,
  batchesOf,
  closeBatch,
  countBatches,
  emptyRow,
  fillBatch,
  findBatch,
  MOST_ROWS,
  openBatch,
  RowRefused,
  rowsOf,
  withdrawBatch,
} from './batches.ts';
import { findDonor } from './donors.ts';
import { money } from './gift-fields.ts';
import { donorShown } from './gift-words.ts';
import { BATCH_STATES } from './schema.ts';

export const batchPages = Router({ mergeParams: true });

const LIST = '/donations/batches';
const ONE = `${LIST}/:number`;
const ADDRESS = '/{province}/centres/{code}/donations/batches';

const readCount = (text: string): Reading<number> => {
  const count = typedCount(text, MOST_ROWS) ?? 0;
  if (count >= 1) return { value: count };
  return { fault: 'donations:refusals.batch-count', values: { max: MOST_ROWS } };
};

const batchForm = (today: string, unit: 'rial' | 'toman') =>
  z.object({
    words: typed((text) => readName(text, { max: 120 })),
    receivedOn: typed((text) => readDay(text, { today })),
    count: typed(readCount),
    total: money(unit),
  });
const withdrawalForm = z.object({ reason: typed(readReason) });

describeBody(`POST ${ADDRESS}`, batchForm('', 'rial'));
describeBody(`POST ${ADDRESS}/{number}/rows`, batchRowsBody);
describeBody(`POST ${ADDRESS}/{number}/withdrawal`, withdrawalForm);
describeWishes(
  `POST ${ADDRESS}/{number}/rows/{position}/removal`,
  `POST ${ADDRESS}/{number}/closing`,
);

batchPages.get(LIST, allow('batches.read'), async (req, res) => {
  await answer(res, {
    html: () => sendList(req, res),
    ...listForms(req, res, listingOf(req, res)),
  });
});

batchPages.post(LIST, allow('batches.enter'), async (req, res) => {
  const { actor, centre, t, show } = res.locals;
  try {
    const unit = (req.body as { totalUnit?: unknown })?.totalUnit === 'toman' ? 'toman' : 'rial';
    const { count, total, ...told } = readBody(req, batchForm(actor!.today, unit));
    const created = await enterOnce(req, res, (tx) => {
      const declared = { ...told, controlCount: count, controlRial: total };
      const batch = openBatch(tx, actor!, centre, declared);
      return { location: addressOf(res, batch), body: toldOf(batch) };
    });
    const { number } = created.body as { number: number };
    sendCreated(req, res, created, t('donations:batches.opened', { number: show.number(number) }));
  } catch (fault) {
    const values = req.body as object;
    sendRefusedForm(fault, req, res, (refused) => sendList(req, res, { ...refused, values }));
  }
});

batchPages.get(ONE, allow('batches.read'), async (req, res) => {
  const batch = batchOf(req, res);
  await answer(res, {
    html: () => sendBatch(req, res, batch),
    ...listForms(req, res, rowsListing(req, res, batch)),
  });
});

batchPages.post(`${ONE}/rows`, allow('batches.enter'), async (req, res) => {
  const { actor, centre, province, t, show } = res.locals;
  const before = batchOf(req, res);
  try {
    const gifts = readRows(req, res, before.receivedOn);
    const created = await enterOnce(req, res, (tx) => {
      const batch = fillBatch(tx, actor!, centre, findBatch(tx, centre.id, before.number), gifts);
      return { location: addressOf(res, batch), body: toldOf(batch) };
    });
    const batch = findBatch(province.db, centre.id, before.number);
    const left = { count: show.number(batch.count), of: show.number(batch.controlCount) };
    sendCreated(req, res, created, t('donations:batches.filled', left));
  } catch (fault) {
    const named = fault instanceof RowRefused ? besideRow(req, fault) : fault;
    again(req, res, named, req.body as object);
  }
});

batchPages.post(`${ONE}/rows/:position/removal`, allow('batches.enter'), async (req, res) => {
  const { actor, centre, province, t } = res.locals;
  const { number } = batchOf(req, res);
  try {
    const position = Number(req.params.position);
    if (!Number.isSafeInteger(position)) throw new NotFound();
    const batch = await enter(province, (tx) =>
      emptyRow(tx, actor!, centre, findBatch(tx, centre.id, number), position),
    );
    const body = toldOf(batch);
    sendChanged(req, res, { to: addressOf(res, batch), body }, t('donations:batches.emptied'));
  } catch (fault) {
    again(req, res, fault);
  }
});

batchPages.post(`${ONE}/closing`, allow('batches.enter'), async (req, res) => {
  const { actor, centre, province, t, show } = res.locals;
  const { number } = batchOf(req, res);
  try {
    const batch = await enter(province, (tx) =>
      closeBatch(tx, actor!, centre, findBatch(tx, centre.id, number)),
    );
    const values = { count: show.number(batch.count), amount: show.money(batch.rial) };
    const sentence = t('donations:batches.closed', values);
    sendChanged(req, res, { to: addressOf(res, batch), body: toldOf(batch) }, sentence);
  } catch (fault) {
    again(req, res, fault instanceof RowRefused ? ofRow(res, fault) : fault);
  }
});

batchPages.post(`${ONE}/withdrawal`, allow('batches.enter'), async (req, res) => {
  const { actor, centre, province, t } = res.locals;
  const { number } = batchOf(req, res);
  try {
    const { reason } = readBody(req, withdrawalForm);
    const batch = await enter(province, (tx) =>
      withdrawBatch(tx, actor!, centre, findBatch(tx, centre.id, number), reason),
    );
    const body = toldOf(batch);
    sendChanged(req, res, { to: addressOf(res, batch), body }, t('donations:batches.withdrawn'));
  } catch (fault) {
    again(req, res, fault, { ...(req.body as object), withdrawing: '1' });
  }
});

function again(req: Request, res: Response, fault: unknown, values?: object): void {
  sendRefusedForm(fault, req, res, (refused) => {
    sendBatch(req, res, batchOf(req, res), { ...refused, ...(values && { values }) });
  });
}

/** A row that was just sent is named by its place among those sent; of a form there is one. */
function besideRow({ body }: Request, { position, why }: RowRefused): Refusal {
  if (!Array.isArray((body as { rows?: unknown }).rows)) return why;
  const { field = '_', values, fields = [{ field, key: why.key, values }] } = why.details;
  const named = fields.map((one) => ({ ...one, field: `rows.${position - 1}.${one.field}` }));
  return new Refusal('common:refusals.check-fields', { status: 422, fields: named });
}

/** Which row it was, and in the reader's words why. */
function ofRow({ locals: { t } }: Response, { position, why }: RowRefused): Refusal {
  const { fields, values, clause, mend } = why.details;
  const fault = fields?.[0];
  const said = fault ? t(fault.key, fault.values) : t(why.key, values);
  return new Refusal('donations:refusals.batch-row', {
    ...{ values: { number: position, why: said }, clause, mend },
  });
}

function batchOf(req: Request, res: Response): Batch {
  const number = Number(req.params.number);
  if (!Number.isSafeInteger(number)) throw new NotFound();
  return findBatch(res.locals.province.db, res.locals.centre.id, number);
}

const addressOf = (res: Response, { number }: Batch) =>
  `${centreRoot(res)}/donations/batches/${number}`;

function toldOf({ id, controlCount, controlRial, rial, openedAt, settledAt, ...batch }: Batch) {
  return { ...batch, amount: rial, controlCount, controlAmount: controlRial };
}

function filterOf({ query }: Request) {
  return { state: BATCH_STATES.find((state) => state === query.state) };
}

function sendList(req: Request, res: Response, form: object = {}): void {
  const { province, centre, actor, t } = res.locals;
  const filter = filterOf(req);
  const total = countBatches(province.db, centre.id, filter);
  const of = Math.max(1, Math.ceil(total / ROWS_PER_PAGE));
  const at = Math.min(pageAsked(req), of);
  const place = { limit: ROWS_PER_PAGE, offset: (at - 1) * ROWS_PER_PAGE };
  sendPage(req, res, 'donations/batches', {
    title: t('donations:batches.title'),
    path: `${centreRoot(res)}/donations/batches`,
    batches: batchesOf(province.db, centre.id, filter, place).map((batch) => ({
      ...{ ...batch, href: addressOf(res, batch) },
    })),
    ...{ total, at, of, states: BATCH_STATES, key: randomUUID() },
    mayEnter: may(actor!, 'batches.enter', centre),
    ...{ faults: {}, refusal: null, ...form },
  });
}

function sendBatch(req: Request, res: Response, batch: Batch, form: object = {}): void {
  const { province, centre, actor, language, t, show } = res.locals;
  const of = Math.max(1, Math.ceil(batch.count / ROWS_PER_PAGE));
  // While it is being filled the end is what one wants to see.
  const at = req.query.page || batch.state !== 'open' ? Math.min(pageAsked(req), of) : of;
  const place = { limit: ROWS_PER_PAGE, offset: (at - 1) * ROWS_PER_PAGE };
  const rows = rowsOf(province.db, batch, place);
  sendPage(req, res, 'donations/batch', {
    title: t('donations:batches.one', { number: show.number(batch.number) }),
    path: addressOf(res, batch),
    root: `${centreRoot(res)}/donations`,
    ...{ batch, agrees: agrees(batch), at, of, key: randomUUID() },
    ...{ rows: rows.map((row) => lineOf(res, row)), lastFund: rows.at(-1)?.gift.fund ?? '' },
    funds: fundsOf(province.db)
      .filter(({ takesGifts }) => takesGifts)
      .map((fund) => ({ value: fund.code, text: fundName(fund, language) })),
    mayEnter: batch.state === 'open' && may(actor!, 'batches.enter', centre),
    ...{ faults: {}, refusal: null, ...form },
  });
}

function lineOf(res: Response, { position, amountRial, gift, enteredBy, receipt }: BatchRow) {
  const { t, province, language } = res.locals;
  const names = fundNames(province.db, language);
  const funds = gift.parts?.map(({ fund }) => fund) ?? [gift.fund];
  return {
    ...{ position, amount: amountRial, kind: t(`donations:kinds.${gift.kind ?? 'cash'}`) },
    fund: funds.map((fund) => names.get(fund) ?? fund).join(t('donations:comma')),
    donor: donorTold(res, gift) ?? '',
    reference: gift.reference?.reference ?? '',
    ...{ enteredBy, receipt: receipt ?? '' },
  };
}

/** The donor as he was told, or as the centre knows him; one not to be named is not. */
function donorTold(res: Response, { donor }: BatchRow['gift']): string | null {
  const { province, centre, t } = res.locals;
  if (!donor) return null;
  if (donor.mayBeNamed === false) return t('donations:withheld');
  if (donor.id === undefined) return donor.name ?? t('donations:batches.by-number');
  const known = findDonor(province.db, centre.id, donor.id);
  const mayBeNamed = known.mayBeNamed ? 1 : 0;
  return donorShown(res, { donorId: known.id, donorName: known.name, mayBeNamed });
}

function listingOf(req: Request, res: Response): Listing {
  const { province, centre, t, format } = res.locals;
  const filter = filterOf(req);
  const spoken = format === 'pdf' || format === 'xlsx';
  const rowOf = (batch: Batch) => {
    const told = toldOf(batch);
    return spoken ? { ...told, state: t(`donations:batches.states.${batch.state}`) } : told;
  };
  const rowsFrom = (limit: number, offset: number, db = province.db) =>
    batchesOf(db, centre.id, filter, { limit, offset }).map(rowOf);
  return {
    ...{ name: `batches-${centre.code}`, title: t('donations:batches.title') },
    columns: columnsOf(res, [
      ...([
        ['number', 'count', 1],
        ['words', 'text', 5],
        ['receivedOn', 'day', 2.2],
      ] as const),
      ...([
        ['controlCount', 'count', 1.6],
        ['controlAmount', 'rial', 3.4],
      ] as const),
      ...([
        ['count', 'count', 1.6],
        ['amount', 'rial', 3.4],
        ['state', 'text', 2],
      ] as const),
    ]),
    page: () => ({
      rows: rowsFrom(ROWS_PER_PAGE, (pageAsked(req) - 1) * ROWS_PER_PAGE),
      total: countBatches(province.db, centre.id, filter),
    }),
    all: (db) => everyRow((limit, from) => rowsFrom(limit, from, db)),
  };
}

function rowsListing(req: Request, res: Response, batch: Batch): Listing {
  const { province, t, show } = res.locals;
  const rowsFrom = (limit: number, offset: number, db = province.db) =>
    rowsOf(db, batch, { limit, offset }).map((row) => lineOf(res, row));
  return {
    name: `batch-${batch.number}`,
    title: t('donations:batches.one', { number: show.number(batch.number) }),
    columns: columnsOf(res, [
      ...([
        ['position', 'count', 1],
        ['donor', 'text', 4],
        ['fund', 'text', 3],
      ] as const),
      ...([
        ['kind', 'text', 2],
        ['reference', 'code', 3],
      ] as const),
      ...([
        ['amount', 'rial', 3.4],
        ['receipt', 'code', 2.6],
      ] as const),
    ]),
    page: () => ({
      rows: rowsFrom(ROWS_PER_PAGE, (pageAsked(req) - 1) * ROWS_PER_PAGE),
      total: batch.count,
    }),
    all: (db) => everyRow((limit, from) => rowsFrom(limit, from, db)),
    totals: () => ({ amount: batch.rial }),
    json: () => ({
      ...toldOf(batch),
      rows: rowsFrom(ROWS_PER_PAGE, (pageAsked(req) - 1) * ROWS_PER_PAGE),
      ...{ page: pageAsked(req), pages: Math.max(1, Math.ceil(batch.count / ROWS_PER_PAGE)) },
    }),
  };
}

function columnsOf(
  { locals: { t } }: Response,
  columns: readonly (readonly [key: string, kind: Column['kind'], width: number])[],
): Column[] {
  return columns.map(([key, kind, width]) => ({
    ...{ key, title: t(`donations:batches.columns.${key}`), kind, width },
  }));
}
