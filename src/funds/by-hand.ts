/**
 * What an entry written by hand may not do with a fund (B-81): a gift comes in by its receipt, what is
 * short or over by its count, and money goes to another fund by a change of intention. The same stands
 * in the file (b81_moved_by_deed_only, b81_no_gift_by_hand, b81_memorandum_apart).
 */
import type { Actor } from '../access/actor.ts';
import { chairsDecreeOf, isActing } from '../board/acting.ts';
import { findAccount } from '../books/accounts.ts';
import type { Source } from '../books/schema.ts';
import { aidByChair, byItsDeed, withinGift } from '../bylaw/spending.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { findFund } from './funds.ts';

type Line = {
  account: string;
  fund: string;
  debitRial: number;
  creditRial: number;
  detail?: string | null;
};
type Written = { centreId: number; source: Source; lines: Line[] };

/** Net assets, gifts and support, sales of goods, shortages: each has a deed of its own. */
const BY_DEED = /^(?:41|5[1-3]|5401$|8)/;
const INCOME = /^5/;
const MONEY = /^11/;
/** Capital, principal, and what is held for others. */
const CAPITAL = /^4[23]/;
const HELD = /^310[234]$/;
const MEMORANDUM = /^9/;
/** What sponsors gave in a child's name, and its fund. */
const [CHILD, ORPHANS] = ['3104', 'orphans'];

const statements = prepared(({ $client: client }) => ({
  held: client
    .prepare('SELECT held_rial FROM sponsored_money WHERE centre_id = ? AND code = ?')
    .pluck(),
}));

/** Refuses what an entry by hand would do in the place of a deed. */
export function requireDeeds(db: Db, { centreId, source, lines }: Written): void {
  requireMemorandumApart(db, centreId, lines);
  if (source !== 'manual') return;
  requireOwnChild(db, centreId, lines);
  for (const line of lines) {
    const takenOut = INCOME.test(line.account) && line.debitRial > 0;
    uphold(db, centreId, line, 'by-deed', BY_DEED.test(line.account) || takenOut);
    const money = lines.filter(({ fund, account }) => fund === line.fund && MONEY.test(account));
    const held = HELD.test(line.account) && line.creditRial > 0;
    const comesIn = held && money.some(({ debitRial }) => debitRial > 0);
    const ofCapital = CAPITAL.test(line.account) && money.length > 0;
    uphold(db, centreId, line, 'gift-by-hand', comesIn || ofCapital);
  }
}

/**
 * Who takes from what is held in one child's name says whose it is, by code, and takes no more than is
 * held of it (b81_no_other_childs_money).
 */
function requireOwnChild(db: Db, centreId: number, lines: Line[]): void {
  const held = lines.filter(({ account, fund }) => account === CHILD && fund === ORPHANS);
  for (const [code, ofCode] of Map.groupBy(held, ({ detail }) => detail ?? '')) {
    const takenRial = ofCode.reduce((sum, one) => sum + one.debitRial - one.creditRial, 0);
    if (takenRial <= 0) continue;
    const leftRial = code === '' ? 0 : heldFor(db, centreId, code);
    if (withinGift.holds({ leftRial, amountRial: takenRial })) continue;
    const key = code === '' ? 'child-unnamed' : 'child-has-less';
    throw new Refusal(`funds:refusals.${key}`, {
      ...{ clause: withinGift.id, values: { code, leftRial } },
    });
  }
}

/** What is held in the name of a child's code, in rials. */
function heldFor(db: Db, centreId: number, code: string): number {
  return (statements(db).held.get(centreId, code) as number | undefined) ?? 0;
}

/** Programmes; a donated service is given and used on its day. */
const isAid = ({ account, debitRial }: Line): boolean =>
  debitRial > 0 && account.startsWith('6') && account !== '6110';

/**
 * B-58: what is given to the needy and booked by hand is posted by the chair, or by the vice-chair who
 * acts for him (b58_aid_by_hand_of_chair); answers the actor under that decree.
 */
export function asApprover(actor: Actor, { centreId, source, lines }: Written): Actor {
  if (source !== 'manual' || !lines.some(isAid)) return actor;
  const decreeId = chairsDecreeOf(actor, centreId);
  if (!aidByChair.holds({ isAid: true, byChair: decreeId !== undefined })) {
    throw new Refusal('funds:refusals.aid-by-chair', { clause: aidByChair.id });
  }
  return { ...actor, capacity: `${isActing(actor, centreId) ? 'acting' : 'decree'}:${decreeId}` };
}

function requireMemorandumApart(db: Db, centreId: number, lines: Line[]): void {
  const told = lines.filter(({ account }) => MEMORANDUM.test(account));
  for (const line of told) {
    const ofFund = told.filter(({ fund }) => fund === line.fund);
    const net = ofFund.reduce((sum, one) => sum + one.debitRial - one.creditRial, 0);
    uphold(db, centreId, line, 'memorandum', net !== 0);
  }
}

function uphold(db: Db, centreId: number, line: Line, key: string, byHand: boolean): void {
  if (byItsDeed.holds({ byHand })) return;
  const { account, fund } = line;
  const [named, meant] = [findAccount(db, centreId, account), findFund(db, fund)];
  throw new Refusal(`funds:refusals.${key}`, {
    clause: byItsDeed.id,
    values: {
      ...{ accountFa: named?.nameFa ?? account, accountEn: named?.nameEn ?? account },
      ...{ fundFa: meant?.nameFa ?? fund, fundEn: meant?.nameEn ?? fund },
    },
  });
}
