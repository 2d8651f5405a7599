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

/** The parts of a gift over several funds; rials. A gift of one fund has none. */
export const giftFunds = sqliteTable(
  'gift_funds',
  {
    donationId: integer('donation_id').notNull(),
    position: integer().notNull(),
    fund: text().notNull(),
    amountRial: integer('amount_rial').notNull(),
  },
  (table) => [primaryKey({ columns: [table.donationId, table.position] })],
);

/** What the bank knows a card payment, a transfer or a cheque by. */
export const giftReferences = sqliteTable('gift_references', {
  donationId: integer('donation_id').primaryKey(),
  reference: text().notNull(),
  bank: text(),
  /** ISO day; of a cheque. */
  dueOn: text('due_on'),
});

export const UNITS = [
  ...(['kg', 'gram', 'litre', 'piece', 'box', 'set', 'pair', 'metre', 'pack'] as const),
] as const;
export const CONDITIONS = ['new', 'used', 'perishable'] as const;

/** The goods of a gift as received: thousandths of the unit, rials for the whole line. */
export const giftItems = sqliteTable(
  'gift_items',
  {
    donationId: integer('donation_id').notNull(),
    position: integer().notNull(),
    name: text().notNull(),
    quantityMilli: integer('quantity_milli').notNull(),
    unit: text({ enum: UNITS }).notNull(),
    valueRial: integer('value_rial').notNull(),
    condition: text({ enum: CONDITIONS }).notNull(),
    expiresOn: text('expires_on'),
    /** The store account it is booked to. */
    account: text().notNull(),
    /** Its intention, where the lines of a gift have several. */
    fund: text(),
  },
  (table) => [primaryKey({ columns: [table.donationId, table.position] })],
);

/** A service given: what it was, and hundredths of an hour. */
export const giftServices = sqliteTable('gift_services', {
  donationId: integer('donation_id').primaryKey(),
  description: text().notNull(),
  hoursCenti: integer('hours_centi').notNull(),
});

export const CHEQUE_EVENTS = ['deposited', 'cleared', 'bounced', 'returned'] as const;

/** What became of a cheque; a clearing and a loss have an entry. */
export const chequeEvents = sqliteTable('cheque_events', {
  id: integer().primaryKey(),
  donationId: integer('donation_id').notNull(),
  position: integer().notNull(),
  state: text({ enum: CHEQUE_EVENTS }).notNull(),
  happenedOn: text('happened_on').notNull(),
  note: text(),
  entryId: integer('entry_id'),
  recordedAt: text('recorded_at').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** Money that came to the account from nobody known. */
export const deposits = sqliteTable('deposits', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  reference: text().notNull(),
  depositedOn: text('deposited_on').notNull(),
  amountRial: integer('amount_rial').notNull(),
  /** What the bank says of it. */
  words: text(),
  entryId: integer('entry_id').notNull(),
  recordedAt: text('recorded_at').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The gift that a deposit was found to be. */
export const depositMatches = sqliteTable('deposit_matches', {
  donationId: integer('donation_id').primaryKey(),
  depositId: integer('deposit_id').notNull(),
});

export const TRIBUTES = ['memory', 'wreath', 'behalf', 'congratulation'] as const;

/** A card in somebody's memory or name, for a gift that stands. */
export const tributes = sqliteTable('tributes', {
  id: integer().primaryKey(),
  donationId: integer('donation_id').notNull(),
  tribute: text({ enum: TRIBUTES }).notNull(),
  named: text().notNull(),
  occasion: text(),
  addressee: text().notNull(),
  showsGiver: integer('shows_giver', { mode: 'boolean' }).notNull(),
  showsAmount: integer('shows_amount', { mode: 'boolean' }).notNull(),
  issuedOn: text('issued_on').notNull(),
  issuedBy: integer('issued_by').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});

export const BATCH_STATES = ['open', 'closed', 'withdrawn'] as const;

/** Gifts counted beforehand: a count and a total that must both agree. */
export const giftBatches = sqliteTable('gift_batches', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  number: integer().notNull(),
  words: text().notNull(),
  receivedOn: text('received_on').notNull(),
  controlCount: integer('control_count').notNull(),
  controlRial: integer('control_rial').notNull(),
  openedAt: text('opened_at').notNull(),
  openedBy: integer('opened_by').notNull(),
  actId: integer('act_id').notNull(),
  state: text({ enum: BATCH_STATES }).notNull(),
  settledAt: text('settled_at'),
  settledBy: integer('settled_by'),
  settledActId: integer('settled_act_id'),
});

/** A gift of a batch as it was typed, and the gift it became. */
export const giftBatchRows = sqliteTable(
  'gift_batch_rows',
  {
    batchId: integer('batch_id').notNull(),
    position: integer().notNull(),
    amountRial: integer('amount_rial').notNull(),
    /** As a program sends it. */
    gift: text().notNull(),
    enteredAt: text('entered_at').notNull(),
    enteredBy: integer('entered_by').notNull(),
    donationId: integer('donation_id'),
  },
  (table) => [primaryKey({ columns: [table.batchId, table.position] })],
);

export const giftDeeds = sqliteTable('gift_deeds', {
  donationId: integer('donation_id').primaryKey(),
  number: text().notNull(),
  madeOn: text('made_on').notNull(),
  terms: text().notNull(),
  actId: integer('act_id').notNull(),
});

export const vows = sqliteTable('vows', {
  donationId: integer('donation_id').primaryKey(),
  object: text().notNull(),
  people: text(),
  dueOn: text('due_on'),
  actId: integer('act_id').notNull(),
});
