/** Reads what was sent: forms, JSON, and forms with one small file; another type is refused. */
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import multer from 'multer';
import { Refusal } from '../refusal.ts';

/** Room for an area of many thousand corners; a gift is a few hundred bytes. */
const LIMIT = '1mb';
const FILE_LIMIT_BYTES = 5_000_000;
/** A file and the form around it: fields of their own limit each would come to far more. */
const MULTIPART_LIMIT_BYTES = FILE_LIMIT_BYTES + 1_000_000;

const form = express.urlencoded({ extended: false, limit: LIMIT, parameterLimit: 2000 });
const json = express.json({ limit: LIMIT, strict: true, verify: refuseDeep });
const withFile = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: FILE_LIMIT_BYTES, files: 1, fields: 100, fieldSize: 1_000_000 },
});

export const readBodies = Router();
readBodies.use(refuseOtherTypes, form, json, uploaded);

function refuseOtherTypes(req: Request, _res: Response, next: NextFunction): void {
  const length = Number(req.get('content-length') ?? 0);
  const sends = length > 0 || req.get('transfer-encoding') !== undefined;
  if (sends && !req.is(['urlencoded', 'json', 'multipart'])) {
    throw new Refusal('common:errors.415.detail', { status: 415 });
  }
  next();
}

/** What is nested deeper than any of our bodies is meant for no good: an area has six levels. */
const DEEPEST = 32;
const [QUOTE, BACKSLASH, OPEN, SHUT] = [0x22, 0x5c, [0x5b, 0x7b], [0x5d, 0x7d]];

function refuseDeep(_req: unknown, _res: unknown, body: Buffer): void {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]!;
    if (byte === QUOTE) inText = !inText;
    else if (inText && byte === BACKSLASH) at += 1;
    else if (!inText && OPEN.includes(byte)) depth += 1;
    else if (!inText && SHUT.includes(byte)) depth -= 1;
    if (depth > DEEPEST) throw new Refusal('common:errors.400.detail', { status: 400 });
  }
}

/** The file's text stands in the body under the name of its field, like anything typed. */
function uploaded(req: Request, res: Response, next: NextFunction): void {
  if (!req.is('multipart')) {
    next();
    return;
  }
  // Browsers tell the length of a form; what does not is not read.
  if (!(Number(req.get('content-length')) <= MULTIPART_LIMIT_BYTES)) {
    throw new Refusal('common:errors.413.detail', { status: 413 });
  }
  withFile.any()(req, res, (fault: unknown) => {
    if (fault) {
      const code = fault instanceof multer.MulterError ? fault.code : '';
      const status = code === 'LIMIT_FILE_SIZE' || code === 'LIMIT_FIELD_VALUE' ? 413 : 400;
      next(new Refusal(`common:errors.${status}.detail`, { status }));
      return;
    }
    for (const file of (req.files ?? []) as Express.Multer.File[]) {
      if (file.size > 0) req.body[file.fieldname] = file.buffer.toString('utf8');
    }
    const isForm = Object.values((req.body ?? {}) as object).every(isText);
    next(isForm ? undefined : new Refusal('common:errors.400.detail', { status: 400 }));
  });
}

/** A field is text, or several of one name; `name[key]` is a form of no page of ours. */
function isText(value: unknown): boolean {
  return [value].flat().every((one) => typeof one === 'string');
}
