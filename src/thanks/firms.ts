/** Firms among the givers, known by their legal ID: whom the centre writes to, who was thanked when. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Donor, findDonor } from '../donations/donors.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText } from '../values/persian-text.ts';

export type ContactTyped = {
  name: string;
  office?: string | null;
  phone?: string | null;
  address?: string | null;
};
export type Contact = Required<ContactTyped> & { recordedOn: string };

export const FIRM_STATES = ['unthanked', 'thanked'] as const;
export type FirmState = (typeof FIRM_STATES)[number];
export type FirmFilter = { state?: FirmState; q?: string };

export type Firm = {
  id: number;
  name: string;
  nationalId: string;
  mobile: string | null;
  mayBeNamed: number;
  contact: string | null;
  office: string | null;
  phone: string | null;
  /** Gifts that stand, what they come to, the day of the last. */
  gifts: number;
  rial: number;
  lastOn: string | null;
  thankedOn: string | null;
  askedOn: string | null;
  /** Gifts that no letter of thanks names. */
  unthanked: number;
};

const STANDS = `NOT EXISTS (SELECT 1 FROM receipts r JOIN receipt_cancellations c
  ON c.receipt_id = r.id WHERE r.donation_id = d.id)`;
const LETTER = (kind: string) =>
  `(SELECT max(issued_on) FROM donor_letters WHERE donor_id = o.id AND kind = '${kind}')`;
const CONTACT = (column: string) =>
  `(SELECT ${column} FROM firm_contacts WHERE donor_id = o.id ORDER BY id DESC LIMIT 1)`;
const FIRMS = `SELECT o.id, o.name, o.national_id AS nationalId, o.mobile,
    o.may_be_named AS mayBeNamed, ${CONTACT('name')} AS contact, ${CONTACT('office')} AS office,
    ${CONTACT('phone')} AS phone, count(d.id) AS gifts, coalesce(sum(d.amount_rial), 0) AS rial,
    max(d.received_on) AS lastOn, ${LETTER('thanks')} AS thankedOn,
    ${LETTER('gift-request')} AS askedOn,
    coalesce(sum(d.id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM thanked_gifts WHERE donation_id = d.id)), 0) AS unthanked
  FROM donors o LEFT JOIN donations d ON d.donor_id = o.id AND ${STANDS}
  WHERE o.centre_id = @centreId AND length(o.national_id) = 11
    AND (@q IS NULL OR o.name_search LIKE '%' || @q || '%' OR o.national_id = @q)
  GROUP BY o.id
  HAVING @state IS NULL OR (@state = 'unthanked') = (unthanked > 0)`;

const statements = prepared(({ $client: client }) => ({
  list: client.prepare(`${FIRMS} ORDER BY o.name_sort, o.id LIMIT @limit OFFSET @offset`),
  count: client.prepare(`SELECT count(*) FROM (${FIRMS})`).pluck(),
  contact: client.prepare(
    `SELECT name, office, phone, address, recorded_on AS recordedOn FROM firm_contacts
     WHERE donor_id = ? ORDER BY id DESC LIMIT 1`,
  ),
  nextId: client.prepare('SELECT 1 + coalesce(max(id), 0) FROM firm_contacts').pluck(),
  insert: client.prepare('INSERT INTO firm_contacts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
}));

/** A legal ID has eleven figures, a person's ten. */
export const isFirm = ({ nationalId }: Pick<Donor, 'nationalId'>): boolean =>
  nationalId?.length === 11;

export function firmsOf(
  db: Db,
  centreId: number,
  asked: FirmFilter,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Firm[] {
  return statements(db).list.all({ ...valuesOf(centreId, asked), limit, offset }) as Firm[];
}

export const countFirms = (db: Db, centreId: number, asked: FirmFilter): number =>
  statements(db).count.get(valuesOf(centreId, asked)) as number;

const valuesOf = (centreId: number, { state, q }: FirmFilter) => ({
  ...{ centreId, state: state ?? null, q: (q && searchText(q)) || null },
});

export const contactOf = (db: Db, donorId: number): Contact | undefined =>
  statements(db).contact.get(donorId) as Contact | undefined;

/** Writes down whom the centre writes to in a firm; what was written before stays in the trail. */
export function recordContact(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  donorId: number,
  typed: ContactTyped,
): Contact {
  requirePower(actor, 'donors.edit', centre);
  const donor = findDonor(tx, centre.id, donorId);
  if (!isFirm(donor)) throw new Refusal('thanks:refusals.no-firm', { mend: `${at(donorId)}/edit` });
  const { name, office = null, phone = null, address = null } = typed;
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'firm.contact-recorded', subject: `donors/${donorId}`, centreId: centre.id },
    after: { id, name, office },
  });
  const row = [id, donorId, name, office, phone, address, actor.today, actor.user!.id, act.id];
  statements(tx).insert.run(...row);
  return contactOf(tx, donorId)!;
}

const at = (donorId: number) => `/donations/donors/${donorId}`;
