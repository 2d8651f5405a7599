/** What the compass asks about experience (B-108): what is shared, and what waits for its answer. */
import { type Db, prepared } from '../provinces/connection.ts';

export type ExperienceFacts = { approved: number; waiting: { id: number; since: string } | null };

const statements = prepared(({ $client: client }) => ({
  approved: client
    .prepare(
      `SELECT count(*) FROM experiences e JOIN experience_answers a ON a.experience_id = e.id
       WHERE e.centre_id = ? AND a.answer = 'approved'`,
    )
    .pluck(),
  waiting: client.prepare(
    `SELECT e.first_id AS id, e.written_on AS since FROM experiences e
     WHERE e.centre_id = ? AND NOT EXISTS (SELECT 1 FROM experience_answers
       WHERE experience_id = e.id) ORDER BY e.id LIMIT 1`,
  ),
}));

export function experienceFactsOf(db: Db, centreId: number): ExperienceFacts {
  const read = statements(db);
  return {
    approved: read.approved.get(centreId) as number,
    waiting: (read.waiting.get(centreId) ?? null) as ExperienceFacts['waiting'],
  };
}
