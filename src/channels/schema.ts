/** B-122: the services that the province approves, and the channels of each centre on them. */
import { integer, sqliteTable, text } from '../provinces/drizzle.ts';

/** The newest row of a key counts; those that come with the program have no act. Final. */
export const channelServices = sqliteTable('channel_services', {
  id: integer().primaryKey(),
  key: text().notNull(),
  name: text().notNull(),
  domain: text().notNull(),
  isApproved: integer('is_approved').notNull(),
  setOn: text('set_on'),
  actId: integer('act_id'),
});

/** Where the public finds a centre. Final. */
export const channels = sqliteTable('channels', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  service: text().notNull(),
  address: text().notNull(),
  openedOn: text('opened_on').notNull(),
  actId: integer('act_id').notNull(),
});

export const channelEndings = sqliteTable('channel_endings', {
  channelId: integer('channel_id').primaryKey(),
  endedOn: text('ended_on').notNull(),
  actId: integer('act_id').notNull(),
});
