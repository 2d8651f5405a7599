/** Boundaries: versions of a centre's area, what they share with others', and their approval. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';
import { LANDMARK_KINDS } from './landmark-kinds.ts';

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

/** A street or a landmark recorded by hand: a centre's own, a county's, or the province's. */
export const landmarks = sqliteTable('landmarks', {
  id: integer().primaryKey(),
  centreId: integer('centre_id'),
  countyId: integer('county_id'),
  kind: text({ enum: LANDMARK_KINDS }).notNull(),
  name: text().notNull(),
  nameSort: text('name_sort').notNull(),
  geometry: text().notNull(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** It is drawn no more, and why. */
export const landmarkEndings = sqliteTable('landmark_endings', {
  landmarkId: integer('landmark_id').primaryKey(),
  reason: text().notNull(),
  endedOn: text('ended_on').notNull(),
  endedBy: integer('ended_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** A part of a centre's area with a name, within the version of the boundary then in force. */
export const areaParts = sqliteTable('area_parts', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  name: text().notNull(),
  nameSort: text('name_sort').notNull(),
  area: text().notNull(),
  squareMetres: integer('square_metres').notNull(),
  boundaryId: integer('boundary_id').notNull(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** Nobody is placed into the part any more, and why. */
export const areaPartEndings = sqliteTable('area_part_endings', {
  partId: integer('part_id').primaryKey(),
  reason: text().notNull(),
  endedOn: text('ended_on').notNull(),
  endedBy: integer('ended_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** A sheet of one version as it was issued; its number is the version and a serial in it. */
export const mapSheets = sqliteTable('map_sheets', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  boundaryId: integer('boundary_id').notNull(),
  version: integer().notNull(),
  nth: integer().notNull(),
  issuedOn: text('issued_on').notNull(),
  issuedBy: integer('issued_by').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-125: since when a sheet hangs in the office, and who says so. */
export const sheetHangings = sqliteTable('sheet_hangings', {
  id: integer().primaryKey(),
  sheetId: integer('sheet_id').notNull(),
  hungOn: text('hung_on').notNull(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** It hangs there no more. */
export const sheetRemovals = sqliteTable('sheet_removals', {
  hangingId: integer('hanging_id').primaryKey(),
  removedOn: text('removed_on').notNull(),
  reason: text().notNull(),
  removedBy: integer('removed_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-126: leave to serve a place outside the area, as it was asked for. */
export const permits = sqliteTable('permits', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  kind: text({ enum: ['area', 'centre', 'place'] }).notNull(),
  area: text(),
  otherCentreId: integer('other_centre_id'),
  place: text().notNull(),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  reason: text().notNull(),
  requestedOn: text('requested_on').notNull(),
  requestedBy: integer('requested_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** A centre in whose area the place lies, and the act by which it was told. */
export const permitNeighbours = sqliteTable(
  'permit_neighbours',
  {
    permitId: integer('permit_id').notNull(),
    centreId: integer('centre_id').notNull(),
    squareMetres: integer('square_metres'),
    actId: integer('act_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.permitId, table.centreId] })],
);

/** The committee's answer, with the number and day of its coordination. */
export const permitDecisions = sqliteTable('permit_decisions', {
  permitId: integer('permit_id').primaryKey(),
  answer: text({ enum: ['granted', 'refused'] }).notNull(),
  number: text().notNull(),
  decidedOn: text('decided_on').notNull(),
  decidedBy: integer('decided_by').notNull(),
  reason: text(),
  paperId: integer('paper_id'),
  actId: integer('act_id').notNull(),
});

/** From that day on the permit has no force, or the request is taken back. */
export const permitEndings = sqliteTable('permit_endings', {
  permitId: integer('permit_id').primaryKey(),
  endedOn: text('ended_on').notNull(),
  reason: text().notNull(),
  endedBy: integer('ended_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-127: a benefactor of another area, brought in by a coordination. */
export const benefactorLinks = sqliteTable('benefactor_links', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  kind: text({ enum: ['donor', 'institution', 'centre'] }).notNull(),
  donorId: integer('donor_id'),
  otherCentreId: integer('other_centre_id'),
  name: text(),
  place: text().notNull(),
  number: text().notNull(),
  coordinatedOn: text('coordinated_on').notNull(),
  note: text(),
  linkedOn: text('linked_on').notNull(),
  linkedBy: integer('linked_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The link is no more; what was given stays counted. */
export const benefactorLinkEndings = sqliteTable('benefactor_link_endings', {
  linkId: integer('link_id').primaryKey(),
  endedOn: text('ended_on').notNull(),
  reason: text().notNull(),
  endedBy: integer('ended_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-123: inside the area, outside or unknown; the latest row of a donor is what is known. */
export const donorPlaces = sqliteTable('donor_places', {
  id: integer().primaryKey(),
  donorId: integer('donor_id').notNull(),
  side: text({ enum: ['inside', 'outside', 'unknown'] }).notNull(),
  place: text(),
  otherCentreId: integer('other_centre_id'),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});
