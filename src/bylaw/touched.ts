/** Which centres the acts since another act concern, as far as any clause asks. */
import { type Db, prepared } from '../provinces/connection.ts';
import { remembered } from '../provinces/remembered.ts';
import { newestAct } from '../trail/acts.ts';

/** For each centre, and for all of them together, the last act that concerns it. */
export type Touched = { all: number; centres: Map<number, number> };

/** Acts of nobody's centre that no clause asks about: signing in, and what is drawn or kept aside. */
const OF_NO_CENTRE = [
  ...['user.signed-in', 'user.password-changed', 'user.password-reset', 'user.unlocked'],
  ...['user.codes-begun', 'user.codes-on', 'user.codes-off', 'user.recovery-codes-renewed'],
  ...['token.created', 'token.revoked', 'attachment.added', 'attachment.ended'],
  ...['outlines.imported', 'outlines.confirmed', 'outlines.withdrawn', 'person.registered'],
];

/** By these an act in one centre is asked about in another: a common border, a common person. */
const ACROSS = ['boundary', 'licence', 'decree', 'training'];

const kindOf = (kind: string) => `substr(${kind}, 1, instr(${kind}, '.') - 1)`;
const listed = (words: string[]) => words.map((word) => `'${word}'`).join(', ');

const statements = prepared(({ $client: client }) => ({
  own: client.prepare(
    `SELECT centre_id AS centreId, max(id) AS act FROM acts
     WHERE id > ? AND centre_id IS NOT NULL GROUP BY centre_id`,
  ),
  across: client.prepare(
    `SELECT centre_id AS centreId, max(id) AS act FROM acts WHERE id > ? AND centre_id IS NOT NULL
       AND ${kindOf('kind')} IN (${listed(ACROSS)}) GROUP BY centre_id`,
  ),
  common: client.prepare(
    `SELECT kind, subject, max(id) AS act FROM acts WHERE id > ? AND centre_id IS NULL
       AND kind NOT IN (${listed(OF_NO_CENTRE)}) GROUP BY kind, subject`,
  ),
  beside: client
    .prepare(
      `SELECT theirs.centre_id FROM boundaries mine JOIN boundary_overlaps o
         ON o.boundary_id = mine.id JOIN boundaries theirs ON theirs.id = o.other_boundary_id
       WHERE mine.centre_id = @centre
       UNION SELECT theirs.centre_id FROM boundaries mine JOIN boundary_overlaps o
         ON o.other_boundary_id = mine.id JOIN boundaries theirs ON theirs.id = o.boundary_id
       WHERE mine.centre_id = @centre
       UNION SELECT theirs.centre_id FROM decrees mine
         JOIN decrees theirs ON theirs.person_id = mine.person_id WHERE mine.centre_id = @centre`,
    )
    .pluck(),
  ofPerson: client
    .prepare(
      `WITH one AS (SELECT id FROM persons
         WHERE (@byNumber AND id = @named) OR (NOT @byNumber AND national_id = @named))
       SELECT centre_id FROM decrees WHERE person_id IN one
       UNION SELECT centre_id FROM seat_proposals WHERE person_id IN one
       UNION SELECT centre_id FROM assignments WHERE person_id IN one`,
    )
    .pluck(),
  user: client.prepare(
    'SELECT person_id AS personId, county_id AS countyId, role FROM users WHERE id = ?',
  ),
  ofCounty: client.prepare('SELECT id FROM centres WHERE county_id = ?').pluck(),
  applied: client
    .prepare('SELECT centre_id FROM application_centres WHERE application_id = ?')
    .pluck(),
  asked: client.prepare('SELECT centre_id FROM support_requests WHERE id = ?').pluck(),
  complained: client.prepare('SELECT centre_id FROM complaint_cases WHERE id = ?').pluck(),
}));

const known = remembered((): { upTo: number | null; touched: Touched } => ({
  ...{ upTo: null, touched: { all: 0, centres: new Map() } },
}));

const version = prepared((db) => db.$client.prepare('PRAGMA schema_version').pluck());

/** Changes with the file's own guards; a file that was cut open is read anew. */
export const schemaVersion = (db: Db): number => version(db).get() as number;

/**
 * Grows whenever something was done that concerns the centre: what was worked out of its facts holds
 * as long as this stays, and the day. Asked outside of a verb, whose acts may yet be undone.
 */
export function touchedAt(db: Db, centreId: number): number {
  const kept = known(db);
  const act = newestAct(db)?.id ?? 0;
  if (kept.upTo !== null && act > kept.upTo) touch(db, kept.touched, kept.upTo);
  kept.upTo = act;
  return Math.max(kept.touched.all, kept.touched.centres.get(centreId) ?? 0);
}

/** Adds to what is known the acts after `since`. */
export function touch(db: Db, known: Touched, since: number): void {
  const mark = (centreId: number, act: number) => {
    known.centres.set(centreId, Math.max(act, known.centres.get(centreId) ?? 0));
  };
  for (const { centreId, act } of statements(db).own.all(since) as Own[]) mark(centreId, act);
  for (const { centreId, act } of statements(db).across.all(since) as Own[]) {
    for (const other of statements(db).beside.all({ centre: centreId })) mark(other as number, act);
  }
  for (const { act, ...deed } of statements(db).common.all(since) as Common[]) {
    const concerned = centresOf(db, deed);
    if (concerned === 'all') known.all = Math.max(known.all, act);
    else for (const centreId of concerned) mark(centreId, act);
  }
}

type Own = { centreId: number; act: number };
type Deed = { kind: string; subject: string };
type Common = Deed & { act: number };

/** What is not known to concern somebody concerns everybody. */
function centresOf(db: Db, { kind, subject }: Deed): number[] | 'all' {
  const [, of, named = ''] = /^(\w+)\/(\w+)/.exec(subject) ?? [];
  if (of === 'support') return some(statements(db).asked.all(Number(named)));
  if (of === 'complaints') return some(statements(db).complained.all(Number(named)));
  if (of === 'applications') return some(statements(db).applied.all(Number(named)));
  if (of === 'persons') return ofPerson(db, named, kind === 'clearance.given');
  if (of !== 'users') return 'all';
  const user = statements(db).user.get(Number(named)) as User | undefined;
  if (!user) return 'all';
  if (user.personId !== null) return ofPerson(db, user.personId, true);
  if (user.role !== 'county-head' || user.countyId === null) return 'all';
  return some(statements(db).ofCounty.all(user.countyId));
}

type User = { personId: number | null; countyId: number | null; role: string | null };

/** An act names a person by his number here, or by the national ID. */
function ofPerson(db: Db, named: string | number, byNumber: boolean): number[] {
  const asked = { named: byNumber ? Number(named) : named, byNumber: byNumber ? 1 : 0 };
  return some(statements(db).ofPerson.all(asked));
}

const some = (ids: unknown[]): number[] => (ids as (number | null)[]).filter((id) => id !== null);
