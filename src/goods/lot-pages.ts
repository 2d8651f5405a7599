/** One lot: what it is, where it lies, what moved, and what may be done with it. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { readName } from '../values/persian-text.ts';
import { readQuantity } from '../values/quantity.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, picked, readBody, typed, typedOrNone } from '../web/forms.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import { agreeValue, appraisalsOf, proposeValue, sendValueBack } from './appraisals.ts';
import { inspectionOf, inspectLot } from './inspections.ts';
import { intentionsOfLot } from './intention-rows.ts';
import { intentionChoices, intentionShown } from './intention-words.ts';
import { sendLabels } from './label-pages.ts';
import { STATE_MARKS } from './lot-list-pages.ts';
import { lotRows } from './lot-rows.ts';
import { findLot, type Lot } from './lots.ts';
import { movesOfLot } from './move-rows.ts';
import { stockOfLot } from './moves.ts';
import { findSalePermission, salePermissionsOf, sellLot } from './sales.ts';
import { BASES, CAUSES } from './schema.ts';
import * as shown from './shown.ts';
import { moveCells } from './stock-pages.ts';
import { storesOf } from './stores.ts';
import { sendLot } from './transfers.ts';
import { proposeWaste, wasteLimitOn, wastesOfLot } from './wastes.ts';

export const lotPages = Router({ mergeParams: true });

const said = (max: number) => (text: string) => readName(text, { max });

const inspectionForm = z.object({
  refused: typedOrNone(shown.readSome),
  reason: typedOrNone(said(300)),
});
const appraisalForm = z.object({
  value: typed(shown.rials),
  basis: chosen(BASES),
  note: typedOrNone(said(300)),
});
/** A reason sends the value back; without one it is agreed to. */
const answerForm = z.object({
  answer: chosen(['agreed', 'sent-back']),
  reason: typedOrNone(said(300)),
});
const transferForm = z.object({
  from: picked(shown.readId),
  to: picked(shown.readId),
  quantity: typed(readQuantity),
});
const wasteForm = z.object({
  store: picked(shown.readId),
  quantity: typed(readQuantity),
  cause: chosen(CAUSES),
  words: typedOrNone(said(300)),
});
const saleForm = z.object({
  permission: picked(shown.readId),
  store: picked(shown.readId),
  quantity: typed(readQuantity),
  price: typed(shown.rials),
  paid: chosen(['cash', 'bank']),
  buyer: typed(said(120)),
});

const HERE = 'POST /{province}/centres/{code}/goods/lots/{lot}';
describeBody(`${HERE}/inspection`, inspectionForm);
describeBody(`${HERE}/appraisals`, appraisalForm);
describeBody(`${HERE}/appraisals/answer`, answerForm);
describeBody(`${HERE}/transfers`, transferForm);
describeBody(`${HERE}/wastes`, wasteForm);
describeBody(`${HERE}/sales`, saleForm);

lotPages.get('/goods/lots/:lot', allow('goods.read'), shown.unlessCounting, async (req, res) => {
  const lot = named(req, res);
  await answer(res, {
    html: () => sendOne(req, res, lot),
    json: () => res.json(told(res, lot)),
  });
});

lotPages.get(
  '/goods/lots/:lot/label',
  allow('goods.read'),
  shown.unlessCounting,
  async (req, res) => {
    const lot = named(req, res);
    await answer(res, { pdf: () => sendLabels(res, [rowOf(res, lot)], { single: true }) });
  },
);

lotPages.post('/goods/lots/:lot/inspection', allow('goods.inspect'), (req, res) =>
  actOnLot(req, res, 'inspected', (tx, lot) => {
    const { refused = 0, reason = null } = readBody(req, inspectionForm);
    const { actor, centre } = res.locals;
    inspectLot(tx, actor!, centre, { lot, refusedMilli: refused, reason });
  }),
);

lotPages.post('/goods/lots/:lot/appraisals', allow('goods.appraise'), (req, res) =>
  actOnLot(req, res, 'appraised', (tx, lot) => {
    const { value: valueRial, basis, note = null } = readBody(req, appraisalForm);
    proposeValue(tx, res.locals.actor!, res.locals.centre, { lot, valueRial, basis, note });
  }),
);

lotPages.post('/goods/lots/:lot/appraisals/answer', allow('goods.appraise'), (req, res) =>
  actOnLot(req, res, 'answered', (tx, lot) => {
    const form = readBody(req, answerForm);
    const { actor, centre } = res.locals;
    if (form.answer === 'agreed') agreeValue(tx, actor!, centre, lot);
    else sendValueBack(tx, actor!, centre, { lot, reason: requireReason(form.reason) });
  }),
);

lotPages.post('/goods/lots/:lot/transfers', allow('goods.keep'), (req, res) =>
  actOnLot(req, res, 'sent', (tx, lot) => {
    const { from: fromId, to: toId, quantity: quantityMilli } = readBody(req, transferForm);
    sendLot(tx, res.locals.actor!, res.locals.centre, { lot, fromId, toId, quantityMilli });
  }),
);

lotPages.post('/goods/lots/:lot/wastes', allow('goods.keep'), (req, res) =>
  actOnLot(req, res, 'wasted', (tx, lot) => {
    const { store: storeId, quantity, cause, words = null } = readBody(req, wasteForm);
    const waste = { lot, storeId, quantityMilli: quantity, cause, words };
    proposeWaste(tx, res.locals.actor!, res.locals.centre, waste);
  }),
);

lotPages.post('/goods/lots/:lot/sales', allow('goods.sell'), (req, res) =>
  actOnLot(req, res, 'sold', (tx, lot) => {
    const { actor, centre } = res.locals;
    const { permission, store: storeId, quantity, price, paid, buyer } = readBody(req, saleForm);
    sellLot(tx, actor!, centre, {
      ...{ lot, permission: findSalePermission(tx, centre.id, permission), storeId },
      ...{ quantityMilli: quantity, priceRial: price, buyer },
      account: paid === 'cash' ? '1101' : '1102',
    });
  }),
);

/** What is sent back or refused says why. */
export function requireReason(reason: string | undefined): string {
  if (reason !== undefined) return reason;
  const fields = [{ field: 'reason', key: 'common:refusals.needed' }];
  throw new Refusal('common:refusals.check-fields', { status: 422, fields });
}

export function named(req: Request, res: Response): Lot {
  const number = Number(req.params.lot);
  if (!Number.isInteger(number)) throw new NotFound();
  return findLot(res.locals.province.db, res.locals.centre.id, number);
}

/** A deed with a lot: its page is shown again with what was typed when it is refused. */
export async function actOnLot(
  req: Request,
  res: Response,
  word: string,
  verb: (tx: Tx, lot: Lot) => void,
): Promise<void> {
  const { province, t } = res.locals;
  const lot = named(req, res);
  try {
    await enter(province, (tx) => verb(tx, lot));
    const done = { to: shown.lotAddress(res, lot.number), body: told(res, lot) };
    sendChanged(req, res, done, t(`goods:flash.${word}`, { item: lot.itemName }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendOne(req, res, lot, { ...refused, values: req.body as object, refusedIn: word }),
    );
  }
}

function told(res: Response, lot: Lot): object {
  const { db } = res.locals.province;
  return {
    ...lot,
    state: rowOf(res, lot).state,
    stock: stockOfLot(db, lot.id),
    inspection: inspectionOf(db, lot.id) ?? null,
    appraisals: appraisalsOf(db, lot.id),
    wastes: wastesOfLot(db, lot.id),
    moves: movesOfLot(db, lot.id),
    intentions: intentionsOfLot(db, res.locals.centre.id, lot.id),
  };
}

function rowOf(res: Response, lot: Lot) {
  const { province, centre, actor } = res.locals;
  const page = { limit: 50, offset: 0 };
  const asked = { q: lot.itemName, today: actor!.today, page };
  const known = lotRows(province.db, centre.id, asked).find(({ id }) => id === lot.id);
  if (known) return known;
  const sum = stockOfLot(province.db, lot.id).reduce((all, one) => all + one.quantityMilli, 0);
  const state = sum === 0 ? ('gone' as const) : ('ready' as const);
  const { number, unit, fund, receivedOn, expiresOn, itemName: item } = lot;
  return { number, item, unit, fund, receivedOn, expiresOn, quantityMilli: sum, state };
}

function sendOne(req: Request, res: Response, lot: Lot, refused: object = {}): void {
  const { province, centre, actor, t, show } = res.locals;
  const { db } = province;
  const can = (power: Parameters<typeof may>[1]) => may(actor!, power, centre);
  const { state } = rowOf(res, lot);
  const stock = stockOfLot(db, lot.id);
  const stores = new Map(storesOf(db, centre.id).map(({ id, name }) => [id, name]));
  const appraisals = appraisalsOf(db, lot.id);
  const last = appraisals.at(-1);
  const waits = state === 'to-agree' && last?.proposedBy !== actor!.user?.id;
  const permissions = salePermissionsOf(db, centre.id).filter(
    ({ itemId, untilOn, quantityMilli, soldMilli }) =>
      itemId === lot.itemId && untilOn >= actor!.today && soldMilli < quantityMilli,
  );
  const lies = stock.length > 0;
  sendPage(req, res, 'goods/lot', {
    ...{ title: t('goods:lot.title', { number: show.number(lot.number) }), lot, stock },
    ...{ stands: t(`goods:lot-states.${state}`), mark: STATE_MARKS[state], refusedIn: null },
    fund: shown.fundOf(res, lot.fund),
    places: stock.map((one) => ({
      ...{ id: one.storeId, name: stores.get(one.storeId)! },
      quantity: shown.quantityOf(res, one.quantityMilli, lot.unit),
      free: shown.quantityOf(res, one.quantityMilli - one.allocatedMilli, lot.unit),
      valueRial: one.valueRial,
    })),
    inspection: inspectionOf(db, lot.id) ?? null,
    refusedQuantity: shown.quantityOf(res, inspectionOf(db, lot.id)?.refusedMilli ?? 0, lot.unit),
    ...{ appraisals, bases: BASES, causes: CAUSES },
    moves: movesOfLot(db, lot.id).map((row) => ({ cells: moveCells(res, row) })),
    wastes: wastesOfLot(db, lot.id).filter((one) => one.agreed === null && one.valueRial === null),
    targets: shown.storeChoices(res),
    permissions: permissions.map((one) => ({ value: String(one.id), text: one.number })),
    limit: wasteLimitOn(db, actor!.today),
    papers: `${centreRoot(res)}/papers`,
    mayInspect: state === 'to-inspect' && can('goods.inspect'),
    mayAppraise: state === 'to-appraise' && can('goods.appraise'),
    mayAgree: waits && can('goods.appraise'),
    maySend: (state === 'ready' || state === 'expired') && can('goods.keep'),
    mayWaste: lies && can('goods.keep'),
    maySell: state === 'ready' && permissions.length > 0 && can('goods.sell'),
    changing: state === 'ready' ? intentionChoices(res, lot) : null,
    changes: intentionsOfLot(db, centre.id, lot.id).map((one) => intentionShown(res, one)),
    ...refused,
  });
}
