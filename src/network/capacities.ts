/** B-138: what is in the area, open or hidden, and what becomes of it; each card with its history. */
import type { Actor } from '../access/actor.ts';
import { may, requirePower, type Seat } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText, sortKey } from '../values/persian-text.ts';

export const CAPACITY_KINDS = [
  'skill',
  'workshop',
  'business',
  'land',
  'institution',
  'event',
  'equipment',
  'other',
] as const;
export const CAPACITY_USES = [
  'employment',
  'education',
  'culture',
  'legal',
  'housing',
  'health',
  'participation',
  'relief',
  'other',
] as const;
export const CAPACITY_STATES = ['found', 'in-use', 'exhausted', 'withdrawn'] as const;
export type CapacityState = (typeof CAPACITY_STATES)[number];

export type CapacityTyped = {
  kind: (typeof CAPACITY_KINDS)[number];
  title: string;
  isHidden: boolean;
  use: (typeof CAPACITY_USES)[number];
  place: string;
  lon?: number | null;
  lat?: number | null;
  ownerName?: string | null;
  ownerMobile?: string | null;
  note?: string | null;
};

/** A card without its owner, who is asked for apart (B-105). */
export type Capacity = Required<Omit<CapacityTyped, 'ownerName' | 'ownerMobile'>> & {
  id: number;
  centreId: number;
  foundOn: string;
  state: CapacityState;
  /** Whether the other centres of the province find it. */
  isOpen: boolean;
  nextStep: string | null;
  followedBy: Seat | null;
  hasOwner: boolean;
};

export type Owner = { name: string | null; mobile: string | null };

export type StepTyped = {
  state: CapacityState;
  nextStep?: string | null;
  followedBy?: Seat | null;
  note?: string | null;
};

export type CapacityStep = Required<StepTyped> & {
  takenOn: string;
  takenBy: string;
  isOpen: boolean;
};

type Flags = 'isHidden' | 'isOpen' | 'hasOwner';
/** A card as SQLite gives it. */
export type RawCard = Omit<Capacity, Flags> & Record<Flags, number>;

export const SELECT_CARDS = `SELECT id, centre_id AS centreId, kind, title, is_hidden AS isHidden, use, place,
  lon, lat, note, found_on AS foundOn, state, is_open AS isOpen, next_step AS nextStep,
  followed_by AS followedBy, owner_name IS NOT NULL OR owner_mobile IS NOT NULL AS hasOwner
  FROM capacities`;

const statements = prepared(({ $client: client }) => ({
  unfollowed: client
    .prepare(
      `SELECT count(*) FROM capacities WHERE centre_id = ? AND state IN ('found', 'in-use')
         AND (coalesce(next_step, '') = '' OR coalesce(followed_by, '') = '')`,
    )
    .pluck(),
  one: client.prepare(`${SELECT_CARDS} WHERE centre_id = ? AND id = ?`),
  owner: client.prepare(
    'SELECT owner_name AS name, owner_mobile AS mobile FROM capacities WHERE id = ?',
  ),
  insert: client.prepare(
    `INSERT INTO capacities (centre_id, kind, title, title_search, title_sort, is_hidden, use, place,
       place_search, lon, lat, owner_name, owner_mobile, note, found_on, act_id)
     VALUES (@centreId, @kind, @title, @titleSearch, @titleSort, @isHidden, @use, @place,
       @placeSearch, @lon, @lat, @ownerName, @ownerMobile, @note, @foundOn, @actId)`,
  ),
  edit: client.prepare(
    `UPDATE capacities SET title = @title, title_search = @titleSearch, title_sort = @titleSort,
       is_hidden = @isHidden, use = @use, place = @place, place_search = @placeSearch,
       lon = @lon, lat = @lat, owner_name = @ownerName, owner_mobile = @ownerMobile, note = @note
     WHERE id = @id`,
  ),
  steps: client.prepare(
    `SELECT s.taken_on AS takenOn, u.name AS takenBy, s.state, s.is_open AS isOpen,
       s.next_step AS nextStep, s.followed_by AS followedBy, s.note
     FROM capacity_steps s JOIN users u ON u.id = s.taken_by
     WHERE s.capacity_id = ? ORDER BY s.id DESC`,
  ),
  step: client.prepare(
    `INSERT INTO capacity_steps (capacity_id, taken_on, state, is_open, next_step, followed_by,
       note, taken_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/** A card of this centre; another centre's is not there. */
export function findCapacity(db: Db, centreId: number, id: number): Capacity {
  const raw = statements(db).one.get(centreId, id) as RawCard | undefined;
  if (!raw) throw new NotFound();
  return cardOf(raw);
}

/** The history of a card, the latest step first. */
export const capacitySteps = (db: Db, id: number): CapacityStep[] =>
  (statements(db).steps.all(id) as (Omit<CapacityStep, 'isOpen'> & { isOpen: number })[]).map(
    (row) => ({ ...row, isOpen: row.isOpen === 1 }),
  );

/** B-105: the owner is known to the chair and to the seat that follows the card, and to no one else. */
export function knowsOwner(actor: Actor, centre: Centre, { followedBy }: Capacity): boolean {
  const follows = actor.seats.some(
    ({ centreId, seat }) => centreId === centre.id && seat === followedBy,
  );
  return follows || may(actor, 'capacities.contact', centre);
}

export function ownerOf(db: Db, actor: Actor, centre: Centre, card: Capacity): Owner | undefined {
  if (!knowsOwner(actor, centre, card)) return undefined;
  return statements(db).owner.get(card.id) as Owner;
}

/** Shows the owner to a reader with a reason; the trail keeps both (B-105, B-110). */
export function revealOwner(tx: Tx, actor: Actor, centre: Centre, id: number, reason: string) {
  requirePower(actor, 'capacities.unmask', centre);
  const card = findCapacity(tx, centre.id, id);
  record(tx, actor, deed('revealed', centre, id, { reason }));
  return statements(tx).owner.get(card.id) as Owner;
}

/** Writes a card; it is found, and nobody outside the centre sees it. */
export function recordCapacity(tx: Tx, actor: Actor, centre: Centre, typed: CapacityTyped) {
  requirePower(actor, 'capacities.record', centre);
  const row = rowOf(typed);
  const { ownerName, ownerMobile, ...after } = row;
  const act = record(tx, actor, deed('found', centre, 0, after));
  const { lastInsertRowid } = statements(tx).insert.run({
    ...{ ...row, kind: typed.kind, centreId: centre.id },
    ...{ foundOn: actor.today, actId: act.id },
  });
  return findCapacity(tx, centre.id, Number(lastInsertRowid));
}

/** Corrects what a card says; its kind stays. Whoever may not see the owner leaves him as he is. */
export function editCapacity(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  typed: CapacityTyped,
): Capacity {
  requirePower(actor, 'capacities.record', centre);
  const card = findCapacity(tx, centre.id, id);
  const kept = statements(tx).owner.get(id) as Owner;
  const owner = knowsOwner(actor, centre, card)
    ? {}
    : { ownerName: typed.ownerName ?? kept.name, ownerMobile: typed.ownerMobile ?? kept.mobile };
  const row = rowOf({ ...typed, ...owner });
  const { ownerName, ownerMobile, ...after } = row;
  const ownerChanged = ownerName !== kept.name || ownerMobile !== kept.mobile;
  const before = { ...card, nextStep: undefined };
  record(tx, actor, { ...deed('edited', centre, id, { ...after, ownerChanged }), before });
  statements(tx).edit.run({ ...row, id });
  return findCapacity(tx, centre.id, id);
}

/** What becomes of a card, what is next and which seat follows it. What ended is open to nobody. */
export function followCapacity(tx: Tx, actor: Actor, centre: Centre, id: number, typed: StepTyped) {
  requirePower(actor, 'capacities.record', centre);
  const card = findCapacity(tx, centre.id, id);
  return take(tx, actor, centre, card, { ...typed, isOpen: card.isOpen && isLive(typed.state) });
}

/** Lets the other centres of the province find a card, or no longer. */
export function openCapacity(tx: Tx, actor: Actor, centre: Centre, id: number, isOpen: boolean) {
  requirePower(actor, 'capacities.open', centre);
  const card = findCapacity(tx, centre.id, id);
  if (isOpen && !isLive(card.state)) throw new Refusal('network:refusals.capacity-ended');
  if (card.isOpen === isOpen) {
    throw new Refusal(`network:refusals.capacity-${isOpen ? 'open' : 'closed'}`);
  }
  const { state, nextStep, followedBy } = card;
  return take(tx, actor, centre, card, { state, nextStep, followedBy, isOpen });
}

/** B-48: how many cards that can be used have no next step, or nobody who follows it. */
export function countUnfollowed(db: Db, centreId: number): number {
  return statements(db).unfollowed.get(centreId) as number;
}

export const isLive = (state: CapacityState): boolean => state === 'found' || state === 'in-use';

type Step = StepTyped & { isOpen: boolean };

function take(tx: Tx, actor: Actor, centre: Centre, card: Capacity, step: Step): Capacity {
  if (card.state === 'withdrawn') throw new Refusal('network:refusals.capacity-withdrawn');
  const { state, isOpen, nextStep = null, followedBy = null, note = null } = step;
  const after = { state, isOpen, nextStep, followedBy, note };
  const act = record(tx, actor, deed('followed', centre, card.id, after));
  statements(tx).step.run(
    ...[card.id, actor.today, state, isOpen ? 1 : 0, nextStep, followedBy, note],
    ...[actor.user?.id, act.id],
  );
  return findCapacity(tx, centre.id, card.id);
}

/** The owner's particulars stay out of the trail, which more people read than may know him. */
const deed = (what: string, centre: Centre, id: number, after: unknown) => ({
  ...{ kind: `capacity.${what}`, subject: `capacities/${centre.code}${id ? `/${id}` : ''}` },
  ...{ centreId: centre.id, after },
});

function rowOf({ title, isHidden, use, place, ...typed }: CapacityTyped) {
  return {
    ...{ title, titleSearch: searchText(title), titleSort: sortKey(title) },
    ...{ isHidden: isHidden ? 1 : 0, use, place, placeSearch: searchText(place) },
    ...{ lon: typed.lon ?? null, lat: typed.lat ?? null },
    ...{ ownerName: typed.ownerName ?? null, ownerMobile: typed.ownerMobile ?? null },
    note: typed.note ?? null,
  };
}

export const cardOf = (raw: RawCard): Capacity => ({
  ...raw,
  isHidden: raw.isHidden === 1,
  isOpen: raw.isOpen === 1,
  hasOwner: raw.hasOwner === 1,
});
