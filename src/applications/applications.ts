/** B-13: the register of applicants: received, reviewed, answered by letter; final rows all. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { type Centre, refuseOtherCounty } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { searchText, searchWords } from '../values/persian-text.ts';
import type { ASKS } from './states.ts';
import { type ApplicationState, FOLLOWS, type StepTaken } from './states.ts';

/** As it is written down; `host` and its name belong to an application for a centre. */
export type ApplicationTyped = {
  countyId: number;
  receivedOn: string;
  asksFor: (typeof ASKS)[number];
  name: string;
  nationalId: string | null;
  mobile: string;
  speaksFor: string | null;
  place: string;
  host: Centre['host'] | null;
  hostName: string | null;
  goals: string[];
  plan: string;
};

export type Application = ApplicationTyped & {
  id: number;
  countyName: string;
  state: ApplicationState;
  /** The day of the state. */
  since: string;
  centre: { code: string; name: string } | null;
};

export type Step = {
  state: StepTaken;
  takenOn: string;
  by: string;
  number: string | null;
  reason: string | null;
};

export type ApplicationFilter = { q?: string; county?: number; state?: string; asksFor?: string };

type Raw = Omit<Application, 'goals' | 'centre'> & {
  goals: string;
  centreCode: string | null;
  centreName: string | null;
};

const SELECT = `SELECT a.id, a.county_id AS countyId, n.name AS countyName,
  a.received_on AS receivedOn, a.asks_for AS asksFor, a.name, a.national_id AS nationalId, a.mobile,
  a.speaks_for AS speaksFor, a.place, a.host, a.host_name AS hostName, a.goals, a.plan,
  coalesce(s.state, 'received') AS state, coalesce(s.taken_on, a.received_on) AS since,
  c.code AS centreCode, c.name AS centreName
  FROM applications a JOIN counties n ON n.id = a.county_id
  LEFT JOIN application_steps s ON s.id = (SELECT max(x.id) FROM application_steps x
    WHERE x.application_id = a.id)
  LEFT JOIN application_centres l ON l.application_id = a.id
  LEFT JOIN centres c ON c.id = l.centre_id`;

const WHERE = `WHERE (@county IS NULL OR a.county_id = @county)
  AND (@state IS NULL OR coalesce(s.state, 'received') = @state)
  AND (@asksFor IS NULL OR a.asks_for = @asksFor)
  AND NOT EXISTS (SELECT 1 FROM json_each(@words) w WHERE instr(a.name_search, w.value) = 0)`;

const statements = prepared((db) => ({
  byId: db.$client.prepare(`${SELECT} WHERE a.id = ?`),
  ofCentre: db.$client.prepare(`${SELECT} WHERE c.id = ?`),
  list: db.$client.prepare(
    `${SELECT} ${WHERE} ORDER BY a.received_on DESC, a.id DESC LIMIT @limit OFFSET @offset`,
  ),
  count: db.$client
    .prepare(
      `SELECT count(*) FROM applications a
       LEFT JOIN application_steps s ON s.id = (SELECT max(x.id) FROM application_steps x
         WHERE x.application_id = a.id) ${WHERE}`,
    )
    .pluck(),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM applications').pluck(),
  steps: db.$client.prepare(
    `SELECT s.state, s.taken_on AS takenOn, u.name AS by, s.number, s.reason
     FROM application_steps s JOIN users u ON u.id = s.taken_by
     WHERE s.application_id = ? ORDER BY s.id`,
  ),
  insert: db.$client.prepare(
    `INSERT INTO applications (county_id, received_on, asks_for, name, name_search, national_id,
       mobile, speaks_for, place, host, host_name, goals, plan, act_id)
     VALUES (@countyId, @receivedOn, @asksFor, @name, @nameSearch, @nationalId, @mobile,
       @speaksFor, @place, @host, @hostName, @goals, @plan, @actId)`,
  ),
  step: db.$client.prepare(
    `INSERT INTO application_steps (application_id, state, taken_on, taken_by, number, reason,
       act_id) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ),
  link: db.$client.prepare('INSERT INTO application_centres VALUES (?, ?, ?)'),
}));

/** An application of a county this reader may know of; throws NotFound (B-17). */
export function findApplication(db: Db, actor: Actor, id: number): Application {
  const raw = statements(db).byId.get(id) as Raw | undefined;
  const own = actor.office?.countyId ?? null;
  if (!raw || (own !== null && own !== raw.countyId)) throw new NotFound();
  return applicationOf(raw);
}

/** The application that a centre came of; undefined for one registered without. */
export function applicationOfCentre(db: Db, centreId: number): Application | undefined {
  const raw = statements(db).ofCentre.get(centreId) as Raw | undefined;
  return raw && applicationOf(raw);
}

/** A page of those this reader may know of, the latest received first. */
export function applicationsOf(
  db: Db,
  actor: Actor,
  filter: ApplicationFilter,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Application[] {
  const rows = statements(db).list.all({ ...asked(actor, filter), limit, offset }) as Raw[];
  return rows.map(applicationOf);
}

export function countApplications(db: Db, actor: Actor, filter: ApplicationFilter): number {
  return statements(db).count.get(asked(actor, filter)) as number;
}

/** What was done with an application, in order. */
export function stepsOfApplication(db: Db, id: number): Step[] {
  return statements(db).steps.all(id) as Step[];
}

/** Writes an application down as it was received; refuses a day that is yet to come. */
export function receiveApplication(tx: Tx, actor: Actor, typed: ApplicationTyped): Application {
  requirePower(actor, 'applications.register');
  refuseOtherCounty(actor, typed.countyId);
  if (typed.receivedOn > actor.today) {
    throw new Refusal('applications:refusals.future-day', { status: 422, field: 'receivedOn' });
  }
  const { nationalId: _, mobile: __, ...told } = typed;
  const act = record(tx, actor, {
    ...{
      kind: 'application.received',
      subject: `applications/${statements(tx).nextId.get()}`,
      after: told,
    },
  });
  const { lastInsertRowid } = statements(tx).insert.run({
    ...typed,
    ...{ nameSearch: searchText(typed.name), goals: JSON.stringify(typed.goals), actId: act.id },
  });
  return findApplication(tx, actor, Number(lastInsertRowid));
}

export type StepTyped = { state: StepTaken; number?: string | null; reason?: string | null };

/**
 * Takes the next step with an application. What the state does not allow is refused with 409, also
 * to the second of two officers who answer at once.
 */
export function takeStep(tx: Tx, actor: Actor, id: number, typed: StepTyped): Application {
  requirePower(actor, 'applications.register');
  const application = findApplication(tx, actor, id);
  const { state, number = null, reason = null } = typed;
  refuseUnlessNext(application, state);
  const answers = state === 'approved' || state === 'refused';
  if (answers && !number) throw needed('number');
  if ((state === 'refused' || state === 'withdrawn') && (reason ?? '').length < 3) {
    throw needed('reason');
  }
  const act = record(tx, actor, {
    ...{ kind: `application.${state}`, subject: `applications/${id}` },
    ...{ before: { state: application.state }, after: { state, number, reason } },
  });
  statements(tx).step.run(id, state, actor.today, actor.user!.id, number, reason, act.id);
  return findApplication(tx, actor, id);
}

/** Tells of which approved application a centre came; refuses any other with 409 (B-13). */
export function linkCentre(tx: Tx, actor: Actor, id: number, centre: Centre): void {
  const application = findApplication(tx, actor, id);
  const fits = application.state === 'approved' && application.asksFor === 'centre';
  if (!fits || application.centre || application.countyId !== centre.countyId) {
    throw new Refusal('applications:refusals.not-approved', { clause: 'B-13' });
  }
  const act = record(tx, actor, {
    ...{ kind: 'application.became-centre', subject: `applications/${id}` },
    ...{ centreId: centre.id, after: { centre: centre.code } },
  });
  statements(tx).link.run(id, centre.id, act.id);
}

function refuseUnlessNext(application: Application, state: StepTaken): void {
  if (application.centre) {
    const values = { name: application.centre.name };
    throw new Refusal('applications:refusals.is-centre', { values });
  }
  if (FOLLOWS[application.state].includes(state)) return;
  throw new Refusal(`applications:refusals.state-${application.state}`, { clause: 'B-13' });
}

const needed = (field: string) => new Refusal('common:refusals.needed', { status: 422, field });

function asked(actor: Actor, { q, county, state, asksFor }: ApplicationFilter) {
  const own = actor.office?.countyId ?? county ?? null;
  const words = JSON.stringify(searchWords(q ?? ''));
  return { county: own, state: state ?? null, asksFor: asksFor ?? null, words };
}

function applicationOf({ goals, centreCode, centreName, ...raw }: Raw): Application {
  const centre = centreCode && centreName ? { code: centreCode, name: centreName } : null;
  return { ...raw, goals: JSON.parse(goals) as string[], centre };
}
