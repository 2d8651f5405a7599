/** Referrals as they are read: each with what became of it, in the order in which they were asked. */
import { answeredInTime } from '../bylaw/places.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { NotFound } from '../refusal.ts';
import type { NetworkKind } from './networks.ts';

export const SOURCES = [
  'trustee',
  'volunteer',
  'unit',
  'committee',
  'institution',
  'network',
] as const;

export const REFERRAL_STATES = ['asked', 'accepted', 'answered', 'closed', 'declined'] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];
export type StepState = Exclude<ReferralState, 'asked'>;

export type ReferralTyped = {
  network: NetworkKind;
  need: string;
  asked: string;
  source: (typeof SOURCES)[number];
  householdCode?: string | null;
  dueOn: string;
};

export type Referral = Required<ReferralTyped> & {
  id: number;
  /** As 1405-0001. */
  number: string;
  askedOn: string;
  recordedBy: string;
  state: ReferralState;
  answeredOn: string | null;
  isOverdue: boolean;
};

export type ReferralStep = {
  state: StepState;
  takenOn: string;
  note: string | null;
  takenBy: string;
};

/** Whether anything but its acceptance was written of it. */
const ANSWERED = `EXISTS (SELECT 1 FROM referral_steps s WHERE s.referral_id = r.id
  AND s.state <> 'accepted')`;
const STATE = `coalesce((SELECT s.state FROM referral_steps s WHERE s.referral_id = r.id
  ORDER BY s.act_id DESC LIMIT 1), 'asked')`;
const LATE = `r.due_on < @today AND NOT ${ANSWERED}`;

const SELECT = `SELECT r.id, r.network, r.year, r.number AS serial, r.need, r.asked, r.source,
    r.household_code AS householdCode, r.asked_on AS askedOn, r.due_on AS dueOn,
    u.name AS recordedBy, ${STATE} AS state,
    (SELECT s.taken_on FROM referral_steps s
     WHERE s.referral_id = r.id AND s.state = 'answered') AS answeredOn
  FROM referrals r JOIN users u ON u.id = r.recorded_by`;

const WHERE = `WHERE r.centre_id = @centreId AND (@network IS NULL OR r.network = @network)
  AND CASE WHEN @state IS NULL THEN 1 WHEN @state = 'overdue' THEN ${LATE}
    ELSE ${STATE} = @state END`;

const statements = prepared(({ $client: client }) => ({
  list: client.prepare(`${SELECT} ${WHERE} ORDER BY r.id DESC LIMIT @limit OFFSET @offset`),
  count: client.prepare(`SELECT count(*) FROM referrals r ${WHERE}`).pluck(),
  fresh: client
    .prepare(
      `SELECT count(*) FROM referrals r WHERE r.centre_id = @centreId AND r.due_on >= @today
         AND NOT EXISTS (SELECT 1 FROM referral_steps s WHERE s.referral_id = r.id)`,
    )
    .pluck(),
  one: client.prepare(`${SELECT} WHERE r.centre_id = ? AND r.year = ? AND r.number = ?`),
  steps: client.prepare(
    `SELECT s.state, s.taken_on AS takenOn, s.note, u.name AS takenBy
     FROM referral_steps s JOIN users u ON u.id = s.taken_by
     WHERE s.referral_id = ? ORDER BY s.act_id`,
  ),
  answered: client.prepare(
    `SELECT count(*) AS answered, max(s.taken_on) AS lastAnsweredOn
     FROM referrals r JOIN referral_steps s ON s.referral_id = r.id AND s.state = 'answered'
     WHERE r.centre_id = ?`,
  ),
  late: client.prepare(
    `SELECT r.network, r.year, r.number AS serial, min(r.id) AS id FROM referrals r
     WHERE r.centre_id = @centreId AND ${LATE} GROUP BY r.network ORDER BY min(r.id)`,
  ),
}));

export type ReferralFilter = { network?: string; state?: string };
type Part = { limit: number; offset: number };

/** The referrals of a centre, the latest first; `overdue` is a state that may be asked for too. */
export function referralsOf(
  db: Db,
  centreId: number,
  today: string,
  filter: ReferralFilter,
  part: Part,
): Referral[] {
  const rows = statements(db).list.all({ ...asked(centreId, today, filter), ...part }) as Raw[];
  return rows.map((raw) => referralOf(raw, today));
}

/** Every one of them, one after another. */
export function* everyReferral(
  db: Db,
  centreId: number,
  today: string,
  filter: ReferralFilter,
): Generator<Referral> {
  const all = { ...asked(centreId, today, filter), limit: -1, offset: 0 };
  for (const raw of statements(db).list.iterate(all)) yield referralOf(raw as Raw, today);
}

export function countReferrals(
  db: Db,
  centreId: number,
  today: string,
  filter: ReferralFilter = {},
): number {
  return statements(db).count.get(asked(centreId, today, filter)) as number;
}

/** Those that nobody has taken up yet, and whose day has not passed. */
export function countFreshReferrals(db: Db, centreId: number, today: string): number {
  return statements(db).fresh.get({ centreId, today }) as number;
}

export type ReferralsTold = {
  answered: number;
  lastAnsweredOn: string | null;
  /** The first of each network that was not answered in time, as 1405-0001; the oldest first. */
  late: { network: NetworkKind; number: string }[];
};

/** What the clauses are judged by, counted where the referrals are kept. */
export function toldReferrals(db: Db, centreId: number, today: string): ReferralsTold {
  const late = statements(db).late.all({ centreId, today }) as {
    network: NetworkKind;
    year: number;
    serial: number;
  }[];
  return {
    ...(statements(db).answered.get(centreId) as Omit<ReferralsTold, 'late'>),
    late: late.map(({ network, year, serial }) => ({
      network,
      number: writtenNumber(year, serial, 4),
    })),
  };
}

/** A referral of this centre by its number; throws NotFound. */
export function findReferral(db: Db, centreId: number, named: string, today: string): Referral {
  const number = /^(\d{4})-(\d{4,6})$/.exec(named);
  const raw = number && statements(db).one.get(centreId, Number(number[1]), Number(number[2]));
  if (!raw) throw new NotFound();
  return referralOf(raw as Raw, today);
}

export const referralSteps = (db: Db, id: number): ReferralStep[] =>
  statements(db).steps.all(id) as ReferralStep[];

type Raw = Omit<Referral, 'number' | 'isOverdue'> & { year: number; serial: number };

function referralOf({ year, serial, ...row }: Raw, today: string): Referral {
  const answered = row.state !== 'asked' && row.state !== 'accepted';
  const isOverdue = !answeredInTime.holds({ answered, dueOn: row.dueOn, today });
  return { ...row, number: writtenNumber(year, serial, 4), isOverdue };
}

const asked = (centreId: number, today: string, { network, state }: ReferralFilter) => ({
  ...{ centreId, today, network: network ?? null, state: state ?? null },
});
