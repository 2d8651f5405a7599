/** The journal: its entries on a page, and all of it on paper and in files. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { may } from '../access/powers.ts';
import type { Db } from '../provinces/connection.ts';
import { answer } from '../web/formats.ts';
import { type Listing, listForms, pageAsked, ROWS_PER_PAGE, sendSpooled } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import * as asked from './asked.ts';
import { movesOf } from './balances.ts';
import { beancountJournal } from './beancount-journal.ts';
import { entryNumber } from './entries.ts';
import { debitOf, namesOf, shownEntry, toldEntry } from './entry-words.ts';
import { hledgerJournal } from './hledger-journal.ts';
import {
  entriesSaying,
  type JournalEntry,
  journalEntry,
  journalPage,
  journalRows,
  readSearch,
} from './journal.ts';
import { journalLines, journalPdf } from './journal-pdf.ts';
import type { Period } from './period.ts';
import { sealingOf } from './sealing.ts';

/** The journal as a book to be sealed. */
const JOURNAL = { book: 'journal', account: null, columns: null, level: null } as const;

export const journalPages = Router({ mergeParams: true });

journalPages.get('/books/journal', allow('books.read'), async (req, res) => {
  const period = asked.periodOf(req, res);
  const q = asked.textAsked(req, 'q');
  const text = q === '' ? undefined : textOf(res, period, q);
  await answer(res, {
    ...listForms(req, res, listingOf(res, period, text)),
    html: async () => sendJournal(req, res, period, await found(req, res, period, q)),
    json: async () => res.json(toldJournal(req, res, period, await found(req, res, period, q))),
    pdf: () => sendPdf(res, period, text),
    hledger: () => sendHledger(res, period, text),
    beancount: () => sendBeancount(res, period, text),
  });
});

type Found = {
  entries: JournalEntry[];
  page: number;
  /** Unknown while a search for words has not gone through everything. */
  total: number | null;
  pages: number;
};

/** The page of entries asked for: of the period in order, or of what the search says. */
async function found(req: Request, res: Response, period: Period, q: string): Promise<Found> {
  const { province, centre } = res.locals;
  const { db } = province;
  const page = pageAsked(req);
  const perPage = ROWS_PER_PAGE;
  if (q === '') {
    const order = asked.orderAsked(req);
    const { entries, total } = journalPage(db, centre.id, { ...period, order, page, perPage });
    return { entries, page, total, pages: Math.max(1, Math.ceil(total / perPage)) };
  }
  const search = readSearch(db, centre.id, period, q);
  if ('ids' in search) {
    const entries = search.ids.map((id) => journalEntry(db, id));
    return { entries, page: 1, total: entries.length, pages: 1 };
  }
  const place = { text: search.text, skip: (page - 1) * perPage, limit: perPage + 1 };
  const ids = await entriesSaying(db, centre.id, period, place);
  const entries = ids.slice(0, perPage).map((id) => journalEntry(db, id));
  return { entries, page, total: null, pages: ids.length > perPage ? page + 1 : page };
}

/** What the files of a search hold: entries that say it; a number is looked for as it is written. */
function textOf(res: Response, period: Period, q: string): string {
  const { province, centre } = res.locals;
  const search = readSearch(province.db, centre.id, period, q);
  return 'text' in search ? search.text : q;
}

function totalOf(res: Response, period: Period): number {
  const { province, centre } = res.locals;
  const moves = [...movesOf(province.db, centre.id, period).values()];
  return moves.reduce((sum, { turnover }) => sum + turnover.debit, 0);
}

function sendJournal(req: Request, res: Response, period: Period, of: Found): void {
  const { actor, centre, t, show } = res.locals;
  const isSearch = asked.textAsked(req, 'q') !== '';
  const names = namesOf(res, res.locals.province.db);
  sendPage(req, res, 'books/journal', {
    styles: asked.STYLES,
    title: t('books:journal.title'),
    lead: t('books:journal.lead', { from: show.day(period.from), to: show.day(period.to) }),
    filters: [
      {
        name: 'q',
        label: t('common:filters.search'),
        kind: 'search',
        placeholder: t('books:journal.search'),
      },
      ...asked.dayFilters(res, period),
    ],
    entries: of.entries.map((entry) => shownEntry(res, entry, names)),
    pageTotal: of.entries.reduce((sum, entry) => sum + debitOf(entry), 0),
    total: isSearch ? null : totalOf(res, period),
    count: of.total,
    order: asked.orderAsked(req),
    at: of.page,
    of: of.pages,
    mayDraft: may(actor!, 'entries.draft', centre),
    sealing: sealingOf(res, JOURNAL, period),
    root: centreRoot(res),
  });
}

function toldJournal(req: Request, res: Response, period: Period, of: Found): object {
  const isSearch = asked.textAsked(req, 'q') !== '';
  const { from, to } = period;
  const { page, pages, total } = of;
  const debit = totalOf(res, period);
  // What a search comes to is known to whoever reads all of it.
  const totals = isSearch ? null : { debit, credit: debit };
  const names = namesOf(res, res.locals.province.db);
  const entries = of.entries.map((entry) => toldEntry(res, entry, names));
  return { from, to, entries, page, pages, total, totals };
}

/** One row for each line, as the files of the journal have it. */
function listingOf(res: Response, period: Period, text: string | undefined): Listing {
  const { centre, t } = res.locals;
  const column = (key: string) => ({ key, title: t(`books:columns.${key}`) });
  return {
    name: `journal-${centre.code}-${period.from}-${period.to}`,
    title: t('books:journal.title'),
    columns: [
      { ...column('entry'), kind: 'code' },
      { ...column('day'), kind: 'day' },
      { ...column('account'), kind: 'code' },
      { ...column('name'), kind: 'text', width: 4 },
      { ...column('fund'), kind: 'code' },
      { ...column('description'), kind: 'text', width: 6 },
      { ...column('detail'), kind: 'text', width: 4 },
      { ...column('debit'), kind: 'rial', width: 3 },
      { ...column('credit'), kind: 'rial', width: 3 },
      { ...column('receipt'), kind: 'code' },
      { ...column('reverses'), kind: 'code' },
    ],
    page: () => ({ rows: [], total: 0 }),
    all: (db) => fileRows(res, db, period, text),
  };
}

function* fileRows(res: Response, db: Db, period: Period, text: string | undefined) {
  const { accounts } = namesOf(res, db);
  for (const rows of journalRows(db, res.locals.centre.id, period, text)) {
    for (const row of rows) {
      yield {
        ...{ entry: entryNumber(row), day: row.entryOn, account: row.account },
        ...{ name: accounts.get(row.account) ?? '', fund: row.fund },
        ...{ description: row.description, detail: row.detail },
        ...{ debit: row.debitRial, credit: row.creditRial },
        ...{ receipt: row.receipt, reverses: row.reverses },
      };
    }
  }
}

async function sendPdf(res: Response, period: Period, text: string | undefined): Promise<void> {
  asked.namedAs(res, `journal-${res.locals.centre.code}.pdf`, 'pdf');
  await sendSpooled(res, async (db, out) => {
    const rows = journalRows(db, res.locals.centre.id, period, text);
    const lines = journalLines(rows, namesOf(res, db).accounts);
    await journalPdf(asked.bookHead(res, db, period), lines, out);
  });
}

async function sendHledger(res: Response, period: Period, text?: string): Promise<void> {
  const { centre, language } = res.locals;
  asked.namedAs(res, `journal-${centre.code}.hledger`, 'text/plain; charset=utf-8');
  const whole = { ...period, centre, language, text };
  await sendSpooled(res, (db, out) => pipeline(Readable.from(hledgerJournal(db, whole)), out));
}

async function sendBeancount(res: Response, period: Period, text?: string): Promise<void> {
  const { centre } = res.locals;
  asked.namedAs(res, `journal-${centre.code}.beancount`, 'text/plain; charset=utf-8');
  const whole = { ...period, centre, text };
  await sendSpooled(res, (db, out) => pipeline(Readable.from(beancountJournal(db, whole)), out));
}
