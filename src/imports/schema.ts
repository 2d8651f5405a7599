/** The table of imports, as migrations/0040_imports.sql made it. */
import { blob, integer, sqliteTable, text } from '../provinces/drizzle.ts';
import { IMPORT_KINDS } from './kinds.ts';

export const IMPORT_STATES = ['waiting', 'done', 'withdrawn'] as const;

/** A sheet that was sent, and what came of it; the file itself stays only while it waits. */
export const imports = sqliteTable('imports', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  what: text({ enum: IMPORT_KINDS }).notNull(),
  name: text().notNull(),
  sha256: blob({ mode: 'buffer' }).notNull(),
  bytes: blob({ mode: 'buffer' }),
  sentAt: text('sent_at').notNull(),
  sentBy: integer('sent_by').notNull(),
  actId: integer('act_id').notNull(),
  state: text({ enum: IMPORT_STATES }).notNull(),
  settledAt: text('settled_at'),
  settledBy: integer('settled_by'),
  settledActId: integer('settled_act_id'),
  heads: text(),
  chosen: text(),
  rowCount: integer('row_count'),
  added: integer(),
  firstId: integer('first_id'),
  lastId: integer('last_id'),
  amountRial: integer('amount_rial'),
});
