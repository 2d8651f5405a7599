/** Houses of the sample live side by side: whatever is next on any of their days is done next. */
import type { Tx } from '../../src/provinces/connection.ts';
import { enter } from '../../src/provinces/enter.ts';
import type { Province } from '../../src/provinces/province.ts';
import { giftsOfCalendar, planLife } from './calendar.ts';
import { giveByChance, shareOfGoods } from './gifts.ts';
import { type House, momentOf, turnOf } from './house.ts';

const TURN = 250;
/** Of the gifts of the province the first house has so many; the rest is shared. */
const OF_FIRST = 0.6;
/** Of its gifts at the most so many are of the calendar. */
const OF_CALENDAR = 0.6;

/** A house with its gifts by chance: so many of them, spread evenly over its days. */
export type Life = {
  house: House;
  gifts: number;
  given: number;
  /** Gifts of the calendar, which count as well. */
  planned: number;
  goods: number;
  from: number;
  to: number;
};

type Sharing = { n: number; takers: number; donations: number; now: Date };

/** Begins the nth of so many that take gifts. */
export function beginLife(house: House, { n, takers, donations, now }: Sharing): Life {
  const others = takers - 1;
  const ofEach = others === 0 ? 0 : Math.floor((donations * (1 - OF_FIRST)) / others);
  const all = n === 0 ? donations - ofEach * others : ofEach;
  planLife(house);
  let planned = 0;
  for (const { on, gifts, deed } of house.large ? giftsOfCalendar(house) : []) {
    if (planned + gifts > all * OF_CALENDAR) continue;
    house.agenda.add(momentOf(on, 300), deed);
    planned += gifts;
  }
  const to = Math.min(now.getTime(), momentOf(house.to, 600).getTime());
  const from = momentOf(house.from, 60).getTime();
  const gifts = all - planned;
  return { house, gifts, given: 0, planned, goods: shareOfGoods(gifts), from, to };
}

/** Lives all of them until a moment, in the order of their days; tells how many gifts there are. */
export async function live(
  province: Province,
  lives: Life[],
  until: Date,
  told: (gifts: number) => void,
): Promise<void> {
  let more = lives.length > 0;
  while (more) {
    const turn = Array.from({ length: TURN }, () =>
      enter(province, (tx) => doNext(tx, lives, until)),
    );
    more = (await Promise.all(turn)).every((done) => done);
    told(lives.reduce((sum, { given }) => sum + given, 0));
  }
}

/** Does whatever is next; false when nothing is left by this moment. */
function doNext(tx: Tx, lives: Life[], until: Date): boolean {
  const next = lives
    .map((life) => ({ life, ...nextOf(life) }))
    .reduce((first, one) => (one.at < first.at ? one : first));
  if (next.at > until.getTime()) return false;
  const { life, isGift } = next;
  const { house, goods } = life;
  if (isGift) {
    giveByChance(turnOf(tx, house, new Date(next.at)), life.given, goods);
    life.given += 1;
    return true;
  }
  const due = house.agenda.next(until)!;
  due.deed(turnOf(tx, house, due.at));
  return true;
}

/** The moment of the next gift by chance or of the next deed of the agenda, whichever is first. */
function nextOf({ house, given, gifts, from, to }: Life): { at: number; isGift: boolean } {
  const spread = from + Math.floor(((to - from) * (given + 1)) / gifts) - 60_000;
  const gift = given < gifts ? spread : Number.POSITIVE_INFINITY;
  const deed = house.agenda.peek()?.getTime() ?? Number.POSITIVE_INFINITY;
  return gift < deed ? { at: gift, isGift: true } : { at: deed, isGift: false };
}
