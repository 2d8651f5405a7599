/** The wording of papers, the board's name, what letters cite, the memorandum they rest on. */
import { integer, sqliteTable, text } from '../provinces/drizzle.ts';

const setBy = {
  setOn: text('set_on').notNull(),
  setBy: integer('set_by').notNull(),
  actId: integer('act_id').notNull(),
};

/** The wording of one kind of paper from a day on. Final. */
export const templates = sqliteTable('templates', {
  id: integer().primaryKey(),
  kind: text().notNull(),
  version: integer().notNull(),
  fromOn: text('from_on').notNull(),
  wording: text().notNull(),
  ...setBy,
});

/** What the board is called in this province, from a day on. Final. */
export const boardNames = sqliteTable('board_names', {
  id: integer().primaryKey(),
  name: text({ enum: ['trustees', 'executive'] }).notNull(),
  fromOn: text('from_on').notNull(),
  ...setBy,
});

/** What letters rest on, with the days on which the basis itself holds. Final. */
export const citations = sqliteTable('citations', {
  id: integer().primaryKey(),
  key: text().notNull(),
  version: integer().notNull(),
  title: text().notNull(),
  words: text().notNull(),
  validFrom: text('valid_from'),
  validTo: text('valid_to'),
  ...setBy,
});

/** B-1: the memorandum on which the province's centres rest. Final. */
export const memoranda = sqliteTable('memoranda', {
  id: integer().primaryKey(),
  version: integer().notNull(),
  firstParty: text('first_party').notNull(),
  secondParty: text('second_party').notNull(),
  number: text().notNull(),
  signedOn: text('signed_on').notNull(),
  ...setBy,
});
