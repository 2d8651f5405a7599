/** Items, stores and kits: what a centre keeps, where, and what makes one basket. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readName } from '../values/persian-text.ts';
import { readQuantity } from '../values/quantity.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, listForms, type Row } from '../web/lists.ts';
import { type Created, enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendChanged, sendCreated } from '../web/written.ts';
import { findItem, itemsOf, limitItem, registerItem } from './items.ts';
import { endKit, findKit, kitsOf, kitsPossible, makeKit } from './kits.ts';
import { UNITS } from './schema.ts';
import * as shown from './shown.ts';
import { closeStore, findStore, openStore, storesOf } from './stores.ts';

export const storePages = Router({ mergeParams: true });

const said = (max: number) => (text: string) => readName(text, { max });
const ACCOUNTS = ['1301', '1302', '1303', '1304', '1305', '1306'] as const;

const itemForm = z.object({
  name: typed(said(120)),
  unit: chosen(UNITS),
  account: chosen(ACCOUNTS),
  low: typedOrNone(readQuantity),
});
const limitForm = z.object({ low: typedOrNone(readQuantity) });
const storeForm = z.object({
  name: typed(said(80)),
  place: typedOrNone(said(200)),
  keeper: typedOrNone(said(120)),
});
const closingForm = z.object({ reason: typed(said(300)) });
const kitForm = z.object({
  name: typed(said(120)),
  parts: z.array(z.object({ item: typed(shown.readId), quantity: typed(readQuantity) })),
});

const HERE = 'POST /{province}/centres/{code}/goods';
describeBody(`${HERE}/items`, itemForm);
describeBody(`${HERE}/items/{item}/limit`, limitForm);
describeBody(`${HERE}/stores`, storeForm);
describeBody(`${HERE}/stores/{store}/close`, closingForm);
describeBody(`${HERE}/kits`, kitForm);
describeWishes(`${HERE}/kits/{kit}/end`);

storePages.get('/goods/items', allow('goods.read'), (req, res) => sendItems(req, res));
storePages.get('/goods/stores', allow('goods.read'), (req, res) => sendStores(req, res));
storePages.get('/goods/kits', allow('goods.read'), (req, res) => sendKits(req, res));

storePages.post('/goods/items', allow('goods.keep'), (req, res) =>
  create(req, res, { at: 'items', again: sendItems }, (tx) => {
    const { low, ...form } = readBody(req, itemForm);
    const { actor, centre } = res.locals;
    return registerItem(tx, actor!, centre, { ...form, lowMilli: low ?? null });
  }),
);

storePages.post('/goods/items/:item/limit', allow('goods.keep'), (req, res) =>
  change(req, res, { at: 'items', word: 'limited', again: sendItems }, (tx) => {
    const { low } = readBody(req, limitForm);
    const { actor, centre } = res.locals;
    const item = findItem(tx, centre.id, idOf(req.params.item));
    return limitItem(tx, actor!, centre, { item, lowMilli: low ?? null });
  }),
);

storePages.post('/goods/stores', allow('goods.keep'), (req, res) =>
  create(req, res, { at: 'stores', again: sendStores }, (tx) => {
    const { name, place = null, keeper = null } = readBody(req, storeForm);
    return openStore(tx, res.locals.actor!, res.locals.centre, { name, place, keeper });
  }),
);

storePages.post('/goods/stores/:store/close', allow('goods.keep'), (req, res) =>
  change(req, res, { at: 'stores', word: 'store-closed', again: sendStores }, (tx) => {
    const { reason } = readBody(req, closingForm);
    const { actor, centre } = res.locals;
    const store = findStore(tx, centre.id, idOf(req.params.store));
    return closeStore(tx, actor!, centre, { store, reason });
  }),
);

storePages.post('/goods/kits', allow('goods.keep'), (req, res) =>
  create(req, res, { at: 'kits', again: sendKits }, (tx) => {
    const form = readBody({ ...req, body: withParts(req.body as Raw) } as Request, kitForm);
    const parts = form.parts.map(({ item, quantity }) => {
      return { itemId: item, quantityMilli: quantity };
    });
    return makeKit(tx, res.locals.actor!, res.locals.centre, { name: form.name, parts });
  }),
);

storePages.post('/goods/kits/:kit/end', allow('goods.keep'), (req, res) =>
  change(req, res, { at: 'kits', word: 'kit-ended', again: sendKits }, (tx) => {
    const { actor, centre } = res.locals;
    const kit = findKit(tx, centre.id, idOf(req.params.kit), actor!.today);
    return endKit(tx, actor!, centre, kit);
  }),
);

type Raw = Record<string, unknown>;

/** Fields of a form, `parts.12` for so much of item 12, as the list that programs send. */
function withParts(body: Raw): Raw {
  if (Array.isArray(body?.parts)) return body;
  const parts = Object.entries(body ?? {}).flatMap(([name, quantity]) => {
    const [, item] = /^parts\.(\d+)$/.exec(name) ?? [];
    return item !== undefined && quantity !== '' ? [{ item, quantity }] : [];
  });
  return { name: body?.name, parts };
}

function idOf(typed: unknown): number {
  const id = Number(typed);
  if (!Number.isInteger(id)) throw new NotFound();
  return id;
}

type Again = (req: Request, res: Response, refused?: object) => Promise<void>;

async function create(
  req: Request,
  res: Response,
  { at, again }: { at: string; again: Again },
  verb: (tx: Tx) => object & { id: number; name: string },
): Promise<void> {
  try {
    const created = await enterOnce(req, res, (tx): Created => {
      return { location: `${shown.goodsRoot(res)}/${at}`, body: verb(tx) };
    });
    const { name } = created.body as { name: string };
    sendCreated(req, res, created, res.locals.t(`goods:flash.${at}`, { name }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => {
      void again(req, res, { ...refused, values: req.body as object });
    });
  }
}

async function change(
  req: Request,
  res: Response,
  { at, word, again }: { at: string; word: string; again: Again },
  verb: (tx: Tx) => object & { name: string },
): Promise<void> {
  try {
    const changed = await enter(res.locals.province, verb);
    const done = { to: `${shown.goodsRoot(res)}/${at}`, body: changed };
    sendChanged(req, res, done, res.locals.t(`goods:flash.${word}`, { name: changed.name }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => {
      void again(req, res, refused);
    });
  }
}

/** A short list with all of its rows, and what may be done with each below it. */
async function sendShort(
  req: Request,
  res: Response,
  list: { at: string; columns: Column[]; rows: Row[]; cells: object[][]; below: object },
): Promise<void> {
  const { t, actor, centre, format } = res.locals;
  const { at, columns, rows, cells, below } = list;
  const title = t(`goods:${at}.title`);
  const again = Object.keys(below).includes('faults');
  const html = () =>
    shown.sendList(req, res, {
      ...{ title, lead: t(`goods:${at}.lead`), total: rows.length, key: randomUUID() },
      columns: columns.map(({ title: text }, i) => ({ text, label: i > 0, head: i === 0 })),
      lines: cells.map((line) => ({ cells: line })),
      nothing: { title: t(`goods:${at}.empty`), text: t(`goods:${at}.empty-text`) },
      ...{ below: `/goods/${at}`, mayKeep: may(actor!, 'goods.keep', centre) },
      labels: Object.fromEntries(
        ['name', 'unit', 'account', 'low', 'place', 'keeper', 'reason'].map((name) => [
          name,
          t(`goods:fields.${name}`),
        ]),
      ),
      ...below,
    });
  if (again && format !== 'json') return html();
  await answer(res, {
    html,
    ...listForms(req, res, {
      ...{ name: `${at}-${centre.code}`, title, columns },
      page: () => ({ rows, total: rows.length }),
      all: () => rows,
    }),
  });
}

function sendItems(req: Request, res: Response, refused: object = {}): Promise<void> {
  const { province, centre } = res.locals;
  const items = itemsOf(province.db, centre.id);
  const columns = [
    shown.column(res, 'name', 'name', 'text', 3),
    shown.column(res, 'unit', 'unit'),
    shown.column(res, 'account', 'account'),
    shown.column(res, 'low', 'low'),
  ];
  const low = ({ lowMilli, unit }: (typeof items)[number]) =>
    lowMilli === null ? null : shown.quantityCell(res, lowMilli, unit);
  return sendShort(req, res, {
    ...{ at: 'items', columns },
    rows: items.map((one) => ({
      ...{ id: one.id, name: one.name, unit: shown.wordCell(res, 'units', one.unit) },
      ...{ account: shown.wordCell(res, 'accounts', one.account), low: low(one) },
    })),
    cells: items.map((one) => [
      { text: one.name },
      { text: res.locals.t(`goods:units.${one.unit}`) },
      { text: res.locals.t(`goods:accounts.${one.account}`) },
      { text: low(one) ?? '—' },
    ]),
    below: { items, units: UNITS, accounts: ACCOUNTS, ...refused },
  });
}

function sendStores(req: Request, res: Response, refused: object = {}): Promise<void> {
  const { province, centre, show } = res.locals;
  const stores = storesOf(province.db, centre.id);
  const columns = [
    shown.column(res, 'name', 'name', 'text', 3),
    shown.column(res, 'place', 'place', 'text', 3),
    shown.column(res, 'keeper', 'keeper'),
    shown.column(res, 'openedOn', 'opened', 'day'),
    shown.column(res, 'closedOn', 'closed', 'day'),
  ];
  return sendShort(req, res, {
    ...{ at: 'stores', columns },
    rows: stores.map(({ id, name, place, keeper, openedOn, closedOn }) => {
      return { id, name, place, keeper, openedOn, closedOn };
    }),
    cells: stores.map((one) => [
      { text: one.name },
      { text: one.place ?? '—' },
      { text: one.keeper ?? '—' },
      { text: show.day(one.openedOn) },
      { text: one.closedOn ? show.day(one.closedOn) : '—' },
    ]),
    below: { stores, ...refused },
  });
}

function sendKits(req: Request, res: Response, refused: object = {}): Promise<void> {
  const { province, centre, actor, show } = res.locals;
  const kits = kitsOf(province.db, centre.id, actor!.today);
  const columns = [
    shown.column(res, 'name', 'name', 'text', 2),
    shown.column(res, 'items', 'items', 'text', 5),
    shown.column(res, 'possible', 'possible', 'count'),
    shown.column(res, 'endedOn', 'closed', 'day'),
  ];
  const parts = (kit: (typeof kits)[number]) =>
    kit.parts
      .map((one) => `${one.item}: ${shown.quantityOf(res, one.quantityMilli, one.unit)}`)
      .join(res.locals.language === 'fa' ? '\u060c ' : ', ');
  return sendShort(req, res, {
    ...{ at: 'kits', columns },
    rows: kits.map((one) => ({
      ...{ id: one.id, name: one.name, items: parts(one), possible: kitsPossible(one) },
      endedOn: one.endedOn,
    })),
    cells: kits.map((one) => [
      { text: one.name },
      { text: parts(one) },
      { text: show.number(kitsPossible(one)) },
      { text: one.endedOn ? show.day(one.endedOn) : '—' },
    ]),
    below: { kits, items: itemsOf(province.db, centre.id), ...refused },
  });
}
