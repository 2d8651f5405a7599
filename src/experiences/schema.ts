/** B-108: successful experience of a centre, in versions, and the committee's answers; all final. */
import { integer, sqliteTable, text } from '../provinces/drizzle.ts';

export const EXPERIENCE_FIELDS = [
  'employment',
  'culture',
  'legal',
  'housing',
  'health',
  'participation',
] as const;

/** `firstId` is that of the first version, by which the experience is known. */
export const experiences = sqliteTable('experiences', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  version: integer().notNull(),
  firstId: integer('first_id').notNull(),
  title: text().notNull(),
  field: text({ enum: EXPERIENCE_FIELDS }).notNull(),
  deed: text().notNull(),
  result: text().notNull(),
  costRial: integer('cost_rial'),
  askedSeat: text('asked_seat').notNull(),
  namesNobody: integer('names_nobody').notNull(),
  writtenOn: text('written_on').notNull(),
  writtenBy: integer('written_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const experienceAnswers = sqliteTable('experience_answers', {
  experienceId: integer('experience_id').primaryKey(),
  answer: text({ enum: ['approved', 'returned'] }).notNull(),
  reason: text(),
  answeredOn: text('answered_on').notNull(),
  answeredBy: integer('answered_by').notNull(),
  actId: integer('act_id').notNull(),
});
