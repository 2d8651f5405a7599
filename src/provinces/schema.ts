/** What a province file keeps about itself. */
import { integer, primaryKey, sqliteTable, text } from './drizzle.ts';

export const settings = sqliteTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

/** The months of the Jalali calendar; days ISO. */
export const calendarMonths = sqliteTable(
  'calendar_months',
  {
    year: integer('year').notNull(),
    month: integer('month').notNull(),
    firstOn: text('first_on').notNull(),
    lastOn: text('last_on').notNull(),
  },
  (table) => [primaryKey({ columns: [table.year, table.month] })],
);

/** B-132: the last number given in each series of each centre and year. */
export const numbers = sqliteTable(
  'numbers',
  {
    series: text('series', {
      enum: ['entry', 'receipt', 'decree', 'letter', 'book', 'referral', 'payment', 'delivery'],
    }).notNull(),
    centreId: integer('centre_id').notNull(),
    year: integer('year').notNull(),
    lastNumber: integer('last_number').notNull(),
  },
  (table) => [primaryKey({ columns: [table.series, table.centreId, table.year] })],
);

/** Numbers that were given in a file which a restore replaced. */
export const lostNumbers = sqliteTable(
  'lost_numbers',
  {
    series: text('series').notNull(),
    centreId: integer('centre_id').notNull(),
    year: integer('year').notNull(),
    fromNumber: integer('from_number').notNull(),
    toNumber: integer('to_number').notNull(),
    reason: text('reason', { enum: ['restore'] }).notNull(),
    actId: integer('act_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.series, table.centreId, table.year, table.fromNumber] }),
  ],
);
