/** B-122: where the public finds a centre: on services that the province approves, nowhere else. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { domesticChannel } from '../bylaw/online.ts';
import { licenceBeforeEntry } from '../bylaw/rules.ts';
import type { Centre } from '../centres/centres.ts';
import { licencesOf } from '../licence/licences.ts';
import { refuseClosed } from '../licence/permission.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { approvedServices } from './services.ts';

export type Channel = {
  id: number;
  service: string;
  name: string;
  address: string;
  openedOn: string;
  endedOn: string | null;
  /** Whether the province still approves its service. */
  approved: boolean;
};

const SELECT = `SELECT c.id, c.service, c.address, c.opened_on AS openedOn, e.ended_on AS endedOn,
  (SELECT s.name FROM channel_services s WHERE s.key = c.service ORDER BY s.id DESC LIMIT 1) AS name,
  EXISTS (SELECT 1 FROM approved_services a WHERE a.key = c.service) AS approved
  FROM channels c LEFT JOIN channel_endings e ON e.channel_id = c.id`;

const statements = prepared((db) => ({
  list: db.$client.prepare(
    `${SELECT} WHERE c.centre_id = ? ORDER BY e.ended_on IS NOT NULL, c.id DESC`,
  ),
  standing: db.$client
    .prepare(
      `SELECT 1 FROM channels c LEFT JOIN channel_endings e ON e.channel_id = c.id
       WHERE c.address = ? AND e.channel_id IS NULL`,
    )
    .pluck(),
  insert: db.$client.prepare(
    `INSERT INTO channels (centre_id, service, address, opened_on, act_id) VALUES (?, ?, ?, ?, ?)`,
  ),
  end: db.$client.prepare('INSERT INTO channel_endings VALUES (?, ?, ?)'),
}));

/** A centre's channels, those that stand first. */
export function channelsOf(db: Db, centreId: number): Channel[] {
  const rows = statements(db).list.all(centreId) as (Omit<Channel, 'approved'> & {
    approved: number;
  })[];
  return rows.map((row) => ({ ...row, approved: row.approved === 1 }));
}

export type ChannelTyped = { service: string; address: string };

/** Writes a channel down; a link to any other service is refused with B-122. */
export function openChannel(tx: Tx, actor: Actor, centre: Centre, typed: ChannelTyped): Channel {
  requirePower(actor, 'channels.edit', centre);
  const { today } = actor;
  const [first] = licencesOf(tx, centre.id)
    .map(({ fromOn }) => fromOn)
    .sort();
  uphold(licenceBeforeEntry, { firstLicenceOn: first, entryOn: today }, { mend: '/licence' });
  refuseClosed(tx, centre.id, today, 'letterhead');
  const address = addressOf(tx, typed);
  if (statements(tx).standing.get(address)) {
    throw new Refusal('channels:refusals.taken', { field: 'address' });
  }
  const { service } = typed;
  const act = record(tx, actor, {
    ...{ kind: 'channel.opened', subject: `channels/${service}`, centreId: centre.id },
    after: { service, address },
  });
  statements(tx).insert.run(centre.id, service, address, today, act.id);
  return channelsOf(tx, centre.id).find((one) => one.address === address && !one.endedOn)!;
}

/** Tells that the public finds the centre there no more. */
export function endChannel(tx: Tx, actor: Actor, centre: Centre, id: number): Channel {
  requirePower(actor, 'channels.edit', centre);
  const channel = channelsOf(tx, centre.id).find((one) => one.id === id);
  if (!channel) throw new NotFound();
  if (channel.endedOn) throw new Refusal('channels:refusals.ended');
  const { service, address } = channel;
  const act = record(tx, actor, {
    ...{ kind: 'channel.ended', subject: `channels/${service}`, centreId: centre.id },
    before: { service, address },
  });
  statements(tx).end.run(id, actor.today, act.id);
  return { ...channel, endedOn: actor.today };
}

/** The whole address: a handle stands on its service's host, a link must be on it already. */
function addressOf(tx: Tx, { service, address }: ChannelTyped): string {
  const domain = approvedServices(tx).find(({ key }) => key === service)?.domain;
  const { host, path } = linkOf(address, domain ?? '');
  uphold(domesticChannel, { host, domain }, { status: 422, field: 'address', values: { host } });
  return `https://${host}${path}`;
}

/** A handle has neither scheme nor dot in front of a slash: `@noor`, `noor_charity`. */
function linkOf(typed: string, domain: string): { host: string; path: string } {
  const handle = /^@?([\w-]{3,64})$/.exec(typed)?.[1];
  if (handle && domain.includes('.')) return { host: domain, path: `/${handle}` };
  const url = URL.parse(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (url === null || url.port + url.username !== '') return { host: typed, path: '' };
  return { host: url.hostname.toLowerCase(), path: url.pathname.replace(/\/$/, '') };
}
