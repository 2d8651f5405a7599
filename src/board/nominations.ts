/** B-27, B-82 to B-91: how a person was introduced for a seat: lines ticked, a plan, two referees. */
import type { Actor } from '../access/actor.ts';
import { requirePower } from '../access/powers.ts';
import { uphold } from '../bylaw/clause.ts';
import { voluntaryService, withPlan } from '../bylaw/people.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { refuseOwnMatter } from './acting.ts';
import type { Decree } from './decree-rows.ts';
import { again, placeOf, powerFor } from './decree-sides.ts';

/** What the introducer ticks, each a clause; the program stores that it was ticked, no opinion. */
export const NOMINATION_LINES = [
  'B-82',
  'B-84',
  'B-85',
  'B-86',
  'B-87',
  'B-88',
  'B-89',
  'B-90',
  'B-91',
] as const;
export type NominationLine = (typeof NOMINATION_LINES)[number];

export type NominationTyped = {
  introducer: string;
  standing: string;
  /** B-33: the body that the officer of organisations and assemblies represents. */
  represents?: string;
  refereeOne: string;
  refereeTwo: string;
  plan: string;
  lines: NominationLine[];
  /** Jalali; only the spread of the board's ages is shown. */
  birthYear?: number;
  voluntary: boolean;
};

export type Nomination = Omit<NominationTyped, 'represents' | 'birthYear' | 'voluntary'> & {
  decreeId: number;
  represents: string | null;
  birthYear: number | null;
  recordedOn: string;
  recordedBy: string;
};

const statements = prepared((db) => ({
  of: db.$client.prepare(
    `SELECT n.decree_id AS decreeId, n.introducer, n.standing, n.represents,
       n.referee_one AS refereeOne, n.referee_two AS refereeTwo, n.plan, n.lines,
       n.birth_year AS birthYear, n.recorded_on AS recordedOn, u.name AS recordedBy
     FROM nominations n JOIN users u ON u.id = n.recorded_by WHERE n.decree_id = ?`,
  ),
  insert: db.$client.prepare(
    'INSERT INTO nominations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)',
  ),
  years: db.$client.prepare(
    `SELECT decree_id AS decreeId, birth_year AS year FROM nominations
     WHERE birth_year IS NOT NULL AND decree_id IN (SELECT value FROM json_each(?))`,
  ),
}));

/** How the person of this decree was introduced; undefined while the form is not filled in. */
export function nominationOrNone(db: Db, decreeId: number): Nomination | undefined {
  const row = statements(db).of.get(decreeId) as (Nomination & { lines: string }) | undefined;
  return row && { ...row, lines: JSON.parse(row.lines) as NominationLine[] };
}

/** Records the introduction of the person of a decree, once, by whoever may propose for the seat. */
export function recordNomination(
  tx: Tx,
  actor: Actor,
  decree: Decree,
  typed: NominationTyped,
): Nomination {
  requirePower(actor, powerFor(decree.seat, 'draft'), placeOf(decree));
  refuseOwnMatter(actor, decree.centreId, decree.personId);
  const { state } = again(tx, actor, decree);
  if (state === 'ended' || state === 'cancelled') throw new Refusal('board:refusals.already-ended');
  if (nominationOrNone(tx, decree.id)) throw new Refusal('board:refusals.nominated');
  refuseIncomplete(decree, typed);
  const { introducer, standing, represents = null, refereeOne, refereeTwo, plan, lines } = typed;
  const { birthYear = null } = typed;
  const act = record(tx, actor, {
    ...{ kind: 'decree.nominated', subject: `decrees/${decree.id}`, centreId: decree.centreId },
    after: { introducer, standing, represents, refereeOne, refereeTwo, plan, lines, birthYear },
  });
  statements(tx).insert.run(
    ...[decree.id, introducer, standing, represents, refereeOne, refereeTwo, plan],
    ...[JSON.stringify(lines), birthYear, actor.today, actor.user!.id, act.id],
  );
  return nominationOrNone(tx, decree.id)!;
}

/** The years of birth that are known of these decrees' holders. */
export function birthYearsOf(db: Db, decreeIds: number[]): number[] {
  const rows = statements(db).years.all(JSON.stringify(decreeIds)) as { year: number }[];
  return rows.map(({ year }) => year);
}

function refuseIncomplete(decree: Decree, typed: NominationTyped): void {
  const told = { status: 422 as const };
  uphold(voluntaryService, { declared: typed.voluntary }, { ...told, field: 'voluntary' });
  uphold(withPlan, { hasPlan: typed.plan.trim().length >= 10 }, { ...told, field: 'plan' });
  if (typed.refereeOne === typed.refereeTwo) {
    throw new Refusal('board:refusals.one-referee', { ...told, field: 'refereeTwo' });
  }
  if (decree.seat === 'assemblies' && !typed.represents) {
    const clause = 'B-33';
    throw new Refusal('board:refusals.represents', { ...told, clause, field: 'represents' });
  }
  const missing = NOMINATION_LINES.filter((line) => !typed.lines.includes(line));
  if (missing.length === 0) return;
  const fields = missing.map((line) => ({ field: line, key: 'board:refusals.line-unticked' }));
  throw new Refusal('common:refusals.check-fields', { ...told, fields });
}
