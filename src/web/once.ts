/** The same press twice is one gift: programs send `Idempotency-Key`, forms a key of their own. */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { Refusal } from '../refusal.ts';

/** What was created: where it is found and what a program is told of it. */
export type Created = { location: string; body: object };

type Kept = { requestHash: Buffer; location: string; body: string };

const statements = prepared((db) => ({
  find: db.$client.prepare(
    `SELECT request_hash AS requestHash, location, body FROM idempotency_keys
     WHERE user_id = ? AND key = ?`,
  ),
  keep: db.$client.prepare('INSERT INTO idempotency_keys VALUES (?, ?, ?, ?, ?, ?)'),
}));

/**
 * Runs the verb unless this user already sent the same key, and then answers as the first time.
 * The key is kept in the verb's own transaction; refusals and failures are not kept. The same key
 * with another body is refused with 422.
 */
export async function enterOnce(
  req: Request,
  res: Response,
  verb: (tx: Tx) => Created,
): Promise<Created> {
  const { province, actor } = res.locals;
  const key = keyOf(req);
  const userId = actor?.user?.id;
  if (key === undefined || userId === undefined) return enter(province, verb);
  const requestHash = hashOf(req);
  return enter(province, (tx) => {
    const kept = find(tx, userId, key);
    if (kept) return again(kept, requestHash);
    const created = verb(tx);
    const { location, body } = created;
    const moment = res.locals.site.clock().toISOString();
    statements(tx).keep.run(userId, key, requestHash, location, JSON.stringify(body), moment);
    return created;
  });
}

function keyOf(req: Request): string | undefined {
  const header = req.get('idempotency-key');
  if (header !== undefined) {
    if (header.length < 1 || header.length > 190) {
      throw new Refusal('common:refusals.idempotency-key', { status: 422 });
    }
    return header;
  }
  const field = (req.body as { _key?: unknown } | undefined)?._key;
  return typeof field === 'string' && /^[\w-]{10,60}$/.test(field) ? `form:${field}` : undefined;
}

function find(db: Db, userId: number, key: string): Kept | undefined {
  return statements(db).find.get(userId, key) as Kept | undefined;
}

function again(kept: Kept, requestHash: Buffer): Created {
  if (!kept.requestHash.equals(requestHash)) {
    throw new Refusal('common:refusals.idempotency-body', { status: 422 });
  }
  return { location: kept.location, body: JSON.parse(kept.body) as object };
}

/** The request but for what changes from page to page: its address and its fields, in order. */
function hashOf(req: Request): Buffer {
  const { _csrf, _key, _page, ...fields } = (req.body ?? {}) as Record<string, unknown>;
  const told = JSON.stringify([req.baseUrl + req.path, fields]);
  return createHash('sha256').update(told).digest();
}
