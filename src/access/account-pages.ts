/** A user's own page: his password, one-time codes, tokens and browsers. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { enter } from '../provinces/enter.ts';
import { provinceName } from '../provinces/province.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { readName } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { csrfToken } from '../web/csrf.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer, wantsJson } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged } from '../web/written.ts';
import type { Actor } from './actor.ts';
import { sendHeld } from './held.ts';
import { sendOnce } from './once-shown.ts';
import { hashPassword, refuseWeakPassword } from './passwords.ts';
import { practiceOf } from './practice.ts';
import { countSessions, endSessionsOf } from './session.ts';
import { confirmPassword, endSession, keepSignedIn } from './sign-in.ts';
import { bySession } from './sign-in-pages.ts';
import { createToken, revokeToken, tokensOf } from './tokens.ts';
import * as codes from './totp.ts';
import { changePassword, findUserById, seatsOfUser, signInsOf, type User } from './users.ts';

export const accountPages = Router({ mergeParams: true });

const passwordChange = z.object({ current: z.string(), password: z.string(), again: z.string() });
const passwordTyped = z.object({ password: z.string() });
const codeTyped = z.object({ code: z.union([z.string(), z.number()]).transform(String) });
const tokenNamed = z.object({ name: typed((text) => readName(text, { max: 80 })) });

const HERE = '/{province}/account';
describeBody(`POST ${HERE}/password`, passwordChange);
describeBody(`POST ${HERE}/codes/confirm`, codeTyped);
describeBody(`POST ${HERE}/codes/recovery`, passwordTyped);
describeBody(`POST ${HERE}/codes/off`, passwordTyped);
describeBody(`POST ${HERE}/tokens`, tokenNamed);
describeWishes(`POST ${HERE}/codes`, `POST ${HERE}/tokens/{id}/revoke`);
describeWishes(`POST ${HERE}/sign-out-everywhere`);

accountPages.get('/account', async (req, res) => {
  const account = accountOf(req, res);
  await answer(res, {
    html: () => {
      const title = res.locals.t('access:account.title');
      sendPage(req, res, 'access/account', { title, account, faults: {}, values: {} });
    },
    json: () =>
      res.json({ ...account, csrf: res.locals.by === 'session' ? csrfToken(req, res) : null }),
  });
});

accountPages.get('/account/password', (req, res) => sendPasswordForm(req, res, {}));

accountPages.post('/account/password', async (req, res) => {
  const { province, actor } = signedIn(res);
  const user = findUserById(province.db, actor.user.id);
  try {
    const { current, password, again } = readBody(req, passwordChange);
    if (password !== again) throw fieldRefusal('access:password.differs', 'again');
    refuseWeakPassword(password, user.username);
    await confirmPassword(req, res, user, current, 'current');
    if (password === current) throw fieldRefusal('access:password.as-before', 'password');
    const passwordHash = await hashPassword(password);
    await enter(province, (tx) => changePassword(tx, actor, user.id, passwordHash));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => sendPasswordForm(req, res, refused));
    return;
  }
  if (req.session) await keepSignedIn(req, user.id);
  const home = user.mustChangePassword === 1 ? '/' : '/account';
  done(req, res, 'password-changed', req.session?.held ? '/held' : home);
});

accountPages.get('/held', (req, res) => {
  const held = req.session?.held;
  if (held) sendHeld(req, res, held, false);
  else res.redirect(`/${res.locals.province.slug}/`);
});

accountPages.get('/account/codes', async (req, res) => sendCodes(req, res, {}));

accountPages.post('/account/codes', bySession, async (req, res) => {
  const { province, actor } = signedIn(res);
  await enter(province, (tx) => codes.beginCodes(tx, actor, actor.user.id));
  if (wantsJson(req, res)) {
    const user = findUserById(province.db, actor.user.id);
    res.status(201).json({ secret: user.totpSecret });
  } else res.redirect(303, `/${province.slug}/account/codes`);
});

accountPages.post('/account/codes/confirm', bySession, async (req, res) => {
  const { province, actor } = signedIn(res);
  try {
    const { code } = readBody(req, codeTyped);
    const made = await enter(province, (tx) => codes.confirmCodes(tx, actor, actor.user.id, code));
    sendRecoveryCodes(req, res, made);
  } catch (fault) {
    await sendRefusedCodes(fault, req, res);
  }
});

accountPages.post('/account/codes/recovery', bySession, async (req, res) => {
  const { province, actor } = signedIn(res);
  try {
    await confirmOwnPassword(req, res);
    const make = () => enter(province, (tx) => codes.renewRecoveryCodes(tx, actor, actor.user.id));
    sendRecoveryCodes(req, res, await make());
  } catch (fault) {
    await sendRefusedCodes(fault, req, res);
  }
});

accountPages.post('/account/codes/off', bySession, async (req, res) => {
  const { province, actor } = signedIn(res);
  try {
    await confirmOwnPassword(req, res);
    await enter(province, (tx) => codes.removeCodes(tx, actor, actor.user.id));
    done(req, res, 'codes-off', '/account');
  } catch (fault) {
    await sendRefusedCodes(fault, req, res);
  }
});

accountPages.post('/account/tokens', bySession, async (req, res) => {
  const { province, actor, t } = signedIn(res);
  try {
    const { name } = readBody(req, tokenNamed);
    const made = await enter(province, (tx) => createToken(tx, actor, actor.user.id, name));
    const json = { id: made.id, name, token: made.token };
    const [title, text] = [t('access:tokens.made'), t('access:tokens.made-text', { name })];
    sendOnce(req, res, { title, text, lines: [made.token], onward: '/account', json });
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => {
      const title = t('access:account.title');
      const account = accountOf(req, res);
      sendPage(req, res, 'access/account', { title, account, values: req.body, ...refused });
    });
  }
});

accountPages.post('/account/tokens/:id/revoke', async (req, res) => {
  const { province, actor } = signedIn(res);
  await enter(province, (tx) => revokeToken(tx, actor, actor.user.id, Number(req.params.id)));
  done(req, res, 'token-revoked', '/account');
});

accountPages.post('/account/sign-out-everywhere', async (req, res) => {
  const { province, actor } = signedIn(res);
  await enter(province, (tx) => {
    endSessionsOf(tx, actor.user.id);
    const deed = { kind: 'user.signed-out-everywhere', subject: `users/${actor.user.id}` };
    record(tx, actor, deed);
  });
  if (req.session) await endSession(req);
  done(req, res, 'signed-out-everywhere', '/login');
});

type SignedIn = Actor & { user: NonNullable<Actor['user']> };

/** The locals of a request whose user is known; these pages are for nobody else. */
function signedIn(res: Response): Express.Locals & { actor: SignedIn } {
  const { actor } = res.locals;
  if (!actor?.user) throw new NotFound();
  return { ...res.locals, actor: { ...actor, user: actor.user } };
}

function accountOf(_req: Request, res: Response) {
  const { province, actor } = signedIn(res);
  const { db } = province;
  const user = findUserById(db, actor.user.id);
  return {
    username: user.username,
    name: user.name,
    role: user.role,
    seats: seatsOfUser(db, actor),
    codes: {
      on: codes.hasCodes(user),
      required: codes.requiresCodes(db, user),
      recoveryLeft: codes.countRecoveryCodes(db, user.id),
    },
    practice: practiceOf(db, actor),
    tokens: tokensOf(db, user.id),
    sessions: countSessions(db, user.id, actor.now),
    signIns: signInsOf(db, user.id),
  };
}

function sendPasswordForm(req: Request, res: Response, refused: object): void {
  const { province, actor, t } = signedIn(res);
  const user = findUserById(province.db, actor.user.id);
  const isFirst = user.mustChangePassword === 1;
  const title = t(isFirst ? 'access:password.first-title' : 'access:password.title');
  const form = { title, isFirst, username: user.username, values: {}, faults: {} };
  sendPage(req, res, 'access/password', { layout: 'gate', ...form, ...refused });
}

async function sendCodes(req: Request, res: Response, refused: object): Promise<void> {
  const { province, actor, t } = signedIn(res);
  const user = findUserById(province.db, actor.user.id);
  const isOn = codes.hasCodes(user);
  const title = t('access:codes.title');
  const isRequired = codes.requiresCodes(province.db, user);
  const begun = !isOn && user.totpSecret !== null ? await enrolmentOf(res, user) : null;
  const recoveryLeft = codes.countRecoveryCodes(province.db, user.id);
  res.set('Cache-Control', 'no-store');
  await answer(res, {
    html: () => {
      const page = { title, isOn, isRequired, begun, recoveryLeft, values: {}, faults: {} };
      const layout = isRequired && !isOn ? 'gate' : 'layout';
      sendPage(req, res, 'access/codes', { ...page, layout, ...refused });
    },
    json: () => res.json({ on: isOn, required: isRequired, recoveryLeft }),
  });
}

function enrolmentOf(res: Response, user: User): Promise<{ text: string; qr: string }> {
  const { t, province } = res.locals;
  return codes.enrolment(user, `${t('common:product')} ${provinceName(province)}`);
}

async function sendRefusedCodes(fault: unknown, req: Request, res: Response): Promise<void> {
  let refused: object | undefined;
  sendRefusedForm(fault, req, res, (told) => {
    refused = told;
  });
  if (refused) await sendCodes(req, res, refused);
}

function sendRecoveryCodes(req: Request, res: Response, made: string[]): void {
  const { t } = res.locals;
  const onward = req.session?.held ? '/held' : '/account';
  const [title, text] = [t('access:codes.recovery-title'), t('access:codes.recovery-text')];
  sendOnce(req, res, { title, text, lines: made, onward, json: { recoveryCodes: made } });
}

async function confirmOwnPassword(req: Request, res: Response): Promise<void> {
  const { province, actor } = signedIn(res);
  const { password } = readBody(req, passwordTyped);
  const user = findUserById(province.db, actor.user.id);
  await confirmPassword(req, res, user, password, 'password');
}

function fieldRefusal(key: string, field: string): Refusal {
  return new Refusal(key, { status: 422, field });
}

/** A change is done: a program gets 200, a reader goes on to a page that says so. */
function done(req: Request, res: Response, word: string, onward: string): void {
  const said = res.locals.t(`access:done.${word}`);
  sendChanged(req, res, { to: provinceRoot(res) + onward, body: { done: said } }, said);
}
