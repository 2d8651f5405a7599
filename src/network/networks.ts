/** B-142 to B-148: the six specialised networks of a centre: head, members and meetings. */
import type { Actor } from '../access/actor.ts';
import { requirePower, type Seat } from '../access/powers.ts';
import { DECREES, IN_FORCE } from '../board/in-force.ts';
import { uphold } from '../bylaw/clause.ts';
import { noPolitics } from '../bylaw/points.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText } from '../values/persian-text.ts';

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
};

export type Network = {
  kind: NetworkKind;
  head: Head | null;
  members: number;
  meetings: number;
  lastMetOn: string | null;
  open: number;
  overdue: number;
};

export type MemberTyped =
  | { kind: 'volunteer'; volunteerId: number }
  | { kind: 'donor'; donorId: number }
  | { kind: 'institution'; institution: string };

export type HeadTyped = { volunteerId: number } | { personId: number };

export type MeetingTyped = {
  metOn: string;
  kind: Meeting['kind'];
  subject: string;
  present?: number | null;
  resolutions?: string | null;
  noPolitics: boolean;
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
  joined: client.prepare(
    `SELECT volunteer_id AS volunteerId, donor_id AS donorId, institution FROM network_members m
     WHERE centre_id = ? AND network = ?
       AND NOT EXISTS (SELECT 1 FROM network_member_leavings l WHERE l.member_id = m.id)`,
  ),
  meetings: client.prepare(
    `SELECT t.id, t.met_on AS metOn, t.kind, t.subject, t.present, t.resolutions,
       u.name AS recordedBy
     FROM network_meetings t JOIN users u ON u.id = t.recorded_by
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
  donor: client.prepare('SELECT id FROM donors WHERE id = ? AND centre_id = ?').pluck(),
  name: client.prepare('INSERT INTO network_heads VALUES (NULL, ?, ?, ?, ?, ?, ?)'),
  join: client.prepare('INSERT INTO network_members VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)'),
  leave: client.prepare('INSERT INTO network_member_leavings VALUES (?, ?, ?)'),
  meet: client.prepare('INSERT INTO network_meetings VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)'),
}));

/** The six networks of a centre, in the bylaw's order, with what each has. */
export function networksOf(db: Db, centreId: number, today: string): Network[] {
  const rows = statements(db).ofCentre.all({ centreId, today }) as Omit<Network, 'head'>[];
  return NETWORKS.map((kind) => ({
    ...rows.find((row) => row.kind === kind)!,
    head: headOf(db, centreId, kind, today),
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

/** Gives a network its head, a volunteer or a trustee of the centre; the one before him ends. */
export function nameHead(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  network: NetworkKind,
  typed: HeadTyped,
): Head {
  requirePower(actor, 'networks.edit', centre);
  const volunteerId = 'volunteerId' in typed ? typed.volunteerId : null;
  const personId = 'personId' in typed ? typed.personId : null;
  const known = volunteerId
    ? volunteerNames(tx, centre.id).some(({ id }) => id === volunteerId)
    : trusteeNames(tx, centre.id, actor.today).some(({ id }) => id === personId);
  if (!known) throw new Refusal('network:refusals.no-such-head', { status: 422, field: 'head' });
  const after = { network, volunteerId, personId };
  const act = record(tx, actor, deed('headed', centre, network, after));
  statements(tx).name.run(centre.id, network, volunteerId, personId, actor.today, act.id);
  return headOf(tx, centre.id, network, actor.today)!;
}

/** Takes a volunteer, a benefactor or an institution into a network. */
export function joinNetwork(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  network: NetworkKind,
  typed: MemberTyped,
): Member {
  requirePower(actor, 'networks.edit', centre);
  refuseStrangerOrTwin(tx, centre, network, typed);
  const volunteerId = typed.kind === 'volunteer' ? typed.volunteerId : null;
  const donorId = typed.kind === 'donor' ? typed.donorId : null;
  const institution = typed.kind === 'institution' ? typed.institution : null;
  const act = record(tx, actor, deed('joined', centre, network, { ...typed, network }));
  const { lastInsertRowid } = statements(tx).join.run(
    ...[centre.id, network, volunteerId, donorId, institution, actor.today, act.id],
  );
  return membersOf(tx, centre.id, network).find(({ id }) => id === Number(lastInsertRowid))!;
}

/** A member leaves; what he did in the network stays. */
export function leaveNetwork(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  network: NetworkKind,
  id: number,
): void {
  requirePower(actor, 'networks.edit', centre);
  const member = membersOf(tx, centre.id, network).find((one) => one.id === id);
  if (!member) throw new NotFound();
  const act = record(tx, actor, deed('left', centre, network, { network, member: id }));
  statements(tx).leave.run(id, actor.today, act.id);
}

/** Writes a meeting down, with the declaration that nothing of a party was in it (B-100). */
export function recordMeeting(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  network: NetworkKind,
  typed: MeetingTyped,
): Meeting {
  requirePower(actor, 'networks.edit', centre);
  uphold(noPolitics, { declared: typed.noPolitics }, { status: 422, field: 'noPolitics' });
  const { metOn, kind, subject, present = null, resolutions = null } = typed;
  if (metOn > actor.today) {
    throw new Refusal('network:refusals.future', { status: 422, field: 'metOn' });
  }
  const after = { network, metOn, kind, subject, present, resolutions };
  const act = record(tx, actor, deed('met', centre, network, after));
  const { lastInsertRowid } = statements(tx).meet.run(
    ...[centre.id, network, metOn, kind, subject, present, resolutions, actor.user?.id, act.id],
  );
  return meetingsOf(tx, centre.id, network).find(({ id }) => id === Number(lastInsertRowid))!;
}

type HeadRow = Omit<Head, 'seat'> & { personId: number | null; volunteerId: number | null };

/** A head who no longer serves, or whose decree ended, heads nothing any more. */
function headOf(db: Db, centreId: number, network: NetworkKind, today: string): Head | null {
  const row = statements(db).head.get(centreId, network) as HeadRow | undefined;
  if (!row) return null;
  const { name, fromOn, personId, volunteerId } = row;
  const trustee = trusteeNames(db, centreId, today).find(({ id }) => id === personId);
  const serves = volunteerNames(db, centreId).some(({ id }) => id === volunteerId);
  return trustee || serves ? { name, fromOn, seat: trustee?.seat ?? null } : null;
}

function refuseStrangerOrTwin(
  tx: Tx,
  centre: Centre,
  network: NetworkKind,
  typed: MemberTyped,
): void {
  const field = typed.kind;
  if (!isOfCentre(tx, centre, typed)) {
    throw new Refusal('network:refusals.no-such-member', { status: 422, field });
  }
  const known = statements(tx).joined.all(centre.id, network) as Joined[];
  const isTwin =
    typed.kind === 'volunteer'
      ? known.some(({ volunteerId }) => volunteerId === typed.volunteerId)
      : typed.kind === 'donor'
        ? known.some(({ donorId }) => donorId === typed.donorId)
        : known.some(
            ({ institution }) => searchText(institution ?? '') === searchText(typed.institution),
          );
  if (isTwin) throw new Refusal('network:refusals.member-known', { field });
}

type Joined = { volunteerId: number | null; donorId: number | null; institution: string | null };

function isOfCentre(tx: Tx, centre: Centre, typed: MemberTyped): boolean {
  if (typed.kind === 'institution') return true;
  if (typed.kind === 'donor') return Boolean(statements(tx).donor.get(typed.donorId, centre.id));
  return volunteerNames(tx, centre.id).some(({ id }) => id === typed.volunteerId);
}

const deed = (what: string, centre: Centre, network: NetworkKind, after: unknown) => ({
  ...{ kind: `network.${what}`, subject: `networks/${centre.code}/${network}` },
  ...{ centreId: centre.id, after },
});
