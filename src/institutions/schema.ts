/** Institutions a centre works with, what was spoken and agreed; and what was handed over to it. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';
import { INSTITUTION_KINDS } from './institutions.ts';

/** B-25, B-74: one body of the directory; its particulars stand in its versions. */
export const institutions = sqliteTable('institutions', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  actId: integer('act_id').notNull(),
});

export const institutionVersions = sqliteTable(
  'institution_versions',
  {
    institutionId: integer('institution_id').notNull(),
    version: integer().notNull(),
    name: text().notNull(),
    nameSearch: text('name_search').notNull(),
    nameSort: text('name_sort').notNull(),
    kind: text({ enum: INSTITUTION_KINDS }).notNull(),
    offers: text().notNull(),
    contactName: text('contact_name'),
    phone: text(),
    address: text(),
    isActive: integer('is_active').notNull(),
    actId: integer('act_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.institutionId, table.version] })],
);

/** B-25: what was spoken, and when again. Final. */
export const institutionContacts = sqliteTable('institution_contacts', {
  id: integer().primaryKey(),
  institutionId: integer('institution_id').notNull(),
  spokeOn: text('spoke_on').notNull(),
  subject: text().notNull(),
  outcome: text(),
  againOn: text('again_on'),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-74: a memorandum with an institution. Final. */
export const agreements = sqliteTable('agreements', {
  id: integer().primaryKey(),
  institutionId: integer('institution_id').notNull(),
  number: text().notNull(),
  subject: text().notNull(),
  signedOn: text('signed_on').notNull(),
  toOn: text('to_on'),
  actId: integer('act_id').notNull(),
});

export const agreementEndings = sqliteTable('agreement_endings', {
  agreementId: integer('agreement_id').primaryKey(),
  endedOn: text('ended_on').notNull(),
  reason: text().notNull(),
  actId: integer('act_id').notNull(),
});

/** B-22: what the committee handed over, by letter. Final. */
export const delegations = sqliteTable('delegations', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  subject: text().notNull(),
  letterNumber: text('letter_number').notNull(),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on'),
  seat: text().notNull(),
  delegatedBy: integer('delegated_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const delegationEndings = sqliteTable('delegation_endings', {
  delegationId: integer('delegation_id').primaryKey(),
  endedOn: text('ended_on').notNull(),
  reason: text().notNull(),
  actId: integer('act_id').notNull(),
});
