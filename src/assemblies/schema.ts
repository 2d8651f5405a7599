/** Assemblies, who sits in them, their meetings and what they resolved; all final. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';
import { ASSEMBLY_KINDS, MEETING_KINDS, MEMBER_ROLES, PROMOTED } from './kinds.ts';
import { SECTIONS } from './section-report-kinds.ts';

/** A charity assembly of a centre (B-68, B-72, B-73, B-78). */
export const assemblies = sqliteTable('assemblies', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  kind: text({ enum: ASSEMBLY_KINDS }).notNull(),
  name: text().notNull(),
  purpose: text(),
  formedOn: text('formed_on').notNull(),
  actId: integer('act_id').notNull(),
});

export const assemblyEndings = sqliteTable('assembly_endings', {
  assemblyId: integer('assembly_id').primaryKey(),
  endedOn: text('ended_on').notNull(),
  reason: text().notNull(),
  actId: integer('act_id').notNull(),
});

export const assemblyMembers = sqliteTable('assembly_members', {
  id: integer().primaryKey(),
  assemblyId: integer('assembly_id').notNull(),
  name: text().notNull(),
  role: text({ enum: MEMBER_ROLES }).notNull(),
  institutionId: integer('institution_id'),
  mobile: text(),
  since: text().notNull(),
  actId: integer('act_id').notNull(),
});

export const assemblyLeavings = sqliteTable('assembly_leavings', {
  memberId: integer('member_id').primaryKey(),
  leftOn: text('left_on').notNull(),
  actId: integer('act_id').notNull(),
});

/** A meeting of one assembly or of several together (B-75). */
export const assemblyMeetings = sqliteTable('assembly_meetings', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  metOn: text('met_on').notNull(),
  kind: text({ enum: MEETING_KINDS }).notNull(),
  subject: text().notNull(),
  place: text(),
  present: integer(),
  promotes: text({ enum: PROMOTED }),
  declaresNoPolitics: integer('declares_no_politics').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
  metAt: text('met_at'),
});

export const assemblyMeets = sqliteTable(
  'assembly_meets',
  {
    meetingId: integer('meeting_id').notNull(),
    assemblyId: integer('assembly_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.assemblyId] })],
);

export const assemblyResolutions = sqliteTable(
  'assembly_resolutions',
  {
    meetingId: integer('meeting_id').notNull(),
    nth: integer().notNull(),
    resolution: text().notNull(),
    owner: text(),
    dueOn: text('due_on'),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.nth] })],
);

/** What became of a resolution. */
export const resolutionOutcomes = sqliteTable(
  'resolution_outcomes',
  {
    meetingId: integer('meeting_id').notNull(),
    nth: integer().notNull(),
    doneOn: text('done_on').notNull(),
    outcome: text({ enum: ['done', 'dropped'] }).notNull(),
    remark: text(),
    actId: integer('act_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.nth] })],
);

/** What goes on in the mosque, on one day or every week (B-97). */
export const mosqueEvents = sqliteTable('mosque_events', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  title: text().notNull(),
  heldOn: text('held_on'),
  weekday: integer(),
  fromAt: text('from_at').notNull(),
  toAt: text('to_at').notNull(),
  actId: integer('act_id').notNull(),
});

export const mosqueEventEndings = sqliteTable('mosque_event_endings', {
  eventId: integer('event_id').primaryKey(),
  endedOn: text('ended_on').notNull(),
  actId: integer('act_id').notNull(),
});

/** The reports of a section that were issued as papers. */
export const sectionReports = sqliteTable('section_reports', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  section: text({ enum: SECTIONS }).notNull(),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  issuedOn: text('issued_on').notNull(),
  issuedBy: integer('issued_by').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});
