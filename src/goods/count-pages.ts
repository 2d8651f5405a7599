/** Counts: the list, opening one, writing it down blind, agreeing, approving; its sheet on paper. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { newestAct } from '../trail/acts.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName } from '../values/persian-text.ts';
import { readQuantity } from '../values/quantity.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, picked, readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { type Column, everyRow, listForms, mapped } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { sendChanged, sendCreated } from '../web/written.ts';
import { countSheetPdf } from './count-sheet-pdf.ts';
import {
  type Count,
  countCounts,
  countersOf,
  countsOf,
  findCount,
  isCounting,
  openCount,
  withdrawCount,
} from './counts.ts';
import { itemsOf } from './items.ts';
import { requireReason } from './lot-pages.ts';
import * as shown from './shown.ts';
import {
  answerTally,
  approveCount,
  compared,
  foundOf,
  linesOfTally,
  lotsToCount,
  writeTally,
} from './tallies.ts';

export const countPages = Router({ mergeParams: true });

const said = (max: number) => (text: string) => readName(text, { max });
/** So many things found beside the list the form has room for. */
const FOUND = 3;

const openForm = z.object({
  store: picked(shown.readId),
  first: picked(shown.readId),
  second: picked(shown.readId),
  surprise: ticked,
});
const tallyForm = (today: string) =>
  z.object({
    lots: z.array(z.object({ lot: z.coerce.number().int(), quantity: typed(shown.readCounted) })),
    found: z
      .array(
        z.object({
          item: typed(shown.readId),
          quantity: typed(readQuantity),
          value: typed(shown.rials),
          fund: z.string(),
          expiresOn: typedOrNone((text) => readDay(text, { today })),
        }),
      )
      .max(30)
      .default([]),
  });
const answerForm = z.object({
  answer: chosen(['agreed', 'again']),
  reason: typedOrNone(said(300)),
});
const withdrawForm = z.object({ reason: typed(said(300)) });

const HERE = 'POST /{province}/centres/{code}/goods/counts';
describeBody(HERE, openForm);
describeBody(`${HERE}/{count}/tally`, tallyForm(''));
describeBody(`${HERE}/{count}/answer`, answerForm);
describeBody(`${HERE}/{count}/withdraw`, withdrawForm);
describeWishes(`${HERE}/{count}/approve`);

countPages.get('/goods/counts', allow('goods.read', 'goods.count'), (req, res) =>
  sendCounts(req, res),
);

countPages.post('/goods/counts', allow('goods.keep'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readBody(req, openForm);
    const created = await enterOnce(req, res, (tx) => {
      const asked = { storeId: form.store, surprise: form.surprise };
      const two = { firstBy: form.first, secondBy: form.second };
      const one = openCount(tx, actor!, centre, { ...asked, ...two });
      return { location: addressOf(res, one.id), body: one };
    });
    sendCreated(req, res, created, t('goods:flash.count-opened'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => {
      void sendCounts(req, res, { ...refused, values: req.body as object });
    });
  }
});

countPages.get('/goods/counts/:count', allow('goods.read', 'goods.count'), async (req, res) => {
  const count = named(req, res);
  await answer(res, {
    html: () => sendOne(req, res, count),
    json: () => res.json({ ...count, ...seen(res, count) }),
    pdf: () => sendSheet(res, count),
  });
});

countPages.post('/goods/counts/:count/tally', allow('goods.count'), (req, res) =>
  change(req, res, 'tallied', (tx, count) => {
    const { actor, centre } = res.locals;
    const body = withLots(req.body as Raw);
    const { lots, found } = readBody({ body } as Request, tallyForm(actor!.today));
    return writeTally(tx, actor!, centre, {
      ...{ count, lines: new Map(lots.map(({ lot, quantity }) => [lot, quantity])) },
      found: found.map(({ item, quantity, value, fund, expiresOn }) => ({
        ...{ itemId: item, quantityMilli: quantity, valueRial: value, fund },
        expiresOn: expiresOn ?? null,
      })),
    });
  }),
);

countPages.post('/goods/counts/:count/answer', allow('goods.count'), (req, res) =>
  change(req, res, 'count-answered', (tx, count) => {
    const form = readBody(req, answerForm);
    const again = form.answer === 'again' ? requireReason(form.reason) : null;
    return answerTally(tx, res.locals.actor!, res.locals.centre, { count, again });
  }),
);

countPages.post('/goods/counts/:count/approve', allow('goods.approve'), (req, res) =>
  change(req, res, 'count-approved', (tx, count) =>
    approveCount(tx, res.locals.actor!, res.locals.centre, count),
  ),
);

countPages.post('/goods/counts/:count/withdraw', allow('goods.approve'), (req, res) =>
  change(req, res, 'count-withdrawn', (tx, count) => {
    const { reason } = readBody(req, withdrawForm);
    return withdrawCount(tx, res.locals.actor!, res.locals.centre, { count, reason });
  }),
);

type Raw = Record<string, unknown>;

/** Fields of a form, `lots.7` for lot 7, as the lists that programs send. */
function withLots(body: Raw): Raw {
  if (Array.isArray(body?.lots)) return body;
  const lots = Object.entries(body ?? {}).flatMap(([name, quantity]) => {
    const [, lot] = /^lots\.(\d+)$/.exec(name) ?? [];
    return lot !== undefined && quantity !== '' ? [{ lot, quantity }] : [];
  });
  const found = Array.from({ length: FOUND }, (_, at) => {
    const cell = (name: string) => body[`found.${at}.${name}`];
    return {
      ...{ item: cell('item'), quantity: cell('quantity'), value: cell('value') },
      ...{ fund: cell('fund'), expiresOn: cell('expiresOn') },
    };
  }).filter(({ item, quantity, value }) => item || quantity || value);
  return { lots, found };
}

function named(req: Request, res: Response): Count {
  const id = Number(req.params.count);
  if (!Number.isInteger(id)) throw new NotFound();
  return findCount(res.locals.province.db, res.locals.centre.id, id);
}

const addressOf = (res: Response, id: number) => `${shown.goodsRoot(res)}/counts/${id}`;

async function change(
  req: Request,
  res: Response,
  word: string,
  verb: (tx: Tx, count: Count) => Count,
): Promise<void> {
  const count = named(req, res);
  try {
    const { province, centre } = res.locals;
    const changed = await enter(province, (tx) => verb(tx, findCount(tx, centre.id, count.id)));
    const done = { to: addressOf(res, count.id), body: { ...changed, ...seen(res, changed) } };
    sendChanged(req, res, done, res.locals.t(`goods:flash.${word}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendOne(req, res, named(req, res), { ...refused, values: req.body as object }),
    );
  }
}

/**
 * What this reader is told of a count: its counters only what they wrote themselves; who keeps or
 * supervises the stores, what was there beside it.
 */
function seen(res: Response, count: Count) {
  const { province, actor, centre } = res.locals;
  const { db } = province;
  const sees =
    may(actor!, 'goods.read', centre) &&
    !(actor!.user && isCounting(db, centre.id, actor!.user.id));
  const two = [count.firstBy, count.secondBy].includes(actor!.user?.id ?? 0);
  const lines = sees && count.state !== 'counting' && count.state !== 'approved';
  return {
    lots: count.state === 'counting' ? lotsToCount(db, count) : [],
    counted: count.tallyId !== null && (two || sees) ? linesOfTally(db, count.tallyId) : [],
    differences: lines ? compared(db, count) : [],
    found: count.tallyId !== null && (two || sees) ? foundOf(db, count.tallyId) : [],
  };
}

async function sendSheet(res: Response, count: Count): Promise<void> {
  const { province, centre, language, actor } = res.locals;
  const lots = lotsToCount(province.db, count).map((lot) => ({
    ...lot,
    fund: shown.fundOf(res, lot.fund),
  }));
  res.type('pdf');
  res.set('Content-Disposition', `inline; filename="count-${centre.code}-${count.id}.pdf"`);
  await countSheetPdf(
    {
      ...{ lang: language, count, lots, printedOn: actor!.today },
      centre: { name: centre.name, place: centre.place },
      hash: newestAct(province.db)?.hash.toString('hex') ?? '',
    },
    res,
  );
}

const columnsOf = (res: Response): Column[] => [
  shown.column(res, 'store', 'store', 'text', 3),
  shown.column(res, 'openedOn', 'opened', 'day'),
  shown.column(res, 'counters', 'counters', 'text', 4),
  shown.column(res, 'state', 'state'),
  shown.column(res, 'endedOn', 'closed', 'day'),
];

function rowOf(res: Response, one: Count) {
  const { id, storeName: store, openedOn, endedOn, state, surprise } = one;
  const counters = [one.firstName, one.secondName].join(' \u00b7 ');
  const told = shown.wordCell(res, 'count-states', state);
  return { id, store, openedOn, counters, state: told, endedOn, surprise };
}

const MARKS: Record<Count['state'], string> = {
  ...{ counting: 'wait', tallied: 'wait', agreed: 'wait', approved: 'ok', withdrawn: 'void' },
};

async function sendCounts(req: Request, res: Response, refused?: object): Promise<void> {
  const { province, centre, actor, t, show } = res.locals;
  const { limit, offset } = shown.pageOf(req);
  const rows = countsOf(province.db, centre.id, limit, offset);
  const total = countCounts(province.db, centre.id);
  const columns = columnsOf(res);
  const title = t('goods:counts.title');
  const fields = ['store', 'first', 'second'];
  const html = () =>
    shown.sendList(req, res, {
      ...{ title, total, lead: t('goods:counts.lead'), key: randomUUID() },
      columns: columns.map(({ title: text }, i) => ({ text, label: i > 0, head: i === 0 })),
      lines: rows.map((one) => ({
        void: one.state === 'withdrawn',
        cells: [
          {
            ...{ text: one.storeName, href: addressOf(res, one.id) },
            small: one.surprise ? t('goods:counts.surprise') : undefined,
          },
          { text: show.day(one.openedOn) },
          { text: `${one.firstName} · ${one.secondName}` },
          { text: t(`goods:count-states.${one.state}`), state: MARKS[one.state] },
          { text: one.endedOn ? show.day(one.endedOn) : '—' },
        ],
      })),
      nothing: { title: t('goods:counts.empty'), text: t('goods:counts.empty-text') },
      below: '/goods/counts',
      labels: Object.fromEntries(fields.map((name) => [name, t(`goods:fields.${name}`)])),
      stores: shown.storeChoices(res),
      counters: countersOf(province.db, centre.id, actor!.today).map(({ userId, name }) => {
        return { value: String(userId), text: name };
      }),
      mayOpen: may(actor!, 'goods.keep', centre),
      ...refused,
    });
  if (refused) return html();
  await answer(res, {
    html,
    ...listForms(req, res, {
      ...{ name: `counts-${centre.code}`, title, columns },
      page: () => ({ rows: rows.map((one) => rowOf(res, one)), total }),
      all: (db) =>
        mapped(
          everyRow((most, from) => countsOf(db, centre.id, most, from)),
          (one) => rowOf(res, one),
        ),
    }),
  });
}

function sendOne(req: Request, res: Response, count: Count, refused: object = {}): void {
  const { province, centre, actor, t, show } = res.locals;
  const me = actor!.user?.id;
  const two = [count.firstBy, count.secondBy].includes(me ?? 0);
  const { lots, counted, differences, found } = seen(res, count);
  const items = itemsOf(province.db, centre.id);
  const approves = may(actor!, 'goods.approve', centre);
  sendPage(req, res, 'goods/count', {
    ...{ title: t('goods:count.title', { name: count.storeName }), count },
    ...{ stands: t(`goods:count-states.${count.state}`), mark: MARKS[count.state] },
    lots: lots.map((one) => ({
      ...one,
      told: [shown.fundOf(res, one.fund), one.expiresOn ? show.day(one.expiresOn) : ''],
    })),
    counted: counted.map((one) => ({
      ...one,
      quantity: shown.quantityOf(res, one.countedMilli, one.unit),
    })),
    differences: differences.map((one) => ({
      ...one,
      ...{ was: shown.quantityOf(res, one.storedMilli, one.unit) },
      ...{ is: shown.quantityOf(res, one.countedMilli, one.unit) },
      change: shown.quantityOf(res, one.countedMilli - one.storedMilli, one.unit),
    })),
    found: found.map((one) => {
      const item = items.find(({ id }) => id === one.itemId)!;
      const quantity = shown.quantityOf(res, one.quantityMilli, item.unit);
      return { ...one, item: item.name, quantity, fund: shown.fundOf(res, one.fund) };
    }),
    items: items.map((one) => ({
      ...{ value: String(one.id), text: `${one.name} (${t(`goods:units.${one.unit}`)})` },
    })),
    ...{ funds: shown.fundChoices(res), foundLines: FOUND },
    mayWrite: count.state === 'counting' && me === count.firstBy,
    mayAgree: count.state === 'tallied' && me === count.secondBy,
    mayApprove: count.state === 'agreed' && approves && !two,
    mayWithdraw: ['counting', 'tallied', 'agreed'].includes(count.state) && approves,
    ...refused,
  });
}
