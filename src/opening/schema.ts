/** What stands before the first licence and after it: seats, premises, equipment, seal, training. */
import { blob, integer, sqliteTable, text } from '../provinces/drizzle.ts';

/** B-33: whom the committee thinks of for a core seat; the latest for a seat counts. */
export const seatProposals = sqliteTable('seat_proposals', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  seat: text().notNull(),
  personId: integer('person_id').notNull(),
  proposedOn: text('proposed_on').notNull(),
  proposedBy: integer('proposed_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-114: the office, lent free of charge by its owner's letter, in versions. */
export const premises = sqliteTable('premises', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  version: integer().notNull(),
  kind: text().notNull(),
  owner: text().notNull(),
  address: text().notNull(),
  letterNumber: text('letter_number').notNull(),
  letterOn: text('letter_on').notNull(),
  isFree: integer('is_free').notNull(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-115: one piece of equipment under its asset number. */
export const equipment = sqliteTable('equipment', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  assetNumber: text('asset_number').notNull(),
  kind: text().notNull(),
  name: text(),
  givenBy: text('given_by'),
  receivedOn: text('received_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** What became of a piece; the latest counts. */
export const equipmentStates = sqliteTable('equipment_states', {
  id: integer().primaryKey(),
  equipmentId: integer('equipment_id').notNull(),
  state: text().notNull(),
  sinceOn: text('since_on').notNull(),
  reason: text().notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-117: the official seal, made after the activity code by the committee's pattern. */
export const seals = sqliteTable('seals', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  madeOn: text('made_on').notNull(),
  patternNumber: text('pattern_number').notNull(),
  patternOn: text('pattern_on').notNull(),
  keeperSeat: text('keeper_seat').notNull(),
  image: blob(),
  imageType: text('image_type'),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** A seal that was withdrawn or lost. */
export const sealEndings = sqliteTable('seal_endings', {
  sealId: integer('seal_id').primaryKey(),
  how: text().notNull(),
  endedOn: text('ended_on').notNull(),
  reason: text().notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-121: what the committee taught a person of the centre. */
export const trainings = sqliteTable('trainings', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  personId: integer('person_id').notNull(),
  subject: text().notNull(),
  trainedOn: text('trained_on').notNull(),
  hours: integer().notNull(),
  trainer: text().notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** What a training was since a correction, or that there was none; the latest counts. */
export const trainingCorrections = sqliteTable('training_corrections', {
  id: integer().primaryKey(),
  trainingId: integer('training_id').notNull(),
  subject: text().notNull(),
  trainedOn: text('trained_on').notNull(),
  hours: integer().notNull(),
  trainer: text().notNull(),
  isWithdrawn: integer('is_withdrawn').notNull(),
  reason: text().notNull(),
  correctedOn: text('corrected_on').notNull(),
  correctedBy: integer('corrected_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-121: whether untrained users practise, from a day on. */
export const practiceRules = sqliteTable('practice_rules', {
  id: integer().primaryKey(),
  fromOn: text('from_on').notNull(),
  untrainedPractise: integer('untrained_practise').notNull(),
  setBy: integer('set_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** A user goes into practice mode or out of it; the latest counts. */
export const practiceTurns = sqliteTable('practice_turns', {
  id: integer().primaryKey(),
  userId: integer('user_id').notNull(),
  practises: integer().notNull(),
  actId: integer('act_id').notNull(),
});
