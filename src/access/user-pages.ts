/** The users of the province, for those who manage them. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { enter } from '../provinces/enter.ts';
import { Refusal } from '../refusal.ts';
import { readName, searchText } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { wordAsked } from '../web/asked.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, ticked, typed, typedOrNone } from '../web/forms.ts';
import { type Listing, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { provinceRoot, sendChanged } from '../web/written.ts';
import type { Actor } from './actor.ts';
import { sendOnce } from './once-shown.ts';
import { hashPassword, inventPassword, refuseWeakPassword } from './passwords.ts';
import { ROLES } from './powers.ts';
import { revokeToken, tokensOf } from './tokens.ts';
import { hasCodes, removeCodes } from './totp.ts';
import * as users from './users.ts';

export const userPages = Router({ mergeParams: true });

const STATES = ['open', 'locked', 'ended'] as const;

const keptAsTyped = typedOrNone((password): Reading<string> => ({ value: password }));
const newUser = z.object({
  username: typed(users.readUsername),
  name: typed((name) => readName(name, { max: 120 })),
  role: chosen(ROLES),
  county: typedOrNone((county): Reading<string> => ({ value: county })),
  password: keptAsTyped,
});
const reset = z.object({ password: keptAsTyped, codes: ticked });

const USERS = '/{province}/users';
describeBody(`POST ${USERS}`, newUser);
describeBody(`POST ${USERS}/{username}/reset`, reset);
describeWishes(`POST ${USERS}/{username}/unlock`, `POST ${USERS}/{username}/end`);
describeWishes(`POST ${USERS}/{username}/tokens/{id}/revoke`);

userPages.use('/users', allow('users.manage'));

userPages.get('/users', async (req, res) => {
  const { t } = res.locals;
  const listing = listOfUsers(req, res);
  await answer(res, {
    ...listForms(req, res, listing),
    html: () => {
      const { rows, total } = listing.page();
      const title = listing.title;
      const pages = { at: pageAsked(req), of: Math.ceil(total / ROWS_PER_PAGE) };
      const roles = [...ROLES, 'trustee'].map((value) => ({ value, text: roleWord(t, value) }));
      const states = STATES.map((value) => ({ value, text: t(`access:state.${value}`) }));
      sendPage(req, res, 'access/users', { title, rows, total, pages, roles, states });
    },
  });
});

userPages.get('/users/new', (req, res) => sendNewUser(req, res, {}));

userPages.post('/users', async (req, res) => {
  const { province, t } = res.locals;
  const actor = managing(res);
  try {
    const { password, county, ...user } = readBody(req, newUser);
    const countyId = county === undefined ? null : findCounty(res, county);
    const first = password ?? inventPassword();
    refuseWeakPassword(first, user.username);
    const passwordHash = await hashPassword(first);
    const opening = { ...user, countyId, passwordHash, mustChange: true };
    const id = await enter(province, (tx) => users.createUser(tx, actor, opening));
    const { username, name } = user;
    const json = { id, username, name, role: user.role, password: first };
    const onward = `/users/${username}`;
    res.location(`/${province.slug}${onward}`);
    sendOnce(req, res, {
      ...{ title: t('access:users.made', { name }), lines: [username, first], onward, json },
      ...{ text: t('access:users.made-text'), labels: nameAndFirst(res) },
    });
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => sendNewUser(req, res, refused));
  }
});

/** What the two lines are that are shown once. */
function nameAndFirst({ locals: { t } }: Response): string[] {
  return [t('access:username.label'), t('access:users.first-password')];
}

userPages.get('/users/:username', async (req, res) => {
  const user = userOf(req, res);
  const shown = shownUser(res, user);
  await answer(res, {
    html: () => sendPage(req, res, 'access/user', { title: user.name, ...shown }),
    json: () => res.json(shown),
  });
});

userPages.post('/users/:username/reset', async (req, res) => {
  const { province, t } = res.locals;
  const actor = managing(res);
  const user = userOf(req, res);
  try {
    const { password, codes } = readBody(req, reset);
    const first = password ?? inventPassword();
    refuseWeakPassword(first, user.username);
    const passwordHash = await hashPassword(first);
    await enter(province, (tx) => {
      users.resetPassword(tx, actor, user.id, passwordHash);
      if (codes && user.totpSecret !== null) removeCodes(tx, actor, user.id);
    });
    const json = { username: user.username, password: first };
    const onward = `/users/${user.username}`;
    const [title, text] = [t('access:users.reset-done', user), t('access:users.made-text')];
    const lines = [user.username, first];
    sendOnce(req, res, { title, text, lines, labels: nameAndFirst(res), onward, json });
  } catch (fault) {
    sendRefusedUser(fault, req, res);
  }
});

userPages.post('/users/:username/unlock', (req, res) =>
  change(req, res, 'unlocked', users.unlockUser),
);

userPages.post('/users/:username/end', (req, res) => change(req, res, 'ended', users.endUser));

userPages.post('/users/:username/tokens/:id/revoke', (req, res) =>
  change(req, res, 'token-revoked', (tx, actor, userId) => {
    revokeToken(tx, actor, userId, Number(req.params.id));
  }),
);

async function change(
  req: Request,
  res: Response,
  word: string,
  verb: typeof users.unlockUser,
): Promise<void> {
  const { province, t } = res.locals;
  const actor = managing(res);
  const user = userOf(req, res);
  try {
    await enter(province, (tx) => verb(tx, actor, user.id));
  } catch (fault) {
    sendRefusedUser(fault, req, res);
    return;
  }
  const said = t(`access:done.${word}`, { name: user.name });
  const to = `${provinceRoot(res)}/users/${user.username}`;
  sendChanged(req, res, { to, body: { done: said } }, said);
}

function sendRefusedUser(fault: unknown, req: Request, res: Response): void {
  sendRefusedForm(fault, req, res, (refused) => {
    const user = userOf(req, res);
    const shown = shownUser(res, user);
    sendPage(req, res, 'access/user', { title: user.name, ...shown, values: {}, ...refused });
  });
}

function listOfUsers(req: Request, res: Response): Listing {
  const { province, t } = res.locals;
  const now = managing(res).now;
  const asked = (name: string) => wordAsked(req.query, name);
  const filter = { q: asked('q'), role: asked('role'), state: asked('state'), sort: asked('sort') };
  const all = users.usersOf(province.db, filter, now);
  const rows = all.map((user) => ({
    name: user.name,
    username: user.username,
    role: roleWord(t, user.role ?? 'trustee'),
    county: user.countyName,
    codes: t(user.hasCodes ? 'access:users.with-codes' : 'access:users.without-codes'),
    state: t(`access:state.${user.state}`),
    stateCode: user.state,
    createdAt: user.createdAt,
  }));
  const from = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const column = (key: string, kind: 'text' | 'code' | 'moment', width: number) => ({
    ...{ key, kind, width },
    title: t(`access:users.columns.${key}`),
  });
  return {
    ...{ name: 'users', title: t('common:sections.users') },
    columns: [
      ...[column('name', 'text', 3), column('username', 'code', 2), column('role', 'text', 2)],
      ...[column('county', 'text', 2), column('codes', 'text', 1), column('state', 'text', 1)],
      column('createdAt', 'moment', 2),
    ],
    page: () => ({ rows: rows.slice(from, from + ROWS_PER_PAGE), total: rows.length }),
    all: () => rows,
    json: () => ({
      users: all.slice(from, from + ROWS_PER_PAGE),
      ...{ page: pageAsked(req), total: all.length },
      pages: Math.max(1, Math.ceil(all.length / ROWS_PER_PAGE)),
    }),
  };
}

function sendNewUser(req: Request, res: Response, refused: object): void {
  const { t, province } = res.locals;
  const { password: _, ...values } = (req.body ?? {}) as Record<string, unknown>;
  const title = t('access:users.new-title');
  const roles = ROLES.map((value) => ({ value, text: roleWord(t, value) }));
  const counties = users.countiesToChoose(province.db);
  const form = { title, roles, counties, values, faults: {} };
  sendPage(req, res, 'access/user-new', { ...form, ...refused });
}

function shownUser(res: Response, user: users.User) {
  const { province, t } = res.locals;
  const now = managing(res).now;
  const county = users.countiesToChoose(province.db).find(({ id }) => id === user.countyId);
  return {
    user: {
      ...{ id: user.id, username: user.username, name: user.name, role: user.role },
      roleName: roleWord(t, user.role ?? 'trustee'),
      countyName: county?.name ?? null,
      state: users.stateOf(user, now),
      lockedUntil: user.lockedUntil,
      mustChangePassword: user.mustChangePassword === 1,
      hasCodes: hasCodes(user),
      createdAt: user.createdAt,
      endedAt: user.endedAt,
    },
    tokens: tokensOf(province.db, user.id),
    signIns: users.signInsOf(province.db, user.id),
    faults: {},
  };
}

/** A county as a form gives it, by its id, or as people write it, by its name. */
function findCounty(res: Response, county: string): number {
  const known = users
    .countiesToChoose(res.locals.province.db)
    .find(({ id, name }) => String(id) === county || searchText(name) === searchText(county));
  if (known) return known.id;
  throw new Refusal('access:refusals.unknown-county', { status: 422, field: 'county' });
}

function userOf(req: Request, res: Response): users.User {
  return users.findUserByUsername(res.locals.province.db, String(req.params.username));
}

function managing(res: Response): Actor {
  const { actor } = res.locals;
  if (!actor) throw new Refusal('common:refusals.sign-in', { status: 401 });
  return actor;
}

function roleWord(t: Express.Locals['t'], role: string): string {
  return t(role === 'trustee' ? 'access:trustee' : `common:roles.${role}`);
}
