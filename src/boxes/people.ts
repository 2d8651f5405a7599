/** Who may go round, open a box or hold a receipt book: trustees, and volunteers who serve. */
import { trusteeNames, volunteerNames } from '../network/networks.ts';
import type { Db } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';

/** `p12` is a person of the board, `v3` a volunteer. */
export type Known = { key: string; name: string };

export function peopleOf(db: Db, centreId: number, today: string): Known[] {
  const trustees = trusteeNames(db, centreId, today);
  return [
    ...trustees.map(({ id, name }) => ({ key: `p${id}`, name })),
    ...volunteerNames(db, centreId).map(({ id, name }) => ({ key: `v${id}`, name })),
  ];
}

export function findPersonByKey(
  db: Db,
  centreId: number,
  today: string,
  { key, field }: { key: string; field: string },
): Known {
  const known = peopleOf(db, centreId, today).find((one) => one.key === key);
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
