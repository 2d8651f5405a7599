/** The tables of counts, as migrations/0029_goods.sql made them. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

/** A count of a store by two people; what lay there when it began does not move. */
export const counts = sqliteTable('counts', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  storeId: integer('store_id').notNull(),
  surprise: integer({ mode: 'boolean' }).notNull(),
  /** Lots that came in later are not counted. */
  lastLotId: integer('last_lot_id').notNull(),
  firstBy: integer('first_by').notNull(),
  secondBy: integer('second_by').notNull(),
  openedOn: text('opened_on').notNull(),
  openedBy: integer('opened_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const countTallies = sqliteTable('count_tallies', {
  id: integer().primaryKey(),
  countId: integer('count_id').notNull(),
  talliedOn: text('tallied_on').notNull(),
  talliedBy: integer('tallied_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const countLines = sqliteTable(
  'count_lines',
  {
    tallyId: integer('tally_id').notNull(),
    lotId: integer('lot_id').notNull(),
    quantityMilli: integer('quantity_milli').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tallyId, table.lotId] })],
);

/** What lay there and nobody had written. */
export const countFound = sqliteTable(
  'count_found',
  {
    tallyId: integer('tally_id').notNull(),
    position: integer().notNull(),
    itemId: integer('item_id').notNull(),
    quantityMilli: integer('quantity_milli').notNull(),
    valueRial: integer('value_rial').notNull(),
    fund: text().notNull(),
    expiresOn: text('expires_on'),
  },
  (table) => [primaryKey({ columns: [table.tallyId, table.position] })],
);

/** The second of the two agrees with what the first wrote down, or asks to count again. */
export const countAnswers = sqliteTable('count_answers', {
  tallyId: integer('tally_id').primaryKey(),
  agreed: integer({ mode: 'boolean' }).notNull(),
  reason: text(),
  answeredOn: text('answered_on').notNull(),
  answeredBy: integer('answered_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const countEnds = sqliteTable('count_ends', {
  countId: integer('count_id').primaryKey(),
  ending: text({ enum: ['approved', 'withdrawn'] }).notNull(),
  reason: text(),
  tallyId: integer('tally_id'),
  endedOn: text('ended_on').notNull(),
  endedBy: integer('ended_by').notNull(),
  actId: integer('act_id').notNull(),
});
