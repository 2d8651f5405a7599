/** Finding volunteers: by name, skill or number, by field, side and state, in the order asked for. */
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import type { Db } from '../provinces/connection.ts';
import { searchText, searchWords } from '../values/persian-text.ts';
import { typedNumber } from '../values/typed-number.ts';
import { type Volunteer, volunteersOf } from './volunteer-rows.ts';
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

/** The volunteers of a centre that the filter lets through, in this order. */
export function listedVolunteers(
  db: Db,
  actor: Actor,
  centre: Centre,
  filter: VolunteerFilter,
  sort: VolunteerSort,
): Volunteer[] {
  const { field, gender, state, day, part } = filter;
  const found = volunteersOf(db, centre.id).filter(
    (one) =>
      (!field || one.fields.some((known) => known === field)) &&
      (!gender || one.gender === gender) &&
      (!day || one.days.some((known) => known === day)) &&
      (!state || one.state === state) &&
      (!part || String(one.partId ?? '') === part) &&
      fits(actor, centre, one, filter.q ?? ''),
  );
  return ordered(found, sort);
}

/**
 * Words are looked for in name, skills and part of the area. A mobile or national ID finds somebody
 * only for those to whom it is open: others would learn it digit by digit, or make sure of it (B-105).
 */
function fits(actor: Actor, centre: Centre, one: Volunteer, q: string): boolean {
  const digits = typedNumber(q);
  if (/^\d+$/.test(digits)) {
    if (Number(digits) === one.number) return true;
    if (digits.length < LEAST_DIGITS || !seesContact(actor, centre, one.gender)) return false;
    return [one.mobile, one.nationalId].some((known) => known?.includes(digits));
  }
  const texts = [
    one.nameSearch,
    ...[...one.skills, one.part ?? '', one.partName ?? ''].map(searchText),
  ];
  return searchWords(q).every((word) => texts.some((text) => text.includes(word)));
}

const LEAST_DIGITS = 3;

/** Only by what every reader is shown whole; an order by a hidden number would tell of it. */
function ordered(rows: Volunteer[], { by, down }: VolunteerSort): Volunteer[] {
  const keyOf = (one: Volunteer): string | number => {
    if (by === 'number') return one.number;
    if (by === 'since') return one.sinceOn;
    return by === 'hours' ? one.minutes : one.nameSort;
  };
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row.number - b.row.number));
  if (down) keyed.reverse();
  return keyed.map(({ row }) => row);
}
