/** When each section's report was issued last; null where none was. */
import { type Db, prepared } from '../provinces/connection.ts';
import { SECTIONS, type Section } from './section-report-kinds.ts';

export type ReportFacts = Record<Section, string | null>;

const statements = prepared((db) => ({
  last: db.$client
    .prepare('SELECT max(issued_on) FROM section_reports WHERE centre_id = ? AND section = ?')
    .pluck(),
}));

export function reportFactsOf(db: Db, centreId: number): ReportFacts {
  const { last } = statements(db);
  const entries = SECTIONS.map((section) => [section, last.get(centreId, section) ?? null]);
  return Object.fromEntries(entries) as ReportFacts;
}
