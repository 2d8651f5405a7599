/** Books of paper receipts: the list, one with its numbers, giving it out and taking it back. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { person, readNumber, withChosen } from '../boxes/forms.ts';
import { peopleShown } from '../boxes/people-pages.ts';
import type { Tx } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { NotFound } from '../refusal.ts';
import { addDays, readDay } from '../values/jalali-date.ts';
import { latinDigits, readLine } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody, describeWishes } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { chosen, readBody, typed, typedOrNone } from '../web/forms.ts';
import { type Column, listForms, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged, sendCreated } from '../web/written.ts';
import {
  type Book,
  booksOf,
  closeBook,
  countBooks,
  findBook,
  issueBook,
  leavesOf,
  recordLeaf,
  registerBook,
  returnBook,
} from './books.ts';

export const receiptBookPages = Router({ mergeParams: true });

const ROOT = '/donations/receipt-books';
const KEEP = allow('receipt-books.keep');
/** A book is asked back after so many days unless another day is written. */
const DAYS_OUT = 30;

const shortLine = (text: string) => readLine(text, { max: 300 });
const bookForm = z.object({
  series: typedOrNone((text) => readLine(text, { max: 10 })),
  ...{ fromNumber: typed(readNumber), toNumber: typed(readNumber) },
});
const issueForm = (today: string) =>
  z.object({
    holder: person,
    dueOn: typed((text) => readDay(text, { today })),
  });
const leafForm = z.object({
  ...{ number: typed(readNumber), fate: chosen(['used', 'cancelled', 'lost']) },
  receipt: typedOrNone((text) => ({ value: latinDigits(text).trim() })),
  ...{ reason: typedOrNone(shortLine), report: typedOrNone(shortLine) },
});
const returnForm = z.object({ lastNumber: typedOrNone(readNumber) });

const HERE = '/{province}/centres/{code}/donations/receipt-books';
describeBody(`POST ${HERE}`, bookForm);
describeBody(`POST ${HERE}/{book}/issues`, issueForm(''));
describeBody(`POST ${HERE}/{book}/leaves`, leafForm);
describeBody(`POST ${HERE}/{book}/return`, returnForm);
describeWishes(`POST ${HERE}/{book}/closing`);

receiptBookPages.get(ROOT, allow('receipt-books.read'), async (req, res) => {
  const { province, centre, actor, t, format } = res.locals;
  const { today } = actor!;
  const total = countBooks(province.db, centre.id);
  const offset = (pageAsked(req) - 1) * ROWS_PER_PAGE;
  const rows = booksOf(province.db, centre.id, { limit: ROWS_PER_PAGE, offset, today });
  const said = (book: Book) =>
    format === 'csv'
      ? told(book)
      : { ...told(book), state: t(`receiptbooks:states.${book.state}`) };
  await answer(res, {
    html: () => sendList(req, res, { rows, total }),
    ...listForms(req, res, {
      ...{ name: `receipt-books-${centre.code}`, title: t('receiptbooks:title') },
      columns: columnsOf(res),
      page: () => ({ rows: rows.map(told), total }),
      all: (db) => booksOf(db, centre.id, { limit: 100_000, today }).map(said),
    }),
  });
});

receiptBookPages.post(ROOT, KEEP, async (req, res) => {
  const { province, actor, centre, t } = res.locals;
  try {
    const { series = '', fromNumber, toNumber } = readBody(req, bookForm);
    const created = await enterOnce(req, res, (tx) => {
      const book = registerBook(tx, actor!, centre, { series, fromNumber, toNumber });
      return { location: placeOf(res, book), body: told(book) };
    });
    sendCreated(req, res, created, t('receiptbooks:flash.registered'));
  } catch (fault) {
    const { today } = actor!;
    const rows = booksOf(province.db, centre.id, { limit: ROWS_PER_PAGE, today });
    sendRefusedForm(fault, req, res, (refused) =>
      sendList(req, res, { rows, total: rows.length }, { ...refused, values: req.body as object }),
    );
  }
});

receiptBookPages.get(`${ROOT}/:book`, allow('receipt-books.read'), async (req, res) => {
  const { province, t, centre } = res.locals;
  const book = bookNamed(req, res);
  const leaves = leavesOf(province.db, book.id);
  const rows = leaves.map((leaf) => ({ ...leaf, fate: t(`receiptbooks:fates.${leaf.fate}`) }));
  const column = (key: string) => t(`receiptbooks:columns.${key}`);
  await answer(res, {
    html: () => sendBook(req, res, book),
    ...listForms(req, res, {
      name: `receipt-book-${centre.code}-${book.id}`,
      title: t('receiptbooks:sheet', { numbers: numbersOf(res, book) }),
      columns: [
        { key: 'number', title: column('number'), kind: 'code', width: 2 },
        { key: 'fate', title: column('fate'), kind: 'text', width: 2 },
        { key: 'receipt', title: column('receipt'), kind: 'code', width: 2 },
        { key: 'amountRial', title: column('amount'), kind: 'rial', width: 3 },
        { key: 'reason', title: column('reason'), kind: 'text', width: 3 },
        { key: 'report', title: column('report'), kind: 'text', width: 3 },
        { key: 'recordedBy', title: column('by'), kind: 'text', width: 2 },
      ],
      page: () => ({ rows, total: rows.length }),
      all: () => rows.map((row) => ({ ...row, number: String(row.number) })),
      json: () => ({ ...told(book), leaves }),
    }),
  });
});

receiptBookPages.post(`${ROOT}/:book/issues`, KEEP, (req, res) =>
  step(req, res, 'issued', ({ id }) => {
    const { actor, centre } = res.locals;
    const form = readBody(withChosen(req, 'holder'), issueForm(actor!.today));
    return (tx) => issueBook(tx, actor!, centre, id, form);
  }),
);

receiptBookPages.post(`${ROOT}/:book/leaves`, KEEP, (req, res) =>
  step(req, res, 'leaf', ({ id }) => {
    const { actor, centre } = res.locals;
    const form = readBody(req, leafForm);
    return (tx) => {
      recordLeaf(tx, actor!, centre, id, form);
      return findBook(tx, centre.id, id, actor!.today);
    };
  }),
);

receiptBookPages.post(`${ROOT}/:book/return`, KEEP, (req, res) =>
  step(req, res, 'returned', ({ id }) => {
    const { actor, centre } = res.locals;
    const { lastNumber = null } = readBody(req, returnForm);
    return (tx) => returnBook(tx, actor!, centre, id, lastNumber);
  }),
);

receiptBookPages.post(`${ROOT}/:book/closing`, KEEP, (req, res) =>
  step(req, res, 'closed', ({ id }) => {
    const { actor, centre } = res.locals;
    return (tx) => closeBook(tx, actor!, centre, id);
  }),
);

async function step(
  req: Request,
  res: Response,
  said: string,
  read: (book: Book) => (tx: Tx) => Book,
): Promise<void> {
  const book = bookNamed(req, res);
  try {
    const changed = await enter(res.locals.province, read(book));
    const done = { to: placeOf(res, changed), body: told(changed) };
    sendChanged(req, res, done, res.locals.t(`receiptbooks:flash.${said}`));
  } catch (fault) {
    sendRefusedForm(fault, req, res, (refused) =>
      sendBook(req, res, bookNamed(req, res), { ...refused, values: req.body as object }),
    );
  }
}

const placeOf = (res: Response, { id }: Book) => `${centreRoot(res)}${ROOT}/${id}`;

/** From which number to which, with the letters before them, as the reader writes numbers. */
function numbersOf({ locals: { t, show } }: Response, { series, fromNumber, toNumber }: Book) {
  const [from, to] = [fromNumber, toNumber].map((number) => show.digits(String(number)));
  return `${series ? `${series} ` : ''}${t('receiptbooks:range', { from: from!, to: to! })}`;
}

function bookNamed(req: Request, res: Response): Book {
  const { province, centre, actor } = res.locals;
  const named = String(req.params.book);
  if (!/^\d{1,10}$/.test(named)) throw new NotFound();
  return findBook(province.db, centre.id, Number(named), actor!.today);
}

function told({ paperId, issueId: _, ...book }: Book) {
  const left = book.toNumber - book.fromNumber + 1 - book.used - book.cancelled - book.lost;
  return { ...book, paper: paperId, open: book.state === 'closed' ? 0 : left };
}

function sendList(
  req: Request,
  res: Response,
  listed: { rows: Book[]; total: number },
  refused: object = {},
): void {
  const { actor, centre, t } = res.locals;
  sendPage(req, res, 'receiptbooks/list', {
    ...{ title: t('receiptbooks:title'), total: listed.total, at: pageAsked(req) },
    ...{ key: randomUUID(), root: `${centreRoot(res)}${ROOT}` },
    rows: listed.rows.map((book) => ({ ...told(book), numbers: numbersOf(res, book) })),
    of: Math.max(1, Math.ceil(listed.total / ROWS_PER_PAGE)),
    mayKeep: may(actor!, 'receipt-books.keep', centre),
    ...{ values: {}, ...refused },
  });
}

function sendBook(req: Request, res: Response, book: Book, refused: object = {}): void {
  const { province, actor, centre, t } = res.locals;
  sendPage(req, res, 'receiptbooks/show', {
    ...{ title: t('receiptbooks:one', { numbers: numbersOf(res, book) }), book: told(book) },
    ...{ leaves: leavesOf(province.db, book.id), root: centreRoot(res) },
    ...peopleShown(res),
    dueOn: addDays(actor!.today, DAYS_OUT),
    mayKeep: book.state !== 'closed' && may(actor!, 'receipt-books.keep', centre),
    ...{ values: {}, ...refused },
  });
}

function columnsOf({ locals: { t } }: Response): Column[] {
  const title = (key: string) => t(`receiptbooks:columns.${key}`);
  return [
    { key: 'series', title: title('series'), kind: 'text', width: 1 },
    { key: 'fromNumber', title: title('from'), kind: 'count', width: 2 },
    { key: 'toNumber', title: title('to'), kind: 'count', width: 2 },
    { key: 'holder', title: title('holder'), kind: 'text', width: 3 },
    { key: 'dueOn', title: title('due-on'), kind: 'day', width: 2 },
    { key: 'used', title: title('used'), kind: 'count', width: 1 },
    { key: 'cancelled', title: title('cancelled'), kind: 'count', width: 1 },
    { key: 'lost', title: title('lost'), kind: 'count', width: 1 },
    { key: 'open', title: title('open'), kind: 'count', width: 1 },
    { key: 'state', title: title('state'), kind: 'text', width: 2 },
  ];
}
