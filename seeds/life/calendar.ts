/** When a centre of the sample does what: day by day through its years, to the closing and beyond. */

import { draftEntry, postDraft } from '../../src/books/drafts.ts';
import { closedThrough, lockThrough } from '../../src/books/periods.ts';
import { closeYear, openYears } from '../../src/books/year-end.ts';
import { comparisonOf } from '../../src/budget/actuals.ts';
import {
  approvePlan,
  linesOfPlan,
  type PlanLine,
  type PlanTyped,
  preparePlan,
  proposePlan,
} from '../../src/budget/plans.ts';
import { recordPermission } from '../../src/funds/permissions.ts';
import { standingOn } from '../../src/licence/standing.ts';
import { permits } from '../../src/licence/states.ts';
import { addDays, fiscalYear, fiscalYearDays, monthsOf } from '../../src/values/jalali-date.ts';
import { bankCash, countBox, reconcile } from './bank.ts';
import { emptyBoxes, giveOutBook, installBoxes, takeBookBack } from './boxes.ts';
import { countDrawers, eidBetween, press, setEid } from './eid.ts';
import { appraiseNew, handOut, makeBasket, moveAndSell, takeBack, writeOff } from './goods.ts';
import { type House, momentOf, serial, type Turn, words } from './house.ts';
import { registerPeople } from './people.ts';
import { findUnknown, type Planned, plannedGifts, promise } from './planned.ts';
import {
  atone,
  beginPettyCash,
  buyFood,
  help,
  passOn,
  payBills,
  spendFitra,
  spendNamed,
  usePettyCash,
} from './spending.ts';
import { beginStores, countStore } from './stores.ts';

type Deed = (turn: Turn) => void;

/** On which day of every month which deed is done; of a smaller life, only those of the first list. */
const MONTHLY: [number, Deed][] = [
  ...([
    [5, appraiseNew],
    [6, bankCash],
    [8, help],
    [9, buyFood],
    [12, payBills],
    [20, handOut],
  ] as [number, Deed][]),
];
const MONTHLY_LARGE: [number, Deed][] = [
  ...([
    [13, appraiseNew],
    [15, bankCash],
    [16, spendNamed],
    [17, atone],
    [18, usePettyCash],
    [24, bankCash],
    [25, countBox],
    [26, appraiseNew],
    [28, handOut],
  ] as [number, Deed][]),
];
/** In which months of a year a large centre does what comes more rarely, and on which day. */
const RARELY: [number[], number, Deed][] = [
  [[3, 6, 9, 12], 10, writeOff],
  [[3, 9], 11, takeBack],
  [[4, 8, 11], 13, moveAndSell],
  [[6, 12], 21, countStore],
  [[2, 4, 6, 8, 10, 12], 22, emptyBoxes],
  [[3, 6, 9, 12], 23, passOn],
  [[4, 6, 7, 8, 9, 10, 11, 12], 29, reviewPlan],
  [[2, 5, 8, 9, 10, 11], 13, reviewPlan],
];

/** Fills the agenda of a house with all that is no gift; what has passed its last day never comes. */
export function planLife(house: House): void {
  const { from, to, large } = house;
  const add: Add = (day, minutes, deed) => {
    if (day >= from && day <= to) house.agenda.add(momentOf(day, minutes), whilePermitted(deed));
  };
  add(from, 0, begin);
  for (let year = fiscalYear(from); year <= fiscalYear(to); year += 1) {
    for (const { month, from: first, to: last } of monthsOf(year)) {
      const on = (day: number, deed: Deed) => add(addDays(first, day - 1), 120 + day, deed);
      for (const [day, deed] of MONTHLY) on(day, deed);
      if (large || month % 3 === 0) add(addDays(last, 2), 60, (turn) => reconcile(turn, last));
      if (!large && month % 4 === 0) on(22, emptyBoxes);
      if (!large) continue;
      for (const [day, deed] of MONTHLY_LARGE) on(day, deed);
      for (const [months, day, deed] of RARELY) if (months.includes(month)) on(day, deed);
      add(addDays(last, 9), 60, (turn) => lock(turn, last));
    }
    if (large) planYear(add, year, house);
  }
}

type Add = (day: string, minutes: number, deed: Deed) => void;

function whilePermitted(deed: Deed): Deed {
  return (turn) => {
    const { tx, centre, today } = turn;
    if (permits(standingOn(tx, centre.id, today).state, 'aid')) deed(turn);
  };
}

function begin(turn: Turn): void {
  const { house } = turn;
  if (house.large) openBooks(turn);
  beginStores(turn);
  registerPeople(turn);
  installBoxes(turn);
  if (!house.large) return;
  beginPettyCash(turn);
  makeBasket(turn);
  promise(turn);
  giveOutBook(turn);
  allow(turn);
}

/** What the centre had when its books began here: written by one, posted by the other. */
function openBooks({ tx, centre, today, chair, finance }: Turn): void {
  const had: [string, string, number, string][] = [
    ['1101', 'sadaqa', 6_500_000, '4101'],
    ['1102', 'sadaqa', 180_000_000, '4101'],
    ['1102', 'running-costs', 40_000_000, '4102'],
    ['1102', 'dowry', 60_000_000, '4102'],
    ['1102', 'qard', 150_000_000, '4102'],
    ['2101', 'running-costs', 90_000_000, '4102'],
    ['2102', 'running-costs', 120_000_000, '4102'],
  ];
  const lines = had.flatMap(([account, fund, rial, own]) => [
    { account, fund, debitRial: rial, creditRial: 0 },
    { account: own, fund, debitRial: 0, creditRial: rial },
  ]);
  const written = { kind: 'opening', entryOn: today, description: words.said.opening } as const;
  postDraft(tx, chair, draftEntry(tx, finance, centre.id, { ...written, lines }));
}

/** The leave of a mujtahid to help the poor with what was given for unknown owners. */
function allow(turn: Turn): void {
  const { tx, centre, today, chair } = turn;
  recordPermission(tx, chair, centre, {
    ...{ fund: 'radd-mazalim', givenBy: words.marja, number: serial(turn, 4) },
    ...{ ceilingRial: 2_000_000_000, fromOn: today, toOn: addDays(today, 800) },
    ...{ document: words.document, uses: ['6101', '6102'] },
  });
}

/** What comes once a year: its plan, the night of Eid, the end of the year before. */
function planYear(add: Add, year: number, house: House): void {
  const days = fiscalYearDays(year);
  const first = days.from < house.from ? house.from : days.from;
  add(addDays(first, 6), 400, (turn) => planMoney(turn, year));
  if (first === house.from) add(addDays(first, 190), 400, takeBookBack);
  add(addDays(first, 250), 400, findUnknown);
  const eid = eidBetween(first, days.to);
  if (eid) {
    add(addDays(eid.eidOn, -2), 200, (turn) => setEid(turn, eid.eidOn, eid.lunarYear));
    add(eid.eidOn, 30, countDrawers);
    add(addDays(eid.eidOn, 1), 60, spendFitra);
  }
  const after = addDays(days.to, 20);
  const closed = after <= house.to ? after : house.to;
  if (closed > days.to) add(closed, 500, (turn) => closeBooks(turn, year));
}

/** Month by month the books are closed, once the bank's statement is explained. */
function lock({ tx, centre, finance }: Turn, through: string): void {
  if ((closedThrough(tx, centre.id) ?? '') < through) lockThrough(tx, finance, centre, through);
}

function closeBooks(turn: Turn, year: number): void {
  const { tx, centre, finance } = turn;
  if (openYears(tx, centre.id).includes(year)) closeYear(tx, finance, centre, year);
}

/** The plan of a year: twice the year before, for prices rise; of the first year a guess. */
function planMoney(turn: Turn, year: number): void {
  approve(turn, { year, reason: null, lines: linesFor(turn, year) });
}

/** Where spending comes near its plan the board has a new version before it, with the reason. */
function reviewPlan(turn: Turn): void {
  const { tx, centre, today } = turn;
  const year = fiscalYear(today);
  const { plan, rows } = comparisonOf(tx, centre.id, { year, month: null });
  if (!plan || !rows.some(({ state }) => state === 'near' || state === 'passed')) return;
  const planned = new Map(linesOfPlan(tx, plan.id).map((line) => [nameOf(line), line]));
  for (const { account, fund, actualRial, state } of rows) {
    const line = planned.get(nameOf({ account, fund }));
    if (line && state !== 'none') line.amountRial = Math.ceil(actualRial / 5_000_000) * 10_000_000;
  }
  const { reviewed: reason } = words.said;
  approve(turn, { year, reason, lines: [...planned.values()] });
}

const nameOf = ({ account, fund }: Pick<PlanLine, 'account' | 'fund'>) => `${account} ${fund}`;

function approve(turn: Turn, plan: PlanTyped): void {
  const { tx, centre, today, chair, finance } = turn;
  const { id } = preparePlan(tx, finance, centre, plan);
  proposePlan(tx, finance, centre, id);
  const minutes = { minutesNumber: serial(turn, 4), minutesOn: today };
  approvePlan(tx, chair, centre, { id, ...minutes });
}

const GUESSED: [string, string][] = [
  ['5101', 'sadaqa'],
  ['5111', 'running-costs'],
  ['6101', 'sadaqa'],
  ['6102', 'sadaqa'],
  ['7101', 'running-costs'],
];
const GUESS = 900_000_000;
/** Of a plan nothing is below this. */
const LEAST = 50_000_000;

function linesFor({ tx, centre }: Turn, year: number): PlanLine[] {
  const last = tx.$client
    .prepare(
      `SELECT account, fund, abs(sum(debit_rial - credit_rial)) AS rial FROM (
         SELECT l.account, l.fund, l.debit_rial, l.credit_rial FROM entries e
         JOIN entry_lines l ON l.entry_id = e.id
         WHERE e.centre_id = ? AND e.year = ? AND e.source NOT IN ('opening', 'closing'))
       WHERE account GLOB '[567]*' AND account <> '6110' GROUP BY account, fund
       ORDER BY account, fund`,
    )
    .all(centre.id, year - 1) as { account: string; fund: string; rial: number }[];
  const known =
    last.length > 0 ? last : GUESSED.map(([account, fund]) => ({ account, fund, rial: GUESS }));
  return known.map(({ account, fund, rial }) => ({
    ...{ account, fund, goal: account.startsWith('6') ? ('B-5' as const) : null },
    ...{ words: account.startsWith('6') ? words.said.plan : '' },
    amountRial: Math.ceil(Math.max(rial, LEAST) / 5_000_000) * 10_000_000,
  }));
}

const PRESSES = 20;

/** The gifts that the calendar of a house knows of, those that must not be missed first. */
export function giftsOfCalendar(house: House): Planned[] {
  const { from } = house;
  const to = addDays(house.to, -1);
  const nights: Planned[] = [];
  for (let year = fiscalYear(from); year <= fiscalYear(to); year += 1) {
    const days = fiscalYearDays(year);
    const eid = eidBetween(days.from < from ? from : days.from, days.to < to ? days.to : to);
    if (!eid || addDays(eid.eidOn, -2) < from) continue;
    const on = addDays(eid.eidOn, -1);
    for (let nth = 0; nth < PRESSES; nth += 1) {
      nights.push({ on, rank: Math.floor(nth / 4), gifts: 1, deed: (turn) => press(turn, nth) });
    }
  }
  const all = [...plannedGifts(from, to), ...nights];
  return all.toSorted((one, other) => one.rank - other.rank);
}
