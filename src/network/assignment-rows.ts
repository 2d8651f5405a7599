/** B-45: assignments as they are read: their volunteer, tasks, acceptance and end. */
import type { Task } from '../access/powers.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';

export const ASSIGNMENT_STATES = ['waiting', 'in-force', 'coming', 'over', 'ended'] as const;
export type AssignmentState = (typeof ASSIGNMENT_STATES)[number];

export type Assignment = {
  id: number;
  centreId: number;
  countyId: number;
  /** Of the letter, as 1405-0001. */
  number: string;
  volunteerId: number;
  volunteerNumber: number;
  personId: number;
  name: string;
  fromOn: string;
  toOn: string;
  tasks: Task[];
  issuedOn: string;
  issuedBy: string;
  acceptedOn: string | null;
  endedOn: string | null;
  endingReason: string | null;
  paperId: number;
  state: AssignmentState;
};

type Raw = Omit<Assignment, 'tasks' | 'state'> & { tasks: string };

const STATE = `CASE WHEN e.assignment_id IS NOT NULL THEN 'ended' WHEN a.to_on < @today THEN 'over'
  WHEN k.assignment_id IS NULL THEN 'waiting' WHEN a.from_on > @today THEN 'coming'
  ELSE 'in-force' END`;
const OF_STATE = `a.centre_id = @centreId AND (@state IS NULL OR ${STATE} = @state)`;

const SELECT = `SELECT a.id, a.centre_id AS centreId, c.county_id AS countyId, a.number,
  a.volunteer_id AS volunteerId, v.number AS volunteerNumber, a.person_id AS personId, p.name,
  a.from_on AS fromOn, a.to_on AS toOn, a.issued_on AS issuedOn, u.name AS issuedBy,
  k.accepted_on AS acceptedOn, e.ended_on AS endedOn, e.reason AS endingReason,
  a.paper_id AS paperId,
  (SELECT json_group_array(task) FROM assignment_tasks t WHERE t.assignment_id = a.id) AS tasks
  FROM assignments a JOIN centres c ON c.id = a.centre_id JOIN volunteers v ON v.id = a.volunteer_id
  JOIN volunteer_versions p ON p.volunteer_id = v.id AND p.version =
    (SELECT max(version) FROM volunteer_versions WHERE volunteer_id = v.id)
  JOIN users u ON u.id = a.issued_by
  LEFT JOIN assignment_acceptances k ON k.assignment_id = a.id
  LEFT JOIN assignment_endings e ON e.assignment_id = a.id`;

const statements = prepared((db) => ({
  list: db.$client.prepare(
    `${SELECT} WHERE ${OF_STATE} ORDER BY a.id DESC LIMIT @limit OFFSET @offset`,
  ),
  count: db.$client
    .prepare(
      `SELECT count(*) FROM assignments a
       LEFT JOIN assignment_acceptances k ON k.assignment_id = a.id
       LEFT JOIN assignment_endings e ON e.assignment_id = a.id WHERE ${OF_STATE}`,
    )
    .pluck(),
  pressing: db.$client.prepare(
    `${SELECT} WHERE a.centre_id = @centreId AND a.to_on >= @today AND e.assignment_id IS NULL
       AND (k.assignment_id IS NULL OR a.to_on <= @day) ORDER BY a.id DESC`,
  ),
  ofVolunteer: db.$client.prepare(`${SELECT} WHERE a.volunteer_id = ? ORDER BY a.id DESC`),
  ofPerson: db.$client.prepare(`${SELECT} WHERE a.person_id = ? ORDER BY a.id DESC`),
  byId: db.$client.prepare(`${SELECT} WHERE a.centre_id = ? AND a.id = ?`),
}));

type Asked = { state?: string; limit: number; offset: number };

/** The assignments of a centre, the latest first. */
export function assignmentsOf(
  db: Db,
  centreId: number,
  today: string,
  { state, ...part }: Asked,
): Assignment[] {
  const asked = { centreId, today, state: state ?? null, ...part };
  return (statements(db).list.all(asked) as Raw[]).map((raw) => assignmentOf(raw, today));
}

export function* everyAssignment(
  db: Db,
  centreId: number,
  today: string,
  state?: string,
): Generator<Assignment> {
  const asked = { centreId, today, state: state ?? null, limit: -1, offset: 0 };
  for (const raw of statements(db).list.iterate(asked)) yield assignmentOf(raw as Raw, today);
}

export function countAssignments(db: Db, centreId: number, today: string, state?: string): number {
  return statements(db).count.get({ centreId, today, state: state ?? null }) as number;
}

/** Those that wait for acceptance, or end by this day. */
export function pressingAssignments(
  db: Db,
  centreId: number,
  today: string,
  day: string,
): Assignment[] {
  const rows = statements(db).pressing.all({ centreId, today, day }) as Raw[];
  return rows.map((raw) => assignmentOf(raw, today));
}

export function assignmentsOfVolunteer(db: Db, volunteerId: number, today: string): Assignment[] {
  const rows = statements(db).ofVolunteer.all(volunteerId) as Raw[];
  return rows.map((raw) => assignmentOf(raw, today));
}

/** A person's own assignments, in whichever centre. */
export function assignmentsOfPerson(db: Db, personId: number, today: string): Assignment[] {
  return (statements(db).ofPerson.all(personId) as Raw[]).map((raw) => assignmentOf(raw, today));
}

export function findAssignment(db: Db, centreId: number, id: number, today: string): Assignment {
  const raw = statements(db).byId.get(centreId, id) as Raw | undefined;
  if (!raw) throw new NotFound();
  return assignmentOf(raw, today);
}

function assignmentOf({ tasks, ...raw }: Raw, today: string): Assignment {
  return { ...raw, tasks: JSON.parse(tasks) as Task[], state: stateOf(raw, today) };
}

function stateOf(raw: Omit<Raw, 'tasks'>, today: string): AssignmentState {
  if (raw.endedOn !== null) return 'ended';
  if (raw.toOn < today) return 'over';
  if (raw.acceptedOn === null) return 'waiting';
  return raw.fromOn > today ? 'coming' : 'in-force';
}
