/** Boundaries: versions of a centre's area, what they share with others', and their approval. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

/** A version of a centre's area, as it was proposed; final from then on. */
export const boundaries = sqliteTable('boundaries', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  version: integer().notNull(),
  area: text().notNull(),
  squareMetres: integer('square_metres').notNull(),
  note: text(),
  proposedOn: text('proposed_on').notNull(),
  proposedBy: integer('proposed_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** Where a version lies over another centre's, as it was measured. */
export const boundaryOverlaps = sqliteTable(
  'boundary_overlaps',
  {
    boundaryId: integer('boundary_id').notNull(),
    otherBoundaryId: integer('other_boundary_id').notNull(),
    squareMetres: integer('square_metres').notNull(),
  },
  (table) => [primaryKey({ columns: [table.boundaryId, table.otherBoundaryId] })],
);

/** The committee's coordination for one overlap, by letter. */
export const boundaryCoordinations = sqliteTable(
  'boundary_coordinations',
  {
    boundaryId: integer('boundary_id').notNull(),
    otherBoundaryId: integer('other_boundary_id').notNull(),
    number: text().notNull(),
    decidedOn: text('decided_on').notNull(),
    actId: integer('act_id').notNull(),
    letter: text(),
  },
  (table) => [primaryKey({ columns: [table.boundaryId, table.otherBoundaryId] })],
);

/** The committee's approval: from its day on the version is in force, until a later one is. */
export const boundaryApprovals = sqliteTable('boundary_approvals', {
  boundaryId: integer('boundary_id').primaryKey(),
  approvedOn: text('approved_on').notNull(),
  approvedBy: integer('approved_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The day a version is in force from, where that is later than its approval. */
export const boundaryStarts = sqliteTable('boundary_starts', {
  boundaryId: integer('boundary_id').primaryKey(),
  fromOn: text('from_on').notNull(),
});

/** A version that the committee refused, with its reason. */
export const boundaryRefusals = sqliteTable('boundary_refusals', {
  boundaryId: integer('boundary_id').primaryKey(),
  reason: text().notNull(),
  refusedOn: text('refused_on').notNull(),
  refusedBy: integer('refused_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** A version that was taken back before the committee decided on it. */
export const boundaryWithdrawals = sqliteTable('boundary_withdrawals', {
  boundaryId: integer('boundary_id').primaryKey(),
  reason: text().notNull(),
  withdrawnOn: text('withdrawn_on').notNull(),
  withdrawnBy: integer('withdrawn_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** One file of outlines, with its source and the words its owner wants printed. */
export const outlineSets = sqliteTable('outline_sets', {
  id: integer().primaryKey(),
  kind: text({ enum: ['county', 'street', 'landmark', 'other'] }).notNull(),
  countyId: integer('county_id'),
  name: text().notNull(),
  source: text().notNull(),
  attribution: text().notNull(),
  outlines: integer().notNull(),
  leftOut: integer('left_out').notNull(),
  sha256: text().notNull(),
  importedOn: text('imported_on').notNull(),
  importedBy: integer('imported_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** From then on the set is drawn. */
export const outlineConfirmations = sqliteTable('outline_confirmations', {
  setId: integer('set_id').primaryKey(),
  confirmedOn: text('confirmed_on').notNull(),
  confirmedBy: integer('confirmed_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The whole set is drawn no more; one that was never confirmed is gone but for its name. */
export const outlineWithdrawals = sqliteTable('outline_withdrawals', {
  setId: integer('set_id').primaryKey(),
  reason: text().notNull(),
  withdrawnOn: text('withdrawn_on').notNull(),
  withdrawnBy: integer('withdrawn_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** One street, county or landmark of a set. */
export const outlines = sqliteTable('outlines', {
  id: integer().primaryKey(),
  setId: integer('set_id').notNull(),
  name: text(),
  geometry: text().notNull(),
});
