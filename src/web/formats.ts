/** One address, several formats: the suffix is taken off before the address is looked up. */
import type { NextFunction, Request, Response } from 'express';
import { NotFound } from '../refusal.ts';

export const FORMATS = [
  ...([
    'html',
    'json',
    'csv',
    'xlsx',
    'pdf',
    'hledger',
    'beancount',
    'geojson',
    'kml',
    'zip',
  ] as const),
] as const;
export type Format = (typeof FORMATS)[number];

const SUFFIX = /\.(json|csv|xlsx|pdf|hledger|beancount|geojson|kml|zip)$/;

/** Reads the format off the address; programs that send JSON are answered in JSON. */
export function readFormat(req: Request, res: Response, next: NextFunction): void {
  const [path = '', query] = req.url.split('?', 2);
  const suffix = SUFFIX.exec(path)?.[1] as Format | undefined;
  res.locals.format = suffix ?? (req.is('json') ? 'json' : 'html');
  res.locals.path = suffix ? path.slice(0, -suffix.length - 1) : path;
  if (suffix) req.url = query === undefined ? res.locals.path : `${res.locals.path}?${query}`;
  next();
}

/** Answers in the format that was asked for; an address without it is not there. */
export async function answer(
  res: Response,
  forms: Partial<Record<Format, () => unknown | Promise<unknown>>>,
): Promise<void> {
  const form = forms[res.locals.format];
  if (!form) throw new NotFound();
  await form();
}

/** Whether the reader is a program, which gets its errors as problem+json. */
export function wantsJson(req: Request, res: Response): boolean {
  return (
    res.locals.format === 'json' ||
    res.locals.by === 'token' ||
    req.headers.authorization !== undefined ||
    (req.get('accept') ?? '').startsWith('application/json')
  );
}
