/** Kinds of things that a centre keeps, each in one unit and booked to one store account. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
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
  all: db.$client.prepare(`${ITEM} WHERE centre_id = ? ORDER BY name_search, id`),
  insert: db.$client.prepare('INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, NULL, ?)'),
  limit: db.$client.prepare('UPDATE items SET low_milli = ? WHERE id = ?'),
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

/** Lines of goods, each booked to the store account that its item has in this centre already. */
export function asKept<T extends Pick<Item, 'name' | 'unit' | 'account'>>(
  db: Db,
  centreId: number,
  lines: T[],
): T[] {
  const accounts = new Map<string, string>();
  return lines.map((line) => {
    const nameSearch = searchText(line.name);
    const key = `${line.unit} ${nameSearch}`;
    const known = statements(db).byName.get(centreId, nameSearch, line.unit) as Item | undefined;
    const account = accounts.get(key) ?? known?.account ?? line.account;
    accounts.set(key, account);
    return { ...line, account };
  });
}

/** An item of the centre; throws NotFound. */
export function findItem(db: Db, centreId: number, id: number): Item {
  const item = statements(db).byId.get(centreId, id) as Item | undefined;
  if (!item) throw new NotFound();
  return item;
}

export function itemsOf(db: Db, centreId: number): Item[] {
  return statements(db).all.all(centreId) as Item[];
}

export type NewItem = Pick<Item, 'name' | 'unit' | 'account' | 'lowMilli'>;

/** Registers a kind of thing before the first of it comes in. */
export function registerItem(tx: Tx, actor: Actor, centre: Centre, item: NewItem): Item {
  requirePower(actor, 'goods.keep', centre);
  if (statements(tx).byName.get(centre.id, searchText(item.name), item.unit)) {
    throw new Refusal('goods:refusals.item-known', { field: 'name' });
  }
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'item.registered', subject: `items/${id}`, centreId: centre.id, after: item },
  });
  const met = meetItem(tx, centre, item, act.id);
  if (item.lowMilli !== null) statements(tx).limit.run(item.lowMilli, met.id);
  return findItem(tx, centre.id, met.id);
}

/** Sets below what the item runs short; null asks for nothing. */
export function limitItem(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { item, lowMilli }: { item: Item; lowMilli: number | null },
): Item {
  requirePower(actor, 'goods.keep', centre);
  record(tx, actor, {
    ...{ kind: 'item.limited', subject: `items/${item.id}`, centreId: centre.id },
    ...{ before: { lowMilli: item.lowMilli }, after: { lowMilli } },
  });
  statements(tx).limit.run(lowMilli, item.id);
  return findItem(tx, centre.id, item.id);
}

/** The item of this name and unit; undefined of one that the centre never had. */
export function knownItem(db: Db, centreId: number, name: string, unit: string): Item | undefined {
  return statements(db).byName.get(centreId, searchText(name), unit) as Item | undefined;
}
