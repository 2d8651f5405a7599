/** B-126: leave to serve places outside the area: asked by the chair, answered by the committee. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { permitBeforeServing } from '../bylaw/bounds.ts';
import { uphold } from '../bylaw/clause.ts';
import { type Centre, findCentre, findCentreById } from '../centres/centres.ts';
import { refuseUnpermitted } from '../licence/permission.ts';
import { type Addressee, tell } from '../notices/notices.ts';
import { issueLetter } from '../paper/letters.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { type Recorded, record } from '../trail/acts.ts';
import { wordsFor } from '../words.ts';
import type { Area } from './area.ts';
import { type Concerned, concernedBy, refuseOwnGround } from './permits-ground.ts';
import { findPermit, type Permit, type PermitKind } from './permits-known.ts';

export type PermitAsked = {
  kind: PermitKind;
  area?: Area;
  otherCentre?: Centre;
  place: string;
  fromOn: string;
  toOn: string;
  reason: string;
};

export type PermitAnswer = {
  answer: 'granted' | 'refused';
  number: string;
  decidedOn: string;
  reason?: string | null;
  /** A centre to be told though no geometry shows that the place is in its area. */
  alsoTell?: string | null;
};

const statements = prepared((db) => ({
  insert: db.$client.prepare(
    `INSERT INTO permits (centre_id, kind, area, other_centre_id, place, from_on, to_on, reason,
       requested_on, requested_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  concern: db.$client.prepare('INSERT INTO permit_neighbours VALUES (?, ?, ?, ?)'),
  decide: db.$client.prepare('INSERT INTO permit_decisions VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
  end: db.$client.prepare('INSERT INTO permit_endings VALUES (?, ?, ?, ?, ?)'),
}));

/** The chair asks; the head of the county office is told. */
export function requestPermit(tx: Tx, actor: Actor, centre: Centre, asked: PermitAsked): Permit {
  requirePower(actor, 'permits.request', centre);
  refuseUnpermitted(tx, centre.id, actor.today, 'aid');
  const { kind, area, otherCentre, place, fromOn, toOn, reason } = asked;
  refuseDays(actor, fromOn, toOn);
  refuseOwnGround(tx, centre, asked, actor.today);
  const told = { kind, place, otherCentre: otherCentre?.code ?? null, fromOn, toOn, reason };
  const act = record(tx, actor, {
    ...{ kind: 'permit.requested', subject: `permits/${centre.code}`, centreId: centre.id },
    after: told,
  });
  const { lastInsertRowid } = statements(tx).insert.run(
    ...[centre.id, kind, area ? JSON.stringify(area) : null, otherCentre?.id ?? null, place],
    ...[fromOn, toOn, reason, actor.today, actor.user!.id, act.id],
  );
  const permit = findPermit(tx, centre.id, Number(lastInsertRowid));
  const to: Addressee[] = [{ role: 'county-head', countyId: centre.countyId }];
  tellOf(tx, actor, act, { permit, centreId: centre.id, key: 'requested', to });
  return permit;
}

/** Granted, the letter is issued and the centres of the place are told; refused, only the chair. */
export function decidePermit(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  answered: PermitAnswer,
): Permit {
  requirePower(actor, 'permits.decide', centre);
  const permit = findPermit(tx, centre.id, id);
  refuseSettled(permit);
  if (answered.decidedOn > actor.today) refuse('future', 'decidedOn');
  if (answered.answer === 'granted') refuseUnpermitted(tx, centre.id, actor.today, 'aid');
  if (answered.answer === 'granted') grant(tx, actor, centre, permit, answered);
  else reject(tx, actor, centre, permit, answered);
  return findPermit(tx, centre.id, id);
}

/** Ends a permit, or takes a request back; all who were told of it are told. */
export function endPermit(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  id: number,
  { reason }: { reason: string },
): Permit {
  requirePower(actor, 'permits.end', centre);
  const permit = findPermit(tx, centre.id, id);
  if (permit.endedOn || permit.answer === 'refused') {
    throw new Refusal('boundary:permits.refusals.ended');
  }
  const act = record(tx, actor, {
    ...{ kind: 'permit.ended', subject: `permits/${centre.code}/${id}`, centreId: centre.id },
    after: { endedOn: actor.today, reason },
  });
  statements(tx).end.run(id, actor.today, reason, actor.user!.id, act.id);
  const key = permit.answer === 'granted' ? 'ended' : 'withdrawn';
  const { countyId } = centre;
  const to: Addressee[] = [{ seat: 'chair' }, { role: 'county-head', countyId }];
  tellOf(tx, actor, act, { permit, centreId: centre.id, key, to });
  for (const { centreId } of permit.neighbours) {
    tellOf(tx, actor, act, { permit, centreId, key: 'ended-there', to: [{ seat: 'chair' }] });
  }
  return findPermit(tx, centre.id, id);
}

function grant(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  permit: Permit,
  { number, decidedOn, alsoTell }: PermitAnswer,
): void {
  const others = concerned(tx, centre, permit, { day: actor.today, alsoTell });
  const { act, paperId } = letterOf(tx, actor, centre, { permit, number, decidedOn, others });
  for (const other of others) {
    const { centreId, countyId, squareMetres } = other;
    const heads: Addressee[] =
      countyId === centre.countyId ? [] : [{ role: 'county-head', countyId }];
    const to: Addressee[] = [{ seat: 'chair' }, ...heads];
    tellOf(tx, actor, act, { permit, centreId, key: 'granted-there', to, name: centre.name });
    statements(tx).concern.run(permit.id, centreId, squareMetres, act.id);
  }
  uphold(permitBeforeServing, { coordinated: number !== '', untold: 0 });
  const by = actor.user!.id;
  statements(tx).decide.run(permit.id, 'granted', number, decidedOn, by, null, paperId, act.id);
  tellOf(tx, actor, act, { permit, centreId: centre.id, key: 'granted', to: [{ seat: 'chair' }] });
}

function reject(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  permit: Permit,
  { number, decidedOn, reason }: PermitAnswer,
): void {
  if (!reason) refuse('needs-reason', 'reason');
  const act = record(tx, actor, {
    ...{ kind: 'permit.answered', subject: `permits/${centre.code}/${permit.id}` },
    ...{ centreId: centre.id, after: { answer: 'refused', number, decidedOn, reason } },
  });
  const by = actor.user!.id;
  statements(tx).decide.run(permit.id, 'refused', number, decidedOn, by, reason, null, act.id);
  tellOf(tx, actor, act, { permit, centreId: centre.id, key: 'refused', to: [{ seat: 'chair' }] });
}

function concerned(
  tx: Tx,
  centre: Centre,
  permit: Permit,
  { day, alsoTell }: { day: string; alsoTell?: string | null },
): Concerned[] {
  const found = concernedBy(tx, centre.id, permit, day);
  if (!alsoTell) return found;
  const { id: centreId, code, name, countyId } = findCentre(tx, alsoTell);
  const known = centreId === centre.id || found.some((one) => one.centreId === centreId);
  return known ? found : [...found, { centreId, code, name, countyId, squareMetres: null }];
}

function letterOf(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  told: { permit: Permit; number: string; decidedOn: string; others: Concerned[] },
): { act: Recorded; paperId: number } {
  const { permit, number, decidedOn, others } = told;
  const { place, kind, reason, fromOn, toOn } = permit;
  const t = wordsFor('fa');
  const names = others.map(({ name }) => name).join(t('boundary:permits.letter.and'));
  return issueLetter(tx, actor, {
    ...{ centre, kind: 'permit', head: 'committee' },
    values: {
      permitted: t(`boundary:permits.letter.${kind}`, { place }),
      ...{ coordination: number, coordinatedOn: decidedOn, reason, fromOn, toOn },
      otherCentre: names || null,
    },
    addressee: [t('boundary:permits.letter.addressee', { centre: centre.name })],
    deed: {
      ...{ kind: 'permit.answered', subject: `permits/${centre.code}/${permit.id}` },
      after: { answer: 'granted', number, decidedOn, told: others.map(({ code }) => code) },
    },
  });
}

function tellOf(
  tx: Tx,
  actor: Actor,
  act: Recorded,
  {
    permit,
    centreId,
    key,
    to,
    name = findCentreById(tx, permit.centreId).name,
  }: { permit: Permit; centreId: number; key: string; to: Addressee[]; name?: string },
): void {
  const { place, fromOn, toOn, id } = permit;
  const own = centreId === permit.centreId;
  tell(tx, actor, act, {
    ...{ key: `boundary:permits.notices.${key}`, said: { place, name, fromOn, toOn } },
    ...{ href: own ? `/boundary/permits/${id}` : '/boundary/permits', centreId, to },
  });
}

function refuseSettled({ answer, endedOn }: Permit): void {
  if (answer) throw new Refusal('boundary:permits.refusals.decided');
  if (endedOn) throw new Refusal('boundary:permits.refusals.ended');
}

function refuseDays(actor: Actor, fromOn: string, toOn: string): void {
  if (toOn < fromOn) refuse('days', 'toOn');
  if (toOn < actor.today) refuse('past', 'toOn');
}

function refuse(key: string, field: string): never {
  throw new Refusal(`boundary:permits.refusals.${key}`, { status: 422, field });
}
