/** Who may go round, open a box or hold a receipt book: trustees, and volunteers who serve. */
import { trusteeNames, volunteerNames } from '../network/networks.ts';
import type { Db } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { searchText, searchWords } from '../values/persian-text.ts';

/** `p12` is a person of the board, `v3` a volunteer. */
export type Known = { key: string; name: string };

export function peopleOf(db: Db, centreId: number, today: string): Known[] {
  const trustees = trusteeNames(db, centreId, today);
  return [
    ...trustees.map(({ id, name }) => ({ key: `p${id}`, name })),
    ...volunteerNames(db, centreId).map(({ id, name }) => ({ key: `v${id}`, name })),
  ];
}

/** So many are shown of what a search finds. */
const FOUND = 12;

/** Those in whose names all words of what was typed stand. */
export function searchPeople(db: Db, centreId: number, today: string, typed: string): Known[] {
  const words = searchWords(typed);
  if (words.length === 0) return [];
  const fits = ({ name }: Known) => words.every((word) => searchText(name).includes(word));
  return peopleOf(db, centreId, today).filter(fits).slice(0, FOUND);
}

/** Without scripts a name is typed whole; one that two people bear chooses neither. */
function onlyOne(people: Known[], name: string): Known | undefined {
  const sought = searchText(name);
  const found = people.filter((one) => searchText(one.name) === sought);
  return found.length === 1 ? found[0] : undefined;
}

/** A person by his key, or by his name: `firstKey` is what the search chose, `first` what was typed. */
export function findPersonByKey(
  db: Db,
  centreId: number,
  today: string,
  { key, field }: { key: string; field: string },
): Known {
  const people = peopleOf(db, centreId, today);
  const known = people.find((one) => one.key === key) ?? onlyOne(people, key);
  if (known) return known;
  throw new Refusal('boxes:refusals.nobody', { status: 422, field });
}

/** Two of them, who are not the same. */
export function findTwo(
  db: Db,
  centreId: number,
  today: string,
  { first, second }: { first: string; second: string },
): [Known, Known] {
  const find = (key: string, field: string) => findPersonByKey(db, centreId, today, { key, field });
  const two: [Known, Known] = [find(first, 'first'), find(second, 'second')];
  if (two[0].key === two[1].key || two[0].name === two[1].name) {
    throw new Refusal('boxes:refusals.two-people', {
      ...{ status: 422, clause: 'B-35', field: 'second' },
    });
  }
  return two;
}
