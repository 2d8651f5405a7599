/** The trail and the looks. */
import { blob, integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

/** One act: who did what in which capacity, chained to the act before it. Final. */
export const acts = sqliteTable('acts', {
  id: integer('id').primaryKey(),
  at: text('at').notNull(),
  userId: integer('user_id'),
  capacity: text('capacity').notNull(),
  kind: text('kind').notNull(),
  centreId: integer('centre_id'),
  subject: text('subject').notNull(),
  before: text('before'),
  after: text('after'),
  previousHash: blob('previous_hash', { mode: 'buffer' }).notNull(),
  hash: blob('hash', { mode: 'buffer' }).notNull(),
});

/** B-110: a look of the committee at a section of a centre, once a day. Final. */
export const looks = sqliteTable(
  'looks',
  {
    centreId: integer('centre_id').notNull(),
    lookedOn: text('looked_on').notNull(),
    userId: integer('user_id').notNull(),
    section: text('section').notNull(),
    firstAt: text('first_at').notNull(),
    office: text('office').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.centreId, table.lookedOn, table.userId, table.section] }),
  ],
);
