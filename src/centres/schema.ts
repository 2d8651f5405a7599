/** Counties and centres, and the steps that make a centre one that may work. */
import { integer, real, sqliteTable, text } from '../provinces/drizzle.ts';

/** A county office of the committee (B-17). */
export const counties = sqliteTable('counties', {
  id: integer().primaryKey(),
  name: text().notNull(),
  nameSort: text('name_sort').notNull(),
});

/** A centre as it was registered; its code, name and county stay. */
export const centres = sqliteTable('centres', {
  id: integer().primaryKey(),
  code: text().notNull(),
  name: text().notNull(),
  nameSearch: text('name_search').notNull(),
  nameSort: text('name_sort').notNull(),
  kind: text({ enum: ['neighbourhood', 'guild', 'specialised'] }).notNull(),
  speciality: text(),
  countyId: integer('county_id').notNull(),
  host: text({
    enum: ['mosque', 'school', 'office', 'firm', 'clinic', 'university', 'other'],
  }).notNull(),
  hostName: text('host_name').notNull(),
  imamName: text('imam_name'),
  imamPhone: text('imam_phone'),
  imamIsChair: integer('imam_is_chair').notNull(),
  place: text().notNull(),
  address: text().notNull(),
  postalCode: text('postal_code'),
  phone: text(),
  lon: real(),
  lat: real(),
  registeredOn: text('registered_on').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-128: the committee's leave to work, for its days, both ends included. */
export const licences = sqliteTable('licences', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  number: text().notNull(),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  issuedBy: integer('issued_by').notNull(),
  actId: integer('act_id').notNull(),
  /** B-109: of the first; of a renewal the decision has it. */
  reason: text(),
});

/** B-117: until it is recorded there is no seal, and papers say so. */
export const activityCodes = sqliteTable('activity_codes', {
  centreId: integer('centre_id').primaryKey(),
  code: text().notNull(),
  recordedOn: text('recorded_on').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-118: the committee's letter that introduces the centre to its bank. */
export const introductions = sqliteTable('introductions', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  year: integer().notNull(),
  number: integer().notNull(),
  issuedOn: text('issued_on').notNull(),
  issuedBy: integer('issued_by').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
  replacesId: integer('replaces_id'),
  reason: text({ enum: ['lost', 'signatories'] }),
});

/** B-118: the one account a centre may have. */
export const bankAccounts = sqliteTable('bank_accounts', {
  centreId: integer('centre_id').primaryKey(),
  bank: text({ enum: ['velayat'] }).notNull(),
  ownerName: text('owner_name').notNull(),
  accountNumber: text('account_number').notNull(),
  iban: text(),
  introductionId: integer('introduction_id').notNull(),
  openedOn: text('opened_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** B-118: the codes by which an IBAN says that it is of another bank. */
export const otherBanks = sqliteTable('other_banks', { code: text().primaryKey() });

/** What a licence says since a correction; the latest counts. */
export const licenceCorrections = sqliteTable('licence_corrections', {
  id: integer().primaryKey(),
  licenceId: integer('licence_id').notNull(),
  number: text().notNull(),
  fromOn: text('from_on').notNull(),
  toOn: text('to_on').notNull(),
  reason: text().notNull(),
  correctedOn: text('corrected_on').notNull(),
  correctedBy: integer('corrected_by').notNull(),
  paperId: integer('paper_id').notNull(),
  actId: integer('act_id').notNull(),
});

export const activityCodeCorrections = sqliteTable('activity_code_corrections', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  code: text().notNull(),
  reason: text().notNull(),
  correctedOn: text('corrected_on').notNull(),
  correctedBy: integer('corrected_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const bankAccountCorrections = sqliteTable('bank_account_corrections', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  accountNumber: text('account_number').notNull(),
  iban: text(),
  openedOn: text('opened_on').notNull(),
  reason: text().notNull(),
  correctedOn: text('corrected_on').notNull(),
  correctedBy: integer('corrected_by').notNull(),
  actId: integer('act_id').notNull(),
});
