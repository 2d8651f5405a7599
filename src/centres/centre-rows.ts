/** The list of centres: each with its licence's state, filtered and in the order asked for. */
import type { Actor } from '../access/actor.ts';
import { DECREES, IN_FORCE } from '../board/in-force.ts';
import { licencesByCentre } from '../licence/licences.ts';
import { lastDecisions, standingFrom } from '../licence/standing.ts';
import { LICENCE_STATES, type LicenceState } from '../licence/states.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { daysBetween } from '../values/jalali-date.ts';
import { searchText, searchWords, sortKey } from '../values/persian-text.ts';
import { type Centre, centresOf } from './centres.ts';

export type CentreRow = {
  code: string;
  name: string;
  kind: Centre['kind'];
  county: string;
  place: string;
  chair: string | null;
  state: LicenceState;
  /** The last day of the licence that counts; null before there is one. */
  until: string | null;
  /** The days left of a licence that runs; null of every other. */
  left: number | null;
};

export type CentreFilter = {
  q?: string;
  county?: string;
  kind?: string;
  state?: string;
  sort?: string;
};

const statements = prepared((db) => ({
  chairs: db.$client.prepare(
    `SELECT d.centre_id AS centreId, p.name
     FROM ${DECREES} JOIN persons p ON p.id = d.person_id
     WHERE d.seat = 'chair' AND ${IN_FORCE}`,
  ),
}));

/** The rows for this reader; a province has some hundred centres, which are read whole. */
export function centreRows(db: Db, actor: Actor, filter: CentreFilter): CentreRow[] {
  const licences = licencesByCentre(db);
  const decisions = lastDecisions(db, actor.today);
  const chairs = chairsOn(db, actor.today);
  const rows = centresOf(db, actor).map((centre): CentreRow => {
    const known = licences.get(centre.id) ?? [];
    const { state, until } = standingFrom(known, decisions.get(centre.id), actor.today);
    return {
      ...{ code: centre.code, name: centre.name, kind: centre.kind, county: centre.countyName },
      ...{ place: centre.place, chair: chairs.get(centre.id) ?? null },
      ...{ state, until, left: leftOf(state, until, actor.today) },
    };
  });
  return inOrder(
    rows.filter((row) => isAsked(row, filter)),
    filter.sort ?? 'name',
  );
}

function leftOf(state: LicenceState, until: string | null, today: string): number | null {
  const runs = until !== null && (state === 'active' || state === 'warning');
  return runs ? daysBetween(today, until) : null;
}

function chairsOn(db: Db, today: string): Map<number, string> {
  const rows = statements(db).chairs.all({ today }) as { centreId: number; name: string }[];
  return new Map(rows.map(({ centreId, name }) => [centreId, name]));
}

function isAsked(row: CentreRow, { q, county, kind, state }: CentreFilter): boolean {
  const text = searchText([row.name, row.code, row.place, row.chair ?? ''].join(' '));
  return (
    searchWords(q ?? '').every((word) => text.includes(word)) &&
    (!county || row.county === county) &&
    (!kind || row.kind === kind) &&
    (!state || row.state === state)
  );
}

type Key = (row: CentreRow) => string;

const KEYS: Record<string, Key> = {
  name: (row) => sortKey(row.name),
  code: (row) => row.code,
  kind: (row) => row.kind,
  county: (row) => sortKey(row.county),
  chair: (row) => sortKey(row.chair ?? ''),
  state: (row) => String(LICENCE_STATES.indexOf(row.state)),
  until: (row) => row.until ?? '',
};

/** `name` upward, `-name` downward; the name decides between equals. */
function inOrder(rows: CentreRow[], sort: string): CentreRow[] {
  const down = sort.startsWith('-');
  const asked = down ? sort.slice(1) : sort;
  const key = (Object.hasOwn(KEYS, asked) && KEYS[asked]) || KEYS.name!;
  const name = KEYS.name!;
  const keyed = rows.map((row) => ({ row, keys: [key(row), name(row)] as const }));
  keyed.sort((one, other) => {
    const [first, second] = one.keys;
    const [otherFirst, otherSecond] = other.keys;
    const by = first === otherFirst ? compare(second, otherSecond) : compare(first, otherFirst);
    return down ? -by : by;
  });
  return keyed.map(({ row }) => row);
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
