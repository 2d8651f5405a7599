/** What a board does with its specialised networks: a head, members, meetings (B-142). */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { noPolitics } from '../bylaw/points.ts';
import type { Centre } from '../centres/centres.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText } from '../values/persian-text.ts';
import {
  type Head,
  headOf,
  type Meeting,
  type Member,
  meetingsOf,
  membersOf,
  type NetworkKind,
  trusteeNames,
  volunteerNames,
} from './networks.ts';

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

const statements = prepared(({ $client: client }) => ({
  joined: client.prepare(
    `SELECT volunteer_id AS volunteerId, donor_id AS donorId, institution FROM network_members m
     WHERE centre_id = ? AND network = ?
       AND NOT EXISTS (SELECT 1 FROM network_member_leavings l WHERE l.member_id = m.id)`,
  ),
  donor: client.prepare('SELECT id FROM donors WHERE id = ? AND centre_id = ?').pluck(),
  name: client.prepare('INSERT INTO network_heads VALUES (NULL, ?, ?, ?, ?, ?, ?)'),
  join: client.prepare('INSERT INTO network_members VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)'),
  leave: client.prepare('INSERT INTO network_member_leavings VALUES (?, ?, ?)'),
  meet: client.prepare('INSERT INTO network_meetings VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)'),
}));

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
