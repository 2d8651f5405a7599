/** What passes from one holder of a seat to the next: written, acknowledged, issued; all final. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

export const SIDES = ['giver', 'taker'] as const;

export const handovers = sqliteTable('handovers', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  seat: text().notNull(),
  giverDecreeId: integer('giver_decree_id').notNull(),
  /** Null when the committee takes it until somebody follows. */
  takerDecreeId: integer('taker_decree_id'),
  handoverOn: text('handover_on').notNull(),
  reason: text().notNull(),
  draftedOn: text('drafted_on').notNull(),
  draftedBy: integer('drafted_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The lines in versions; the newest counts. */
export const handoverCounts = sqliteTable(
  'handover_counts',
  {
    handoverId: integer('handover_id').notNull(),
    version: integer().notNull(),
    lines: text().notNull(),
    writtenOn: text('written_on').notNull(),
    writtenBy: integer('written_by').notNull(),
    actId: integer('act_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.handoverId, table.version] })],
);

export const handoverAcknowledgements = sqliteTable(
  'handover_acknowledgements',
  {
    handoverId: integer('handover_id').notNull(),
    version: integer().notNull(),
    side: text({ enum: SIDES }).notNull(),
    how: text({ enum: ['user', 'paper'] }).notNull(),
    acknowledgedOn: text('acknowledged_on').notNull(),
    acknowledgedBy: integer('acknowledged_by').notNull(),
    actId: integer('act_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.handoverId, table.version, table.side] })],
);

/** The minutes as a paper, final. */
export const handoverIssues = sqliteTable('handover_issues', {
  handoverId: integer('handover_id').primaryKey(),
  version: integer().notNull(),
  issuedOn: text('issued_on').notNull(),
  issuedBy: integer('issued_by').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});

export const handoverWithdrawals = sqliteTable('handover_withdrawals', {
  handoverId: integer('handover_id').primaryKey(),
  reason: text().notNull(),
  withdrawnOn: text('withdrawn_on').notNull(),
  withdrawnBy: integer('withdrawn_by').notNull(),
  actId: integer('act_id').notNull(),
});
