/** What the compass asks about the bank (B-80): whether books and bank were brought together. */
import { type Db, prepared } from '../provinces/connection.ts';

export type BankFacts = {
  /** The first day on which money moved at the bank in the books; null while none did. */
  firstOn: string | null;
  /** The first day after the last signed sheet on which money moved; null when there is none. */
  sinceOn: string | null;
  /** The day of the last signed sheet, and whether all of it had a name. */
  reconciledOn: string | null;
  unexplained: boolean;
};

const MOVED = `SELECT min(e.entry_on) FROM entries e WHERE e.centre_id = @centreId
  AND e.entry_on > @day AND e.source NOT IN ('closing', 'opening')
  AND EXISTS (SELECT 1 FROM entry_lines l WHERE l.entry_id = e.id AND l.account = '1102')`;

const statements = prepared(({ $client: client }) => ({
  moved: client.prepare(MOVED).pluck(),
  last: client.prepare(
    `SELECT r.through_on AS "on", EXISTS (SELECT 1 FROM json_each(r.items)
       WHERE value ->> 'kind' IN ('unexplained', 'jump')) AS unexplained
     FROM bank_reconciliations r JOIN bank_reconciliation_signings s ON s.reconciliation_id = r.id
     WHERE r.centre_id = ? ORDER BY r.through_on DESC, r.id DESC LIMIT 1`,
  ),
  uses: client
    .prepare(`SELECT 1 FROM balances WHERE centre_id = ? AND account = '1102' LIMIT 1`)
    .pluck(),
}));

export function bankFactsOf(db: Db, centreId: number): BankFacts {
  const { moved, last, uses } = statements(db);
  if (uses.get(centreId) === undefined) {
    return { firstOn: null, sinceOn: null, reconciledOn: null, unexplained: false };
  }
  const found = last.get(centreId) as { on: string; unexplained: number } | undefined;
  return {
    firstOn: moved.get({ centreId, day: '' }) as string | null,
    sinceOn: moved.get({ centreId, day: found?.on ?? '' }) as string | null,
    reconciledOn: found?.on ?? null,
    unexplained: found?.unexplained === 1,
  };
}
