/** Deliveries: the list, one with its signatures, its taking and what came back of it. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { attachedTo, layAttachments } from '../attachments/attachment-pages.ts';
import { accountName, findAccount } from '../books/accounts.ts';
import { entryNumber } from '../books/entries.ts';
import { fundName, fundNames, fundsOf } from '../funds/funds.ts';
import { findPaper } from '../paper/papers.ts';
import { sendPrint } from '../paper/prints.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { codeOf } from '../registrations/codes.ts';
import { readLine, readReason } from '../values/persian-text.ts';
import { formatQuantity, readQuantity } from '../values/quantity.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { dayAsked, wordAsked } from '../web/asked.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { everyRow, type Listing, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import { numberIn, oneAsked, readCode, rowsIn } from './asked.ts';
import { recordTaking, refuseDelivery, signDelivery, withdrawDelivery } from './delivering.ts';
import {
  countDeliveries,
  DELIVERY_STATES,
  type Delivery,
  type DeliveryFilter,
  deliveriesOf,
  findDelivery,
  returnsOf,
  worthOfDeliveries,
} from './delivery-rows.ts';
import { deliverySigning, toldDelivery, toldDeliveryRow } from './delivery-words.ts';
import { eachRow } from './payment-form.ts';
import { numberOf } from './payment-words.ts';
import { returnGoods } from './returns.ts';
import { waitsFor } from './signatures.ts';
import { passesAsked, signingForm } from './signing-form.ts';
import type { SlipPaper } from './slip-paper.ts';
import { slipPdf } from './slip-pdf.ts';

export const deliveryPages = Router({ mergeParams: true });

const reasonForm = z.object({ reason: typed(readReason) });
const takingForm = z.object({
  takenBy: chosen(['recipient', 'proxy']),
  proxy: typedOrNone((text) => readLine(text, { max: 60 })),
});
const backForm = z.object({ lot: typed(readCode), quantity: typed(readQuantity) });

const HERE = '/{province}/centres/{code}/deliveries';
describeBody(`POST ${HERE}/{delivery}/signature`, signingForm);
describeBody(`POST ${HERE}/{delivery}/withdrawal`, reasonForm);
describeBody(`POST ${HERE}/{delivery}/refusal`, reasonForm);
describeBody(`POST ${HERE}/{delivery}/taking`, takingForm);
describeBody(
  `POST ${HERE}/{delivery}/returns`,
  reasonForm.extend({ items: z.array(backForm).max(60).optional() }),
);

deliveryPages.get('/deliveries', allow('deliveries.read'), async (req, res) => {
  const { province, centre, actor, t, language } = res.locals;
  const asked = filterOf(req, res);
  const listing = listingOf(req, res, asked);
  await answer(res, {
    ...listForms(req, res, listing),
    html: () => {
      const page = { limit: ROWS_PER_PAGE, skip: (pageAsked(req) - 1) * ROWS_PER_PAGE };
      const total = countDeliveries(province.db, centre.id, asked);
      sendPage(req, res, 'payments/deliveries', {
        ...{ title: listing.title, total, root: centreRoot(res) },
        rows: deliveriesOf(province.db, centre.id, asked, page).map((row) => ({
          ...{ ...row, written: numberOf(row) },
        })),
        ...{ at: pageAsked(req), of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)) },
        worth: worthOfDeliveries(province.db, centre.id, asked),
        isFiltered: Object.values(asked).some((one) => one !== undefined),
        states: DELIVERY_STATES.map((value) => ({
          ...{ value, text: t(`payments:delivery-states.${value}`) },
        })),
        funds: fundsOf(province.db).map((fund) => ({
          ...{ value: fund.code, text: fundName(fund, language) },
        })),
        mayPrepare: may(actor!, 'deliveries.prepare', centre),
      });
    },
  });
});

deliveryPages.get('/deliveries/:delivery', allow('deliveries.read'), async (req, res) => {
  const delivery = named(req, res);
  await answer(res, {
    html: () => sendOne(req, res, delivery),
    json: () => res.json(toldDelivery(res, delivery)),
    pdf: () => sendSlip(res, delivery),
  });
});

deliveryPages.post('/deliveries/:delivery/signature', allow('payments.sign'), (req, res) =>
  change(req, res, 'signed', (tx, delivery) => {
    const { seen } = readBody(req, signingForm);
    const signed = { seen, passes: passesAsked(req) };
    return signDelivery(tx, res.locals.actor!, res.locals.centre, { delivery, signed });
  }),
);

deliveryPages.post('/deliveries/:delivery/withdrawal', allow('deliveries.prepare'), (req, res) =>
  change(req, res, 'withdrawn', (tx, delivery) => {
    const { reason } = readBody(req, reasonForm);
    return withdrawDelivery(tx, res.locals.actor!, res.locals.centre, { delivery, reason });
  }),
);

deliveryPages.post('/deliveries/:delivery/refusal', allow('payments.sign'), (req, res) =>
  change(req, res, 'refused', (tx, delivery) => {
    const { reason } = readBody(req, reasonForm);
    return refuseDelivery(tx, res.locals.actor!, res.locals.centre, { delivery, reason });
  }),
);

deliveryPages.post('/deliveries/:delivery/taking', allow('deliveries.prepare'), (req, res) =>
  change(req, res, 'taken', (tx, delivery) => {
    const { takenBy, proxy } = readBody(req, takingForm);
    const taking = { takenBy, proxy: proxy || null };
    return recordTaking(tx, res.locals.actor!, res.locals.centre, { delivery, taking });
  }),
);

deliveryPages.post('/deliveries/:delivery/returns', allow('deliveries.prepare'), (req, res) =>
  change(req, res, 'returned', (tx, delivery) => {
    const { reason } = readBody(req, reasonForm);
    const rows = rowsIn(req.body as Record<string, unknown>, 'items', ['lot']);
    const back = eachRow(rows, 'items', (row) => readBody({ body: row } as Request, backForm));
    return returnGoods(tx, res.locals.actor!, res.locals.centre, {
      ...{ delivery, reason },
      back: back.map(({ lot, quantity, at }) => ({
        ...{ lotNumber: lot, quantityMilli: quantity, field: `items.${at}.quantity` },
      })),
    });
  }),
);

layAttachments(deliveryPages, {
  ...{ at: '/deliveries/:delivery', told: `${HERE}/{delivery}` },
  ...{ see: 'deliveries.read', add: 'deliveries.prepare' },
  held: (req, res) => {
    const delivery = named(req, res);
    return { ...heldBy(res, delivery), again: (refused) => sendOne(req, res, delivery, refused) };
  },
});

function heldBy(res: Response, { id }: Delivery) {
  const address = `${centreRoot(res)}/deliveries/${id}`;
  return { subject: `deliveries/${id}`, centre: res.locals.centre, address, page: address };
}

type Step = 'signed' | 'withdrawn' | 'refused' | 'taken' | 'returned';

async function change(
  req: Request,
  res: Response,
  step: Step,
  verb: (tx: Tx, delivery: Delivery) => Delivery,
): Promise<void> {
  const { province, centre, t, show } = res.locals;
  const { id } = named(req, res);
  try {
    const changed = await enter(province, (tx) => verb(tx, findDelivery(tx, centre.id, id)));
    const word = step === 'signed' && changed.state === 'made' ? 'made' : step;
    const number = show.digits(numberOf(changed) ?? '');
    const said = t(`payments:flash.delivery-${word}`, { number });
    const to = `${centreRoot(res)}/deliveries/${id}`;
    sendChanged(req, res, { to, body: toldDelivery(res, changed) }, said);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendOne(req, res, named(req, res), { ...refused, values: req.body as object }),
    );
  }
}

function named(req: Request, res: Response): Delivery {
  return findDelivery(res.locals.province.db, res.locals.centre.id, numberIn(req, 'delivery'));
}

function sendOne(req: Request, res: Response, delivery: Delivery, refused: object = {}): void {
  const { province, actor, centre, t, show, language } = res.locals;
  const written = numberOf(delivery);
  const signing = deliverySigning(res, delivery);
  const isOpen = delivery.state === 'waiting';
  const isGiven = delivery.state === 'made' || delivery.state === 'taken';
  const can = (power: Parameters<typeof may>[1]) => may(actor!, power, centre);
  const { entryYear: year, entryNumber: number } = delivery;
  const root = centreRoot(res);
  const names = fundNames(province.db, language);
  const account = findAccount(province.db, centre.id, delivery.account);
  const quantity = (milli: number, unit: string) =>
    `${formatQuantity(milli, language)} ${t(`payments:units.${unit}`)}`;
  const title = written
    ? t('payments:delivery-title', { number: show.digits(written) })
    : t('payments:delivery-waiting', { number: show.digits(String(delivery.id)) });
  sendPage(req, res, 'payments/delivery', {
    ...{ title, delivery, written, root, place: `${root}/deliveries/${delivery.id}` },
    ...{ ...signing, isOpen, account: account ? accountName(account, language) : '' },
    items: delivery.items.map((item) => ({
      ...{ ...item, fundName: names.get(item.fund) ?? item.fund },
      said: quantity(item.quantityMilli, item.unit),
      back: item.returnedMilli > 0 ? quantity(item.returnedMilli, item.unit) : null,
      leftMilli: item.quantityMilli - item.returnedMilli,
    })),
    entry: year === null || number === null ? null : entryNumber({ year, number }),
    returns: returnsOf(province.db, delivery.id),
    ...attachedTo(res, { ...heldBy(res, delivery), add: 'deliveries.prepare' }),
    registered: codeOf(province.db, `deliveries/${delivery.id}`)?.code ?? null,
    mayCode: isGiven && can('registrations.record'),
    mayBooks: can('books.read'),
    maySign: isOpen && can('payments.sign') && waitsFor(actor!, centre.id, signing.signatures),
    isChair: actor!.seats.some((one) => one.centreId === centre.id && one.seat === 'chair'),
    mayWithdraw: isOpen && delivery.preparedBy === actor!.user?.id,
    mayTake: delivery.state === 'made' && can('deliveries.prepare'),
    mayReturn: isGiven && can('deliveries.prepare'),
    ...{ faults: {}, refusal: null, ...refused },
  });
}

async function sendSlip(res: Response, delivery: Delivery): Promise<void> {
  if (delivery.paperId === null) throw new NotFound();
  const issued = findPaper(res.locals.province.db, delivery.paperId);
  const sheet = JSON.parse(issued.content) as SlipPaper;
  const standing = { draft: res.locals.centre.activityCode === null, cancelled: null };
  await sendPrint(res, issued, 'a4', standing, (mark) => slipPdf(sheet, mark));
}

function filterOf(req: Request, res: Response): DeliveryFilter {
  const { today } = res.locals.actor!;
  return {
    state: oneAsked(req, 'state', DELIVERY_STATES),
    ...{ fund: wordAsked(req.query, 'fund'), q: wordAsked(req.query, 'q') },
    ...{ from: dayAsked(req.query, 'from', today), to: dayAsked(req.query, 'to', today) },
  };
}

function listingOf(req: Request, res: Response, asked: DeliveryFilter): Listing {
  const { province, centre, t, show } = res.locals;
  const column = (key: string, word: string) => ({ key, title: t(word) });
  return {
    ...{ name: `deliveries-${centre.code}`, title: t('common:sections.deliveries') },
    columns: [
      { ...column('number', 'common:table.number'), kind: 'code' },
      { ...column('day', 'common:table.day'), kind: 'day' },
      { ...column('to', 'payments:columns.to'), kind: 'text', width: 2 },
      { ...column('items', 'payments:columns.items'), kind: 'text', width: 4 },
      { ...column('purpose', 'payments:columns.purpose'), kind: 'text', width: 3 },
      { ...column('amount', 'payments:columns.worth'), kind: 'rial', width: 2 },
      { ...column('state', 'common:table.state'), kind: 'text', width: 2 },
    ],
    page: () => ({
      rows: deliveriesOf(province.db, centre.id, asked, {
        ...{ limit: ROWS_PER_PAGE, skip: (pageAsked(req) - 1) * ROWS_PER_PAGE },
      }).map(({ items, ...row }) => ({ ...toldDeliveryRow(row), items })),
      total: countDeliveries(province.db, centre.id, asked),
    }),
    all: (db) =>
      everyRow((limit, skip) =>
        deliveriesOf(db, centre.id, asked, { limit, skip }).map((row) => ({
          ...{ number: numberOf(row) ?? '', day: row.deliveredOn ?? row.preparedOn },
          to: t('payments:recipient-coded', { number: show.digits(String(row.recipient)) }),
          ...{ items: row.items, purpose: row.purpose, amount: row.valueRial },
          state: t(`payments:delivery-states.${row.state}`),
        })),
      ),
    totals: (db) => ({ amount: worthOfDeliveries(db, centre.id, asked) }),
  };
}
