/** Collection boxes, their rounds, and what was counted of them. */
import { integer, primaryKey, real, sqliteTable, text } from '../provinces/drizzle.ts';

export const denominations = sqliteTable('denominations', {
  id: integer().primaryKey(),
  faceRial: integer('face_rial').notNull(),
  form: text().notNull(),
  fromOn: text('from_on').notNull(),
  counts: integer().notNull(),
  actId: integer('act_id'),
});

export const BOX_KINDS = [
  ...(['shop', 'home', 'office', 'school', 'street', 'prayer-place', 'event', 'other'] as const),
] as const;
export type BoxKind = (typeof BOX_KINDS)[number];
export const BOX_EVENTS = ['installed', 'moved', 'kept', 'withdrawn'] as const;
export type BoxEventKind = (typeof BOX_EVENTS)[number];
export const KEEPER_KINDS = ['person', 'shop'] as const;
export const FORMS = ['note', 'coin'] as const;
export type Form = (typeof FORMS)[number];

export const boxes = sqliteTable('boxes', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  number: integer().notNull(),
  kind: text().notNull(),
  fund: text().notNull(),
  registeredOn: text('registered_on').notNull(),
  registeredBy: integer('registered_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const boxEvents = sqliteTable('box_events', {
  id: integer().primaryKey(),
  boxId: integer('box_id').notNull(),
  event: text().notNull(),
  happenedOn: text('happened_on').notNull(),
  place: text(),
  lat: real(),
  lon: real(),
  inside: integer(),
  permitId: integer('permit_id'),
  keeperKind: text('keeper_kind'),
  keeperName: text('keeper_name'),
  keeperMobile: text('keeper_mobile'),
  reason: text(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const boxRounds = sqliteTable('box_rounds', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  number: integer().notNull(),
  roundOn: text('round_on').notNull(),
  firstKey: text('first_key').notNull(),
  firstName: text('first_name').notNull(),
  secondKey: text('second_key').notNull(),
  secondName: text('second_name').notNull(),
  note: text(),
  plannedOn: text('planned_on').notNull(),
  plannedBy: integer('planned_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const boxRoundStops = sqliteTable(
  'box_round_stops',
  {
    roundId: integer('round_id').notNull(),
    position: integer().notNull(),
    boxId: integer('box_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.roundId, table.position] })],
);

export const boxOpenings = sqliteTable('box_openings', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  boxId: integer('box_id').notNull(),
  roundId: integer('round_id'),
  openedOn: text('opened_on').notNull(),
  firstKey: text('first_key').notNull(),
  firstName: text('first_name').notNull(),
  secondKey: text('second_key').notNull(),
  secondName: text('second_name').notNull(),
  bagNumber: text('bag_number'),
  bagRial: integer('bag_rial'),
  account: text().notNull(),
  fund: text().notNull(),
  totalRial: integer('total_rial').notNull(),
  difference: text(),
  replacesId: integer('replaces_id'),
  reason: text(),
  countedOn: text('counted_on').notNull(),
  countedBy: integer('counted_by').notNull(),
  actId: integer('act_id').notNull(),
  shortRial: integer('short_rial').notNull(),
});

export const boxCountRows = sqliteTable(
  'box_count_rows',
  {
    openingId: integer('opening_id').notNull(),
    faceRial: integer('face_rial').notNull(),
    form: text().notNull(),
    pieces: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.openingId, table.faceRial, table.form] })],
);

export const boxConfirmations = sqliteTable('box_confirmations', {
  openingId: integer('opening_id').primaryKey(),
  totalRial: integer('total_rial').notNull(),
  entryId: integer('entry_id'),
  reversalEntryId: integer('reversal_entry_id'),
  paperId: integer('paper_id').notNull(),
  confirmedOn: text('confirmed_on').notNull(),
  confirmedBy: integer('confirmed_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const boxCountWithdrawals = sqliteTable('box_count_withdrawals', {
  openingId: integer('opening_id').primaryKey(),
  reason: text().notNull(),
  withdrawnOn: text('withdrawn_on').notNull(),
  withdrawnBy: integer('withdrawn_by').notNull(),
  actId: integer('act_id').notNull(),
});

export const boxRemittances = sqliteTable('box_remittances', {
  id: integer().primaryKey(),
  centreId: integer('centre_id').notNull(),
  remittedOn: text('remitted_on').notNull(),
  account: text().notNull(),
  fund: text().notNull(),
  amountRial: integer('amount_rial').notNull(),
  reference: text(),
  entryId: integer('entry_id').notNull(),
  recordedOn: text('recorded_on').notNull(),
  recordedBy: integer('recorded_by').notNull(),
  actId: integer('act_id').notNull(),
  shortRial: integer('short_rial').notNull(),
  explanation: text(),
});
