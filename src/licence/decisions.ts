/** B-109, B-102: the deputy decides; the decision is in force at once, on paper, and told. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { refuseGroundTaken } from '../boundary/taken-back.ts';
import { uphold } from '../bylaw/clause.ts';
import { assetsCountersigned, signedResultDecides } from '../bylaw/licence.ts';
import type { Centre } from '../centres/centres.ts';
import { ltr } from '../paper/bidi.ts';
import { issueLetter, type LetterAsked } from '../paper/letters.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { setting } from '../provinces/province.ts';
import { Refusal } from '../refusal.ts';
import { wordsOn } from '../templates/board-name.ts';
import { addDays, daysBetween } from '../values/jalali-date.ts';
import { persianDigits } from '../values/persian-text.ts';
import { tellDecision } from './decision-notices.ts';
import { assetsOf, listOf } from './dissolution-rows.ts';
import { issueLicencePaper } from './licence-papers.ts';
import {
  type Licence,
  licencesOf,
  recordLicence,
  refuseTakenNumber,
  refuseTurnedDays,
} from './licences.ts';
import { lastResult, type Monitoring } from './monitoring-rows.ts';
import {
  type Decision,
  type DecisionKind,
  decisionsOf,
  STATE_BY_DECISION,
  type Standing,
  standingOn,
} from './standing.ts';
import { HOLDS_AREA, LICENSED_DEEDS, leaveFor, stateOn } from './states.ts';
import { mayFollow } from './transitions.ts';

export type Deciding = {
  kind: DecisionKind;
  /** In the committee's own register. */
  number: string;
  reason: string;
  /** Of a renewal: the new licence; its first day follows the old one's last. */
  licence?: { number: string; toOn: string };
};

const statements = prepared((db) => ({
  taken: db.$client.prepare('SELECT 1 FROM licence_decisions WHERE number = ?').pluck(),
  bears: db.$client.prepare('SELECT 1 FROM licence_decisions WHERE monitoring_id = ?').pluck(),
  insert: db.$client.prepare(
    `INSERT INTO licence_decisions (centre_id, kind, number, decided_on, reason, monitoring_id,
       paper_id, decided_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
}));

/** So many days a signed result bears a decision, unless the province has set otherwise. */
export const RESULT_DAYS = 365;
export const resultDays = (db: Db): number => Number(setting(db, 'monitoring-days') ?? RESULT_DAYS);

/**
 * Decides on the centre's licence: everything is asked anew inside the transaction, so of two who
 * decide at once the second is told what the first one did.
 */
export function decide(tx: Tx, actor: Actor, centre: Centre, deciding: Deciding): Decision {
  const { kind, number, reason } = deciding;
  requirePower(actor, 'licences.decide', centre);
  const standing = standingOn(tx, centre.id, actor.today);
  refuseOutOfTurn(standing, kind);
  refuseNumber(tx, number);
  if (kind === 'reinstate' && !HOLDS_AREA[standing.state]) {
    refuseGroundTaken(tx, centre, actor.today);
  }
  const result = upholdResult(tx, actor, centre, kind);
  if (kind === 'finish') upholdAssets(tx, centre.id, standing);
  const licence = kind === 'renew' ? renewalDays(tx, actor, centre, deciding) : null;
  const paper = issueLetter(
    tx,
    actor,
    letterOf(tx, actor, centre, { ...deciding, licence, result }),
  );
  statements(tx).insert.run(
    ...[centre.id, kind, number, actor.today, reason, result?.id ?? null],
    ...[paper.paperId, actor.user!.id, paper.act.id],
  );
  if (licence)
    issueLicencePaper(tx, actor, centre, recordLicence(tx, actor, centre, licence).licence);
  const decision = decisionsOf(tx, centre.id)[0]!;
  tellDecision(tx, actor, centre, paper.act, decision);
  return decision;
}

/** The days of a renewal: from the day after the old one's end, or from today if that is past. */
export function renewalFrom(licences: Licence[], today: string): string {
  const last = licences
    .map(({ toOn }) => toOn)
    .sort()
    .at(-1)!;
  return last >= today ? addDays(last, 1) : today;
}

/** The last signed result while it can still bear a decision of this kind. */
export function bearingResult(
  db: Db,
  centreId: number,
  today: string,
  kind: DecisionKind,
): Monitoring | undefined {
  const last = lastResult(db, centreId);
  const used = last !== undefined && statements(db).bears.get(last.id) !== undefined;
  if (!last || used) return undefined;
  const { conclusion, signedOn } = last.result;
  const result = { conclusion, ageDays: daysBetween(signedOn, today) };
  const holds = signedResultDecides.holds({ kind, result, validDays: resultDays(db) });
  return holds ? last : undefined;
}

function refuseOutOfTurn({ state }: Standing, kind: DecisionKind): void {
  if (mayFollow(state, kind)) return;
  const clause = kind === 'dissolve' || kind === 'finish' ? 'B-102' : 'B-109';
  throw new Refusal(`licence:refusals.not-from-${state}`, { clause, mend: '/licence' });
}

function refuseNumber(tx: Tx, number: string): void {
  if (!statements(tx).taken.get(number)) return;
  throw new Refusal('licence:refusals.number-taken', { field: 'number' });
}

/** B-109: renewal, suspension and revocation rest on a result, which bears one decision. */
function upholdResult(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  kind: DecisionKind,
): Monitoring | undefined {
  if (!['renew', 'suspend', 'revoke'].includes(kind)) return undefined;
  const found = bearingResult(tx, centre.id, actor.today, kind);
  const facts = { kind, validDays: resultDays(tx) };
  const result = found?.result && { conclusion: found.result.conclusion, ageDays: 0 };
  uphold(signedResultDecides, { ...facts, result: result ?? undefined }, { mend: MONITORING });
  return found;
}

const MONITORING = '/licence/monitoring';

/** B-102: every line countersigned, and the list printed for its signatures. */
function upholdAssets(tx: Tx, centreId: number, { decision }: Standing): void {
  const assets = assetsOf(tx, centreId);
  const open = assets.filter(({ countersignedOn }) => countersignedOn === null).length;
  const listed = decision !== null && listOf(tx, decision.id) !== undefined;
  uphold(assetsCountersigned, { lines: assets.length, open, listed }, { mend: '/licence/assets' });
}

function renewalDays(tx: Tx, actor: Actor, centre: Centre, { licence }: Deciding) {
  if (!licence) {
    const fields = ['licenceNumber', 'to'].map((field) => ({
      ...{ field, key: 'common:refusals.needed' },
    }));
    throw new Refusal('common:refusals.check-fields', { status: 422, fields });
  }
  refuseTakenNumber(tx, licence.number, 'licenceNumber');
  const fromOn = renewalFrom(licencesOf(tx, centre.id), actor.today);
  refuseTurnedDays(fromOn, licence.toOn);
  return { number: licence.number, fromOn, toOn: licence.toOn };
}

type Written = Omit<Deciding, 'licence'> & {
  licence: { number: string; fromOn: string; toOn: string } | null;
  result: Monitoring | undefined;
};

/** The notice: the decision with its reason, and what it permits meanwhile. */
function letterOf(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { kind, number, reason, licence, result }: Written,
): LetterAsked {
  const t = wordsOn(tx, actor.today);
  const known = licencesOf(tx, centre.id);
  return {
    ...{ centre, kind: 'decision', head: 'committee' },
    addressee: [t('licence:letter.addressee', { centre: centre.name })],
    values: {
      ...{
        decision: t(`licence:letter.decided.${kind}`, { number: ltr(persianDigits(number)) }),
        reason,
      },
      ...{ fromOn: licence?.fromOn ?? actor.today, untilOn: licence?.toOn },
      licence: known[0]?.number,
      basis: result && t('licence:letter.basis'),
      basisNumber: result && String(result.id),
      basisOn: result?.result?.signedOn,
    },
    annexes: [{ title: t('licence:letter.meanwhile'), items: meanwhile(tx, actor, centre, kind) }],
    deed: {
      ...{ kind: `licence.${PAST[kind]}`, subject: `licence-decisions/${number}` },
      after: { decision: kind, number, reason, monitoring: result?.id ?? null },
    },
  };
}

/** As the trail names what was done. */
const PAST: Record<DecisionKind, string> = {
  renew: 'renewed',
  suspend: 'suspended',
  reinstate: 'reinstated',
  revoke: 'revoked',
  dissolve: 'dissolving',
  finish: 'dissolved',
};

function meanwhile(tx: Tx, actor: Actor, centre: Centre, kind: DecisionKind): string[] {
  const t = wordsOn(tx, actor.today);
  const byDays = stateOn(licencesOf(tx, centre.id), actor.today);
  const state = STATE_BY_DECISION[kind] ?? (kind === 'renew' ? 'active' : byDays);
  return LICENSED_DEEDS.map((deed) =>
    t('licence:letter.permits', {
      deed: t(`licence:deeds.${deed}`),
      leave: t(`licence:leaves.${leaveFor(state, deed)}`),
    }),
  );
}
