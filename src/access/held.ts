/**
 * A form that was open when the session ended: what was typed is carried through the sign-in and
 * shown again, to be entered with one press. Nothing of it is written before that press.
 */
import type { NextFunction, Request, Response } from 'express';
import { fundNames } from '../funds/funds.ts';
import { Refusal } from '../refusal.ts';
import type { Language } from '../values/language.ts';
import { wantsJson } from '../web/formats.ts';
import { sendPage } from '../web/views.ts';
import { knownWord } from '../words.ts';
import { requireUser } from './identify.ts';
import { localAddress } from './local-address.ts';
import type { Held } from './session.ts';
import { sendSignIn } from './sign-in-form.ts';

/** A form with a large area still fits; a file of megabytes is chosen again by hand. */
const LIMIT = 400_000;

/** Where the words of what a form lets choose are found. */
const CHOSEN: Record<string, string> = {
  role: 'common:roles',
  seat: 'board:seats',
  amountUnit: 'values:unit',
  kind: 'centres:kinds',
  host: 'centres:hosts',
  gender: 'board:genders',
};

/** What is never carried about in a page, and what belongs to the old page alone. */
const NOT_KEPT =
  /password|passphrase|secret|^code$|^_csrf$|^_page$|^_review$|^_held$|^held$|^__proto__$/i;

/**
 * Answers for a page that asked for a user or for a fresh form: a reader is sent to sign in, a form
 * is kept, a program gets its 401.
 */
export function keepForm(fault: unknown, req: Request, res: Response, next: NextFunction): void {
  const { actor } = res.locals;
  const isStale = fault instanceof Refusal && fault.key === 'common:refusals.csrf';
  if (!(fault instanceof Refusal) || !(isStale || fault.key === 'common:refusals.sign-in')) {
    next(fault);
  } else if (isProgram(req, res)) {
    next(actor ? fault : new Refusal('common:refusals.sign-in', { status: 401 }));
  } else if (req.method === 'GET' || req.method === 'HEAD') {
    const to = new URLSearchParams({ to: req.originalUrl });
    res.redirect(`/${res.locals.province.slug}/login?${to}`);
  } else if (!isFromHere(req)) {
    // What another site sends is not shown to anybody as if he had typed it.
    next(new Refusal('common:refusals.csrf', { status: 403 }));
  } else {
    askAgain(req, res);
  }
}

/**
 * Shows the form's own page again, filled with what was kept: a POST with `_review` is turned into
 * a GET of the page that it names. It writes nothing.
 */
export function reviewForm(req: Request, res: Response, next: NextFunction): void {
  const { province, actor } = res.locals;
  const body = (req.body ?? {}) as Record<string, unknown>;
  if (body._held === '1' && req.session) req.session.held = undefined;
  // The form is entered as it was first sent, with the key that makes it one gift.
  delete body._held;
  if (req.method !== 'POST' || body._review !== '1' || !actor) {
    next();
    return;
  }
  const page = localAddress(body._page, `/${province.slug}/`);
  if (!page) {
    next();
    return;
  }
  req.method = 'GET';
  req.url = page.slice(`/${province.slug}`.length);
  res.locals.path = page.split('?')[0] ?? page;
  res.locals.review = asSent(keptFields(body));
  // It is another page now: whoever owes a password or codes first is not led around them.
  requireUser(req, res, next);
}

/** Reads what the sign-in page carried; anything that leads elsewhere is dropped. */
export function readHeld(res: Response, carried: unknown): Held | undefined {
  if (typeof carried !== 'string' || carried === '' || carried.length > LIMIT) return undefined;
  try {
    const { address, page, fields } = JSON.parse(carried) as Record<string, unknown>;
    const root = `/${res.locals.province.slug}/`;
    const to = localAddress(address, root);
    if (!to || !Array.isArray(fields) || !fields.every(isField)) return undefined;
    return { address: to, page: localAddress(page, root), fields };
  } catch {
    return undefined;
  }
}

/** Shows what was kept, with the buttons that enter it or show its form first. */
export function sendHeld(req: Request, res: Response, held: Held, isStale: boolean): void {
  const { t, language, province } = res.locals;
  const funds = fundNames(province.db, language);
  const shown = held.fields
    .filter(([name, value]) => !/^_|Id$|By$/.test(name) && value.trim() !== '')
    .map(([name, value]) => ({
      term: labelOf(language, name),
      text: (name === 'fund' && funds.get(value)) || shownValue(language, name, value),
    }))
    .filter(({ term, text }) => term !== '' && text !== '');
  const title = t('access:held.title');
  sendPage(req, res, 'access/held', { title, held, shown, isStale });
}

function askAgain(req: Request, res: Response): void {
  const { province, actor } = res.locals;
  const body = (req.body ?? {}) as Record<string, unknown>;
  const root = `/${province.slug}/`;
  if (/^\/(login|sign-out)/.test(req.path)) {
    const note = res.locals.t('access:sign-in.page-old');
    const { username, to, held } = body;
    res.status(403);
    sendSignIn(req, res, { values: { username: String(username ?? '') }, to, held, note });
    return;
  }
  const address = localAddress(req.originalUrl, root);
  const held = { address, page: localAddress(body._page, root), fields: keptFields(body) };
  if (actor && address) {
    res.status(403);
    sendHeld(req, res, { ...held, address }, true);
    return;
  }
  const carried = JSON.stringify(held);
  const fits = carried.length <= LIMIT;
  const note = res.locals.t(fits ? 'access:sign-in.kept' : 'access:sign-in.too-large');
  res.status(401);
  sendSignIn(req, res, { to: held.page, held: fits ? carried : undefined, note });
}

/** By their names; several boxes of one name stay several. */
function asSent(fields: [string, string][]): Record<string, string | string[]> {
  const values = Map.groupBy(fields, ([name]) => name);
  return Object.fromEntries(
    [...values].map(([name, all]) => [
      name,
      all.length > 1 ? all.map(([, one]) => one) : all[0]![1],
    ]),
  );
}

function keptFields(body: Record<string, unknown>): [string, string][] {
  return Object.entries(body)
    .filter(([name]) => !NOT_KEPT.test(name))
    .flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, String(one ?? '')]),
    );
}

/** Only the form's own page knows its labels; the usual fields are called alike everywhere. */
function labelOf(language: Language, name: string): string {
  return (/^[a-zA-Z]+$/.test(name) && knownWord(language, `access:fields.${name}`)) || '';
}

/** The word of a chosen thing; of what was typed all, or the beginning if it is long. */
function shownValue(language: Language, name: string, value: string): string {
  const words = CHOSEN[name];
  if (words) return (/^[\w-]+$/.test(value) && knownWord(language, `${words}.${value}`)) || '';
  return value.length > 200 ? `${value.slice(0, 200)} …` : value;
}

function isField(field: unknown): field is [string, string] {
  return Array.isArray(field) && field.length === 2 && field.every((x) => typeof x === 'string');
}

/** Browsers say where a form comes from; one that came from another site is not kept. */
function isFromHere(req: Request): boolean {
  const origin = req.get('origin');
  if (origin === undefined) return /^(same-origin|none)?$/.test(req.get('sec-fetch-site') ?? '');
  return URL.canParse(origin) && new URL(origin).host === req.host;
}

/** A file that is fetched by a program; a browser that follows a link to it takes pages too. */
function isProgram(req: Request, res: Response): boolean {
  const takesPages = (req.get('accept') ?? '').includes('text/html');
  return wantsJson(req, res) || (res.locals.format !== 'html' && !takesPages);
}
