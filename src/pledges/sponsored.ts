/** What is held in the name of each sponsored child or household: by its code, no name anywhere. */
import { type Db, prepared } from '../provinces/connection.ts';

export type Sponsored = {
  code: string;
  /** Sponsors whose promise stands. */
  sponsors: number;
  monthlyRial: number;
  receivedRial: number;
  passedRial: number;
  heldRial: number;
};

const statements = prepared(({ $client: client }) => ({
  all: client.prepare(
    `WITH codes AS (
       SELECT p.sponsored_code AS code,
         sum(e.pledge_id IS NULL AND coalesce(p.last_on, @today) >= @today) AS sponsors,
         sum(iif(e.pledge_id IS NULL AND coalesce(p.last_on, @today) >= @today
           AND p.repeats = 'monthly', p.amount_rial, 0)) AS monthlyRial
       FROM pledges p LEFT JOIN pledge_ends e ON e.pledge_id = p.id
       WHERE p.centre_id = @centreId AND p.sponsored_code IS NOT NULL GROUP BY p.sponsored_code)
     SELECT c.code, c.sponsors, c.monthlyRial, coalesce(m.received_rial, 0) AS receivedRial,
       coalesce(m.received_rial - m.held_rial, 0) AS passedRial,
       coalesce(m.held_rial, 0) AS heldRial
     FROM codes c LEFT JOIN sponsored_money m ON m.centre_id = @centreId AND m.code = c.code
     ORDER BY c.code`,
  ),
}));

export const sponsoredOf = (db: Db, centreId: number, today: string): Sponsored[] =>
  statements(db).all.all({ centreId, today }) as Sponsored[];
