/** The compass: every clause of the bylaw for one centre, told from the data and nothing else. */
import type { Seat } from '../access/powers.ts';
import type { Db } from '../provinces/connection.ts';
import {
  type Chapter,
  clauses,
  type Duty,
  guardsOf,
  judgements,
  type ListedClause,
  seatsToldOf,
} from './clauses.ts';
import type { DecreeFacts, Facts } from './facts.ts';
import { factsOf } from './facts-of.ts';
import { guardCheck } from './guards.ts';
import { GUIDED, shownAt } from './guided.ts';
import { broken, type Judgement, type Mend, type Told } from './judgement.ts';

export const STATES = ['broken', 'kept', 'not-due', 'guided', 'not-upheld'] as const;
export type State = (typeof STATES)[number];

/** One clause as it stands; `why` is the key of its sentence, `told` fills it. */
export type Bearing = {
  id: string;
  chapter: Chapter;
  duty: Duty;
  state: State;
  why: string;
  told: Told & { seat?: Seat };
  mend: Mend | null;
  /** The page on which the words of a guiding clause stand. */
  shown: Mend | null;
};

/** The bearing of all 148 clauses for a centre on this day. */
export function compassOf(db: Db, centreId: number, today: string): Bearing[] {
  return bearingsOf(db, centreId, today, guardCheck(db));
}

/** The same for one of many centres, the file's guards having been looked at once. */
export function bearingsOf(db: Db, centreId: number, today: string, fallen: Fallen): Bearing[] {
  const facts = factsOf(db, centreId, today);
  return clauses.map((clause) => bearingOf(clause, facts, fallen));
}

type Fallen = (names: string[]) => string[];

/** The facts alone decide; `fallen` says which of these guards of the database are gone. */
export function bearingOf(clause: ListedClause, facts: Facts, fallen: Fallen): Bearing {
  const judge = judgements[clause.id];
  return judge ? judged(clause, judge(facts), fallen) : told(clause, facts);
}

function judged(clause: ListedClause, judgement: Judgement, fallen: Fallen): Bearing {
  const { id, chapter, duty } = clause;
  const [gone] = judgement.state === 'broken' ? [] : fallen(guardsOf(id));
  const last = gone ? broken(DOCTOR, { name: gone }, 'unguarded') : judgement;
  const why = gone ? 'bylaw:compass.unguarded' : `bylaw:why.${id}.${last.why}`;
  return {
    id,
    chapter,
    duty,
    state: last.state,
    why,
    told: last.told,
    mend: last.mend ?? null,
    shown: null,
  };
}

const DOCTOR: Mend = { to: '/doctor', power: 'province.check', ofProvince: true };

/** A clause that nothing judges: its words are shown in their place, or came with a decree. */
function told({ id, chapter, duty }: ListedClause, facts: Facts): Bearing {
  const listed = { id, chapter, duty, mend: null, shown: null };
  const guide = GUIDED[id];
  if (guide) {
    const why = `bylaw:guided.${guide}`;
    return { ...listed, state: 'guided', why, told: {}, shown: shownAt(guide, facts) };
  }
  const decree = duty === 'enforce' ? undefined : toldWith(id, facts.decrees);
  if (!decree) return { ...listed, state: 'not-upheld', why: silenceOf(duty), told: {} };
  const { seat, number } = decree;
  const why = duty === 'guide' ? 'bylaw:compass.guided' : 'bylaw:compass.guided-only';
  return { ...listed, state: 'guided', why, told: { seat, number: number! } };
}

function toldWith(id: string, decrees: DecreeFacts[]): DecreeFacts | undefined {
  const seats = seatsToldOf(id);
  return decrees.findLast(({ seat, issuedOn }) => issuedOn !== null && seats.includes(seat));
}

const silenceOf = (duty: Duty): string =>
  duty === 'guide' ? 'bylaw:today-guide' : 'bylaw:today-none';
