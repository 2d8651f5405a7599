/** The tables of the bank and the cash box, as migrations/0032_bank.sql made them. */
import { blob, integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';
/** The rule that found a match; `hand` is somebody's own eye. */
export const MATCH_RULES = ['reference', 'day', 'days', 'sum', 'reversal', 'fee', 'hand'] as const;
export type MatchRule = (typeof MATCH_RULES)[number];

export const moneyTransfers = sqliteTable('money_transfers', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  fromAccount: text('from_account').notNull(),
  toAccount: text('to_account').notNull(),
  movedOn: text('moved_on').notNull(),
  slip: text(),
  note: text(),
  preparedOn: text('prepared_on').notNull(),
  preparedBy: integer('prepared_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const moneyTransferFunds = sqliteTable(
  'money_transfer_funds',
  {
    transferId: integer('transfer_id').notNull(),
    fund: text().notNull(),
    amountRial: integer('amount_rial').notNull(),
  },
  (table) => [primaryKey({ columns: [table.transferId, table.fund] })],
);

export const moneyTransferSignings = sqliteTable('money_transfer_signings', {
  transferId: integer('transfer_id').primaryKey(),
  entryId: integer('entry_id').notNull(),
  signedOn: text('signed_on').notNull(),
  signedBy: integer('signed_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const moneyTransferWithdrawals = sqliteTable('money_transfer_withdrawals', {
  transferId: integer('transfer_id').primaryKey(),
  reason: text().notNull(),
  withdrawnOn: text('withdrawn_on').notNull(),
  withdrawnBy: integer('withdrawn_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const moneyTransferReversals = sqliteTable('money_transfer_reversals', {
  transferId: integer('transfer_id').primaryKey(),
  entryId: integer('entry_id').notNull(),
  reversedBy: integer('reversed_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const cashCounts = sqliteTable('cash_counts', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  countedOn: text('counted_on').notNull(),
  bookRial: integer('book_rial').notNull(),
  countedRial: integer('counted_rial').notNull(),
  fund: text(),
  reason: text(),
  countedBy: integer('counted_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const cashCountNotes = sqliteTable(
  'cash_count_notes',
  {
    countId: integer('count_id').notNull(),
    denomination: integer().notNull(),
    pieces: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.countId, table.denomination] })],
);

export const cashCountSignings = sqliteTable('cash_count_signings', {
  countId: integer('count_id').primaryKey(),
  entryId: integer('entry_id'),
  paperId: integer('paper_id').notNull(),
  signedOn: text('signed_on').notNull(),
  signedBy: integer('signed_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const bankFiles = sqliteTable('bank_files', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  name: text().notNull(),
  sha256: blob('sha256', { mode: 'buffer' }).notNull(),
  bytes: blob('bytes', { mode: 'buffer' }).notNull(),
  cells: text().notNull(),
  sentOn: text('sent_on').notNull(),
  sentBy: integer('sent_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const bankLayouts = sqliteTable('bank_layouts', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  heads: text().notNull(),
  columns: text().notNull(),
  actId: integer('act_id').notNull(),
});

export const bankStatements = sqliteTable('bank_statements', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  fileId: integer('file_id').notNull(),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  openingRial: integer('opening_rial').notNull(),
  closingRial: integer('closing_rial').notNull(),
  rowCount: integer('row_count').notNull(),
  importedOn: text('imported_on').notNull(),
  importedBy: integer('imported_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const bankRows = sqliteTable('bank_rows', {
  id: integer().primaryKey(),
  statementId: integer('statement_id').notNull(),
  centreId: integer('centre_id').notNull(),
  position: integer().notNull(),
  happenedOn: text('happened_on').notNull(),
  words: text().notNull(),
  reference: text().notNull(),
  netRial: integer('net_rial').notNull(),
  balanceRial: integer('balance_rial'),
});

export const bankMatchRows = sqliteTable(
  'bank_match_rows',
  {
    matchId: integer('match_id').notNull(),
    rowId: integer('row_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.matchId, table.rowId] })],
);

export const bankMatchEntries = sqliteTable(
  'bank_match_entries',
  {
    matchId: integer('match_id').notNull(),
    entryId: integer('entry_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.matchId, table.entryId] })],
);

export const bankMatches = sqliteTable('bank_matches', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  rule: text({ enum: MATCH_RULES }).notNull(),
  matchedOn: text('matched_on').notNull(),
  matchedBy: integer('matched_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const bankMatchEndings = sqliteTable('bank_match_endings', {
  matchId: integer('match_id').primaryKey(),
  reason: text().notNull(),
  endedOn: text('ended_on').notNull(),
  endedBy: integer('ended_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const bankFees = sqliteTable('bank_fees', {
  entryId: integer('entry_id').primaryKey(),
  rowId: integer('row_id').notNull(),
  actId: integer('act_id').notNull(),
});

export const bankReconciliations = sqliteTable('bank_reconciliations', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  throughOn: text('through_on').notNull(),
  bookRial: integer('book_rial').notNull(),
  bankRial: integer('bank_rial').notNull(),
  items: text().notNull(),
  preparedOn: text('prepared_on').notNull(),
  preparedBy: integer('prepared_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const bankReconciliationSignings = sqliteTable('bank_reconciliation_signings', {
  reconciliationId: integer('reconciliation_id').primaryKey(),
  paperId: integer('paper_id').notNull(),
  signedOn: text('signed_on').notNull(),
  signedBy: integer('signed_by').notNull(),
  actId: integer('act_id').notNull(),
});
