/** B-139: a survey's sheet tells of the area until a later version is approved. */
import { type Db, prepared } from '../provinces/connection.ts';
import { wordsFor } from '../words.ts';

const statements = prepared(({ $client: client }) => ({
  later: client.prepare(
    `SELECT later.version, n.approved_on AS approvedOn
     FROM survey_approvals a JOIN surveys s ON s.id = a.survey_id
     JOIN surveys later ON later.centre_id = s.centre_id AND later.version > s.version
     JOIN survey_approvals n ON n.survey_id = later.id
     WHERE a.paper_id = ? ORDER BY later.version LIMIT 1`,
  ),
}));

type Later = { version: number; approvedOn: string };

export function surveyFate(db: Db, { id }: { id: number }) {
  const later = statements(db).later.get(id) as Later | undefined;
  if (!later) return undefined;
  const reason = wordsFor('fa')('network:sheet.replaced', { version: later.version });
  return { state: 'replaced' as const, since: later.approvedOn, reason };
}
