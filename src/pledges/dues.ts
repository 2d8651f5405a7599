/** When a promise falls due and how it stands, counted from its days and from what was given. */
import { addDays, isoFromJalali, jalaliParts, monthLength } from '../values/jalali-date.ts';
import type { Repeats } from './schema.ts';

/** What a promise says of time, and what has come of it. */
export type Promised = {
  repeats: Repeats;
  firstOn: string;
  lastOn: string | null;
  endedOn: string | null;
  /** Null where goods are promised: then each gift keeps one due. */
  amountRial: number | null;
  givenRial: number;
  gifts: number;
};

export type PledgeState = 'late' | 'week' | 'coming' | 'kept' | 'ended';
export type PledgeStanding = {
  state: PledgeState;
  /** Dues up to today. */
  due: number;
  /** Of them, those that passed and are not kept. */
  late: number;
  /** The first due that is not kept yet. */
  nextOn: string | null;
  /** What is missing of what was due up to today; null of goods. */
  missingRial: number | null;
};

/** So many days ahead a due is reminded of. */
const AHEAD = 7;
/** A promise of a lifetime has fewer dues than this. */
const MOST_DUES = 1200;

/** The day of the n-th due, counted from nought: the same day of a later month or year. */
export function dueDay({ repeats, firstOn }: Pick<Promised, 'repeats' | 'firstOn'>, n: number) {
  if (n === 0) return firstOn;
  const { year, month, day } = jalaliParts(firstOn);
  const months = month - 1 + (repeats === 'monthly' ? n : 12 * n);
  const [y, m] = [year + Math.floor(months / 12), (months % 12) + 1];
  return isoFromJalali(y, m, Math.min(day, monthLength(y, m)));
}

/** How many dues fall on or before a day. */
export function duesUntil(promised: Promised, day: string): number {
  const last = [promised.lastOn, promised.endedOn].reduce<string>(
    (until, one) => (one !== null && one < until ? one : until),
    day,
  );
  if (promised.repeats === 'once') return promised.firstOn <= last ? 1 : 0;
  let n = 0;
  while (n < MOST_DUES && dueDay(promised, n) <= last) n += 1;
  return n;
}

export function standingOf(promised: Promised, today: string): PledgeStanding {
  const { amountRial, givenRial, gifts, endedOn, lastOn } = promised;
  const kept = amountRial === null ? gifts : Math.floor(givenRial / amountRial);
  const due = duesUntil(promised, today);
  const passed = duesUntil(promised, addDays(today, -1));
  const late = Math.max(0, passed - kept);
  const missingRial = amountRial === null ? null : Math.max(0, due * amountRial - givenRial);
  const nextDay = promised.repeats === 'once' && kept > 0 ? null : dueDay(promised, kept);
  const isOver = endedOn !== null || nextDay === null || (lastOn !== null && nextDay > lastOn);
  const nextOn = isOver ? null : nextDay;
  return { state: stateOf(), due, late, nextOn, missingRial };

  function stateOf(): PledgeState {
    if (endedOn !== null) return 'ended';
    if (nextOn === null) return 'kept';
    if (late > 0) return 'late';
    return nextOn <= addDays(today, AHEAD) ? 'week' : 'coming';
  }
}
