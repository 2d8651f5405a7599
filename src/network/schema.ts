/** What is in the area, its survey, its six specialised networks and their referrals. */
import { integer, primaryKey, real, sqliteTable, text } from '../provinces/drizzle.ts';

/** B-138: something in the area that can be put to use. */
export const capacities = sqliteTable('capacities', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  kind: text().notNull(),
  title: text().notNull(),
  titleSearch: text('title_search').notNull(),
  titleSort: text('title_sort').notNull(),
  isHidden: integer('is_hidden').notNull(),
  use: text().notNull(),
  place: text().notNull(),
  lon: real(),
  lat: real(),
  ownerName: text('owner_name'),
  ownerMobile: text('owner_mobile'),
  note: text(),
  foundOn: text('found_on').notNull(),
  state: text().notNull(),
  isOpen: integer('is_open').notNull(),
  nextStep: text('next_step'),
  followedBy: text('followed_by'),
  actId: integer('act_id').notNull(),
  placeSearch: text('place_search'),
});

/** What a capacity is from this step on. */
export const capacitySteps = sqliteTable('capacity_steps', {
  id: integer().primaryKey(),
  capacityId: integer('capacity_id').notNull(),
  takenOn: text('taken_on').notNull(),
  state: text().notNull(),
  isOpen: integer('is_open').notNull(),
  nextStep: text('next_step'),
  followedBy: text('followed_by'),
  note: text(),
  takenBy: integer('taken_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-139: a version of the survey of the area; a draft until it is approved. */
export const surveys = sqliteTable('surveys', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  version: integer().notNull(),
  draftedOn: text('drafted_on').notNull(),
  draftedBy: integer('drafted_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** One line in one of a survey's four boxes. */
export const surveyPoints = sqliteTable('survey_points', {
  id: integer().primaryKey(),
  surveyId: integer('survey_id').notNull(),
  box: text().notNull(),
  seenOn: text('seen_on').notNull(),
  text: text().notNull(),
  weight: integer().notNull(),
  place: text(),
  lon: real(),
  lat: real(),
  actId: integer('act_id').notNull(),
});

/** The board's approval of a survey, with its sheet. */
export const surveyApprovals = sqliteTable('survey_approvals', {
  surveyId: integer('survey_id').primaryKey(),
  approvedOn: text('approved_on').notNull(),
  approvedBy: integer('approved_by').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-142: the six networks that every centre has. */
export const specialisedNetworks = sqliteTable(
  'specialised_networks',
  { centreId: integer('centre_id').notNull(), kind: text().notNull() },
  (table) => [primaryKey({ columns: [table.centreId, table.kind] })],
);

/** Who heads a network from a day on; the last row counts. */
export const networkHeads = sqliteTable('network_heads', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  network: text().notNull(),
  volunteerId: integer('volunteer_id'),
  personId: integer('person_id'),
  fromOn: text('from_on').notNull(),
  actId: integer('act_id').notNull(),
});

/** A volunteer, a benefactor or an institution in a network. */
export const networkMembers = sqliteTable('network_members', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  network: text().notNull(),
  volunteerId: integer('volunteer_id'),
  donorId: integer('donor_id'),
  institution: text(),
  joinedOn: text('joined_on').notNull(),
  actId: integer('act_id').notNull(),
});

export const networkMemberLeavings = sqliteTable('network_member_leavings', {
  memberId: integer('member_id').primaryKey(),
  leftOn: text('left_on').notNull(),
  actId: integer('act_id').notNull(),
});

/** A meeting of a network and what it resolved. */
export const networkMeetings = sqliteTable('network_meetings', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  network: text().notNull(),
  metOn: text('met_on').notNull(),
  kind: text().notNull(),
  subject: text().notNull(),
  present: integer(),
  resolutions: text(),
  declaresNoPolitics: integer('declares_no_politics').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** What is asked of a network for somebody who is never named. */
export const referrals = sqliteTable('referrals', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  network: text().notNull(),
  year: integer().notNull(),
  number: integer().notNull(),
  need: text().notNull(),
  asked: text().notNull(),
  source: text().notNull(),
  householdCode: text('household_code'),
  askedOn: text('asked_on').notNull(),
  dueOn: text('due_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** What became of a referral. */
export const referralSteps = sqliteTable(
  'referral_steps',
  {
    referralId: integer('referral_id').notNull(),
    state: text().notNull(),
    takenOn: text('taken_on').notNull(),
    note: text(),
    takenBy: integer('taken_by').notNull(),
    actId: integer('act_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.referralId, table.state] })],
);
