/** B-25, B-74: the directory of institutions, what each can do, what was spoken and agreed with it. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { dayOfSql, lateDaysSql } from '../lateness/mark.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText, searchWords, sortKey } from '../values/persian-text.ts';

export const INSTITUTION_KINDS = [
  'state',
  'non-state',
  'charity',
  'basij',
  'mosque',
  'school',
  'firm',
  'guild',
  'other',
] as const;

export type InstitutionTyped = {
  name: string;
  kind: (typeof INSTITUTION_KINDS)[number];
  offers: string;
  contactName?: string | null;
  phone?: string | null;
  address?: string | null;
  active?: boolean;
};

export type Institution = {
  id: number;
  version: number;
  name: string;
  kind: InstitutionTyped['kind'];
  offers: string;
  contactName: string | null;
  phone: string | null;
  address: string | null;
  active: boolean;
  /** The last time somebody spoke with it, and the day it is to be spoken with again. */
  lastSpokeOn: string | null;
  againOn: string | null;
  /** Memoranda in force today. */
  agreements: number;
};

export type Contact = {
  id: number;
  spokeOn: string;
  subject: string;
  outcome: string | null;
  againOn: string | null;
  by: string;
  /** B-112: so many days after its own day it was entered, if that was too late; else null. */
  lateDays: number | null;
};

export type Agreement = {
  id: number;
  number: string;
  subject: string;
  signedOn: string;
  toOn: string | null;
  endedOn: string | null;
  reason: string | null;
};

export type InstitutionFilter = { q?: string; kind?: string; agreed?: boolean };

type Raw = Omit<Institution, 'active'> & { active: number };

const SELECT = `SELECT i.id, v.version, v.name, v.kind, v.offers, v.contact_name AS contactName,
  v.phone, v.address, v.is_active AS active,
  (SELECT max(c.spoke_on) FROM institution_contacts c WHERE c.institution_id = i.id) AS lastSpokeOn,
  (SELECT c.again_on FROM institution_contacts c WHERE c.institution_id = i.id
   ORDER BY c.spoke_on DESC, c.id DESC LIMIT 1) AS againOn,
  (SELECT count(*) FROM agreements g LEFT JOIN agreement_endings e ON e.agreement_id = g.id
   WHERE g.institution_id = i.id AND e.agreement_id IS NULL
     AND (g.to_on IS NULL OR g.to_on >= @today)) AS agreements
  FROM institutions i JOIN institution_versions v ON v.institution_id = i.id AND v.version =
    (SELECT max(x.version) FROM institution_versions x WHERE x.institution_id = i.id)`;

const WHERE = `WHERE i.centre_id = @centreId AND (@kind IS NULL OR v.kind = @kind)
  AND (@words = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(@words) w
    WHERE instr(v.name_search, w.value) = 0))
  AND (@agreed = 0 OR EXISTS (SELECT 1 FROM agreements g LEFT JOIN agreement_endings e
    ON e.agreement_id = g.id WHERE g.institution_id = i.id AND e.agreement_id IS NULL
      AND (g.to_on IS NULL OR g.to_on >= @today)))`;

const statements = prepared((db) => ({
  one: db.$client.prepare(`${SELECT} WHERE i.centre_id = @centreId AND i.id = @id`),
  list: db.$client.prepare(
    `${SELECT} ${WHERE} ORDER BY v.is_active DESC, v.name_sort, i.id LIMIT @limit OFFSET @offset`,
  ),
  count: db.$client
    .prepare(
      `SELECT count(*) FROM institutions i JOIN institution_versions v
         ON v.institution_id = i.id AND v.version = (SELECT max(x.version)
           FROM institution_versions x WHERE x.institution_id = i.id) ${WHERE}`,
    )
    .pluck(),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM institutions').pluck(),
  insert: db.$client.prepare('INSERT INTO institutions VALUES (?, ?, ?)'),
  version: db.$client.prepare(
    `INSERT INTO institution_versions VALUES (@id, @version, @name, @nameSearch, @nameSort, @kind,
       @offers, @contactName, @phone, @address, @active, @actId)`,
  ),
  contacts: db.$client.prepare(
    `SELECT c.id, c.spoke_on AS spokeOn, c.subject, c.outcome, c.again_on AS againOn, u.name AS by,
       ${lateDaysSql('c.spoke_on', dayOfSql('k.at'))} AS lateDays
     FROM institution_contacts c JOIN users u ON u.id = c.recorded_by JOIN acts k ON k.id = c.act_id
     WHERE c.institution_id = ? ORDER BY c.spoke_on DESC, c.id DESC LIMIT ? OFFSET ?`,
  ),
  countContacts: db.$client
    .prepare('SELECT count(*) FROM institution_contacts WHERE institution_id = ?')
    .pluck(),
  speak: db.$client.prepare(
    `INSERT INTO institution_contacts (institution_id, spoke_on, subject, outcome, again_on,
       recorded_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  agreements: db.$client.prepare(
    `SELECT g.id, g.number, g.subject, g.signed_on AS signedOn, g.to_on AS toOn,
       e.ended_on AS endedOn, e.reason
     FROM agreements g LEFT JOIN agreement_endings e ON e.agreement_id = g.id
     WHERE g.institution_id = ? ORDER BY g.signed_on DESC, g.id DESC`,
  ),
  agree: db.$client.prepare(
    `INSERT INTO agreements (institution_id, number, subject, signed_on, to_on, act_id)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ),
  end: db.$client.prepare('INSERT INTO agreement_endings VALUES (?, ?, ?, ?)'),
}));

/** An institution of this centre as it is today; throws NotFound. */
export function findInstitution(db: Db, centreId: number, id: number, today = ''): Institution {
  const raw = statements(db).one.get({ centreId, id, today }) as Raw | undefined;
  if (!raw) throw new NotFound();
  return { ...raw, active: raw.active === 1 };
}

/** A page of the directory, in Persian order, those that are worked with first. */
export function institutionsOf(
  db: Db,
  centreId: number,
  filter: InstitutionFilter & { today?: string },
  { limit, offset = 0 }: { limit: number; offset?: number },
): Institution[] {
  const rows = statements(db).list.all({ ...asked(centreId, filter), limit, offset }) as Raw[];
  return rows.map((raw) => ({ ...raw, active: raw.active === 1 }));
}

export function countInstitutions(
  db: Db,
  centreId: number,
  filter: InstitutionFilter & { today?: string },
): number {
  return statements(db).count.get(asked(centreId, filter)) as number;
}

/** Enters an institution, or (with its id and the version that was read) its changed particulars. */
export function enterInstitution(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { known, typed }: { known?: { id: number; version: number }; typed: InstitutionTyped },
): Institution {
  requirePower(actor, 'institutions.edit', centre);
  const before = known && findInstitution(tx, centre.id, known.id, actor.today);
  if (before && before.version !== known.version) {
    throw new Refusal('institutions:refusals.changed-meanwhile', { values: { name: before.name } });
  }
  const id = before?.id ?? (statements(tx).nextId.get() as number);
  const { name, kind, offers, contactName = null, phone = null, address = null } = typed;
  const active = before ? (typed.active ?? true) : true;
  const act = record(tx, actor, {
    ...{ kind: before ? 'institution.edited' : 'institution.entered' },
    ...{ subject: `institutions/${id}`, centreId: centre.id },
    after: { name, kind, offers, active },
  });
  if (!before) statements(tx).insert.run(id, centre.id, act.id);
  statements(tx).version.run({
    ...{ id, version: 1 + (before?.version ?? 0), name, kind, offers, contactName, phone, address },
    ...{ nameSearch: searchText(name), nameSort: sortKey(name) },
    ...{ active: active ? 1 : 0, actId: act.id },
  });
  return findInstitution(tx, centre.id, id, actor.today);
}

/** What was spoken with an institution, the latest first. */
export function contactsOf(db: Db, id: number, limit: number, offset: number): Contact[] {
  return statements(db).contacts.all(id, limit, offset) as Contact[];
}

export function countContacts(db: Db, id: number): number {
  return statements(db).countContacts.get(id) as number;
}

export type ContactTyped = {
  spokeOn: string;
  subject: string;
  outcome?: string | null;
  againOn?: string | null;
};

/** B-25: writes down that somebody spoke with the institution. */
export function speakWith(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, typed }: { id: number; typed: ContactTyped },
): Institution {
  requirePower(actor, 'institutions.edit', centre);
  findInstitution(tx, centre.id, id);
  const { spokeOn, subject, outcome = null, againOn = null } = typed;
  refuseFuture(actor, spokeOn, 'spokeOn');
  const act = record(tx, actor, {
    ...{ kind: 'institution.spoken-with', subject: `institutions/${id}`, centreId: centre.id },
    after: { spokeOn, subject, againOn },
  });
  statements(tx).speak.run(id, spokeOn, subject, outcome, againOn, actor.user!.id, act.id);
  return findInstitution(tx, centre.id, id, actor.today);
}

export function agreementsOf(db: Db, id: number): Agreement[] {
  return statements(db).agreements.all(id) as Agreement[];
}

export type AgreementTyped = {
  number: string;
  subject: string;
  signedOn: string;
  toOn?: string | null;
};

/** B-74: writes a memorandum down, for its days or until it is ended. */
export function agreeWith(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, typed }: { id: number; typed: AgreementTyped },
): Institution {
  requirePower(actor, 'institutions.edit', centre);
  findInstitution(tx, centre.id, id);
  const { number, subject, signedOn, toOn = null } = typed;
  refuseFuture(actor, signedOn, 'signedOn');
  if (toOn !== null && toOn < signedOn) {
    throw new Refusal('centres:refusals.days-turned', { status: 422, field: 'toOn' });
  }
  const act = record(tx, actor, {
    ...{ kind: 'institution.agreed', subject: `institutions/${id}`, centreId: centre.id },
    after: { number, subject, signedOn, toOn },
  });
  statements(tx).agree.run(id, number, subject, signedOn, toOn, act.id);
  return findInstitution(tx, centre.id, id, actor.today);
}

/** Ends a memorandum before its last day; what was agreed stays written. */
export function endAgreement(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, agreementId, reason }: { id: number; agreementId: number; reason: string },
): Institution {
  requirePower(actor, 'institutions.edit', centre);
  findInstitution(tx, centre.id, id);
  const agreement = agreementsOf(tx, id).find((one) => one.id === agreementId);
  if (!agreement) throw new NotFound();
  if (agreement.endedOn) throw new Refusal('institutions:refusals.ended');
  const act = record(tx, actor, {
    ...{ kind: 'institution.agreement-ended', subject: `institutions/${id}`, centreId: centre.id },
    after: { number: agreement.number, reason },
  });
  statements(tx).end.run(agreementId, actor.today, reason, act.id);
  return findInstitution(tx, centre.id, id, actor.today);
}

export function refuseFuture(actor: Actor, day: string, field: string): void {
  if (day <= actor.today) return;
  throw new Refusal('institutions:refusals.future-day', { status: 422, field });
}

function asked(
  centreId: number,
  { q, kind, agreed, today = '' }: InstitutionFilter & { today?: string },
) {
  const words = JSON.stringify(searchWords(q ?? ''));
  return { centreId, kind: kind ?? null, words, agreed: agreed ? 1 : 0, today };
}
