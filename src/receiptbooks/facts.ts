/** What the compass asks about books of paper receipts (B-132): back in time, every number told of. */
import { type Db, prepared } from '../provinces/connection.ts';
import { countLateBooks } from './books.ts';

export type PaperBookFacts = { late: number; unaccounted: number };

const statements = prepared((db) => ({
  unaccounted: db.$client
    .prepare(
      `SELECT coalesce(sum(b.to_number - b.from_number + 1
         - (SELECT count(*) FROM receipt_leaves WHERE book_id = b.id)), 0)
       FROM receipt_books b JOIN receipt_book_closings c ON c.book_id = b.id WHERE b.centre_id = ?`,
    )
    .pluck(),
}));

export const paperBookFactsOf = (db: Db, centreId: number, today: string): PaperBookFacts => ({
  late: countLateBooks(db, centreId, today),
  unaccounted: statements(db).unaccounted.get(centreId) as number,
});
