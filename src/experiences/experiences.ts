/** B-108: a centre writes down what it did well; once the committee approves it, others find it. */
import type { Actor } from '../access/actor.ts';
import { requirePower, type Seat } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { anewAfterReturn, answeredOnce, nobodyNamed } from '../bylaw/points.ts';
import type { Centre } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText, searchWords } from '../values/persian-text.ts';
import type { EXPERIENCE_FIELDS } from './schema.ts';

export const EXPERIENCE_STATES = ['waiting', 'returned', 'approved'] as const;
export type ExperienceState = (typeof EXPERIENCE_STATES)[number];

export type ExperienceTyped = {
  title: string;
  field: (typeof EXPERIENCE_FIELDS)[number];
  deed: string;
  result: string;
  costRial: number | null;
  /** Whom another centre may ask. */
  askedSeat: Seat;
};

/** The newest version of an experience with its answer, if it has one. */
export type Experience = ExperienceTyped & {
  /** By which it is known: the id of its first version. */
  id: number;
  versionId: number;
  version: number;
  centreId: number;
  centre: string;
  code: string;
  county: string;
  phone: string | null;
  writtenOn: string;
  writtenBy: string;
  answer: 'approved' | 'returned' | null;
  reason: string | null;
  answeredOn: string | null;
  answeredBy: string | null;
  state: ExperienceState;
};

export type ExperienceFilter = { q?: string; field?: string; state?: string; county?: string };

const SELECT = `SELECT e.first_id AS id, e.id AS versionId, e.version, e.centre_id AS centreId,
    c.name AS centre, c.code, n.name AS county, c.phone, e.title, e.field, e.deed, e.result,
    e.cost_rial AS costRial, e.asked_seat AS askedSeat, e.written_on AS writtenOn,
    w.name AS writtenBy, a.answer, a.reason, a.answered_on AS answeredOn, b.name AS answeredBy,
    coalesce(a.answer, 'waiting') AS state
  FROM experiences e JOIN centres c ON c.id = e.centre_id JOIN counties n ON n.id = c.county_id
  JOIN users w ON w.id = e.written_by
  LEFT JOIN experience_answers a ON a.experience_id = e.id LEFT JOIN users b ON b.id = a.answered_by`;

/** Of each experience the version written last. */
const NEWEST = `NOT EXISTS (SELECT 1 FROM experiences x
  WHERE x.first_id = e.first_id AND x.version > e.version)`;

const statements = prepared(({ $client: client }) => ({
  ofCentre: client.prepare(`${SELECT} WHERE e.centre_id = ? AND ${NEWEST} ORDER BY e.id DESC`),
  approved: client.prepare(
    `${SELECT} WHERE a.answer = 'approved' ORDER BY a.answered_on DESC, e.id DESC`,
  ),
  versions: client.prepare(`${SELECT} WHERE e.first_id = ? ORDER BY e.version DESC`),
  nextId: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM experiences').pluck(),
  insert: client.prepare(
    'INSERT INTO experiences VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)',
  ),
  answer: client.prepare('INSERT INTO experience_answers VALUES (?, ?, ?, ?, ?, ?)'),
}));

/** A centre's own, the newest first. */
export function experiencesOf(db: Db, centreId: number, filter: ExperienceFilter = {}) {
  return narrowed(statements(db).ofCentre.all(centreId) as Experience[], filter);
}

/** What every centre of the province may read: approved, the newest first. */
export function approvedExperiences(db: Db, filter: ExperienceFilter = {}): Experience[] {
  return narrowed(statements(db).approved.all() as Experience[], filter);
}

/** All versions of an experience, the newest first. */
export function versionsOf(db: Db, id: number): Experience[] {
  return statements(db).versions.all(id) as Experience[];
}

/** An experience of this centre as it stands; throws NotFound. */
export function findExperience(db: Db, centreId: number, id: number): Experience {
  const [newest] = versionsOf(db, id);
  if (newest?.centreId !== centreId) throw new NotFound();
  return newest;
}

/** An experience that the province may read; throws NotFound. */
export function findApproved(db: Db, id: number): Experience {
  const [newest] = versionsOf(db, id);
  if (newest?.state !== 'approved') throw new NotFound();
  return newest;
}

type Declared = ExperienceTyped & { namesNobody: boolean };

/** Writes an experience down and sends it to the head of the county's office. */
export function writeExperience(tx: Tx, actor: Actor, centre: Centre, typed: Declared): Experience {
  return writeVersion(tx, actor, centre, typed);
}

/** Writes anew what was sent back. */
export function rewriteExperience(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, ...typed }: Declared & { id: number },
): Experience {
  const before = findExperience(tx, centre.id, id);
  uphold(anewAfterReturn, before);
  return writeVersion(tx, actor, centre, typed, before);
}

/** Approves a version, so that the other centres find it, or sends it back with the reason. */
export function answerExperience(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, answer, reason }: { id: number; answer: 'approved' | 'returned'; reason: string | null },
): Experience {
  requirePower(actor, 'experiences.answer', centre);
  const before = findExperience(tx, centre.id, id);
  uphold(answeredOnce, before);
  const act = record(tx, actor, {
    ...{ kind: 'experience.answered', subject: `experiences/${id}`, centreId: centre.id },
    after: { version: before.version, answer, reason },
  });
  statements(tx).answer.run(
    ...[before.versionId, answer, reason, actor.today, actor.user!.id, act.id],
  );
  tell(tx, actor, act, {
    ...{ key: `experiences:notices.${answer}`, said: { title: before.title } },
    ...{ href: `/experiences/${id}`, centreId: centre.id, to: [{ seat: 'chair' }] },
  });
  return findExperience(tx, centre.id, id);
}

function writeVersion(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { namesNobody, ...typed }: Declared,
  before?: Experience,
): Experience {
  requirePower(actor, 'experiences.write', centre);
  uphold(nobodyNamed, { declared: namesNobody }, { status: 422, field: 'namesNobody' });
  const { title, field, deed, result, costRial, askedSeat } = typed;
  const versionId = statements(tx).nextId.get() as number;
  const [id, version] = [before?.id ?? versionId, (before?.version ?? 0) + 1];
  const act = record(tx, actor, {
    ...{ kind: 'experience.written', subject: `experiences/${id}`, centreId: centre.id },
    after: { version, ...typed },
  });
  statements(tx).insert.run(
    ...[versionId, centre.id, version, id, title, field, deed, result, costRial, askedSeat],
    ...[actor.today, actor.user!.id, act.id],
  );
  tell(tx, actor, act, {
    ...{ key: 'experiences:notices.written', said: { title, centre: centre.name } },
    ...{ href: `/experiences/${id}`, centreId: centre.id },
    to: [{ role: 'county-head', countyId: centre.countyId }],
  });
  return findExperience(tx, centre.id, id);
}

function narrowed(rows: Experience[], { q, field, state, county }: ExperienceFilter) {
  const words = searchWords(q ?? '');
  return rows.filter((row) => {
    const searched = searchText(`${row.title} ${row.deed} ${row.result} ${row.centre}`);
    return (
      words.every((word) => searched.includes(word)) &&
      (!field || row.field === field) &&
      (!state || row.state === state) &&
      (!county || row.county === county)
    );
  });
}
