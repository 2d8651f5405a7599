/** What the compass asks about complaints (B-19), suggestions (B-107) and visits (B-111). */
import { type Db, prepared } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import type { CaseKind } from './schema.ts';

export type CaseFacts = {
  filed: number;
  answered: number;
  /** The one that waits longest past its day. */
  late: { id: number; number: string; dueOn: string } | null;
};

export type SupervisionFacts = Record<CaseKind, CaseFacts>;

const statements = prepared(({ $client: client }) => ({
  counts: client.prepare(
    `SELECT count(*) AS filed, count(answered_on) AS answered FROM complaint_cases
     WHERE centre_id = ? AND kind = ?`,
  ),
  late: client.prepare(
    `SELECT id, year, number, due_on AS dueOn FROM complaint_cases
     WHERE centre_id = ? AND kind = ? AND answered_on IS NULL AND due_on < ? ORDER BY due_on LIMIT 1`,
  ),
  visits: client.prepare(
    `SELECT count(*) AS count, max(visited_on) AS lastOn FROM field_inspections WHERE centre_id = ?`,
  ),
  open: client.prepare(
    `SELECT number, due_on AS dueOn FROM findings_standing
     WHERE centre_id = ? AND state <> 'accepted' ORDER BY due_on`,
  ),
  any: client.prepare('SELECT 1 FROM complaints LIMIT 1').pluck(),
}));

const NONE: CaseFacts = { filed: 0, answered: 0, late: null };

export function supervisionFactsOf(db: Db, centreId: number, today: string): SupervisionFacts {
  if (statements(db).any.get() === undefined) return { complaint: NONE, suggestion: NONE };
  const of = (kind: CaseKind): CaseFacts => {
    const counts = statements(db).counts.get(centreId, kind) as Omit<CaseFacts, 'late'>;
    const late = statements(db).late.get(centreId, kind, today) as Late | undefined;
    if (!late) return { ...counts, late: null };
    const number = writtenNumber(late.year, late.number, 4);
    return { ...counts, late: { id: late.id, number, dueOn: late.dueOn } };
  };
  return { complaint: of('complaint'), suggestion: of('suggestion') };
}

type Late = { id: number; year: number; number: number; dueOn: string };

export type VisitFacts = {
  count: number;
  lastOn: string | null;
  /** Findings not yet accepted as mended, and the first that is past its day. */
  open: number;
  late: { number: number; dueOn: string } | null;
};

export function visitFactsOf(db: Db, centreId: number, today: string): VisitFacts {
  const visits = statements(db).visits.get(centreId) as Pick<VisitFacts, 'count' | 'lastOn'>;
  if (visits.count === 0) return { ...visits, open: 0, late: null };
  const open = statements(db).open.all(centreId) as NonNullable<VisitFacts['late']>[];
  return { ...visits, open: open.length, late: open.find(({ dueOn }) => dueOn < today) ?? null };
}
