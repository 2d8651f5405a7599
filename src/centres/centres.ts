/** Centres: their identity, and finding one as somebody who may know of it. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { layChart } from '../books/accounts.ts';
import { uphold } from '../bylaw/clause.ts';
import { kindNamed, mosqueRecorded } from '../bylaw/opening.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { lostCodes } from '../provinces/numbering.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText, sortKey } from '../values/persian-text.ts';

export const KINDS = ['neighbourhood', 'guild', 'specialised'] as const;
export const HOSTS = [
  'mosque',
  'school',
  'office',
  'firm',
  'clinic',
  'university',
  'other',
] as const;

/** What the committee keeps up to date; name, code and county stay as registered. */
export type Contact = {
  host: (typeof HOSTS)[number];
  hostName: string;
  imamName: string | null;
  imamPhone: string | null;
  /** B-3: whether the prayer leader of the mosque chairs the board as well. */
  imamIsChair: boolean;
  place: string;
  address: string;
  postalCode: string | null;
  phone: string | null;
  lon: number | null;
  lat: number | null;
};

export type Centre = Contact & {
  id: number;
  code: string;
  name: string;
  kind: (typeof KINDS)[number];
  speciality: string | null;
  countyId: number;
  countyName: string;
  registeredOn: string;
  activityCode: string | null;
};

/** A centre to be registered; without a code it gets its county's number and the next serial. */
export type Particulars = Partial<Contact> &
  Pick<Contact, 'host' | 'hostName' | 'place' | 'address'> & {
    name: string;
    kind: Centre['kind'];
    speciality?: string | null;
    countyId: number;
    code?: string;
  };

/** As SQLite gives it: yes and no are 1 and 0. */
type Raw = Omit<Centre, 'imamIsChair'> & { imamIsChair: number };

const SPECIALITY = { field: 'speciality', status: 422 } as const;

const SELECT = `SELECT c.id, c.code, c.name, c.kind, c.speciality, c.county_id AS countyId,
  n.name AS countyName, c.host, c.host_name AS hostName, c.imam_name AS imamName,
  c.imam_phone AS imamPhone, c.imam_is_chair AS imamIsChair, c.place, c.address, c.postal_code AS postalCode, c.phone,
  c.lon, c.lat, c.registered_on AS registeredOn, a.code AS activityCode
  FROM centres c JOIN counties n ON n.id = c.county_id
  LEFT JOIN current_activity_codes a ON a.centre_id = c.id`;

const statements = prepared((db) => ({
  byCode: db.$client.prepare(`${SELECT} WHERE c.code = ?`),
  byId: db.$client.prepare(`${SELECT} WHERE c.id = ?`),
  all: db.$client.prepare(`${SELECT} ORDER BY c.name_sort, c.id`),
  inCounty: db.$client.prepare('SELECT count(*) FROM centres WHERE county_id = ?').pluck(),
  insert: db.$client.prepare(
    `INSERT INTO centres (code, name, name_search, name_sort, kind, speciality, county_id, host,
       host_name, imam_name, imam_phone, imam_is_chair, place, address, postal_code, phone, lon,
       lat, registered_on, act_id)
     VALUES (@code, @name, @nameSearch, @nameSort, @kind, @speciality, @countyId, @host,
       @hostName, @imamName, @imamPhone, @imamIsChair, @place, @address, @postalCode, @phone, @lon, @lat,
       @registeredOn, @actId)`,
  ),
  update: db.$client.prepare(
    `UPDATE centres SET host = @host, host_name = @hostName, imam_name = @imamName,
       imam_phone = @imamPhone, imam_is_chair = @imamIsChair, place = @place, address = @address, postal_code = @postalCode,
       phone = @phone, lon = @lon, lat = @lat
     WHERE id = @id`,
  ),
}));

/** The centre of a code; throws NotFound. Whether the reader may know of it is asked by the caller. */
export function findCentre(db: Db, code: string): Centre {
  const raw = statements(db).byCode.get(code) as Raw | undefined;
  if (!raw) throw new NotFound();
  return centreOf(raw);
}

/** A centre by its number, for what already knows that it is there. */
export function findCentreById(db: Db, id: number): Centre {
  return centreOf(statements(db).byId.get(id) as Raw);
}

/** The centres this reader may know of, in Persian order of their names. */
export function centresOf(db: Db, actor: Actor): Centre[] {
  const all = (statements(db).all.all() as Raw[]).map(centreOf);
  const { office } = actor;
  if (!office) {
    const held = [...actor.seats, ...(actor.kept ?? []), ...actor.tasks];
    return all.filter(({ id }) => held.some(({ centreId }) => centreId === id));
  }
  return all.filter(({ countyId }) => office.countyId === null || office.countyId === countyId);
}

/** Registers a centre and lays its chart of accounts; it may do nothing yet. */
export function registerCentre(tx: Tx, actor: Actor, particulars: Particulars): Centre {
  const { name, kind, countyId } = particulars;
  refuseOtherCounty(actor, countyId);
  const contact = contactOf(particulars);
  uphold(mosqueRecorded, contact, { field: 'imamName', status: 422 });
  uphold(kindNamed, { kind, speciality: particulars.speciality ?? null }, SPECIALITY);
  const code = particulars.code ?? freeCode(tx, countyId);
  if (isTaken(tx, code)) {
    throw new Refusal('centres:refusals.code-taken', { field: 'code', values: { code } });
  }
  const speciality = kind === 'neighbourhood' ? null : (particulars.speciality ?? null);
  const after = { code, name, kind, speciality, countyId, ...contact };
  const act = record(tx, actor, { kind: 'centre.registered', subject: `centres/${code}`, after });
  const { lastInsertRowid } = statements(tx).insert.run({
    ...after,
    imamIsChair: contact.imamIsChair ? 1 : 0,
    ...{ nameSearch: searchText(name), nameSort: sortKey(name) },
    ...{ registeredOn: actor.today, actId: act.id },
  });
  layChart(tx, Number(lastInsertRowid));
  return findCentre(tx, code);
}

/** Brings the contact particulars up to date; the trail keeps what stood there before. */
export function editCentre(tx: Tx, actor: Actor, centre: Centre, changed: Contact): Centre {
  requirePower(actor, 'centres.register', centre);
  const before = contactOf(centre);
  const after = contactOf(changed);
  uphold(mosqueRecorded, after, { field: 'imamName', status: 422 });
  const subject = `centres/${centre.code}`;
  record(tx, actor, { kind: 'centre.edited', subject, centreId: centre.id, before, after });
  statements(tx).update.run({ ...after, imamIsChair: after.imamIsChair ? 1 : 0, id: centre.id });
  return findCentre(tx, centre.code);
}

/** B-17: the head of a county office registers in his own county. */
export function refuseOtherCounty(actor: Actor, countyId: number): void {
  const own = actor.office?.countyId ?? null;
  if (own === null || own === countyId) return;
  throw new Refusal('bylaw:refusals.B-17', { status: 403, clause: 'B-17', field: 'county' });
}

/** A code that nobody has: the county's number in two digits, and the next serial in it. */
export function freeCode(db: Db, countyId: number): string {
  for (let serial = 1 + (statements(db).inCounty.get(countyId) as number); ; serial++) {
    const code = `${String(countyId).padStart(2, '0')}-${String(serial).padStart(3, '0')}`;
    if (!isTaken(db, code)) return code;
  }
}

const isTaken = (db: Db, code: string): boolean =>
  statements(db).byCode.get(code) !== undefined || lostCodes(db).includes(code);

function centreOf(raw: Raw): Centre {
  return { ...raw, imamIsChair: raw.imamIsChair === 1 };
}

function contactOf(
  one: Partial<Contact> & Pick<Contact, 'host' | 'hostName' | 'place' | 'address'>,
) {
  const imam = one.host === 'mosque' ? (one.imamName ?? null) : null;
  return {
    host: one.host,
    hostName: one.hostName,
    imamName: imam,
    imamPhone: imam === null ? null : (one.imamPhone ?? null),
    imamIsChair: imam !== null && one.imamIsChair === true,
    place: one.place,
    address: one.address,
    postalCode: one.postalCode ?? null,
    phone: one.phone ?? null,
    lon: one.lon ?? null,
    lat: one.lat ?? null,
  } satisfies Contact;
}
