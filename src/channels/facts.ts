/** What the compass asks of a centre's channels (B-122) and of its requests for support (B-120). */
import { type Db, prepared } from '../provinces/connection.ts';

export type OnlineFacts = {
  /** Channels that stand, and the first of them whose service the province does not approve. */
  channels: { count: number; stray: string | null };
  /** Requests answered; the number and day of the oldest that waits. */
  support: { answered: number; waiting: { id: number; since: string } | null };
};

const STANDING = `channels c LEFT JOIN channel_endings e ON e.channel_id = c.id
  WHERE c.centre_id = @centre AND e.channel_id IS NULL`;

/** The last step of a request, or none. */
const LAST = `(SELECT kind FROM support_steps WHERE request_id = r.id ORDER BY id DESC LIMIT 1)`;

const statements = prepared((db) => ({
  channels: db.$client.prepare(
    `SELECT count(*) AS count,
       (SELECT c.address FROM ${STANDING} AND NOT EXISTS (SELECT 1 FROM approved_services s,
          (SELECT substr(c.address, 9, instr(substr(c.address, 9) || '/', '/') - 1) AS host) h
          WHERE s.key = c.service
            AND (h.host = s.domain OR substr(h.host, -length(s.domain) - 1) = '.' || s.domain))
        LIMIT 1) AS stray
     FROM ${STANDING}`,
  ),
  answered: db.$client
    .prepare(
      `SELECT count(DISTINCT s.request_id) FROM support_steps s
       JOIN support_requests r ON r.id = s.request_id WHERE r.centre_id = ? AND s.kind = 'answer'`,
    )
    .pluck(),
  waiting: db.$client.prepare(
    `SELECT r.id, coalesce((SELECT max(taken_on) FROM support_steps WHERE request_id = r.id),
       r.asked_on) AS since
     FROM support_requests r WHERE r.centre_id = ? AND coalesce(${LAST}, 'ask') = 'ask'
     ORDER BY since, r.id LIMIT 1`,
  ),
}));

export function onlineFactsOf(db: Db, centreId: number): OnlineFacts {
  const read = statements(db);
  return {
    channels: read.channels.get({ centre: centreId }) as OnlineFacts['channels'],
    support: {
      answered: read.answered.get(centreId) as number,
      waiting: (read.waiting.get(centreId) ?? null) as OnlineFacts['support']['waiting'],
    },
  };
}
