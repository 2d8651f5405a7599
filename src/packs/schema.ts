/** The monthly packs of papers for the committee (B-133), as migrations/0045_packs.sql made them. */
import { blob, integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

/** How a pack reached the committee. */
export const WAYS = ['hand', 'post', 'letters-system', 'file'] as const;
export type Way = (typeof WAYS)[number];

/** What the books have of each: gifts, money that left, goods that left. */
export const LISTS = ['receipts', 'payments', 'deliveries'] as const;
export type List = (typeof LISTS)[number];

export const packs = sqliteTable('packs', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  year: integer().notNull(),
  month: integer().notNull(),
  nth: integer().notNull(),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  untilEntryId: integer('until_entry_id').notNull(),
  receiptsRial: integer('receipts_rial').notNull(),
  paymentsRial: integer('payments_rial').notNull(),
  deliveriesRial: integer('deliveries_rial').notNull(),
  seal: blob({ mode: 'buffer' }).notNull(),
  issuedOn: text('issued_on').notNull(),
  issuedBy: integer('issued_by').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});

export const packRows = sqliteTable(
  'pack_rows',
  {
    packId: integer('pack_id').notNull(),
    entryId: integer('entry_id').notNull(),
    list: text({ enum: LISTS }).notNull(),
    amountRial: integer('amount_rial').notNull(),
  },
  (table) => [primaryKey({ columns: [table.packId, table.entryId] })],
);

export const packFiles = sqliteTable('pack_files', {
  id: integer().primaryKey(),
  packId: integer('pack_id').notNull(),
  name: text().notNull(),
  sha256: blob({ mode: 'buffer' }).notNull(),
  bytes: blob({ mode: 'buffer' }).notNull(),
});

export const packScans = sqliteTable(
  'pack_scans',
  {
    packId: integer('pack_id').notNull(),
    attachmentId: integer('attachment_id').notNull(),
    name: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.packId, table.attachmentId] })],
);

export const packHandings = sqliteTable('pack_handings', {
  id: integer().primaryKey(),
  packId: integer('pack_id').notNull(),
  receiver: text().notNull(),
  way: text({ enum: WAYS }).notNull(),
  secretariatNumber: text('secretariat_number').notNull(),
  handedOn: text('handed_on').notNull(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});
