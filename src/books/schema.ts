/** The tables of the books, as migrations/0004_books.sql made them. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

export const LEVELS = ['group', 'general', 'subsidiary'] as const;
export const NATURES = ['debit', 'credit'] as const;
/** What an entry books: each deed has a name of its own. */
export const SOURCES = [
  ...(['donation', 'manual', 'reversal', 'cheque', 'deposit', 'box', 'stock', 'payment'] as const),
  ...(['delivery', 'intention', 'share', 'transfer', 'opening', 'closing', 'conversion'] as const),
] as const;
export const SEALED_BOOKS = ['journal', 'ledger', 'trial-balance'] as const;
export const DRAFT_STATES = ['draft', 'posted', 'withdrawn'] as const;
/** What a draft is of: an entry by hand, or what the centre had when its books began here. */
export const DRAFT_KINDS = ['manual', 'opening'] as const;

export const CLOSING_KINDS = ['temporary', 'permanent', 'opening'] as const;
export type ClosingKind = (typeof CLOSING_KINDS)[number];

export type Level = (typeof LEVELS)[number];
export type Nature = (typeof NATURES)[number];
export type Source = (typeof SOURCES)[number];
export type SealedBookKind = (typeof SEALED_BOOKS)[number];
export type DraftState = (typeof DRAFT_STATES)[number];
export type DraftKind = (typeof DRAFT_KINDS)[number];

export const mosquePurposes = sqliteTable('mosque_purposes', {
  beginning: text().primaryKey(),
});

export const accounts = sqliteTable(
  'accounts',
  {
    centreId: integer('centre_id').notNull(),
    code: text().notNull(),
    level: text({ enum: LEVELS }).notNull(),
    nameFa: text('name_fa').notNull(),
    nameEn: text('name_en').notNull(),
    nature: text({ enum: NATURES }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.centreId, table.code] })],
);

export const fiscalYears = sqliteTable(
  'fiscal_years',
  {
    centreId: integer('centre_id').notNull(),
    year: integer().notNull(),
    openedAt: text('opened_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.centreId, table.year] })],
);

export const entries = sqliteTable('entries', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  year: integer().notNull(),
  number: integer().notNull(),
  month: integer().notNull(),
  entryOn: text('entry_on').notNull(),
  description: text().notNull(),
  source: text({ enum: SOURCES }).notNull(),
  donationId: integer('donation_id'),
  reversesEntryId: integer('reverses_entry_id'),
  reason: text(),
  draftedBy: integer('drafted_by').notNull(),
  postedBy: integer('posted_by').notNull(),
  postedAt: text('posted_at').notNull(),
  actId: integer('act_id').notNull(),
});

export const entryLines = sqliteTable(
  'entry_lines',
  {
    entryId: integer('entry_id').notNull(),
    line: integer().notNull(),
    centreId: integer('centre_id').notNull(),
    year: integer().notNull(),
    account: text().notNull(),
    fund: text().notNull(),
    debitRial: integer('debit_rial').notNull(),
    creditRial: integer('credit_rial').notNull(),
    detail: text(),
  },
  (table) => [primaryKey({ columns: [table.entryId, table.line] })],
);

export const balances = sqliteTable(
  'balances',
  {
    centreId: integer('centre_id').notNull(),
    year: integer().notNull(),
    month: integer().notNull(),
    account: text().notNull(),
    fund: text().notNull(),
    debitRial: integer('debit_rial').notNull(),
    creditRial: integer('credit_rial').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.centreId, table.year, table.month, table.account, table.fund],
    }),
  ],
);

export const entryDrafts = sqliteTable('entry_drafts', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  entryOn: text('entry_on').notNull(),
  description: text().notNull(),
  lines: text().notNull(),
  draftedBy: integer('drafted_by').notNull(),
  draftedAt: text('drafted_at').notNull(),
  state: text({ enum: DRAFT_STATES }).notNull(),
  entryId: integer('entry_id'),
  kind: text({ enum: DRAFT_KINDS }).notNull(),
});

/** A numbered copy of a book, as it stood at its newest entry. Final. */
export const sealedBooks = sqliteTable('sealed_books', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  year: integer().notNull(),
  number: integer().notNull(),
  book: text({ enum: SEALED_BOOKS }).notNull(),
  account: text(),
  columns: integer(),
  level: text({ enum: LEVELS }),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  lastEntryYear: integer('last_entry_year').notNull(),
  lastEntryNumber: integer('last_entry_number').notNull(),
  untilEntryId: integer('until_entry_id').notNull(),
  sealedOn: text('sealed_on').notNull(),
  sealedBy: integer('sealed_by').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});

/** Through which ISO day a centre's books are closed: the newest row says it. */
export const bookLocks = sqliteTable('book_locks', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  throughOn: text('through_on'),
  reason: text(),
  lockedOn: text('locked_on').notNull(),
  lockedBy: integer('locked_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const yearClosings = sqliteTable('year_closings', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  year: integer().notNull(),
  closedOn: text('closed_on').notNull(),
  closedBy: integer('closed_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The entries that closed a year and opened the next. */
export const yearClosingEntries = sqliteTable('year_closing_entries', {
  entryId: integer('entry_id').primaryKey(),
  closingId: integer('closing_id').notNull(),
  kind: text({ enum: CLOSING_KINDS }).notNull(),
  year: integer().notNull(),
  centreId: integer('centre_id').notNull(),
});

export const yearReopenings = sqliteTable('year_reopenings', {
  closingId: integer('closing_id').primaryKey(),
  reason: text().notNull(),
  reopenedOn: text('reopened_on').notNull(),
  reopenedBy: integer('reopened_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** What a centre had when its books began here. */
export const openingBalances = sqliteTable('opening_balances', {
  centreId: integer('centre_id').primaryKey(),
  entryId: integer('entry_id').notNull(),
  openedOn: text('opened_on').notNull(),
  actId: integer('act_id').notNull(),
});

/** The redenomination of the rial, once; and the entries that rounded money on its day. */
export const currencyConversions = sqliteTable('currency_conversions', {
  id: integer('id').primaryKey(),
  fromOn: text('from_on').notNull(),
  factor: integer('factor').notNull(),
  actId: integer('act_id').notNull(),
});

export const conversionEntries = sqliteTable('conversion_entries', {
  entryId: integer('entry_id').primaryKey(),
  centreId: integer('centre_id').notNull(),
});
