/** What the compass asks about complaints (B-19) and suggestions (B-107) of a centre. */
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
