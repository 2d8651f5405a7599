/** What a centre does with goods: looked at, appraised, moved, handed out, written off, sold. */
import { agreeValue, proposeValue } from '../../src/goods/appraisals.ts';
import { inspectLot } from '../../src/goods/inspections.ts';
import { type Item, itemsOf, limitItem } from '../../src/goods/items.ts';
import { makeKit } from '../../src/goods/kits.ts';
import { findLot } from '../../src/goods/lots.ts';
import { availableMilli, type Stock, stockOfItem, stockOfLot } from '../../src/goods/moves.ts';
import { permitSale, sellLot } from '../../src/goods/sales.ts';
import { storesOf } from '../../src/goods/stores.ts';
import { sendLot } from '../../src/goods/transfers.ts';
import { agreeWaste, proposeWaste } from '../../src/goods/wastes.ts';
import { prepareDelivery } from '../../src/payments/deliveries.ts';
import { recordTaking, signDelivery } from '../../src/payments/delivering.ts';
import { deliveriesOf, findDelivery } from '../../src/payments/delivery-rows.ts';
import type { Wanted } from '../../src/payments/picking.ts';
import type { Recipient } from '../../src/payments/recipients.ts';
import { returnGoods } from '../../src/payments/returns.ts';
import { addDays, jalaliParts } from '../../src/values/jalali-date.ts';
import { serial, type Turn, words } from './house.ts';
import { recipientsOfHouse } from './people.ts';

/** So many lots are looked at in one go. */
const LOOKED_AT = 40;
/** Funds of which goods reach anybody in need, and of those the ones that reach sayyids too. */
const FOR_THE_POOR = ['sadaqa', 'vow', 'zakat-general', 'fidya', 'csr', 'committee-share'];
const FOR_SAYYIDS = FOR_THE_POOR.filter((fund) => fund !== 'zakat-general');

/** Looks at what was given and has two agree on its worth; now and then a part is not good. */
export function appraiseNew({ tx, centre, chance, chair, finance }: Turn): void {
  const numbers = tx.$client
    .prepare(
      `SELECT number FROM lots l WHERE centre_id = ? AND origin = 'gift'
         AND EXISTS (SELECT 1 FROM stock WHERE lot_id = l.id AND quantity_milli > 0)
         AND NOT EXISTS (SELECT 1 FROM lot_inspections WHERE lot_id = l.id)
       ORDER BY id LIMIT ?`,
    )
    .pluck()
    .all(centre.id, LOOKED_AT) as number[];
  for (const number of numbers) {
    const lot = findLot(tx, centre.id, number);
    const [here] = stockOfLot(tx, lot.id);
    const bad = number % 9 === 4 ? Math.ceil(here!.quantityMilli / 10_000) * 1000 : 0;
    const refusedMilli = number % 61 === 60 ? here!.quantityMilli : bad;
    const reason = refusedMilli > 0 ? words.said.damaged : null;
    inspectLot(tx, finance, centre, { lot, refusedMilli, reason });
    const [left] = stockOfLot(tx, lot.id);
    if (!left) continue;
    const off = chance.below(4) === 0 ? Math.floor(left.valueRial / 20) : 0;
    const basis = chance.pick(['market-price', 'expert', 'similar-goods'] as const);
    const proposal = { lot, valueRial: left.valueRial - off, basis, note: null };
    proposeValue(tx, finance, centre, proposal);
    agreeValue(tx, chair, centre, lot);
  }
}

type Free = { item: Item; fund: string; storeId: number; milli: number };

/** What may go out today, by item, fund and store; the most first. */
function freeGoods({ tx, centre, today }: Turn, funds: string[]): Free[] {
  const free: Free[] = [];
  const known = new Set(
    tx.$client
      .prepare(
        `SELECT DISTINCT l.item_id FROM stock s JOIN lots l ON l.id = s.lot_id
         WHERE s.centre_id = ? AND s.quantity_milli > 0`,
      )
      .pluck()
      .all(centre.id) as number[],
  );
  for (const item of itemsOf(tx, centre.id).filter(({ id }) => known.has(id))) {
    for (const { id: storeId } of storesOf(tx, centre.id)) {
      const byFund = Map.groupBy(stockOfItem(tx, { itemId: item.id, storeId }), (lot) => lot.fund);
      for (const [fund, lots] of byFund) {
        const milli = lots.reduce((sum, lot) => sum + availableMilli(lot, today), 0);
        if (milli > 0 && funds.includes(fund)) free.push({ item, fund, storeId, milli });
      }
    }
  }
  return free.toSorted((one, other) => other.milli - one.milli);
}

/** Blankets are for the winter; what is left of them before is surplus. */
const WINTER = [9, 10, 11];

/** Each in turn takes a share of what there is. */
export function handOut(turn: Turn): void {
  const winter = WINTER.includes(jalaliParts(turn.today).month);
  const many = turn.house.large ? 4 : 1;
  const round = Math.floor(turn.moment.getTime() / 86_400_000);
  const all = recipientsOfHouse(turn);
  for (let at = 0; at < Math.min(many, all.length); at += 1) {
    const recipient = all[(round + at) % all.length]!;
    const free = freeGoods(turn, recipient.sayyid ? FOR_SAYYIDS : FOR_THE_POOR).filter(
      ({ item }) => winter || item.name !== words.surplus,
    );
    const store = free[0]?.storeId;
    const here = free.filter(({ storeId }) => storeId === store).slice(0, 4);
    const share = 0.9 / (many - at);
    const wanted = here.map(({ item, fund, milli }, n) => ({
      ...{ itemId: item.id, fund, field: `items.${n}` },
      quantityMilli: portion(milli, share, item.unit),
    }));
    if (store !== undefined) deliver(turn, { recipient, storeId: store, wanted });
  }
}

/** Whole units, and at least one, where there are whole ones. */
function portion(milli: number, share: number, unit: string): number {
  const whole = unit === 'kg' || unit === 'litre' ? 100 : 1000;
  return Math.max(Math.min(milli, whole), Math.floor((milli * share) / whole) * whole);
}

type Delivering = { recipient: Recipient; storeId: number; wanted: Wanted[]; account?: string };

/** Prepared, signed by two, and taken at the door. */
export function deliver(turn: Turn, { account = '6101', ...asked }: Delivering): void {
  const { tx, centre, finance, chair } = turn;
  const purpose = words.said.basket;
  const { id } = prepareDelivery(tx, finance, centre, {
    ...{ ...asked, account, purpose, exception: false },
  });
  for (const actor of [finance, chair]) {
    signDelivery(tx, actor, centre, { delivery: findDelivery(tx, centre.id, id), signed: {} });
  }
  const delivery = findDelivery(tx, centre.id, id);
  recordTaking(tx, finance, centre, { delivery, taking: { takenBy: 'recipient', proxy: null } });
}

/** A household brings back what it could not use. */
export function takeBack({ tx, centre, finance }: Turn): void {
  const [last] = deliveriesOf(tx, centre.id, { state: 'taken' }, { limit: 1, skip: 0 });
  if (!last) return;
  const delivery = findDelivery(tx, centre.id, last.id);
  const { lotNumber, quantityMilli } = delivery.items[0]!;
  const back = [{ lotNumber, quantityMilli: Math.ceil(quantityMilli / 4), field: 'items.0' }];
  returnGoods(tx, finance, centre, { delivery, back, reason: words.said.returned });
}

/** What has expired, and a little that the mice had, goes out with its cause. */
export function writeOff(turn: Turn): void {
  const { tx, centre, today, chair, finance } = turn;
  const [food] = freeGoods(turn, ['sadaqa']).filter(({ item }) => item.account === '1301');
  const asked = food && { itemId: food.item.id, storeId: food.storeId };
  const eaten = asked && stockOfItem(tx, asked).find((lot) => availableMilli(lot, today) >= 500);
  if (eaten) {
    const lot = findLot(tx, centre.id, eaten.lotNumber);
    const quantityMilli = Math.min(500, eaten.quantityMilli);
    const off = { lot, storeId: eaten.storeId, quantityMilli, cause: 'vermin' as const };
    const waste = proposeWaste(tx, finance, centre, { ...off, words: words.said.vermin });
    if (waste.agreed === null && waste.valueRial === null) agreeWaste(tx, chair, centre, waste);
  }
  const lots = tx.$client
    .prepare(
      `SELECT l.number FROM lots l JOIN stock s ON s.lot_id = l.id
       WHERE l.centre_id = ? AND l.expires_on < ? AND s.quantity_milli > 0 LIMIT 20`,
    )
    .pluck()
    .all(centre.id, today) as number[];
  for (const number of lots) {
    const lot = findLot(tx, centre.id, number);
    for (const { storeId, quantityMilli } of stockOfLot(tx, lot.id)) {
      const off = { lot, storeId, quantityMilli, cause: 'expired' as const, words: null };
      const waste = proposeWaste(tx, finance, centre, off);
      if (waste.agreed === null && waste.valueRial === null) agreeWaste(tx, chair, centre, waste);
    }
  }
}

/** The surplus of one item goes to a second store, and a part of it is sold with the county's leave. */
export function moveAndSell(turn: Turn): void {
  const { tx, centre, house, today, chair, finance } = turn;
  const item = itemsOf(tx, centre.id).find(({ name }) => name === words.surplus);
  const [from, to] = storesOf(tx, centre.id);
  if (!item || !from || !to) return;
  const free = (lot: Stock) => lot.fund === 'sadaqa' && availableMilli(lot, today) >= 4000;
  const here = stockOfItem(tx, { itemId: item.id, storeId: from.id }).find(free);
  if (!here) return;
  const lot = findLot(tx, centre.id, here.lotNumber);
  const whole = Math.floor(availableMilli(here, today) / 4000) * 1000;
  sendLot(tx, finance, centre, { lot, fromId: from.id, toId: to.id, quantityMilli: whole });
  const leave = { itemId: item.id, quantityMilli: whole, reason: words.said.surplus };
  const permission = permitSale(tx, turn.as(house.head), centre, {
    ...{ ...leave, number: `${serial(turn, 4)}`, decidedOn: today, untilOn: addDays(today, 30) },
  });
  const worth = Math.floor((here.valueRial / here.quantityMilli) * whole);
  sellLot(tx, chair, centre, {
    ...{ lot, permission, storeId: to.id, quantityMilli: whole, buyer: words.buyer },
    ...{
      priceRial: Math.max(10_000, Math.floor((worth * 0.9) / 10_000) * 10_000),
      account: '1101',
    },
  });
}

/** A basket that households get, and from how little on the keeper is told. */
export function makeBasket({ tx, centre, finance }: Turn): void {
  const food = itemsOf(tx, centre.id).filter(({ account }) => account === '1301');
  const parts = food.slice(0, 3).map(({ id }) => ({ itemId: id, quantityMilli: 2000 }));
  if (parts.length > 0) makeKit(tx, finance, centre, { name: words.kit, parts });
  for (const item of food.slice(0, 2)) limitItem(tx, finance, centre, { item, lowMilli: 20_000 });
}
