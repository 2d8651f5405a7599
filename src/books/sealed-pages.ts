/** The pages of sealed copies: the list, sealing one, what a copy says, its paper. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { findPaper, type IssuedPaper } from '../paper/papers.ts';
import { countPrints, sendPrint } from '../paper/prints.ts';
import { readDay } from '../values/jalali-date.ts';
import { latinDigits, normaliseText } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { everyRow, type Listing, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { accountName, findAccount } from './accounts.ts';
import * as asked from './asked.ts';
import { bookName } from './book-name.ts';
import type { BookPaper } from './book-paper.ts';
import { SEALED_BOOKS } from './schema.ts';
import { sealedBookPdf } from './sealed-book-pdf.ts';
import {
  countSealedBooks,
  entriesSince,
  findSealedBook,
  type SealedBook,
  sealBook,
  sealedBooksOf,
} from './sealed-books.ts';
import { COLUMNS } from './trial-balance.ts';

export const sealedPages = Router({ mergeParams: true });

const BOOKS = '/{province}/centres/{code}/books';

const one =
  <T extends string | number>(choices: readonly T[]) =>
  (text: string): Reading<T> => {
    const value = choices.find((choice) => String(choice) === latinDigits(text.trim()));
    return value === undefined ? { fault: 'common:refusals.unknown-choice' } : { value };
  };

const code = (text: string): Reading<string> => ({ value: latinDigits(normaliseText(text)) });

const sealingForm = (today: string) =>
  z.object({
    book: chosen(SEALED_BOOKS),
    account: typedOrNone(code),
    columns: typedOrNone(one(COLUMNS)),
    level: typedOrNone(one(['subsidiary', 'general'] as const)),
    from: typed((text) => readDay(text, { today })),
    to: typed((text) => readDay(text, { today })),
  });
describeBody(`POST ${BOOKS}/sealed`, sealingForm(''));

sealedPages.get('/books/sealed', allow('books.read'), async (req, res) => {
  await answer(res, {
    html: () => sendList(req, res),
    ...listForms(req, res, listingOf(req, res)),
  });
});

sealedPages.post('/books/sealed', allow('books.seal'), async (req, res) => {
  const { actor, centre, t } = res.locals;
  try {
    const form = readBody(req, sealingForm(actor!.today));
    const created = await enterOnce(req, res, (tx) => {
      const sealed = sealBook(tx, actor!, centre, form);
      return {
        location: addressOf(res, sealed),
        body: told(res, sealed, findPaper(tx, sealed.paperId)),
      };
    });
    const number = asked.inLine(res, (created.body as { number: string }).number);
    sendCreated(req, res, created, t('books:flash.sealed', { number }));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) => sendList(req, res, refused));
  }
});

sealedPages.get('/books/sealed/:number', allow('books.read'), async (req, res) => {
  const { province, centre } = res.locals;
  const sealed = findSealedBook(province.db, centre.id, String(req.params.number));
  const paper = findPaper(province.db, sealed.paperId);
  await answer(res, {
    html: () => sendSealed(req, res, sealed, paper),
    json: () => res.json(told(res, sealed, paper)),
    pdf: () => printSealed(res, sealed, paper),
  });
});

const addressOf = (res: Response, { number }: SealedBook): string =>
  `${centreRoot(res)}/books/sealed/${number}`;

/** A copy as a program is told of it: what its paper says, and how to check it. */
function told(res: Response, sealed: SealedBook, paper: IssuedPaper): object {
  const said = JSON.parse(paper.content) as BookPaper;
  const { book, account, columns, level, from, to, lastEntry, entries, lines } = said;
  return {
    ...{ number: sealed.number, sealedOn: sealed.sealedOn, sealedBy: sealed.sealedBy },
    ...{
      book,
      account: account?.code ?? null,
      columns,
      level,
      from,
      to,
      lastEntry,
      entries,
      lines,
    },
    ...{ debit: said.debitRial, credit: said.creditRial, newestHash: said.newestHash },
    ...{ verifyCode: paper.code, sha256: paper.sha256.toString('hex') },
    address: addressOf(res, sealed),
  };
}

function sendList(req: Request, res: Response, refused: object = {}): void {
  const { province, centre, t } = res.locals;
  const total = countSealedBooks(province.db, centre.id);
  const at = pageAsked(req);
  sendPage(req, res, 'books/sealed-list', {
    ...{ title: t('books:sealed.title'), styles: asked.STYLES, faults: {}, refusal: null },
    copies: sealedBooksOf(province.db, centre.id, ROWS_PER_PAGE, (at - 1) * ROWS_PER_PAGE),
    nameOf: (sealed: SealedBook) => nameOf(res, sealed),
    ...{ total, at, of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)), root: centreRoot(res) },
    ...refused,
  });
}

function nameOf(res: Response, { account, ...sealed }: SealedBook): string {
  const { province, centre, t, language } = res.locals;
  const found = account === null ? undefined : findAccount(province.db, centre.id, account);
  const named = found ? { code: found.code, name: accountName(found, language) } : null;
  return bookName({ ...sealed, account: named }, t, language);
}

function listingOf(req: Request, res: Response): Listing {
  const { province, centre, t } = res.locals;
  const column = (key: string, title: string) => ({ key, title: t(`books:sealed.${title}`) });
  const inWords = res.locals.format === 'pdf' || res.locals.format === 'xlsx';
  const rowsFrom = (limit: number, from: number, db = province.db) =>
    sealedBooksOf(db, centre.id, limit, from).map((sealed) => ({
      ...{ number: sealed.number, sealedOn: sealed.sealedOn },
      ...(inWords ? { book: nameOf(res, sealed) } : bookOf(sealed)),
      ...{ from: sealed.from, to: sealed.to, lastEntry: sealed.lastEntry },
      ...{ entries: sealed.entries, debit: sealed.debit, credit: sealed.credit },
    }));
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  return {
    name: `sealed-books-${centre.code}`,
    title: t('books:sealed.title'),
    columns: [
      { ...column('number', 'number'), kind: 'code', width: 2 },
      { ...column('sealedOn', 'sealed-on'), kind: 'day', width: 2 },
      { ...column('book', 'book'), kind: 'text', width: 5 },
      ...(inWords ? [] : [{ ...column('account', 'account'), kind: 'code' as const }]),
      { ...column('from', 'from'), kind: 'day', width: 2 },
      { ...column('to', 'to'), kind: 'day', width: 2 },
      { ...column('lastEntry', 'last-entry'), kind: 'code', width: 2 },
      { ...column('entries', 'entries'), kind: 'count', width: 2 },
      { ...column('debit', 'debit'), kind: 'rial', width: 3 },
      { ...column('credit', 'credit'), kind: 'rial', width: 3 },
    ],
    page: () => ({
      rows: rowsFrom(ROWS_PER_PAGE, offset),
      total: countSealedBooks(province.db, centre.id),
    }),
    all: (db) => everyRow((limit, from) => rowsFrom(limit, from, db)),
  };
}

const bookOf = ({ book, account }: SealedBook) => ({ book, account });

function sendSealed(req: Request, res: Response, sealed: SealedBook, paper: IssuedPaper): void {
  const { province, centre, t } = res.locals;
  const { db } = province;
  sendPage(req, res, 'books/sealed', {
    title: t('books:sealed.heading', { number: asked.inLine(res, sealed.number) }),
    styles: asked.STYLES,
    ...{ sealed, name: nameOf(res, sealed), said: JSON.parse(paper.content) as BookPaper },
    ...{ code: paper.code, sha256: paper.sha256.toString('hex') },
    prints: countPrints(db, paper.id, 'a4'),
    since: entriesSince(db, centre.id, sealed),
    ...{ current: currentBook(res, sealed), root: centreRoot(res) },
  });
}

/** The same book and days as they stand today. */
function currentBook(res: Response, { book, account, columns, level, from, to }: SealedBook) {
  const query = new URLSearchParams({ from, to });
  if (columns !== null) query.set('columns', String(columns));
  if (level !== null) query.set('level', level);
  const page = account === null ? book : `ledger/${account}`;
  return `${centreRoot(res)}/books/${page}?${query}`;
}

/** Only what was sealed is printed; the first print's bytes are kept, a later one says it is one. */
async function printSealed(res: Response, sealed: SealedBook, paper: IssuedPaper): Promise<void> {
  const { province, centre } = res.locals;
  const { untilEntryId } = sealed;
  const source = { db: province.db, centreId: centre.id, untilEntryId };
  const said = JSON.parse(paper.content) as BookPaper;
  await sendPrint(res, paper, 'a4', { draft: false, cancelled: null }, (mark) =>
    sealedBookPdf(source, said, mark),
  );
}
