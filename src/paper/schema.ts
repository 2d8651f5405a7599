/** Papers as issued, and their prints. */
import { blob, integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';
import { PAPER_KINDS } from './papers.ts';

/** What a paper says, its hash and its code. Final. */
export const papers = sqliteTable('papers', {
  id: integer('id').primaryKey(),
  centreId: integer('centre_id').notNull(),
  kind: text('kind', { enum: PAPER_KINDS }).notNull(),
  number: text('number').notNull(),
  issuedOn: text('issued_on').notNull(),
  code: text('code').notNull(),
  content: text('content').notNull(),
  sha256: blob('sha256', { mode: 'buffer' }).notNull(),
  actId: integer('act_id').notNull(),
});

/** One printing; the first of each form keeps its bytes. Final. */
export const paperPrints = sqliteTable(
  'paper_prints',
  {
    paperId: integer('paper_id').notNull(),
    form: text('form', { enum: ['a3', 'a4', 'a5', 'slip'] }).notNull(),
    nth: integer('nth').notNull(),
    printedAt: text('printed_at').notNull(),
    printedBy: integer('printed_by').notNull(),
    pdf: blob('pdf', { mode: 'buffer' }),
    sha256: blob('sha256', { mode: 'buffer' }),
  },
  (table) => [primaryKey({ columns: [table.paperId, table.form, table.nth] })],
);

/** An official letter: its place in the centre's series of letters, and its paper. Final. */
export const issuedLetters = sqliteTable('issued_letters', {
  id: integer('id').primaryKey(),
  centreId: integer('centre_id').notNull(),
  kind: text('kind').notNull(),
  head: text('head', { enum: ['committee', 'centre'] }).notNull(),
  year: integer('year').notNull(),
  number: integer('number').notNull(),
  issuedOn: text('issued_on').notNull(),
  issuedBy: integer('issued_by').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});
