/** B-17: counties, each with its own office of the committee. */
import type { Actor } from '../access/actor.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText, sortKey } from '../values/persian-text.ts';

export type County = { id: number; name: string };
export type CountyRow = County & { centres: number; persons: number; heads: string | null };

const statements = prepared((db) => ({
  all: db.$client.prepare('SELECT id, name FROM counties ORDER BY name_sort, id'),
  rows: db.$client.prepare(
    `SELECT n.id, n.name,
       (SELECT count(*) FROM centres WHERE county_id = n.id) AS centres,
       coalesce(p.many, 0) AS persons,
       (SELECT group_concat(name, ' - ') FROM users
        WHERE county_id = n.id AND ended_at IS NULL) AS heads
     FROM counties n LEFT JOIN (SELECT county_id, count(*) AS many FROM persons
       GROUP BY county_id) p ON p.county_id = n.id
     ORDER BY n.name_sort, n.id`,
  ),
  next: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM counties').pluck(),
  insert: db.$client.prepare('INSERT INTO counties (id, name, name_sort) VALUES (?, ?, ?)'),
}));

/** The counties in Persian order. */
export function counties(db: Db): County[] {
  return statements(db).all.all() as County[];
}

/** The counties with what belongs to each. */
export function countyRows(db: Db): CountyRow[] {
  return statements(db).rows.all() as CountyRow[];
}

/** The counties this actor may act in: a county head has his own, others all. */
export function countiesOf(db: Db, actor: Actor): County[] {
  const own = actor.office?.countyId ?? null;
  return counties(db).filter((county) => own === null || county.id === own);
}

/** A county by its number or its name, as a form or a program names it. */
export function countyOrNone(db: Db, typed: string): County | undefined {
  const wanted = searchText(typed);
  return counties(db).find(
    (county) => String(county.id) === wanted || searchText(county.name) === wanted,
  );
}

/** Adds a county to the province. */
export function registerCounty(tx: Tx, actor: Actor, name: string): number {
  const taken = counties(tx).some((county) => searchText(county.name) === searchText(name));
  if (taken)
    throw new Refusal('centres:refusals.county-taken', { field: 'name', values: { name } });
  const id = statements(tx).next.get() as number;
  record(tx, actor, { kind: 'county.registered', subject: `counties/${id}`, after: { name } });
  statements(tx).insert.run(id, name, sortKey(name));
  return id;
}
