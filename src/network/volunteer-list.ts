/** Finding volunteers: by name, skill or number, by field, side and state, in the order asked for. */
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { inOrder, ordered } from '../provinces/ordered.ts';
import { withSearch } from '../provinces/search-text.ts';
import { searchWords } from '../values/persian-text.ts';
import { typedNumber } from '../values/typed-number.ts';
import {
  type RawVolunteer,
  SELECT_VOLUNTEERS,
  type Volunteer,
  volunteerOf,
} from './volunteer-rows.ts';
import { seesContact } from './volunteer-sides.ts';

export type VolunteerFilter = {
  q?: string;
  field?: string;
  gender?: string;
  state?: string;
  day?: string;
  part?: string;
};

export const VOLUNTEER_ORDERS = ['name', 'number', 'since', 'hours'] as const;
export type VolunteerSort = { by: (typeof VOLUNTEER_ORDERS)[number]; down: boolean };
type Part = { limit: number; offset: number };

/** Only by what every reader is shown whole; an order by a hidden number would tell of it. */
const ORDERS = { name: 'p.name_sort', number: '', since: 'p.since_on', hours: 'minutes' };

/** Words are looked for in name, skills and part of the area. */
const WORDS = `(@words = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(@words) w WHERE instr(p.name_search, w.value) = 0
  AND NOT EXISTS (SELECT 1 FROM volunteer_skills k WHERE k.volunteer_id = v.id
    AND k.version = p.version AND instr(k.skill_search, w.value) > 0)
  AND instr(search_text(p.part), w.value) = 0 AND instr(search_text(
    (SELECT name FROM area_parts WHERE id = p.part_id)), w.value) = 0))`;

/**
 * A mobile or national ID finds somebody only for those to whom it is open: others would learn it
 * digit by digit, or make sure of it (B-105).
 */
const DIGITS = `v.number = CAST(@digits AS INTEGER) OR (length(@digits) >= 3
  AND CASE p.gender WHEN 'man' THEN @seesMen ELSE @seesWomen END
  AND (instr(coalesce(p.mobile, ''), @digits) > 0 OR instr(coalesce(p.national_id, ''), @digits) > 0))`;

const WHERE = `WHERE v.centre_id = @centreId AND (@gender IS NULL OR p.gender = @gender)
  AND (@state IS NULL OR coalesce(s.state, 'active') = @state)
  AND (@day IS NULL OR instr(' ' || p.days || ' ', ' ' || @day || ' ') > 0)
  AND (@part IS NULL OR CAST(p.part_id AS TEXT) = @part)
  AND (@field IS NULL OR EXISTS (SELECT 1 FROM volunteer_fields f
    WHERE f.volunteer_id = v.id AND f.version = p.version AND f.field = @field))
  AND CASE WHEN @digits IS NULL THEN ${WORDS} ELSE ${DIGITS} END`;

const FROM = SELECT_VOLUNTEERS.slice(SELECT_VOLUNTEERS.indexOf('FROM volunteers v'));

const statements = prepared((db) => ({
  list: ordered(withSearch(db), `${SELECT_VOLUNTEERS} ${WHERE}`, ORDERS, ['v.number']),
  count: withSearch(db).$client.prepare(`SELECT count(*) ${FROM} ${WHERE}`).pluck(),
}));

type Reader = { actor: Actor; centre: Centre };

/** The volunteers of a centre that the filter lets through, in this order. */
export function listedVolunteers(
  db: Db,
  reader: Reader,
  filter: VolunteerFilter,
  sort: VolunteerSort,
  part: Part,
): Volunteer[] {
  const rows = statementOf(db, sort).all({ ...asked(reader, filter), ...part });
  return (rows as RawVolunteer[]).map(volunteerOf);
}

export function* everyVolunteer(
  db: Db,
  reader: Reader,
  filter: VolunteerFilter,
  sort: VolunteerSort,
): Generator<Volunteer> {
  const all = { ...asked(reader, filter), limit: -1, offset: 0 };
  for (const raw of statementOf(db, sort).iterate(all)) yield volunteerOf(raw as RawVolunteer);
}

export function countListed(db: Db, reader: Reader, filter: VolunteerFilter): number {
  return statements(db).count.get(asked(reader, filter)) as number;
}

const statementOf = (db: Db, { by, down }: VolunteerSort) =>
  inOrder(statements(db).list, 'name', `${down ? '-' : ''}${by}`);

function asked(
  { actor, centre }: Reader,
  { q = '', field, gender, state, day, part }: VolunteerFilter,
) {
  const digits = typedNumber(q);
  const sees = (side: 'man' | 'woman') => (seesContact(actor, centre, side) ? 1 : 0);
  return {
    ...{ centreId: centre.id, field: field ?? null, gender: gender ?? null, day: day ?? null },
    ...{ state: state ?? null, part: part ?? null, words: JSON.stringify(searchWords(q)) },
    digits: /^\d+$/.test(digits) ? digits : null,
    ...{ seesMen: sees('man'), seesWomen: sees('woman') },
  };
}
