/** The tables of payments and deliveries, as migrations/0030_payments.sql made them. */
import { CONDITIONS, UNITS } from '../goods/schema.ts';
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

export const NEEDS = [
  ...(['living', 'debt', 'stranded', 'orphan', 'illness', 'study', 'dowry'] as const),
  ...(['housing', 'work', 'prison'] as const),
] as const;
export type Need = (typeof NEEDS)[number];

export const PAYEE_KINDS = [
  ...(['shop', 'utility', 'clinic', 'school', 'carrier', 'printer'] as const),
  ...(['marja-office', 'child-account', 'donor', 'other'] as const),
] as const;
export type PayeeKind = (typeof PAYEE_KINDS)[number];

export const PAYMENT_KINDS = ['aid', 'purchase', 'running', 'pass-on', 'petty'] as const;
export type PaymentKind = (typeof PAYMENT_KINDS)[number];

/** Cash, bank and petty cash: where the money of a payment comes from. */
export const SOURCES_OF_MONEY = ['1101', '1102', '1103'] as const;
export type MoneyAccount = (typeof SOURCES_OF_MONEY)[number];

export const SIGNED_AS = ['finance', 'chair'] as const;
export type SignedAs = (typeof SIGNED_AS)[number];

export const ENDINGS = ['withdrawn', 'refused'] as const;
export type Ending = (typeof ENDINGS)[number];

/** Somebody who is helped: a number in the centre, and no name (B-104). */
export const recipients = sqliteTable('recipients', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  number: integer().notNull(),
  actId: integer('act_id').notNull(),
});

export const recipientMarks = sqliteTable('recipient_marks', {
  id: integer().primaryKey(),
  recipientId: integer('recipient_id').notNull(),
  sayyid: integer({ mode: 'boolean' }).notNull(),
  poor: integer({ mode: 'boolean' }).notNull(),
  need: text({ enum: NEEDS }).notNull(),
  persons: integer().notNull(),
  markedOn: text('marked_on').notNull(),
  markedBy: integer('marked_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const payees = sqliteTable('payees', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  name: text().notNull(),
  nameSearch: text('name_search').notNull(),
  kind: text({ enum: PAYEE_KINDS }).notNull(),
  nationalId: text('national_id'),
  iban: text(),
  registeredOn: text('registered_on').notNull(),
  actId: integer('act_id').notNull(),
});

export const payeeChildren = sqliteTable('payee_children', {
  payeeId: integer('payee_id').primaryKey(),
  code: text().notNull(),
  actId: integer('act_id').notNull(),
});

export const refusedPurposes = sqliteTable('refused_purposes', {
  word: text().primaryKey(),
  clause: text({ enum: ['B-46', 'B-98', 'B-114'] }).notNull(),
});

export const paymentRules = sqliteTable('payment_rules', {
  id: integer().primaryKey(),
  documentAboveRial: integer('document_above_rial').notNull(),
  slipTellsWorth: integer('slip_tells_worth', { mode: 'boolean' }).notNull(),
  fromOn: text('from_on').notNull(),
  actId: integer('act_id'),
});

export const payments = sqliteTable('payments', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  kind: text({ enum: PAYMENT_KINDS }).notNull(),
  account: text({ enum: SOURCES_OF_MONEY }).notNull(),
  amountRial: integer('amount_rial').notNull(),
  recipientId: integer('recipient_id'),
  payeeId: integer('payee_id'),
  storeId: integer('store_id'),
  purpose: text().notNull(),
  purposeSearch: text('purpose_search').notNull(),
  reference: text(),
  preparedOn: text('prepared_on').notNull(),
  preparedBy: integer('prepared_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const paymentLines = sqliteTable(
  'payment_lines',
  {
    paymentId: integer('payment_id').notNull(),
    line: integer().notNull(),
    fund: text().notNull(),
    account: text().notNull(),
    amountRial: integer('amount_rial').notNull(),
    donationId: integer('donation_id'),
  },
  (table) => [primaryKey({ columns: [table.paymentId, table.line] })],
);

export const paymentGoods = sqliteTable(
  'payment_goods',
  {
    paymentId: integer('payment_id').notNull(),
    position: integer().notNull(),
    line: integer().notNull(),
    name: text().notNull(),
    quantityMilli: integer('quantity_milli').notNull(),
    unit: text({ enum: UNITS }).notNull(),
    valueRial: integer('value_rial').notNull(),
    condition: text({ enum: CONDITIONS }).notNull(),
    expiresOn: text('expires_on'),
  },
  (table) => [primaryKey({ columns: [table.paymentId, table.position] })],
);

export const deliveries = sqliteTable('deliveries', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  recipientId: integer('recipient_id').notNull(),
  storeId: integer('store_id').notNull(),
  account: text().notNull(),
  purpose: text().notNull(),
  preparedOn: text('prepared_on').notNull(),
  preparedBy: integer('prepared_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const deliveryItems = sqliteTable(
  'delivery_items',
  {
    deliveryId: integer('delivery_id').notNull(),
    lotId: integer('lot_id').notNull(),
    quantityMilli: integer('quantity_milli').notNull(),
    reason: text(),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.lotId] })],
);

/** `seen` is the mark of what stood before the signer's eyes. */
export const outgoingSignatures = sqliteTable(
  'outgoing_signatures',
  {
    subject: text().notNull(),
    signedAs: text('signed_as', { enum: SIGNED_AS }).notNull(),
    signedBy: integer('signed_by').notNull(),
    signedAt: text('signed_at').notNull(),
    seen: text().notNull(),
    actId: integer('act_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.subject, table.signedAs] })],
);

export const outgoingEnds = sqliteTable('outgoing_ends', {
  subject: text().primaryKey(),
  ending: text({ enum: ENDINGS }).notNull(),
  reason: text().notNull(),
  endedBy: integer('ended_by').notNull(),
  endedAt: text('ended_at').notNull(),
  actId: integer('act_id').notNull(),
});

export const undocumentedPayments = sqliteTable('undocumented_payments', {
  paymentId: integer('payment_id').primaryKey(),
  reason: text().notNull(),
  allowedBy: integer('allowed_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const paymentsMade = sqliteTable('payments_made', {
  paymentId: integer('payment_id').primaryKey(),
  centreId: integer('centre_id').notNull(),
  year: integer().notNull(),
  number: integer().notNull(),
  paidOn: text('paid_on').notNull(),
  entryId: integer('entry_id').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});

export const purchasedLots = sqliteTable('purchased_lots', {
  lotId: integer('lot_id').primaryKey(),
  paymentId: integer('payment_id').notNull(),
  position: integer().notNull(),
});

export const deliveriesMade = sqliteTable('deliveries_made', {
  deliveryId: integer('delivery_id').primaryKey(),
  centreId: integer('centre_id').notNull(),
  year: integer().notNull(),
  number: integer().notNull(),
  deliveredOn: text('delivered_on').notNull(),
  entryId: integer('entry_id'),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});

export const deliveriesTaken = sqliteTable('deliveries_taken', {
  deliveryId: integer('delivery_id').primaryKey(),
  takenBy: text('taken_by', { enum: ['recipient', 'proxy'] }).notNull(),
  proxy: text(),
  takenOn: text('taken_on').notNull(),
  toldBy: integer('told_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const deliveryReturns = sqliteTable('delivery_returns', {
  id: integer().primaryKey(),
  deliveryId: integer('delivery_id').notNull(),
  reason: text().notNull(),
  returnedOn: text('returned_on').notNull(),
  returnedBy: integer('returned_by').notNull(),
  entryId: integer('entry_id'),
  actId: integer('act_id').notNull(),
});

export const paymentReversals = sqliteTable('payment_reversals', {
  paymentId: integer('payment_id').primaryKey(),
  reason: text().notNull(),
  reversedOn: text('reversed_on').notNull(),
  reversedBy: integer('reversed_by').notNull(),
  entryId: integer('entry_id').notNull(),
  actId: integer('act_id').notNull(),
});

export const passOnReceipts = sqliteTable('pass_on_receipts', {
  paymentId: integer('payment_id').primaryKey(),
  number: text().notNull(),
  receivedOn: text('received_on').notNull(),
  toldBy: integer('told_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const pettyFloats = sqliteTable('petty_floats', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  floatRial: integer('float_rial').notNull(),
  keeper: text().notNull(),
  fromOn: text('from_on').notNull(),
  actId: integer('act_id').notNull(),
});

export const pettyCounts = sqliteTable('petty_counts', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  countedOn: text('counted_on').notNull(),
  countedRial: integer('counted_rial').notNull(),
  bookRial: integer('book_rial').notNull(),
  note: text(),
  countedBy: integer('counted_by').notNull(),
  actId: integer('act_id').notNull(),
});
