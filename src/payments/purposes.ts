/** What is never paid: a wage (B-46, B-136), a rent (B-114), the mosque's own (B-98). */
import { isForMosque } from '../donations/funds.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { Refusal } from '../refusal.ts';
import { normaliseText, searchText } from '../values/persian-text.ts';

/** Kinds that somebody may ask for, and the clause that refuses each. */
const REFUSED_KINDS: Record<string, RefusedClause> = {
  ...{ wage: 'B-46', worker: 'B-46', rent: 'B-114', landlord: 'B-114', mosque: 'B-98' },
};

export type RefusedClause = 'B-46' | 'B-98' | 'B-114';
export const REFUSED_CLAUSES: readonly RefusedClause[] = ['B-46', 'B-114', 'B-98'];

const statements = prepared((db) => ({
  refused: db.$client
    .prepare(
      `SELECT clause FROM refused_purposes
       WHERE ' ' || @purpose || ' ' GLOB '* ' || word || ' *' ORDER BY clause LIMIT 1`,
    )
    .pluck(),
}));

/** A purpose as it is searched: its words one by one, so that none is found inside another. */
export function purposeWords(purpose: string): string {
  const words = normaliseText(purpose).split(
    /[\s()[\]{}.,;:!?/\\"'\u060c\u061b\u061f\u00ab\u00bb\u2013-]+/,
  );
  return words.map(searchText).filter(Boolean).join(' ');
}

/** Refuses a kind that is none, for the clause forbids it. */
export function refuseKind(kind: unknown): void {
  const clause = REFUSED_KINDS[String(kind)];
  if (clause) throw refused(clause, 'kind');
}

/** Refuses what says by its words that it is none of the centre's to pay; aid is a household's own. */
export function refusePurpose(db: Db, kind: string, purpose: string): void {
  const words = purposeWords(purpose);
  const found = kind !== 'aid' && statements(db).refused.get({ purpose: words });
  if (found) throw refused(found as RefusedClause, 'purpose');
  if (isForMosque(db, words.replaceAll(' ', ''))) throw refused('B-98', 'purpose');
}

function refused(clause: RefusedClause, field: string): Refusal {
  return new Refusal(`payments:refusals.${clause}`, { status: 422, clause, field });
}
