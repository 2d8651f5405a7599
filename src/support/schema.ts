/** B-120: what is asked of those who look after the program, and what became of it. */
import { integer, sqliteTable, text } from '../provinces/drizzle.ts';

/** A request as it was written. Final. */
export const supportRequests = sqliteTable('support_requests', {
  id: integer().primaryKey(),
  centreId: integer('centre_id'),
  subject: text().notNull(),
  text: text().notNull(),
  page: text(),
  askedOn: text('asked_on').notNull(),
  askedBy: integer('asked_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The newest tells the state. Final. */
export const supportSteps = sqliteTable('support_steps', {
  id: integer().primaryKey(),
  requestId: integer('request_id').notNull(),
  kind: text({ enum: ['answer', 'ask', 'close'] }).notNull(),
  text: text(),
  takenOn: text('taken_on').notNull(),
  takenBy: integer('taken_by').notNull(),
  actId: integer('act_id').notNull(),
});
