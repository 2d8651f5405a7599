/** Gifts as they come to a centre day by day, of every kind, each by chance. */
import type { GoodsItem } from '../../src/donations/gift-parts.ts';
import {
  cancelReceipt,
  findReceipt,
  type Gift,
  issueReceipt,
} from '../../src/donations/receipts.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import type { Chance } from '../chance.ts';
import { names } from '../sample-names.ts';
import { type Good, serial, type Turn, words } from './house.ts';

/** Fund and its share of the gifts, in hundredths. */
const FUNDS: [string, number][] = [
  ['sadaqa', 50],
  ['zakat-general', 6],
  ['vow', 12],
  ['kaffara', 5],
  ['fidya', 3],
  ['radd-mazalim', 3],
  ['orphans', 8],
  ['purpose', 5],
  ['dowry', 4],
  ['running-costs', 4],
];
/** Goods are given as alms, vows or zakat. */
const FUNDS_OF_GOODS = ['sadaqa', 'sadaqa', 'sadaqa', 'vow', 'zakat-general'];

/** Of a hundred gifts so many by each kind; the rest is cash. */
const KINDS = [
  ['card', 14],
  ['transfer', 6],
  ['goods', 22],
  ['service', 2],
  ['split', 3],
] as const;
type Kind = (typeof KINDS)[number][0] | 'cash';

/** Above so many gifts the share of goods sinks: each of them is looked at and appraised by two. */
const GOODS_AT_MOST = 4000;
/** Now and then a receipt was written twice, and is taken back within the minute. */
const TWICE = { each: 97, at: 41 };

/** Goods among so many gifts of a centre, in hundredths. */
export function shareOfGoods(gifts: number): number {
  return Math.min(22, (100 * GOODS_AT_MOST) / Math.max(1, gifts));
}

/** One gift, of whatever kind it happens to be. */
export function giveByChance(turn: Turn, nth: number, goods: number): void {
  const { tx, finance, centre } = turn;
  const { receipt } = issueReceipt(tx, finance, centre, ofKind(turn, kindOf(turn, goods)));
  if (nth % TWICE.each !== TWICE.at) return;
  cancelReceipt(tx, finance, centre, findReceipt(tx, centre.id, receipt), names.cancelled);
}

function kindOf({ chance, house }: Turn, goods: number): Kind {
  let left = chance.share() * 100;
  for (const [kind, share] of KINDS) {
    const many = kind === 'goods' ? goods : share;
    if (left < many) return house.banks || kind === 'goods' || kind === 'service' ? kind : 'cash';
    left -= many;
  }
  return 'cash';
}

function ofKind(turn: Turn, kind: Kind): Gift {
  const { chance, today } = turn;
  const gift = plain(turn);
  if (kind === 'cash') return gift;
  if (kind === 'card' || kind === 'transfer') {
    return { ...gift, kind, reference: { reference: serial(turn) } };
  }
  if (kind === 'split') {
    const half = gift.amountRial / 2;
    const other = gift.fund === 'sadaqa' ? 'vow' : 'sadaqa';
    const parts = [gift.fund, other].map((fund) => ({ fund, amountRial: half }));
    return { ...gift, parts };
  }
  if (kind === 'service') {
    const hours = 2 + chance.below(6);
    const service = { description: chance.pick(words.services), hoursCenti: hours * 100 };
    return { ...gift, fund: 'sadaqa', kind, service, amountRial: hours * 800_000 };
  }
  const good = chance.pick(words.goods);
  const items = [itemOf(good, good.least * (1 + chance.below(4)), today)];
  const [fund, amountRial] = [chance.pick(FUNDS_OF_GOODS), items[0]!.valueRial];
  return { ...gift, kind, fund, items, amountRial };
}

/** So many units of a good, worth what they cost. */
export function itemOf(good: Good, units: number, today: string): GoodsItem {
  const { name, unit, account, rial, keeps } = good;
  return {
    ...{ name, unit, account, quantityMilli: units * 1000, valueRial: units * rial },
    condition: keeps === null ? 'new' : 'perishable',
    expiresOn: keeps === null ? null : addDays(today, keeps),
  };
}

function plain({ chance, house, today }: Turn): Gift {
  const anonymous = chance.share() < 0.15;
  const purpose = chance.share() < 0.3 ? chance.pick(names.purposes) : undefined;
  const donor = anonymous ? undefined : donorOf(chance.below(house.donors));
  const told = { amountRial: amount(chance), fund: fundOf(chance), receivedOn: today };
  return { ...told, donor, purpose, unusualAmount: 'confirmed' };
}

/** The nth donor of a centre: always the same name, number and wish. */
export function donorOf(n: number): NonNullable<Gift['donor']> {
  const man = n % 2 === 0;
  const first = man
    ? names.men[(n >> 1) % names.men.length]
    : names.women[(n >> 1) % names.women.length];
  const family = names.families[Math.floor(n / 7) % names.families.length];
  const serial = n >= 400 ? ` ${Math.floor(n / 400) + 1}` : '';
  const name = n % 53 === 52 ? names.firms[n % names.firms.length]! : `${first} ${family}${serial}`;
  const mobile = `0900${String(1_000_000 + n).slice(-7)}`;
  return { name, mobile, mayBeNamed: n % 19 !== 18 };
}

function fundOf(chance: Chance): string {
  let left = chance.below(100);
  for (const [fund, share] of FUNDS) {
    if (left < share) return fund;
    left -= share;
  }
  return 'sadaqa';
}

/** Most give some hundred thousand rials, few give many millions; always whole ten-thousands. */
export function amount(chance: Chance): number {
  const size = 10 ** (5.3 + 2.2 * chance.share() * chance.share());
  return Math.max(2, Math.round(size / 100_000)) * 100_000;
}
