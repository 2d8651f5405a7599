/** Books of paper receipts: in whose hands they are, and what became of each number. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

export const receiptBooks = sqliteTable('receipt_books', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  series: text().notNull(),
  fromNumber: integer('from_number').notNull(),
  toNumber: integer('to_number').notNull(),
  registeredOn: text('registered_on').notNull(),
  registeredBy: integer('registered_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const receiptBookIssues = sqliteTable('receipt_book_issues', {
  id: integer().primaryKey(),
  bookId: integer('book_id').notNull(),
  holderKey: text('holder_key').notNull(),
  holderName: text('holder_name').notNull(),
  issuedOn: text('issued_on').notNull(),
  dueOn: text('due_on').notNull(),
  paperId: integer('paper_id').notNull(),
  issuedBy: integer('issued_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const receiptBookReturns = sqliteTable('receipt_book_returns', {
  issueId: integer('issue_id').primaryKey(),
  returnedOn: text('returned_on').notNull(),
  lastNumber: integer('last_number'),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const receiptLeaves = sqliteTable(
  'receipt_leaves',
  {
    bookId: integer('book_id').notNull(),
    number: integer().notNull(),
    fate: text().notNull(),
    donationId: integer('donation_id'),
    reason: text(),
    report: text(),
    recordedOn: text('recorded_on').notNull(),
    recordedBy: integer('recorded_by').notNull(),
    actId: integer('act_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.bookId, table.number] })],
);

export const receiptBookClosings = sqliteTable('receipt_book_closings', {
  bookId: integer('book_id').primaryKey(),
  closedOn: text('closed_on').notNull(),
  closedBy: integer('closed_by').notNull(),
  actId: integer('act_id').notNull(),
});
