/** Signing in: passport asks whether name and password belong together; the session is ours. */
import type { Request, Response } from 'express';
import { Passport } from 'passport';
import { Strategy } from 'passport-local';
import { enter } from '../provinces/enter.ts';
import type { Province } from '../provinces/province.ts';
import { Refusal } from '../refusal.ts';
import { record } from '../trail/acts.ts';
import { dayInTehran } from '../values/jalali-date.ts';
import { systemActor } from './actor.ts';
import { actorOf } from './identify.ts';
import { countTry, forgiveTries, networkOf, type Shut, type Try, takeBackTry } from './locks.ts';
import { isPassword, nobodysHash } from './passwords.ts';
import { forgetEndedSessions } from './session.ts';
import { hasCodes, useCode } from './totp.ts';
import { findUserById, findUserOrNone, plainUsername, type User } from './users.ts';

/** How long a right password waits for its one-time code. */
const HALFWAY_MINUTES = 10;

const local = new Passport();
local.use(
  new Strategy({ passReqToCallback: true }, (req, username, password, told) => {
    const { province } = (req.res as Response).locals;
    userWithPassword(province, username, password).then((user) => told(null, user ?? false), told);
  }),
);

/**
 * Signs in whoever the body's username and password belong to. With one-time codes it stops
 * halfway and answers 'code'. A wrong name and a wrong password are refused in the same words,
 * after the same time.
 */
export async function signIn(req: Request, res: Response): Promise<'in' | 'code'> {
  const { province } = res.locals;
  const username = plainUsername((req.body as { username: string }).username);
  const userId = findUserOrNone(province.db, username)?.id;
  const tried = { username, userId, address: networkOf(req.ip ?? '') };
  const last = await countOrRefuse(res, tried);
  const user = await checkedByPassport(req, res);
  if (!user) throw await wrongTry(res, tried, last, new Refusal(WRONG, { status: 401 }));
  if (hasCodes(user)) {
    await enter(province, (tx) => takeBackTry(tx, tried, nowOf(res)));
    await renewSession(req);
    req.session.halfway = { user: user.id, since: nowOf(res) };
    return 'code';
  }
  await open(req, res, user, tried);
  return 'in';
}

/** Signs in whoever stands halfway and has the right code, from the telephone or from paper. */
export async function signInWithCode(req: Request, res: Response, typed: string): Promise<void> {
  const { province } = res.locals;
  const user = halfwayUser(req, res);
  if (!user) throw new Refusal('access:refusals.halfway-over', { status: 401 });
  const { id, username } = user;
  const tried = { username, userId: id, address: networkOf(req.ip ?? '') };
  const last = await countOrRefuse(res, tried);
  const isRight = await enter(province, (tx) => useCode(tx, user, typed, nowOf(res)));
  if (!isRight) {
    const wrong = new Refusal('access:refusals.code', { status: 401, field: 'code' });
    throw await wrongTry(res, tried, last, wrong);
  }
  await open(req, res, user, tried);
}

/** Whose code is asked in this browser; undefined once it has waited too long. */
export function halfwayUser(req: Request, res: Response): User | undefined {
  const halfway = req.session?.halfway;
  if (!halfway) return undefined;
  const waited = res.locals.site.clock().getTime() - Date.parse(halfway.since);
  if (waited > HALFWAY_MINUTES * 60_000) return undefined;
  const user = findUserById(res.locals.province.db, halfway.user);
  return user.endedAt === null ? user : undefined;
}

/** A session with a new key, so that a key somebody laid in the browser before opens nothing. */
function renewSession(req: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    req.session.regenerate((fault: unknown) => (fault ? reject(fault) : resolve()));
  });
}

export function endSession(req: Request): Promise<void> {
  return new Promise((resolve, reject) => {
    req.session.destroy((fault: unknown) => (fault ? reject(fault) : resolve()));
  });
}

/** Puts the user into this browser's session, under a new key; what was kept for him stays. */
export async function keepSignedIn(req: Request, userId: number): Promise<void> {
  const { held } = req.session;
  await renewSession(req);
  req.session.passport = { user: userId };
  req.session.held = held;
}

/** Asks the signed-in user for his password once more, under the same lock as signing in. */
export async function confirmPassword(
  req: Request,
  res: Response,
  user: User,
  typed: string,
  field: string,
): Promise<void> {
  const { province } = res.locals;
  const { id, username } = user;
  const tried = { username, userId: id, address: networkOf(req.ip ?? '') };
  const last = await countOrRefuse(res, tried);
  if (!(await isPassword(user.passwordHash, typed))) {
    const wrong = new Refusal('access:refusals.current', { status: 422, field });
    throw await wrongTry(res, tried, last, wrong);
  }
  await enter(province, (tx) => forgiveTries(tx, tried, nowOf(res)));
}

const WRONG = 'access:refusals.wrong';

/** Refuses while a door is shut; else answers the door that this try shuts if it is wrong. */
async function countOrRefuse(res: Response, tried: Try): Promise<Shut | undefined> {
  const counted = await enter(res.locals.province, (tx) => countTry(tx, tried, nowOf(res)));
  if (counted.shut) throw shutRefusal(res, counted.shut);
  return counted.last;
}

/** What a wrong try is answered: that it was wrong, or that it shut the door. */
async function wrongTry(
  res: Response,
  { userId }: Try,
  last: Shut | undefined,
  wrong: Refusal,
): Promise<Refusal> {
  if (!last) return wrong;
  if (userId !== undefined && last.door === 'account') {
    const now = nowOf(res);
    const after = { until: last.until };
    const deed = { kind: 'user.locked', subject: `users/${userId}`, after };
    await enter(res.locals.province, (tx) => {
      record(tx, systemActor(now, dayInTehran(now)), deed);
    });
  }
  return shutRefusal(res, last);
}

function shutRefusal(res: Response, { door, until }: Shut): Refusal {
  const { show, site } = res.locals;
  const seconds = Math.ceil((Date.parse(until) - site.clock().getTime()) / 1000);
  res.set('Retry-After', String(Math.max(1, seconds)));
  const values = { moment: show.moment(until) };
  return new Refusal(`access:refusals.locked-${door}`, { status: 429, values });
}

function checkedByPassport(req: Request, res: Response): Promise<User | undefined> {
  return new Promise((resolve, reject) => {
    const told = (fault: unknown, user: User | false) =>
      fault ? reject(fault) : resolve(user || undefined);
    local.authenticate('local', { session: false }, told)(req, res, reject);
  });
}

/** Takes as long for a name that nobody has as for one that somebody has. */
async function userWithPassword(
  province: Province,
  typed: string,
  password: string,
): Promise<User | undefined> {
  const user = findUserOrNone(province.db, plainUsername(typed));
  const isRight = await isPassword(user?.passwordHash ?? (await nobodysHash), password);
  return isRight && user?.endedAt === null ? user : undefined;
}

async function open(req: Request, res: Response, user: User, tried: Try): Promise<void> {
  const { province, site } = res.locals;
  const actor = actorOf(province.db, user.id, site.clock());
  if (!actor) throw new Refusal(WRONG, { status: 401 });
  await enter(province, (tx) => {
    // The password may have been reset while its hash was being worked out.
    const isStill = findUserById(tx, user.id).passwordHash === user.passwordHash;
    if (!isStill) throw new Refusal(WRONG, { status: 401 });
    forgiveTries(tx, tried, actor.now);
    forgetEndedSessions(tx, actor.now);
    record(tx, actor, { kind: 'user.signed-in', subject: `users/${user.id}` });
  });
  await keepSignedIn(req, user.id);
  res.locals.actor = actor;
  res.locals.by = 'session';
}

function nowOf(res: Response): string {
  return res.locals.site.clock().toISOString();
}
