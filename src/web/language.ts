/** The reader's language: his own choice, kept in a cookie; Persian until he has made one. */
import type { NextFunction, Request, Response } from 'express';
import { wordsFor } from '../words.ts';
import { wantsJson } from './formats.ts';
import { showFor } from './show.ts';

export function readLanguage(req: Request, res: Response, next: NextFunction): void {
  const cookies = req.cookies as Record<string, string | undefined>;
  const asked = cookies.language ?? (wantsJson(req, res) ? programsLanguage(req) : 'fa');
  const language = asked === 'en' ? 'en' : 'fa';
  res.locals.language = language;
  res.locals.t = wordsFor(language);
  res.locals.show = showFor(language);
  next();
}

/** A browser says English because its maker did; only a program's wish is taken at its word. */
function programsLanguage(req: Request): string {
  return (req.get('accept-language') ?? '').startsWith('en') ? 'en' : 'fa';
}
