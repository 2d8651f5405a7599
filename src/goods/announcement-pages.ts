/** Announced goods: the list, a new announcement, what came of it. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName } from '../values/persian-text.ts';
import { readMobile } from '../values/phone.ts';
import { readQuantity } from '../values/quantity.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, everyRow, listForms, mapped } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  type Announcement,
  announceGoods,
  announcementsOf,
  countAnnouncements,
  endAnnouncement,
  findAnnouncement,
  receiveAnnounced,
} from './announcements.ts';
import { requireReason } from './lot-pages.ts';
import { UNITS } from './schema.ts';
import * as shown from './shown.ts';

export const announcementPages = Router({ mergeParams: true });

/** So many lines of goods the form has room for; programs send as many as they like. */
const LINES = 6;
const CHOOSE = { fault: 'common:refusals.choose' };
const said = (max: number) => (text: string) => readName(text, { max });

const form = (today: string) =>
  z.object({
    fund: typed((text): Reading<string> => (text ? { value: text } : CHOOSE)),
    expectedOn: typedOrNone((text) => readDay(text, { today })),
    note: typedOrNone(said(300)),
    donor: z.object({ name: typed(said(120)), mobile: typedOrNone(readMobile) }).optional(),
    items: z
      .array(
        z.object({
          name: typed(said(120)),
          quantity: typed(readQuantity),
          unit: chosen(UNITS),
        }),
      )
      .max(90),
  });
const receiptForm = z.object({ receipt: typed(readReceipt) });
const endForm = z.object({
  ending: chosen(['settled', 'withdrawn']),
  reason: typedOrNone(said(300)),
});

const HERE = 'POST /{province}/centres/{code}/goods/announced';
describeBody(HERE, form(''));
describeBody(`${HERE}/{announcement}/receipts`, receiptForm);
describeBody(`${HERE}/{announcement}/end`, endForm);

announcementPages.get('/goods/announced', allow('goods.read'), async (req, res) => {
  const { province, centre, actor, t } = res.locals;
  const { limit, offset } = shown.pageOf(req);
  const rows = announcementsOf(province.db, centre.id, limit, offset);
  const total = countAnnouncements(province.db, centre.id);
  const columns = columnsOf(res);
  const title = t('goods:announced.title');
  const root = `${shown.goodsRoot(res)}/announced`;
  const mayAnnounce = may(actor!, 'goods.announce', centre);
  await answer(res, {
    html: () =>
      shown.sendList(req, res, {
        ...{ title, lead: t('goods:announced.lead'), total },
        buttons: mayAnnounce
          ? [{ href: `${root}/new`, text: t('goods:announce.open'), icon: 'plus' }]
          : [],
        columns: columns.map(({ title: text }, i) => ({ text, label: i > 0, head: i === 0 })),
        lines: rows.map((one) => ({ void: one.ending === 'withdrawn', cells: cellsOf(res, one) })),
        nothing: { title: t('goods:announced.empty'), text: t('goods:announced.empty-text') },
      }),
    ...listForms(req, res, {
      ...{ name: `announced-${centre.code}`, title, columns },
      page: () => ({ rows: rows.map((one) => rowOf(res, one)), total }),
      all: (db) =>
        mapped(
          everyRow((most, from) => announcementsOf(db, centre.id, most, from)),
          (one) => rowOf(res, one),
        ),
    }),
  });
});

announcementPages.get('/goods/announced/new', allow('goods.announce'), async (req, res) => {
  await answer(res, { html: () => sendForm(req, res) });
});

announcementPages.post('/goods/announced', allow('goods.announce'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const body = withItems(req.body as Raw);
    const asked = readBody({ body } as Request, form(actor!.today));
    const created = await enterOnce(req, res, (tx) => {
      const one = announceGoods(tx, actor!, centre, {
        ...{ fund: asked.fund, donor: asked.donor, note: asked.note ?? null },
        expectedOn: asked.expectedOn ?? null,
        items: asked.items.map(({ name, unit, quantity }) => {
          return { name, unit, quantityMilli: quantity };
        }),
      });
      return { location: addressOf(res, one.id), body: one };
    });
    sendCreated(req, res, created, t('goods:flash.announced'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendForm(req, res, { ...refused, values: req.body as object }),
    );
  }
});

announcementPages.get('/goods/announced/:announcement', allow('goods.read'), async (req, res) => {
  const one = named(req, res);
  await answer(res, { html: () => sendOne(req, res, one), json: () => res.json(one) });
});

announcementPages.post(
  '/goods/announced/:announcement/receipts',
  allow('goods.announce'),
  (req, res) =>
    change(req, res, 'came', (tx, announcement) => {
      const { receipt } = readBody(req, receiptForm);
      const { actor, centre } = res.locals;
      return receiveAnnounced(tx, actor!, centre, { announcement, receipt });
    }),
);

announcementPages.post('/goods/announced/:announcement/end', allow('goods.announce'), (req, res) =>
  change(req, res, 'announcement-ended', (tx, announcement) => {
    const asked = readBody(req, endForm);
    const reason = asked.ending === 'settled' ? null : requireReason(asked.reason);
    const { actor, centre } = res.locals;
    return endAnnouncement(tx, actor!, centre, { announcement, reason });
  }),
);

type Raw = Record<string, unknown>;

/** Fields of a form, `items.0.name`, as the lists that programs send; empty lines are passed over. */
function withItems(body: Raw): Raw {
  if (Array.isArray(body?.items)) return body;
  const items = Array.from({ length: LINES }, (_, at) => ({
    name: body[`items.${at}.name`],
    quantity: body[`items.${at}.quantity`],
    unit: body[`items.${at}.unit`],
  })).filter(({ name, quantity }) => name || quantity);
  const donor = body.donorName ? { name: body.donorName, mobile: body.donorMobile } : undefined;
  return { ...body, items, donor };
}

function readReceipt(text: string) {
  const read = readName(text, { max: 20 });
  if ('fault' in read) return read;
  const latin = read.value.replace(/[\u06f0-\u06f9]/g, (one) => String(one.charCodeAt(0) - 0x06f0));
  return { value: latin };
}

function named(req: Request, res: Response): Announcement {
  const id = Number(req.params.announcement);
  if (!Number.isInteger(id)) throw new NotFound();
  return findAnnouncement(res.locals.province.db, res.locals.centre.id, id);
}

const addressOf = (res: Response, id: number) => `${shown.goodsRoot(res)}/announced/${id}`;

async function change(
  req: Request,
  res: Response,
  word: string,
  verb: (tx: Tx, one: Announcement) => Announcement,
): Promise<void> {
  const one = named(req, res);
  try {
    const { province, centre } = res.locals;
    const changed = await enter(province, (tx) =>
      verb(tx, findAnnouncement(tx, centre.id, one.id)),
    );
    const done = { to: addressOf(res, one.id), body: changed };
    sendChanged(req, res, done, res.locals.t(`goods:flash.${word}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendOne(req, res, one, { ...refused, values: req.body as object, refusedIn: word }),
    );
  }
}

const columnsOf = (res: Response): Column[] => [
  shown.column(res, 'items', 'items', 'text', 4),
  shown.column(res, 'came', 'came', 'text', 3),
  shown.column(res, 'fund', 'fund'),
  shown.column(res, 'announcedOn', 'announced', 'day'),
  shown.column(res, 'expectedOn', 'expected', 'day'),
  shown.column(res, 'state', 'state'),
];

const stateOf = ({ ending, receipts }: Announcement) =>
  ending ?? (receipts.length > 0 ? 'partly' : 'open');

/** Names of givers stand on the page of one announcement alone. */
function rowOf(res: Response, one: Announcement) {
  const comma = res.locals.language === 'fa' ? '\u060c ' : ', ';
  const of = (key: 'quantityMilli' | 'receivedMilli') =>
    one.items
      .map((item) => `${item.name}: ${shown.quantityOf(res, item[key], item.unit)}`)
      .join(comma);
  const program = res.locals.format === 'csv' || res.locals.format === 'json';
  return {
    ...{ id: one.id, items: of('quantityMilli'), came: of('receivedMilli') },
    fund: program ? one.fund : shown.fundOf(res, one.fund),
    ...{ announcedOn: one.announcedOn, expectedOn: one.expectedOn },
    state: shown.wordCell(res, 'announcement-states', stateOf(one)),
  };
}

function cellsOf(res: Response, one: Announcement): object[] {
  const { show, t, actor } = res.locals;
  const row = rowOf(res, one);
  const state = stateOf(one);
  const late = one.expectedOn !== null && one.expectedOn < actor!.today;
  const open = late ? 'warn' : 'wait';
  const mark = { open, partly: open, settled: 'ok', withdrawn: 'void' }[state];
  return [
    { text: row.items, href: addressOf(res, one.id) },
    { text: row.came },
    { text: row.fund },
    { text: show.day(one.announcedOn) },
    { text: one.expectedOn ? show.day(one.expectedOn) : '—' },
    { text: t(`goods:announcement-states.${state}`), state: mark },
  ];
}

function sendForm(req: Request, res: Response, refused: object = {}): void {
  const { t } = res.locals;
  sendPage(req, res, 'goods/announce', {
    ...{ title: t('goods:announce.title'), key: randomUUID(), lineCount: LINES },
    ...{ funds: shown.fundChoices(res), units: UNITS, ...refused },
  });
}

function sendOne(req: Request, res: Response, one: Announcement, refused: object = {}): void {
  const { actor, centre, t } = res.locals;
  const { mayBeNamed, donorName } = one;
  sendPage(req, res, 'goods/announcement', {
    ...{ title: t('goods:announcement.title'), one, refusedIn: null },
    fund: shown.fundOf(res, one.fund),
    donorShown:
      donorName === null || mayBeNamed === 0 ? t('goods:announcement.unnamed') : donorName,
    items: one.items.map((item) => ({
      name: item.name,
      asked: shown.quantityOf(res, item.quantityMilli, item.unit),
      came: shown.quantityOf(res, item.receivedMilli, item.unit),
      whole: item.receivedMilli >= item.quantityMilli,
    })),
    receiptsRoot: `${centreRoot(res)}/donations/receipts`,
    giftForm: `${centreRoot(res)}/donations/new?kind=goods`,
    mayChange: one.ending === null && may(actor!, 'goods.announce', centre),
    ...refused,
  });
}
