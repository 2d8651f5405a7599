/** B-142 to B-148: the six specialised networks of a centre: head, members and meetings. */
import type { Seat } from '../access/powers.ts';
import { DECREES, IN_FORCE } from '../board/in-force.ts';
import { dayOfSql, lateDaysSql } from '../lateness/mark.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';

export const NETWORKS = [
  'employment',
  'culture',
  'legal',
  'housing',
  'health',
  'participation',
] as const;
export type NetworkKind = (typeof NETWORKS)[number];

/** B-100: a closed list, and none of them is political. */
export const MEETING_KINDS = [
  'working',
  'training',
  'counsel',
  'visit',
  'campaign',
  'thanks',
] as const;

export type Head = { name: string; fromOn: string; seat: Seat | null };

/** A member by name; no contact of anybody is kept or shown here (B-105). */
export type Member = {
  id: number;
  kind: 'volunteer' | 'donor' | 'institution';
  name: string;
  /** B-104: a benefactor who asked not to be named is not. */
  withheld: boolean;
  joinedOn: string;
};

export type Meeting = {
  id: number;
  metOn: string;
  kind: (typeof MEETING_KINDS)[number];
  subject: string;
  present: number | null;
  resolutions: string | null;
  recordedBy: string;
  /** B-112: so many days after its own day it was entered, if that was too late; else null. */
  lateDays: number | null;
};

export type Network = {
  kind: NetworkKind;
  head: Head | null;
  /** Who headed it last and no longer serves here: the place is vacant. */
  vacatedBy: string | null;
  members: number;
  meetings: number;
  lastMetOn: string | null;
  open: number;
  overdue: number;
};

const volunteerName = (id: string) => `(SELECT v.name FROM volunteer_versions v
  WHERE v.volunteer_id = ${id} ORDER BY v.version DESC LIMIT 1)`;

const ENDED = 'SELECT 1 FROM referral_steps s WHERE s.referral_id = r.id AND s.state';

const statements = prepared(({ $client: client }) => ({
  ofCentre: client.prepare(
    `SELECT n.kind,
       (SELECT count(*) FROM network_members m WHERE m.centre_id = n.centre_id
         AND m.network = n.kind AND NOT EXISTS (SELECT 1 FROM network_member_leavings l
           WHERE l.member_id = m.id)) AS members,
       (SELECT count(*) FROM network_meetings t
         WHERE t.centre_id = n.centre_id AND t.network = n.kind) AS meetings,
       (SELECT max(t.met_on) FROM network_meetings t
         WHERE t.centre_id = n.centre_id AND t.network = n.kind) AS lastMetOn,
       (SELECT count(*) FROM referrals r WHERE r.centre_id = n.centre_id AND r.network = n.kind
         AND NOT EXISTS (${ENDED} IN ('closed', 'declined'))) AS open,
       (SELECT count(*) FROM referrals r WHERE r.centre_id = n.centre_id AND r.network = n.kind
         AND r.due_on < @today
         AND NOT EXISTS (${ENDED} IN ('answered', 'declined'))) AS overdue
     FROM specialised_networks n WHERE n.centre_id = @centreId`,
  ),
  head: client.prepare(
    `SELECT coalesce(p.name, ${volunteerName('h.volunteer_id')}) AS name, h.from_on AS fromOn,
       h.person_id AS personId, h.volunteer_id AS volunteerId
     FROM network_heads h LEFT JOIN persons p ON p.id = h.person_id
     WHERE h.centre_id = ? AND h.network = ? ORDER BY h.id DESC LIMIT 1`,
  ),
  members: client.prepare(
    `SELECT m.id, m.joined_on AS joinedOn, d.may_be_named = 0 AS withheld,
       CASE WHEN m.volunteer_id IS NOT NULL THEN 'volunteer' WHEN m.donor_id IS NOT NULL THEN 'donor'
         ELSE 'institution' END AS kind,
       coalesce(m.institution, d.name, ${volunteerName('m.volunteer_id')}) AS name
     FROM network_members m LEFT JOIN donors d ON d.id = m.donor_id
     WHERE m.centre_id = ? AND m.network = ?
       AND NOT EXISTS (SELECT 1 FROM network_member_leavings l WHERE l.member_id = m.id)
     ORDER BY m.id`,
  ),
  meetings: client.prepare(
    `SELECT t.id, t.met_on AS metOn, t.kind, t.subject, t.present, t.resolutions,
       u.name AS recordedBy, ${lateDaysSql('t.met_on', dayOfSql('k.at'))} AS lateDays
     FROM network_meetings t JOIN users u ON u.id = t.recorded_by JOIN acts k ON k.id = t.act_id
     WHERE t.centre_id = ? AND t.network = ? ORDER BY t.met_on DESC, t.id DESC`,
  ),
  volunteers: client.prepare(
    `SELECT v.id, ${volunteerName('v.id')} AS name FROM volunteers v
     WHERE v.centre_id = ? AND coalesce((SELECT s.state FROM volunteer_states s
       WHERE s.volunteer_id = v.id ORDER BY s.id DESC LIMIT 1), 'active') = 'active'
     ORDER BY v.number`,
  ),
  trustees: client.prepare(
    `SELECT d.person_id AS id, p.name, d.seat FROM ${DECREES} JOIN persons p ON p.id = d.person_id
     WHERE d.centre_id = @centreId AND ${IN_FORCE} ORDER BY d.id`,
  ),
}));

/** The six networks of a centre, in the bylaw's order, with what each has. */
export function networksOf(db: Db, centreId: number, today: string): Network[] {
  const rows = statements(db).ofCentre.all({ centreId, today }) as Omit<
    Network,
    'head' | 'vacatedBy'
  >[];
  return NETWORKS.map((kind) => ({
    ...rows.find((row) => row.kind === kind)!,
    ...leadOf(db, centreId, kind, today),
  }));
}

/** A network of the centre; what is none of the six is not there. */
export function findNetwork(db: Db, centreId: number, named: string, today: string): Network {
  const network = networksOf(db, centreId, today).find(({ kind }) => kind === named);
  if (!network) throw new NotFound();
  return network;
}

export function membersOf(db: Db, centreId: number, network: NetworkKind): Member[] {
  const rows = statements(db).members.all(centreId, network) as (Member & { withheld: unknown })[];
  return rows.map((row) => ({ ...row, withheld: Boolean(row.withheld) }));
}

export const meetingsOf = (db: Db, centreId: number, network: NetworkKind): Meeting[] =>
  statements(db).meetings.all(centreId, network) as Meeting[];

/** Volunteers who serve, by name: for choosing a head or a member. */
export const volunteerNames = (db: Db, centreId: number) =>
  statements(db).volunteers.all(centreId) as { id: number; name: string }[];

/** Who sits on the board today, with the seat. */
export const trusteeNames = (db: Db, centreId: number, today: string) =>
  statements(db).trustees.all({ centreId, today }) as { id: number; name: string; seat: Seat }[];

type HeadRow = Omit<Head, 'seat'> & { personId: number | null; volunteerId: number | null };

/** A head who no longer serves, or whose decree ended, heads nothing any more. */
export const headOf = (db: Db, centreId: number, network: NetworkKind, today: string) =>
  leadOf(db, centreId, network, today).head;

type Lead = Pick<Network, 'head' | 'vacatedBy'>;

function leadOf(db: Db, centreId: number, network: NetworkKind, today: string): Lead {
  const row = statements(db).head.get(centreId, network) as HeadRow | undefined;
  if (!row) return { head: null, vacatedBy: null };
  const { name, fromOn, personId, volunteerId } = row;
  const trustee = trusteeNames(db, centreId, today).find(({ id }) => id === personId);
  const serves = volunteerNames(db, centreId).some(({ id }) => id === volunteerId);
  if (!trustee && !serves) return { head: null, vacatedBy: name };
  return { head: { name, fromOn, seat: trustee?.seat ?? null }, vacatedBy: null };
}
