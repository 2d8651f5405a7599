/** Collection boxes: each under the centre's number, where it stands and who keeps it. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Point } from '../boundary/area.ts';
import { containsPoint } from '../boundary/measure.ts';
import { permitFor } from '../boundary/permits-known.ts';
import { boundaryOn } from '../boundary/versions.ts';
import type { Centre } from '../centres/centres.ts';
import { upholdForGift } from '../donations/clauses.ts';
import { findFund } from '../funds/funds.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import type { BoxEventKind, BoxKind } from './schema.ts';

export type Keeper = { kind: 'person' | 'shop'; name: string; mobile: string | null };
export type Placed = { place: string; at: Point };

export type BoxTyped = Placed & {
  kind: BoxKind;
  fund: string;
  keeper: Keeper;
  installedOn: string;
};

export type Happening = {
  event: BoxEventKind;
  happenedOn: string;
  placed?: Placed;
  keeper?: Keeper;
  reason?: string | null;
};

export type BoxEvent = {
  id: number;
  event: BoxEventKind;
  happenedOn: string;
  place: string | null;
  lat: number | null;
  lon: number | null;
  inside: number | null;
  permitId: number | null;
  keeperKind: 'person' | 'shop' | null;
  keeperName: string | null;
  keeperMobile: string | null;
  reason: string | null;
  recordedBy: string;
};

export type Box = Omit<BoxEvent, 'id' | 'recordedBy' | 'reason'> & {
  id: number;
  centreId: number;
  number: number;
  kind: BoxKind;
  fund: string;
  registeredOn: string;
  /** Since when it stands, or stood last. */
  installedOn: string;
  /** When it was opened last and that was confirmed; null while it never was. */
  lastOpenedOn: string | null;
  openings: number;
  yieldRial: number;
};

/** A count that stands: two signed it, and no later one took its place. */
export const STANDING = `EXISTS (SELECT 1 FROM box_confirmations c WHERE c.opening_id = o.id)
  AND NOT EXISTS (SELECT 1 FROM box_openings n JOIN box_confirmations k ON k.opening_id = n.id
    WHERE n.replaces_id = o.id)`;

const SELECT = `SELECT x.id, x.centre_id AS centreId, x.number, x.kind, x.fund,
    x.registered_on AS registeredOn, e.event, e.happened_on AS happenedOn, p.place, p.lat, p.lon,
    p.inside, p.permit_id AS permitId, p.keeper_kind AS keeperKind, p.keeper_name AS keeperName,
    p.keeper_mobile AS keeperMobile,
    (SELECT max(happened_on) FROM box_events WHERE box_id = x.id AND event = 'installed')
      AS installedOn,
    (SELECT max(o.opened_on) FROM box_openings o WHERE o.box_id = x.id AND ${STANDING})
      AS lastOpenedOn,
    (SELECT count(*) FROM box_openings o WHERE o.box_id = x.id AND ${STANDING}) AS openings,
    (SELECT coalesce(sum(o.total_rial), 0) FROM box_openings o
      WHERE o.box_id = x.id AND ${STANDING}) AS yieldRial
  FROM boxes x
  JOIN box_events e ON e.id = (SELECT max(id) FROM box_events WHERE box_id = x.id)
  JOIN box_events p ON p.id = (SELECT max(id) FROM box_events
    WHERE box_id = x.id AND event <> 'withdrawn')`;

const FILTERED = `x.centre_id = @centreId AND (@kind IS NULL OR x.kind = @kind)
  AND (@state IS NULL OR (e.event = 'withdrawn') = (@state = 'withdrawn'))
  AND (@q IS NULL OR p.place LIKE '%' || @q || '%' OR p.keeper_name LIKE '%' || @q || '%'
    OR x.number = CAST(@q AS INTEGER))`;

const statements = prepared(({ $client: client }) => ({
  list: client.prepare(`${SELECT} WHERE ${FILTERED} ORDER BY x.number LIMIT @limit OFFSET @offset`),
  count: client.prepare(`SELECT count(*) FROM (${SELECT} WHERE ${FILTERED})`).pluck(),
  one: client.prepare(`${SELECT} WHERE x.centre_id = ? AND x.number = ?`),
  events: client.prepare(
    `SELECT e.id, e.event, e.happened_on AS happenedOn, e.place, e.lat, e.lon, e.inside,
       e.permit_id AS permitId, e.keeper_kind AS keeperKind, e.keeper_name AS keeperName,
       e.keeper_mobile AS keeperMobile, e.reason, u.name AS recordedBy
     FROM box_events e JOIN users u ON u.id = e.recorded_by WHERE e.box_id = ? ORDER BY e.id DESC`,
  ),
  next: client
    .prepare('SELECT 1 + coalesce(max(number), 0) FROM boxes WHERE centre_id = ?')
    .pluck(),
  insert: client.prepare(
    `INSERT INTO boxes (centre_id, number, kind, fund, registered_on, registered_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  happen: client.prepare(
    `INSERT INTO box_events (box_id, event, happened_on, place, lat, lon, inside, permit_id,
       keeper_kind, keeper_name, keeper_mobile, reason, recorded_on, recorded_by, act_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

export type BoxFilter = { kind?: string; state?: string; q?: string };

export function boxesOf(
  db: Db,
  centreId: number,
  filter: BoxFilter,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Box[] {
  return statements(db).list.all({ ...asked(centreId, filter), limit, offset }) as Box[];
}

export function countBoxes(db: Db, centreId: number, filter: BoxFilter): number {
  return statements(db).count.get(asked(centreId, filter)) as number;
}

/** A box of this centre by its number; throws NotFound. */
export function findBox(db: Db, centreId: number, number: number): Box {
  const box = statements(db).one.get(centreId, number) as Box | undefined;
  if (!box) throw new NotFound();
  return box;
}

/** What became of a box, the latest first. */
export const eventsOf = (db: Db, boxId: number): BoxEvent[] =>
  statements(db).events.all(boxId) as BoxEvent[];

/** Puts up a box: within the area of that day, or where a permit lets the centre serve (B-124). */
export function installBox(tx: Tx, actor: Actor, centre: Centre, typed: BoxTyped): Box {
  requirePower(actor, 'boxes.keep', centre);
  const { kind, fund, installedOn, place, at, keeper } = typed;
  refuseFuture(actor, installedOn, 'installedOn');
  upholdForGift(tx, actor, centre, { receivedOn: installedOn, purposeSearch: null });
  refuseFund(tx, fund, actor.today);
  const number = statements(tx).next.get(centre.id) as number;
  const ground = groundAt(tx, centre, at, installedOn);
  const act = record(tx, actor, {
    ...{ kind: 'box.installed', subject: `boxes/${number}`, centreId: centre.id },
    after: { number, kind, fund, installedOn, place, at, keeper: keeper.name, ...ground },
  });
  const by = actor.user!.id;
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[centre.id, number, kind, fund, actor.today, by, act.id],
  );
  write(tx, actor, Number(lastInsertRowid), act.id, {
    ...{ event: 'installed', happenedOn: installedOn, placed: { place, at }, keeper },
    ground,
  });
  return findBox(tx, centre.id, number);
}

/** Moves a box, gives it to another keeper, takes it down, or puts one up again. */
export function changeBox(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: number,
  happening: Happening,
): Box {
  requirePower(actor, 'boxes.keep', centre);
  const { event, happenedOn, reason = null } = happening;
  const box = findBox(tx, centre.id, number);
  refuseFuture(actor, happenedOn, 'happenedOn');
  if (happenedOn < box.happenedOn) {
    throw new Refusal('boxes:refusals.before-last', { status: 422, field: 'happenedOn' });
  }
  if ((event === 'installed') !== (box.event === 'withdrawn')) {
    throw new Refusal(`boxes:refusals.${box.event === 'withdrawn' ? 'withdrawn' : 'stands'}`);
  }
  if (event === 'withdrawn' && !reason) {
    throw new Refusal('common:refusals.needed', { status: 422, field: 'reason' });
  }
  if (event === 'installed') {
    upholdForGift(tx, actor, centre, { receivedOn: happenedOn, purposeSearch: null });
  }
  const stays = event === 'withdrawn' || event === 'kept';
  const placed = stays ? undefined : required(happening.placed, 'place');
  const keeper = event === 'kept' ? required(happening.keeper, 'keeperName') : happening.keeper;
  const ground = placed && groundAt(tx, centre, placed.at, happenedOn);
  const act = record(tx, actor, {
    ...{ kind: `box.${event}`, subject: `boxes/${number}`, centreId: centre.id },
    after: { number, happenedOn, place: placed?.place, keeper: keeper?.name, reason, ...ground },
  });
  write(tx, actor, box.id, act.id, {
    ...{ event, happenedOn, reason, ground: ground ?? before(box) },
    placed: placed ?? { place: box.place!, at: [box.lon!, box.lat!] },
    keeper: keeper ?? { kind: box.keeperKind!, name: box.keeperName!, mobile: box.keeperMobile },
  });
  return findBox(tx, centre.id, number);
}

type Ground = { inside: number; permitId: number | null };
type Written = Happening & { ground: Ground };

const before = ({ inside, permitId }: Box): Ground => ({ inside: inside!, permitId });

function write(tx: Tx, actor: Actor, boxId: number, actId: number, written: Written): void {
  const { event, happenedOn, placed, keeper, reason = null, ground } = written;
  const stands = event !== 'withdrawn';
  const [lon, lat] = placed!.at;
  const where = stands ? [placed!.place, lat, lon, ground.inside, ground.permitId] : none(5);
  const whose = stands ? [keeper!.kind, keeper!.name, keeper!.mobile] : none(3);
  statements(tx).happen.run(
    ...[boxId, event, happenedOn, ...where, ...whose, reason, actor.today, actor.user!.id, actId],
  );
}

const none = (many: number): null[] => Array.from({ length: many }, () => null);

function required<T>(value: T | undefined, field: string): T {
  if (value !== undefined) return value;
  throw new Refusal('common:refusals.needed', { status: 422, field });
}

/** What is dropped into a box is a gift of its fund. */
function refuseFund(db: Db, fund: string, day: string): void {
  if (findFund(db, fund, day)?.takesGifts) return;
  throw new Refusal('donations:refusals.unknown-fund', { status: 422, field: 'fund' });
}

function refuseFuture(actor: Actor, day: string, field: string): void {
  if (day > actor.today) throw new Refusal('boxes:refusals.future', { status: 422, field });
}

/** B-124: within the area in force on the day, or by a permit that covers the place. */
function groundAt(db: Db, centre: Centre, at: Point, day: string): Ground {
  const area = boundaryOn(db, centre.id, day)?.area;
  if (area && containsPoint(area, at)) return { inside: 1, permitId: null };
  const [lon, lat] = at;
  const permit = permitFor(db, centre.id, { lon, lat }, day);
  if (permit) return { inside: 0, permitId: permit.id };
  throw new Refusal('boxes:refusals.outside', {
    ...{ status: 422, clause: 'B-124', field: 'at', mend: '/boundary/permits' },
  });
}

const asked = (centreId: number, { kind, state, q }: BoxFilter) => ({
  ...{ centreId, kind: kind ?? null, state: state ?? null, q: q ?? null },
});
