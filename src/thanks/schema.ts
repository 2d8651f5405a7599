/** Firms that give, the letters to givers, and the gifts that each letter of thanks names. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

export const firmContacts = sqliteTable('firm_contacts', {
  id: integer().primaryKey(),
  donorId: integer('donor_id').notNull(),
  name: text().notNull(),
  office: text(),
  phone: text(),
  address: text(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const DONOR_LETTERS = ['gift-request', 'thanks'] as const;
export type DonorLetterKind = (typeof DONOR_LETTERS)[number];

export const donorLetters = sqliteTable('donor_letters', {
  paperId: integer('paper_id').primaryKey(),
  donorId: integer('donor_id').notNull(),
  kind: text().notNull(),
  fromOn: text('from_on'),
  toOn: text('to_on'),
  issuedOn: text('issued_on').notNull(),
  issuedBy: integer('issued_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const thankedGifts = sqliteTable(
  'thanked_gifts',
  {
    paperId: integer('paper_id').notNull(),
    donationId: integer('donation_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.paperId, table.donationId] })],
);
