/** What lay in the stores when the books began, and goods that went to another purpose (0041). */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';
import { CONDITIONS, UNITS } from './schema.ts';

/** A sheet of what was counted, written by one of two. */
export const stockSheets = sqliteTable('stock_sheets', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  /** ISO day of the opening balances. */
  openedOn: text('opened_on').notNull(),
  note: text(),
  writtenOn: text('written_on').notNull(),
  writtenBy: integer('written_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const stockSheetLines = sqliteTable(
  'stock_sheet_lines',
  {
    sheetId: integer('sheet_id').notNull(),
    position: integer().notNull(),
    storeId: integer('store_id').notNull(),
    name: text().notNull(),
    unit: text({ enum: UNITS }).notNull(),
    account: text().notNull(),
    quantityMilli: integer('quantity_milli').notNull(),
    valueRial: integer('value_rial').notNull(),
    fund: text().notNull(),
    condition: text({ enum: CONDITIONS }).notNull(),
    expiresOn: text('expires_on'),
  },
  (table) => [primaryKey({ columns: [table.sheetId, table.position] })],
);

/** The other agreed, and it was booked; or sent it back with a reason. */
export const stockSheetAnswers = sqliteTable('stock_sheet_answers', {
  sheetId: integer('sheet_id').primaryKey(),
  agreed: integer({ mode: 'boolean' }).notNull(),
  reason: text(),
  answeredOn: text('answered_on').notNull(),
  answeredBy: integer('answered_by').notNull(),
  entryId: integer('entry_id'),
  actId: integer('act_id').notNull(),
});

export const goodsIntentions = sqliteTable('goods_intentions', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  lotId: integer('lot_id').notNull(),
  storeId: integer('store_id').notNull(),
  /** The lot of the other fund that it became. */
  toLotId: integer('to_lot_id').notNull(),
  fromFund: text('from_fund').notNull(),
  toFund: text('to_fund').notNull(),
  quantityMilli: integer('quantity_milli').notNull(),
  valueRial: integer('value_rial').notNull(),
  way: text({ enum: ['consent', 'nearest'] }).notNull(),
  consent: text({ enum: ['writing', 'speech', 'message'] }),
  consentedOn: text('consented_on'),
  reason: text().notNull(),
  changedOn: text('changed_on').notNull(),
  changedBy: integer('changed_by').notNull(),
  entryId: integer('entry_id').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});
