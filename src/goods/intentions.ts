/**
 * Change of intention of goods: a part of a lot goes to another purpose than it was given for, with
 * the giver's recorded consent or, for the chair's reason, to the nearest one. It becomes a lot of the
 * other fund; undone by reversing its entry while that lot lies whole.
 */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import {
  contentOf,
  type EntryToPost,
  nextEntry,
  postEntry,
  reversalOf,
  reverseEntry,
} from '../books/entries.ts';
import { changedWhereAllowed } from '../bylaw/spending.ts';
import type { Centre } from '../centres/centres.ts';
import { type Fund, findFund } from '../funds/funds.ts';
import { allows, mayReceive } from '../funds/intentions.ts';
import { refuseUnpermitted } from '../licence/permission.ts';
import { issueLetter } from '../paper/letters.ts';
import type { Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { record } from '../trail/acts.ts';
import { persianDigits } from '../values/persian-text.ts';
import { formatQuantity } from '../values/quantity.ts';
import {
  type Asked,
  findGoodsIntention,
  type GoodsIntention,
  insertIntention,
} from './intention-rows.ts';
import { findItem } from './items.ts';
import { addLotRow, type Lot, lotById } from './lots.ts';
import { type Stock, shareOf, stockOfLot, writeMove } from './moves.ts';
import { refuseCounting } from './stores.ts';
import { requireThere } from './transfers.ts';

/** A purpose's way to another. */
const TRANSFERS = '4104';

type Both = { from: Fund; to: Fund };

/** Moves a part of a lot to another purpose: its row, its paper, its two moves, its entry, one act. */
export function changeGoodsIntention(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { lot, asked }: { lot: Lot; asked: Asked },
): GoodsIntention {
  requirePower(actor, 'intentions.change', centre);
  if (asked.way === 'nearest') requirePower(actor, 'overrides.make', centre);
  refuseUnpermitted(tx, centre.id, actor.today, 'goods');
  requireWhole(actor, lot, asked);
  const funds = requireAllowed(tx, actor, lot, asked);
  refuseCounting(tx, asked.storeId);
  if (lot.expiresOn !== null && lot.expiresOn < actor.today) {
    throw new Refusal('goods:refusals.expired', { clause: 'B-81' });
  }
  const here = requireThere(tx, lot, asked.storeId, asked.quantityMilli);
  const valueRial = shareOf(here, asked.quantityMilli);
  if (valueRial === 0) throw new Refusal('goods:refusals.worth-nothing');
  const { id, write } = insertIntention(tx);
  const subject = `goods-intentions/${id}`;
  const entry = entryOf(tx, actor, centre, { lot, funds, valueRial });
  const next = nextEntry(tx, centre.id, actor.today);
  const { toFund, quantityMilli, way, consent, consentedOn, reason } = asked;
  const letter = issueMinutes(tx, actor, centre, {
    ...{ lot, asked, funds, here, valueRial },
    deed: {
      ...{ kind: 'goods-intention.changed', subject },
      after: {
        ...{ lot: lot.id, toFund, quantityMilli, valueRial, way, reason },
        ...(way === 'consent' && { consent, consentedOn }),
        entry: { id: next.id, ...contentOf(entry, next) },
      },
    },
  });
  const actId = letter.act.id;
  const { condition, expiresOn } = lot;
  const became = addLotRow(tx, centre, findItem(tx, centre.id, lot.itemId), {
    ...{ fund: toFund, origin: 'intention', condition, expiresOn, receivedOn: actor.today, actId },
  });
  write({
    ...{ ...asked, centreId: centre.id, lotId: lot.id, toLotId: became.id, fromFund: lot.fund },
    ...{ valueRial, changedOn: actor.today, changedBy: actor.user!.id, entryId: next.id },
    ...{ paperId: letter.paperId, actId },
  });
  const move = {
    ...{ centreId: centre.id, storeId: asked.storeId, movedOn: actor.today, subject },
    ...{ reason, entryId: next.id, actId },
  };
  writeMove(tx, actor, {
    ...{ ...move, lotId: lot.id, kind: 'reassigned' },
    ...{ quantityMilli: -quantityMilli, valueRial: -valueRial },
  });
  writeMove(tx, actor, { ...move, lotId: became.id, kind: 'assigned', quantityMilli, valueRial });
  postEntry(tx, actor, { ...entry, actId });
  return findGoodsIntention(tx, centre.id, id);
}

/** Takes a change back, as of today, while all that was moved still lies where it came. */
export function takeBackGoodsIntention(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { change, reason }: { change: GoodsIntention; reason: string },
): GoodsIntention {
  requirePower(actor, 'intentions.change', centre);
  if (change.changedById === actor.user?.id) throw new Refusal('funds:refusals.own-change');
  if (reversalOf(tx, change.entryId)) throw new Refusal('funds:refusals.taken-back-before');
  const [here] = stockOfLot(tx, change.toLotId);
  const { quantityMilli, valueRial, storeId } = change;
  if (!here || !isWhole(here, change)) {
    const { number: lot } = lotById(tx, change.toLotId);
    throw new Refusal('goods:refusals.changed-moved', {
      ...{ values: { lot }, mend: `/goods/lots/${lot}` },
    });
  }
  refuseCounting(tx, storeId);
  const subject = `goods-intentions/${change.id}`;
  const next = nextEntry(tx, centre.id, actor.today);
  const act = record(tx, actor, {
    ...{ kind: 'goods-intention.restored', subject, centreId: centre.id },
    after: { reason, entry: next.id },
  });
  const move = {
    ...{ centreId: centre.id, storeId, movedOn: actor.today, subject, reason },
    ...{ entryId: next.id, actId: act.id },
  };
  writeMove(tx, actor, {
    ...{ ...move, lotId: change.toLotId, kind: 'cancelled' },
    ...{ quantityMilli: -quantityMilli, valueRial: -valueRial },
  });
  writeMove(tx, actor, {
    ...{ ...move, lotId: change.lotId, kind: 'returned', quantityMilli, valueRial },
  });
  reverseEntry(tx, actor, change.entryId, reason, { actId: act.id });
  return findGoodsIntention(tx, centre.id, change.id);
}

const isWhole = (here: Stock, { storeId, quantityMilli, valueRial }: GoodsIntention): boolean =>
  here.storeId === storeId &&
  here.quantityMilli === quantityMilli &&
  here.valueRial === valueRial &&
  here.allocatedMilli === 0;

/** Whether goods of this purpose can be given to anybody, and may be moved to it. */
export const mayTakeGoods = (fund: Fund): boolean =>
  mayReceive(fund) && fund.uses.some((account) => account.startsWith('6'));

/** Which ways lead out of a lot's purpose: only who gave it can agree. */
export function waysOut(fund: Fund, { origin }: Lot): Asked['way'][] {
  const byConsent = origin === 'gift' && allows(fund, 'change-by-consent');
  return [
    ...(byConsent ? ['consent' as const] : []),
    ...(allows(fund, 'change-to-nearest') ? ['nearest' as const] : []),
  ];
}

function requireWhole(
  { today }: Actor,
  lot: Lot,
  { way, consent, consentedOn, reason }: Asked,
): void {
  if (reason.trim().length < 10) refuseField('reason', 'longer-reason');
  if (way === 'nearest') return;
  if (!consent) refuseField('consent', 'no-consent');
  if (!consentedOn || consentedOn > today) refuseField('consentedOn', 'no-consent-day');
  if (consentedOn < lot.receivedOn) refuseField('consentedOn', 'consent-before-gift');
}

function requireAllowed(tx: Tx, actor: Actor, lot: Lot, { toFund, way }: Asked): Both {
  const from = findFund(tx, lot.fund, actor.today);
  const to = findFund(tx, toFund, actor.today);
  if (way === 'consent' && lot.origin !== 'gift') {
    throw new Refusal('goods:refusals.nobody-agrees', { clause: 'B-81', field: 'way' });
  }
  if (!from || !to || lot.fund === toFund) refuseField('toFund', 'unknown-fund');
  const mayLeave = waysOut(from, lot).includes(way);
  const mayTake = mayTakeGoods(to);
  if (changedWhereAllowed.holds({ mayLeave, mayTake })) return { from, to };
  const key = mayLeave ? 'may-not-take' : way === 'consent' ? 'may-not-leave' : 'not-to-nearest';
  const { nameFa: fundFa, nameEn: fundEn } = mayLeave ? to : from;
  throw new Refusal(`funds:refusals.${key}`, {
    ...{ clause: changedWhereAllowed.id, values: { fundFa, fundEn } },
  });
}

/** Out of the one fund and into the other, in the store's own account. */
function entryOf(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { lot, funds: { from, to }, valueRial: rial }: { lot: Lot; funds: Both; valueRial: number },
): EntryToPost {
  const description = wordsOn(tx, actor.today)('goods:intention.entry', {
    ...{ from: from.nameFa, to: to.nameFa, item: lot.itemName },
    lot: persianDigits(String(lot.number)),
  });
  return {
    ...{ centreId: centre.id, entryOn: actor.today, source: 'intention', description },
    draftedBy: actor.user!.id,
    lines: [
      { account: TRANSFERS, fund: from.code, debitRial: rial, creditRial: 0 },
      { account: lot.account, fund: from.code, debitRial: 0, creditRial: rial },
      { account: lot.account, fund: to.code, debitRial: rial, creditRial: 0 },
      { account: TRANSFERS, fund: to.code, debitRial: 0, creditRial: rial },
    ],
  };
}

type Minutes = {
  lot: Lot;
  asked: Asked;
  funds: Both;
  here: Stock;
  valueRial: number;
  deed: { kind: string; subject: string; after: object };
};

function issueMinutes(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { lot, asked, funds: { from, to }, valueRial, deed }: Minutes,
) {
  const t = wordsOn(tx, actor.today);
  const unit = t(`goods:units.${lot.unit}`);
  const said = asked.way === 'nearest' ? 'nearest' : asked.consent!;
  return issueLetter(tx, actor, {
    ...{ centre, kind: 'goods-intention', head: 'centre', deed },
    addressee: [t('goods:appraisal.for-the-file')],
    values: {
      ...{ item: lot.itemName, lot: String(lot.number), totalRial: valueRial },
      quantity: `${formatQuantity(asked.quantityMilli, 'fa')} ${unit}`,
      ...{ fromPurpose: from.nameFa, toPurpose: to.nameFa, reason: asked.reason },
      ...{ receivedOn: lot.receivedOn, consent: t(`funds:change.said.${said}`) },
      consentedOn: asked.way === 'consent' ? asked.consentedOn! : undefined,
    },
  });
}

function refuseField(field: string, key: string): never {
  throw new Refusal(`funds:refusals.${key}`, { status: 422, field });
}
