/** The reports of a section that were issued as papers; all final. */
import { integer, sqliteTable, text } from '../provinces/drizzle.ts';
import { SECTIONS } from './section-report-kinds.ts';

export const sectionReports = sqliteTable('section_reports', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  section: text({ enum: SECTIONS }).notNull(),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  issuedOn: text('issued_on').notNull(),
  issuedBy: integer('issued_by').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});
