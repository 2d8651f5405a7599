/** The tables of the yearly financial plan (B-79), as migrations/0032_bank.sql made them. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';
export const PLAN_STEPS = ['proposed', 'returned', 'approved'] as const;
export type PlanStep = (typeof PLAN_STEPS)[number];

export const financialPlans = sqliteTable('financial_plans', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  year: integer().notNull(),
  version: integer().notNull(),
  reason: text(),
  preparedOn: text('prepared_on').notNull(),
  preparedBy: integer('prepared_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const financialPlanLines = sqliteTable(
  'financial_plan_lines',
  {
    planId: integer('plan_id').notNull(),
    position: integer().notNull(),
    account: text().notNull(),
    fund: text().notNull(),
    goal: text(),
    words: text().notNull(),
    amountRial: integer('amount_rial').notNull(),
  },
  (table) => [primaryKey({ columns: [table.planId, table.position] })],
);

export const financialPlanSteps = sqliteTable('financial_plan_steps', {
  id: integer().primaryKey(),
  planId: integer('plan_id').notNull(),
  step: text({ enum: PLAN_STEPS }).notNull(),
  minutesNumber: text('minutes_number'),
  minutesOn: text('minutes_on'),
  reason: text(),
  paperId: integer('paper_id'),
  takenOn: text('taken_on').notNull(),
  takenBy: integer('taken_by').notNull(),
  actId: integer('act_id').notNull(),
});
