/** Donors, what they gave, and the receipts for it. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

/** Whoever gave something to one centre; who gives to two is two donors. */
export const donors = sqliteTable('donors', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  name: text().notNull(),
  nameSearch: text('name_search').notNull(),
  nameSort: text('name_sort').notNull(),
  nationalId: text('national_id'),
  mobile: text(),
  /** B-104: false for a donor who asks not to be named. */
  mayBeNamed: integer('may_be_named', { mode: 'boolean' }).notNull().default(true),
  createdAt: text('created_at').notNull(),
  actId: integer('act_id').notNull(),
});

/** The ways in which something is given, as programs name them. */
export const DONATION_KINDS = ['cash', 'card', 'transfer', 'cheque', 'goods', 'service'] as const;

/** A gift as it was received; final from the moment it is entered. */
export const donations = sqliteTable('donations', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  kind: text({ enum: DONATION_KINDS }).notNull(),
  amountRial: integer('amount_rial').notNull(),
  fund: text().notNull(),
  donorId: integer('donor_id'),
  purpose: text(),
  purposeSearch: text('purpose_search'),
  receivedOn: text('received_on').notNull(),
  receivedBy: integer('received_by').notNull(),
  enteredAt: text('entered_at').notNull(),
  enteredBy: integer('entered_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The numbered receipt of a gift, its entry in the books and its paper. */
export const receipts = sqliteTable('receipts', {
  id: integer().primaryKey(),
  donationId: integer('donation_id').notNull(),
  centreId: integer('centre_id').notNull(),
  year: integer().notNull(),
  number: integer().notNull(),
  entryId: integer('entry_id').notNull(),
  paperId: integer('paper_id').notNull(),
  issuedAt: text('issued_at').notNull(),
  issuedBy: integer('issued_by').notNull(),
});

/** A receipt that no longer counts, and the entry that takes back what it booked. */
export const receiptCancellations = sqliteTable('receipt_cancellations', {
  receiptId: integer('receipt_id').primaryKey(),
  reason: text().notNull(),
  cancelledOn: text('cancelled_on').notNull(),
  cancelledAt: text('cancelled_at').notNull(),
  cancelledBy: integer('cancelled_by').notNull(),
  entryId: integer('entry_id').notNull(),
  actId: integer('act_id').notNull(),
});

/** Sums of gifts per day, fund and kind, kept by trigger. */
export const donationDays = sqliteTable(
  'donation_days',
  {
    centreId: integer('centre_id').notNull(),
    receivedOn: text('received_on').notNull(),
    fund: text().notNull(),
    kind: text().notNull(),
    givenCount: integer('given_count').notNull(),
    givenRial: integer('given_rial').notNull(),
    cancelledCount: integer('cancelled_count').notNull(),
    cancelledRial: integer('cancelled_rial').notNull(),
  },
  (table) => [primaryKey({ columns: [table.centreId, table.receivedOn, table.fund, table.kind] })],
);
