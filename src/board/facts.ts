/** What the board's clauses are judged by: needs, requests, changes, absences, nominations. */
import type { BoardFacts } from '../bylaw/facts.ts';
import { type Db, prepared } from '../provinces/connection.ts';

const HELD = `FROM decrees x JOIN decree_issues xi ON xi.decree_id = x.id
  JOIN decree_acceptances xa ON xa.decree_id = x.id
  WHERE x.centre_id = d.centre_id AND x.seat = d.seat AND x.id <> d.id`;

const AGREED = `FROM change_requests r
  JOIN change_answers a ON a.request_id = r.id AND a.answer = 'agreed'`;

const statements = prepared(({ $client: client }) => ({
  needs: client
    .prepare(
      `SELECT n.decree_id FROM decree_needs n JOIN decrees d ON d.id = n.decree_id
       WHERE d.centre_id = ?`,
    )
    .pluck(),
  // Those asked for before there were letters have told nobody.
  requests: client.prepare(
    `SELECT r.decree_id AS decreeId, EXISTS (SELECT 1 FROM notices n
         WHERE n.act_id = r.act_id AND n.role = 'province-deputy') AS told
     FROM decree_requests r JOIN decrees d ON d.id = r.decree_id
     WHERE d.centre_id = ? AND r.paper_id IS NOT NULL`,
  ),
  ends: client.prepare(
    `SELECT d.id AS decreeId, coalesce(u.role IN ('county-head', 'province-deputy'), 0)
       OR EXISTS (SELECT 1 ${AGREED} WHERE r.decree_id = d.id AND r.kind IN ('replace', 'end')
         AND a.decided_on <= e.ended_on) AS agreed
     FROM decrees d JOIN decree_issues i ON i.decree_id = d.id
     JOIN decree_endings e ON e.decree_id = d.id JOIN users u ON u.id = e.ended_by
     WHERE d.centre_id = @centre AND d.seat NOT IN ('chair', 'vice-chair')
       AND e.act_id > @since`,
  ),
  followers: client.prepare(
    `SELECT d.id AS decreeId, EXISTS (SELECT 1 ${AGREED} WHERE r.decree_id = before.id
         AND r.person_id = d.person_id AND a.decided_on <= i.issued_on) AS agreed
     FROM decrees d JOIN decree_issues i ON i.decree_id = d.id
     JOIN decrees before ON before.id = (SELECT x.id ${HELD} AND x.from_on <= d.from_on
       ORDER BY x.from_on DESC, x.id DESC LIMIT 1)
     WHERE d.centre_id = @centre AND d.seat NOT IN ('chair', 'vice-chair')
       AND before.person_id <> d.person_id AND i.act_id > @since`,
  ),
  waiting: client
    .prepare(
      `SELECT count(*) FROM change_requests r LEFT JOIN change_answers a ON a.request_id = r.id
       LEFT JOIN change_withdrawals w ON w.request_id = r.id
       WHERE r.centre_id = ? AND a.request_id IS NULL AND w.request_id IS NULL`,
    )
    .pluck(),
  absences: client.prepare(
    `SELECT count(*) AS count, coalesce(sum(coalesce(u.role, '') NOT IN
         ('county-head', 'province-deputy') AND u.person_id IS NOT d.person_id), 0) AS stray
     FROM absences b JOIN users u ON u.id = b.declared_by
     JOIN decrees d ON d.id = b.chair_decree_id WHERE b.centre_id = ?`,
  ),
  nominations: client.prepare(
    `SELECT n.decree_id AS decreeId, n.is_voluntary AS voluntary, length(trim(n.plan)) AS plan
     FROM nominations n JOIN decrees d ON d.id = n.decree_id WHERE d.centre_id = ?`,
  ),
  signed: client.prepare(
    `SELECT count(*) AS count, coalesce(sum(u.role IS NOT c.kind), 0) AS stray
     FROM clearances c JOIN users u ON u.id = c.decided_by
     WHERE c.person_id IN (SELECT person_id FROM decrees WHERE centre_id = ?)`,
  ),
  // B-131 is held from the first file on that knows requests for changes.
  since: client.prepare("SELECT value FROM settings WHERE key = 'changes-since-act'").pluck(),
}));

type Yes<T extends string> = { decreeId: number } & Record<T, number>;

/** The facts of a centre's board as they stand on this day. */
export function boardFacts(db: Db, centreId: number): BoardFacts {
  const read = statements(db);
  const since = Number(read.since.get() ?? 0);
  const flagged = <T extends string>(rows: unknown, flag: T) =>
    (rows as Yes<T>[]).map((row) => ({ decreeId: row.decreeId, [flag]: row[flag] === 1 }));
  const at = { centre: centreId, since };
  return {
    needs: read.needs.all(centreId) as number[],
    requests: flagged(read.requests.all(centreId), 'told') as BoardFacts['requests'],
    endings: flagged(read.ends.all(at), 'agreed') as BoardFacts['endings'],
    followers: flagged(read.followers.all(at), 'agreed') as BoardFacts['followers'],
    changesWaiting: read.waiting.get(centreId) as number,
    absences: read.absences.get(centreId) as BoardFacts['absences'],
    nominations: (read.nominations.all(centreId) as Nominated[]).map(
      ({ decreeId, voluntary, plan }) => ({
        ...{ decreeId, isVoluntary: voluntary === 1, hasPlan: plan > 0 },
      }),
    ),
    signed: read.signed.get(centreId) as BoardFacts['signed'],
  };
}

type Nominated = { decreeId: number; voluntary: number; plan: number };
