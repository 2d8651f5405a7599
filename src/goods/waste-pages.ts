/** Write-offs with their second signature, the limit of one; sales of surplus and their permissions. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, everyRow, listForms, mapped, type Row } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged, sendCreated } from '../web/written.ts';
import { requireReason } from './lot-pages.ts';
import * as shown from './shown.ts';
import {
  agreeWaste,
  countWastes,
  findWaste,
  refuseWaste,
  setWasteLimit,
  type Waste,
  wasteLimitOn,
  wasteLimits,
  wastesOf,
} from './wastes.ts';

export const wastePages = Router({ mergeParams: true });
export const wasteLimitPages = Router({ mergeParams: true });

const answerForm = z.object({
  answer: chosen(['agreed', 'refused']),
  reason: typedOrNone((text) => readName(text, { max: 300 })),
});
const limitForm = (today: string) =>
  z.object({
    value: typed(shown.rials),
    fromOn: typed((text) => readDay(text, { today })),
  });

describeBody('POST /{province}/centres/{code}/goods/wastes/{waste}/answer', answerForm);
describeBody('POST /{province}/waste-limits', limitForm(''));

wastePages.get('/goods/wastes', allow('goods.read'), (req, res) => sendWastes(req, res));

wastePages.post('/goods/wastes/:waste/answer', allow('goods.approve'), async (req, res) => {
  const { actor, centre, province, t } = res.locals;
  const waste = findWaste(province.db, centre.id, idOf(req));
  try {
    const form = readBody(req, answerForm);
    const changed = await enter(province, (tx) => {
      if (form.answer === 'agreed') return agreeWaste(tx, actor!, centre, waste);
      return refuseWaste(tx, actor!, centre, { waste, reason: requireReason(form.reason) });
    });
    const done = { to: `${shown.goodsRoot(res)}/wastes`, body: changed };
    sendChanged(req, res, done, t(`goods:flash.waste-${form.answer}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => {
      void sendWastes(req, res, { ...refused, refusedWaste: waste.id });
    });
  }
});

function idOf(req: Request): number {
  const id = Number(req.params.waste);
  if (!Number.isInteger(id)) throw new NotFound();
  return id;
}

async function sendWastes(req: Request, res: Response, refused?: object): Promise<void> {
  const { province, centre, actor, t, show } = res.locals;
  const { limit, offset } = shown.pageOf(req);
  const rows = wastesOf(province.db, centre.id, limit, offset);
  const total = countWastes(province.db, centre.id);
  const columns = columnsOf(res);
  const title = t('goods:wastes.title');
  const waits = (one: Waste) => one.agreed === null && one.valueRial === null;
  const mine = (one: Waste) => one.proposedBy === actor!.user?.id;
  const value = show.money(wasteLimitOn(province.db, actor!.today));
  const html = () =>
    shown.sendList(req, res, {
      ...{ title, total, lead: t('goods:wastes.lead', { limit: value }) },
      columns: columns.map(({ title: text, kind }, i) => ({
        ...{ text, label: i > 0, head: i === 0, num: kind === 'rial' },
      })),
      lines: rows.map((one) => ({ void: one.agreed === 0, cells: cellsOf(res, one) })),
      nothing: { title: t('goods:wastes.empty'), text: t('goods:wastes.empty-text') },
      ...{ below: '/goods/wastes', labels: { reason: t('goods:fields.reason') } },
      refusedWaste: null,
      waiting: may(actor!, 'goods.approve', centre)
        ? rows
            .filter((one) => waits(one) && !mine(one))
            .map((one) => ({ ...one, told: wasteLine(res, one) }))
        : [],
      ...refused,
    });
  if (refused) return html();
  await answer(res, {
    html,
    ...listForms(req, res, {
      ...{ name: `wastes-${centre.code}`, title, columns },
      page: () => ({ rows: rows.map((one) => rowOf(res, one)), total }),
      all: (db) =>
        mapped(
          everyRow((most, from) => wastesOf(db, centre.id, most, from)),
          (one) => rowOf(res, one),
        ),
    }),
  });
}

const wasteLine = (res: Response, one: Waste): string =>
  [
    `${one.itemName} (${res.locals.show.number(one.lotNumber)})`,
    shown.quantityOf(res, one.quantityMilli, one.unit),
    res.locals.t(`goods:causes.${one.cause}`),
    one.proposedByName,
  ].join(' · ');

const columnsOf = (res: Response): Column[] => [
  shown.column(res, 'item', 'item', 'text', 3),
  shown.column(res, 'lot', 'lot', 'code', 1),
  shown.column(res, 'store', 'store'),
  shown.column(res, 'fund', 'fund'),
  shown.column(res, 'quantity', 'quantity'),
  shown.column(res, 'valueRial', 'value', 'rial'),
  shown.column(res, 'cause', 'cause'),
  shown.column(res, 'proposedOn', 'day', 'day'),
  shown.column(res, 'by', 'by'),
  shown.column(res, 'signed', 'signed'),
];

function rowOf(res: Response, one: Waste): Row {
  const program = res.locals.format === 'csv' || res.locals.format === 'json';
  return {
    ...{ id: one.id, item: one.itemName, lot: String(one.lotNumber), store: one.storeName },
    fund: program ? one.fund : shown.fundOf(res, one.fund),
    quantity: shown.quantityCell(res, one.quantityMilli, one.unit),
    ...{ valueRial: one.valueRial, cause: shown.wordCell(res, 'causes', one.cause) },
    ...{ words: one.words, proposedOn: one.proposedOn, by: one.proposedByName },
    signed: one.answeredByName,
  };
}

function cellsOf(res: Response, one: Waste): object[] {
  const { show, t } = res.locals;
  const waits = one.agreed === null && one.valueRial === null;
  const signed = one.answeredByName ?? (waits ? t('goods:wastes.waits') : t('goods:wastes.alone'));
  return [
    { text: one.itemName },
    { text: show.number(one.lotNumber), href: shown.lotAddress(res, one.lotNumber) },
    { text: one.storeName },
    { text: shown.fundOf(res, one.fund) },
    { text: shown.quantityOf(res, one.quantityMilli, one.unit) },
    { text: one.valueRial === null ? '—' : show.rial(one.valueRial) },
    { text: t(`goods:causes.${one.cause}`), small: one.words ?? undefined },
    { text: show.day(one.proposedOn) },
    { text: one.proposedByName },
    waits ? { text: signed, state: 'wait' } : { text: signed, small: one.reason ?? undefined },
  ];
}

wasteLimitPages.get('/waste-limits', allow('waste-limits.set'), async (req, res) => {
  const { province, t } = res.locals;
  const rows = wasteLimits(province.db).map(({ fromOn, valueRial }) => ({ fromOn, valueRial }));
  await answer(res, {
    html: () => sendLimits(req, res),
    ...listForms(req, res, {
      ...{ name: 'waste-limits', title: t('goods:limits.title') },
      columns: [
        { key: 'fromOn', title: t('goods:limits.from-on'), kind: 'day', width: 2 },
        { key: 'valueRial', title: t('goods:limits.value'), kind: 'rial', width: 2 },
      ],
      page: () => ({ rows, total: rows.length }),
      all: () => rows,
    }),
  });
});

wasteLimitPages.post('/waste-limits', allow('waste-limits.set'), async (req, res) => {
  const { actor, t } = res.locals;
  try {
    const { value: valueRial, fromOn } = readBody(req, limitForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => ({
      location: `${provinceRoot(res)}/waste-limits`,
      body: setWasteLimit(tx, actor!, { valueRial, fromOn }),
    }));
    sendCreated(req, res, created, t('goods:flash.limit'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendLimits(req, res, { ...refused, values: req.body as object }),
    );
  }
});

function sendLimits(req: Request, res: Response, refused: object = {}): void {
  const { province, t } = res.locals;
  sendPage(req, res, 'goods/waste-limits', {
    ...{ title: t('goods:limits.title'), limits: wasteLimits(province.db), key: randomUUID() },
    ...refused,
  });
}
