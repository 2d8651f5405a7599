/** B-75: meetings of one assembly or several together, and their resolutions. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { noPolitics } from '../bylaw/points.ts';
import type { Centre } from '../centres/centres.ts';
import { dayOfSql, lateDaysSql } from '../lateness/mark.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { assembliesOf, refuseFuture } from './assemblies.ts';
import type { MEETING_KINDS, PROMOTED } from './kinds.ts';

export type Resolution = {
  nth: number;
  resolution: string;
  owner: string | null;
  dueOn: string | null;
  outcome: 'done' | 'dropped' | null;
  doneOn: string | null;
};

export type Meeting = {
  id: number;
  metOn: string;
  /** When it began, as 17:05. */
  metAt: string | null;
  kind: (typeof MEETING_KINDS)[number];
  subject: string;
  place: string | null;
  present: number | null;
  promotes: (typeof PROMOTED)[number] | null;
  /** The names of the assemblies that met. */
  assemblies: { id: number; name: string }[];
  resolutions: number;
  /** Resolutions without an outcome. */
  open: number;
  /** B-112: so many days after its own day it was entered, if that was too late; else null. */
  lateDays: number | null;
};

export type MeetingTyped = {
  metOn: string;
  metAt?: string | null;
  kind: Meeting['kind'];
  subject: string;
  place?: string | null;
  present?: number | null;
  promotes?: Meeting['promotes'];
  assemblies: number[];
  noPolitics: boolean;
  resolutions: { resolution: string; owner?: string | null; dueOn?: string | null }[];
};

type Raw = Omit<Meeting, 'assemblies'> & { assemblies: string };

const SELECT = `SELECT g.id, g.met_on AS metOn, g.met_at AS metAt, g.kind, g.subject, g.place, g.present, g.promotes,
  (SELECT json_group_array(json_object('id', a.id, 'name', a.name)) FROM assembly_meets x
   JOIN assemblies a ON a.id = x.assembly_id WHERE x.meeting_id = g.id) AS assemblies,
  (SELECT count(*) FROM assembly_resolutions r WHERE r.meeting_id = g.id) AS resolutions,
  (SELECT count(*) FROM assembly_resolutions r LEFT JOIN resolution_outcomes o
     ON o.meeting_id = r.meeting_id AND o.nth = r.nth
   WHERE r.meeting_id = g.id AND o.nth IS NULL) AS open,
  ${lateDaysSql('g.met_on', dayOfSql('k.at'))} AS lateDays
  FROM assembly_meetings g JOIN acts k ON k.id = g.act_id`;

const statements = prepared((db) => ({
  one: db.$client.prepare(`${SELECT} WHERE g.centre_id = ? AND g.id = ?`),
  list: db.$client.prepare(
    `${SELECT} WHERE g.centre_id = @centreId AND (@assembly IS NULL OR g.id IN
       (SELECT meeting_id FROM assembly_meets WHERE assembly_id = @assembly))
       AND (@from IS NULL OR g.met_on >= @from) AND (@to IS NULL OR g.met_on <= @to)
     ORDER BY g.met_on DESC, g.id DESC LIMIT @limit OFFSET @offset`,
  ),
  count: db.$client
    .prepare(
      `SELECT count(*) FROM assembly_meetings g WHERE g.centre_id = @centreId
         AND (@assembly IS NULL OR g.id IN
           (SELECT meeting_id FROM assembly_meets WHERE assembly_id = @assembly))
         AND (@from IS NULL OR g.met_on >= @from) AND (@to IS NULL OR g.met_on <= @to)`,
    )
    .pluck(),
  nextId: db.$client.prepare('SELECT coalesce(max(id), 0) + 1 FROM assembly_meetings').pluck(),
  insert: db.$client.prepare(
    'INSERT INTO assembly_meetings VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)',
  ),
  meet: db.$client.prepare('INSERT INTO assembly_meets VALUES (?, ?)'),
  resolve: db.$client.prepare('INSERT INTO assembly_resolutions VALUES (?, ?, ?, ?, ?)'),
  resolutions: db.$client.prepare(
    `SELECT r.nth, r.resolution, r.owner, r.due_on AS dueOn, o.outcome, o.done_on AS doneOn
     FROM assembly_resolutions r LEFT JOIN resolution_outcomes o
       ON o.meeting_id = r.meeting_id AND o.nth = r.nth
     WHERE r.meeting_id = ? ORDER BY r.nth`,
  ),
  outcome: db.$client.prepare('INSERT INTO resolution_outcomes VALUES (?, ?, ?, ?, ?, ?)'),
}));

/** A meeting of this centre; throws NotFound. */
export function findMeeting(db: Db, centreId: number, id: number): Meeting {
  const raw = statements(db).one.get(centreId, id) as Raw | undefined;
  if (!raw) throw new NotFound();
  return meetingOf(raw);
}

export type MeetingFilter = { assembly?: number; from?: string; to?: string };

/** A page of the centre's meetings, the latest first. */
export function meetingsOf(
  db: Db,
  centreId: number,
  filter: MeetingFilter,
  { limit, offset = 0 }: { limit: number; offset?: number },
): Meeting[] {
  const rows = statements(db).list.all({ ...asked(centreId, filter), limit, offset }) as Raw[];
  return rows.map(meetingOf);
}

export function countMeetings(db: Db, centreId: number, filter: MeetingFilter): number {
  return statements(db).count.get(asked(centreId, filter)) as number;
}

export function resolutionsOf(db: Db, meetingId: number): Resolution[] {
  return statements(db).resolutions.all(meetingId) as Resolution[];
}

/** Writes a meeting down with its resolutions; without the declaration it is refused (B-100). */
export function holdMeeting(tx: Tx, actor: Actor, centre: Centre, typed: MeetingTyped): Meeting {
  requirePower(actor, 'assemblies.edit', centre);
  const {
    metOn,
    kind,
    subject,
    place = null,
    present = null,
    promotes = null,
    metAt = null,
  } = typed;
  uphold(noPolitics, { declared: typed.noPolitics }, { status: 422, field: 'noPolitics' });
  refuseFuture(actor, metOn, 'metOn');
  refuseOtherAssemblies(tx, centre, typed);
  const id = statements(tx).nextId.get() as number;
  const after = { metOn, metAt, kind, subject, assemblies: typed.assemblies };
  const act = record(tx, actor, {
    ...{ kind: 'assembly.met', subject: `meetings/${id}`, centreId: centre.id, after },
  });
  statements(tx).insert.run(
    ...[id, centre.id, metOn, kind, subject, place, present, promotes],
    ...[actor.user!.id, act.id, metAt],
  );
  for (const assembly of new Set(typed.assemblies)) statements(tx).meet.run(id, assembly);
  typed.resolutions.forEach(({ resolution, owner = null, dueOn = null }, at) => {
    statements(tx).resolve.run(id, at + 1, resolution, owner, dueOn);
  });
  return findMeeting(tx, centre.id, id);
}

/** Tells what became of a resolution, once. */
export function settleResolution(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  typed: { meetingId: number; nth: number; outcome: 'done' | 'dropped'; remark?: string | null },
): Meeting {
  requirePower(actor, 'assemblies.edit', centre);
  const { meetingId, nth, outcome, remark = null } = typed;
  findMeeting(tx, centre.id, meetingId);
  const resolution = resolutionsOf(tx, meetingId).find((one) => one.nth === nth);
  if (!resolution) throw new NotFound();
  if (resolution.outcome) throw new Refusal('assemblies:refusals.settled');
  const act = record(tx, actor, {
    ...{ kind: 'assembly.settled', subject: `meetings/${meetingId}`, centreId: centre.id },
    after: { nth, outcome, remark },
  });
  statements(tx).outcome.run(meetingId, nth, actor.today, outcome, remark, act.id);
  return findMeeting(tx, centre.id, meetingId);
}

/** Only assemblies of this centre that stood on the day meet. */
function refuseOtherAssemblies(tx: Tx, centre: Centre, { assemblies, metOn }: MeetingTyped): void {
  const standing = assembliesOf(tx, centre.id).filter(
    ({ formedOn, endedOn }) => formedOn <= metOn && (endedOn === null || endedOn >= metOn),
  );
  const fit = assemblies.every((id) => standing.some((one) => one.id === id));
  if (assemblies.length > 0 && fit) return;
  throw new Refusal('assemblies:refusals.who-met', { status: 422, field: 'assemblies' });
}

function asked(centreId: number, { assembly, from, to }: MeetingFilter) {
  return { centreId, assembly: assembly ?? null, from: from ?? null, to: to ?? null };
}

function meetingOf({ assemblies, ...raw }: Raw): Meeting {
  return { ...raw, assemblies: JSON.parse(assemblies) as Meeting['assemblies'] };
}
