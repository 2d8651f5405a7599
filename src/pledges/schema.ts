/** Promises of donors and the gifts that keep them; the committee's ten per cent. */
import { integer, sqliteTable, text } from '../provinces/drizzle.ts';

export const REPEATS = ['once', 'monthly', 'yearly'] as const;
export type Repeats = (typeof REPEATS)[number];

export const pledges = sqliteTable('pledges', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  number: integer().notNull(),
  donorId: integer('donor_id').notNull(),
  fund: text().notNull(),
  amountRial: integer('amount_rial'),
  goods: text(),
  repeats: text().notNull(),
  firstOn: text('first_on').notNull(),
  lastOn: text('last_on'),
  sponsoredCode: text('sponsored_code'),
  madeOn: text('made_on').notNull(),
  madeBy: integer('made_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const pledgeEnds = sqliteTable('pledge_ends', {
  pledgeId: integer('pledge_id').primaryKey(),
  reason: text().notNull(),
  endedOn: text('ended_on').notNull(),
  endedBy: integer('ended_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const pledgeGifts = sqliteTable('pledge_gifts', {
  donationId: integer('donation_id').primaryKey(),
  pledgeId: integer('pledge_id').notNull(),
  actId: integer('act_id').notNull(),
});

export const REMINDER_WAYS = ['slip', 'sms', 'call'] as const;
export type ReminderWay = (typeof REMINDER_WAYS)[number];

export const pledgeReminders = sqliteTable('pledge_reminders', {
  id: integer().primaryKey(),
  pledgeId: integer('pledge_id').notNull(),
  dueOn: text('due_on').notNull(),
  remindedOn: text('reminded_on').notNull(),
  way: text({ enum: REMINDER_WAYS }).notNull(),
  words: text().notNull(),
  remindedBy: integer('reminded_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const committeeRates = sqliteTable('committee_rates', {
  id: integer().primaryKey(),
  fromOn: text('from_on').notNull(),
  rateBp: integer('rate_bp').notNull(),
  source: text().notNull(),
  actId: integer('act_id'),
});

export const committeeGifts = sqliteTable('committee_gifts', {
  donationId: integer('donation_id').primaryKey(),
  letterNumber: text('letter_number').notNull(),
  letterOn: text('letter_on').notNull(),
  actId: integer('act_id').notNull(),
});
