/** Persons and their clearances; decrees and what became of each. */

import { SEATS } from '../access/powers.ts';
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

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
  correctedActId: integer('corrected_act_id'),
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

/** B-34: why the board adds an optional seat, and in which field. */
export const decreeNeeds = sqliteTable('decree_needs', {
  decreeId: integer('decree_id').primaryKey(),
  reason: text().notNull(),
  field: text().notNull(),
  actId: integer('act_id').notNull(),
});

/** B-130: the chair's request for coordination, by letter; older ones have no letter. */
export const decreeRequests = sqliteTable('decree_requests', {
  decreeId: integer('decree_id').primaryKey(),
  requestedOn: text('requested_on').notNull(),
  requestedBy: integer('requested_by').notNull(),
  issuerDecreeId: integer('issuer_decree_id'),
  paperId: integer('paper_id'),
  actId: integer('act_id').notNull(),
});

/** The letter in which the committee answered a request for coordination. */
export const coordinationLetters = sqliteTable('coordination_letters', {
  decreeId: integer('decree_id').primaryKey(),
  paperId: integer('paper_id').notNull(),
});

/** B-61: days on which the vice-chair acts for the chair. */
export const absences = sqliteTable('absences', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  chairDecreeId: integer('chair_decree_id').notNull(),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  reason: text().notNull(),
  declaredOn: text('declared_on').notNull(),
  declaredBy: integer('declared_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** An absence that ended before its last day; from ended_on on nobody acts. */
export const absenceEndings = sqliteTable('absence_endings', {
  absenceId: integer('absence_id').primaryKey(),
  endedOn: text('ended_on').notNull(),
  endedBy: integer('ended_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const CHANGE_KINDS = ['replace', 'end', 'fill'] as const;

/** B-93, B-131: the chair asks to change who holds a seat. */
export const changeRequests = sqliteTable('change_requests', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  kind: text({ enum: CHANGE_KINDS }).notNull(),
  decreeId: integer('decree_id').notNull(),
  personId: integer('person_id'),
  reason: text().notNull(),
  requestedOn: text('requested_on').notNull(),
  requestedBy: integer('requested_by').notNull(),
  issuerDecreeId: integer('issuer_decree_id').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});

/** The committee's opinion of a change, once. */
export const changeAnswers = sqliteTable('change_answers', {
  requestId: integer('request_id').primaryKey(),
  answer: text({ enum: ['agreed', 'refused'] }).notNull(),
  number: text().notNull(),
  decidedOn: text('decided_on').notNull(),
  decidedBy: integer('decided_by').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});

/** A request for a change that was taken back before it was answered. */
export const changeWithdrawals = sqliteTable('change_withdrawals', {
  requestId: integer('request_id').primaryKey(),
  withdrawnOn: text('withdrawn_on').notNull(),
  reason: text().notNull(),
  withdrawnBy: integer('withdrawn_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-27, B-82 to B-91: how the person of a proposal was introduced. */
export const nominations = sqliteTable('nominations', {
  decreeId: integer('decree_id').primaryKey(),
  introducer: text().notNull(),
  standing: text().notNull(),
  represents: text(),
  refereeOne: text('referee_one').notNull(),
  refereeTwo: text('referee_two').notNull(),
  plan: text().notNull(),
  lines: text().notNull(),
  birthYear: integer('birth_year'),
  isVoluntary: integer('is_voluntary').notNull(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const MEMBER_PAPERS = [
  'identity',
  'photo',
  'nomination',
  'undertaking',
  'reference',
] as const;

/** B-64: a paper that was laid in a member's file. */
export const memberPapers = sqliteTable('member_papers', {
  centreId: integer('centre_id').notNull(),
  personId: integer('person_id').notNull(),
  kind: text({ enum: MEMBER_PAPERS }).notNull(),
  receivedOn: text('received_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-17: a person as a further county knows him, by what was typed there. */
export const countyPersons = sqliteTable('county_persons', {
  personId: integer('person_id').notNull(),
  countyId: integer('county_id').notNull(),
  name: text().notNull(),
  nameSearch: text('name_search').notNull(),
  nameSort: text('name_sort').notNull(),
  gender: text({ enum: ['man', 'woman'] }).notNull(),
  isCleric: integer('is_cleric').notNull(),
  mobile: text(),
  actId: integer('act_id').notNull(),
  correctedActId: integer('corrected_act_id'),
});

/** What passes from one holder of a seat to the next. */
export const HANDOVER_SIDES = ['giver', 'taker'] as const;

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
    side: text({ enum: HANDOVER_SIDES }).notNull(),
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
