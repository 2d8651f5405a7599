/** How a change of intention of goods is asked for and told. */
import type { Response } from 'express';
import { may } from '../access/powers.ts';
import { findFund, fundName, fundsOf } from '../funds/funds.ts';
import type { GoodsIntention } from './intention-rows.ts';
import { mayTakeGoods, waysOut } from './intentions.ts';
import type { Lot } from './lots.ts';
import * as shown from './shown.ts';

export const intentionsRoot = (res: Response) => `${shown.goodsRoot(res)}/intentions`;

/** What the form on a lot's page chooses from; null where nothing may be changed. */
export function intentionChoices(res: Response, lot: Lot) {
  const { province, centre, actor, language } = res.locals;
  if (!may(actor!, 'intentions.change', centre)) return null;
  const fund = findFund(province.db, lot.fund, actor!.today);
  if (!fund) return null;
  const nearest = may(actor!, 'overrides.make', centre);
  const ways = waysOut(fund, lot).filter((way) => way === 'consent' || nearest);
  if (ways.length === 0) return null;
  const to = fundsOf(province.db, actor!.today)
    .filter((one) => one.code !== lot.fund && mayTakeGoods(one))
    .map((one) => ({ value: one.code, text: fundName(one, language) }));
  return { ways, to };
}

export function intentionShown(res: Response, change: GoodsIntention) {
  const { t, show } = res.locals;
  return {
    ...change,
    ...{ from: shown.fundOf(res, change.fromFund), to: shown.fundOf(res, change.toFund) },
    quantity: shown.quantityOf(res, change.quantityMilli, change.unit),
    waySaid: t(`funds:changes.ways.${change.consent ?? 'nearest'}`),
    state: change.restoredOn ? 'restored' : 'stands',
    entry: show.digits(`${change.entryYear}-${change.entryNumber}`),
    href: `${intentionsRoot(res)}/${change.id}`,
  };
}
