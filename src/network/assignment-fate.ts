/** What became of an assignment's letter: it is over once it was ended; its own days it tells itself. */
import type { Fate, Told } from '../paper/fates.ts';
import { type Db, prepared } from '../provinces/connection.ts';

const statements = prepared((db) => ({
  ofPaper: db.$client.prepare(
    `SELECT e.ended_on AS since, e.reason FROM assignments a
     JOIN assignment_endings e ON e.assignment_id = a.id WHERE a.paper_id = ?`,
  ),
}));

export function assignmentFate(db: Db, letter: Told): Fate | undefined {
  const ended = statements(db).ofPaper.get(letter.id) as Omit<Fate, 'state'> | undefined;
  return ended && { state: 'over', ...ended };
}
