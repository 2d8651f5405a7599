/** The night of Eid al-Fitr: rates, the gifts of its screen, and each clerk's cash. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

export const fitraRates = sqliteTable('fitra_rates', {
  id: integer().primaryKey(),
  lunarYear: integer('lunar_year').notNull(),
  staple: text().notNull(),
  rateRial: integer('rate_rial').notNull(),
  marja: text().notNull(),
  source: text().notNull(),
  fromOn: text('from_on').notNull(),
  actId: integer('act_id').notNull(),
});

export const fitraGifts = sqliteTable('fitra_gifts', {
  donationId: integer('donation_id').primaryKey(),
  centreId: integer('centre_id').notNull(),
  clerkId: integer('clerk_id').notNull(),
  rateId: integer('rate_id').notNull(),
  persons: integer().notNull(),
  batch: text(),
});

export const fitraSums = sqliteTable(
  'fitra_sums',
  {
    centreId: integer('centre_id').notNull(),
    day: text().notNull(),
    clerkId: integer('clerk_id').notNull(),
    fund: text().notNull(),
    kind: text().notNull(),
    gifts: integer().notNull(),
    persons: integer().notNull(),
    rial: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.centreId, table.day, table.clerkId, table.fund, table.kind] }),
  ],
);

export const fitraCounts = sqliteTable('fitra_counts', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  clerkId: integer('clerk_id').notNull(),
  upTo: integer('up_to').notNull(),
  expectedRial: integer('expected_rial').notNull(),
  totalRial: integer('total_rial').notNull(),
  difference: text(),
  countedOn: text('counted_on').notNull(),
  countedBy: integer('counted_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const fitraCountRows = sqliteTable(
  'fitra_count_rows',
  {
    countId: integer('count_id').notNull(),
    faceRial: integer('face_rial').notNull(),
    form: text().notNull(),
    pieces: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.countId, table.faceRial, table.form] })],
);

export const fitraCountConfirmations = sqliteTable('fitra_count_confirmations', {
  countId: integer('count_id').primaryKey(),
  totalRial: integer('total_rial').notNull(),
  difference: text(),
  confirmedOn: text('confirmed_on').notNull(),
  confirmedBy: integer('confirmed_by').notNull(),
  actId: integer('act_id').notNull(),
  fund: text(),
  entryId: integer('entry_id'),
});
