/** The renewal file: it is open from ninety days before the end, and says what it still lacks. */
import { CORE_SEATS, type Role, type Seat } from '../access/powers.ts';
import { decreesOf } from '../board/decree-rows.ts';
import { boundaryOn } from '../boundary/versions.ts';
import { compassOf } from '../bylaw/compass.ts';
import { bankAccountOrNone } from '../centres/bank-accounts.ts';
import type { Centre } from '../centres/centres.ts';
import type { Db } from '../provinces/connection.ts';
import { addDays, daysBetween } from '../values/jalali-date.ts';
import { bearingResult } from './decisions.ts';
import { type Monitoring, monitoringsOf, OFFICES, type Office } from './monitoring-rows.ts';
import { type Standing, standingOn } from './standing.ts';
import { WARNING_DAYS } from './states.ts';

/** One thing that the file needs: whether it is there, whose turn it is, and since when. */
export type RenewalLine = {
  key: 'compass' | 'seats' | 'account' | 'boundary' | Office | 'result';
  done: boolean;
  /** How many are wanting, or the score that was given. */
  number: number | null;
  since: string | null;
  turn: (Role | Seat)[];
  to: string;
};

export type RenewalFile = {
  standing: Standing;
  /** The day it opened by itself; null while it is not yet open. */
  openedOn: string | null;
  /** Days to the end; below zero once it is past. */
  left: number | null;
  lines: RenewalLine[];
  /** The first thing wanting, in the file's order; undefined when only the decision is. */
  next: RenewalLine | undefined;
};

const TURN_OF: Record<Office, Role> = {
  participation: 'province-deputy',
  supervision: 'inspector',
  security: 'security',
  selection: 'selection',
};

/** The file as it stands today; nothing of it is kept, so it is never behind the facts. */
export function renewalFile(db: Db, centre: Centre, today: string): RenewalFile {
  const standing = standingOn(db, centre.id, today);
  const { state, until } = standing;
  const open = until !== null && (state === 'warning' || state === 'expired');
  const openedOn = open ? addDays(until, -WARNING_DAYS) : null;
  const left = until === null ? null : daysBetween(today, until);
  const lines = [
    ...centreLines(db, centre, today, openedOn),
    ...monitoringLines(db, centre, today, openedOn),
  ];
  return { standing, openedOn, left, lines, next: lines.find(({ done }) => !done) };
}

/** What the centre itself must have in order. */
function centreLines(db: Db, centre: Centre, today: string, since: string | null): RenewalLine[] {
  const broken = compassOf(db, centre.id, today).filter(({ state }) => state === 'broken').length;
  const held = decreesOf(db, centre.id, today).filter(({ inForce }) => inForce);
  const empty = CORE_SEATS.filter((seat) => !held.some((decree) => decree.seat === seat)).length;
  const account = bankAccountOrNone(db, centre.id) !== undefined;
  const area = boundaryOn(db, centre.id, today) !== undefined;
  const line = (
    key: RenewalLine['key'],
    done: boolean,
    rest: Pick<RenewalLine, 'turn' | 'to'> & { number?: number },
  ): RenewalLine => ({ key, done, since: done ? null : since, number: null, ...rest });
  return [
    line('compass', broken === 0, { number: broken, turn: ['chair'], to: '/compliance' }),
    line('seats', empty === 0, { number: empty, turn: ['chair', 'county-head'], to: '/board' }),
    line('account', account, { turn: ['chair', 'county-head'], to: '/bank-account' }),
    line('boundary', area, { turn: ['chair', 'county-head'], to: '/boundary' }),
  ];
}

/** B-20: the four sections and the signed result that a renewal rests on. */
function monitoringLines(
  db: Db,
  centre: Centre,
  today: string,
  openedOn: string | null,
): RenewalLine[] {
  const bearing = bearingResult(db, centre.id, today, 'renew');
  const monitoring = bearing ?? monitoringsOf(db, centre.id).find(({ result }) => result === null);
  const to = monitoring ? `/licence/monitoring/${monitoring.id}` : '/licence/monitoring';
  const since = monitoring?.openedOn ?? openedOn;
  const sections = OFFICES.map((office): RenewalLine => {
    const section = monitoring?.sections.find((one) => one.office === office);
    const done = section !== undefined;
    const waits = monitoring ? since : openedOn;
    const turn: Role[] = monitoring ? [TURN_OF[office]] : ['province-deputy', 'inspector'];
    return {
      key: office,
      done,
      number: section?.score ?? null,
      since: done ? null : waits,
      turn,
      to,
    };
  });
  const done = bearing !== undefined;
  const waits = done ? null : (lastFilled(monitoring) ?? since);
  return [
    ...sections,
    { key: 'result', done, number: null, since: waits, turn: ['province-deputy'], to },
  ];
}

function lastFilled(monitoring: Monitoring | undefined): string | undefined {
  return monitoring?.sections
    .map(({ filledOn }) => filledOn)
    .sort()
    .at(-1);
}
