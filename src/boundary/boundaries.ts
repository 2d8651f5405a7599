/** The life of a version: proposed by the board or the committee, approved, refused or taken back. */
import { createHash } from 'node:crypto';
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { areaWithoutOverlap } from '../bylaw/territory.ts';
import type { Centre } from '../centres/centres.ts';
import { refuseGround } from '../licence/permission.ts';
import { tell } from '../notices/notices.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { type Recorded, record } from '../trail/acts.ts';
import type { Area } from './area.ts';
import { areaSquareMetres, bounds } from './measure.ts';
import { measuredWith, type Overlapping, sharing } from './neighbours.ts';
import { findBoundary, type InForce, type Version, versionsOf } from './versions.ts';

const statements = prepared((db) => ({
  newest: db.$client.prepare(
    `SELECT b.version, b.area, r.boundary_id IS NOT NULL OR w.boundary_id IS NOT NULL AS closed
     FROM boundaries b LEFT JOIN boundary_refusals r ON r.boundary_id = b.id
     LEFT JOIN boundary_withdrawals w ON w.boundary_id = b.id
     WHERE b.centre_id = ? ORDER BY b.version DESC LIMIT 1`,
  ),
  propose: db.$client.prepare(
    `INSERT INTO boundaries (centre_id, version, area, square_metres, note, proposed_on,
       proposed_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  placeBounds: db.$client.prepare('INSERT INTO boundary_bounds VALUES (?, ?, ?, ?, ?)'),
  measure: db.$client.prepare(
    `INSERT INTO boundary_overlaps SELECT @id, @other, @shared WHERE NOT EXISTS
       (SELECT 1 FROM boundary_overlaps WHERE boundary_id = @id AND other_boundary_id = @other)`,
  ),
  begin: db.$client.prepare('INSERT INTO boundary_starts VALUES (?, ?)'),
  approve: db.$client.prepare('INSERT INTO boundary_approvals VALUES (?, ?, ?, ?)'),
  refuse: db.$client.prepare('INSERT INTO boundary_refusals VALUES (?, ?, ?, ?, ?)'),
  withdraw: db.$client.prepare('INSERT INTO boundary_withdrawals VALUES (?, ?, ?, ?, ?)'),
}));

/** Lays down a new version; it counts for nothing until the committee approves it. */
export function proposeBoundary(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { area, note }: { area: Area; note?: string | null },
): { id: number; version: number; squareMetres: number; overlaps: Overlapping[] } {
  requirePower(actor, 'boundary.propose', centre);
  refuseGround(tx, centre.id, actor.today);
  const written = JSON.stringify(area);
  const newest = statements(tx).newest.get(centre.id) as Newest | undefined;
  // What was refused or taken back may be proposed again as it was: the reason may have gone.
  if (newest?.area === written && !newest.closed) {
    throw new Refusal('boundary:refusals.unchanged', { mend: `/boundary/${newest.version}` });
  }
  const version = (newest?.version ?? 0) + 1;
  const squareMetres = Math.max(1, Math.round(areaSquareMetres(area)));
  const sha256 = createHash('sha256').update(written).digest('hex');
  const act = record(tx, actor, {
    ...{ kind: 'boundary.proposed', subject: subjectOf(centre, version), centreId: centre.id },
    after: { version, squareMetres, sha256, note: note || null },
  });
  const { lastInsertRowid } = statements(tx).propose.run(
    ...[centre.id, version, written, squareMetres, note || null],
    ...[actor.today, actor.user?.id, act.id],
  );
  const id = Number(lastInsertRowid);
  const { west, south, east, north } = bounds(area);
  statements(tx).placeBounds.run(id, west, east, south, north);
  tellOf(tx, actor, act, centre, { version }, 'proposed');
  return { id, version, squareMetres, overlaps: measure(tx, centre, { id, area }, actor.today) };
}

/** B-124: with the committee's approval the version is in force from its day, no earlier one then. */
export function approveBoundary(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  boundaryId: number,
  days: { approvedOn?: string; fromOn?: string } = {},
): InForce {
  requirePower(actor, 'boundary.approve', centre);
  const version = findBoundary(tx, centre.id, boundaryId);
  refuseSettled(version);
  refuseGround(tx, centre.id, actor.today);
  refusePassedOver(tx, centre, version);
  const { approvedOn = actor.today } = days;
  const { fromOn = approvedOn } = days;
  refuseDays(actor, version, { approvedOn, fromOn });
  // A neighbour may have been approved since the proposal, so it is measured again.
  refuseOverlaps(measure(tx, centre, version, fromOn), version);
  const act = record(tx, actor, {
    ...{ kind: 'boundary.approved', subject: subjectOf(centre, version.version) },
    ...{ centreId: centre.id, after: { version: version.version, approvedOn, fromOn } },
  });
  if (fromOn > approvedOn) statements(tx).begin.run(boundaryId, fromOn);
  statements(tx).approve.run(boundaryId, approvedOn, actor.user?.id, act.id);
  tellOf(tx, actor, act, centre, { version: version.version, fromOn }, 'approved');
  return { ...version, approvedOn, fromOn, approvedBy: actor.user?.name ?? '' };
}

/** The committee says no and why; whoever proposed it draws another. */
export function refuseBoundary(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  boundaryId: number,
  reason: string,
): Version {
  requirePower(actor, 'boundary.approve', centre);
  return closeBoundary(tx, actor, centre, boundaryId, { how: 'refused', reason });
}

/** The proposal is taken back before the committee has decided on it. */
export function withdrawBoundary(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  boundaryId: number,
  reason: string,
): Version {
  requirePower(actor, 'boundary.propose', centre);
  return closeBoundary(tx, actor, centre, boundaryId, { how: 'withdrawn', reason });
}

function closeBoundary(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  boundaryId: number,
  { how, reason }: { how: 'refused' | 'withdrawn'; reason: string },
): Version {
  const version = findBoundary(tx, centre.id, boundaryId);
  refuseSettled(version);
  const act = record(tx, actor, {
    ...{ kind: `boundary.${how}`, subject: subjectOf(centre, version.version) },
    ...{ centreId: centre.id, after: { version: version.version, reason } },
  });
  const write = how === 'refused' ? statements(tx).refuse : statements(tx).withdraw;
  write.run(boundaryId, reason, actor.today, actor.user?.id, act.id);
  tellOf(tx, actor, act, centre, { version: version.version, reason }, how);
  return findBoundary(tx, centre.id, boundaryId);
}

type Newest = { version: number; area: string; closed: number };

export const subjectOf = (centre: Centre, version: number): string =>
  `boundaries/${centre.code}/${version}`;

/** Every area that the version's may reach is measured once; what shares nothing is written too. */
export function measure(
  tx: Tx,
  centre: Centre,
  version: { id: number; area: Area },
  day: string,
): Overlapping[] {
  const measured = measuredWith(tx, centre, version, day);
  for (const { boundaryId, sharedSquareMetres } of measured) {
    statements(tx).measure.run({ id: version.id, other: boundaryId, shared: sharedSquareMetres });
  }
  return sharing(measured);
}

/** Whose turn it is now: the committee's after a proposal, the board's after an answer. */
function tellOf(
  tx: Tx,
  actor: Actor,
  act: Recorded,
  centre: Centre,
  { version, ...said }: { version: number } & Record<string, string | number>,
  what: 'proposed' | 'approved' | 'refused' | 'withdrawn',
): void {
  const committees = what === 'proposed' || what === 'withdrawn';
  tell(tx, actor, act, {
    ...{ key: `boundary:notices.${what}`, said: { version, ...said } },
    ...{ href: `/boundary/${version}`, centreId: centre.id },
    to: committees
      ? [{ role: 'county-head', countyId: centre.countyId }]
      : [{ seat: 'chair' }, { seat: 'vice-chair' }],
  });
}

/** Of two officers deciding at once the second finds it decided. */
function refuseSettled({ approvedOn, closed }: Version): void {
  if (approvedOn) throw new Refusal('boundary:refusals.already-approved');
  if (closed)
    throw new Refusal(`boundary:refusals.already-${closed.how}`, { mend: '/boundary/new' });
}

function refusePassedOver(tx: Tx, centre: Centre, version: Version): void {
  const later = versionsOf(tx, centre.id).find((other) => other.approvedOn);
  if (!later || later.version < version.version) return;
  throw new Refusal('boundary:refusals.passed-over', {
    values: { version: later.version },
    mend: '/boundary/new',
  });
}

function refuseDays(
  actor: Actor,
  { proposedOn }: Version,
  { approvedOn, fromOn }: { approvedOn: string; fromOn: string },
): void {
  const refuse = (key: string, field: string) => {
    throw new Refusal(`boundary:refusals.${key}`, { status: 422, field });
  };
  if (approvedOn > actor.today) refuse('future', 'approvedOn');
  if (approvedOn < proposedOn) refuse('before-proposal', 'approvedOn');
  if (fromOn < approvedOn) refuse('before-approval', 'fromOn');
}

function refuseOverlaps(overlaps: Overlapping[], { version }: Version): void {
  const open = overlaps.filter(({ blocks, coordination }) => blocks && !coordination);
  if (areaWithoutOverlap.holds({ uncoordinated: open.length })) return;
  throw new Refusal('boundary:refusals.overlap', {
    clause: areaWithoutOverlap.id,
    values: { names: open.map(({ name }) => name).join(' · ') },
    mend: `/boundary/${version}`,
  });
}
