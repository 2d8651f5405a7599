/** Kits: so much of each item makes one, as a basket for a family of four. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { findItem } from './items.ts';

export type KitPart = { itemId: number; quantityMilli: number };
export type Kit = {
  id: number;
  name: string;
  fromOn: string;
  endedOn: string | null;
  parts: (KitPart & { item: string; unit: string; availableMilli: number })[];
};

const statements = prepared(({ $client: client }) => ({
  nextId: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM kits').pluck(),
  insert: client.prepare('INSERT INTO kits VALUES (?, ?, ?, ?, ?)'),
  part: client.prepare('INSERT INTO kit_items VALUES (?, ?, ?)'),
  end: client.prepare('INSERT INTO kit_ends VALUES (?, ?, ?)'),
  all: client.prepare(
    `SELECT k.id, k.name, k.from_on AS fromOn, e.ended_on AS endedOn
     FROM kits k LEFT JOIN kit_ends e ON e.kit_id = k.id
     WHERE k.centre_id = ? ORDER BY e.ended_on IS NOT NULL, k.name, k.id`,
  ),
  parts: client.prepare(
    `SELECT p.item_id AS itemId, p.quantity_milli AS quantityMilli, i.name AS item, i.unit,
       coalesce((SELECT sum(s.quantity_milli) FROM lots l JOIN stock s ON s.lot_id = l.id
         JOIN lots_ready r ON r.lot_id = l.id
         WHERE l.item_id = p.item_id AND coalesce(l.expires_on, '9999') >= @today), 0)
         AS availableMilli
     FROM kit_items p JOIN items i ON i.id = p.item_id WHERE p.kit_id = @kit ORDER BY i.name_search`,
  ),
}));

/** Kits of a centre, those in use first. */
export function kitsOf(db: Db, centreId: number, today: string): Kit[] {
  const kits = statements(db).all.all(centreId) as Omit<Kit, 'parts'>[];
  return kits.map((kit) => ({
    ...kit,
    parts: statements(db).parts.all({ kit: kit.id, today }) as Kit['parts'],
  }));
}

export function findKit(db: Db, centreId: number, id: number, today: string): Kit {
  const kit = kitsOf(db, centreId, today).find((one) => one.id === id);
  if (!kit) throw new NotFound();
  return kit;
}

/** How many whole kits what is ready is enough for. */
export function kitsPossible({ parts }: Kit): number {
  const each = parts.map(({ availableMilli, quantityMilli }) => availableMilli / quantityMilli);
  return Math.floor(Math.min(...each));
}

export function makeKit(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { name, parts }: { name: string; parts: KitPart[] },
): Kit {
  requirePower(actor, 'goods.keep', centre);
  if (parts.length === 0) {
    throw new Refusal('goods:refusals.kit-empty', { status: 422, field: 'parts.0.quantity' });
  }
  const items = new Set(parts.map(({ itemId }) => findItem(tx, centre.id, itemId).id));
  if (items.size < parts.length) throw new Refusal('goods:refusals.kit-twice', { status: 422 });
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'kit.made', subject: `kits/${id}`, centreId: centre.id, after: { name, parts } },
  });
  for (const { itemId, quantityMilli } of parts) {
    statements(tx).part.run(id, itemId, quantityMilli);
  }
  statements(tx).insert.run(id, centre.id, name, actor.today, act.id);
  return findKit(tx, centre.id, id, actor.today);
}

export function endKit(tx: Tx, actor: Actor, centre: Centre, kit: Kit): Kit {
  requirePower(actor, 'goods.keep', centre);
  if (kit.endedOn !== null) throw new Refusal('goods:refusals.kit-ended');
  const deed = { kind: 'kit.ended', subject: `kits/${kit.id}`, centreId: centre.id };
  const act = record(tx, actor, { ...deed, after: { name: kit.name } });
  statements(tx).end.run(kit.id, actor.today, act.id);
  return findKit(tx, centre.id, kit.id, actor.today);
}
