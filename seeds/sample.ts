/** Sample data: invented people in invented places, through the same verbs as real entries. */
import { SingleBar } from 'cli-progress';
import { type Actor, inCentre, systemActor } from '../src/access/actor.ts';
import { hashPassword } from '../src/access/passwords.ts';
import type { CoreSeat, Seat, Task } from '../src/access/powers.ts';
import { type Centre, findCentre, registerCentre } from '../src/centres/centres.ts';
import { registerCounty } from '../src/centres/counties.ts';
import { standingOn } from '../src/licence/standing.ts';
import type { Tx } from '../src/provinces/connection.ts';
import { enter } from '../src/provinces/enter.ts';
import type { Province } from '../src/provinces/province.ts';
import { recordMemorandum } from '../src/templates/memoranda.ts';
import { recordLook } from '../src/trail/looks.ts';
import { addDays, dayInTehran, fiscalYear, fiscalYearDays } from '../src/values/jalali-date.ts';
import { chanceFrom } from './chance.ts';
import { beginMonitoring, declareAway, fillFirstMonths, fillRegister } from './first-months.ts';
import { beginFirstYear, layStreets, type SampleUser } from './first-year.ts';
import { inventedId } from './invented-id.ts';
import { newAgenda } from './life/agenda.ts';
import { type House, momentOf, type Turn } from './life/house.ts';
import { beginLife, type Life, live } from './life/live.ts';
import { PACKED_AT_MOST, sendingMoments, sendPapers } from './life/packs.ts';
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
import { names } from './sample-names.ts';

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

/** Everybody's, and good enough for the program's own rule. */
const PASSWORD = 'nikukari-1405';
/** A year of gifts, after the weeks in which the centre was set up. */
const GIFT_DAYS = 365;
/** From so many gifts on a centre lives a whole year and closes it; that year begins so long after. */
const WHOLE_YEAR = 60;
const BEFORE_YEAR = 25;
/** So many centres have all six core seats held; the others a chair and who keeps their books. */
const WHOLE_BOARDS = 4;

/** The first chair was away once, so many days after the licence. */
const AWAY_AFTER = 60;

type Founded = {
  centre: Centre;
  chair: number;
  /** The last day on which it may take a gift; null before its licence. */
  until: string | null;
  users: SampleUser[];
  house?: House;
};

/** Lays the sample in an empty province, deterministic by its seed but for the day it ends on. */
export async function laySample(province: Province, asked: SampleAsked): Promise<SampleMade> {
  const passwordHash = await hashPassword(PASSWORD);
  const bar = new SingleBar({ format: '{bar} {value}/{total} {step}' });
  bar.start(asked.donations, 0, { step: 'centres' });
  const first = firstDay(asked);
  const start = momentOf(addDays(first, -30));
  const office = await enter(province, (tx) => openOffices(tx, start, passwordHash));
  const founded: Founded[] = [];
  const lives: Life[] = [];
  const takers = Array.from({ length: asked.centres }, (_, n) =>
    stateOfNth(n, asked.centres),
  ).filter((state) => state !== 'before').length;
  const done = (gifts: number) => bar.update(gifts, { step: 'gifts' });
  for (let n = 0; n < asked.centres; n++) {
    const where = countyOfNth(n, asked.centres);
    const officers = { ...office, head: office.heads[where]! };
    const day = n === 0 ? first : usualFirstDay(asked);
    const told = { n, officers, county: office.counties[where]!, asked, day };
    if (n === 1) await liveAndSend(province, lives, momentOf(addDays(day, -1)), done);
    const one = await enter(province, (tx) => foundCentre(tx, told, passwordHash));
    founded.push(one);
    if (one.house) lives.push(beginLife(one.house, { n, takers, ...asked }));
  }
  await liveAndSend(province, lives, asked.now, done);
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

/** Lives on to a moment; a large centre stops once a month to send its papers to the committee. */
async function liveAndSend(
  province: Province,
  lives: Life[],
  until: Date,
  done: (gifts: number) => void,
): Promise<void> {
  const first = lives.find(({ house, gifts }) => house.large && gifts <= PACKED_AT_MOST)?.house;
  for (const moment of first ? sendingMoments(first, until) : []) {
    if (moment <= (first!.kept.sent ?? new Date(0))) continue;
    await live(province, lives, moment, done);
    await sendPapers(province, first!, moment);
    first!.kept.sent = moment;
  }
  await live(province, lives, until, done);
}

/** Whether there are gifts enough for the first centre to live the last year that has ended, whole. */
const isLarge = (n: number, { centres, donations }: SampleAsked): boolean =>
  n === 0 && donations / Math.min(centres, 2) >= WHOLE_YEAR;

const usualFirstDay = ({ now }: SampleAsked): string => addDays(dayInTehran(now), -GIFT_DAYS - 5);

/** When the first centre was founded. */
function firstDay(asked: SampleAsked): string {
  const usual = usualFirstDay(asked);
  if (!isLarge(0, asked)) return usual;
  const year = fiscalYear(dayInTehran(asked.now)) - 1;
  const day = addDays(fiscalYearDays(year).from, -BEFORE_YEAR);
  return day < usual ? day : usual;
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

type Founding = {
  n: number;
  officers: Supervisors;
  county: number;
  asked: SampleAsked;
  /** When it was founded. */
  day: string;
};

/** The nth centre: the second has no activity code yet, the third's licence is about to end. */
function foundCentre(tx: Tx, told: Founding, passwordHash: string): Founded {
  const { n, officers, county, asked, day } = told;
  const as = stepsAt(tx, momentOf(day));
  const head = as(officers.head);
  const centre = registerNth(tx, head, told);
  const state = stateOfNth(n, asked.centres);
  const board = boardOf(n);
  if (state === 'before') {
    readyCentre(tx, as, centre, { officers, board, area: quarter(n) });
    return { centre, chair: 0, until: null, users: [] };
  }
  const today = dayInTehran(asked.now);
  const days = { fromOn: head.today, toOn: lastDay(state, today) };
  const licence = { number: `${1000 + n}/${county}`, ...days };
  licenseCentre(tx, as, centre, { officers, board, area: quarter(n), licence });
  const held = n < WHOLE_BOARDS ? BOARD : BOARD.slice(0, 2);
  const seated = new Map<CoreSeat, number>();
  for (const seat of held) {
    const trustee = { ...board[seat], seat };
    const chair = seat === 'vice-chair' ? undefined : seated.get('chair');
    seated.set(seat, seatTrustee(tx, as, officers, centre, { trustee, days, passwordHash, chair }));
  }
  const chair = seated.get('chair')!;
  fillPlaces(tx, inCentre(as(chair), centre.id), centre);
  const banks = n % 3 !== 1;
  if (banks) {
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
  // Read again, for it has its activity code by now.
  const known = findCentre(tx, centre.code);
  const house = houseOf(known, { seated, officers, asked, n, day, banks, until: days.toOn });
  return { centre: known, chair, until: days.toOn, users, house };
}

type Housing = Pick<Founding, 'n' | 'officers' | 'asked' | 'day'> & {
  seated: Map<CoreSeat, number>;
  banks: boolean;
  until: string;
};

/** A centre as it lives from some weeks after its licence until today, or to the licence's last day. */
function houseOf(centre: Centre, told: Housing): House {
  const { seated, officers, asked, n, day, banks, until } = told;
  const { head, deputy } = officers;
  const today = dayInTehran(asked.now);
  const large = isLarge(n, asked);
  const counters = [seated.get('benefactors-men'), seated.get('benefactors-women')];
  return {
    ...{ centre, chair: seated.get('chair')!, finance: seated.get('admin-finance')!, head, deputy },
    vice: seated.get('vice-chair'),
    ...{ counters: counters.filter((one) => one !== undefined), large, banks },
    ...{ chance: chanceFrom(asked.seed + n), agenda: newAgenda<Turn>() },
    ...{ from: addDays(day, large ? BEFORE_YEAR : 5), to: until < today ? until : today },
    donors: Math.max(12, Math.floor(asked.donations / asked.centres / 4)),
    ...{ kept: { serial: 0, leaf: 0 }, actors: new Map() },
  };
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

function numbered(list: string[], n: number): string {
  const round = Math.floor(n / list.length);
  return round === 0 ? list[n]! : `${list[n % list.length]} ${round + 1}`;
}

function firstCorner(area: ReturnType<typeof quarter>): [number, number] {
  const ring = (area as { coordinates: [number, number][][][] }).coordinates[0]![0]!;
  return ring[0]!;
}
