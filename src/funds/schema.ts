/** The tables of intentions and their rules, as migrations/0004 and 0026 made them. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

export const RESTRICTIONS = ['free', 'restricted', 'held'] as const;
export type Restriction = (typeof RESTRICTIONS)[number];

export const REACTIONS = ['block', 'warn', 'allow'] as const;
export type Reaction = (typeof REACTIONS)[number];

/** A fund: its code and account for ever, its words as the newest version has them. */
export const funds = sqliteTable('funds', {
  code: text().primaryKey(),
  nameFa: text('name_fa').notNull(),
  nameEn: text('name_en').notNull(),
  restriction: text({ enum: RESTRICTIONS }).notNull(),
  account: text().notNull(),
  hintFa: text('hint_fa').notNull(),
  hintEn: text('hint_en').notNull(),
  position: integer().notNull(),
  rules: text().notNull(),
});

/** What a fund is called and demands from an ISO day on; final. */
export const fundVersions = sqliteTable('fund_versions', {
  id: integer().primaryKey(),
  fund: text().notNull(),
  version: integer().notNull(),
  fromOn: text('from_on').notNull(),
  nameFa: text('name_fa').notNull(),
  nameEn: text('name_en').notNull(),
  hintFa: text('hint_fa').notNull(),
  hintEn: text('hint_en').notNull(),
  marja: text(),
  takesGifts: integer('takes_gifts', { mode: 'boolean' }).notNull(),
  reason: text(),
  actId: integer('act_id'),
});

export const fundRules = sqliteTable(
  'fund_rules',
  {
    versionId: integer('version_id').notNull(),
    position: integer().notNull(),
    rule: text().notNull(),
    reaction: text({ enum: REACTIONS }).notNull(),
    mayOverride: integer('may_override', { mode: 'boolean' }).notNull(),
    wordsFa: text('words_fa').notNull(),
    wordsEn: text('words_en').notNull(),
    source: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.versionId, table.position] })],
);

/** The accounts that the money and goods of a version may be spent on. */
export const fundUses = sqliteTable(
  'fund_uses',
  { versionId: integer('version_id').notNull(), account: text().notNull() },
  (table) => [primaryKey({ columns: [table.versionId, table.account] })],
);

/** One case that the chair let pass a rule, with his reason and a document; final. */
export const fundOverrides = sqliteTable('fund_overrides', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  fund: text().notNull(),
  rule: text().notNull(),
  /** The deed it is for: `entries/12`, `payments/3`. */
  subject: text().notNull(),
  reason: text().notNull(),
  document: text().notNull(),
  madeOn: text('made_on').notNull(),
  madeBy: integer('made_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The day of Eid al-Fitr as it was announced; the newest row of a lunar year holds. */
export const eidDays = sqliteTable('eid_days', {
  id: integer().primaryKey(),
  lunarYear: integer('lunar_year').notNull(),
  eidOn: text('eid_on').notNull(),
  source: text().notNull(),
  actId: integer('act_id').notNull(),
});

/** A leave in writing to spend what needs one, up to so many rials, between two ISO days; final. */
export const fundPermissions = sqliteTable('fund_permissions', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  fund: text().notNull(),
  givenBy: text('given_by').notNull(),
  number: text().notNull(),
  ceilingRial: integer('ceiling_rial').notNull(),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  document: text().notNull(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const permissionUses = sqliteTable(
  'permission_uses',
  { permissionId: integer('permission_id').notNull(), account: text().notNull() },
  (table) => [primaryKey({ columns: [table.permissionId, table.account] })],
);

export const permissionEndings = sqliteTable('permission_endings', {
  permissionId: integer('permission_id').primaryKey(),
  endedOn: text('ended_on').notNull(),
  reason: text().notNull(),
  endedBy: integer('ended_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** What an entry spends under a leave. */
export const permissionSpendings = sqliteTable(
  'permission_spendings',
  {
    entryId: integer('entry_id').notNull(),
    permissionId: integer('permission_id').notNull(),
    amountRial: integer('amount_rial').notNull(),
  },
  (table) => [primaryKey({ columns: [table.entryId, table.permissionId] })],
);

export const WAYS = ['consent', 'nearest'] as const;
export const CONSENTS = ['writing', 'speech', 'message'] as const;

/** Money of a gift that goes to another purpose than it was given for; final. */
export const intentionChanges = sqliteTable('intention_changes', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  donationId: integer('donation_id').notNull(),
  fromFund: text('from_fund').notNull(),
  toFund: text('to_fund').notNull(),
  amountRial: integer('amount_rial').notNull(),
  account: text().notNull(),
  way: text({ enum: WAYS }).notNull(),
  consent: text({ enum: CONSENTS }),
  consentedOn: text('consented_on'),
  reason: text().notNull(),
  changedOn: text('changed_on').notNull(),
  changedBy: integer('changed_by').notNull(),
  entryId: integer('entry_id').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});
