/** What people complain of and suggest (B-19, B-107), as migrations/0046_supervision.sql made it. */
import { blob, integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

export const CASE_KINDS = ['complaint', 'suggestion'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

export const TOPICS = [
  ...(['conduct', 'receipts', 'aid', 'confidence', 'politics', 'mosque'] as const),
  ...(['place', 'other'] as const),
] as const;
export type Topic = (typeof TOPICS)[number];

export const CASE_STEPS = ['placed', 'referred', 'told', 'answered', 'closed'] as const;
export type CaseStep = (typeof CASE_STEPS)[number];

/** As it was written by whoever sent it. Final. */
export const complaints = sqliteTable('complaints', {
  id: integer().primaryKey(),
  kind: text({ enum: CASE_KINDS }).notNull(),
  year: integer().notNull(),
  number: integer().notNull(),
  topic: text({ enum: TOPICS }).notNull(),
  centreId: integer('centre_id'),
  centreNamed: text('centre_named').notNull(),
  text: text().notNull(),
  sender: text(),
  contact: text(),
  codeHash: blob('code_hash', { mode: 'buffer' }).notNull(),
  filedOn: text('filed_on').notNull(),
  dueOn: text('due_on').notNull(),
  actId: integer('act_id').notNull(),
});

/** The newest tells the state. Final. */
export const complaintSteps = sqliteTable('complaint_steps', {
  id: integer().primaryKey(),
  complaintId: integer('complaint_id').notNull(),
  step: text({ enum: CASE_STEPS }).notNull(),
  centreId: integer('centre_id'),
  text: text(),
  untilOn: text('until_on'),
  takenOn: text('taken_on').notNull(),
  takenBy: integer('taken_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** What is looked at in a visit (B-111). */
export const CHECKLIST = [
  ...(['office', 'map', 'receipts', 'cash', 'store', 'papers', 'files', 'confidence'] as const),
] as const;
export type CheckedItem = (typeof CHECKLIST)[number];

export const FOUND = ['in-order', 'lacking', 'not-seen'] as const;
export type Found = (typeof FOUND)[number];

export const FINDING_STEPS = ['mended', 'accepted', 'returned'] as const;
export type FindingStep = (typeof FINDING_STEPS)[number];

/** A visit of the committee to a centre. Final. */
export const fieldInspections = sqliteTable('field_inspections', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  number: integer().notNull(),
  visitedOn: text('visited_on').notNull(),
  visitors: text().notNull(),
  checklist: text().notNull(),
  note: text(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const inspectionFindings = sqliteTable(
  'inspection_findings',
  {
    inspectionId: integer('inspection_id').notNull(),
    position: integer().notNull(),
    text: text().notNull(),
    dueOn: text('due_on').notNull(),
  },
  (table) => [primaryKey({ columns: [table.inspectionId, table.position] })],
);

/** The newest tells the state of its finding. Final. */
export const findingSteps = sqliteTable('finding_steps', {
  id: integer().primaryKey(),
  inspectionId: integer('inspection_id').notNull(),
  position: integer().notNull(),
  step: text({ enum: FINDING_STEPS }).notNull(),
  text: text().notNull(),
  takenOn: text('taken_on').notNull(),
  takenBy: integer('taken_by').notNull(),
  actId: integer('act_id').notNull(),
});
