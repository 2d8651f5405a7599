/** B-13: applications and what became of them. */
import { integer, sqliteTable, text } from '../provinces/drizzle.ts';
import { ASKS } from './states.ts';

/** A request as it was received. Final. */
export const applications = sqliteTable('applications', {
  id: integer().primaryKey(),
  countyId: integer('county_id').notNull(),
  receivedOn: text('received_on').notNull(),
  asksFor: text('asks_for', { enum: ASKS }).notNull(),
  name: text().notNull(),
  nameSearch: text('name_search').notNull(),
  nationalId: text('national_id'),
  mobile: text().notNull(),
  speaksFor: text('speaks_for'),
  place: text().notNull(),
  host: text(),
  hostName: text('host_name'),
  goals: text().notNull(),
  plan: text().notNull(),
  actId: integer('act_id').notNull(),
});

/** Review, answer or withdrawal; the newest tells the state. Final. */
export const applicationSteps = sqliteTable('application_steps', {
  id: integer().primaryKey(),
  applicationId: integer('application_id').notNull(),
  state: text({ enum: ['under-review', 'approved', 'refused', 'withdrawn'] }).notNull(),
  takenOn: text('taken_on').notNull(),
  takenBy: integer('taken_by').notNull(),
  number: text(),
  reason: text(),
  actId: integer('act_id').notNull(),
});

/** The centre that came of an approved application. Final. */
export const applicationCentres = sqliteTable('application_centres', {
  applicationId: integer('application_id').primaryKey(),
  centreId: integer('centre_id').notNull(),
  actId: integer('act_id').notNull(),
});
