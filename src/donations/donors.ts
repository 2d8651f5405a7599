/** Donors of a centre: known again by national ID, by name and mobile, or by name alone. */
import type { Actor } from '../access/actor.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { type Deed, record, recordEach } from '../trail/acts.ts';
import { maskNationalId } from '../values/national-id.ts';
import { searchText, sortKey } from '../values/persian-text.ts';

export type Donor = {
  id: number;
  name: string;
  nationalId: string | null;
  mobile: string | null;
  mayBeNamed: boolean;
};

/** A donor as the giver of one gift was described: chosen by id, or told by name and numbers. */
export type GivenDonor = {
  id?: number;
  name?: string;
  nationalId?: string;
  mobile?: string;
  mayBeNamed?: boolean;
};

/** What is written of a donor, all of it. */
export type DonorDetails = {
  name: string;
  nationalId?: string | null;
  mobile?: string | null;
  mayBeNamed: boolean;
};

type DonorRow = Omit<Donor, 'mayBeNamed'> & { mayBeNamed: number };

/** Ids of a centre's donors lie together, so that a search is narrowed to it by a range. */
const ROOM = 2 ** 32;

const SELECT = `SELECT id, name, national_id AS nationalId, mobile, may_be_named AS mayBeNamed
  FROM donors`;

const statements = prepared((db) => ({
  byId: db.$client.prepare(`${SELECT} WHERE id = ? AND centre_id = ?`),
  byNationalId: db.$client.prepare(`${SELECT} WHERE centre_id = ? AND national_id = ?`),
  byMobile: db.$client.prepare(`${SELECT} WHERE centre_id = ? AND mobile = ? ORDER BY id LIMIT 20`),
  bareName: db.$client.prepare(
    `${SELECT} WHERE centre_id = ? AND name_search = ? AND mobile IS NULL AND national_id IS NULL
     ORDER BY id LIMIT 1`,
  ),
  last: db.$client.prepare('SELECT max(id) FROM donors WHERE id BETWEEN ? AND ?').pluck(),
  knownBy: db.$client
    .prepare('SELECT national_id, mobile, name_search FROM donors WHERE id BETWEEN ? AND ?')
    .raw(),
  // The acts that the partial index of what was done about donors has.
  edits: db.$client
    .prepare(
      `SELECT count(*) FROM acts WHERE centre_id = ? AND kind IN ('donor.revealed', 'donor.edited')`,
    )
    .pluck(),
  insert: db.$client.prepare('INSERT INTO donors VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  // Of many in one statement the index for searching is written once, not after each.
  insertMany: db.$client.prepare(
    `INSERT INTO donors SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
       value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9 FROM json_each(?)`,
  ),
  update: db.$client.prepare(
    `UPDATE donors SET name = ?, name_search = ?, name_sort = ?, national_id = ?, mobile = ?,
       may_be_named = ? WHERE id = ?`,
  ),
}));

/** The first and the last id a donor of this centre can have. */
export function donorIdsOf(centreId: number): [first: number, last: number] {
  return [centreId * ROOM, centreId * ROOM + ROOM - 1];
}

/** What the donors of a centre are known by, for whoever asks of very many at once. */
export type KnownBy = { nationalIds: Set<string>; mobiles: Set<string>; bareNames: Set<string> };

/** Undefined where there are more than so many. */
export function donorsKnownBy(db: Db, centreId: number, most: number): KnownBy | undefined {
  const [first, last] = donorIdsOf(centreId);
  const newest = statements(db).last.get(first, last) as number | null;
  if (newest !== null && newest - first > most) return undefined;
  const known: KnownBy = { nationalIds: new Set(), mobiles: new Set(), bareNames: new Set() };
  const rows = statements(db).knownBy.iterate(first, last) as IterableIterator<
    [nationalId: string | null, mobile: string | null, name: string]
  >;
  for (const [nationalId, mobile, name] of rows) {
    if (nationalId !== null) known.nationalIds.add(nationalId);
    if (mobile !== null) known.mobiles.add(mobile);
    if (nationalId === null && mobile === null) known.bareNames.add(name);
  }
  return known;
}

/** A mark that changes with every donor that is added or edited in the centre. */
export function donorsMark(db: Db, centreId: number): string {
  const newest = statements(db).last.get(...donorIdsOf(centreId)) as number | null;
  return `${newest ?? 0} ${statements(db).edits.get(centreId)}`;
}

/** A donor of this centre; throws NotFound, also for another centre's. */
export function findDonor(db: Db, centreId: number, id: number): Donor {
  const donor = donorOf(statements(db).byId.get(id, centreId));
  if (!donor) throw new NotFound();
  return donor;
}

/**
 * The donor the centre already knows by this description; undefined for one it does not.
 *
 * A national ID is a person, so it decides; a mobile is shared in a family, so it needs the name; a
 * bare name is whoever was entered with nothing but that name.
 */
export function knownDonorOrNone(db: Db, centreId: number, given: GivenDonor): Donor | undefined {
  if (given.id !== undefined) return chosenDonor(db, centreId, given.id);
  if (given.nationalId) {
    const donor = donorOf(statements(db).byNationalId.get(centreId, given.nationalId));
    if (donor) return sameName(donor, given);
  }
  const name = given.name ? searchText(given.name) : undefined;
  if (given.mobile) return ofMobile(db, centreId, given, name);
  if (given.nationalId || name === undefined) return undefined;
  return donorOf(statements(db).bareName.get(centreId, name));
}

/** The donor of a gift: the known one, or a new one about to be written; undefined if anonymous. */
export function meetDonor(
  db: Db,
  centre: Centre,
  given: GivenDonor,
): { donor: Donor; isNew: boolean } {
  const known = knownDonorOrNone(db, centre.id, given);
  if (known) return { donor: known, isNew: false };
  if (!given.name) {
    throw new Refusal('donations:refusals.donor-name', { status: 422, field: 'donor' });
  }
  const { name, nationalId = null, mobile = null, mayBeNamed = true } = given;
  const id = nextDonorId(db, centre.id);
  return { donor: { id, name, nationalId, mobile, mayBeNamed }, isNew: true };
}

/** Finds the donor described, or adds one; what was known of him before stays as it is. */
export function findOrAddDonor(tx: Tx, actor: Actor, centre: Centre, given: GivenDonor): Donor {
  const { donor, isNew } = meetDonor(tx, centre, given);
  if (isNew) addDonorRow(tx, actor, centre, donor, recordAdded(tx, actor, centre, donor));
  return donor;
}

/** Adds a donor; whoever has this national ID already is refused, not doubled. */
export function addDonor(tx: Tx, actor: Actor, centre: Centre, details: DonorDetails): Donor {
  refuseTakenNationalId(tx, centre.id, details.nationalId);
  const { name, nationalId = null, mobile = null, mayBeNamed } = details;
  const donor = { id: nextDonorId(tx, centre.id), name, nationalId, mobile, mayBeNamed };
  addDonorRow(tx, actor, centre, donor, recordAdded(tx, actor, centre, donor));
  return donor;
}

/**
 * Adds donors as `addDonor` would one after another, each with his own act; nobody among them may be
 * known already. Their ids follow each other from the one that is answered.
 */
export function addDonors(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  all: DonorDetails[],
  told: (many: number) => void = () => {},
): number {
  const first = nextDonorId(tx, centre.id);
  for (let from = 0; from < all.length; from += MANY) {
    const donors = all.slice(from, from + MANY).map((details, at): Donor => {
      const { name, nationalId = null, mobile = null, mayBeNamed } = details;
      return { id: first + from + at, name, nationalId, mobile, mayBeNamed };
    });
    const acts = recordEach(
      tx,
      actor,
      donors.map((donor) => addedDeed(centre, donor)),
    );
    const rows = donors.map((donor, at) => rowOf(actor, centre, donor, acts[at]!.id));
    statements(tx).insertMany.run(JSON.stringify(rows));
    told(from + donors.length);
  }
  return first;
}

const MANY = 5000;

/** Writes what is known of a donor anew; before and after stay in the trail. */
export function editDonor(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  details: DonorDetails,
): Donor {
  const before = findDonor(tx, centre.id, id);
  const { name, nationalId = null, mobile = null, mayBeNamed } = details;
  const after: Donor = { id, name, nationalId, mobile, mayBeNamed };
  if (nationalId !== before.nationalId) refuseTakenNationalId(tx, centre.id, nationalId);
  record(tx, actor, {
    ...{ kind: 'donor.edited', subject: `donors/${id}`, centreId: centre.id },
    before: told(before, before.mayBeNamed && mayBeNamed),
    after: { ...told(after, before.mayBeNamed && mayBeNamed), changed: changes(before, after) },
  });
  statements(tx).update.run(
    ...[name, searchText(name), sortKey(name), nationalId, mobile, mayBeNamed ? 1 : 0, id],
  );
  return after;
}

/** Writes down that a donor asked, with a gift, not to be named from now on (B-104). */
export function withholdDonor(tx: Tx, actor: Actor, centre: Centre, donor: Donor): void {
  editDonor(tx, actor, centre, donor.id, { ...donor, mayBeNamed: false });
}

/** Tells who a donor is that asked not to be named; the reason stays in the trail (B-104). */
export function revealDonor(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  reason: string,
): Donor {
  const donor = findDonor(tx, centre.id, id);
  record(tx, actor, {
    ...{ kind: 'donor.revealed', subject: `donors/${id}`, centreId: centre.id },
    after: { reason },
  });
  return donor;
}

/** Keeps a new donor in the transaction of the act that brought him. */
export function addDonorRow(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  donor: Donor,
  actId: number,
): void {
  statements(tx).insert.run(...rowOf(actor, centre, donor, actId));
}

function rowOf(actor: Actor, centre: Centre, donor: Donor, actId: number) {
  const { id, name, nationalId, mobile, mayBeNamed } = donor;
  return [
    ...[id, centre.id, name, searchText(name), sortKey(name), nationalId, mobile],
    ...[mayBeNamed ? 1 : 0, actor.now, actId],
  ];
}

/** A mobile number on a screen that others can see: its end, and no more. */
export function maskMobile(mobile: string): string {
  return mobile.slice(-4).padStart(mobile.length, '\u2022');
}

function donorOf(row: unknown): Donor | undefined {
  if (!row) return undefined;
  const { mayBeNamed, ...rest } = row as DonorRow;
  return { ...rest, mayBeNamed: mayBeNamed === 1 };
}

function chosenDonor(db: Db, centreId: number, id: number): Donor {
  const donor = donorOf(statements(db).byId.get(id, centreId));
  if (donor) return donor;
  throw new Refusal('donations:refusals.no-such-donor', { status: 422, field: 'donor' });
}

/** The same national ID under another name is somebody's mistake, and not for us to settle. */
function sameName(donor: Donor, given: GivenDonor): Donor {
  if (!given.name || searchText(given.name) === searchText(donor.name)) return donor;
  throw new Refusal('donations:refusals.other-name', { status: 422, field: 'donor' });
}

function ofMobile(
  db: Db,
  centreId: number,
  given: GivenDonor,
  name: string | undefined,
): Donor | undefined {
  const rows = statements(db).byMobile.all(centreId, given.mobile) as unknown[];
  const donors = rows
    .map((row) => donorOf(row)!)
    .filter(({ nationalId }) => !given.nationalId || nationalId === null);
  if (name === undefined) return donors.length === 1 && !given.nationalId ? donors[0] : undefined;
  return donors.find((donor) => searchText(donor.name) === name);
}

function nextDonorId(db: Db, centreId: number): number {
  const [first, last] = donorIdsOf(centreId);
  const newest = statements(db).last.get(first, last) as number | null;
  return (newest ?? first) + 1;
}

function refuseTakenNationalId(
  tx: Tx,
  centreId: number,
  nationalId: string | null | undefined,
): void {
  if (!nationalId || !statements(tx).byNationalId.get(centreId, nationalId)) return;
  throw new Refusal('donations:refusals.national-id-taken', { field: 'nationalId' });
}

function recordAdded(tx: Tx, actor: Actor, centre: Centre, donor: Donor): number {
  return record(tx, actor, addedDeed(centre, donor)).id;
}

function addedDeed(centre: Centre, donor: Donor): Deed {
  return {
    ...{ kind: 'donor.added', subject: `donors/${donor.id}`, centreId: centre.id },
    after: told(donor, donor.mayBeNamed),
  };
}

/** As the trail tells it: others read the trail, so numbers stand masked and the withheld unnamed. */
function told({ name, nationalId, mobile, mayBeNamed }: Donor, named: boolean) {
  return {
    name: named ? name : null,
    nationalId: nationalId && maskNationalId(nationalId),
    mobile: mobile && maskMobile(mobile),
    mayBeNamed,
  };
}

function changes(before: Donor, after: Donor): string[] {
  const keys = ['name', 'nationalId', 'mobile', 'mayBeNamed'] as const;
  return keys.filter((key) => before[key] !== after[key]);
}
