/** B-122: the services on which a centre may be found, as the province approves them. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import type { Reading } from '../values/reading.ts';

export type Service = {
  key: string;
  name: string;
  domain: string;
  approved: boolean;
  /** The day on which the province decided; null for what comes with the program. */
  setOn: string | null;
};

const statements = prepared((db) => ({
  all: db.$client.prepare(
    `SELECT s.key, s.name, s.domain, s.is_approved AS approved, s.set_on AS setOn
     FROM channel_services s
     WHERE s.id = (SELECT max(x.id) FROM channel_services x WHERE x.key = s.key)
     ORDER BY s.is_approved DESC, (SELECT min(x.id) FROM channel_services x WHERE x.key = s.key)`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO channel_services (key, name, domain, is_approved, set_on, act_id)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ),
}));

/** Every service that was ever on the list, those approved first. */
export function servicesOf(db: Db): Service[] {
  const rows = statements(db).all.all() as (Omit<Service, 'approved'> & { approved: number })[];
  return rows.map((row) => ({ ...row, approved: row.approved === 1 }));
}

export const approvedServices = (db: Db): Service[] =>
  servicesOf(db).filter(({ approved }) => approved);

/** Adds a service to the list, or puts one on it again; its name is its key on the domain. */
export function approveService(
  tx: Tx,
  actor: Actor,
  typed: { name: string; domain: string },
): void {
  requirePower(actor, 'channels.services');
  const known = servicesOf(tx).find(({ domain }) => domain === typed.domain);
  if (known?.approved) {
    throw new Refusal('channels:refusals.service-known', {
      ...{ field: 'domain', values: { name: known.name } },
    });
  }
  const key = known?.key ?? typed.domain.replaceAll('.', '-');
  const { name, domain } = typed;
  const act = record(tx, actor, {
    ...{ kind: 'channel.service-approved', subject: `channel-services/${key}` },
    after: { name, domain },
  });
  statements(tx).insert.run(key, name, domain, 1, actor.today, act.id);
}

/** Takes a service off the list; channels on it stay written, and the compass names them. */
export function withdrawService(tx: Tx, actor: Actor, key: string): Service {
  requirePower(actor, 'channels.services');
  const known = servicesOf(tx).find((one) => one.key === key);
  if (!known?.approved) throw new Refusal('channels:refusals.service-gone');
  const { name, domain } = known;
  const act = record(tx, actor, {
    ...{ kind: 'channel.service-withdrawn', subject: `channel-services/${key}` },
    before: { name, domain },
  });
  statements(tx).insert.run(key, name, domain, 0, actor.today, act.id);
  return { ...known, approved: false };
}

/** A host as `ble.ir`, typed with or without its scheme. */
export function readDomain(typed: string): Reading<string> {
  const host = typed
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '');
  if (/^(?=.{3,100}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(host)) {
    return { value: host };
  }
  return { fault: 'channels:faults.domain' };
}
