/** Vows: what was vowed with a gift, for whom and by which day; kept once nothing of it is left. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { Centre } from '../centres/centres.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { addDays } from '../values/jalali-date.ts';
import type { Receipt } from './receipts.ts';

export const VOW_FUND = 'vow';

export type Vow = {
  /** What was vowed: a sheep, a meal, so many parcels. */
  object: string;
  /** For whom it was vowed, in words; no name of anybody in need. */
  people?: string | null;
  /** The vowed day. */
  dueOn?: string | null;
};

export const VOW_STATES = ['late', 'near', 'coming', 'open', 'kept'] as const;
export type VowState = (typeof VOW_STATES)[number];

export type VowRow = Required<Vow> & {
  donationId: number;
  year: number;
  number: number;
  receivedOn: string;
  kind: string;
  amountRial: number;
  donorName: string | null;
  mayBeNamed: number | null;
  /** Of its money and of the goods that were given or bought for it. */
  leftRial: number;
  state: VowState;
};

/** So many days ahead the vowed day is reminded of. */
const DAYS_BEFORE = 7;

const LEFT = `(CASE WHEN d.kind IN ('goods', 'service') THEN 0 ELSE coalesce((SELECT sum(rial)
    FROM gift_moves WHERE donation_id = d.id AND fund = '${VOW_FUND}'), 0) END
  + coalesce((SELECT sum(s.value_rial) FROM lot_gifts g JOIN stock s ON s.lot_id = g.lot_id
    WHERE g.donation_id = d.id AND g.fund = '${VOW_FUND}'), 0))`;
const VOWS = `SELECT v.donation_id AS donationId, v.object, v.people, v.due_on AS dueOn, r.year,
    r.number, d.received_on AS receivedOn, d.kind, d.amount_rial AS amountRial,
    o.name AS donorName, o.may_be_named AS mayBeNamed, ${LEFT} AS leftRial
  FROM vows v JOIN donations d ON d.id = v.donation_id JOIN receipts r ON r.donation_id = d.id
  LEFT JOIN donors o ON o.id = d.donor_id
  WHERE d.centre_id = @centreId
    AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id)`;
const STATED = `SELECT *, CASE WHEN leftRial <= 0 THEN 'kept' WHEN dueOn IS NULL THEN 'open'
    WHEN dueOn < @today THEN 'late' WHEN dueOn <= @near THEN 'near' ELSE 'coming' END AS state
  FROM (${VOWS})`;

const statements = prepared(({ $client: client }) => ({
  insert: client.prepare('INSERT INTO vows VALUES (?, ?, ?, ?, ?)'),
  one: client.prepare('SELECT object, people, due_on AS dueOn FROM vows WHERE donation_id = ?'),
  list: client.prepare(
    `SELECT * FROM (${STATED}) WHERE @state IS NULL OR state = @state
     ORDER BY dueOn IS NULL, dueOn, donationId LIMIT @limit OFFSET @offset`,
  ),
  count: client
    .prepare(`SELECT count(*) FROM (${STATED}) WHERE @state IS NULL OR state = @state`)
    .pluck(),
  sums: client.prepare(
    `SELECT state, count(*) AS number, sum(leftRial) AS rial, min(dueOn) AS day
     FROM (${STATED}) WHERE state IN ('late', 'near') GROUP BY state`,
  ),
}));

const asked = (centreId: number, today: string, state?: VowState) => ({
  ...{ centreId, today, near: addDays(today, DAYS_BEFORE), state: state ?? null },
});

/** Vows by their day; those without one after all. */
export function vowsOf(
  db: Db,
  centreId: number,
  today: string,
  { state, limit, offset = 0 }: { state?: VowState; limit: number; offset?: number },
): VowRow[] {
  return statements(db).list.all({ ...asked(centreId, today, state), limit, offset }) as VowRow[];
}

export const countVows = (db: Db, centreId: number, today: string, state?: VowState): number =>
  statements(db).count.get(asked(centreId, today, state)) as number;

export type VowSum = { state: 'late' | 'near'; number: number; rial: number; day: string };

/** Vows whose day is near or past and of which something is left. */
export function vowsDue(db: Db, centreId: number, today: string): VowSum[] {
  const { state: _, ...days } = asked(centreId, today);
  return statements(db).sums.all(days) as VowSum[];
}

export const vowOf = (db: Db, donation: number): Required<Vow> | undefined =>
  statements(db).one.get(donation) as Required<Vow> | undefined;

/** A vow is told of what was given as a vow. */
export function refuseStrayVow(vow: Vow | undefined, funds: string[]): void {
  if (vow === undefined || funds.includes(VOW_FUND)) return;
  throw new Refusal('donations:refusals.vow-fund', { status: 422, field: 'vowObject' });
}

/** In the transaction of the act that tells of it. */
export function writeVow(tx: Tx, donation: number, vow: Vow, actId: number): void {
  const { object, people = null, dueOn = null } = vow;
  statements(tx).insert.run(donation, object, people, dueOn, actId);
}

/** Says of a gift that was receipted before what was vowed with it; once. */
export function recordVow(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  receipt: Receipt,
  vow: Vow,
): Required<Vow> {
  requirePower(actor, 'vows.record', centre);
  if (receipt.cancellation) throw new Refusal('donations:refusals.vow-cancelled');
  if (vowOf(tx, receipt.donationId)) throw new Refusal('donations:refusals.vow-told');
  const act = record(tx, actor, {
    ...{ kind: 'vow.recorded', subject: `donations/${receipt.donationId}`, centreId: centre.id },
    after: { vow: told(vow) },
  });
  writeVow(tx, receipt.donationId, vow, act.id);
  return vowOf(tx, receipt.donationId)!;
}

/** As the trail keeps it. */
export const told = ({ object, people = null, dueOn = null }: Vow) => ({ object, people, dueOn });
