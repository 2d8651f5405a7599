/** What is answered after a write: a program gets the thing itself, a reader the page after it. */
import type { Request, Response } from 'express';
import { flash } from './flash.ts';
import { wantsJson } from './formats.ts';
import type { Created } from './once.ts';

/** 201 with its address and itself; or back to reading, with the sentence said there. */
export function sendCreated(req: Request, res: Response, created: Created, sentence: string): void {
  res.location(created.location);
  if (wantsJson(req, res)) res.status(201).json(created.body);
  else sayAndGo(res, created.location, sentence);
}

/** 200 with the thing as it is now; or back to reading. */
export function sendChanged(
  req: Request,
  res: Response,
  { to, body }: { to: string; body: object },
  sentence: string,
): void {
  if (wantsJson(req, res)) res.json(body);
  else sayAndGo(res, to, sentence);
}

function sayAndGo(res: Response, to: string, sentence: string): void {
  flash(res, 'ok', sentence);
  res.redirect(303, to);
}

/** The address of the province, and of the centre the request is in. */
export const provinceRoot = (res: Response): string => `/${res.locals.province.slug}`;
export const centreRoot = (res: Response): string =>
  `${provinceRoot(res)}/centres/${res.locals.centre.code}`;
