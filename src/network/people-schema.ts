/** The people of the network: volunteers and charity units, their cards, hours and tasks. */
import { TASKS } from '../access/powers.ts';
import { integer, primaryKey, real, sqliteTable, text } from '../provinces/drizzle.ts';
import { UNIT_KINDS, UNIT_STATES, VOLUNTEER_FIELDS, VOLUNTEER_STATES } from './kinds.ts';

/** B-140: a volunteer of one centre, by the centre's own number. */
export const volunteers = sqliteTable('volunteers', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  number: integer().notNull(),
  registeredOn: text('registered_on').notNull(),
  registeredBy: integer('registered_by').notNull(),
  /** B-46: always 1; nobody is registered who was not told that service is for no wage. */
  isHonorary: integer('is_honorary').notNull(),
  actId: integer('act_id').notNull(),
});

/** A volunteer's particulars as they were written; the newest version counts. */
export const volunteerVersions = sqliteTable(
  'volunteer_versions',
  {
    volunteerId: integer('volunteer_id').notNull(),
    version: integer().notNull(),
    name: text().notNull(),
    nameSearch: text('name_search').notNull(),
    nameSort: text('name_sort').notNull(),
    gender: text({ enum: ['man', 'woman'] }).notNull(),
    nationalId: text('national_id'),
    mobile: text(),
    otherField: text('other_field'),
    days: text().notNull(),
    weeklyHours: integer('weekly_hours'),
    part: text(),
    sinceOn: text('since_on').notNull(),
    introducedBy: text('introduced_by'),
    writtenBy: integer('written_by').notNull(),
    decreeId: integer('decree_id'),
    actId: integer('act_id').notNull(),
    partId: integer('part_id'),
  },
  (table) => [primaryKey({ columns: [table.volunteerId, table.version] })],
);

/** The fields of one version of a volunteer. */
export const volunteerFields = sqliteTable(
  'volunteer_fields',
  {
    volunteerId: integer('volunteer_id').notNull(),
    version: integer().notNull(),
    field: text({ enum: VOLUNTEER_FIELDS }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.volunteerId, table.version, table.field] })],
);

/** What a volunteer can do, in free words, one a row. */
export const volunteerSkills = sqliteTable(
  'volunteer_skills',
  {
    volunteerId: integer('volunteer_id').notNull(),
    version: integer().notNull(),
    skillSearch: text('skill_search').notNull(),
    skill: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.volunteerId, table.version, table.skillSearch] })],
);

/** Whether a volunteer serves, rests or has left, and why; without a row he serves. */
export const volunteerStates = sqliteTable('volunteer_states', {
  id: integer().primaryKey(),
  volunteerId: integer('volunteer_id').notNull(),
  state: text({ enum: VOLUNTEER_STATES }).notNull(),
  reason: text().notNull(),
  sinceOn: text('since_on').notNull(),
  setBy: integer('set_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The card that a volunteer carries. */
export const volunteerCards = sqliteTable('volunteer_cards', {
  id: integer().primaryKey(),
  volunteerId: integer('volunteer_id').notNull(),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  issuedBy: integer('issued_by').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-46: time that was given, never paid. */
export const volunteerHours = sqliteTable('volunteer_hours', {
  id: integer().primaryKey(),
  volunteerId: integer('volunteer_id').notNull(),
  workedOn: text('worked_on').notNull(),
  minutes: integer().notNull(),
  what: text().notNull(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** Hours that were written by mistake, and count no more. */
export const volunteerHourWithdrawals = sqliteTable('volunteer_hour_withdrawals', {
  hoursId: integer('hours_id').primaryKey(),
  reason: text().notNull(),
  withdrawnBy: integer('withdrawn_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-141: a charity unit of one centre, by the centre's own number. */
export const units = sqliteTable('units', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  number: integer().notNull(),
  registeredOn: text('registered_on').notNull(),
  registeredBy: integer('registered_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** A unit's particulars as they were written; the newest version counts. */
export const unitVersions = sqliteTable(
  'unit_versions',
  {
    unitId: integer('unit_id').notNull(),
    version: integer().notNull(),
    name: text().notNull(),
    nameSearch: text('name_search').notNull(),
    nameSort: text('name_sort').notNull(),
    kind: text({ enum: UNIT_KINDS }).notNull(),
    place: text().notNull(),
    lon: real(),
    lat: real(),
    headVolunteerId: integer('head_volunteer_id'),
    headName: text('head_name'),
    phone: text(),
    boxes: integer().notNull(),
    sinceOn: text('since_on').notNull(),
    writtenBy: integer('written_by').notNull(),
    actId: integer('act_id').notNull(),
    partId: integer('part_id'),
  },
  (table) => [primaryKey({ columns: [table.unitId, table.version] })],
);

/** Whether a unit works, rests or is closed, and why; without a row it works. */
export const unitStates = sqliteTable('unit_states', {
  id: integer().primaryKey(),
  unitId: integer('unit_id').notNull(),
  state: text({ enum: UNIT_STATES }).notNull(),
  reason: text().notNull(),
  sinceOn: text('since_on').notNull(),
  setBy: integer('set_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** What a unit did, told to the centre. */
export const unitReports = sqliteTable('unit_reports', {
  id: integer().primaryKey(),
  unitId: integer('unit_id').notNull(),
  reportedOn: text('reported_on').notNull(),
  done: text().notNull(),
  gifts: text(),
  persons: integer(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-45: the chair's letter that gives a volunteer tasks for some days. */
export const assignments = sqliteTable('assignments', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  volunteerId: integer('volunteer_id').notNull(),
  personId: integer('person_id').notNull(),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  number: text().notNull(),
  issuedOn: text('issued_on').notNull(),
  issuedBy: integer('issued_by').notNull(),
  issuerDecreeId: integer('issuer_decree_id').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});

/** The tasks of an assignment, each a narrow power. */
export const assignmentTasks = sqliteTable(
  'assignment_tasks',
  {
    assignmentId: integer('assignment_id').notNull(),
    task: text({ enum: TASKS }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.assignmentId, table.task] })],
);

/** The volunteer's own undertaking, without which no assignment has force. */
export const assignmentAcceptances = sqliteTable('assignment_acceptances', {
  assignmentId: integer('assignment_id').primaryKey(),
  acceptedOn: text('accepted_on').notNull(),
  isHonorary: integer('is_honorary').notNull(),
  acceptsLiability: integer('accepts_liability').notNull(),
  keepsSecrets: integer('keeps_secrets').notNull(),
  declaresNoPolitics: integer('declares_no_politics').notNull(),
  acceptedBy: integer('accepted_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** An assignment that ends before its last day; from that moment on it gives nothing. */
export const assignmentEndings = sqliteTable('assignment_endings', {
  assignmentId: integer('assignment_id').primaryKey(),
  endedOn: text('ended_on').notNull(),
  reason: text().notNull(),
  endedBy: integer('ended_by').notNull(),
  actId: integer('act_id').notNull(),
});
