/** Persons who are proposed for a seat, each once in the province, known by the national ID. */
import type { Actor } from '../access/actor.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { type Recorded, record } from '../trail/acts.ts';
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

/** As the county @countyId knows him, if he was registered there too; else as he was first. */
const AS_KNOWN = `SELECT p.id, coalesce(k.name, p.name) AS name, p.national_id AS nationalId,
  coalesce(k.gender, p.gender) AS gender, coalesce(k.is_cleric, p.is_cleric) AS isCleric,
  iif(k.person_id IS NULL, p.mobile, k.mobile) AS mobile,
  coalesce(k.county_id, p.county_id) AS countyId, n.name AS countyName,
  coalesce(k.name_search, p.name_search) AS nameSearch,
  coalesce(k.name_sort, p.name_sort) AS nameSort`;
const PERSONS = `persons p
  LEFT JOIN county_persons k ON k.person_id = p.id AND k.county_id = @countyId
  JOIN counties n ON n.id = coalesce(k.county_id, p.county_id)`;

const statements = prepared((db) => ({
  byId: db.$client.prepare(`${AS_KNOWN} FROM ${PERSONS} WHERE p.id = @id`),
  byNationalId: db.$client.prepare(`${AS_KNOWN} FROM ${PERSONS} WHERE p.national_id = @nationalId`),
  list: db.$client.prepare(
    `${AS_KNOWN}, ${newest('security')} AS security, ${newest('selection')} AS selection,
       (SELECT count(*) FROM decree_issues i JOIN decrees d ON d.id = i.decree_id
        LEFT JOIN decree_endings e ON e.decree_id = d.id
        WHERE d.person_id = p.id AND e.decree_id IS NULL) AS seats
     FROM ${PERSONS}
     WHERE @countyId IS NULL OR @countyId IN (k.county_id, p.county_id)
     ORDER BY nameSort, p.id`,
  ),
  insertHere: db.$client.prepare(
    'INSERT INTO county_persons VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)',
  ),
  insert: db.$client.prepare(
    `INSERT INTO persons (name, name_search, name_sort, national_id, gender, is_cleric, mobile,
       county_id, created_at, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/** A person of a county this reader may know of; throws NotFound (B-17). */
export function findPerson(db: Db, actor: Actor, id: number): Person {
  const own = actor.office?.countyId ?? null;
  const person = personById(db, id, own);
  if (own !== null && own !== person.countyId) throw new NotFound();
  return person;
}

/** A person by number as a county knows him, whoever asks; for what a centre's own rows name. */
export function personById(db: Db, id: number, countyId: number | null = null): Person {
  const person = personOf(statements(db).byId.get({ id, countyId }) as Raw<Person> | undefined);
  if (!person) throw new NotFound();
  return person;
}

/** A person by national ID as a county knows him; undefined if nobody has it. */
function byNationalIdOrNone(db: Db, nationalId: string, countyId: number): Person | undefined {
  const raw = statements(db).byNationalId.get({ nationalId, countyId });
  return personOf(raw as Raw<Person> | undefined);
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
    .map(({ nameSearch, nameSort, ...row }) => ({ ...row, isCleric: row.isCleric === 1 }));
}

type Searched = { nameSearch: string; nameSort: string };

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

/**
 * Registers a person in a county; whoever it knows already is found there, not registered twice. One
 * whom only another county knows is made known here by what is typed here: nobody is told of it.
 */
export function registerPerson(tx: Tx, actor: Actor, typed: PersonTyped): Person {
  const { nationalId, countyId } = typed;
  const known = byNationalIdOrNone(tx, nationalId, countyId);
  if (known && isKnownTo(known, actor, countyId)) {
    throw new Refusal('board:refusals.person-known', { field: 'nationalId' });
  }
  return known ? makeKnown(tx, actor, known, typed) : insertPerson(tx, actor, typed);
}

/**
 * The person of a national ID, registered now if the county has none. A chair who proposes somebody
 * his county knows has to know the name too, and learns nothing of a person he does not know.
 */
export function registerOrFindPerson(tx: Tx, actor: Actor, typed: PersonTyped): Person {
  const known = byNationalIdOrNone(tx, typed.nationalId, typed.countyId);
  if (!known) return insertPerson(tx, actor, typed);
  if (known.countyId !== typed.countyId) return makeKnown(tx, actor, known, typed);
  if (searchText(known.name) !== searchText(typed.name)) {
    throw new Refusal('board:refusals.other-name', { field: 'nationalId' });
  }
  return known;
}

/** The province's own officers know every person; the others those of the county. */
function isKnownTo(known: Person, actor: Actor, countyId: number): boolean {
  return known.countyId === countyId || actor.office?.countyId === null;
}

function insertPerson(tx: Tx, actor: Actor, typed: PersonTyped): Person {
  const { name, nationalId, gender, isCleric = false, mobile = null, countyId } = typed;
  const act = registered(tx, actor, typed);
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[name, searchText(name), sortKey(name), nationalId, gender, isCleric ? 1 : 0, mobile],
    ...[countyId, actor.now, act.id],
  );
  return personById(tx, Number(lastInsertRowid), countyId);
}

/** B-17: a further county keeps what was typed there, and sees nothing of what another typed. */
function makeKnown(tx: Tx, actor: Actor, { id }: Person, typed: PersonTyped): Person {
  const { name, gender, isCleric = false, mobile = null, countyId } = typed;
  const act = registered(tx, actor, typed);
  statements(tx).insertHere.run(
    ...[id, countyId, name, searchText(name), sortKey(name), gender, isCleric ? 1 : 0, mobile],
    act.id,
  );
  return personById(tx, id, countyId);
}

function registered(tx: Tx, actor: Actor, typed: PersonTyped): Recorded {
  const { name, nationalId, gender, isCleric = false, mobile = null, countyId } = typed;
  return record(tx, actor, {
    ...{ kind: 'person.registered', subject: `persons/${nationalId}` },
    after: { name, nationalId, gender, isCleric, mobile, countyId },
  });
}

/** What a name is searched and sorted by is the file's own, and told to nobody. */
function personOf(raw: (Raw<Person> & Partial<Searched>) | undefined): Person | undefined {
  if (!raw) return undefined;
  const { nameSearch: _, nameSort: __, ...person } = raw;
  return { ...person, isCleric: raw.isCleric === 1 };
}
