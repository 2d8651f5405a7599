/** Sales of surplus goods, and the committee's permissions for them. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { readDay } from '../values/jalali-date.ts';
import { readName, readPaperNumber } from '../values/persian-text.ts';
import { readQuantity } from '../values/quantity.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { picked, readBody, typed } from '../web/forms.ts';
import { type Column, everyRow, listForms, mapped, type Row } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { itemsOf } from './items.ts';
import { countSales, permitSale, type Sale, salePermissionsOf, salesOf } from './sales.ts';
import * as shown from './shown.ts';

export const salePages = Router({ mergeParams: true });

const permissionForm = (today: string) =>
  z.object({
    number: typed(readPaperNumber),
    decidedOn: typed((text) => readDay(text, { today })),
    untilOn: typed((text) => readDay(text, { today })),
    item: picked(shown.readId),
    quantity: typed(readQuantity),
    reason: typed((text) => readName(text, { max: 300 })),
  });
describeBody('POST /{province}/centres/{code}/goods/sales/permissions', permissionForm(''));

salePages.get('/goods/sales', allow('goods.read'), (req, res) => sendSales(req, res));

salePages.post('/goods/sales/permissions', allow('goods.permit-sale'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const { item, quantity, ...form } = readBody(req, permissionForm(actor!.today));
    const permitting = { ...form, itemId: item, quantityMilli: quantity };
    const created = await enterOnce(req, res, (tx) => ({
      location: `${shown.goodsRoot(res)}/sales`,
      body: permitSale(tx, actor!, centre, permitting),
    }));
    sendCreated(req, res, created, t('goods:flash.permitted', { number: form.number }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => {
      void sendSales(req, res, { ...refused, values: req.body as object });
    });
  }
});

async function sendSales(req: Request, res: Response, refused?: object): Promise<void> {
  const { province, centre, actor, t } = res.locals;
  const { limit, offset } = shown.pageOf(req);
  const rows = salesOf(province.db, centre.id, limit, offset);
  const total = countSales(province.db, centre.id);
  const columns = columnsOf(res);
  const title = t('goods:sales.title');
  const fields = ['number', 'decidedOn', 'untilOn', 'item', 'quantity', 'reason'];
  const permissions = salePermissionsOf(province.db, centre.id);
  const html = () =>
    shown.sendList(req, res, {
      ...{ title, total, lead: t('goods:sales.lead'), key: randomUUID(), clause: 'B-81' },
      columns: columns.map(({ title: text, kind }, i) => ({
        ...{ text, label: i > 0, head: i === 0, num: kind === 'rial' },
      })),
      lines: rows.map((one) => ({ cells: cellsOf(res, one) })),
      nothing: { title: t('goods:sales.empty'), text: t('goods:sales.empty-text') },
      below: '/goods/sales',
      labels: Object.fromEntries(fields.map((name) => [name, t(`goods:fields.${name}`)])),
      permissions: permissions.map((one) => ({
        ...one,
        whole: shown.quantityOf(res, one.quantityMilli, one.unit),
        left: shown.quantityOf(res, one.quantityMilli - one.soldMilli, one.unit),
      })),
      items: itemsOf(province.db, centre.id).map((one) => ({
        ...{ value: String(one.id), text: `${one.name} (${t(`goods:units.${one.unit}`)})` },
      })),
      mayPermit: may(actor!, 'goods.permit-sale', centre),
      ...refused,
    });
  if (refused) return html();
  await answer(res, {
    html,
    ...listForms(req, res, {
      ...{ name: `sales-${centre.code}`, title, columns },
      page: () => ({ rows: rows.map((one) => rowOf(res, one)), total }),
      all: (db) =>
        mapped(
          everyRow((most, from) => salesOf(db, centre.id, most, from)),
          (one) => rowOf(res, one),
        ),
      json: () => ({ rows: rows.map((one) => rowOf(res, one)), total, permissions }),
    }),
  });
}

const columnsOf = (res: Response): Column[] => [
  shown.column(res, 'item', 'item', 'text', 3),
  shown.column(res, 'lot', 'lot', 'code', 1),
  shown.column(res, 'fund', 'fund'),
  shown.column(res, 'quantity', 'quantity'),
  shown.column(res, 'priceRial', 'price', 'rial'),
  shown.column(res, 'buyer', 'buyer'),
  shown.column(res, 'soldOn', 'day', 'day'),
  shown.column(res, 'permission', 'permission', 'code'),
  shown.column(res, 'entry', 'entry', 'code'),
];

function rowOf(res: Response, one: Sale): Row {
  const { id, item, lotNumber, fund, priceRial, buyer, soldOn, permission } = one;
  const program = res.locals.format === 'csv' || res.locals.format === 'json';
  return {
    ...{ id, item, lot: String(lotNumber), fund: program ? fund : shown.fundOf(res, fund) },
    quantity: shown.quantityCell(res, one.quantityMilli, one.unit),
    ...{ priceRial, buyer, soldOn, permission, entry: `${one.entryYear}-${one.entryNumber}` },
  };
}

function cellsOf(res: Response, one: Sale): object[] {
  const { show } = res.locals;
  const entry = `${one.entryYear}-${one.entryNumber}`;
  return [
    { text: one.item },
    { text: show.number(one.lotNumber), href: shown.lotAddress(res, one.lotNumber) },
    { text: shown.fundOf(res, one.fund) },
    { text: shown.quantityOf(res, one.quantityMilli, one.unit) },
    { text: show.rial(one.priceRial) },
    { text: one.buyer },
    { text: show.day(one.soldOn) },
    { text: show.digits(one.permission), ltr: true },
    { text: show.digits(entry), href: `${centreRoot(res)}/books/journal/${entry}`, ltr: true },
  ];
}
