/**
 * Visits of the committee to a centre (B-111): recorded by who supervises, with what was looked at and
 * what was found; the centre says what it mended, and the committee whether that is so.
 */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import type { CheckedItem, FindingStep, Found } from './schema.ts';

export type FindingState = 'open' | FindingStep;

export type Step = { step: FindingStep; text: string; takenOn: string; by: string };

export type Finding = {
  position: number;
  text: string;
  dueOn: string;
  state: FindingState;
  isLate: boolean;
  steps: Step[];
};

export type Inspection = {
  id: number;
  number: number;
  visitedOn: string;
  visitors: string;
  checklist: Record<CheckedItem, Found>;
  note: string | null;
  recordedOn: string;
  recordedBy: string;
  findings: Finding[];
};

export type Visited = {
  visitedOn: string;
  visitors: string;
  checklist: Record<CheckedItem, Found>;
  note: string | null;
  findings: { text: string; dueOn: string }[];
};

const statements = prepared(({ $client: client }) => ({
  all: client.prepare(
    `SELECT i.id, i.number, i.visited_on AS visitedOn, i.visitors, i.checklist, i.note,
       i.recorded_on AS recordedOn, u.name AS recordedBy
     FROM field_inspections i JOIN users u ON u.id = i.recorded_by
     WHERE i.centre_id = ? ORDER BY i.number DESC`,
  ),
  findings: client.prepare(
    `SELECT position, text, due_on AS dueOn, state FROM findings_standing
     WHERE inspection_id = ? ORDER BY position`,
  ),
  steps: client.prepare(
    `SELECT s.step, s.text, s.taken_on AS takenOn, u.name AS by FROM finding_steps s
     JOIN users u ON u.id = s.taken_by WHERE s.inspection_id = ? AND s.position = ? ORDER BY s.id`,
  ),
  next: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM field_inspections').pluck(),
  insert: client.prepare('INSERT INTO field_inspections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  finding: client.prepare('INSERT INTO inspection_findings VALUES (?, ?, ?, ?)'),
  nextStep: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM finding_steps').pluck(),
  step: client.prepare('INSERT INTO finding_steps VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
}));

type Raw = Omit<Inspection, 'checklist' | 'findings'> & { checklist: string };

/** Every visit, the newest first. */
export function inspectionsOf(db: Db, centreId: number, today: string): Inspection[] {
  return (statements(db).all.all(centreId) as Raw[]).map((raw) => ({
    ...raw,
    checklist: JSON.parse(raw.checklist) as Inspection['checklist'],
    findings: findingsOf(db, raw.id, today),
  }));
}

export function findInspection(
  db: Db,
  centreId: number,
  number: number,
  today: string,
): Inspection {
  const found = inspectionsOf(db, centreId, today).find((one) => one.number === number);
  if (!found) throw new NotFound();
  return found;
}

function findingsOf(db: Db, id: number, today: string): Finding[] {
  type RawFinding = Omit<Finding, 'isLate' | 'steps'>;
  return (statements(db).findings.all(id) as RawFinding[]).map((one) => ({
    ...one,
    isLate: one.state !== 'accepted' && one.dueOn < today,
    steps: statements(db).steps.all(id, one.position) as Step[],
  }));
}

/** Keeps a visit with its findings, and tells the board of it. */
export function recordInspection(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { visitedOn, visitors, checklist, note, findings }: Visited,
): Inspection {
  requirePower(actor, 'inspections.record', centre);
  const early = findings.findIndex(({ dueOn }) => dueOn < visitedOn);
  if (early >= 0) {
    throw new Refusal('supervision:refusals.due-before-visit', {
      ...{ status: 422, field: `findings.${early}.dueOn`, clause: 'B-111' },
    });
  }
  const id = statements(tx).next.get() as number;
  const number = inspectionsOf(tx, centre.id, actor.today).length + 1;
  const act = record(tx, actor, {
    ...{ kind: 'visit.recorded', subject: `visits/${id}`, centreId: centre.id },
    after: { number, visitedOn, visitors, findings: findings.length },
  });
  findings.forEach(({ text, dueOn }, at) => {
    statements(tx).finding.run(id, at + 1, text, dueOn);
  });
  statements(tx).insert.run(
    ...[id, centre.id, number, visitedOn, visitors, JSON.stringify(checklist), note],
    ...[actor.today, actor.user!.id, act.id],
  );
  tell(tx, actor, act, {
    ...{ key: 'supervision:notices.visited', href: `/inspections/${number}`, centreId: centre.id },
    said: { visitedOn, number: findings.length },
    to: [{ seat: 'chair' }, { seat: 'vice-chair' }],
  });
  return findInspection(tx, centre.id, number, actor.today);
}

type Taken = { number: number; position: number; step: FindingStep; text: string };

/** The centre mends; the committee takes it so, or sends it back. */
export function takeFindingStep(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { number, position, step, text }: Taken,
): Inspection {
  requirePower(actor, step === 'mended' ? 'inspections.mend' : 'inspections.record', centre);
  const one = findInspection(tx, centre.id, number, actor.today);
  const finding = one.findings.find((each) => each.position === position);
  if (!finding) throw new NotFound();
  if (finding.state === 'accepted' || (step === 'returned' && finding.state !== 'mended')) {
    const why = finding.state === 'accepted' ? 'finding-over' : 'not-mended';
    throw new Refusal(`supervision:refusals.${why}`, { clause: 'B-111' });
  }
  const act = record(tx, actor, {
    ...{ kind: `finding.${step}`, subject: `visits/${one.id}`, centreId: centre.id },
    ...{ before: { state: finding.state }, after: { position, step } },
  });
  statements(tx).step.run(
    ...[statements(tx).nextStep.get(), one.id, position, step, text],
    ...[actor.today, actor.user!.id, act.id],
  );
  tell(tx, actor, act, {
    ...{ key: `supervision:notices.finding-${step}`, said: { number } },
    ...{ href: `/inspections/${number}`, centreId: centre.id },
    to:
      step === 'mended'
        ? [{ role: 'inspector' }, { role: 'county-head', countyId: centre.countyId }]
        : [{ seat: 'chair' }, { seat: 'vice-chair' }],
  });
  return findInspection(tx, centre.id, number, actor.today);
}
