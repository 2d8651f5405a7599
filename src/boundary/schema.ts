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
