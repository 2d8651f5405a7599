/** What the compass asks about oversight: the county office, what waits for it, mosques, intentions. */
import { type Db, prepared } from '../provinces/connection.ts';
import { WAITING } from './waiting.ts';

export type OversightFacts = {
  /** Of a hundred centres of the province so many sit in mosques (B-4). */
  mosqueShare: number;
  /** Who heads the county's office in the program (B-12). */
  head: string | null;
  /** Since when the oldest question of this centre waits for the committee (B-18). */
  waitingSince: string | null;
  /** For how many intentions gifts were taken (B-26). */
  intentions: number;
  /** In how many ways gifts were given: cash, card, goods, a service. */
  kinds: number;
};

const statements = prepared((db) => ({
  facts: db.$client.prepare(
    `SELECT (SELECT CAST(round(100.0 * sum(host = 'mosque') / count(*)) AS INTEGER) FROM centres)
         AS mosqueShare,
       (SELECT u.name FROM users u JOIN centres c ON c.county_id = u.county_id
        WHERE c.id = @centre AND u.role = 'county-head' AND u.ended_at IS NULL
        ORDER BY u.id LIMIT 1) AS head,
       (SELECT min(since) FROM (${WAITING}) WHERE centreId = @centre) AS waitingSince,
       (SELECT count(DISTINCT g.fund) FROM donation_days g JOIN funds f ON f.code = g.fund
        WHERE g.centre_id = @centre AND g.given_rial > 0) AS intentions,
       (SELECT count(DISTINCT g.kind) FROM donation_days g
        WHERE g.centre_id = @centre AND g.given_count > 0) AS kinds`,
  ),
}));

export const oversightFactsOf = (db: Db, centre: number): OversightFacts =>
  statements(db).facts.get({ centre }) as OversightFacts;
