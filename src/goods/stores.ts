/** Where goods lie. Every centre has one store as soon as it has goods, and opens others by need. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { wordsFor } from '../words.ts';

export type Store = {
  id: number;
  centreId: number;
  name: string;
  place: string | null;
  keeper: string | null;
  openedOn: string;
  /** ISO day; null while it is open. */
  closedOn: string | null;
};

const STORE = `SELECT s.id, s.centre_id AS centreId, s.name, s.place, s.keeper,
    s.opened_on AS openedOn, c.closed_on AS closedOn
  FROM stores s LEFT JOIN store_closings c ON c.store_id = s.id`;

const statements = prepared((db) => ({
  all: db.$client.prepare(`${STORE} WHERE s.centre_id = ? ORDER BY s.id`),
  one: db.$client.prepare(`${STORE} WHERE s.centre_id = ? AND s.id = ?`),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM stores').pluck(),
  close: db.$client.prepare('INSERT INTO store_closings VALUES (?, ?, ?, ?)'),
  lies: db.$client
    .prepare('SELECT 1 FROM stock WHERE store_id = ? AND quantity_milli > 0 LIMIT 1')
    .pluck(),
  counting: db.$client
    .prepare(
      `SELECT 1 FROM counts c WHERE c.store_id = ?
         AND NOT EXISTS (SELECT 1 FROM count_ends e WHERE e.count_id = c.id)`,
    )
    .pluck(),
  insert: db.$client.prepare('INSERT INTO stores VALUES (?, ?, ?, ?, ?, ?, ?)'),
}));

export type NewStore = Pick<Store, 'name' | 'place' | 'keeper' | 'openedOn'>;

/** Writes the store as a part of the act; its name is the centre's only one (the caller asked). */
export function addStore(tx: Tx, centre: Centre, store: NewStore, actId: number): Store {
  const id = statements(tx).nextId.get() as number;
  const { name, place, keeper, openedOn } = store;
  statements(tx).insert.run(id, centre.id, name, place, keeper, openedOn, actId);
  return { id, centreId: centre.id, ...store, closedOn: null };
}

/** The store that goods come into unless another is named: the first one that is open. */
export function usualStore(tx: Tx, centre: Centre, today: string, actId: number): Store {
  const open = storesOf(tx, centre.id).find(({ closedOn }) => closedOn === null);
  if (open) return open;
  const many = storesOf(tx, centre.id).length;
  const name = wordsFor('fa')('goods:stores.first') + (many > 0 ? ` ${many + 1}` : '');
  return addStore(tx, centre, { name, place: null, keeper: null, openedOn: today }, actId);
}

export function storesOf(db: Db, centreId: number): Store[] {
  return statements(db).all.all(centreId) as Store[];
}

/** A store of the centre; throws NotFound. */
export function findStore(db: Db, centreId: number, id: number): Store {
  const store = statements(db).one.get(centreId, id) as Store | undefined;
  if (!store) throw new NotFound();
  return store;
}

/** Opens a store; two of one centre never have one name. */
export function openStore(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  store: Omit<NewStore, 'openedOn'>,
): Store {
  requirePower(actor, 'goods.keep', centre);
  if (storesOf(tx, centre.id).some(({ name }) => name === store.name)) {
    throw new Refusal('goods:refusals.store-known', { field: 'name' });
  }
  const id = statements(tx).nextId.get() as number;
  const after = { ...store, openedOn: actor.today };
  const deed = { kind: 'store.opened', subject: `stores/${id}`, centreId: centre.id, after };
  return addStore(tx, centre, after, record(tx, actor, deed).id);
}

/** Closes a store in which nothing lies any more. */
export function closeStore(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { store, reason }: { store: Store; reason: string },
): Store {
  requirePower(actor, 'goods.keep', centre);
  if (store.closedOn !== null) throw new Refusal('goods:refusals.store-closed');
  if (statements(tx).lies.get(store.id)) throw new Refusal('goods:refusals.store-not-empty');
  refuseCounting(tx, store.id);
  const act = record(tx, actor, {
    ...{ kind: 'store.closed', subject: `stores/${store.id}`, centreId: centre.id },
    after: { reason },
  });
  statements(tx).close.run(store.id, reason, actor.today, act.id);
  return findStore(tx, centre.id, store.id);
}

/** While a store is counted, what lay there when the count began stands still. */
export function refuseCounting(db: Db, storeId: number): void {
  if (statements(db).counting.get(storeId)) throw new Refusal('goods:refusals.counting');
}

export function requireOpenStore(store: Store, field: string): void {
  if (store.closedOn === null) return;
  throw new Refusal('goods:refusals.store-closed', { status: 422, field });
}
