/** What those concerned were told, and how far each has read. */
import { integer, sqliteTable, text } from '../provinces/drizzle.ts';

/** One sentence told to a seat, an office or a person. Final. */
export const notices = sqliteTable('notices', {
  id: integer().primaryKey(),
  actId: integer('act_id').notNull(),
  toldAt: text('told_at').notNull(),
  key: text().notNull(),
  said: text().notNull(),
  href: text().notNull(),
  centreId: integer('centre_id'),
  seat: text(),
  role: text(),
  countyId: integer('county_id'),
  personId: integer('person_id'),
});

/** The newest notice that a user has read. */
export const noticesRead = sqliteTable('notices_read', {
  userId: integer('user_id').primaryKey(),
  upTo: integer('up_to').notNull(),
});
