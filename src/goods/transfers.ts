/** From one store of the centre to another: the same lot in another place, and no book changes. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import type { Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import type { Lot } from './lots.ts';
import { type Stock, shareOf, stockOfLot, writeMove } from './moves.ts';
import { findStore, refuseCounting, requireOpenStore } from './stores.ts';

export type Transfer = { fromId: number; toId: number; quantityMilli: number };

/** Sends a part of a lot; what is not ready or promised stays, what has expired may be set aside. */
export function sendLot(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { lot, fromId, toId, quantityMilli }: Transfer & { lot: Lot },
): Stock[] {
  requirePower(actor, 'goods.keep', centre);
  const [from, to] = [findStore(tx, centre.id, fromId), findStore(tx, centre.id, toId)];
  if (from.id === to.id) {
    throw new Refusal('goods:refusals.same-store', { status: 422, field: 'to' });
  }
  requireOpenStore(to, 'to');
  refuseCounting(tx, from.id);
  refuseCounting(tx, to.id);
  const here = requireThere(tx, lot, from.id, quantityMilli);
  const valueRial = shareOf(here, quantityMilli);
  const act = record(tx, actor, {
    ...{ kind: 'lot.sent', subject: `lots/${lot.id}`, centreId: centre.id },
    after: { from: from.id, to: to.id, quantityMilli, valueRial },
  });
  const move = {
    ...{ centreId: centre.id, lotId: lot.id, movedOn: actor.today },
    ...{ subject: `lots/${lot.id}`, actId: act.id },
  };
  writeMove(tx, actor, {
    ...{ ...move, storeId: from.id, kind: 'sent' },
    ...{ quantityMilli: -quantityMilli, valueRial: -valueRial },
  });
  writeMove(tx, actor, { ...move, storeId: to.id, kind: 'arrived', quantityMilli, valueRial });
  return stockOfLot(tx, lot.id);
}

/** So much of the lot in this store as may be taken away; refuses more, and says how much there is. */
export function requireThere(
  tx: Tx,
  lot: Lot,
  storeId: number,
  quantityMilli: number,
  field = 'quantity',
): Stock {
  const here = stockOfLot(tx, lot.id).find((one) => one.storeId === storeId);
  if (!here) throw new Refusal('goods:refusals.not-there', { clause: 'B-81', field });
  if (!here.ready) throw new Refusal('goods:refusals.not-ready', { clause: 'B-81' });
  const available = (here.quantityMilli - here.allocatedMilli) / 1000;
  if (quantityMilli > available * 1000) {
    throw new Refusal('goods:refusals.only-so-much', {
      ...{ clause: 'B-81', field, values: { available } },
    });
  }
  return here;
}
