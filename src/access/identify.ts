/** Who asks: by bearer token or by session; and with which powers at this moment. */
import { createHash } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { ABSENCES, ABSENT, DECREES, IN_FORCE, KEPT } from '../board/in-force.ts';
import { tasksOfPerson } from '../network/tasks-in-force.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { untilChanged } from '../provinces/unchanged.ts';
import { Refusal } from '../refusal.ts';
import { dayInTehran } from '../values/jalali-date.ts';
import { wantsJson } from '../web/formats.ts';
import type { Actor, HeldSeat } from './actor.ts';
import type { Role } from './powers.ts';
import { hasCodes, requiresCodes } from './totp.ts';
import { findUserById } from './users.ts';

type UserRow = {
  id: number;
  username: string;
  name: string;
  role: Role | null;
  countyId: number | null;
  personId: number | null;
};

const statements = prepared((db) => ({
  user: db.$client.prepare(
    `SELECT id, username, name, role, county_id AS countyId, person_id AS personId
     FROM users WHERE id = ? AND ended_at IS NULL`,
  ),
  seats: db.$client.prepare(
    `SELECT d.id AS decreeId, d.centre_id AS centreId, d.seat,
       d.seat = 'vice-chair' AND EXISTS (SELECT 1 FROM ${ABSENCES}
         WHERE b.centre_id = d.centre_id AND ${ABSENT}) AS acts
     FROM ${DECREES} WHERE d.person_id = @personId AND ${IN_FORCE} ORDER BY d.id`,
  ),
  kept: db.$client.prepare(
    `SELECT d.id AS decreeId, d.centre_id AS centreId, d.seat
     FROM ${DECREES} WHERE d.person_id = @personId AND ${KEPT} ORDER BY d.id`,
  ),
  token: db.$client
    .prepare('SELECT user_id FROM tokens WHERE hash = ? AND revoked_at IS NULL')
    .pluck(),
}));

/** The actor a user is at this moment; undefined once the user has ended. */
export function actorOf(db: Db, userId: number, moment: Date): Actor | undefined {
  const today = dayInTehran(moment);
  const standing = standings(db, `${userId} ${today}`, () => standingOf(db, userId, today));
  return standing && { ...standing, now: moment.toISOString() };
}

type Standing = Omit<Actor, 'now'>;

const standings = untilChanged<Standing | undefined>();

function standingOf(db: Db, userId: number, today: string): Standing | undefined {
  const row = statements(db).user.get(userId) as UserRow | undefined;
  if (!row) return undefined;
  const { id, username, name, role, countyId, personId } = row;
  return {
    user: { id, username, name, personId },
    office: role ? { role, countyId } : null,
    seats: personId === null ? [] : seatsOf(db, personId, today),
    kept: personId === null ? [] : keptOf(db, personId, today),
    tasks: personId === null ? [] : tasksOfPerson(db, personId, today),
    capacity: role ? `office:${role}` : 'person',
    today,
  };
}

/** The seats of a person; B-61: the vice-chair has the chair's too while an absence runs. */
function seatsOf(db: Db, personId: number, today: string): HeldSeat[] {
  const held = statements(db).seats.all({ personId, today }) as (HeldSeat & { acts: number })[];
  return held.flatMap(({ acts, ...seat }): HeldSeat[] =>
    acts === 1 ? [seat, { ...seat, seat: 'chair', acting: true }] : [seat],
  );
}

/** The seats of a person that ended with the licence. */
const keptOf = (db: Db, personId: number, today: string): HeldSeat[] =>
  statements(db).kept.all({ personId, today }) as HeldSeat[];

/** Lets a program in by its bearer token; a token that is not good is refused with 401. */
export function identifyByToken(req: Request, res: Response, next: NextFunction): void {
  const header = req.get('authorization');
  if (header === undefined) {
    next();
    return;
  }
  const { province, site } = res.locals;
  const token = /^Bearer (\S+)$/i.exec(header)?.[1];
  const hash = createHash('sha256')
    .update(token ?? '')
    .digest();
  const userId = statements(province.db).token.get(hash) as number | undefined;
  const actor = userId === undefined ? undefined : actorOf(province.db, userId, site.clock());
  if (!actor) throw new Refusal('common:refusals.token', { status: 401 });
  res.locals.actor = actor;
  res.locals.by = 'token';
  next();
}

/** Lets a person in by the session that his browser holds the key to. */
export function identifyBySession(req: Request, res: Response, next: NextFunction): void {
  const userId = req.session?.passport?.user;
  if (res.locals.actor || userId === undefined) {
    next();
    return;
  }
  const { province, site } = res.locals;
  res.locals.actor = actorOf(province.db, userId, site.clock());
  if (res.locals.actor) res.locals.by = 'session';
  next();
}

/**
 * Lets on whoever is signed in and owes nothing first: a first password to change, one-time codes
 * that the province requires of his office. `keepForm` answers for everybody else.
 */
export function requireUser(req: Request, res: Response, next: NextFunction): void {
  const { actor, by, province } = res.locals;
  if (!actor) throw new Refusal('common:refusals.sign-in', { status: 401 });
  if (by === 'session') res.set('Cache-Control', 'private, no-cache');
  const duty = by === 'session' && actor.user ? dutyOf(province.db, actor.user.id) : undefined;
  if (!duty || `${req.path}/`.startsWith(`${duty.page}/`)) next();
  else if (wantsJson(req, res)) throw new Refusal(duty.key, { status: 403, mend: duty.page });
  else res.redirect(303, `/${province.slug}${duty.page}`);
}

type Duty = { page: string; key: string };

const duties = untilChanged<Duty | undefined>();

/** What a user has to do before anything else; a program's token was given by one who had. */
function dutyOf(db: Db, userId: number): Duty | undefined {
  return duties(db, String(userId), () => firstDuty(db, userId));
}

function firstDuty(db: Db, userId: number): Duty | undefined {
  const user = findUserById(db, userId);
  if (user.mustChangePassword === 1) {
    return { page: '/account/password', key: 'access:refusals.password-first' };
  }
  if (hasCodes(user) || !requiresCodes(db, user)) return undefined;
  return { page: '/account/codes', key: 'access:refusals.codes-first' };
}
