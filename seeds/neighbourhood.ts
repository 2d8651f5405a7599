/**
 * A centre that may work, brought there step by step through the verbs that the pages call: for the
 * sample data and for the named world of the tests.
 */
import { type Actor, inCentre } from '../src/access/actor.ts';
import { actorOf } from '../src/access/identify.ts';
import type { Seat } from '../src/access/powers.ts';
import { createUser, openTrusteeUser } from '../src/access/users.ts';
import { acceptDecree, draftDecree, issueDecree } from '../src/board/decrees.ts';
import {
  NOMINATION_LINES,
  type NominationTyped,
  recordNomination,
} from '../src/board/nominations.ts';
import { coordinateDecree } from '../src/board/requests.ts';
import type { Area } from '../src/boundary/area.ts';
import { approveBoundary, proposeBoundary } from '../src/boundary/boundaries.ts';
import { recordActivityCode } from '../src/centres/activity-codes.ts';
import { introduceToBank, recordBankAccount } from '../src/centres/bank-accounts.ts';
import type { Centre } from '../src/centres/centres.ts';
import { issueLicence } from '../src/licence/licensing.ts';
import { recordSeal } from '../src/opening/seals.ts';
import { recordTraining, traineesOf } from '../src/opening/trainings.ts';
import type { Db, Tx } from '../src/provinces/connection.ts';
import {
  type Candidate,
  clearedPerson,
  type Officers,
  type Proposals,
  prepareCentre,
  type Step,
  surveyArea,
} from './opening.ts';

export type Trustee = Candidate & {
  seat: Seat;
  username: string;
  /** B-34: asked of an optional seat. */
  need?: { reason: string; field: string };
};

/** The clock of a story: each step's actor at the given moment. */
export function stepsAt(db: Db, moment: Date): Step {
  return (userId): Actor => {
    const actor = actorOf(db, userId, moment);
    if (!actor) throw new Error(`no user ${userId}`);
    return actor;
  };
}

export function openOfficer(
  tx: Tx,
  actor: Actor,
  officer: Pick<Parameters<typeof createUser>[2], 'username' | 'name' | 'role' | 'countyId'> & {
    passwordHash: string;
  },
): number {
  return createUser(tx, actor, { ...officer, mustChange: false });
}

/** Why a centre is licensed once its way is walked. */
export const READY = 'مراحل تأسیس کامل شده و نیاز محله به مرکز روشن است.';

export type Readying = { officers: Officers; board?: Proposals; area: Area };

/** Brings a registered centre as far as its first licence, by all that the bylaw asks for before it. */
export function readyCentre(
  tx: Tx,
  as: Step,
  centre: Centre,
  { officers, board, area }: Readying,
): void {
  const { head } = officers;
  prepareCentre(tx, as, centre, { officers, board });
  const { id } = proposeBoundary(tx, as(head), centre, { area });
  approveBoundary(tx, as(head), centre, id, { approvedOn: as(head).today });
  surveyArea(tx, as(head), centre);
}

/** The same, and the licence itself. */
export function licenseCentre(
  tx: Tx,
  as: Step,
  centre: Centre,
  { licence, ...told }: Readying & { licence: { number: string; fromOn: string; toOn: string } },
): void {
  readyCentre(tx, as, centre, told);
  issueLicence(tx, as(told.officers.head), centre, { ...licence, reason: READY });
}

/** Seats a trustee: decree drafted, coordinated where it must be, issued, and accepted by himself. */
export function seatTrustee(
  tx: Tx,
  as: Step,
  officers: Officers,
  centre: Centre,
  told: {
    trustee: Trustee;
    days: { fromOn: string; toOn: string };
    passwordHash: string;
    chair?: number;
  },
): number {
  const { trustee, days, passwordHash, chair } = told;
  const person = clearedPerson(tx, as, officers, trustee, centre.countyId);
  const issuer = chair ?? officers.head;
  const issuing = () => inCentre(as(issuer), centre.id);
  const { seat, username, name, need } = trustee;
  const proposed = { personId: person.id, seat, ...days, ...need };
  const draft = draftDecree(tx, issuing(), centre, proposed);
  if (chair !== undefined) {
    const head = as(officers.head);
    const number = `${centre.code}-${draft.id}`;
    const answer = { answer: 'agreed' as const, number, decidedOn: head.today };
    coordinateDecree(tx, head, draft, answer);
  }
  recordNomination(tx, issuing(), draft, introduction(trustee));
  const issued = issueDecree(tx, issuing(), centre, draft);
  const opening = { personId: person.id, username, name, passwordHash, mustChange: false };
  const userId = openTrusteeUser(tx, issuing(), opening);
  acceptDecree(tx, as(userId), issued, { noPolitics: true, liability: true, honorary: true });
  return userId;
}

/** How a trustee was introduced: every line ticked, two referees, a plan. */
function introduction({ seat, name }: Trustee): NominationTyped {
  return {
    ...{ introducer: 'امام جماعت مسجد', standing: `${name}، از معتمدان محله` },
    ...{ refereeOne: 'کاسب خوش‌نام محله', refereeTwo: 'معلم بازنشستهٔ محله' },
    plan: 'پیوند نیازمندان جویای کار با کارگاه‌ها و کاسبان محله، ماهی دو نفر',
    ...(seat === 'assemblies' ? { represents: 'هیئت‌های مذهبی و خیریه‌های محله' } : {}),
    ...{ lines: [...NOMINATION_LINES], voluntary: true },
  };
}

/** Activity code, seal, introduction, account and training: from here on the centre works. */
export function equipCentre(
  tx: Tx,
  as: Step,
  head: number,
  centre: Centre,
  { code, accountNumber }: { code: string; accountNumber: string },
): void {
  const actor = as(head);
  const { today } = actor;
  recordActivityCode(tx, actor, centre, code);
  const pattern = { patternNumber: `${code}/1`, patternOn: today };
  recordSeal(tx, actor, centre, { ...pattern, madeOn: today, keeper: 'chair' });
  introduceToBank(tx, actor, centre);
  recordBankAccount(tx, actor, centre, { accountNumber, openedOn: today });
  trainUsers(tx, actor, centre);
}

/** B-121: whoever of the board has a user and was taught nothing yet, learns the program. */
export function trainUsers(tx: Tx, actor: Actor, centre: Centre): void {
  const { today } = actor;
  for (const { personId, username, trainedOn } of traineesOf(tx, centre.id, today)) {
    if (username === null || trainedOn !== null) continue;
    const lesson = { subject: 'software' as const, trainedOn: today, hours: 4 };
    recordTraining(tx, actor, centre, { ...lesson, personId, trainer: 'مربی نمونه' });
  }
}

/** A quarter of the town: a polygon of about a kilometre, the nth on a grid of them. */
export function quarter(n: number): Area {
  const west = 59.5 + (n % 20) * 0.012;
  const south = 36.28 + Math.floor(n / 20) * 0.011;
  const [e, w, s, h] = [west + 0.0105, west, south, south + 0.009];
  const ring = [
    [w, s],
    [e, s + 0.0004],
    [e - 0.0006, h],
    [w + 0.004, h - 0.0003],
    [w + 0.0038, h + 0.0006],
    [w + 0.0004, h + 0.0004],
    [w, s],
  ].map(([lon, lat]) => [Number(lon!.toFixed(6)), Number(lat!.toFixed(6))] as [number, number]);
  return { type: 'MultiPolygon', coordinates: [[ring]] } as Area;
}
