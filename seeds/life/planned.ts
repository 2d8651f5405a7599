/** Gifts that a large centre's calendar knows of: each kind on its days, with what becomes of them. */
import { closeBatch, fillBatch, findBatch, openBatch } from '../../src/donations/batches.ts';
import { type ChequeEvent, findCheque, recordStep } from '../../src/donations/cheques.ts';
import { findDeposit, matchDeposit, recordDeposit } from '../../src/donations/deposits.ts';
import { findReceipt, type Gift, issueReceipt } from '../../src/donations/receipts.ts';
import { TRIBUTES } from '../../src/donations/schema.ts';
import { issueTribute } from '../../src/donations/tributes.ts';
import { changeIntention } from '../../src/funds/intentions.ts';
import {
  announceGoods,
  endAnnouncement,
  findAnnouncement,
  receiveAnnounced,
} from '../../src/goods/announcements.ts';
import { makePledge } from '../../src/pledges/pledges.ts';
import { enterCommitteeGift, shareReport } from '../../src/pledges/share.ts';
import { addDays } from '../../src/values/jalali-date.ts';
import { giveOnPaper } from './boxes.ts';
import { amount, donorOf, itemOf } from './gifts.ts';
import { momentOf, purse, rounded, serial, type Turn, words } from './house.ts';
import { letPass } from './spending.ts';

/** A gift of the calendar: the nth of its kind, and so many gifts at once. */
export type Planned = {
  on: string;
  rank: number;
  gifts: number;
  deed: (turn: Turn) => void;
};

type Kind = {
  /** The first after so many days of the year, and then every so many. */
  first: number;
  every: number;
  gifts?: number;
  /** So often at the most. */
  times?: number;
  deed: (turn: Turn, nth: number) => void;
};

const KINDS: Kind[] = [
  { first: 3, every: 7, deed: giveByTruck },
  { first: 6, every: 24, deed: giveCheque },
  { first: 9, every: 30, deed: matchUnknown },
  { first: 12, every: 23, deed: giveSplit },
  { first: 16, every: 26, deed: giveInMemory },
  { first: 20, every: 30, deed: giveAsSponsor },
  { first: 21, every: 30, times: 5, deed: keepPromise },
  { first: 40, every: 60, deed: giveAsFirm },
  { first: 250, every: 90, deed: takeCommitteeShare },
  { first: 25, every: 110, gifts: 8, deed: giveInBatch },
  { first: 30, every: 14, times: 12, deed: giveOnPaper },
  { first: 35, every: 150, deed: giveKhums },
  { first: 45, every: 90, deed: giveKaffara },
  { first: 50, every: 200, deed: changePurpose },
];

/** What the calendar brings from a day to another, the first of each kind before any second. */
export function plannedGifts(from: string, to: string): Planned[] {
  return KINDS.flatMap(({ first, every, gifts = 1, times = Number.MAX_SAFE_INTEGER, deed }) => {
    const found: Planned[] = [];
    for (let rank = 0; rank < times; rank += 1) {
      const on = addDays(from, first + rank * every);
      if (on > to) break;
      found.push({ on, rank, gifts, deed: (turn) => deed(turn, rank) });
    }
    return found;
  }).toSorted((one, other) => one.rank - other.rank);
}

function gift(turn: Turn, more: Partial<Gift>): Gift {
  const { chance, house, today } = turn;
  return {
    ...{ amountRial: amount(chance), fund: 'sadaqa', receivedOn: today },
    ...{ donor: donorOf(chance.below(house.donors)), unusualAmount: 'confirmed' },
    ...more,
  };
}

const give = (turn: Turn, more: Partial<Gift>) =>
  issueReceipt(turn.tx, turn.finance, turn.centre, gift(turn, more));

/** Announced some days before, brought in two parts, the second of which may never come. */
function giveByTruck(turn: Turn, nth: number): void {
  const { tx, centre, chance, today, finance } = turn;
  const good = words.goods[nth % words.goods.length]!;
  const units = good.least * (100 + chance.below(200));
  const fund = nth % 6 === 5 ? 'vow' : 'sadaqa';
  const items = [itemOf(good, units, today)];
  const donor = donorOf(chance.below(turn.house.donors));
  const goods = { kind: 'goods' as const, fund, donor, items, amountRial: items[0]!.valueRial };
  if (nth % 3 !== 0) {
    give(turn, goods);
    return;
  }
  const { name, unit } = good;
  const announced = [{ name, unit, quantityMilli: units * 1000 }];
  const told = { fund, donor, expectedOn: addDays(today, 2), note: words.said.announced };
  const announcement = announceGoods(tx, finance, centre, { ...told, items: announced });
  const { receipt } = give(turn, goods);
  receiveAnnounced(tx, finance, centre, { announcement, receipt });
  const known = findAnnouncement(tx, centre.id, announcement.id);
  endAnnouncement(tx, finance, centre, { announcement: known, reason: null });
}

/** A cheque goes to the bank on its day, and is paid some days later; every sixth is not. */
function giveCheque(turn: Turn, nth: number): void {
  const { chance, today, add } = turn;
  const dueOn = addDays(today, 8 + chance.below(6));
  const reference = { reference: serial(turn), bank: chance.pick(words.banks), dueOn };
  const amountRial = 10_000_000 * (2 + chance.below(7));
  const { receipt } = give(turn, { kind: 'cheque', reference, amountRial });
  const step = (state: ChequeEvent, note?: string) => (then: Turn) => {
    const cheque = findCheque(then.tx, then.centre.id, receipt);
    const typed = { state, happenedOn: then.today, note };
    recordStep(then.tx, then.chair, then.centre, cheque, typed);
  };
  const lost = nth % 6 === 1;
  add(momentOf(dueOn, 30), step('deposited'));
  add(
    momentOf(addDays(dueOn, 3), 30),
    lost ? step('bounced', words.said.bounced) : step('cleared'),
  );
}

/** Money came from nobody known, and somebody called some days later. */
function matchUnknown(turn: Turn): void {
  const { tx, centre, chance, house, finance } = turn;
  const waiting = tx.$client
    .prepare(
      `SELECT d.id FROM deposits d WHERE d.centre_id = ?
         AND NOT EXISTS (SELECT 1 FROM deposit_matches WHERE deposit_id = d.id) ORDER BY d.id LIMIT 1`,
    )
    .pluck()
    .get(centre.id) as number | undefined;
  const id = waiting ?? findUnknown(turn);
  const donor = donorOf(chance.below(house.donors));
  matchDeposit(tx, finance, centre, findDeposit(tx, centre.id, id), { fund: 'sadaqa', donor });
}

/** Something on the account that nobody has told of yet. */
export function findUnknown(turn: Turn): number {
  const { tx, centre, chance, today, finance } = turn;
  const amountRial = 1_000_000 * (1 + chance.below(20));
  const typed = { reference: serial(turn), depositedOn: today, amountRial };
  return recordDeposit(tx, finance, centre, { ...typed, words: words.said.unknown }).id;
}

function giveSplit(turn: Turn): void {
  const parts = [
    { fund: 'sadaqa', amountRial: 2_000_000 },
    { fund: 'running-costs', amountRial: 1_000_000 },
    { fund: 'orphans', amountRial: 1_500_000 },
  ];
  give(turn, { parts, amountRial: 4_500_000 });
}

/** With the card that is handed over instead of a wreath. */
function giveInMemory(turn: Turn, nth: number): void {
  const { tx, centre, finance } = turn;
  const donor = donorOf(NAMED);
  const { receipt } = give(turn, { amountRial: 5_000_000, donor });
  const { named, occasion, addressee } = words.letters;
  const tribute = TRIBUTES[nth % TRIBUTES.length]!;
  issueTribute(tx, finance, centre, findReceipt(tx, centre.id, receipt), {
    ...{ tribute, named, occasion, addressee, showsGiver: nth % 2 === 0, showsAmount: false },
  });
}

/** Who promised what: a sponsor, one who stops, one of every year, and goods. */
export function promise({ tx, centre, today, finance }: Turn): void {
  const monthly = { repeats: 'monthly' as const, firstOn: addDays(today, 15), lastOn: null };
  const child = { fund: 'orphans', amountRial: 6_000_000, sponsoredCode: words.child };
  makePledge(tx, finance, centre, { ...monthly, ...child, donor: donorOf(1) });
  const alms = { fund: 'sadaqa', amountRial: 2_000_000 };
  makePledge(tx, finance, centre, { ...monthly, ...alms, donor: donorOf(2) });
  const yearly = { fund: 'vow', amountRial: 10_000_000, repeats: 'yearly' as const };
  makePledge(tx, finance, centre, { ...yearly, firstOn: addDays(today, 700), donor: donorOf(3) });
  const goods = { fund: 'sadaqa', goods: words.said.promisedGoods, repeats: 'once' as const };
  makePledge(tx, finance, centre, { ...goods, firstOn: addDays(today, 690), donor: donorOf(4) });
}

/** A donor who may be named, and two promises. */
const NAMED = 5;
const SPONSOR = 1;
const PROMISE = 2;

function giveAsSponsor(turn: Turn): void {
  const reference = { reference: serial(turn) };
  const child = { fund: 'orphans', amountRial: 6_000_000, donor: undefined, pledge: SPONSOR };
  give(turn, { ...child, kind: 'transfer', reference });
}

function keepPromise(turn: Turn): void {
  give(turn, { amountRial: 2_000_000, donor: undefined, pledge: PROMISE });
}

function giveAsFirm(turn: Turn): void {
  const reference = { reference: serial(turn) };
  const firm = { name: words.firm, mobile: '09009900001', mayBeNamed: true };
  give(turn, { kind: 'transfer', fund: 'csr', donor: firm, amountRial: 60_000_000, reference });
}

/** A tenth of what was given since the rate was set, by the committee's letter. */
function takeCommitteeShare(turn: Turn): void {
  const { tx, centre, today, finance, house } = turn;
  const { differenceRial } = shareReport(tx, centre.id, { fromOn: house.from, toOn: today });
  enterCommitteeGift(tx, finance, centre, {
    ...{ amountRial: Math.max(1_000_000, rounded(differenceRial)), receivedOn: today },
    ...{ reference: serial(turn), letterNumber: serial(turn, 4), letterOn: addDays(today, -3) },
  });
}

/** Envelopes of a night, entered under a control sum. */
function giveInBatch(turn: Turn, nth: number): void {
  const { tx, centre, chance, today, finance, chair } = turn;
  const rows = Array.from({ length: 8 }, () => amount(chance));
  const controlRial = rows.reduce((sum, rial) => sum + rial, 0);
  const { number } = openBatch(tx, finance, centre, {
    ...{ words: words.batches[nth % words.batches.length]!, receivedOn: today },
    ...{ controlCount: rows.length, controlRial },
  });
  const gifts = rows.map((amountRial) => ({ amountRial, fund: 'sadaqa' }));
  fillBatch(tx, finance, centre, findBatch(tx, centre.id, number), gifts);
  closeBatch(tx, chair, centre, findBatch(tx, centre.id, number));
}

function giveKhums(turn: Turn): void {
  const reference = { reference: serial(turn) };
  give(turn, { kind: 'transfer', fund: 'khums-imam', amountRial: 30_000_000, reference });
}

/** Of the first the chair lets a part be paid out as money. */
function giveKaffara(turn: Turn, nth: number): void {
  const { id } = give(turn, { fund: 'kaffara', amountRial: 24_000_000 });
  if (nth === 0) turn.add(momentOf(addDays(turn.today, 1), 45), (then) => letPass(then, id));
}

/** A wedding that came to nothing: what was given for it goes to another purpose, as the giver agreed. */
function changePurpose(turn: Turn): void {
  const { tx, centre, today, chair } = turn;
  const { receipt } = give(turn, { fund: 'dowry', amountRial: 8_000_000 });
  if (purse(turn, 'dowry').rial < 3_000_000) return;
  changeIntention(tx, chair, centre, {
    receipt: findReceipt(tx, centre.id, receipt),
    asked: {
      ...{ fromFund: 'dowry', toFund: 'purpose', amountRial: 3_000_000, account: '1101' },
      ...{ way: 'consent', consent: 'writing', consentedOn: today, reason: words.said.consent },
    },
  });
}
