/** Referrals to the specialised networks: asked, accepted, answered, closed; or declined. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { unnamedInReferral } from '../bylaw/places.ts';
import type { Centre } from '../centres/centres.ts';
import { tell } from '../notices/notices.ts';
import { prepared, type Tx } from '../provinces/connection.ts';
import { nextNumber, writtenNumber } from '../provinces/numbering.ts';
import { Refusal } from '../refusal.ts';
import { type Recorded, record } from '../trail/acts.ts';
import { fiscalYear } from '../values/jalali-date.ts';
import { latinDigits } from '../values/persian-text.ts';
import type { NetworkKind } from './networks.ts';
import {
  findReferral,
  type Referral,
  type ReferralState,
  type ReferralTyped,
  type StepState,
} from './referral-rows.ts';

/** What each network is asked for. */
export const NEEDS: Record<NetworkKind, readonly string[]> = {
  employment: ['job', 'training', 'tools', 'market', 'loan-advice', 'other'],
  culture: ['tuition', 'tutoring', 'stationery', 'counsel', 'class', 'other'],
  legal: ['advice', 'petition', 'mediation', 'representation', 'other'],
  housing: ['repair', 'building', 'rent', 'furnishing', 'other'],
  health: ['treatment', 'medicine', 'counsel', 'rehabilitation', 'nutrition', 'other'],
  participation: ['campaign', 'benefactor', 'volunteer', 'in-kind', 'other'],
};

const statements = prepared(({ $client: client }) => ({
  ask: client.prepare('INSERT INTO referrals VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  step: client.prepare('INSERT INTO referral_steps VALUES (?, ?, ?, ?, ?, ?)'),
}));

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

const deed = (what: string, centre: Centre, number: string, after: unknown) => ({
  ...{ kind: `referral.${what}`, subject: `referrals/${centre.code}/${number}` },
  ...{ centreId: centre.id, after },
});
