/** A centre of the sample as it lives: who acts for it, its chance, and what it has before it. */
import { createRequire } from 'node:module';
import { type Actor, inCentre } from '../../src/access/actor.ts';
import type { Centre } from '../../src/centres/centres.ts';
import type { Tx } from '../../src/provinces/connection.ts';
import { dayInTehran } from '../../src/values/jalali-date.ts';
import type { Chance } from '../chance.ts';
import { stepsAt } from '../neighbourhood.ts';
import type { Agenda } from './agenda.ts';

/** What its users, donors and shops say and are called; all of it invented. */
export const words = createRequire(import.meta.url)('./words.json') as Words;

export type Good = {
  name: string;
  unit: 'kg' | 'litre' | 'piece' | 'set' | 'pack';
  account: string;
  /** A unit costs so much. */
  rial: number;
  /** So many units are given at once at the least. */
  least: number;
  /** So many days it keeps; null of what does not spoil. */
  keeps: number | null;
};

type Words = {
  goods: Good[];
  surplus: string;
  stores: { name: string; place: string; keeper: string }[];
  kit: string;
  boxes: {
    kind: 'shop' | 'home' | 'office' | 'school' | 'street';
    place: string;
    keeper: string;
  }[];
  shops: { name: string; kind: 'shop' | 'utility' | 'printer' | 'carrier' | 'marja-office' }[];
  childAccount: string;
  child: string;
  services: string[];
  firm: string;
  letters: { named: string; occasion: string; addressee: string };
  batches: string[];
  banks: string[];
  buyer: string;
  receiver: string;
  marja: string;
  source: string;
  document: string;
  said: Record<Said, string>;
};
type Said =
  | ('livelihood' | 'treatment' | 'study' | 'orphans' | 'dowry' | 'food' | 'basket' | 'bill')
  | ('prints' | 'carriage' | 'passOn' | 'khums' | 'pettyCash' | 'expense' | 'undocumented' | 'plan')
  | ('opening' | 'damaged' | 'bounced' | 'announced' | 'shortage' | 'surplus' | 'override')
  | ('consent' | 'returned' | 'crossedOut' | 'lost' | 'reported' | 'bank' | 'fee' | 'unknown')
  | ('eidSource' | 'rateSource' | 'reviewed' | 'vermin' | 'promisedGoods' | 'fitra' | 'debt');

export type House = {
  centre: Centre;
  chair: number;
  finance: number;
  /** Who signs for the chair on the days of an absence, where there is a vice-chair. */
  vice: number | undefined;
  /** Those who stand by at a count: two of the board; none where the board is two only. */
  counters: number[];
  /** Committee users who permit, set rates and days. */
  head: number;
  deputy: number;
  chance: Chance;
  agenda: Agenda<Turn>;
  /** Whether it lives the whole of a year; others live a smaller life of the same kinds. */
  large: boolean;
  /** Whether it has an account at the bank. */
  banks: boolean;
  /** The days of its life in the sample. */
  from: string;
  to: string;
  /** So many donors, who come again and again. */
  donors: number;
  /** What it goes on with from deed to deed. */
  kept: { serial: number; leaf: number; sent?: Date };
  actors: Map<number, Actor>;
};

/** One deed's moment in the life of a house. */
export type Turn = {
  tx: Tx;
  house: House;
  centre: Centre;
  moment: Date;
  today: string;
  chance: Chance;
  chair: Actor;
  finance: Actor;
  /** Any user at this moment. */
  as: (user: number) => Actor;
  add: Agenda<Turn>['add'];
};

export function turnOf(tx: Tx, house: House, moment: Date): Turn {
  const { centre, chance, agenda } = house;
  const as = (user: number) => actorAt(tx, house, user, moment);
  return {
    ...{ tx, house, centre, moment, today: dayInTehran(moment), chance, as, add: agenda.add },
    ...{ chair: actingChair(house, as), finance: as(house.finance) },
  };
}

/** B-61: the chair, or the vice-chair on the days of a declared absence. */
function actingChair({ chair, vice }: House, as: Turn['as']): Actor {
  const other = vice === undefined ? undefined : as(vice);
  return other?.seats.some(({ acting }) => acting) ? other : as(chair);
}

/** Who somebody is stays the same from morning to evening, so it is asked for once a day. */
function actorAt(tx: Tx, house: House, user: number, moment: Date): Actor {
  const today = dayInTehran(moment);
  const known = house.actors.get(user);
  if (known?.today === today) return { ...known, now: moment.toISOString() };
  const actor = inCentre(stepsAt(tx, moment)(user), house.centre.id);
  house.actors.set(user, actor);
  return actor;
}

/** Some minutes after nine in the morning, in Tehran. */
export function momentOf(day: string, minutes = 0): Date {
  return new Date(Date.parse(`${day}T05:30:00Z`) + minutes * 60_000);
}

/** The next of a house's running numbers: of cards, slips, letters. */
export function serial({ house }: Turn, width = 6): string {
  house.kept.serial += 1;
  return String(house.kept.serial).padStart(width, '0');
}

export type Held = { fund: string; cash: number; bank: number; collectors: number };

/** What each fund has in the box, at the bank and with those who open boxes. */
export function holdings({ tx, centre }: Turn): Held[] {
  return tx.$client
    .prepare(
      `SELECT fund, sum(iif(account = '1101', debit_rial - credit_rial, 0)) AS cash,
         sum(iif(account = '1102', debit_rial - credit_rial, 0)) AS bank,
         sum(iif(account = '1104', debit_rial - credit_rial, 0)) AS collectors
       FROM balances WHERE centre_id = ? AND account IN ('1101', '1102', '1104')
       GROUP BY fund ORDER BY fund`,
    )
    .all(centre.id) as Held[];
}

/** Where a fund's money is paid from: the bank where there is one. */
export function purse(turn: Turn, fund: string): { account: '1101' | '1102'; rial: number } {
  const held = holdings(turn).find((one) => one.fund === fund);
  if (!held) return { account: '1101', rial: 0 };
  return held.bank >= held.cash
    ? { account: '1102', rial: held.bank }
    : { account: '1101', rial: held.cash };
}

/** Whole ten-thousands below. */
export const rounded = (rial: number, to = 10_000): number => Math.floor(rial / to) * to;
