/** Referrals to the specialised networks: asked, accepted, answered, closed; or declined. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { answeredInTime, unnamedInReferral } from '../bylaw/places.ts';
import type { Centre } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { nextNumber, writtenNumber } from '../provinces/numbering.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { type Recorded, record } from '../trail/acts.ts';
import { fiscalYear } from '../values/jalali-date.ts';
import { latinDigits } from '../values/persian-text.ts';
import type { NetworkKind } from './networks.ts';

/** What each network is asked for. */
export const NEEDS: Record<NetworkKind, readonly string[]> = {
  employment: ['job', 'training', 'tools', 'market', 'loan-advice', 'other'],
  culture: ['tuition', 'tutoring', 'stationery', 'counsel', 'class', 'other'],
  legal: ['advice', 'petition', 'mediation', 'representation', 'other'],
  housing: ['repair', 'building', 'rent', 'furnishing', 'other'],
  health: ['treatment', 'medicine', 'counsel', 'rehabilitation', 'nutrition', 'other'],
  participation: ['campaign', 'benefactor', 'volunteer', 'in-kind', 'other'],
};

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

const SELECT = `SELECT r.id, r.network, r.year, r.number AS serial, r.need, r.asked, r.source,
    r.household_code AS householdCode, r.asked_on AS askedOn, r.due_on AS dueOn,
    u.name AS recordedBy,
    (SELECT group_concat(s.state) FROM referral_steps s WHERE s.referral_id = r.id) AS steps,
    (SELECT s.taken_on FROM referral_steps s
     WHERE s.referral_id = r.id AND s.state = 'answered') AS answeredOn
  FROM referrals r JOIN users u ON u.id = r.recorded_by WHERE r.centre_id = ?`;

const statements = prepared(({ $client: client }) => ({
  ofCentre: client.prepare(`${SELECT} ORDER BY r.id DESC`),
  open: client.prepare(
    `${SELECT} AND NOT EXISTS (SELECT 1 FROM referral_steps s WHERE s.referral_id = r.id
       AND s.state NOT IN ('asked', 'accepted')) ORDER BY r.id DESC`,
  ),
  one: client.prepare(`${SELECT} AND r.year = ? AND r.number = ?`),
  steps: client.prepare(
    `SELECT s.state, s.taken_on AS takenOn, s.note, u.name AS takenBy
     FROM referral_steps s JOIN users u ON u.id = s.taken_by
     WHERE s.referral_id = ? ORDER BY s.act_id`,
  ),
  ask: client.prepare('INSERT INTO referrals VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  step: client.prepare('INSERT INTO referral_steps VALUES (?, ?, ?, ?, ?, ?)'),
}));

export type ReferralFilter = { network?: string; state?: string };

/** The referrals of a centre, the latest first; `overdue` is a state that may be asked for too. */
export function referralsOf(
  db: Db,
  centreId: number,
  today: string,
  { network, state }: ReferralFilter = {},
): Referral[] {
  return (statements(db).ofCentre.all(centreId) as Raw[])
    .map((raw) => referralOf(raw, today))
    .filter((row) => !network || row.network === network)
    .filter((row) => !state || (state === 'overdue' ? row.isOverdue : row.state === state));
}

/** Those that wait for an answer, the latest first. */
export function openReferralsOf(db: Db, centreId: number, today: string): Referral[] {
  return (statements(db).open.all(centreId) as Raw[]).map((raw) => referralOf(raw, today));
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

/** Asks a network for what somebody needs, who is known here by a code only (B-104). */
export function askNetwork(tx: Tx, actor: Actor, centre: Centre, typed: ReferralTyped): Referral {
  requirePower(actor, 'referrals.ask', centre);
  const { network, need, asked, source, householdCode = null, dueOn } = typed;
  if (!NEEDS[network].includes(need)) {
    throw new Refusal('network:refusals.other-need', { status: 422, field: 'need' });
  }
  if (dueOn < actor.today) {
    throw new Refusal('network:refusals.due-past', { status: 422, field: 'dueOn' });
  }
  refuseNumbers('asked', asked);
  refuseNumbers('householdCode', householdCode);
  const year = fiscalYear(actor.today);
  const serial = nextNumber(tx, 'referral', centre.id, year);
  const number = writtenNumber(year, serial, 4);
  const after = { number, network, need, asked, source, householdCode, dueOn };
  const act = record(tx, actor, deed('asked', centre, number, after));
  statements(tx).ask.run(
    ...[centre.id, network, year, serial, need, asked, source, householdCode],
    ...[actor.today, dueOn, actor.user?.id, act.id],
  );
  tellBoard(tx, actor, act, centre, { what: 'asked', number, dueOn });
  return findReferral(tx, centre.id, number, actor.today);
}

const FROM: Record<StepState, readonly ReferralState[]> = {
  accepted: ['asked'],
  answered: ['accepted'],
  closed: ['answered'],
  declined: ['asked', 'accepted'],
};

/** The steps that may come next. */
export const nextSteps = (state: ReferralState): StepState[] =>
  (Object.keys(FROM) as StepState[]).filter((step) => FROM[step].includes(state));

/** Takes the next step; an answer says what was done, and a decline why. */
export function takeStep(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  number: string,
  { state, note = null }: { state: StepState; note?: string | null },
): Referral {
  requirePower(actor, 'referrals.answer', centre);
  const referral = findReferral(tx, centre.id, number, actor.today);
  if (!FROM[state].includes(referral.state)) {
    throw new Refusal('network:refusals.other-step', { mend: `/network/referrals/${number}` });
  }
  if (note === null && (state === 'answered' || state === 'declined')) {
    throw new Refusal(`network:refusals.needs-note-${state}`, { status: 422, field: 'note' });
  }
  refuseNumbers('note', note);
  const act = record(tx, actor, deed(state, centre, number, { state, note }));
  statements(tx).step.run(referral.id, state, actor.today, note, actor.user?.id, act.id);
  if (state === 'answered' || state === 'declined') {
    tellBoard(tx, actor, act, centre, { what: state, number });
  }
  return findReferral(tx, centre.id, number, actor.today);
}

type News = { what: 'asked' | 'answered' | 'declined'; number: string; dueOn?: string };

/** B-57: the vice-chair follows what was referred; the assemblies' officer gathers the networks. */
function tellBoard(tx: Tx, actor: Actor, act: Recorded, centre: Centre, { what, ...said }: News) {
  tell(tx, actor, act, {
    ...{ key: `network:notices.referral-${what}`, said, centreId: centre.id },
    href: `/network/referrals/${said.number}`,
    to: [{ seat: 'vice-chair' }, { seat: 'assemblies' }],
  });
}

/** B-104: a national ID or a telephone names whoever needs help, and stands in no referral. */
function refuseNumbers(field: string, text: string | null): void {
  // What nobody sees between two figures does not part them.
  const seen = latinDigits(text ?? '').replaceAll(/\p{Cf}/gu, '');
  const longestRun = Math.max(
    ...(seen.match(/\d[\d\s-]*/g) ?? ['']).map((run) => run.replaceAll(/\D/g, '').length),
  );
  uphold(unnamedInReferral, { longestRun }, { status: 422, field });
}

type Raw = Omit<Referral, 'number' | 'state' | 'isOverdue'> & {
  year: number;
  serial: number;
  steps: string | null;
};

function referralOf({ year, serial, steps, ...row }: Raw, today: string): Referral {
  const taken = steps?.split(',') ?? [];
  const state = [...REFERRAL_STATES].reverse().find((one) => taken.includes(one)) ?? 'asked';
  const answered = state !== 'asked' && state !== 'accepted';
  const isOverdue = !answeredInTime.holds({ answered, dueOn: row.dueOn, today });
  return { ...row, number: writtenNumber(year, serial, 4), state, isOverdue };
}

const deed = (what: string, centre: Centre, number: string, after: unknown) => ({
  ...{ kind: `referral.${what}`, subject: `referrals/${centre.code}/${number}` },
  ...{ centreId: centre.id, after },
});
