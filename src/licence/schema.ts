/** The licence's life: monitoring, decisions, the licence's paper and warnings, dissolution. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';
import { DECISIONS } from './standing.ts';

/** B-20: one monitoring of a centre. */
export const monitorings = sqliteTable('monitorings', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  openedOn: text('opened_on').notNull(),
  openedBy: integer('opened_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** A section as an office filled it; until the result is signed its newest counts. */
export const monitoringSections = sqliteTable('monitoring_sections', {
  id: integer().primaryKey(),
  monitoringId: integer('monitoring_id').notNull(),
  office: text({ enum: ['participation', 'supervision', 'security', 'selection'] }).notNull(),
  score: integer(),
  findings: text(),
  state: text({ enum: ['approved', 'refused'] }),
  number: text(),
  decidedOn: text('decided_on'),
  filledOn: text('filled_on').notNull(),
  filledBy: integer('filled_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The deputy's signature under a monitoring, with what follows from it. Final. */
export const monitoringResults = sqliteTable('monitoring_results', {
  monitoringId: integer('monitoring_id').primaryKey(),
  conclusion: text({ enum: ['renew', 'suspend', 'revoke', 'none'] }).notNull(),
  signedOn: text('signed_on').notNull(),
  signedBy: integer('signed_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-109, B-102: a decision on the licence; the last that is no renewal gives the state. Final. */
export const licenceDecisions = sqliteTable('licence_decisions', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  kind: text({ enum: DECISIONS }).notNull(),
  number: text().notNull(),
  decidedOn: text('decided_on').notNull(),
  reason: text().notNull(),
  monitoringId: integer('monitoring_id'),
  paperId: integer('paper_id').notNull(),
  decidedBy: integer('decided_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The one paper of each licence. Final. */
export const licencePapers = sqliteTable('licence_papers', {
  licenceId: integer('licence_id').primaryKey(),
  paperId: integer('paper_id').notNull(),
  issuedBy: integer('issued_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** Each warning that was told, once. Final. */
export const licenceWarnings = sqliteTable(
  'licence_warnings',
  {
    licenceId: integer('licence_id').notNull(),
    days: integer().notNull(),
    toldOn: text('told_on').notNull(),
    actId: integer('act_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.licenceId, table.days] })],
);

/** That a licence has run out was told. */
export const licenceEnds = sqliteTable('licence_ends', {
  licenceId: integer('licence_id').primaryKey(),
  toldOn: text('told_on').notNull(),
  actId: integer('act_id').notNull(),
});

export const ASSET_KINDS = [
  'cash',
  'bank',
  'equipment',
  'furniture',
  'goods',
  'vehicle',
  'property',
  'other',
] as const;
export const DISPOSALS = ['transfer', 'sale', 'gift'] as const;

/** B-102: a line of what a dissolved centre had, and what becomes of it. Final. */
export const dissolutionAssets = sqliteTable('dissolution_assets', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  decisionId: integer('decision_id').notNull(),
  kind: text({ enum: ASSET_KINDS }).notNull(),
  description: text().notNull(),
  number: text(),
  quantity: integer().notNull(),
  valueRial: integer('value_rial').notNull(),
  disposal: text({ enum: DISPOSALS }).notNull(),
  recipient: text().notNull(),
  listedOn: text('listed_on').notNull(),
  listedBy: integer('listed_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** A mistaken line, taken back before it was countersigned. */
export const dissolutionWithdrawals = sqliteTable('dissolution_withdrawals', {
  assetId: integer('asset_id').primaryKey(),
  withdrawnOn: text('withdrawn_on').notNull(),
  withdrawnBy: integer('withdrawn_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The committee's second signature to one line. Final. */
export const dissolutionCountersignings = sqliteTable('dissolution_countersignings', {
  assetId: integer('asset_id').primaryKey(),
  countersignedOn: text('countersigned_on').notNull(),
  countersignedBy: integer('countersigned_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The list as it was printed for signing. Final. */
export const dissolutionLists = sqliteTable('dissolution_lists', {
  decisionId: integer('decision_id').primaryKey(),
  centreId: integer('centre_id').notNull(),
  paperId: integer('paper_id').notNull(),
  issuedBy: integer('issued_by').notNull(),
  actId: integer('act_id').notNull(),
});
