/** The way of a centre from its registration to its work, in the order of the bylaw. */
import type { Role, Seat } from '../access/powers.ts';
import { applicationOfCentre } from '../applications/applications.ts';
import { schemaVersion, touchedAt } from '../bylaw/touched.ts';
import type { Centre } from '../centres/centres.ts';
import { licencesOf } from '../licence/licences.ts';
import type { Db } from '../provinces/connection.ts';
import { remembered } from '../provinces/remembered.ts';
import { Refusal } from '../refusal.ts';
import { openingOf } from './afterwards.ts';
import { missingOf } from './gate.ts';
import { readyOf } from './ready.ts';
import { stepRows } from './step-rows.ts';

/** `waiting` may be done beside the next one; `later` waits for another step first. */
export type StepState = 'done' | 'next' | 'waiting' | 'later';

export type Step = {
  key: string;
  clause?: string;
  state: StepState;
  /** The day it was done, or that its turn came to whose it is; null while it waits for another. */
  since: string | null;
  /** The offices and seats whose turn it is; empty once it is done. */
  turn: (Role | Seat)[];
  /** The page where it is done, below the centre, or below the province with `ofProvince`. */
  to: string;
  ofProvince?: true;
};

/** One step as the facts tell it, before its place among the others is known. */
export type StepRow = Omit<Step, 'state' | 'since'> & {
  doneOn: string | null;
  needs: string[];
  /** When what is done of it passed the turn on to those whose it is; the step may be older. */
  turnedOn?: string | null;
};

type Walked = { asOf: string; steps: Step[] };

/** The way is walked once; a home that is opened a hundred times a day asks only what is new. */
const walked = remembered(() => new Map<number, Walked>());

/** Every step of this centre, in the bylaw's order, as it stands on the day. */
export function stepsOf(db: Db, centre: Centre, today: string): Step[] {
  const asOf = `${touchedAt(db, centre.id)} ${schemaVersion(db)} ${today}`;
  const last = walked(db).get(centre.id);
  if (last?.asOf === asOf) return last.steps;
  const steps = walk(db, centre, today);
  walked(db).set(centre.id, { asOf, steps });
  return steps;
}

function walk(db: Db, centre: Centre, today: string): Step[] {
  const rows = stepRows({
    ...{ centre, application: applicationOfCentre(db, centre.id) },
    ...{ ready: readyOf(db, centre.id, today), after: openingOf(db, centre, today) },
  });
  const doneOn = new Map(rows.map((row) => [row.key, row.doneOn]));
  const steps = rows.map((row) => stepOf(row, doneOn, centre.registeredOn));
  const next = steps.findIndex(({ state }) => state === 'waiting');
  return steps.map((step, at) => (at === next ? { ...step, state: 'next' } : step));
}

/** Whether every step is done: the centre works. */
export const isComplete = (steps: Step[]): boolean => steps.every(({ state }) => state === 'done');

/** Refuses a first licence while anything is missing that the bylaw asks for before it. */
export function refuseUnready(db: Db, centre: Centre, today: string): void {
  if (licencesOf(db, centre.id).length > 0) return;
  const [first] = missingOf(readyOf(db, centre.id, today), today);
  if (!first) return;
  const { key, clause, to } = first;
  throw new Refusal(`opening:missing.${key}`, { clause, mend: to });
}

function stepOf(
  { doneOn, needs, turn, turnedOn, ...row }: StepRow,
  known: Map<string, string | null>,
  registeredOn: string,
): Step {
  if (doneOn !== null) return { ...row, state: 'done', since: doneOn, turn: [] };
  const days = needs.map((key) => known.get(key) ?? null);
  if (days.includes(null)) return { ...row, state: 'later', since: null, turn };
  const since = [registeredOn, turnedOn ?? '', ...days.map(String)].sort().at(-1)!;
  return { ...row, state: 'waiting', since, turn };
}
