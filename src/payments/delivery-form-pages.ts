/** Preparing a delivery: for whom, out of which store, which goods or how many of which kit. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { accountName, accountsOf } from '../books/accounts.ts';
import { fundName, fundsOf } from '../funds/funds.ts';
import { storesOf } from '../goods/stores.ts';
import { Refusal } from '../refusal.ts';
import { readLine, readName } from '../values/persian-text.ts';
import { formatQuantity, readQuantity } from '../values/quantity.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { readCode, readWhole, rowsIn, rowsShown } from './asked.ts';
import { type AskedDelivery, prepareDelivery } from './deliveries.ts';
import { toldDelivery } from './delivery-words.ts';
import { eachRow, found } from './payment-form.ts';
import { ACCOUNTS } from './payments.ts';
import { kitsOf, type Wanted, wantedOfKit } from './picking.ts';
import { findRecipient } from './recipients.ts';
import { itemsInStores } from './store-items.ts';

export const deliveryFormPages = Router({ mergeParams: true });

const headForm = z.object({
  recipient: typed(readCode),
  store: typed(readCode),
  account: typed((text) => readName(text, { max: 10 })),
  purpose: typed((text) => readName(text, { max: 300 })),
  kit: typedOrNone(readCode),
  kits: typedOrNone(readWhole(1, 1000)),
  exception: ticked,
});

const itemForm = z.object({
  item: typed(readCode),
  quantity: typed(readQuantity),
  fund: typedOrNone((text) => readName(text, { max: 40 })),
  lot: typedOrNone(readCode),
  reason: typedOrNone((text) => readLine(text, { max: 200 })),
});

describeBody(
  'POST /{province}/centres/{code}/deliveries',
  headForm.extend({ items: z.array(itemForm).max(60).optional() }),
);

deliveryFormPages.get('/deliveries/new', allow('deliveries.prepare'), (req, res) => {
  const recipient = typeof req.query.recipient === 'string' ? req.query.recipient : '';
  const values = { recipient: recipient.slice(0, 12), account: '6101' };
  return answer(res, { html: () => sendForm(req, res, { values }) });
});

deliveryFormPages.post('/deliveries', allow('deliveries.prepare'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  const body = (req.body ?? {}) as Record<string, string>;
  if (body.more !== undefined && !req.is('json')) return sendForm(req, res, { values: body });
  try {
    const asked = readDelivery(req, res);
    const created = await enterOnce(req, res, (tx) => {
      const delivery = prepareDelivery(tx, actor!, centre, asked);
      const location = `${centreRoot(res)}/deliveries/${delivery.id}`;
      return { location, body: toldDelivery(res, delivery) };
    });
    sendCreated(req, res, created, t('payments:flash.delivery-prepared'));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => sendForm(req, res, { ...refused, values: body }));
  }
});

function readDelivery(req: Request, res: Response): AskedDelivery {
  const { province, centre } = res.locals;
  const head = readBody(req, headForm);
  const rows = rowsIn(req.body as Record<string, unknown>, 'items', ['fund']);
  const items = eachRow(rows, 'items', (row) => readBody({ body: row } as Request, itemForm));
  const known = new Set(itemsInStores(province.db, centre.id).map(({ id }) => id));
  const wanted = items.map(({ at, item, quantity, fund, lot, reason }): Wanted => {
    const field = `items.${at}.quantity`;
    if (!known.has(item)) {
      const place = { status: 422 as const, field: `items.${at}.item` };
      throw new Refusal('payments:refusals.no-items', place);
    }
    return { itemId: item, quantityMilli: quantity, fund, lotNumber: lot, reason, field };
  });
  const { kit: kitId, kits: times = 1 } = head;
  const ofKit =
    kitId === undefined ? [] : wantedOfKit(province.db, centre.id, { kitId, times, field: 'kit' });
  return {
    recipient: found(head.recipient, 'recipient', (number) =>
      findRecipient(province.db, centre.id, number),
    )!,
    ...{ storeId: head.store, account: head.account, purpose: head.purpose },
    ...{ exception: head.exception, wanted: [...ofKit, ...wanted] },
  };
}

type Form = { values: Record<string, string>; faults?: Record<string, string>; refusal?: object };

function sendForm(req: Request, res: Response, form: Form): void {
  const { province, centre, language, t, show } = res.locals;
  const { db } = province;
  const asked = String(form.values._key ?? '');
  sendPage(req, res, 'payments/delivery-new', {
    ...{ faults: {}, refusal: null, ...form },
    ...{ title: t('payments:delivery-new'), root: centreRoot(res) },
    key: /^[\w-]{10,60}$/.test(asked) ? asked : randomUUID(),
    rows: rowsShown(form.values, 'items', 4),
    items: itemsInStores(db, centre.id).map(({ id, name, unit, freeMilli }) => ({
      value: String(id),
      text: t('payments:item-free', {
        ...{
          name,
          quantity: formatQuantity(freeMilli, language),
          unit: t(`payments:units.${unit}`),
        },
      }),
    })),
    stores: storesOf(db, centre.id)
      .filter(({ closedOn }) => closedOn === null)
      .map(({ id, name }) => ({ value: String(id), text: name })),
    kits: kitsOf(db, centre.id).map(({ id, name }) => ({ value: String(id), text: name })),
    funds: fundsOf(db).map((fund) => ({ value: fund.code, text: fundName(fund, language) })),
    accounts: accountsOf(db, centre.id)
      .filter(({ level, code }) => level === 'subsidiary' && ACCOUNTS.aid.test(code))
      .map((one) => ({
        value: one.code,
        text: `${show.digits(one.code)} ${accountName(one, language)}`,
      })),
  });
}
