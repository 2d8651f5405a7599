/** What came as a gift is looked at: taken, taken in part, or refused with a reason. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { persianDigits } from '../values/persian-text.ts';
import { type Moving, moveAndBook } from './booking.ts';
import type { Lot } from './lots.ts';
import { shareOf, stockOfLot } from './moves.ts';

export type Inspection = {
  result: 'accepted' | 'accepted-in-part' | 'refused';
  refusedMilli: number;
  reason: string | null;
  inspectedOn: string;
  inspectedByName: string;
};

/** Gifts of goods are income at what they are worth. */
export const GIVEN = '5201';

const statements = prepared(({ $client: client }) => ({
  find: client.prepare(
    `SELECT i.result, i.refused_milli AS refusedMilli, i.reason, i.inspected_on AS inspectedOn,
       u.name AS inspectedByName
     FROM lot_inspections i JOIN users u ON u.id = i.inspected_by WHERE i.lot_id = ?`,
  ),
  insert: client.prepare('INSERT INTO lot_inspections VALUES (?, ?, ?, ?, ?, ?, ?)'),
}));

export function inspectionOf(db: Db, lotId: number): Inspection | undefined {
  return statements(db).find.get(lotId) as Inspection | undefined;
}

/** What is refused leaves the store and the books in the same act; what is taken is then appraised. */
export function inspectLot(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { lot, refusedMilli, reason }: { lot: Lot; refusedMilli: number; reason: string | null },
): Inspection {
  requirePower(actor, 'goods.inspect', centre);
  if (lot.origin !== 'gift') throw new Refusal('goods:refusals.not-inspected');
  if (inspectionOf(tx, lot.id)) throw new Refusal('goods:refusals.inspected');
  const [here] = stockOfLot(tx, lot.id);
  if (!here) throw new Refusal('goods:refusals.nothing-left');
  if (refusedMilli > here.quantityMilli) {
    const values = { available: here.quantityMilli / 1000 };
    throw new Refusal('goods:refusals.refused-too-much', {
      ...{ status: 422, field: 'refused', values },
    });
  }
  if (refusedMilli > 0 && (reason ?? '').trim().length < 3) {
    throw new Refusal('goods:refusals.needs-reason', { status: 422, field: 'reason' });
  }
  const kept = refusedMilli === 0 ? 'accepted' : 'accepted-in-part';
  const result = refusedMilli === here.quantityMilli ? 'refused' : kept;
  const moves: Moving[] = [];
  if (refusedMilli > 0) {
    moves.push({
      ...{ lotId: lot.id, storeId: here.storeId, kind: 'refused' },
      ...{ account: lot.account, fund: lot.fund },
      ...{ quantityMilli: -refusedMilli, valueRial: -shareOf(here, refusedMilli) },
    });
  }
  const values = { lot: persianDigits(String(lot.number)), item: lot.itemName };
  const deed = {
    ...{ kind: 'lot.inspected', subject: `lots/${lot.id}`, reason, moves },
    ...{ after: { result, refusedMilli, reason }, words: 'refused', values, against: GIVEN },
  };
  moveAndBook(tx, actor, centre, deed, ({ actId }) => {
    statements(tx).insert.run(
      ...[lot.id, result, refusedMilli, reason, actor.today, actor.user!.id, actId],
    );
  });
  return inspectionOf(tx, lot.id)!;
}
