/** Forms carry a token bound to the session; a request from another site carries none. */
import { doubleCsrf } from 'csrf-csrf';
import type { NextFunction, Request, Response } from 'express';
import { Refusal } from '../refusal.ts';
import type { Site } from './site.ts';

type Guard = ReturnType<typeof doubleCsrf>;

const guards = new WeakMap<Site, Guard>();

/** The token for the forms of this page. */
export function csrfToken(req: Request, res: Response): string {
  return guardOf(res.locals.site).generateCsrfToken(req, res);
}

/**
 * Refuses a form that this installation did not give to this browser. Tokens need none, and neither
 * does JSON of somebody who is not signed in: no other site can send it unasked, and all it can do
 * is sign in.
 */
export function checkCsrf(req: Request, res: Response, next: NextFunction): void {
  const reads = req.method === 'GET' || req.method === 'HEAD';
  const isProgram = res.locals.by === 'token' || (!res.locals.actor && Boolean(req.is('json')));
  if (reads || isProgram || guardOf(res.locals.site).validateRequest(req)) next();
  else throw new Refusal('common:refusals.csrf', { status: 403 });
}

function guardOf(site: Site): Guard {
  const known = guards.get(site);
  if (known) return known;
  const guard = doubleCsrf({
    getSecret: () => site.secret,
    // Before signing in a browser has no session yet; the cookie alone binds its token.
    getSessionIdentifier: (req) => (req.session?.passport ? req.sessionID : 'nobody'),
    cookieName: site.secure ? '__Host-form' : 'form',
    cookieOptions: { sameSite: 'lax', secure: site.secure, httpOnly: true, path: '/' },
    getCsrfTokenFromRequest: (req) => {
      const body = req.body as { _csrf?: unknown } | undefined;
      return typeof body?._csrf === 'string' ? body._csrf : req.get('x-csrf-token');
    },
  });
  guards.set(site, guard);
  return guard;
}
