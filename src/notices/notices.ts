/** What those concerned are told of an act, in the act's own transaction; read or unread by each. */
import type { Actor } from '../access/actor.ts';
import type { Role, Seat } from '../access/powers.ts';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import type { Recorded } from '../trail/acts.ts';

/** A seat of the centre the notice is about, an office (of one county, if told), or one person. */
export type Addressee = { seat: Seat } | { role: Role; countyId?: number } | { personId: number };

/** `key` is a sentence of locales; of its `said` values those named …On are ISO days. */
export type Notice = {
  key: string;
  said: Record<string, string | number>;
  /** Where to go: below the centre, or below the province if the notice is of no centre. */
  href: string;
  centreId: number | null;
  to: Addressee[];
};

export type NoticeRow = {
  id: number;
  key: string;
  said: Record<string, string | number>;
  href: string;
  toldAt: string;
  centre: { id: number; countyId: number; code: string; name: string } | null;
  unread: boolean;
};

/** The notices for a user: by his person, by his office and its county, by each of his seats. */
const MINE = `(SELECT p.id FROM notices p WHERE p.person_id = @personId
    -- What his seat is told too, he is told once.
    AND NOT EXISTS (SELECT 1 FROM json_each(@seats) held
      JOIN notices s ON s.act_id = p.act_id AND s.key = p.key
        AND s.centre_id = held.value ->> 'centreId' AND s.seat = held.value ->> 'seat')
  UNION SELECT id FROM notices WHERE role = @role
    AND (county_id IS NULL OR @countyId IS NULL OR county_id = @countyId)
  UNION SELECT n.id FROM json_each(@seats) held
    JOIN notices n ON n.centre_id = held.value ->> 'centreId' AND n.seat = held.value ->> 'seat')`;

const statements = prepared((db) => ({
  insert: db.$client.prepare(
    `INSERT INTO notices (act_id, told_at, key, said, href, centre_id, seat, role, county_id,
       person_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  mine: db.$client.prepare(
    `SELECT n.id, n.key, n.said, n.href, n.told_at AS toldAt, c.id AS centreId, c.county_id AS countyId,
       c.code, c.name,
       n.id > coalesce((SELECT up_to FROM notices_read WHERE user_id = @userId), 0) AS unread
     FROM notices n LEFT JOIN centres c ON c.id = n.centre_id
     WHERE n.id IN ${MINE} ORDER BY n.id DESC LIMIT @limit OFFSET @offset`,
  ),
  count: db.$client.prepare(`SELECT count(*) FROM ${MINE}`).pluck(),
  unread: db.$client
    .prepare(
      `SELECT count(*) FROM ${MINE} AS mine
       WHERE mine.id > coalesce((SELECT up_to FROM notices_read WHERE user_id = @userId), 0)`,
    )
    .pluck(),
  read: db.$client.prepare(
    `INSERT INTO notices_read (user_id, up_to) VALUES (@userId, @upTo)
     ON CONFLICT DO UPDATE SET up_to = max(up_to, excluded.up_to)`,
  ),
}));

/** Tells each addressee of the act; nothing is sent, it stands on his page of notices. */
export function tell(tx: Tx, actor: Actor, act: Recorded, notice: Notice): void {
  const { key, said, href, centreId, to } = notice;
  for (const one of to) {
    const seat = 'seat' in one ? one.seat : null;
    const role = 'role' in one ? one.role : null;
    const countyId = 'role' in one ? (one.countyId ?? null) : null;
    const personId = 'personId' in one ? one.personId : null;
    statements(tx).insert.run(
      ...[act.id, actor.now, key, JSON.stringify(said), href],
      ...[centreId, seat, role, countyId, personId],
    );
  }
}

/** Of which centre a notice is, as it is read. */
type Told = { centreId: number; countyId: number; code: string; name: string };

/** A page of the actor's notices, the newest first. */
export function noticesOf(db: Db, actor: Actor, limit: number, offset = 0): NoticeRow[] {
  const rows = statements(db).mine.all({ ...reader(actor), limit, offset }) as (Omit<
    NoticeRow,
    'said' | 'centre' | 'unread'
  > & { said: string; unread: number } & (Told | { [key in keyof Told]: null }))[];
  return rows.map(({ said, centreId, countyId, code, name, unread, ...row }) => ({
    ...row,
    said: JSON.parse(said) as NoticeRow['said'],
    centre: centreId === null ? null : { id: centreId, countyId, code, name },
    unread: unread === 1,
  }));
}

export function countNotices(db: Db, actor: Actor): number {
  const { userId: _, ...mine } = reader(actor);
  return statements(db).count.get(mine) as number;
}

export function countUnread(db: Db, actor: Actor): number {
  return statements(db).unread.get(reader(actor)) as number;
}

/** Marks everything up to this notice as read by the actor. */
export function markRead(tx: Tx, actor: Actor, upTo: number): void {
  const known = noticesOf(tx, actor, 1)[0]?.id ?? 0;
  if (known > 0) statements(tx).read.run({ userId: actor.user!.id, upTo: Math.min(upTo, known) });
}

function reader(actor: Actor) {
  const seats = [...actor.seats, ...(actor.kept ?? [])].map(({ centreId, seat }) => ({
    centreId,
    seat,
  }));
  return {
    userId: actor.user?.id ?? 0,
    personId: actor.user?.personId ?? null,
    role: actor.office?.role ?? null,
    countyId: actor.office?.countyId ?? null,
    seats: JSON.stringify(seats),
  };
}
