/** Lists of capacities: a centre's own, and what the centres of the province opened to each other. */
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { searchText, searchWords, sortKey } from '../values/persian-text.ts';
import { type Capacity, capacitiesOf } from './capacities.ts';

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

const statements = prepared(({ $client: client }) => ({
  // Only these columns are read, so that no search, order or file can tell of any other.
  open: client.prepare(
    `SELECT k.title, k.kind, k.use, c.name AS centre, c.code, n.name AS county, c.phone
     FROM capacities k JOIN centres c ON c.id = k.centre_id JOIN counties n ON n.id = c.county_id
     WHERE k.is_open = 1 AND k.state IN ('found', 'in-use') ORDER BY k.title_sort, k.id`,
  ),
}));

/** A centre's own cards, as asked for. */
export function capacityRows(db: Db, centre: Centre, filter: CapacityFilter): Capacity[] {
  const { q, kind, use, state, hidden } = filter;
  const rows = capacitiesOf(db, centre.id).filter(
    (row) =>
      contains(`${row.title} ${row.place}`, q) &&
      (!kind || row.kind === kind) &&
      (!use || row.use === use) &&
      (!state || row.state === state) &&
      (!hidden || row.isHidden === (hidden === 'hidden')),
  );
  return inOrder(rows, filter.sort, {
    title: (row) => sortKey(row.title),
    kind: (row) => row.kind,
    use: (row) => row.use,
    state: (row) => row.state,
    found: (row) => row.foundOn,
  });
}

/** What any centre of the province may find: opened cards, by title, centre, kind, use and county. */
export function openCapacities(db: Db, filter: CapacityFilter): OpenCapacity[] {
  const { q, kind, use, county } = filter;
  const rows = (statements(db).open.all() as OpenCapacity[]).filter(
    (row) =>
      contains(`${row.title} ${row.centre}`, q) &&
      (!kind || row.kind === kind) &&
      (!use || row.use === use) &&
      (!county || row.county === county),
  );
  return inOrder(rows, filter.sort, {
    title: (row) => sortKey(row.title),
    kind: (row) => row.kind,
    use: (row) => row.use,
    centre: (row) => sortKey(row.centre),
    county: (row) => sortKey(row.county),
  });
}

function contains(text: string, q: string | undefined): boolean {
  const searched = searchText(text);
  return searchWords(q ?? '').every((word) => searched.includes(word));
}

/** `title` upward, `-title` downward; what is not known by name is the title. */
function inOrder<T extends { title: string }>(
  rows: T[],
  sort: string | undefined,
  keys: Record<string, (row: T) => string> & { title: (row: T) => string },
): T[] {
  const down = sort?.startsWith('-') ?? false;
  const named = down ? sort!.slice(1) : (sort ?? 'title');
  const key = (Object.hasOwn(keys, named) && keys[named]) || keys.title;
  const keyed = rows.map((row) => ({ row, by: `${key(row)}\n${keys.title(row)}` }));
  keyed.sort((one, other) => (one.by < other.by ? -1 : one.by > other.by ? 1 : 0));
  if (down) keyed.reverse();
  return keyed.map(({ row }) => row);
}
