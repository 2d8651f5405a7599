/** How errors are answered: two expected kinds, the body parser's, and faults of ours. */

import type { NextFunction, Request, Response } from 'express';
import { log } from '../log.ts';
import { isolateNumbers } from '../paper/bidi.ts';
import { Unavailable } from '../provinces/enter.ts';
import { type FieldFault, NotFound, namedIn, Refusal } from '../refusal.ts';
import { isIsoDay } from '../values/jalali-date.ts';
import { complaintOf, DatabaseError } from './complaints.ts';
import { wantsJson } from './formats.ts';
import { sendPage } from './views.ts';

type Problem = {
  status: number;
  detail: string;
  clause?: string;
  mend?: string;
  faults: { field: string; message: string }[];
};

/** No page has this address: people and programs are told so in their own way. */
export function answerUnknown(): never {
  throw new NotFound();
}

/** The last middleware: says what went wrong, keeps what was typed, and shows no stack to anyone. */
export function answerError(fault: unknown, req: Request, res: Response, next: NextFunction): void {
  if (res.headersSent) {
    next(fault);
    return;
  }
  try {
    const problem = problemOf(fault, res);
    if (problem.status >= 500 && !(fault instanceof Refusal)) tell(fault, req);
    sendProblem(req, res, problem);
  } catch (second) {
    tell(fault, req);
    tell(second, req);
    res.status(500).type('txt').send('500');
  }
}

/** A refused form is shown again with what was typed in it; programs get the refusal itself. */
export function sendRefusedForm(
  fault: unknown,
  req: Request,
  res: Response,
  show: (refusal: { faults: Record<string, string>; refusal: object }) => void,
): void {
  const problem = problemOf(fault, res);
  if (problem.status >= 500 || problem.status === 404 || wantsJson(req, res)) throw fault;
  res.status(problem.status);
  const { status, detail, faults: found, clause, mend } = readable(problem);
  const faults = Object.fromEntries(found.map(({ field, message }) => [field, message]));
  show({ faults, refusal: { status, detail, clause: clause ?? null, mend: mend ?? null } });
}

export function sendProblem(req: Request, res: Response, problem: Problem): void {
  const { t } = res.locals;
  const title = t(`common:errors.${problem.status}.title`);
  res.status(problem.status);
  // The file that was to be saved did not come about.
  res.removeHeader('Content-Disposition');
  if (!wantsJson(req, res)) {
    const { detail, faults } = readable(problem);
    sendPage(req, res, 'errors/error', {
      ...{ title, status: problem.status, detail, faults },
      ...{ clause: problem.clause ?? null, mend: problem.mend ?? null },
      layout: res.locals.actor ? 'layout' : 'plain',
    });
    return;
  }
  const { status, detail, clause, mend, faults } = problem;
  const errors = faults.length > 0 ? faults : undefined;
  const type = clause ? `/${res.locals.province.slug}/bylaw#${clause}` : 'about:blank';
  res.type('application/problem+json');
  res.send(JSON.stringify({ type, title, status, detail, errors, clause, mend }));
}

/** For people: a number with a dash keeps its order in a line from right to left. */
function readable(problem: Problem): Problem {
  const faults = problem.faults.map(({ field, message }) => {
    return { field, message: isolateNumbers(message) };
  });
  return { ...problem, detail: isolateNumbers(problem.detail), faults };
}

function problemOf(fault: unknown, res: Response): Problem {
  const { t } = res.locals;
  if (fault instanceof Refusal) return refused(fault, res);
  if (fault instanceof NotFound) return plain(404, t);
  if (fault instanceof Unavailable) return unavailable(fault, res);
  if (fault instanceof DatabaseError) {
    const complaint = complaintOf(fault);
    if (complaint) return refused(complaint, res);
    if (/^SQLITE_(FULL|IOERR|READONLY|BUSY)/.test(fault.code)) return plain(503, t);
  }
  if (isFullDisk(fault)) return plain(503, t);
  const { status } = fault as { status?: unknown };
  const known = typeof status === 'number' && [400, 403, 404, 413, 415].includes(status);
  return plain(known ? status : 500, t);
}

/** Lists and papers are spooled to a folder of the system, which may be full as well. */
function isFullDisk(fault: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EROFS'].includes(String((fault as { code?: unknown }).code));
}

/** A restore in progress is a refusal of the whole turn; a full disk is the plain sentence. */
function unavailable(fault: Unavailable, res: Response): Problem {
  return fault.cause instanceof Refusal ? refused(fault.cause, res) : plain(503, res.locals.t);
}

function plain(status: number, t: Express.Locals['t']): Problem {
  return { status, detail: t(`common:errors.${status}.detail`), faults: [] };
}

function refused(refusal: Refusal, res: Response): Problem {
  const { clause, values, field, fields, mend } = refusal.details;
  const detail = res.locals.t(refusal.key, inDigits(values, res));
  const all: FieldFault[] = fields ?? (field ? [{ field, key: refusal.key, values }] : []);
  const faults = all.map((one) => ({
    field: one.field,
    message: res.locals.t(one.key, inDigits(one.values, res)),
  }));
  return { status: refusal.status, detail, clause, mend, faults };
}

/**
 * Numbers are said in the reader's digits, rials in groups, days (…On) in his calendar; a count stays
 * one, for its plural.
 */
function inDigits(values: FieldFault['values'], { locals: { show, language } }: Response) {
  const said = ([name, value]: [string, string | number]) => {
    if (typeof value === 'string') {
      return name.endsWith('On') && isIsoDay(value) ? show.day(value) : value;
    }
    if (name === 'count') return value;
    return name.endsWith('Rial') ? show.rial(value) : show.digits(String(value));
  };
  const all = Object.entries(namedIn(language, values));
  return Object.fromEntries(all.map((one) => [one[0], said(one)]));
}

function tell(fault: unknown, req: Request): void {
  log.error({ err: fault, method: req.method, path: req.path }, 'fault');
}
