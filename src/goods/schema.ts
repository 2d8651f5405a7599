/** The tables of goods, as migrations/0029_goods.sql made them; quantities in thousandths of a unit. */
import { integer, primaryKey, sqliteTable, text } from '../provinces/drizzle.ts';

export const UNITS = [
  ...(['kg', 'gram', 'litre', 'piece', 'box', 'set', 'pair', 'metre', 'pack'] as const),
] as const;
export type Unit = (typeof UNITS)[number];

export const CONDITIONS = ['new', 'used', 'perishable'] as const;
export type Condition = (typeof CONDITIONS)[number];

export const ORIGINS = ['gift', 'purchase', 'count', 'opening', 'intention'] as const;
export type Origin = (typeof ORIGINS)[number];

export const MOVE_KINDS = [
  ...(['received', 'bought', 'found', 'opening', 'refused', 'appraised', 'issued'] as const),
  ...(['returned', 'wasted', 'sent', 'arrived', 'counted', 'sold', 'cancelled'] as const),
  ...(['reassigned', 'assigned'] as const),
] as const;
export type MoveKind = (typeof MOVE_KINDS)[number];

export const BASES = [
  ...(['invoice', 'market-price', 'expert', 'similar-goods', 'donor-statement'] as const),
] as const;
export type Basis = (typeof BASES)[number];

/** A kind of thing that the centre keeps. */
export const items = sqliteTable('items', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  name: text().notNull(),
  nameSearch: text('name_search').notNull(),
  unit: text({ enum: UNITS }).notNull(),
  /** The store account it is booked to, 1301 to 1306. */
  account: text().notNull(),
  lowMilli: integer('low_milli'),
  actId: integer('act_id').notNull(),
});

export const stores = sqliteTable('stores', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  name: text().notNull(),
  place: text(),
  keeper: text(),
  openedOn: text('opened_on').notNull(),
  actId: integer('act_id').notNull(),
});

export const storeClosings = sqliteTable('store_closings', {
  storeId: integer('store_id').primaryKey(),
  reason: text().notNull(),
  closedOn: text('closed_on').notNull(),
  actId: integer('act_id').notNull(),
});

/** What came in together: one item, one intention, one day until which it is good. */
export const lots = sqliteTable('lots', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  number: integer().notNull(),
  itemId: integer('item_id').notNull(),
  fund: text().notNull(),
  origin: text({ enum: ORIGINS }).notNull(),
  donationId: integer('donation_id'),
  position: integer(),
  condition: text({ enum: CONDITIONS }).notNull(),
  expiresOn: text('expires_on'),
  receivedOn: text('received_on').notNull(),
  actId: integer('act_id').notNull(),
});

export const lotInspections = sqliteTable('lot_inspections', {
  lotId: integer('lot_id').primaryKey(),
  result: text({ enum: ['accepted', 'accepted-in-part', 'refused'] }).notNull(),
  refusedMilli: integer('refused_milli').notNull(),
  reason: text(),
  inspectedOn: text('inspected_on').notNull(),
  inspectedBy: integer('inspected_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** What somebody proposes a lot is worth, in rials for all of it. */
export const lotAppraisals = sqliteTable('lot_appraisals', {
  id: integer().primaryKey(),
  lotId: integer('lot_id').notNull(),
  valueRial: integer('value_rial').notNull(),
  basis: text({ enum: BASES }).notNull(),
  note: text(),
  proposedOn: text('proposed_on').notNull(),
  proposedBy: integer('proposed_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The second signature: agreed, or sent back with a reason. */
export const lotAppraisalAnswers = sqliteTable('lot_appraisal_answers', {
  appraisalId: integer('appraisal_id').primaryKey(),
  agreed: integer({ mode: 'boolean' }).notNull(),
  reason: text(),
  answeredOn: text('answered_on').notNull(),
  answeredBy: integer('answered_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** What moved: in with a plus, out with a minus, in quantity and in rials. Final. */
export const stockMoves = sqliteTable('stock_moves', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  lotId: integer('lot_id').notNull(),
  storeId: integer('store_id').notNull(),
  kind: text({ enum: MOVE_KINDS }).notNull(),
  quantityMilli: integer('quantity_milli').notNull(),
  valueRial: integer('value_rial').notNull(),
  movedOn: text('moved_on').notNull(),
  subject: text().notNull(),
  reason: text(),
  entryId: integer('entry_id'),
  movedBy: integer('moved_by').notNull(),
  movedAt: text('moved_at').notNull(),
  actId: integer('act_id').notNull(),
});

/** What each lot has in each store, kept by trigger. */
export const stock = sqliteTable(
  'stock',
  {
    lotId: integer('lot_id').notNull(),
    storeId: integer('store_id').notNull(),
    centreId: integer('centre_id').notNull(),
    quantityMilli: integer('quantity_milli').notNull(),
    valueRial: integer('value_rial').notNull(),
  },
  (table) => [primaryKey({ columns: [table.lotId, table.storeId] })],
);

/** What an item has in a store and fund, kept by trigger. */
export const stockSums = sqliteTable(
  'stock_sums',
  {
    centreId: integer('centre_id').notNull(),
    itemId: integer('item_id').notNull(),
    storeId: integer('store_id').notNull(),
    fund: text().notNull(),
    quantityMilli: integer('quantity_milli').notNull(),
    valueRial: integer('value_rial').notNull(),
  },
  (table) => [primaryKey({ columns: [table.centreId, table.itemId, table.storeId, table.fund] })],
);

/** So much of a lot is promised to a deed. */
export const allocations = sqliteTable('allocations', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  lotId: integer('lot_id').notNull(),
  storeId: integer('store_id').notNull(),
  quantityMilli: integer('quantity_milli').notNull(),
  subject: text().notNull(),
  actId: integer('act_id').notNull(),
});

export const allocationEnds = sqliteTable('allocation_ends', {
  allocationId: integer('allocation_id').primaryKey(),
  actId: integer('act_id').notNull(),
});

export const kits = sqliteTable('kits', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  name: text().notNull(),
  fromOn: text('from_on').notNull(),
  actId: integer('act_id').notNull(),
});

export const kitItems = sqliteTable(
  'kit_items',
  {
    kitId: integer('kit_id').notNull(),
    itemId: integer('item_id').notNull(),
    quantityMilli: integer('quantity_milli').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kitId, table.itemId] })],
);

export const kitEnds = sqliteTable('kit_ends', {
  kitId: integer('kit_id').primaryKey(),
  endedOn: text('ended_on').notNull(),
  actId: integer('act_id').notNull(),
});

/** Why goods are written off. */
export const CAUSES = [
  ...(['expired', 'spoiled', 'broken', 'lost', 'stolen', 'vermin', 'other'] as const),
] as const;
export type Cause = (typeof CAUSES)[number];

/** Goods that somebody promised to bring. */
export const announcements = sqliteTable('announcements', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  donorId: integer('donor_id'),
  fund: text().notNull(),
  expectedOn: text('expected_on'),
  note: text(),
  announcedOn: text('announced_on').notNull(),
  actId: integer('act_id').notNull(),
});

export const announcementItems = sqliteTable(
  'announcement_items',
  {
    announcementId: integer('announcement_id').notNull(),
    position: integer().notNull(),
    name: text().notNull(),
    nameSearch: text('name_search').notNull(),
    unit: text({ enum: UNITS }).notNull(),
    quantityMilli: integer('quantity_milli').notNull(),
  },
  (table) => [primaryKey({ columns: [table.announcementId, table.position] })],
);

export const announcementGifts = sqliteTable('announcement_gifts', {
  donationId: integer('donation_id').primaryKey(),
  announcementId: integer('announcement_id').notNull(),
  actId: integer('act_id').notNull(),
});

export const announcementEnds = sqliteTable('announcement_ends', {
  announcementId: integer('announcement_id').primaryKey(),
  ending: text({ enum: ['settled', 'withdrawn'] }).notNull(),
  reason: text(),
  endedOn: text('ended_on').notNull(),
  actId: integer('act_id').notNull(),
});

/** Up to how many rials of a day one signature writes off. */
export const wasteLimits = sqliteTable('waste_limits', {
  id: integer().primaryKey(),
  fromOn: text('from_on').notNull(),
  valueRial: integer('value_rial').notNull(),
  actId: integer('act_id'),
});

export const wastes = sqliteTable('wastes', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  lotId: integer('lot_id').notNull(),
  storeId: integer('store_id').notNull(),
  quantityMilli: integer('quantity_milli').notNull(),
  cause: text({ enum: CAUSES }).notNull(),
  words: text(),
  proposedOn: text('proposed_on').notNull(),
  proposedBy: integer('proposed_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const wasteAnswers = sqliteTable('waste_answers', {
  wasteId: integer('waste_id').primaryKey(),
  agreed: integer({ mode: 'boolean' }).notNull(),
  reason: text(),
  answeredOn: text('answered_on').notNull(),
  answeredBy: integer('answered_by').notNull(),
  actId: integer('act_id').notNull(),
});

/** The committee's leave to sell so much of an item. */
export const salePermissions = sqliteTable('sale_permissions', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  number: text().notNull(),
  decidedOn: text('decided_on').notNull(),
  untilOn: text('until_on').notNull(),
  itemId: integer('item_id').notNull(),
  quantityMilli: integer('quantity_milli').notNull(),
  reason: text().notNull(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const sales = sqliteTable('sales', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  permissionId: integer('permission_id').notNull(),
  lotId: integer('lot_id').notNull(),
  storeId: integer('store_id').notNull(),
  quantityMilli: integer('quantity_milli').notNull(),
  priceRial: integer('price_rial').notNull(),
  account: text().notNull(),
  buyer: text().notNull(),
  soldOn: text('sold_on').notNull(),
  soldBy: integer('sold_by').notNull(),
  entryId: integer('entry_id').notNull(),
  actId: integer('act_id').notNull(),
});
