/** One sentence said once, on the page after a redirect; it travels in a signed cookie. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';
import { isolateNumbers } from '../paper/bidi.ts';

export type Flash = {
  state: 'ok' | 'warn' | 'bad';
  text: string;
  /** Where the reader may want to go on from here. */
  links?: { href: string; text: string }[];
};

const COOKIE = 'flash';

/** Says the sentence on the next page of this province. */
export function flash(
  res: Response,
  state: Flash['state'],
  text: string,
  links?: Flash['links'],
): void {
  const said = { state, text: isolateNumbers(text), links };
  const told = Buffer.from(JSON.stringify(said)).toString('base64url');
  res.cookie(COOKIE, `${told}.${sign(res, told)}`, { ...cookieOptions(res), maxAge: 60_000 });
}

/** The sentence waiting to be said; it is forgotten with this answer. */
export function takeFlash(req: Request, res: Response): Flash | null {
  const cookies = req.cookies as Record<string, string | undefined>;
  const cookie = cookies[COOKIE];
  if (!cookie) return null;
  res.clearCookie(COOKIE, cookieOptions(res));
  const [told = '', signature = ''] = cookie.split('.');
  const expected = sign(res, told);
  if (signature.length !== expected.length) return null;
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(expected))) return null;
  return JSON.parse(Buffer.from(told, 'base64url').toString('utf8')) as Flash;
}

function sign(res: Response, told: string): string {
  return createHmac('sha256', res.locals.site.secret).update(`flash:${told}`).digest('base64url');
}

function cookieOptions(res: Response) {
  const path = res.locals.province ? `/${res.locals.province.slug}` : '/';
  return { path, httpOnly: true, sameSite: 'lax' as const, secure: res.locals.site.secure };
}
