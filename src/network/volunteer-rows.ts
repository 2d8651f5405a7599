/** Volunteers as they are read: the newest version of each with its state. */
import { type Db, prepared } from '../provinces/connection.ts';
import { NotFound } from '../refusal.ts';
import type { VolunteerField, VolunteerState, Weekday } from './kinds.ts';
import type { Gender } from './volunteer-sides.ts';

/** What is written of a volunteer, all of it. */
export type Particulars = {
  name: string;
  gender: Gender;
  nationalId: string | null;
  mobile: string | null;
  fields: VolunteerField[];
  otherField: string | null;
  skills: string[];
  days: Weekday[];
  weeklyHours: number | null;
  part: string | null;
  /** The drawn part of the area, if one was chosen. */
  partId?: number | null;
  sinceOn: string;
  introducedBy: string | null;
};

export type Volunteer = Particulars & {
  id: number;
  centreId: number;
  /** The centre's own number, as on the card. */
  number: number;
  version: number;
  registeredOn: string;
  state: VolunteerState;
  stateSince: string | null;
  stateReason: string | null;
  nameSearch: string;
  nameSort: string;
  /** The name of the drawn part. */
  partName: string | null;
  /** Minutes that were given and not withdrawn, of all time. */
  minutes: number;
};

/** As SQLite gives it: what there are several of is JSON, or words in one text. */
export type RawVolunteer = Omit<Volunteer, 'fields' | 'skills' | 'days'> & {
  fields: string;
  skills: string;
  days: string;
};

export const SELECT_VOLUNTEERS = `SELECT v.id, v.centre_id AS centreId, v.number, v.registered_on AS registeredOn,
  p.version, p.name, p.name_search AS nameSearch, p.name_sort AS nameSort, p.gender,
  p.national_id AS nationalId, p.mobile, p.other_field AS otherField, p.days,
  p.weekly_hours AS weeklyHours, p.part, p.part_id AS partId,
  (SELECT name FROM area_parts WHERE id = p.part_id) AS partName, p.since_on AS sinceOn,
  p.introduced_by AS introducedBy,
  coalesce(s.state, 'active') AS state, s.since_on AS stateSince, s.reason AS stateReason,
  (SELECT json_group_array(field) FROM volunteer_fields f
   WHERE f.volunteer_id = v.id AND f.version = p.version) AS fields,
  (SELECT json_group_array(skill) FROM volunteer_skills k
   WHERE k.volunteer_id = v.id AND k.version = p.version) AS skills,
  (SELECT coalesce(sum(h.minutes), 0) FROM volunteer_hours h WHERE h.volunteer_id = v.id
   AND NOT EXISTS (SELECT 1 FROM volunteer_hour_withdrawals w WHERE w.hours_id = h.id)) AS minutes
  FROM volunteers v
  JOIN volunteer_versions p ON p.volunteer_id = v.id AND p.version =
    (SELECT max(version) FROM volunteer_versions WHERE volunteer_id = v.id)
  LEFT JOIN volunteer_states s ON s.id =
    (SELECT max(id) FROM volunteer_states WHERE volunteer_id = v.id)`;

const statements = prepared((db) => ({
  ofCentre: db.$client.prepare(
    `${SELECT_VOLUNTEERS} WHERE v.centre_id = ? ORDER BY p.name_sort, v.number`,
  ),
  byNumber: db.$client.prepare(`${SELECT_VOLUNTEERS} WHERE v.centre_id = ? AND v.number = ?`),
  ofPerson: db.$client.prepare(`${SELECT_VOLUNTEERS} WHERE v.centre_id = ? AND p.national_id = ?`),
  versions: db.$client.prepare(
    `SELECT p.version, p.name, a.at, u.name AS by FROM volunteer_versions p
     JOIN acts a ON a.id = p.act_id JOIN users u ON u.id = p.written_by
     WHERE p.volunteer_id = ? ORDER BY p.version DESC`,
  ),
  states: db.$client.prepare(
    `SELECT s.state, s.reason, s.since_on AS sinceOn, u.name AS by FROM volunteer_states s
     JOIN users u ON u.id = s.set_by WHERE s.volunteer_id = ? ORDER BY s.id DESC`,
  ),
  skills: db.$client
    .prepare(
      `SELECT min(k.skill) FROM volunteer_skills k JOIN volunteers v ON v.id = k.volunteer_id
       WHERE v.centre_id = ? GROUP BY k.skill_search ORDER BY count(*) DESC, 1 LIMIT 200`,
    )
    .pluck(),
}));

/** Every volunteer of a centre, in Persian order of their names; those who left are among them. */
export function volunteersOf(db: Db, centreId: number): Volunteer[] {
  return (statements(db).ofCentre.all(centreId) as RawVolunteer[]).map(volunteerOf);
}

/** A volunteer by the centre's number; throws NotFound. */
export function findVolunteer(db: Db, centreId: number, number: number): Volunteer {
  const raw = statements(db).byNumber.get(centreId, number) as RawVolunteer | undefined;
  if (!raw) throw new NotFound();
  return volunteerOf(raw);
}

/** Whoever of this centre has the national ID. */
export function volunteerByIdOrNone(db: Db, centreId: number, nationalId: string) {
  const raw = statements(db).ofPerson.get(centreId, nationalId) as RawVolunteer | undefined;
  return raw && volunteerOf(raw);
}

/** When and by whom each version was written, the newest first. */
export function versionsOf(db: Db, volunteerId: number) {
  return statements(db).versions.all(volunteerId) as {
    version: number;
    name: string;
    at: string;
    by: string;
  }[];
}

/** What became of a volunteer's service, the latest first. */
export function statesOf(db: Db, volunteerId: number) {
  return statements(db).states.all(volunteerId) as {
    state: VolunteerState;
    reason: string;
    sinceOn: string;
    by: string;
  }[];
}

/** The skills that the centre's volunteers were said to have, the commonest first. */
export function skillsOf(db: Db, centreId: number): string[] {
  return statements(db).skills.all(centreId) as string[];
}

export function volunteerOf({ fields, skills, days, ...raw }: RawVolunteer): Volunteer {
  return {
    ...raw,
    fields: JSON.parse(fields) as VolunteerField[],
    skills: JSON.parse(skills) as string[],
    days: days.split(' ').filter(Boolean) as Weekday[],
  };
}
