/** Lists of capacities: a centre's own, and what the centres of the province opened to each other. */
import { type Db, prepared } from '../provinces/connection.ts';
import { inOrder, ordered } from '../provinces/ordered.ts';
import { searchWords } from '../values/persian-text.ts';
import { type Capacity, cardOf, type RawCard, SELECT_CARDS } from './capacities.ts';

export type CapacityFilter = {
  q?: string;
  kind?: string;
  use?: string;
  county?: string;
  state?: string;
  hidden?: string;
  sort?: string;
};

/** What other centres are told of a card: never where it is, whose it is or what comes next. */
export type OpenCapacity = {
  title: string;
  kind: Capacity['kind'];
  use: Capacity['use'];
  centre: string;
  code: string;
  county: string;
  phone: string | null;
};

type Part = { limit: number; offset: number };
const ALL: Part = { limit: -1, offset: 0 };

const OWN_ORDERS = { title: '', kind: 'kind', use: 'use', state: 'state', found: 'found_on' };
const OPEN_ORDERS = {
  ...{ title: '', kind: 'k.kind', use: 'k.use', centre: 'c.name_sort', county: 'n.name_sort' },
};

/** A word that stands in none of the texts lets the row fall. */
const said = (
  ...texts: string[]
) => `(@words = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(@words) w
  WHERE ${texts.map((text) => `instr(${text}, w.value) = 0`).join(' AND ')}))`;

const OWN = `WHERE centre_id = @centreId AND (@kind IS NULL OR kind = @kind)
  AND (@use IS NULL OR use = @use) AND (@state IS NULL OR state = @state)
  AND (@hidden IS NULL OR is_hidden = (@hidden = 'hidden'))
  AND ${said('title_search', 'coalesce(place_search, place)')}`;

// Only these columns are read, so that no search, order or file can tell of any other.
const OPEN_CARDS = `FROM capacities k JOIN centres c ON c.id = k.centre_id
  JOIN counties n ON n.id = c.county_id
  WHERE k.is_open = 1 AND k.state IN ('found', 'in-use') AND (@kind IS NULL OR k.kind = @kind)
    AND (@use IS NULL OR k.use = @use) AND (@county IS NULL OR n.name = @county)
    AND ${said('k.title_search', 'c.name_search')}`;

const statements = prepared((db) => ({
  own: ordered(db, `${SELECT_CARDS} ${OWN}`, OWN_ORDERS, ['title_sort', 'id']),
  countOwn: db.$client.prepare(`SELECT count(*) FROM capacities ${OWN}`).pluck(),
  open: ordered(
    db,
    `SELECT k.title, k.kind, k.use, c.name AS centre, c.code, n.name AS county, c.phone
     ${OPEN_CARDS}`,
    OPEN_ORDERS,
    ['k.title_sort', 'k.id'],
  ),
  countOpen: db.$client.prepare(`SELECT count(*) ${OPEN_CARDS}`).pluck(),
}));

/** A centre's own cards, as asked for. */
export function capacityRows(
  db: Db,
  centreId: number,
  filter: CapacityFilter,
  part: Part,
): Capacity[] {
  const statement = inOrder(statements(db).own, 'title', filter.sort);
  return (statement.all({ ...ownAsked(centreId, filter), ...part }) as RawCard[]).map(cardOf);
}

export function* everyCapacity(
  db: Db,
  centreId: number,
  filter: CapacityFilter,
): Generator<Capacity> {
  const statement = inOrder(statements(db).own, 'title', filter.sort);
  const asked = { ...ownAsked(centreId, filter), ...ALL };
  for (const raw of statement.iterate(asked)) yield cardOf(raw as RawCard);
}

export function countCapacities(db: Db, centreId: number, filter: CapacityFilter = {}): number {
  return statements(db).countOwn.get(ownAsked(centreId, filter)) as number;
}

/** What any centre of the province may find: opened cards, by title, centre, kind, use and county. */
export function openCapacities(db: Db, filter: CapacityFilter, part: Part): OpenCapacity[] {
  const statement = inOrder(statements(db).open, 'title', filter.sort);
  return statement.all({ ...openAsked(filter), ...part }) as OpenCapacity[];
}

export function everyOpenCapacity(db: Db, filter: CapacityFilter): Iterable<OpenCapacity> {
  const statement = inOrder(statements(db).open, 'title', filter.sort);
  return statement.iterate({ ...openAsked(filter), ...ALL }) as Iterable<OpenCapacity>;
}

export function countOpenCapacities(db: Db, filter: CapacityFilter): number {
  return statements(db).countOpen.get(openAsked(filter)) as number;
}

function ownAsked(centreId: number, { q, kind, use, state, hidden }: CapacityFilter) {
  const words = JSON.stringify(searchWords(q ?? ''));
  return {
    ...{ centreId, words, kind: kind ?? null, use: use ?? null, state: state ?? null },
    hidden: hidden ?? null,
  };
}

function openAsked({ q, kind, use, county }: CapacityFilter) {
  const words = JSON.stringify(searchWords(q ?? ''));
  return { words, kind: kind ?? null, use: use ?? null, county: county ?? null };
}
