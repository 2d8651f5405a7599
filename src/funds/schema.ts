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
