/** Goods that went to another purpose: asked for on the lot's page, listed, taken back. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { CONSENTS, WAYS } from '../funds/schema.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readParagraph, readReason } from '../values/persian-text.ts';
import { readQuantity } from '../values/quantity.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, picked, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, everyRow, listForms, mapped, type Row } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import {
  countGoodsIntentions,
  findGoodsIntention,
  type GoodsIntention,
  goodsIntentionsOf,
} from './intention-rows.ts';
import { intentionShown, intentionsRoot } from './intention-words.ts';
import { changeGoodsIntention, takeBackGoodsIntention } from './intentions.ts';
import { actOnLot } from './lot-pages.ts';
import * as shown from './shown.ts';

export const goodsIntentionPages = Router({ mergeParams: true });

const changeForm = (today: string) =>
  z.object({
    store: picked(shown.readId),
    quantity: typed(readQuantity),
    toFund: z.string(),
    way: chosen(WAYS),
    consent: typedOrNone((text) => {
      const value = CONSENTS.find((one) => one === text);
      return value ? { value } : { fault: 'common:refusals.unknown-choice' };
    }),
    consentedOn: typedOrNone((text) => readDay(text, { today })),
    reason: typed((text) => readParagraph(text, { max: 600 })),
  });
const restoreForm = z.object({ reason: typed(readReason) });

const GOODS = 'POST /{province}/centres/{code}/goods';
describeBody(`${GOODS}/lots/{lot}/intentions`, changeForm(''));
describeBody(`${GOODS}/intentions/{change}/restore`, restoreForm);

goodsIntentionPages.post('/goods/lots/:lot/intentions', allow('intentions.change'), (req, res) =>
  actOnLot(req, res, 'reassigned', (tx, lot) => {
    const { actor, centre } = res.locals;
    const { store, quantity, ...form } = readBody(req, changeForm(actor!.today));
    const asked = { ...form, storeId: store, quantityMilli: quantity };
    changeGoodsIntention(tx, actor!, centre, { lot, asked });
  }),
);

goodsIntentionPages.get('/goods/intentions', allow('goods.read'), async (req, res) => {
  const { province, centre, t, show } = res.locals;
  const { limit, offset } = shown.pageOf(req);
  const rows = goodsIntentionsOf(province.db, centre.id, limit, offset);
  const total = countGoodsIntentions(province.db, centre.id);
  const columns = columnsOf(res);
  const title = t('goods:intentions.title');
  await answer(res, {
    html: () =>
      shown.sendList(req, res, {
        ...{ title, total, lead: t('goods:intentions.lead'), clause: 'B-81' },
        buttons: [{ href: `${centreRoot(res)}/funds/intentions`, text: t('funds:changes.title') }],
        columns: columns.map(({ title: text, kind }, i) => ({
          ...{ text, label: i > 0, head: i === 0, num: kind === 'rial' },
        })),
        lines: rows.map((one) => {
          const told = intentionShown(res, one);
          return {
            void: one.restoredOn !== null,
            cells: [
              { text: one.item, href: told.href },
              { text: show.day(one.changedOn) },
              { text: told.from },
              { text: told.to },
              { text: told.quantity },
              { text: show.rial(one.valueRial) },
              { text: told.waySaid },
              { text: t(`funds:changes.states.${told.state}`) },
            ],
          };
        }),
        nothing: { title: t('goods:intentions.empty'), text: t('goods:intentions.empty-text') },
      }),
    ...listForms(req, res, {
      ...{ name: `goods-intentions-${centre.code}`, title, columns },
      page: () => ({ rows: rows.map((one) => rowOf(res, one)), total }),
      all: (db) =>
        mapped(
          everyRow((most, from) => goodsIntentionsOf(db, centre.id, most, from)),
          (one) => rowOf(res, one),
        ),
    }),
  });
});

goodsIntentionPages.get('/goods/intentions/:change', allow('goods.read'), async (req, res) => {
  const change = named(req, res);
  await answer(res, {
    html: () => sendOne(req, res, change),
    json: () => res.json(change),
  });
});

goodsIntentionPages.post(
  '/goods/intentions/:change/restore',
  allow('intentions.change'),
  async (req, res) => {
    const { province, actor, centre, t } = res.locals;
    const change = named(req, res);
    try {
      const { reason } = readBody(req, restoreForm);
      const body = await enter(province, (tx) =>
        takeBackGoodsIntention(tx, actor!, centre, { change, reason }),
      );
      const to = `${intentionsRoot(res)}/${change.id}`;
      sendChanged(req, res, { to, body }, t('funds:flash.restored'));
    } catch (fault) {
      sendRefusedForm(fault, req, res, (refused) =>
        sendOne(req, res, change, { ...refused, values: req.body as object }),
      );
    }
  },
);

function named(req: Request, res: Response): GoodsIntention {
  const id = String(req.params.change);
  if (!/^[1-9]\d{0,9}$/.test(id)) throw new NotFound();
  return findGoodsIntention(res.locals.province.db, res.locals.centre.id, Number(id));
}

function sendOne(req: Request, res: Response, change: GoodsIntention, refused: object = {}): void {
  const { actor, centre, t } = res.locals;
  sendPage(req, res, 'goods/intention', {
    title: t('goods:intentions.one', { item: change.item }),
    ...{ change: intentionShown(res, change), root: centreRoot(res) },
    mayRestore: may(actor!, 'intentions.change', centre) && change.restoredOn === null,
    ...{ own: change.changedById === actor!.user?.id, faults: {}, refusal: null, ...refused },
  });
}

const columnsOf = (res: Response): Column[] => [
  shown.column(res, 'item', 'item', 'text', 3),
  shown.column(res, 'changedOn', 'day', 'day'),
  shown.column(res, 'fromFund', 'from-fund'),
  shown.column(res, 'toFund', 'to-fund'),
  shown.column(res, 'quantity', 'quantity'),
  shown.column(res, 'valueRial', 'value', 'rial'),
  shown.column(res, 'way', 'way', 'text', 3),
  shown.column(res, 'state', 'state'),
];

function rowOf(res: Response, change: GoodsIntention): Row {
  const { item, changedOn, quantityMilli, unit, valueRial, fromFund, toFund } = change;
  const told = intentionShown(res, change);
  const program = res.locals.format === 'csv' || res.locals.format === 'json';
  return {
    ...{ id: change.id, item, unit, changedOn, valueRial },
    ...{ fromFund: program ? fromFund : told.from, toFund: program ? toFund : told.to },
    quantity: shown.quantityCell(res, quantityMilli, unit),
    way: program ? (change.consent ?? 'nearest') : told.waySaid,
    state: program ? told.state : res.locals.t(`funds:changes.states.${told.state}`),
  };
}
