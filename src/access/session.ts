/** Sessions live in the province file; a browser holds only the key to its own. */
import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import session, { type SessionData, Store } from 'express-session';
import { type Db, prepared, type Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import type { Province } from '../provinces/province.ts';
import type { Site } from '../web/site.ts';

/** The form as it was sent: where to, from which page, and its fields in their order. */
export type Held = { address: string; page?: string; fields: [string, string][] };

/** A day's work; whoever comes back later signs in again and finds his form kept. */
const HOURS = 12;

declare module 'express-session' {
  interface SessionData {
    passport?: { user: number };
    /** A user whose password was right and whose one-time code is still asked. */
    halfway?: { user: number; since: string; to?: string };
    /** A form that was open when the session before this one ended. */
    held?: Held;
  }
}

const statements = prepared((db) => ({
  get: db.$client.prepare('SELECT data FROM sessions WHERE hash = ? AND expires_at > ?').pluck(),
  set: db.$client.prepare(
    `INSERT INTO sessions (hash, user_id, data, created_at, expires_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET user_id = excluded.user_id, data = excluded.data`,
  ),
  end: db.$client.prepare('DELETE FROM sessions WHERE hash = ?'),
  endAll: db.$client.prepare('DELETE FROM sessions WHERE user_id = ?'),
  forget: db.$client.prepare('DELETE FROM sessions WHERE expires_at <= ?'),
  count: db.$client
    .prepare('SELECT count(*) FROM sessions WHERE user_id = ? AND expires_at > ?')
    .pluck(),
}));

/** Signs a user out everywhere at once, also where his one-time code is still asked. */
export function endSessionsOf(tx: Tx, userId: number): void {
  statements(tx).endAll.run(userId);
}

/** Clears away the sessions whose time is over. */
export function forgetEndedSessions(tx: Tx, now: string): void {
  statements(tx).forget.run(now);
}

/** In how many browsers the user is signed in. */
export function countSessions(db: Db, userId: number, now: string): number {
  return statements(db).count.get(userId, now) as number;
}

/** The store that express-session asks for: rows of the province's own file. */
class ProvinceStore extends Store {
  readonly #province: Province;
  readonly #site: Site;

  constructor(province: Province, site: Site) {
    super();
    this.#province = province;
    this.#site = site;
  }

  override get(key: string, told: (fault: unknown, data?: SessionData | null) => void): void {
    try {
      const now = this.#site.clock().toISOString();
      const data = statements(this.#province.db).get.get(hashOf(key), now) as string | undefined;
      told(null, data === undefined ? null : (JSON.parse(data) as SessionData));
    } catch (fault) {
      told(fault);
    }
  }

  override set(key: string, data: SessionData, told?: (fault?: unknown) => void): void {
    const now = this.#site.clock();
    const ends = new Date(now.getTime() + HOURS * 3_600_000).toISOString();
    const user = data.passport?.user ?? data.halfway?.user ?? null;
    enter(this.#province, (tx) => {
      const row = [hashOf(key), user, JSON.stringify(data), now.toISOString(), ends];
      statements(tx).set.run(...row);
    }).then(() => told?.(), told);
  }

  override destroy(key: string, told?: (fault?: unknown) => void): void {
    enter(this.#province, (tx) => {
      statements(tx).end.run(hashOf(key));
    }).then(() => told?.(), told);
  }
}

const handlers = new WeakMap<Province, RequestHandler>();

/** The session middleware of a province; each has its own, for a session is of one file. */
export function sessionOf(province: Province, site: Site): RequestHandler {
  const known = handlers.get(province);
  if (known) return known;
  const handler = session({
    name: 'nikukari',
    secret: site.secret,
    store: new ProvinceStore(province, site),
    resave: false,
    saveUninitialized: false,
    cookie: { path: `/${province.slug}`, httpOnly: true, sameSite: 'lax', secure: site.secure },
  });
  handlers.set(province, handler);
  return handler;
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
