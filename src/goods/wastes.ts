/** Written off: with its cause; above the limit of a day only when another agrees. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { persianDigits } from '../values/persian-text.ts';
import { type Booked, moveAndBook } from './booking.ts';
import type { Lot } from './lots.ts';
import { lotById } from './lots.ts';
import { type Stock, shareOf, stockOfLot } from './moves.ts';
import type { Cause } from './schema.ts';
import { refuseCounting } from './stores.ts';

export type Waste = {
  id: number;
  lotId: number;
  lotNumber: number;
  itemName: string;
  unit: string;
  fund: string;
  storeId: number;
  storeName: string;
  quantityMilli: number;
  cause: Cause;
  words: string | null;
  proposedOn: string;
  proposedBy: number;
  proposedByName: string;
  agreed: number | null;
  reason: string | null;
  answeredByName: string | null;
  /** Rials that it took; null while it waits, or where it was refused. */
  valueRial: number | null;
  entryYear: number | null;
  entryNumber: number | null;
};

/** What waste and spoiled goods are booked to. */
const WASTED = '8103';

const WASTE = `SELECT w.id, w.lot_id AS lotId, l.number AS lotNumber, i.name AS itemName, i.unit,
    l.fund, w.store_id AS storeId, s.name AS storeName, w.quantity_milli AS quantityMilli, w.cause,
    w.words, w.proposed_on AS proposedOn, w.proposed_by AS proposedBy, p.name AS proposedByName,
    a.agreed, a.reason, u.name AS answeredByName, -m.value_rial AS valueRial,
    e.year AS entryYear, e.number AS entryNumber
  FROM wastes w JOIN lots l ON l.id = w.lot_id JOIN items i ON i.id = l.item_id
  JOIN stores s ON s.id = w.store_id JOIN users p ON p.id = w.proposed_by
  LEFT JOIN waste_answers a ON a.waste_id = w.id LEFT JOIN users u ON u.id = a.answered_by
  LEFT JOIN stock_moves m ON m.subject = 'wastes/' || w.id
  LEFT JOIN entries e ON e.id = m.entry_id`;

const statements = prepared(({ $client: client }) => ({
  nextId: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM wastes').pluck(),
  insert: client.prepare('INSERT INTO wastes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  answer: client.prepare('INSERT INTO waste_answers VALUES (?, ?, ?, ?, ?, ?)'),
  one: client.prepare(`${WASTE} WHERE w.centre_id = ? AND w.id = ?`),
  ofLot: client.prepare(`${WASTE} WHERE w.lot_id = ? ORDER BY w.id`),
  page: client.prepare(`${WASTE} WHERE w.centre_id = ? ORDER BY w.id DESC LIMIT ? OFFSET ?`),
  count: client.prepare('SELECT count(*) FROM wastes WHERE centre_id = ?').pluck(),
  limit: client
    .prepare(
      `SELECT value_rial FROM waste_limits WHERE from_on <= ?
       ORDER BY from_on DESC, id DESC LIMIT 1`,
    )
    .pluck(),
  singly: client
    .prepare(
      `SELECT coalesce(-sum(m.value_rial), 0) FROM stock_moves m
       WHERE m.centre_id = ? AND m.moved_on = ? AND m.kind = 'wasted' AND NOT EXISTS (
         SELECT 1 FROM waste_answers x WHERE 'wastes/' || x.waste_id = m.subject)`,
    )
    .pluck(),
  nextLimit: client.prepare('SELECT max(id) + 1 FROM waste_limits').pluck(),
  setLimit: client.prepare('INSERT INTO waste_limits VALUES (?, ?, ?, ?)'),
  limits: client.prepare(
    `SELECT from_on AS fromOn, value_rial AS valueRial FROM waste_limits
     ORDER BY from_on DESC, id DESC`,
  ),
}));

/** Up to how many rials of one day one signature writes off. */
export function wasteLimitOn(db: Db, day: string): number {
  return statements(db).limit.get(day) as number;
}

export type WasteLimit = { fromOn: string; valueRial: number };

export function wasteLimits(db: Db): WasteLimit[] {
  return statements(db).limits.all() as WasteLimit[];
}

/** Sets the limit from a day on; never backwards. */
export function setWasteLimit(tx: Tx, actor: Actor, limit: WasteLimit): WasteLimit {
  requirePower(actor, 'waste-limits.set');
  if (limit.fromOn < actor.today) {
    throw new Refusal('goods:refusals.limit-backwards', { status: 422, field: 'fromOn' });
  }
  const before = { valueRial: wasteLimitOn(tx, limit.fromOn) };
  const act = record(tx, actor, {
    ...{ kind: 'waste.limited', subject: 'settings', before, after: limit },
  });
  const id = statements(tx).nextLimit.get() as number;
  statements(tx).setLimit.run(id, limit.fromOn, limit.valueRial, act.id);
  return limit;
}

export function findWaste(db: Db, centreId: number, id: number): Waste {
  const waste = statements(db).one.get(centreId, id) as Waste | undefined;
  if (!waste) throw new NotFound();
  return waste;
}

export function wastesOfLot(db: Db, lotId: number): Waste[] {
  return statements(db).ofLot.all(lotId) as Waste[];
}

export function wastesOf(db: Db, centreId: number, limit: number, from: number): Waste[] {
  return statements(db).page.all(centreId, limit, from) as Waste[];
}

export function countWastes(db: Db, centreId: number): number {
  return statements(db).count.get(centreId) as number;
}

export type NewWaste = {
  lot: Lot;
  storeId: number;
  quantityMilli: number;
  cause: Cause;
  words: string | null;
};

/** Writes goods off at once where one signature is enough; else another has to agree. */
export function proposeWaste(tx: Tx, actor: Actor, centre: Centre, waste: NewWaste): Waste {
  requirePower(actor, 'goods.keep', centre);
  const { lot, storeId, quantityMilli, cause, words } = waste;
  if (cause === 'expired' && !(lot.expiresOn !== null && lot.expiresOn < actor.today)) {
    throw new Refusal('goods:refusals.not-expired', { status: 422, field: 'cause' });
  }
  if (cause === 'other' && (words ?? '').trim().length < 3) {
    throw new Refusal('goods:refusals.needs-words', { status: 422, field: 'words' });
  }
  const here = requireLying(tx, lot, storeId, quantityMilli);
  const id = statements(tx).nextId.get() as number;
  const write = ({ actId }: Pick<Booked, 'actId'>) => {
    statements(tx).insert.run(
      ...[id, centre.id, lot.id, storeId, quantityMilli, cause, words],
      ...[actor.today, actor.user!.id, actId],
    );
  };
  const after = { lot: lot.id, store: storeId, quantityMilli, cause, words };
  const alone = statements(tx).singly.get(centre.id, actor.today) as number;
  const valueRial = shareOf(here, quantityMilli);
  if (alone + valueRial <= wasteLimitOn(tx, actor.today)) {
    writeOff(tx, actor, centre, { waste: { id, lot, here, quantityMilli, cause }, after }, write);
  } else {
    const deed = { kind: 'waste.proposed', subject: `wastes/${id}`, centreId: centre.id, after };
    write({ actId: record(tx, actor, deed).id });
  }
  return findWaste(tx, centre.id, id);
}

/** The second signature. What has meanwhile left the store is not there to be written off. */
export function agreeWaste(tx: Tx, actor: Actor, centre: Centre, waste: Waste): Waste {
  const { storeId, quantityMilli, cause } = waste;
  requireSecond(actor, centre, waste);
  const lot = lotById(tx, waste.lotId);
  const here = requireLying(tx, lot, storeId, quantityMilli);
  const of = { id: waste.id, lot, here, quantityMilli, cause };
  writeOff(tx, actor, centre, { waste: of, after: { agreed: true } }, ({ actId }) => {
    statements(tx).answer.run(waste.id, 1, null, actor.today, actor.user!.id, actId);
  });
  return findWaste(tx, centre.id, waste.id);
}

export function refuseWaste(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { waste, reason }: { waste: Waste; reason: string },
): Waste {
  requireSecond(actor, centre, waste);
  const act = record(tx, actor, {
    ...{ kind: 'waste.refused', subject: `wastes/${waste.id}`, centreId: centre.id },
    after: { reason },
  });
  statements(tx).answer.run(waste.id, 0, reason, actor.today, actor.user!.id, act.id);
  return findWaste(tx, centre.id, waste.id);
}

function requireSecond(actor: Actor, centre: Centre, waste: Waste): void {
  requirePower(actor, 'goods.approve', centre);
  if (waste.agreed !== null || waste.valueRial !== null) {
    throw new Refusal('goods:refusals.waste-answered');
  }
  if (waste.proposedBy !== actor.user?.id) return;
  throw new Refusal('goods:refusals.waste-two', { values: { name: waste.proposedByName } });
}

/** What spoils is written off whether or not it was ready or promised; never more than lies there. */
function requireLying(tx: Tx, lot: Lot, storeId: number, quantityMilli: number): Stock {
  refuseCounting(tx, storeId);
  const here = stockOfLot(tx, lot.id).find((one) => one.storeId === storeId);
  const available = (here?.quantityMilli ?? 0) / 1000;
  if (here && quantityMilli <= here.quantityMilli) return here;
  throw new Refusal('goods:refusals.only-so-much', {
    ...{ clause: 'B-81', field: 'quantity', values: { available } },
  });
}

type Off = { id: number; lot: Lot; here: Stock; quantityMilli: number; cause: Cause };

function writeOff(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { waste, after }: { waste: Off; after: object },
  write: (booked: Booked) => void,
): void {
  const { id, lot, here, quantityMilli, cause } = waste;
  const values = { lot: persianDigits(String(lot.number)), item: lot.itemName };
  const deed = {
    ...{ kind: 'waste.made', subject: `wastes/${id}`, after, reason: cause },
    ...{ words: 'wasted', values, against: WASTED },
    moves: [
      {
        ...{ lotId: lot.id, storeId: here.storeId, kind: 'wasted' as const },
        ...{ quantityMilli: -quantityMilli, valueRial: -shareOf(here, quantityMilli) },
        ...{ account: lot.account, fund: lot.fund },
      },
    ],
  };
  moveAndBook(tx, actor, centre, deed, write);
}
