/** What is shown once and kept nowhere: a token, recovery codes, a first password. */
import type { Request, Response } from 'express';
import { wantsJson } from '../web/formats.ts';
import { sendPage } from '../web/views.ts';

type Shown = {
  title: string;
  text: string;
  lines: string[];
  /** What each line is, where they differ. */
  labels?: string[];
  /** Where the reader goes on to, below the province. */
  onward: string;
  json: object;
};

/** Answers the post itself: no address can be opened again to see it, and no cache keeps it. */
export function sendOnce(req: Request, res: Response, shown: Shown): void {
  res.status(201).set('Cache-Control', 'no-store');
  if (wantsJson(req, res)) res.json(shown.json);
  else sendPage(req, res, 'access/once', shown);
}
