/**
 * The redenomination of the rial: from a day on amounts are said in new rials, each of so many former
 * ones. Nothing recorded is changed, and all is counted on in former rials, so that cheques, debts,
 * pledges, lots and what is left of a gift are what they were to the rial. Only money, of which there
 * is no smaller coin than the hundredth of a new rial, is rounded to it on that day, fund by fund.
 */
import type { Actor } from '../access/actor.ts';
import { balanceOfFund } from '../funds/spending.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { addDays } from '../values/jalali-date.ts';
import { type NewUnit, sayIn } from '../values/money-unit.ts';
import { formatCount } from '../values/rial.ts';
import { wordsFor } from '../words.ts';
import { type Line, nextEntry, type PostedEntry, postEntry } from './entries.ts';
import { closedThrough } from './periods.ts';
import { netsThrough } from './statement-figures.ts';
import { chunksByFund } from './year-end.ts';

const statements = prepared((db) => ({
  find: db.$client.prepare(
    'SELECT factor, from_on AS fromOn, act_id AS actId FROM currency_conversions',
  ),
  insert: db.$client.prepare('INSERT INTO currency_conversions VALUES (1, ?, ?, ?)'),
  insertEntry: db.$client.prepare('INSERT INTO conversion_entries VALUES (?, ?)'),
  centres: db.$client.prepare('SELECT id, code FROM centres ORDER BY code'),
}));

/** The redenomination of this file; undefined while there was none. */
export function conversionOf(db: Db): Conversion | undefined {
  return statements(db).find.get() as Conversion | undefined;
}

type Conversion = NewUnit & { actId: number };

/** The unit of a paper that an act issued: what was issued before says what it said. */
export function unitOfAct(db: Db, actId: number): NewUnit | null {
  const found = conversionOf(db);
  return found && actId > found.actId ? found : null;
}

/** The new unit where a day's amounts are said in it. */
export function unitOn(db: Db, day: string): NewUnit | null {
  const found = conversionOf(db);
  return found && found.fromOn <= day ? found : null;
}

/** Says the amounts of this answer as they were said on the day it is about. */
export function sayAsOn(db: Db, day: string): void {
  sayIn(unitOn(db, day));
}

/** What a fund had on an account in former rials, and by how much it was rounded. */
export type Rounded = { account: string; fund: string; rial: number; byRial: number };
export type Converted = {
  centre: { id: number; code: string };
  /** Every account of every fund with something on it, the day before. */
  standing: { account: string; fund: string; net: number }[];
  rounded: Rounded[];
  entries: PostedEntry[];
};

/** Converts the books of every centre on a day, in one act. */
export function convertRial(tx: Tx, actor: Actor, { fromOn, factor }: NewUnit): Converted[] {
  if (conversionOf(tx)) throw new Refusal('books:refusals.converted-already');
  if (fromOn > actor.today) {
    throw new Refusal('books:refusals.conversion-to-come', { values: { todayOn: actor.today } });
  }
  const act = record(tx, actor, {
    ...{ kind: 'currency.converted', subject: 'currency', after: { fromOn, factor } },
  });
  statements(tx).insert.run(fromOn, factor, act.id);
  const centres = statements(tx).centres.all() as Converted['centre'][];
  return centres.map((centre) => convertCentre(tx, actor, centre, { fromOn, factor }, act.id));
}

function convertCentre(
  tx: Tx,
  actor: Actor,
  centre: Converted['centre'],
  { fromOn, factor }: NewUnit,
  actId: number,
): Converted {
  const standing = netsThrough(tx, centre.id, addDays(fromOn, -1)).filter(({ net }) => net !== 0);
  const rounded = standing
    .filter(({ account }) => MONEY.includes(account))
    .map(({ account, fund, net }) => {
      const byRial = roundingOf(account, net, factor / 100);
      // What was spent since may have left less than the rounding takes.
      const left = balanceOfFund(tx, centre.id, account, fund);
      return { account, fund, rial: net, byRial: left + byRial < 0 ? 0 : byRial };
    })
    .filter(({ byRial }) => byRial !== 0);
  if (rounded.length === 0) return { centre, standing, rounded, entries: [] };
  const throughOn = closedThrough(tx, centre.id);
  if (throughOn !== undefined && throughOn >= fromOn) {
    const values = { code: centre.code, throughOn };
    throw new Refusal('books:refusals.conversion-closed', { values });
  }
  const description = wordsFor('fa')('books:conversion.description', {
    factor: formatCount(factor, 'fa'),
  });
  const entries = chunksByFund(rounded.flatMap(linesOf)).map((lines) => {
    const { id } = nextEntry(tx, centre.id, fromOn);
    statements(tx).insertEntry.run(id, centre.id);
    const entry = { centreId: centre.id, entryOn: fromOn, description, lines, actId };
    return postEntry(tx, actor, { ...entry, source: 'conversion' });
  });
  return { centre, standing, rounded, entries };
}

/** Cash, the bank and petty cash. What is on its way has a deed of its own, to the former rial. */
const MONEY = ['1101', '1102', '1103'];
const PETTY = '1103';
/** What is found over or short of money. */
const DIFFERENCE = '8101';

/** To the nearest coin; petty cash down, for it holds no more than its float. */
function roundingOf(account: string, rial: number, coin: number): number {
  const coins = account === PETTY ? Math.floor(rial / coin) : Math.round(rial / coin);
  return coins * coin - rial;
}

function linesOf({ account, fund, byRial }: Rounded): Line[] {
  const [over, short] = [Math.max(byRial, 0), Math.max(-byRial, 0)];
  return [
    { account, fund, debitRial: over, creditRial: short },
    { account: DIFFERENCE, fund, debitRial: short, creditRial: over },
  ];
}
