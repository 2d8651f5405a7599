/** Sample data: invented people in invented places, through the same verbs as real entries. */
import { createRequire } from 'node:module';
import { SingleBar } from 'cli-progress';
import { type Actor, inCentre, systemActor } from '../src/access/actor.ts';
import { hashPassword } from '../src/access/passwords.ts';
import type { CoreSeat, Seat, Task } from '../src/access/powers.ts';
import { type Centre, findCentre, registerCentre } from '../src/centres/centres.ts';
import { registerCounty } from '../src/centres/counties.ts';
import { cancelReceipt, findReceipt, type Gift, issueReceipt } from '../src/donations/receipts.ts';
import { standingOn } from '../src/licence/standing.ts';
import type { Tx } from '../src/provinces/connection.ts';
import { enter } from '../src/provinces/enter.ts';
import type { Province } from '../src/provinces/province.ts';
import { type MemorandumTyped, recordMemorandum } from '../src/templates/memoranda.ts';
import { recordLook } from '../src/trail/looks.ts';
import { dayInTehran } from '../src/values/jalali-date.ts';
import { type Chance, chanceFrom } from './chance.ts';
import { beginMonitoring, declareAway, fillFirstMonths, fillRegister } from './first-months.ts';
import { beginFirstYear, layStreets, type SampleUser } from './first-year.ts';
import { inventedId } from './invented-id.ts';
import { bringInto, countyOfNth, lastDay, type Supervisors, stateOfNth } from './lives.ts';
import {
  equipCentre,
  licenseCentre,
  openOfficer,
  quarter,
  readyCentre,
  seatTrustee,
  stepsAt,
} from './neighbourhood.ts';
import type { Candidate } from './opening.ts';
import { fillPlaces } from './places.ts';
import { spendAndBank } from './sample-entries.ts';

export type SampleAsked = { centres: number; donations: number; seed: number; now: Date };

export type SampleMade = {
  password: string;
  users: { username: string; role: string }[];
  centres: {
    code: string;
    state: string;
    users: { username: string; seat: Seat }[];
    /** Volunteers with a task by the chair's letter (B-45). */
    volunteers?: { username: string; task: Task }[];
  }[];
};

type Names = {
  counties: string[];
  deputy: string;
  memorandum: MemorandumTyped;
  officers: Record<string, string>;
  centres: string[];
  mosques: string[];
  places: string[];
  streets: string[];
  men: string[];
  women: string[];
  families: string[];
  firms: string[];
  purposes: string[];
  cancelled: string;
};

const names = createRequire(import.meta.url)('./sample-names.json') as Names;

/** Everybody's, and good enough for the program's own rule. */
const PASSWORD = 'nikukari-1405';
const DAY_MS = 86_400_000;
/** A year of gifts, after the weeks in which the centre was set up. */
const GIFT_DAYS = 365;
const TURN = 250;
/** So many centres have all six core seats held; the others a chair and who keeps their books. */
const WHOLE_BOARDS = 4;

/** The first chair was away once, so many days after the licence. */
const AWAY_AFTER = 60;

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

type Founded = {
  centre: Centre;
  chair: number;
  finance: number;
  /** The last day on which it may take a gift; null before its licence. */
  until: string | null;
  /** When the cash is next taken to the bank. */
  bankingDue: Date;
  users: SampleUser[];
  desk?: Actor;
};

/** Lays the sample in an empty province, deterministic by its seed but for the day it ends on. */
export async function laySample(province: Province, asked: SampleAsked): Promise<SampleMade> {
  const chance = chanceFrom(asked.seed);
  const passwordHash = await hashPassword(PASSWORD);
  const bar = new SingleBar({ format: '{bar} {value}/{total} {step}' });
  bar.start(asked.donations, 0, { step: 'centres' });
  const start = new Date(asked.now.getTime() - (GIFT_DAYS + 30) * DAY_MS);
  const office = await enter(province, (tx) => openOffices(tx, start, passwordHash));
  const founded: Founded[] = [];
  for (let n = 0; n < asked.centres; n++) {
    const where = countyOfNth(n, asked.centres);
    const officers = { ...office, head: office.heads[where]! };
    const told = { n, officers, county: office.counties[where]!, asked };
    founded.push(await enter(province, (tx) => foundCentre(tx, told, passwordHash)));
  }
  await layGifts(province, founded, asked, chance, bar);
  await layMonths(province, founded, office, asked.now, passwordHash);
  await layLives(province, founded, office, asked);
  bar.stop();
  const today = dayInTehran(asked.now);
  return {
    password: PASSWORD,
    users: office.users,
    centres: founded.map(({ centre, users }) => {
      const state = standingOn(province.db, centre.id, today).state;
      const seated = users.flatMap(({ username, seat }) => (seat ? [{ username, seat }] : []));
      const tasked = users.flatMap(({ username, task }) => (task ? [{ username, task }] : []));
      return { code: centre.code, state, users: seated, volunteers: tasked };
    }),
  };
}

type Offices = Omit<Supervisors, 'head'> & {
  heads: number[];
  counties: number[];
  users: { username: string; role: string }[];
};

function openOffices(tx: Tx, moment: Date, passwordHash: string): Offices {
  const actor = systemActor(moment.toISOString(), dayInTehran(moment));
  const users: Offices['users'] = [];
  const open = (username: string, name: string, role: string, countyId: number | null) => {
    users.push({ username, role });
    const told = { username, name, role: role as 'inspector', countyId, passwordHash };
    return openOfficer(tx, actor, told);
  };
  const deputy = open('province-deputy', names.deputy, 'province-deputy', null);
  recordMemorandum(tx, stepsAt(tx, moment)(deputy), names.memorandum);
  const counties = names.counties.slice(0, 2).map((name) => registerCounty(tx, actor, name));
  const heads = counties.map((countyId, i) => {
    const name = `${names.men[i + 3]} ${names.families[i]}`;
    return open(i === 0 ? 'county-head' : `county-head-${i + 1}`, name, 'county-head', countyId);
  });
  const [inspector, security, selection] = [
    'inspector',
    'security',
    'selection',
    'system-admin',
  ].map((role) => open(role, names.officers[role]!, role, null));
  const offices = { inspector: inspector!, security: security!, selection: selection! };
  return { deputy, ...offices, heads, counties, users };
}

type Founding = { n: number; officers: Supervisors; county: number; asked: SampleAsked };

/** The nth centre: the second has no activity code yet, the third's licence is about to end. */
function foundCentre(tx: Tx, told: Founding, passwordHash: string): Founded {
  const { n, officers, county, asked } = told;
  const moment = new Date(asked.now.getTime() - (GIFT_DAYS + 5) * DAY_MS);
  const as = stepsAt(tx, moment);
  const head = as(officers.head);
  const centre = registerNth(tx, head, told);
  const state = stateOfNth(n, asked.centres);
  const board = boardOf(n);
  if (state === 'before') {
    readyCentre(tx, as, centre, { officers, board, area: quarter(n) });
    return { centre, chair: 0, finance: 0, until: null, bankingDue: asked.now, users: [] };
  }
  const days = { fromOn: head.today, toOn: lastDay(state, dayInTehran(asked.now)) };
  const licence = { number: `${1000 + n}/${county}`, ...days };
  licenseCentre(tx, as, centre, { officers, board, area: quarter(n), licence });
  const seat = (held: CoreSeat, chair?: number) => {
    const trustee = { ...board[held], seat: held };
    return seatTrustee(tx, as, officers, centre, { trustee, days, passwordHash, chair });
  };
  const chair = seat('chair');
  const finance = seat('admin-finance', chair);
  const held = n < WHOLE_BOARDS ? BOARD : BOARD.slice(0, 2);
  for (const one of held.slice(2)) seat(one, one === 'vice-chair' ? undefined : chair);
  fillPlaces(tx, inCentre(as(chair), centre.id), centre);
  if (n % 3 !== 1) {
    const code = `09-${1274 + n}`;
    equipCentre(tx, as, officers.head, centre, { code, accountNumber: `3000${100000 + n}` });
  }
  const users: SampleUser[] = held.map((one) => ({ username: board[one].username, seat: one }));
  if (n === 0) {
    const first = { centre, chair, officers, until: days.toOn, passwordHash };
    layStreets(tx, as, officers.head, county);
    fillRegister(tx, as, officers.head, centre);
    users.push(...beginFirstYear(tx, as, first));
    declareAway(tx, as, officers.head, centre, AWAY_AFTER);
  }
  const bankingDue = new Date(moment.getTime() + 35 * DAY_MS);
  const until = days.toOn;
  // Read again, for it has its activity code by now.
  return { centre: findCentre(tx, centre.code), chair, finance, until, bankingDue, users };
}

function registerNth(tx: Tx, head: Actor, { n, county }: Founding): Centre {
  const [lon, lat] = firstCorner(quarter(n));
  const pick = <T>(list: T[]): T => list[n % list.length]!;
  const imam = `${pick(names.men)} ${names.families[(n + 7) % names.families.length]}`;
  return registerCentre(tx, head, {
    ...{ name: numbered(names.centres, n), kind: 'neighbourhood', countyId: county },
    ...{ host: 'mosque', hostName: numbered(names.mosques, n), imamName: imam },
    ...{ place: pick(names.places), address: `${pick(names.streets)}، ${pick(names.mosques)}` },
    ...{ postalCode: '9100000047', phone: '05100000127', imamPhone: '05100000128' },
    ...{ lon: lon + 0.004, lat: lat + 0.004 },
  });
}

/** In the order in which the sample thinks of them: those who enter gifts and money come first. */
const BOARD: CoreSeat[] = [
  ...(['chair', 'admin-finance', 'vice-chair'] as const),
  ...(['benefactors-men', 'benefactors-women', 'assemblies'] as const),
];

/** The six of the nth centre, each with the username that his seat would have. */
function boardOf(n: number): Record<CoreSeat, Candidate & { username: string }> {
  const suffix = n === 0 ? '' : `-${n + 1}`;
  const members = BOARD.map((seat, i) => {
    const at = i + 1;
    const woman = seat === 'admin-finance' || seat === 'benefactors-women';
    const list = woman ? names.women : names.men;
    const first = list[(n + (at > 2 ? at : 0)) % list.length];
    const name = `${first} ${names.families[(n * 2 + at) % names.families.length]}`;
    const gender = woman ? 'woman' : 'man';
    const nationalId = inventedId(n * 10 + at);
    const username = `${seat}${suffix}`;
    return [seat, { name, nationalId, gender, isCleric: seat === 'chair', username }];
  });
  return Object.fromEntries(members) as Record<CoreSeat, Candidate & { username: string }>;
}

/** Gifts of all centres in the order of their days, the last of them today. */
async function layGifts(
  province: Province,
  founded: Founded[],
  { donations, now }: SampleAsked,
  chance: Chance,
  bar: SingleBar,
): Promise<void> {
  if (founded.length === 0) return;
  const spanMs = GIFT_DAYS * DAY_MS;
  let doubled: { at: Founded; receipt: string; moment: Date } | undefined;
  const donors = Math.max(12, Math.floor(donations / founded.length / 4));
  const give = (tx: Tx, i: number) => {
    const since = spanMs * (1 - (i + 1) / donations);
    const moment = new Date(now.getTime() - Math.floor(since) - 60_000);
    const at = takerOf(founded, i, dayInTehran(moment));
    if (moment >= at.bankingDue) {
      spendAndBank(tx, at, moment);
      at.bankingDue = new Date(moment.getTime() + 30 * DAY_MS);
    }
    const actor = atTheDesk(tx, at, moment);
    const issued = issueReceipt(tx, actor, at.centre, gift(chance, donors, actor.today));
    // Now and then a receipt was written twice, and is taken back within the minute.
    if (doubled) {
      const { at: where, receipt, moment: then } = doubled;
      const known = findReceipt(tx, where.centre.id, receipt);
      cancelReceipt(tx, atTheDesk(tx, where, then), where.centre, known, names.cancelled);
    }
    doubled = i % 97 === 41 ? { at, receipt: issued.receipt, moment } : undefined;
  };
  for (let i = 0; i < donations; i += TURN) {
    const turn = Array.from({ length: Math.min(TURN, donations - i) }, (_, k) =>
      enter(province, (tx) => give(tx, i + k)),
    );
    await Promise.all(turn);
    bar.update(Math.min(donations, i + TURN), { step: 'gifts' });
  }
}

/** Whose turn it is to be given to; the first takes what a centre without a licence may not. */
function takerOf(founded: Founded[], i: number, day: string): Founded {
  const at = founded[i % founded.length]!;
  return at.until !== null && day <= at.until ? at : founded[0]!;
}

/** What goes on today at the first centre; the chair of the third is away. */
async function layMonths(
  province: Province,
  [first, , third]: Founded[],
  office: Offices,
  now: Date,
  passwordHash: string,
): Promise<void> {
  const officers = { ...office, head: office.heads[0]! };
  if (first)
    await recordLook(province, stepsAt(province.db, now)(officers.head), first.centre.id, 'home');
  await enter(province, (tx) => {
    const as = stepsAt(tx, now);
    if (third) {
      declareAway(tx, as, officers.head, third.centre);
      beginMonitoring(tx, as, office.inspector, third.centre);
    }
    if (!first || first.until === null) return;
    const { centre, chair, until } = first;
    fillFirstMonths(tx, as, { centre, chair, until, officers, passwordHash }, officers);
  });
}

/** On the last day the committee decides on those that are shown in another state. */
async function layLives(
  province: Province,
  founded: Founded[],
  office: Offices,
  { now, centres }: SampleAsked,
): Promise<void> {
  for (const [n, { centre, chair }] of founded.entries()) {
    const officers = { ...office, head: office.heads[countyOfNth(n, centres)]! };
    const told = { state: stateOfNth(n, centres), chair };
    await enter(province, (tx) => bringInto(tx, stepsAt(tx, now), officers, centre, told));
  }
}

/** Who enters a centre's gifts: the same from morning to evening, so asked for once a day. */
function atTheDesk(tx: Tx, at: Founded, moment: Date): Actor {
  if (at.desk?.today !== dayInTehran(moment))
    at.desk = inCentre(stepsAt(tx, moment)(at.finance), at.centre.id);
  return { ...at.desk, now: moment.toISOString() };
}

function gift(chance: Chance, donors: number, receivedOn: string): Gift {
  const anonymous = chance.share() < 0.15;
  const purpose = chance.share() < 0.3 ? chance.pick(names.purposes) : undefined;
  const donor = anonymous ? undefined : donorOf(chance.below(donors));
  const amountRial = amount(chance);
  const told = { amountRial, fund: fundOf(chance), receivedOn, donor, purpose };
  return { ...told, unusualAmount: 'confirmed' };
}

/** The nth donor of a centre: always the same name, number and wish. */
function donorOf(n: number): Gift['donor'] {
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
function amount(chance: Chance): number {
  const size = 10 ** (5.3 + 2.2 * chance.share() * chance.share());
  return Math.max(5, Math.round(size / 50_000)) * 50_000;
}

function numbered(list: string[], n: number): string {
  const round = Math.floor(n / list.length);
  return round === 0 ? list[n]! : `${list[n % list.length]} ${round + 1}`;
}

function firstCorner(area: ReturnType<typeof quarter>): [number, number] {
  const ring = (area as { coordinates: [number, number][][][] }).coordinates[0]![0]!;
  return ring[0]!;
}
