/** Checking a paper by its code, open to everyone; and the register of a centre's papers. */
import { type Request, type Response, Router } from 'express';
import rateLimit from 'express-rate-limit';
import { may, type Power } from '../access/powers.ts';
import { bookName } from '../books/book-name.ts';
import { findProvince } from '../provinces/catalogue.ts';
import { provinceName } from '../provinces/province.ts';
import { NotFound, Refusal } from '../refusal.ts';
import { answer } from '../web/formats.ts';
import { listForms, mapped, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { letterPages } from './letter-pages.ts';
import {
  countPapers,
  everyPaper,
  type PaperRow,
  paperByCodeOrNone,
  papersOf,
  readCode,
} from './papers.ts';
import { type Verified, verifiedOf } from './verify.ts';

export const verifyPages = Router({ mergeParams: true });
export const paperPages = Router({ mergeParams: true });

/** Nobody types sixty codes a minute; the codes themselves are beyond guessing. */
const patience = rateLimit({
  windowMs: 60_000,
  limit: 60,
  standardHeaders: true,
  legacyHeaders: false,
  handler: () => {
    throw new Refusal('common:errors.429.detail', { status: 429 });
  },
});

verifyPages.get('/verify', patience, (req, res) => {
  const typed = String(req.query.code ?? '').trim();
  if (typed) {
    const read = readCode(typed);
    const written = read ? `${read.slug}-${read.raw}` : typed.slice(0, 100);
    res.redirect(303, `/verify/${encodeURIComponent(written)}`);
    return;
  }
  sendVerify(req, res, { typed: '', verified: null, asked: false });
});

verifyPages.get('/verify/:code', patience, async (req, res) => {
  const typed = String(req.params.code);
  const verified = verify(res, typed);
  res.status(verified ? 200 : 404);
  await answer(res, {
    html: () => sendVerify(req, res, { typed, verified: verified ?? null, asked: true }),
    json: () => {
      if (!verified) throw new NotFound();
      res.json(verified);
    },
  });
});

function verify(res: Response, typed: string): Verified | undefined {
  const read = readCode(typed);
  if (!read) return undefined;
  try {
    const province = findProvince(res.locals.site.catalogue, read.slug);
    const paper = paperByCodeOrNone(province.db, read.raw);
    return paper && verifiedOf(province.db, paper, provinceName(province), res.locals.site.clock());
  } catch (fault) {
    if (fault instanceof NotFound) return undefined;
    throw fault;
  }
}

type Checked = { typed: string; verified: Verified | null; asked: boolean };

function sendVerify(req: Request, res: Response, checked: Checked): void {
  const title = res.locals.t('papers:verify.title');
  const book = checked.verified && bookSaid(res, checked.verified);
  sendPage(req, res, 'papers/verify', { title, layout: 'plain', ...checked, book });
}

/** The name of the book that a sealed copy is of; null of other papers. */
function bookSaid(res: Response, verified: Verified): string | null {
  const { book, account = null, columns = null, level = null } = verified;
  if (book === undefined) return null;
  return bookName({ book, account, columns, level }, res.locals.t, res.locals.language);
}

paperPages.get('/papers', allow('papers.read'), async (req, res) => {
  const { province, centre, t } = res.locals;
  const total = countPapers(province.db, centre.id);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const told = ({ kind, number, issuedOn, prints }: PaperRow) => ({
    ...{ kind: t(`papers:kinds.${kind}`), number, issuedOn, prints },
  });
  const papers = papersOf(province.db, centre.id, ROWS_PER_PAGE, offset);
  const title = t('papers:register.title');
  await answer(res, {
    html: () => {
      const of = Math.max(1, Math.ceil(total / ROWS_PER_PAGE));
      const addressOf = (paper: PaperRow) =>
        opens(res, paper.kind) ? addressOfPaper(res, paper) : undefined;
      sendPage(req, res, 'papers/register', {
        title,
        papers,
        total,
        at: pageAsked(req),
        of,
        addressOf,
      });
    },
    ...listForms(req, res, {
      name: `papers-${centre.code}`,
      title,
      columns: [
        { key: 'kind', title: t('papers:columns.kind'), kind: 'text', width: 3 },
        { key: 'number', title: t('papers:columns.number'), kind: 'code', width: 2 },
        { key: 'issuedOn', title: t('papers:columns.issued-on'), kind: 'day', width: 2 },
        { key: 'prints', title: t('papers:columns.prints'), kind: 'count', width: 1 },
      ],
      page: () => ({ rows: papers.map(told), total }),
      all: (db) => mapped(everyPaper(db, centre.id), told),
    }),
  });
});

paperPages.use(letterPages);

/** Papers that are read with what they are of, by whoever may read that; letters by all here. */
const READ_WITH: Partial<Record<PaperRow['kind'], Power>> = {
  receipt: 'donations.read',
  decree: 'board.read',
  book: 'books.read',
  'map-sheet': 'boundary.read',
  'volunteer-card': 'volunteers.cards',
  tribute: 'donations.read',
  survey: 'surveys.read',
  voucher: 'payments.read',
  delivery: 'deliveries.read',
};

function opens({ locals: { actor, centre } }: Response, kind: PaperRow['kind']): boolean {
  const power = READ_WITH[kind];
  return power === undefined || may(actor!, power, centre);
}

/** Where the paper is read and printed. */
function addressOfPaper(res: Response, { id, kind, number }: PaperRow): string {
  const centre = centreRoot(res);
  if (kind === 'receipt') return `${centre}/donations/receipts/${number}`;
  if (kind === 'decree') return `${centre}/board/decrees/${number}`;
  if (kind === 'introduction') return `${centre}/bank-account`;
  if (kind === 'book') return `${centre}/books/sealed/${number}`;
  if (kind === 'map-sheet') return `${centre}/boundary/sheet/${number}`;
  if (kind === 'volunteer-card') return `${centre}/network/cards/${id}`;
  // A card has the number of its gift's receipt, and its own after it.
  if (kind === 'tribute') {
    return `${centre}/donations/receipts/${number.replace(/-\d+$/, '')}/tribute`;
  }
  if (kind === 'survey') return `${centre}/network/surveys/${number}`;
  // A voucher is found by its number, and stands on the page of its payment.
  if (kind === 'voucher') return `${centre}/payments?q=${number}`;
  if (kind === 'delivery') return `${centre}/deliveries?q=${number}`;
  return `${centre}/papers/${id}`;
}
