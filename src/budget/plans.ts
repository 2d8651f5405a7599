/**
 * B-79: the yearly financial plan, by fund and programme. The admin and finance officer prepares and
 * proposes it, the chair approves it by the board's minutes; an approved plan is changed by the next
 * version, with its reason.
 */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import type { GOALS } from '../applications/states.ts';
import { type Account, accountsOf } from '../books/accounts.ts';
import type { Centre } from '../centres/centres.ts';
import { findFund } from '../funds/funds.ts';
import { issueLetter } from '../paper/letters.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { planLetter } from './plan-letter.ts';
import type { PlanStep } from './schema.ts';

export type Goal = (typeof GOALS)[number];

/** What is expected to come (group 5), go to the needy (6), or keep the centre running (7). */
export type PlanLine = {
  account: string;
  fund: string;
  /** Which of the five goals a programme serves (B-2 to B-6); income and running costs serve all. */
  goal: Goal | null;
  words: string;
  amountRial: number;
};

export type PlanState = 'prepared' | PlanStep;

export type Plan = {
  id: number;
  year: number;
  version: number;
  reason: string | null;
  preparedOn: string;
  preparedById: number;
  preparedBy: string;
  state: PlanState;
  proposedOn: string | null;
  approvedOn: string | null;
  approvedBy: string | null;
  minutesNumber: string | null;
  minutesOn: string | null;
  returnedFor: string | null;
  paperId: number | null;
  isNewest: boolean;
};

const SELECT = `SELECT p.id, p.year, p.version, p.reason, p.prepared_on AS preparedOn,
    p.prepared_by AS preparedById, u.name AS preparedBy,
    coalesce(a.step, r.step, s.step, 'prepared') AS state, s.taken_on AS proposedOn,
    a.taken_on AS approvedOn, b.name AS approvedBy, a.minutes_number AS minutesNumber,
    a.minutes_on AS minutesOn, r.reason AS returnedFor, a.paper_id AS paperId,
    NOT EXISTS (SELECT 1 FROM financial_plans n WHERE n.centre_id = p.centre_id
      AND n.year = p.year AND n.version > p.version) AS isNewest
  FROM financial_plans p JOIN users u ON u.id = p.prepared_by
  LEFT JOIN financial_plan_steps s ON s.plan_id = p.id AND s.step = 'proposed'
  LEFT JOIN financial_plan_steps r ON r.plan_id = p.id AND r.step = 'returned'
  LEFT JOIN financial_plan_steps a ON a.plan_id = p.id AND a.step = 'approved'
  LEFT JOIN users b ON b.id = a.taken_by`;

const statements = prepared(({ $client: client }) => ({
  next: client.prepare('SELECT coalesce(max(id), 0) + 1 FROM financial_plans').pluck(),
  insert: client.prepare('INSERT INTO financial_plans VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
  insertLine: client.prepare('INSERT INTO financial_plan_lines VALUES (?, ?, ?, ?, ?, ?, ?)'),
  step: client.prepare(
    `INSERT INTO financial_plan_steps (plan_id, step, minutes_number, minutes_on, reason, paper_id,
       taken_on, taken_by, act_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  one: client.prepare(`${SELECT} WHERE p.centre_id = ? AND p.id = ?`),
  ofYear: client.prepare(`${SELECT} WHERE p.centre_id = ? AND p.year = ? ORDER BY p.version DESC`),
  all: client.prepare(`${SELECT} WHERE p.centre_id = ? ORDER BY p.year DESC, p.version DESC`),
  lines: client.prepare(
    `SELECT account, fund, goal, words, amount_rial AS amountRial FROM financial_plan_lines
     WHERE plan_id = ? ORDER BY account, position`,
  ),
}));

export type PlanTyped = { year: number; reason: string | null; lines: PlanLine[] };

/** Writes the plan of a year down, or its next version; it holds once it is approved. */
export function preparePlan(tx: Tx, actor: Actor, centre: Centre, typed: PlanTyped): Plan {
  requirePower(actor, 'plans.prepare', centre);
  const { year, lines } = typed;
  const known = plansOfYear(tx, centre.id, year);
  const approved = known.some(({ state }) => state === 'approved');
  if (approved && !typed.reason) {
    throw new Refusal('budget:refusals.no-reason', {
      ...{ status: 422, clause: 'B-79', field: 'reason' },
    });
  }
  requireSound(tx, centre, lines);
  const id = statements(tx).next.get() as number;
  const version = (known[0]?.version ?? 0) + 1;
  const reason = known.length > 0 ? typed.reason : null;
  const act = record(tx, actor, {
    ...{ kind: 'plan.prepared', subject: `plans/${id}`, centreId: centre.id },
    after: { year, version, reason, lines },
  });
  lines.forEach(({ account, fund, goal, words, amountRial }, at) => {
    statements(tx).insertLine.run(id, at + 1, account, fund, goal, words, amountRial);
  });
  statements(tx).insert.run(
    ...[id, centre.id, year, version, reason, actor.today, actor.user!.id, act.id],
  );
  return findPlan(tx, centre.id, id);
}

/** Lays it before the board. */
export function proposePlan(tx: Tx, actor: Actor, centre: Centre, id: number): Plan {
  requirePower(actor, 'plans.prepare', centre);
  requireState(findPlan(tx, centre.id, id), 'prepared');
  const act = record(tx, actor, {
    ...{ kind: 'plan.proposed', subject: `plans/${id}`, centreId: centre.id },
  });
  const told = [actor.today, actor.user!.id, act.id];
  statements(tx).step.run(id, 'proposed', null, null, null, null, ...told);
  return findPlan(tx, centre.id, id);
}

/** The board wants it otherwise: it goes back with the reason, and is written anew. */
export function returnPlan(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, reason }: { id: number; reason: string },
): Plan {
  requirePower(actor, 'plans.approve', centre);
  requireState(findPlan(tx, centre.id, id), 'proposed');
  const act = record(tx, actor, {
    ...{ kind: 'plan.returned', subject: `plans/${id}`, centreId: centre.id, after: { reason } },
  });
  const told = [actor.today, actor.user!.id, act.id];
  statements(tx).step.run(id, 'returned', null, null, reason, null, ...told);
  return findPlan(tx, centre.id, id);
}

/** The chair approves what the board decided, by the number of its minutes; the plan is a paper. */
export function approvePlan(
  tx: Tx,
  actor: Actor,
  centre: Centre,
  { id, minutesNumber, minutesOn }: { id: number; minutesNumber: string; minutesOn: string },
): Plan {
  requirePower(actor, 'plans.approve', centre);
  const plan = findPlan(tx, centre.id, id);
  requireState(plan, 'proposed');
  if (plan.preparedById === actor.user!.id) {
    throw new Refusal('budget:refusals.own-plan', { status: 403, clause: 'B-79' });
  }
  if (minutesOn > actor.today) {
    throw new Refusal('budget:refusals.later-minutes', { status: 422, field: 'minutesOn' });
  }
  const lines = linesOfPlan(tx, id);
  const minutes = { minutesNumber, minutesOn };
  const paper = issueLetter(tx, actor, planLetter(tx, actor, centre, { plan, lines, ...minutes }));
  statements(tx).step.run(
    ...[id, 'approved', minutesNumber, minutesOn, null, paper.paperId, actor.today],
    ...[actor.user!.id, paper.act.id],
  );
  return findPlan(tx, centre.id, id);
}

export function findPlan(db: Db, centreId: number, id: number): Plan {
  const found = statements(db).one.get(centreId, id) as Raw | undefined;
  if (!found) throw new NotFound();
  return whole(found);
}

/** The versions of a year's plan, the newest first. */
export function plansOfYear(db: Db, centreId: number, year: number): Plan[] {
  return (statements(db).ofYear.all(centreId, year) as Raw[]).map(whole);
}

export function plansOf(db: Db, centreId: number): Plan[] {
  return (statements(db).all.all(centreId) as Raw[]).map(whole);
}

/** The version that was approved last; undefined while none is. */
export function planInForce(db: Db, centreId: number, year: number): Plan | undefined {
  return plansOfYear(db, centreId, year).find(({ state }) => state === 'approved');
}

export function linesOfPlan(db: Db, id: number): PlanLine[] {
  return statements(db).lines.all(id) as PlanLine[];
}

/** The accounts a plan may name: income, programmes, and running costs. */
export function plannable(db: Db, centreId: number): Account[] {
  return accountsOf(db, centreId).filter(
    ({ code, level }) => level === 'subsidiary' && /^[567]/.test(code),
  );
}

type Raw = Omit<Plan, 'isNewest'> & { isNewest: number };

const whole = (raw: Raw): Plan => ({ ...raw, isNewest: raw.isNewest === 1 });

function requireSound(tx: Tx, centre: Centre, lines: PlanLine[]): void {
  if (lines.length === 0) throw new Refusal('budget:refusals.no-lines', { status: 422 });
  const accounts = new Set(plannable(tx, centre.id).map(({ code }) => code));
  const seen = new Set<string>();
  const fields = lines.flatMap(({ account, fund, goal }, at) => {
    const fault = (field: string, key: string) => [
      { field: `lines.${at}.${field}`, key: `budget:refusals.${key}` },
    ];
    const key = `${account} ${fund}`;
    if (!accounts.has(account)) return fault('account', 'account');
    const known = findFund(tx, fund);
    if (!known) return fault('fund', 'fund');
    if (seen.has(key)) return fault('account', 'twice');
    seen.add(key);
    if (account.startsWith('6') !== (goal !== null)) {
      return fault('goal', goal === null ? 'no-goal' : 'goal-beside');
    }
    const isSpent = /^[67]/.test(account) && account !== '6110';
    return isSpent && !known.uses.includes(account) ? fault('fund', 'other-use') : [];
  });
  if (fields.length > 0) throw new Refusal('common:refusals.check-fields', { status: 422, fields });
}

function requireState({ state, isNewest }: Plan, wanted: PlanState): void {
  if (!isNewest) throw new Refusal('budget:refusals.not-newest');
  if (state !== wanted) throw new Refusal(`budget:refusals.is-${state}`);
}
