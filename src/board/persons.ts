/** Persons who are proposed for a seat, each once in the province, known by the national ID. */
import type { Actor } from '../access/actor.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { latinDigits, searchText, searchWords, sortKey } from '../values/persian-text.ts';
import type { Clearance } from './clearances.ts';

export type Person = {
  id: number;
  name: string;
  nationalId: string;
  gender: 'man' | 'woman';
  isCleric: boolean;
  mobile: string | null;
  countyId: number;
  countyName: string;
};

export type PersonTyped = Omit<Person, 'id' | 'countyName' | 'isCleric' | 'mobile'> & {
  isCleric?: boolean;
  mobile?: string | null;
};

type State = Clearance['state'] | null;
/** A row of the list: what each office has decided last, if anything. */
export type PersonRow = Person & { security: State; selection: State; seats: number };

type Raw<T extends Person> = Omit<T, 'isCleric'> & { isCleric: number };

const newest = (kind: Clearance['kind']) => `(SELECT c.state FROM clearances c
  WHERE c.person_id = p.id AND c.kind = '${kind}' ORDER BY c.id DESC LIMIT 1)`;

const SELECT = `SELECT p.id, p.name, p.national_id AS nationalId, p.gender,
  p.is_cleric AS isCleric, p.mobile, p.county_id AS countyId, n.name AS countyName`;

const statements = prepared((db) => ({
  byId: db.$client.prepare(
    `${SELECT} FROM persons p JOIN counties n ON n.id = p.county_id WHERE p.id = ?`,
  ),
  byNationalId: db.$client.prepare(
    `${SELECT} FROM persons p JOIN counties n ON n.id = p.county_id WHERE p.national_id = ?`,
  ),
  list: db.$client.prepare(
    `${SELECT}, p.name_search AS nameSearch,
       ${newest('security')} AS security, ${newest('selection')} AS selection,
       (SELECT count(*) FROM decree_issues i JOIN decrees d ON d.id = i.decree_id
        LEFT JOIN decree_endings e ON e.decree_id = d.id
        WHERE d.person_id = p.id AND e.decree_id IS NULL) AS seats
     FROM persons p JOIN counties n ON n.id = p.county_id
     WHERE (@countyId IS NULL OR p.county_id = @countyId)
     ORDER BY p.name_sort, p.id`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO persons (name, name_search, name_sort, national_id, gender, is_cleric, mobile,
       county_id, created_at, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/** A person of a county this reader may know of; throws NotFound (B-17). */
export function findPerson(db: Db, actor: Actor, id: number): Person {
  const person = personOf(statements(db).byId.get(id) as Raw<Person> | undefined);
  const own = actor.office?.countyId ?? null;
  if (!person || (own !== null && own !== person.countyId)) throw new NotFound();
  return person;
}

/** A person by number, whoever asks; for what a centre's own decrees name. */
export function personById(db: Db, id: number): Person {
  const person = personOf(statements(db).byId.get(id) as Raw<Person> | undefined);
  if (!person) throw new NotFound();
  return person;
}

export type PersonFilter = { q?: string; countyId?: number; clearance?: string };

/** Three letters of a name find a person; fewer would be browsing. */
export const LEAST_LETTERS = 3;

/** The persons this reader may know of, in Persian order. */
export function personsOf(db: Db, actor: Actor, filter: PersonFilter): PersonRow[] {
  const own = actor.office?.countyId ?? filter.countyId ?? null;
  const rows = statements(db).list.all({ countyId: own }) as (Raw<PersonRow> & Searched)[];
  const words = searchWords(filter.q ?? '');
  const digits = latinDigits(filter.q ?? '').replaceAll(/\D/g, '');
  return rows
    .filter((row) => matches(row, words, digits) && isWaiting(row, filter.clearance))
    .map(({ nameSearch, ...row }) => ({ ...row, isCleric: row.isCleric === 1 }));
}

type Searched = { nameSearch: string };

function matches(row: Searched & { nationalId: string }, words: string[], digits: string): boolean {
  if (digits.length >= LEAST_LETTERS) return row.nationalId.includes(digits);
  if (words.join('').length === 0) return true;
  if (words.join('').length < LEAST_LETTERS) return false;
  return words.every((word) => row.nameSearch.includes(word));
}

function isWaiting(row: { security: State; selection: State }, asked: string | undefined): boolean {
  const both = [row.security, row.selection];
  if (asked === 'waiting') return both.includes(null);
  if (asked === 'waiting-security') return row.security === null;
  if (asked === 'waiting-selection') return row.selection === null;
  if (asked === 'approved') return both.every((state) => state === 'approved');
  return asked === 'refused' ? both.includes('refused') : true;
}

/** Registers a person; whoever is registered already is found by his national ID, not twice. */
export function registerPerson(tx: Tx, actor: Actor, typed: PersonTyped): Person {
  const { name, nationalId, gender, isCleric = false, mobile = null, countyId } = typed;
  if (statements(tx).byNationalId.get(nationalId)) {
    throw new Refusal('board:refusals.person-known', { field: 'nationalId' });
  }
  const act = record(tx, actor, {
    ...{ kind: 'person.registered', subject: `persons/${nationalId}` },
    after: { name, nationalId, gender, isCleric, mobile, countyId },
  });
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[name, searchText(name), sortKey(name), nationalId, gender, isCleric ? 1 : 0, mobile],
    ...[countyId, actor.now, act.id],
  );
  return personById(tx, Number(lastInsertRowid));
}

/**
 * The person of a national ID, registered now if nobody has it. A chair who proposes somebody known
 * elsewhere has to know the name too, and learns nothing of a person he does not know.
 */
export function registerOrFindPerson(tx: Tx, actor: Actor, typed: PersonTyped): Person {
  const raw = statements(tx).byNationalId.get(typed.nationalId) as Raw<Person> | undefined;
  const known = personOf(raw);
  if (!known) return registerPerson(tx, actor, typed);
  if (searchText(known.name) !== searchText(typed.name)) {
    throw new Refusal('board:refusals.other-name', { field: 'nationalId' });
  }
  return known;
}

function personOf(raw: Raw<Person> | undefined): Person | undefined {
  return raw && { ...raw, isCleric: raw.isCleric === 1 };
}
