/** Reads what was sent: forms, JSON, and forms with one small file; another type is refused. */
import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express';
import multer from 'multer';
import { Refusal } from '../refusal.ts';
import { isNestedDeeper } from '../values/nesting.ts';

/** A gift is a few hundred bytes, and the longest survey some thousand. */
const ORDINARY = bodiesUpTo(1_000_000, 5_000_000);
/** An outline of fifty thousand corners is told that it has too many, not that it is too long. */
const OF_MAPS = bodiesUpTo(4_000_000, 8_000_000);
/** A sheet of two hundred thousand rows, as it is or as a program writes its bytes. */
const OF_SHEETS = bodiesUpTo(28_000_000, 20_000_000);
/** Where spreadsheets are sent. */
const SHEETS = /\/(bank\/files|registrations\/import|imports)(\.json)?$/;
/** Where outlines are sent. */
const MAPS = /\/(boundary|boundary\/(check|parts|permits|landmarks)|landmarks|outlines)(\.json)?$/;

export const readBodies = Router();
readBodies.use(refuseOtherTypes, (req, res, next) => {
  bodiesOf(req.path)(req, res, next);
});

function bodiesOf(path: string): Router {
  if (SHEETS.test(path)) return OF_SHEETS;
  return MAPS.test(path) ? OF_MAPS : ORDINARY;
}

function bodiesUpTo(bytes: number, fileBytes: number): Router {
  const limit = bytes;
  const bodies = Router();
  bodies.use(
    express.urlencoded({ extended: false, limit, parameterLimit: 2000 }),
    express.json({ limit, strict: true, verify: refuseDeep }),
    uploaded(bytes, fileBytes),
  );
  return bodies;
}

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

function refuseDeep(_req: unknown, _res: unknown, body: Buffer): void {
  if (!isNestedDeeper(body.length, (at) => body[at]!, DEEPEST)) return;
  throw new Refusal('common:errors.400.detail', { status: 400 });
}

/** The file's text stands in the body under the name of its field, like anything typed. */
function uploaded(fieldSize: number, fileSize: number) {
  const withFile = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize, files: 1, fields: 100, fieldSize },
  }).any();
  // A file and the form around it: fields of their own limit each would come to far more.
  const limit = fileSize + 1_000_000;
  return (req: Request, res: Response, next: NextFunction): void => {
    if (!req.is('multipart')) {
      next();
      return;
    }
    // Browsers tell the length of a form; what does not is not read.
    if (!(Number(req.get('content-length')) <= limit)) {
      throw new Refusal('common:errors.413.detail', { status: 413 });
    }
    takeFile(withFile, req, res, next);
  };
}

function takeFile(read: RequestHandler, req: Request, res: Response, next: NextFunction): void {
  read(req, res, (fault: unknown) => {
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
