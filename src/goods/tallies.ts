/** What two people counted: written down by the first, agreed to by the second, judged by a third. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { findFund } from '../funds/funds.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { wordsFor } from '../words.ts';
import { type Moving, moveAndBook } from './booking.ts';
import { type Count, endCount, findCount, requireState } from './counts.ts';
import { findItem } from './items.ts';
import { addLotRow, lotById } from './lots.ts';
import { shareOf, stockOfLot } from './moves.ts';

/** A lot of the counted store, in the order in which it is looked for; without its quantity. */
export type Counted = {
  lotId: number;
  lotNumber: number;
  item: string;
  unit: string;
  fund: string;
  condition: string;
  expiresOn: string | null;
};

/** With what the store says and what was counted: for whoever approves, never for who counts. */
export type Compared = Counted & {
  storedMilli: number;
  countedMilli: number;
  valueRial: number;
  differenceRial: number;
};

export type Found = {
  itemId: number;
  quantityMilli: number;
  valueRial: number;
  fund: string;
  expiresOn: string | null;
};

/** Differences of a count are booked here. */
const COUNTED = '8102';

const LOT = `l.id AS lotId, l.number AS lotNumber, i.name AS item, i.unit, l.fund, l.condition,
  l.expires_on AS expiresOn`;

const statements = prepared(({ $client: client }) => ({
  lots: client.prepare(
    `SELECT ${LOT} FROM stock s JOIN lots l ON l.id = s.lot_id JOIN items i ON i.id = l.item_id
     WHERE s.store_id = ? AND s.quantity_milli > 0 AND l.id <= ? ORDER BY i.name_search, l.id`,
  ),
  lines: client.prepare(
    `SELECT ${LOT}, c.quantity_milli AS countedMilli FROM count_lines c
     JOIN lots l ON l.id = c.lot_id JOIN items i ON i.id = l.item_id
     WHERE c.tally_id = ? ORDER BY i.name_search, l.id`,
  ),
  found: client.prepare(
    `SELECT item_id AS itemId, quantity_milli AS quantityMilli, value_rial AS valueRial, fund,
       expires_on AS expiresOn FROM count_found WHERE tally_id = ? ORDER BY position`,
  ),
  nextId: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM count_tallies').pluck(),
  insert: client.prepare('INSERT INTO count_tallies VALUES (?, ?, ?, ?, ?)'),
  line: client.prepare('INSERT INTO count_lines VALUES (?, ?, ?)'),
  find: client.prepare('INSERT INTO count_found VALUES (?, ?, ?, ?, ?, ?, ?)'),
  answer: client.prepare('INSERT INTO count_answers VALUES (?, ?, ?, ?, ?, ?)'),
  // What one unit of the lot was worth when it last had a worth: rials of so many thousandths.
  worth: client.prepare(
    `SELECT sum(m.value_rial) AS rial, (SELECT sum(x.quantity_milli) FROM stock_moves x
       WHERE x.lot_id = m.lot_id AND x.kind IN ('received', 'bought', 'found', 'opening', 'refused'))
       AS milli
     FROM stock_moves m WHERE m.lot_id = ?
       AND m.kind IN ('received', 'bought', 'found', 'opening', 'refused', 'appraised')`,
  ),
}));

/** What lies in the store and is counted. */
export function lotsToCount(db: Db, { storeId, lastLotId }: Count): Counted[] {
  return statements(db).lots.all(storeId, lastLotId) as Counted[];
}

export function linesOfTally(db: Db, tallyId: number): (Counted & { countedMilli: number })[] {
  return statements(db).lines.all(tallyId) as (Counted & { countedMilli: number })[];
}

export function foundOf(db: Db, tallyId: number): Found[] {
  return statements(db).found.all(tallyId) as Found[];
}

/** The first of the two writes down what lies there, lot by lot, and what he found beside. */
export function writeTally(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { count, lines, found }: { count: Count; lines: Map<number, number>; found: Found[] },
): Count {
  requireCounter(actor, centre, count, 'first');
  requireState(count, ['counting']);
  const lots = lotsToCount(tx, count);
  const missing = lots.filter(({ lotId }) => !lines.has(lotId));
  if (missing.length > 0) {
    const fields = missing.map(({ lotId }) => ({
      ...{ field: `lots.${lotId}`, key: 'goods:refusals.not-counted' },
    }));
    throw new Refusal('common:refusals.check-fields', { status: 422, fields });
  }
  found.forEach((one, at) => {
    findItem(tx, centre.id, one.itemId);
    if (findFund(tx, one.fund, actor.today)) return;
    throw new Refusal('books:refusals.fund', { status: 422, field: `found.${at}.fund` });
  });
  const id = statements(tx).nextId.get() as number;
  const written = lots.map(({ lotId }) => [lotId, lines.get(lotId)!] as const);
  const act = record(tx, actor, {
    ...{ kind: 'count.tallied', subject: `counts/${count.id}`, centreId: centre.id },
    after: { tally: id, lines: written, found },
  });
  for (const [lotId, milli] of written) statements(tx).line.run(id, lotId, milli);
  found.forEach(({ itemId, quantityMilli, valueRial, fund, expiresOn }, at) => {
    statements(tx).find.run(id, at + 1, itemId, quantityMilli, valueRial, fund, expiresOn);
  });
  statements(tx).insert.run(id, count.id, actor.today, actor.user!.id, act.id);
  return findCount(tx, centre.id, count.id);
}

/** The second of the two agrees with the list, or asks to count again. */
export function answerTally(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { count, again }: { count: Count; again: string | null },
): Count {
  requireCounter(actor, centre, count, 'second');
  requireState(count, ['tallied']);
  const kind = again === null ? 'count.agreed' : 'count.sent-back';
  const act = record(tx, actor, {
    ...{ kind, subject: `counts/${count.id}`, centreId: centre.id },
    after: { tally: count.tallyId, reason: again },
  });
  const agreed = again === null ? 1 : 0;
  statements(tx).answer.run(count.tallyId, agreed, again, actor.today, actor.user!.id, act.id);
  return findCount(tx, centre.id, count.id);
}

function requireCounter(
  actor: Actor,
  centre: Centre,
  count: Count,
  which: 'first' | 'second',
): void {
  requirePower(actor, 'goods.count', centre);
  const name = which === 'first' ? count.firstName : count.secondName;
  const by = which === 'first' ? count.firstBy : count.secondBy;
  if (actor.user?.id !== by) {
    throw new Refusal(`goods:refusals.counter-${which}`, { status: 403, values: { name } });
  }
}

/** What the store says beside what was counted, lot by lot. */
export function compared(db: Db, count: Count): Compared[] {
  if (count.tallyId === null) return [];
  return linesOfTally(db, count.tallyId).map((line) => {
    const here = stockOfLot(db, line.lotId).find(({ storeId }) => storeId === count.storeId);
    const storedMilli = here?.quantityMilli ?? 0;
    const change = line.countedMilli - storedMilli;
    const differenceRial =
      change < 0 && here ? -shareOf(here, -change) : worthOf(db, line.lotId, change);
    return { ...line, storedMilli, valueRial: here?.valueRial ?? 0, differenceRial };
  });
}

/** So much more of a lot is worth what as much of it was when it came in and was appraised. */
function worthOf(db: Db, lotId: number, milli: number): number {
  if (milli <= 0) return 0;
  const { rial, milli: whole } = statements(db).worth.get(lotId) as Record<string, number>;
  return whole! > 0 ? Number((BigInt(rial!) * BigInt(milli)) / BigInt(whole!)) : 0;
}

/** A third approves: every difference becomes a move, and the books follow. */
export function approveCount(tx: Tx, actor: Actor, centre: Centre, count: Count): Count {
  requirePower(actor, 'goods.approve', centre);
  requireState(count, ['agreed']);
  if ([count.firstBy, count.secondBy].includes(actor.user!.id)) {
    throw new Refusal('goods:refusals.count-third');
  }
  const reason = wordsFor('fa')('goods:entry.counted-reason');
  const differences = compared(tx, count).filter((one) => one.countedMilli !== one.storedMilli);
  const moves = differences.map((one): Moving => {
    const { account, fund } = lotById(tx, one.lotId);
    return {
      ...{ lotId: one.lotId, storeId: count.storeId, kind: 'counted', account, fund },
      ...{ quantityMilli: one.countedMilli - one.storedMilli, valueRial: one.differenceRial },
    };
  });
  const found = foundOf(tx, count.tallyId!);
  const lots = found.map((one) => ({ one, item: findItem(tx, centre.id, one.itemId) }));
  const subject = `counts/${count.id}`;
  const deed = {
    ...{ kind: 'count.approved', subject, words: 'counted', against: COUNTED, reason },
    ...{ values: { store: count.storeName }, moves },
    after: { tally: count.tallyId, differences: moves.map(told), found },
  };
  // Lots found are written by the act, so their moves are known only while it is being entered.
  const born = lots.map(({ one, item }): Moving => {
    const { quantityMilli, valueRial, fund } = one;
    const { account } = item;
    const kind = 'found';
    return {
      ...{ lotId: 0, storeId: count.storeId, kind, quantityMilli },
      valueRial,
      account,
      fund,
    };
  });
  moves.push(...born);
  const { actId } = moveAndBook(tx, actor, centre, deed, (booked) => {
    lots.forEach(({ one, item }, at) => {
      born[at]!.lotId = addLotRow(tx, centre, item, {
        ...{ fund: one.fund, receivedOn: actor.today, origin: 'count', actId: booked.actId },
        ...{ condition: one.expiresOn ? 'perishable' : 'used', expiresOn: one.expiresOn },
      }).id;
    });
  });
  endCount(tx, actor, { count, ending: 'approved', reason: null, actId });
  return findCount(tx, centre.id, count.id);
}

const told = ({ lotId, quantityMilli, valueRial }: Moving) => [lotId, quantityMilli, valueRial];
