/** Persons and their clearances; decrees and what became of each. */

import { SEATS } from '../access/powers.ts';
import { integer, sqliteTable, text } from '../provinces/drizzle.ts';

/** A person who is proposed for a seat; known by the national ID. */
export const persons = sqliteTable('persons', {
  id: integer().primaryKey(),
  name: text().notNull(),
  nameSearch: text('name_search').notNull(),
  nameSort: text('name_sort').notNull(),
  nationalId: text('national_id').notNull(),
  gender: text({ enum: ['man', 'woman'] }).notNull(),
  isCleric: integer('is_cleric').notNull(),
  mobile: text(),
  countyId: integer('county_id').notNull(),
  createdAt: text('created_at').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-14: what security and selection each decided about a person; the newest of each kind counts. */
export const clearances = sqliteTable('clearances', {
  id: integer().primaryKey(),
  personId: integer('person_id').notNull(),
  kind: text({ enum: ['security', 'selection'] }).notNull(),
  state: text({ enum: ['approved', 'refused'] }).notNull(),
  number: text().notNull(),
  decidedOn: text('decided_on').notNull(),
  decidedBy: integer('decided_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** A person proposed for a seat; the rows of the tables below say what became of it. */
export const decrees = sqliteTable('decrees', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  personId: integer('person_id').notNull(),
  seat: text({ enum: SEATS }).notNull(),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  draftedOn: text('drafted_on').notNull(),
  draftedBy: integer('drafted_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-130: the committee's answer to the chair's request. */
export const decreeCoordinations = sqliteTable('decree_coordinations', {
  decreeId: integer('decree_id').primaryKey(),
  answer: text({ enum: ['agreed', 'refused'] }).notNull(),
  number: text().notNull(),
  decidedOn: text('decided_on').notNull(),
  decidedBy: integer('decided_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** A decree given out under its number, by the committee or by the chair's own decree. */
export const decreeIssues = sqliteTable('decree_issues', {
  decreeId: integer('decree_id').primaryKey(),
  centreId: integer('centre_id').notNull(),
  year: integer().notNull(),
  number: integer().notNull(),
  issuedOn: text('issued_on').notNull(),
  issuedBy: integer('issued_by').notNull(),
  issuerDecreeId: integer('issuer_decree_id'),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-100, B-101: the holder's declarations, without which no decree has force. */
export const decreeAcceptances = sqliteTable('decree_acceptances', {
  decreeId: integer('decree_id').primaryKey(),
  acceptedOn: text('accepted_on').notNull(),
  declaresNoPolitics: integer('declares_no_politics').notNull(),
  acceptsLiability: integer('accepts_liability').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** A decree that ends before its last day; from ended_on on it has no force. */
export const decreeEndings = sqliteTable('decree_endings', {
  decreeId: integer('decree_id').primaryKey(),
  endedOn: text('ended_on').notNull(),
  reason: text().notNull(),
  endedBy: integer('ended_by').notNull(),
  actId: integer('act_id').notNull(),
});
