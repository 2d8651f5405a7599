/** B-20: the monitoring of a centre: four offices, a section of each, one signed result. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { type Conclusion, fourOfficesMonitor } from '../bylaw/licence.ts';
import type { Centre } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import {
  findMonitoring,
  isSubstance,
  type Monitoring,
  monitoringsOf,
  OFFICES,
  type Office,
  type Section,
} from './monitoring-rows.ts';

/** What an office fills in: a score with findings, or a state with its number and day. */
export type Filling =
  | { score: number; findings: string }
  | { state: 'approved' | 'refused'; number: string; decidedOn: string };

const statements = prepared((db) => ({
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM monitorings').pluck(),
  open: db.$client.prepare('INSERT INTO monitorings VALUES (?, ?, ?, ?, ?)'),
  fill: db.$client.prepare(
    `INSERT INTO monitoring_sections (monitoring_id, office, score, findings, state, number,
       decided_on, filled_on, filled_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  sign: db.$client.prepare('INSERT INTO monitoring_results VALUES (?, ?, ?, ?, ?)'),
}));

/** The section that this officer's role fills; undefined for everybody else. */
export function officeOf(actor: Actor): Office | undefined {
  return OFFICES.find((office) => ROLE_OF[office] === actor.office?.role);
}

const ROLE_OF: Record<Office, string> = {
  participation: 'province-deputy',
  supervision: 'inspector',
  security: 'security',
  selection: 'selection',
};

/** Opens a monitoring; its four sections wait for their offices. One is open at a time. */
export function openMonitoring(tx: Tx, actor: Actor, centre: Centre): Monitoring {
  requirePower(actor, 'monitorings.open', centre);
  const open = monitoringsOf(tx, centre.id).find(({ result }) => result === null);
  if (open) {
    const mend = `/licence/monitoring/${open.id}`;
    throw new Refusal('licence:refusals.monitoring-open', { clause: 'B-20', mend });
  }
  const id = statements(tx).nextId.get() as number;
  const act = record(tx, actor, {
    ...{ kind: 'monitoring.opened', subject: `monitorings/${id}`, centreId: centre.id },
    after: { id },
  });
  statements(tx).open.run(id, centre.id, actor.today, actor.user!.id, act.id);
  tell(tx, actor, act, {
    ...{ key: 'licence:notices.monitoring', said: { centre: centre.name }, centreId: null },
    href: `/monitoring/${id}`,
    to: [{ role: 'inspector' }, { role: 'security' }, { role: 'selection' }],
  });
  return findMonitoring(tx, id);
}

/** Fills the actor's own section; again while the result is unsigned, and then the newest counts. */
export function fillSection(tx: Tx, actor: Actor, id: number, filling: Filling): Section {
  requirePower(actor, 'monitorings.fill');
  const monitoring = findMonitoring(tx, id);
  const office = officeOf(actor)!;
  refuseSigned(monitoring);
  refuseOtherFilling(office, filling);
  const given = { score: null, findings: null, state: null, number: null, decidedOn: null };
  const { score, findings, state, number, decidedOn } = { ...given, ...filling };
  if (decidedOn !== null && decidedOn > actor.today) {
    throw new Refusal('centres:refusals.future-day', { status: 422, field: 'decidedOn' });
  }
  const after = { score, findings, state, number, decidedOn };
  const act = record(tx, actor, {
    ...{ kind: 'monitoring.filled', subject: `monitorings/${id}/${office}`, after },
    centreId: monitoring.centreId,
  });
  statements(tx).fill.run(
    ...[id, office, score, findings, state, number, decidedOn],
    ...[actor.today, actor.user!.id, act.id],
  );
  return findMonitoring(tx, id).sections.find((section) => section.office === office)!;
}

/** B-20: the deputy signs; supervision has spoken, and for a renewal all four. */
export function signResult(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  conclusion: Conclusion,
): Monitoring {
  requirePower(actor, 'monitorings.sign', centre);
  const monitoring = findMonitoring(tx, id, centre.id);
  refuseSigned(monitoring);
  const filled = monitoring.sections.map(({ office }) => office);
  uphold(fourOfficesMonitor, { filled, conclusion }, { mend: `/licence/monitoring/${id}` });
  const against = monitoring.sections.find(({ state }) => state === 'refused');
  if (conclusion === 'renew' && against) {
    const mend = `/licence/monitoring/${id}`;
    throw new Refusal(`licence:refusals.refused-by-${against.office}`, { clause: 'B-20', mend });
  }
  const act = record(tx, actor, {
    ...{ kind: 'monitoring.signed', subject: `monitorings/${id}`, centreId: centre.id },
    after: { conclusion },
  });
  statements(tx).sign.run(id, conclusion, actor.today, actor.user!.id, act.id);
  tell(tx, actor, act, {
    ...{ key: `licence:notices.result-${conclusion}`, said: {}, centreId: centre.id },
    href: `/licence/monitoring/${id}`,
    to: [{ seat: 'chair' }, { role: 'county-head', countyId: centre.countyId }],
  });
  return findMonitoring(tx, id);
}

function refuseSigned({ id, result }: Monitoring): void {
  if (result === null) return;
  const mend = `/licence/monitoring/${id}`;
  throw new Refusal('licence:refusals.monitoring-signed', { clause: 'B-20', mend });
}

/** B-90: security and selection give no opinion, the other two no clearance. */
function refuseOtherFilling(office: Office, filling: Filling): void {
  if (isSubstance(office) === 'score' in filling) return;
  throw new Refusal('licence:refusals.other-section', { status: 422, clause: 'B-20' });
}
