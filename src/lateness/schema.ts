/** B-112: how many days after its own day an entry is still in time. */
import { integer, sqliteTable, text } from '../provinces/drizzle.ts';

/** The last rule that began by the day of an entry counts for it. Final. */
export const lateRules = sqliteTable('late_rules', {
  id: integer().primaryKey(),
  days: integer().notNull(),
  fromOn: text('from_on').notNull(),
  actId: integer('act_id'),
});
