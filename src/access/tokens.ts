/** Bearer tokens: a program's way in, with its user's powers and no more. */
import { createHash, randomBytes } from 'node:crypto';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { and, eq, isNull, sql } from '../provinces/drizzle.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import type { Actor } from './actor.ts';
import { tokens } from './schema.ts';

export type Token = { id: number; name: string; createdAt: string };

const MOST_PER_USER = 20;

const statements = prepared((db) => ({
  insert: db.$client.prepare(
    'INSERT INTO tokens (user_id, hash, name, created_at) VALUES (?, ?, ?, ?)',
  ),
  revoke: db.$client.prepare('UPDATE tokens SET revoked_at = ? WHERE id = ?'),
  ofUser: db
    .select({ id: tokens.id, name: tokens.name, createdAt: tokens.createdAt })
    .from(tokens)
    .where(and(eq(tokens.userId, sql.placeholder('userId')), isNull(tokens.revokedAt)))
    .orderBy(tokens.id)
    .prepare(),
}));

/** Makes a token; this is the only time that it is told. */
export function createToken(
  tx: Tx,
  actor: Actor,
  userId: number,
  name: string,
): { id: number; token: string } {
  if (tokensOf(tx, userId).length >= MOST_PER_USER) {
    throw new Refusal('access:refusals.many-tokens');
  }
  const token = `nk_${randomBytes(24).toString('base64url')}`;
  const hash = createHash('sha256').update(token).digest();
  const { lastInsertRowid } = statements(tx).insert.run(userId, hash, name, actor.now);
  const id = Number(lastInsertRowid);
  record(tx, actor, { kind: 'token.created', subject: `users/${userId}`, after: { id, name } });
  return { id, token };
}

/** Ends a token of this user at once. */
export function revokeToken(tx: Tx, actor: Actor, userId: number, id: number): void {
  const token = tokensOf(tx, userId).find((one) => one.id === id);
  if (!token) throw new NotFound();
  statements(tx).revoke.run(actor.now, id);
  const before = { id, name: token.name };
  record(tx, actor, { kind: 'token.revoked', subject: `users/${userId}`, before });
}

/** The tokens of a user that are still good, oldest first. */
export function tokensOf(db: Db, userId: number): Token[] {
  return statements(db).ofUser.all({ userId });
}
