/** The compass of many centres, added up: per centre, per county, per clause. */
import { setImmediate as giveWay } from 'node:timers/promises';
import type { Actor } from '../access/actor.ts';
import { type Centre, centresOf } from '../centres/centres.ts';
import type { Db } from '../provinces/connection.ts';
import { type Province, snapshot } from '../provinces/province.ts';
import { remembered } from '../provinces/remembered.ts';
import { newestAct } from '../trail/acts.ts';
import { clauses, type ListedClause } from './clauses.ts';
import { bearingsOf, STATES, type State } from './compass.ts';
import { guardCheck } from './guards.ts';
import { schemaVersion, type Touched, touch } from './touched.ts';

export type Tally = Record<State, number>;

/** How every clause stands in one centre, in the order of the clauses. */
export type CentreStates = { centre: Centre; states: State[] };

export type CentreSum = { centre: Centre; tally: Tally };
export type CountySum = { county: string; centres: number; sound: number; tally: Tally };
export type ClauseSum = { clause: ListedClause; tally: Tally };

type Judged = { act: number; today: string; schema: number; states: State[] };
type Known = { upTo: number | null; touched: Touched; states: Map<number, Judged> };

/**
 * A centre's clauses are judged anew when something was done that concerns it, a day began, or the
 * file's own guards were touched.
 */
const known = remembered(
  (): Known => ({ upTo: null, touched: { all: 0, centres: new Map() }, states: new Map() }),
);

/**
 * How every clause stands in each centre that this reader may know of, or `only` in these. Read from
 * a connection of its own, a centre at a time, so that nobody else waits for it.
 */
export function statesOf(
  province: Province,
  actor: Actor,
  county?: number,
  only?: ReadonlySet<number>,
): Promise<CentreStates[]> {
  return snapshot(province, async (db) => {
    const centres = centresOf(db, actor).filter(
      ({ id, countyId }) =>
        (county === undefined || countyId === county) && (only === undefined || only.has(id)),
    );
    const kept = known(province.db);
    const act = newestAct(db)?.id ?? 0;
    const now = { act, today: actor.today, schema: schemaVersion(db) };
    lookOn(db, kept, act);
    const fallen = guardCheck(db);
    const found: CentreStates[] = [];
    for (const centre of centres) {
      const last = kept.states.get(centre.id);
      if (last && stands(last, kept.touched, centre.id, now)) {
        found.push({ centre, states: last.states });
        continue;
      }
      const states = bearingsOf(db, centre.id, actor.today, fallen).map(({ state }) => state);
      // Another reader may have seen a later moment meanwhile, and what he saw stays.
      if (!last || last.act <= act) kept.states.set(centre.id, { ...now, states });
      found.push({ centre, states });
      await giveWay();
    }
    return found;
  });
}

/** Nothing is known of any centre before the first look, so what was done before it matters not. */
function lookOn(db: Db, kept: Known, act: number): void {
  if (kept.upTo !== null && act > kept.upTo) touch(db, kept.touched, kept.upTo);
  kept.upTo = Math.max(act, kept.upTo ?? 0);
}

function stands(last: Judged, { all, centres }: Touched, id: number, now: Omit<Judged, 'states'>) {
  const changed = Math.max(all, centres.get(id) ?? 0);
  return last.act >= changed && last.today === now.today && last.schema === now.schema;
}

/** Centre by centre, those with most to mend first. */
export function sumByCentre(found: CentreStates[]): CentreSum[] {
  return found
    .map(({ centre, states }) => ({ centre, tally: tallyOf(states) }))
    .sort((one, other) => other.tally.broken - one.tally.broken);
}

/** County by county; `sound` counts the centres in which nothing is broken. */
export function sumByCounty(found: CentreStates[]): CountySum[] {
  const counties = Map.groupBy(found, ({ centre }) => centre.countyName);
  return [...counties].map(([county, own]) => ({
    county,
    centres: own.length,
    sound: own.filter(({ states }) => !states.includes('broken')).length,
    tally: tallyOf(own.flatMap(({ states }) => states)),
  }));
}

/** Clause by clause: in how many centres it stands how. */
export function sumByClause(found: CentreStates[]): ClauseSum[] {
  return clauses.map((clause, at) => ({
    clause,
    tally: tallyOf(found.map(({ states }) => states[at]!)),
  }));
}

function tallyOf(states: State[]): Tally {
  const tally = Object.fromEntries(STATES.map((state) => [state, 0])) as Tally;
  for (const state of states) tally[state] += 1;
  return tally;
}
