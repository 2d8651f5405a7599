/**
 * What an entry may do with a fund (B-81): take no more than there is, and only for the fund's own
 * uses. The same rules stand in the database (b81_…), whoever writes.
 */
import { findAccount } from '../books/accounts.ts';
import type { Source } from '../books/schema.ts';
import { inKind, onItsUse, owedOnly, withinBalance, withoutInterest } from '../bylaw/spending.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { requireDeeds } from './by-hand.ts';
import { blocks, type Fund, findFund } from './funds.ts';
import { needsLeave } from './permissions.ts';

type Line = {
  account: string;
  fund: string;
  debitRial: number;
  creditRial: number;
  detail?: string | null;
};

/** An entry about to be posted; `overridden` are rules that the chair let this deed pass. */
export type Spending = {
  centreId: number;
  source: Source;
  /** The ISO day on whose rules it is judged. */
  entryOn: string;
  lines: Line[];
  /** It only carries what stands over the end of a year. */
  ofYearEnd?: boolean;
  overridden?: { fund: string; rule: string }[];
};

const statements = prepared((db) => ({
  balance: db.$client
    .prepare(
      `SELECT coalesce(sum(debit_rial - credit_rial), 0) FROM balances
       WHERE centre_id = ? AND account = ? AND fund = ?`,
    )
    .pluck(),
  freeOfChildren: db.$client
    .prepare(
      `SELECT coalesce(sum(debit_rial - credit_rial), 0) FROM balances
       WHERE centre_id = ? AND fund = 'orphans' AND (account GLOB '11*' OR account = '3104')`,
    )
    .pluck(),
}));

/** What a fund has on an account, in rials: debit less credit of all years. */
export function balanceOfFund(db: Db, centreId: number, account: string, fund: string): number {
  return statements(db).balance.get(centreId, account, fund) as number;
}

/** Refuses with B-81 what would overspend a fund or use it for what it was not given for. */
export function requireSpending(db: Db, spending: Spending): void {
  requireUses(db, spending);
  if (spending.ofYearEnd) return;
  requireBalances(db, spending);
  requireHeldForChildren(db, spending);
  requireDebts(db, spending);
}

/** Cash, bank, collectors and cheques; and what lies in a store. */
const MONEY = /^11/;
const GOODS = /^13/;
const EQUIPMENT = /^21/;
const LAND = /^22/;
const PAYABLE = '3101';
/** Prepayments and what is on account. */
const PREPAID = '1202';
/** Income of sales and of other kinds: what money or goods earn. */
const EARNED = /^54/;
/** Programmes and running costs, what is lent, and what is handed to whom it belongs. */
const SPENT = /^[67]|^1201$|^310[234]$/;
/** A donated service is given and used on its day, whatever it was given for. */
export const SERVICES = '6110';
/** What is only taken back, opened or closed spends nothing. */
export const SPENDS_NOTHING: readonly Source[] = ['reversal', 'opening', 'closing', 'conversion'];

function requireBalances(db: Db, { centreId, lines }: Spending): void {
  const taken = new Map<string, number>();
  for (const { account, fund, debitRial, creditRial } of lines) {
    if (!MONEY.test(account) && !GOODS.test(account)) continue;
    const key = `${account} ${fund}`;
    taken.set(key, (taken.get(key) ?? 0) + creditRial - debitRial);
  }
  for (const [key, takenRial] of taken) {
    if (takenRial <= 0) continue;
    const [account, fund] = key.split(' ') as [string, string];
    const balanceRial = balanceOfFund(db, centreId, account, fund);
    if (withinBalance.holds({ balanceRial, takenRial })) continue;
    const named = findAccount(db, centreId, account);
    throw new Refusal('funds:refusals.overspent', {
      clause: withinBalance.id,
      values: {
        ...namesOf(findFund(db, fund), fund),
        ...{ accountFa: named?.nameFa ?? account, accountEn: named?.nameEn ?? account },
        ...{ balanceRial, lackingRial: takenRial - balanceRial },
      },
    });
  }
}

/** Sponsors give for one child each; what is held in a child's name is never spent on the others. */
const ORPHANS = 'orphans';
const isOfChildren = ({ account, fund }: Pick<Line, 'account' | 'fund'>) =>
  fund === ORPHANS && (MONEY.test(account) || account === '3104');

function requireHeldForChildren(db: Db, { centreId, source, lines }: Spending): void {
  if (CARRIES_OVER.includes(source)) return;
  const mine = lines.filter(isOfChildren);
  const takenRial = mine.reduce((sum, one) => sum + one.creditRial - one.debitRial, 0);
  if (takenRial <= 0) return;
  const balanceRial = statements(db).freeOfChildren.get(centreId) as number;
  if (withinBalance.holds({ balanceRial, takenRial })) return;
  throw new Refusal('funds:refusals.held-for-children', {
    clause: withinBalance.id,
    values: {
      ...namesOf(findFund(db, ORPHANS), ORPHANS),
      ...{ freeRial: Math.max(0, balanceRial), takenRial },
    },
  });
}

/** Nobody is paid what he is not owed; a bill that was paid is not taken back before its payment. */
function requireDebts(db: Db, { centreId, source, lines }: Spending): void {
  if (CARRIES_OVER.includes(source)) return;
  const due = lines.filter(({ account }) => account === PAYABLE);
  for (const [code, ofFund] of Map.groupBy(due, ({ fund }) => fund)) {
    const paidRial = ofFund.reduce((sum, one) => sum + one.debitRial - one.creditRial, 0);
    const owedRial = -balanceOfFund(db, centreId, PAYABLE, code);
    const pays = ofFund.some(({ debitRial }) => debitRial > 0);
    if (!pays || owedOnly.holds({ owedRial, paidRial })) continue;
    const fund = findFund(db, code);
    const values = { ...namesOf(fund, code), owedRial: Math.max(owedRial, 0) };
    throw new Refusal('funds:refusals.not-owed', { clause: owedOnly.id, values });
  }
}

/** What carries balances over a day pays nothing. */
const CARRIES_OVER: readonly Source[] = ['opening', 'closing', 'conversion'];

function requireUses(
  db: Db,
  { centreId, source, entryOn, lines, overridden = [] }: Spending,
): void {
  if (SPENDS_NOTHING.includes(source)) return;
  requireDeeds(db, { centreId, source, lines });
  requireNoInterest(db, entryOn, lines);
  for (const { account, fund: code, debitRial } of lines) {
    if (debitRial === 0 || account === SERVICES) continue;
    const fund = findFund(db, code, entryOn);
    if (!fund) continue;
    // What is spent under a leave is spent on the uses that the leave names.
    const byLeave = account.startsWith('6') && needsLeave(fund);
    if (SPENT.test(account) && !byLeave) requireUse(db, centreId, fund, account);
    const credits = lines.filter((line) => line.fund === code && line.creditRial > 0);
    const inMoney = credits.some((line) => MONEY.test(line.account));
    if (inMoney && GOODS.test(account)) requireForTheNeedy(fund);
    // What is paid later, or was paid before, is bought all the same.
    if (EQUIPMENT.test(account)) requireForTheCentre(fund, 'equipment');
    if (account === PREPAID) requireForTheCentre(fund, 'prepaid');
    if (LAND.test(account) && source !== 'donation') refuse('land', fund);
    if (!account.startsWith('6')) continue;
    const fromStore = credits.every((line) => GOODS.test(line.account));
    const inKindOnly = blocks(fund, 'in-kind-only');
    const passed = overridden.some((one) => one.fund === code && one.rule === 'in-kind-only');
    if (inKind.holds({ inKindOnly, paidInMoney: !fromStore, overridden: passed })) continue;
    refuse('in-kind-only', fund);
  }
}

/** A fund that lends earns nothing by it. */
function requireNoInterest(db: Db, entryOn: string, lines: Line[]): void {
  for (const { account, fund: code, creditRial } of lines) {
    if (creditRial === 0 || !EARNED.test(account)) continue;
    const fund = findFund(db, code, entryOn);
    const noInterest = fund !== undefined && blocks(fund, 'no-interest');
    if (!withoutInterest.holds({ noInterest, earns: true })) refuse('no-interest', fund!);
  }
}

function requireUse(db: Db, centreId: number, fund: Fund, account: string): void {
  if (onItsUse.holds({ uses: fund.uses, account })) return;
  const named = findAccount(db, centreId, account);
  const values = { accountFa: named?.nameFa ?? account, accountEn: named?.nameEn ?? account };
  refuse(account.startsWith('7') ? 'running-costs' : 'other-use', fund, values);
}

/** What the centre buys for itself is bought like its other running costs. */
function requireForTheCentre(fund: Fund, key: 'equipment' | 'prepaid'): void {
  if (!fund.uses.some((use) => use.startsWith('7'))) refuse(key, fund);
}

function requireForTheNeedy(fund: Fund): void {
  if (!fund.uses.some((use) => use.startsWith('6'))) refuse('no-goods', fund);
}

function refuse(key: string, fund: Fund, values: Record<string, string> = {}): never {
  throw new Refusal(`funds:refusals.${key}`, {
    ...{ clause: onItsUse.id, values: { ...namesOf(fund, fund.code), ...values } },
  });
}

function namesOf(fund: Fund | undefined, code: string) {
  return { fundFa: fund?.nameFa ?? code, fundEn: fund?.nameEn ?? code };
}
