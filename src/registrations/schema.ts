/** Codes of the committee's own system (B-112), as migrations/0032_bank.sql made them. */
import { integer, sqliteTable, text } from '../provinces/drizzle.ts';

export const registrationCodes = sqliteTable('registration_codes', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  subject: text().notNull(),
  code: text().notNull(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const registrationRules = sqliteTable('registration_rules', {
  id: integer().primaryKey(),
  asked: integer().notNull(),
  days: integer().notNull(),
  fromOn: text('from_on').notNull(),
  actId: integer('act_id').notNull(),
});
