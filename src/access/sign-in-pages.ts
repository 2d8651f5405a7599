/** The way in and out: sign-in, one-time code, sign-out, the language of the pages. */
import { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { assignmentsOfPerson } from '../network/assignment-rows.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { LANGUAGES } from '../values/language.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { csrfToken } from '../web/csrf.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { flash } from '../web/flash.ts';
import { wantsJson } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { sendPage } from '../web/views.ts';
import { readHeld } from './held.ts';
import { localAddress } from './local-address.ts';
import { may } from './powers.ts';
import { endSession, halfwayUser, signIn, signInWithCode } from './sign-in.ts';
import { sendSignIn } from './sign-in-form.ts';

export const signInPages = Router({ mergeParams: true });

const YEAR_MS = 365 * 24 * 3_600_000;

const needed = typed(
  (text): Reading<string> =>
    text.trim() === '' ? { fault: 'common:refusals.needed' } : { value: text },
);
const nameAndPassword = z.object({ username: needed, password: needed });
const codeTyped = z.object({ code: needed });

describeBody('POST /{province}/login', nameAndPassword);
describeBody('POST /{province}/login/code', codeTyped);
describeWishes('POST /{province}/sign-out');

signInPages.get('/', (_req, res) => {
  res.redirect(homeOf(res));
});

signInPages.get('/login', (req, res) => {
  const { actor, format } = res.locals;
  const { to } = req.query;
  if (format === 'json') res.json({ csrf: csrfToken(req, res) });
  else if (actor) res.redirect(addressAfter(res, to));
  else sendSignIn(req, res, { to, note: to ? res.locals.t('access:sign-in.first') : '' });
});

signInPages.post('/login', bySession, async (req, res) => {
  const { to, held, username } = (req.body ?? {}) as Record<string, unknown>;
  try {
    Object.assign(req.body ?? {}, readBody(req, nameAndPassword));
    const came = await signIn(req, res);
    req.session.held = readHeld(res, held);
    if (came === 'in') {
      answerSignedIn(req, res, to);
      return;
    }
    if (req.session.halfway) req.session.halfway.to = addressAfter(res, to);
    if (wantsJson(req, res)) res.json({ codeNeeded: true });
    else res.redirect(303, `/${res.locals.province.slug}/login/code`);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => {
      sendSignIn(req, res, { ...refused, values: { username: String(username ?? '') }, to, held });
    });
  }
});

signInPages.get('/login/code', (req, res) => {
  const { province, actor } = res.locals;
  if (actor) res.redirect(homeOf(res));
  else if (halfwayUser(req, res)) sendCodeForm(req, res, {});
  else res.redirect(`/${province.slug}/login`);
});

signInPages.post('/login/code', bySession, async (req, res) => {
  const { to } = req.session.halfway ?? {};
  try {
    await signInWithCode(req, res, readBody(req, codeTyped).code);
    answerSignedIn(req, res, to);
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => {
      if (halfwayUser(req, res)) sendCodeForm(req, res, refused);
      else sendSignIn(req, res, refused);
    });
  }
});

signInPages.post('/sign-out', bySession, async (req, res) => {
  const { province, actor, t } = res.locals;
  if (actor?.user) {
    const deed = { kind: 'user.signed-out', subject: `users/${actor.user.id}` };
    await enter(province, (tx) => record(tx, actor, deed));
  }
  await endSession(req);
  // On the one computer of a mosque the next reader must not leaf back through these pages.
  res.set('Clear-Site-Data', '"cache"');
  if (wantsJson(req, res)) {
    res.json({ signedOut: true });
    return;
  }
  flash(res, 'ok', t('access:sign-in.signed-out'));
  res.redirect(303, `/${province.slug}/login`);
});

signInPages.get('/language/:to', chooseLanguage);

/** Keeps the reader's language in a cookie and goes back to where he was. */
export function chooseLanguage(req: Request, res: Response): void {
  const to = LANGUAGES.find((language) => language === req.params.to);
  if (!to) throw new NotFound();
  const { secure } = res.locals.site;
  res.cookie('language', to, {
    ...{ path: '/', httpOnly: true, sameSite: 'lax', secure },
    maxAge: YEAR_MS,
  });
  res.redirect(localAddress(req.query.back) ?? '/');
}

/** Where a reader's work begins. */
export function homeOf(res: Response): string {
  const { province, actor } = res.locals;
  const root = `/${province.slug}`;
  if (!actor) return `${root}/login`;
  if (actor.office) {
    if (may(actor, 'centres.read')) return `${root}/centres`;
    if (!may(actor, 'persons.read')) return `${root}/users`;
    // B-14: each of the two offices begins with those who wait for it.
    return `${root}/persons?clearance=waiting-${actor.office.role}`;
  }
  const held = [...actor.seats, ...(actor.kept ?? []), ...actor.tasks];
  if (held.length > 0) return `${root}/centres`;
  // Whoever has no seat yet may have a decree to accept, or a letter that gives him tasks.
  const { personId } = actor.user!;
  const assigned = personId !== null && assignmentsOfPerson(province.db, personId, actor.today);
  return assigned && assigned.length > 0 ? `${root}/my-assignments` : `${root}/my-decrees`;
}

/** What belongs to a browser has no meaning for a program's token. */
export function bySession(req: Request, res: Response, next: NextFunction): void {
  if (req.session && res.locals.by !== 'token') next();
  else throw new Refusal('access:refusals.session-only', { status: 403 });
}

function answerSignedIn(req: Request, res: Response, to: unknown): void {
  const { actor, province } = res.locals;
  if (wantsJson(req, res)) {
    const { username, name } = actor?.user ?? { username: '', name: '' };
    res.json({ username, name, role: actor?.office?.role ?? null, csrf: csrfToken(req, res) });
    return;
  }
  res.redirect(303, req.session.held ? `/${province.slug}/held` : addressAfter(res, to));
}

/** A page of this province other than the sign-in itself, or else the reader's home. */
function addressAfter(res: Response, to: unknown): string {
  const root = `/${res.locals.province.slug}/`;
  const address = localAddress(to, root);
  const isLoop = address?.startsWith(`${root}login`) || address?.startsWith(`${root}sign-out`);
  return address === undefined || isLoop ? root : address;
}

function sendCodeForm(req: Request, res: Response, refused: object): void {
  const title = res.locals.t('access:code.title');
  sendPage(req, res, 'access/code', { title, layout: 'gate', values: {}, faults: {}, ...refused });
}
