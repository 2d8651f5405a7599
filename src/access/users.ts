/** Users: officers of the committee by their role, trustees by their person. */

import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { eq, sql } from '../provinces/drizzle.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { latinDigits, searchText, searchWords, sortKey } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import type { Actor } from './actor.ts';
import { lockOf } from './locks.ts';
import type { Role, Seat } from './powers.ts';
import { users } from './schema.ts';
import { endSessionsOf } from './session.ts';

export type User = typeof users.$inferSelect;

type Opening = { username: string; name: string; passwordHash: string; mustChange: boolean };
export type NewOfficer = Opening & { role: Role; countyId: number | null };
export type NewTrustee = Opening & { personId: number };

export type UserState = 'open' | 'locked' | 'ended';
export type ListedUser = Pick<User, 'id' | 'username' | 'name' | 'role' | 'createdAt'> & {
  countyName: string | null;
  hasCodes: boolean;
  state: UserState;
};
export type UserFilter = { q?: string; role?: string; state?: string; sort?: string };

const statements = prepared((db) => ({
  byName: db
    .select()
    .from(users)
    .where(eq(users.username, sql.placeholder('username')))
    .prepare(),
  byId: db
    .select()
    .from(users)
    .where(eq(users.id, sql.placeholder('id')))
    .prepare(),
  ofPerson: db
    .select({ id: users.id })
    .from(users)
    .where(eq(users.personId, sql.placeholder('personId')))
    .prepare(),
  counties: db.$client.prepare('SELECT id, name FROM counties ORDER BY name_sort'),
  insert: db.$client.prepare(
    `INSERT INTO users (username, name, password_hash, must_change_password, role, county_id,
       person_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  setPassword: db.$client.prepare(
    `UPDATE users SET password_hash = ?, must_change_password = ?, failures = 0,
       locked_until = NULL WHERE id = ?`,
  ),
  unlock: db.$client.prepare('UPDATE users SET failures = 0, locked_until = NULL WHERE id = ?'),
  revokeTokens: db.$client.prepare(
    'UPDATE tokens SET revoked_at = ? WHERE user_id = ? AND revoked_at IS NULL',
  ),
  end: db.$client.prepare('UPDATE users SET ended_at = ? WHERE id = ?'),
  all: db.$client.prepare(
    `SELECT u.id, u.username, u.name, u.role, u.created_at AS createdAt, c.name AS countyName,
       u.locked_until AS lockedUntil, u.ended_at AS endedAt,
       u.totp_confirmed_at AS totpConfirmedAt
     FROM users u LEFT JOIN counties c ON c.id = u.county_id`,
  ),
  centre: db.$client.prepare('SELECT code, name FROM centres WHERE id = ?'),
  // Acts of no centre are few and found by the index; a sign-in belongs to none.
  signIns: db.$client
    .prepare(
      `SELECT at FROM acts WHERE centre_id IS NULL AND user_id = ? AND kind = 'user.signed-in'
       ORDER BY id DESC LIMIT 10`,
    )
    .pluck(),
}));

/** Opens the way in for an officer of the committee. */
export function createUser(tx: Tx, actor: Actor, officer: NewOfficer): number {
  const { role, countyId } = officer;
  refuseDeputys(actor, role);
  if ((role === 'county-head') !== (countyId !== null)) {
    const key = countyId === null ? 'county-needed' : 'county-not-needed';
    throw new Refusal(`access:refusals.${key}`, { status: 422, field: 'county', clause: 'B-17' });
  }
  const id = insertUser(tx, actor, officer, { role, countyId, personId: null });
  const after = { username: officer.username, name: officer.name, role, countyId };
  record(tx, actor, { kind: 'user.created', subject: `users/${id}`, after });
  return id;
}

/** Opens the way in for a trustee; what he may do there comes from his decrees alone. */
export function openTrusteeUser(tx: Tx, actor: Actor, trustee: NewTrustee): number {
  const { personId, username, name } = trustee;
  if (statements(tx).ofPerson.get({ personId })) {
    throw new Refusal('access:refusals.person-has-user', { values: { name } });
  }
  const id = insertUser(tx, actor, trustee, { role: null, countyId: null, personId });
  const after = { username, name, personId };
  record(tx, actor, { kind: 'user.created', subject: `users/${id}`, after });
  return id;
}

/** A user's own new password. Every browser that was signed in with the old one is signed out. */
export function changePassword(tx: Tx, actor: Actor, userId: number, passwordHash: string): void {
  statements(tx).setPassword.run(passwordHash, 0, userId);
  endSessionsOf(tx, userId);
  record(tx, actor, { kind: 'user.password-changed', subject: `users/${userId}` });
}

/**
 * A password given by somebody else: it opens a lock, and must be changed at the next sign-in. What
 * was open with the old one is shut, tokens too.
 */
export function resetPassword(tx: Tx, actor: Actor, userId: number, passwordHash: string): void {
  const user = findUserById(tx, userId);
  refuseEnded(user);
  refuseDeputys(actor, user.role);
  statements(tx).setPassword.run(passwordHash, 1, userId);
  statements(tx).revokeTokens.run(actor.now, userId);
  endSessionsOf(tx, userId);
  record(tx, actor, { kind: 'user.password-reset', subject: `users/${userId}` });
}

/** Opens the lock of an account before its time. */
export function unlockUser(tx: Tx, actor: Actor, userId: number): void {
  refuseEnded(findUserById(tx, userId));
  statements(tx).unlock.run(userId);
  record(tx, actor, { kind: 'user.unlocked', subject: `users/${userId}` });
}

/**
 * Ends a user for good; what he did stays under his name (B-134). Nobody ends himself, and deputies
 * are ended by deputies, so that one of them is always left.
 */
export function endUser(tx: Tx, actor: Actor, userId: number): void {
  const user = findUserById(tx, userId);
  refuseEnded(user);
  refuseDeputys(actor, user.role);
  if (actor.user?.id === userId) throw new Refusal('access:refusals.not-yourself');
  statements(tx).end.run(actor.now, userId);
  endSessionsOf(tx, userId);
  record(tx, actor, {
    kind: 'user.ended',
    subject: `users/${userId}`,
    before: { name: user.name },
  });
}

export function findUserByUsername(db: Db, username: string): User {
  const user = findUserOrNone(db, username);
  if (!user) throw new NotFound();
  return user;
}

export function findUserOrNone(db: Db, username: string): User | undefined {
  return statements(db).byName.get({ username });
}

export function findUserById(db: Db, id: number): User {
  const user = statements(db).byId.get({ id });
  if (!user) throw new NotFound();
  return user;
}

/** Users as filtered, in the order asked for; a province has some thousand of them at most. */
export function usersOf(db: Db, filter: UserFilter, now: string): ListedUser[] {
  type Row = ListedUser & Pick<User, 'lockedUntil' | 'endedAt' | 'totpConfirmedAt'>;
  const words = searchWords(filter.q ?? '');
  const rows = (statements(db).all.all() as Row[])
    .map((row) => ({ ...row, hasCodes: row.totpConfirmedAt !== null, state: stateOf(row, now) }))
    .filter(
      (row) =>
        (!filter.role || (row.role ?? 'trustee') === filter.role) &&
        (!filter.state || row.state === filter.state) &&
        words.every((word) => searchText(row.name).includes(word) || row.username.includes(word)),
    );
  return sorted(rows, filter.sort ?? 'name');
}

/** The counties a county head may be put over. */
export function countiesToChoose(db: Db): { id: number; name: string }[] {
  return statements(db).counties.all() as { id: number; name: string }[];
}

/** The seats the user holds at this moment, each with its centre. */
export function seatsOfUser(db: Db, actor: Actor): { seat: Seat; code: string; name: string }[] {
  return actor.seats.map(({ seat, centreId }) => {
    const { code, name } = statements(db).centre.get(centreId) as { code: string; name: string };
    return { seat, code, name };
  });
}

/** The moments of the user's last sign-ins, the newest first. */
export function signInsOf(db: Db, userId: number): string[] {
  return statements(db).signIns.all(userId) as string[];
}

export function stateOf(user: Pick<User, 'lockedUntil' | 'endedAt'>, now: string): UserState {
  if (user.endedAt !== null) return 'ended';
  return lockOf(user, now) === undefined ? 'open' : 'locked';
}

/** A name to sign in with: Latin, so that it is typed alike on every keyboard. */
export function readUsername(typed: string): Reading<string> {
  const username = plainUsername(typed);
  if (!/^[a-z][a-z0-9._-]{2,39}$/.test(username)) return { fault: 'access:username.form' };
  // An address ends with the name, and what looks like a format there would be taken for one.
  if (
    username === 'new' ||
    /\.(json|csv|xlsx|pdf|hledger|beancount|geojson|kml|zip)$/.test(username)
  ) {
    return { fault: 'access:username.reserved' };
  }
  return { value: username };
}

/** A typed username as it is kept: without spaces around it, in small letters. */
export function plainUsername(typed: string): string {
  return latinDigits(typed.trim()).toLowerCase();
}

function insertUser(
  tx: Tx,
  actor: Actor,
  opening: Opening,
  whose: Pick<User, 'role' | 'countyId' | 'personId'>,
): number {
  const { username, name, passwordHash, mustChange } = opening;
  const reading = readUsername(username);
  if ('fault' in reading || reading.value !== username) {
    const key = 'fault' in reading ? reading.fault : 'access:username.form';
    throw new Refusal(key, { status: 422, field: 'username' });
  }
  if (findUserOrNone(tx, username)) {
    const values = { username };
    throw new Refusal('access:refusals.username-taken', { field: 'username', values });
  }
  const { role, countyId, personId } = whose;
  const row = [username, name, passwordHash, mustChange ? 1 : 0, role, countyId, personId];
  return Number(statements(tx).insert.run(...row, actor.now).lastInsertRowid);
}

/**
 * Whoever keeps the machine sees no person, gift or household, and so may not make himself one who
 * sees them all: deputies are opened, given passwords and ended by deputies.
 */
function refuseDeputys(actor: Actor, role: Role | null): void {
  if (role === 'province-deputy' && actor.office?.role === 'system-admin') {
    throw new Refusal('access:refusals.deputies-alone', { status: 403 });
  }
}

function refuseEnded(user: User): void {
  if (user.endedAt !== null) throw new Refusal('access:refusals.ended');
}

function sorted(rows: ListedUser[], sort: string): ListedUser[] {
  const [, down, field] = /^(-?)(name|username|role|created)$/.exec(sort) ?? ['', '', 'name'];
  const keyOf = (row: ListedUser): string => {
    if (field === 'username') return row.username;
    if (field === 'created') return row.createdAt;
    return field === 'role' ? `${row.role ?? 'trustee'} ${sortKey(row.name)}` : sortKey(row.name);
  };
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row.id - b.row.id));
  if (down) keyed.reverse();
  return keyed.map(({ row }) => row);
}
