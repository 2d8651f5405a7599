/** Rounds: the boxes of a day in the order they are visited in, and the two who go. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { type Box, findBox } from './boxes.ts';
import { findTwo } from './people.ts';

export type RoundTyped = {
  roundOn: string;
  first: string;
  second: string;
  /** Numbers of boxes, in the order of the way. */
  boxes: number[];
  note?: string | null;
};

export type Round = {
  id: number;
  number: number;
  roundOn: string;
  firstKey: string;
  firstName: string;
  secondKey: string;
  secondName: string;
  note: string | null;
  plannedBy: string;
  stops: number;
  opened: number;
};

export type Stop = {
  position: number;
  number: number;
  place: string;
  keeperKind: string;
  keeperName: string;
  keeperMobile: string | null;
  lastOpenedOn: string | null;
  /** What was counted of it on this round, once it was. */
  openingId: number | null;
};

const OF_ROUND = `SELECT o.id FROM box_openings o WHERE o.round_id = r.id
  AND NOT EXISTS (SELECT 1 FROM box_count_withdrawals w WHERE w.opening_id = o.id)
  AND NOT EXISTS (SELECT 1 FROM box_openings n WHERE n.replaces_id = o.id
    AND NOT EXISTS (SELECT 1 FROM box_count_withdrawals w WHERE w.opening_id = n.id))`;

const SELECT = `SELECT r.id, r.number, r.round_on AS roundOn, r.first_key AS firstKey,
    r.first_name AS firstName, r.second_key AS secondKey, r.second_name AS secondName, r.note,
    u.name AS plannedBy, (SELECT count(*) FROM box_round_stops WHERE round_id = r.id) AS stops,
    (SELECT count(*) FROM (${OF_ROUND})) AS opened
  FROM box_rounds r JOIN users u ON u.id = r.planned_by`;

const statements = prepared(({ $client: client }) => ({
  list: client.prepare(
    `${SELECT} WHERE r.centre_id = ? ORDER BY r.round_on DESC, r.number DESC LIMIT ? OFFSET ?`,
  ),
  count: client.prepare('SELECT count(*) FROM box_rounds WHERE centre_id = ?').pluck(),
  one: client.prepare(`${SELECT} WHERE r.centre_id = ? AND r.number = ?`),
  stops: client.prepare(
    `SELECT s.position, x.number, p.place, p.keeper_kind AS keeperKind,
       p.keeper_name AS keeperName, p.keeper_mobile AS keeperMobile,
       (SELECT max(o.opened_on) FROM box_openings o WHERE o.box_id = x.id
         AND o.round_id IS NOT r.id) AS lastOpenedOn,
       (${OF_ROUND} AND o.box_id = x.id) AS openingId
     FROM box_round_stops s JOIN box_rounds r ON r.id = s.round_id JOIN boxes x ON x.id = s.box_id
     JOIN box_events p ON p.id = (SELECT max(id) FROM box_events
       WHERE box_id = x.id AND event <> 'withdrawn')
     WHERE s.round_id = ? ORDER BY s.position`,
  ),
  nextId: client.prepare('SELECT 1 + coalesce(max(id), 0) FROM box_rounds').pluck(),
  next: client
    .prepare('SELECT 1 + coalesce(max(number), 0) FROM box_rounds WHERE centre_id = ?')
    .pluck(),
  stop: client.prepare('INSERT INTO box_round_stops VALUES (?, ?, ?)'),
  insert: client.prepare('INSERT INTO box_rounds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
}));

export const roundsOf = (db: Db, centreId: number, limit: number, offset = 0): Round[] =>
  statements(db).list.all(centreId, limit, offset) as Round[];

export const countRounds = (db: Db, centreId: number): number =>
  statements(db).count.get(centreId) as number;

/** A round of this centre by its number; throws NotFound. */
export function findRound(db: Db, centreId: number, number: number): Round {
  const round = statements(db).one.get(centreId, number) as Round | undefined;
  if (!round) throw new NotFound();
  return round;
}

export const stopsOf = (db: Db, roundId: number): Stop[] =>
  statements(db).stops.all(roundId) as Stop[];

/** Sends two on their way, to boxes that stand, each once. */
export function planRound(tx: Tx, actor: Actor, centre: Centre, typed: RoundTyped): Round {
  requirePower(actor, 'boxes.keep', centre);
  const { roundOn, note = null } = typed;
  if (typed.boxes.length === 0 || typed.boxes.length > 500) {
    throw new Refusal('boxes:refusals.no-stops', { status: 422, field: 'boxes' });
  }
  const [first, second] = findTwo(tx, centre.id, actor.today, typed);
  const boxes = typed.boxes.map((number) => standing(tx, centre, number));
  if (new Set(typed.boxes).size < boxes.length) {
    throw new Refusal('boxes:refusals.stop-twice', { status: 422, field: 'boxes' });
  }
  const number = statements(tx).next.get(centre.id) as number;
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'box-round.planned', subject: `box-rounds/${number}`, centreId: centre.id },
    after: { number, roundOn, first: first.name, second: second.name, boxes: typed.boxes },
  });
  boxes.forEach((box, at) => {
    statements(tx).stop.run(id, at + 1, box.id);
  });
  statements(tx).insert.run(
    ...[id, centre.id, number, roundOn, first.key, first.name, second.key, second.name, note],
    ...[actor.today, actor.user!.id, act.id],
  );
  return findRound(tx, centre.id, number);
}

function standing(db: Db, centre: Centre, number: number): Box {
  try {
    const box = findBox(db, centre.id, number);
    if (box.event !== 'withdrawn') return box;
  } catch (fault) {
    if (!(fault instanceof NotFound)) throw fault;
  }
  throw new Refusal('boxes:refusals.no-such-box', {
    ...{ status: 422, field: 'boxes', values: { number: String(number) } },
  });
}
