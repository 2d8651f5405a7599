/** Kinds of things that a centre keeps, each in one unit and booked to one store account. */
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import { searchText } from '../values/persian-text.ts';
import type { Unit } from './schema.ts';

export type Item = {
  id: number;
  centreId: number;
  name: string;
  unit: Unit;
  account: string;
  lowMilli: number | null;
};

const ITEM = `SELECT id, centre_id AS centreId, name, unit, account, low_milli AS lowMilli FROM items`;

const statements = prepared((db) => ({
  byName: db.$client.prepare(`${ITEM} WHERE centre_id = ? AND name_search = ? AND unit = ?`),
  byId: db.$client.prepare(`${ITEM} WHERE centre_id = ? AND id = ?`),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM items').pluck(),
  insert: db.$client.prepare('INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, NULL, ?)'),
}));

/** The item of this name and unit; one that is new becomes a part of the act that brings it. */
export function meetItem(
  tx: Tx,
  centre: Centre,
  { name, unit, account }: Pick<Item, 'name' | 'unit' | 'account'>,
  actId: number,
): Item {
  const nameSearch = searchText(name);
  const known = statements(tx).byName.get(centre.id, nameSearch, unit) as Item | undefined;
  if (known) return known;
  const id = statements(tx).nextId.get() as number;
  statements(tx).insert.run(id, centre.id, name, nameSearch, unit, account, actId);
  return { id, centreId: centre.id, name, unit, account, lowMilli: null };
}

/** An item of the centre; throws NotFound. */
export function findItem(db: Db, centreId: number, id: number): Item {
  const item = statements(db).byId.get(centreId, id) as Item | undefined;
  if (!item) throw new NotFound();
  return item;
}
