/** Files kept with what they belong to. Final: one is ended, never changed. */
import { blob, integer, sqliteTable, text } from '../provinces/drizzle.ts';

export const attachments = sqliteTable('attachments', {
  id: integer().primaryKey(),
  centreId: integer('centre_id'),
  subject: text().notNull(),
  name: text().notNull(),
  type: text().notNull(),
  size: integer().notNull(),
  sha256: blob({ mode: 'buffer' }).notNull(),
  attachedOn: text('attached_on').notNull(),
  attachedBy: integer('attached_by').notNull(),
  actId: integer('act_id').notNull(),
  bytes: blob({ mode: 'buffer' }).notNull(),
});

export const attachmentEndings = sqliteTable('attachment_endings', {
  attachmentId: integer('attachment_id').primaryKey(),
  endedOn: text('ended_on').notNull(),
  reason: text().notNull(),
  endedBy: integer('ended_by').notNull(),
  actId: integer('act_id').notNull(),
});
