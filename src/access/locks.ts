/** Locks: after too many wrong passwords an account, or a network address, has to wait. */
import { type Db, prepared, type Tx } from '../provinces/connection.ts';

const MINUTES = 15;
const ACCOUNT_TRIES = 5;
const ADDRESS_TRIES = 20;

/** Who tries: the name as typed, its user if there is one, and from where. */
export type Try = { username: string; userId: number | undefined; address: string };

/** A door that is shut until its moment: that of the account or that of the address. */
export type Shut = { door: 'account' | 'address'; until: string };

type Count = { failures: number; since: string; lockedUntil: string | null };
type Door = { kind: Shut['door']; limit: number; read: () => Count; write: (count: Count) => void };

const statements = prepared((db) => ({
  user: db.$client.prepare(
    `SELECT failures, '' AS since, locked_until AS lockedUntil FROM users WHERE id = ?`,
  ),
  countUser: db.$client.prepare('UPDATE users SET failures = ?, locked_until = ? WHERE id = ?'),
  other: db.$client.prepare(
    `SELECT failures, since, locked_until AS lockedUntil FROM sign_in_failures WHERE address = ?`,
  ),
  countOther: db.$client.prepare(
    `INSERT INTO sign_in_failures VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET
       failures = excluded.failures, since = excluded.since, locked_until = excluded.locked_until`,
  ),
  forget: db.$client.prepare(
    `DELETE FROM sign_in_failures WHERE since < ? AND coalesce(locked_until, '') < ?`,
  ),
}));

/**
 * Counts a try before it is judged, so that a hundred at the same moment get no further than a
 * hundred one after another. Answers the door that is shut already, or that this try shuts if it
 * turns out wrong.
 */
export function countTry(tx: Tx, tried: Try, now: string): { shut?: Shut; last?: Shut } {
  const doors = doorsOf(tx, tried, now);
  const shut = shutOf(doors, now);
  if (shut) return { shut };
  forgetOld(tx, now);
  for (const door of doors) door.write(counted(door, 1, now));
  return { last: shutOf(doors, now) };
}

/** Takes one try back: it was right, though there is more to ask. */
export function takeBackTry(tx: Tx, tried: Try, now: string): void {
  for (const door of doorsOf(tx, tried, now)) door.write(counted(door, -1, now));
}

/** The try was right and opens the account; the address is only given this one try back. */
export function forgiveTries(tx: Tx, tried: Try, now: string): void {
  const [account, address] = doorsOf(tx, tried, now);
  account.write({ failures: 0, since: now, lockedUntil: null });
  address.write(counted(address, -1, now));
}

/** Whether sign-in is shut to this user at this moment, and until when. */
export function lockOf(user: { lockedUntil: string | null }, now: string): string | undefined {
  return user.lockedUntil !== null && user.lockedUntil > now ? user.lockedUntil : undefined;
}

/** One household's network counts as one address; a single host there has billions of them. */
export function networkOf(ip: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (v4) return v4;
  const [head = '', tail = ''] = ip.split('::');
  const groups = head.split(':').filter(Boolean);
  const missing = 8 - groups.length - tail.split(':').filter(Boolean).length;
  return [...groups, ...Array(Math.max(0, missing)).fill('0')].slice(0, 4).join(':');
}

function shutOf(doors: Door[], now: string): Shut | undefined {
  for (const door of doors) {
    const { lockedUntil } = door.read();
    if (lockedUntil !== null && lockedUntil > now) return { door: door.kind, until: lockedUntil };
  }
  return undefined;
}

/** The count after this try; it begins anew after a lock, and for an address after a while. */
function counted(door: Door, change: 1 | -1, now: string): Count {
  const before = door.read();
  const isOver = before.lockedUntil !== null && before.lockedUntil <= now;
  const isOld = door.kind === 'address' && before.since < minutesFrom(now, -MINUTES);
  const fresh = isOver || isOld;
  const failures = Math.max(0, (fresh ? 0 : before.failures) + change);
  const since = fresh || before.failures === 0 ? now : before.since;
  return {
    failures,
    since,
    lockedUntil: failures >= door.limit ? minutesFrom(now, MINUTES) : null,
  };
}

/** An unknown name is locked like a known one, so that a lock tells nobody who is a user. */
function doorsOf(tx: Tx, tried: Try, now: string): [Door, Door] {
  const { userId, username, address } = tried;
  const account =
    userId === undefined
      ? otherDoor(tx, `name:${username.slice(0, 60)}`, now)
      : userDoor(tx, userId);
  return [
    { ...account, kind: 'account', limit: ACCOUNT_TRIES },
    { ...otherDoor(tx, `from:${address}`, now), kind: 'address', limit: ADDRESS_TRIES },
  ];
}

function userDoor(db: Db, id: number): Pick<Door, 'read' | 'write'> {
  return {
    read: () => statements(db).user.get(id) as Count,
    write: ({ failures, lockedUntil }) => statements(db).countUser.run(failures, lockedUntil, id),
  };
}

function otherDoor(db: Db, key: string, now: string): Pick<Door, 'read' | 'write'> {
  const none: Count = { failures: 0, since: now, lockedUntil: null };
  return {
    read: () => (statements(db).other.get(key) as Count | undefined) ?? none,
    write: ({ failures, since, lockedUntil }) =>
      statements(db).countOther.run(key, failures, since, lockedUntil),
  };
}

function forgetOld(tx: Tx, now: string): void {
  statements(tx).forget.run(minutesFrom(now, -30 * 24 * 60), now);
}

function minutesFrom(now: string, minutes: number): string {
  return new Date(Date.parse(now) + minutes * 60_000).toISOString();
}
