/** The pages of the journal: entries as they were posted, one entry, and its reversal. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import type { Db } from '../provinces/connection.ts';
import { writtenNumber } from '../provinces/numbering.ts';
import { NotFound } from '../refusal.ts';
import { readReason } from '../values/persian-text.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, typed } from '../web/forms.ts';
import { type Listing, listForms, pageAsked, ROWS_PER_PAGE, sendSpooled } from '../web/lists.ts';
import { enterOnce } from '../web/once.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendCreated } from '../web/written.ts';
import { accountName, accountsOf } from './accounts.ts';
import * as asked from './asked.ts';
import { movesOf } from './balances.ts';
import { entryNumber, findEntry, reverseByHand } from './entries.ts';
import { fundNames } from './funds.ts';
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
    json: async () => res.json(toldJournal(res, period, await found(req, res, period, q))),
    pdf: () => sendPdf(res, period, text),
    hledger: () => sendHledger(res, period, text),
  });
});

journalPages.get('/books/journal/:number', allow('books.read'), (req, res) => {
  const entry = entryAsked(req, res);
  return answer(res, {
    html: () => sendEntry(req, res, entry),
    json: () => res.json(told(res, entry)),
  });
});

const Reversal = z.object({ reason: typed(readReason) });
describeBody('POST /{province}/centres/{code}/books/journal/{number}/reversal', Reversal);

journalPages.post('/books/journal/:number/reversal', allow('entries.reverse'), async (req, res) => {
  const { province, actor, t } = res.locals;
  const entry = entryAsked(req, res);
  try {
    const { reason } = readBody(req, Reversal);
    const created = await enterOnce(req, res, (tx) => {
      const { id } = reverseByHand(tx, actor!, entry, reason);
      const reversal = journalEntry(tx, id);
      return { location: addressOf(res, reversal), body: told(res, reversal, tx) };
    });
    const number = asked.inLine(res, entryNumber(entry));
    sendCreated(req, res, created, t('books:flash.reversed', { number }));
  } catch (fault) {
    sendRefusedForm(asked.inReadersWords(res, fault), req, res, (refused) =>
      sendEntry(req, res, journalEntry(province.db, entry.id), {
        ...refused,
        values: req.body as object,
      }),
    );
  }
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
    entries: of.entries.map((entry) => shown(res, entry, names)),
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

function toldJournal(res: Response, period: Period, of: Found): object {
  const { from, to } = period;
  const { page, pages, total } = of;
  const debit = totalOf(res, period);
  const totals = { debit, credit: debit };
  const names = namesOf(res, res.locals.province.db);
  const entries = of.entries.map((entry) => toldEntry(res, entry, names));
  return { from, to, entries, page, pages, total, totals };
}

type Names = { accounts: Map<string, string>; funds: Map<string, string> };

function namesOf(res: Response, db: Db): Names {
  const { centre, language } = res.locals;
  const accounts = accountsOf(db, centre.id);
  return {
    accounts: new Map(accounts.map((one) => [one.code, accountName(one, language)])),
    funds: fundNames(db, language),
  };
}

export function told(res: Response, entry: JournalEntry, db: Db = res.locals.province.db): object {
  return toldEntry(res, entry, namesOf(res, db));
}

function toldEntry(res: Response, entry: JournalEntry, names: Names): object {
  const written = (of: { year: number; number: number } | null) => (of ? entryNumber(of) : null);
  return {
    number: entryNumber(entry),
    on: entry.entryOn,
    description: entry.description,
    source: entry.source,
    receipt: entry.receipt ? receiptNumber(entry.receipt) : null,
    reverses: written(entry.reverses),
    reversedBy: written(entry.reversedBy),
    reason: entry.reason,
    draftedBy: entry.draftedByName,
    postedBy: entry.postedByName,
    postedAt: entry.postedAt,
    lines: entry.lines.map(({ account, fund, debitRial, creditRial, detail }) => ({
      ...{ account, name: names.accounts.get(account), fund },
      ...{ debit: debitRial, credit: creditRial, detail },
    })),
    address: addressOf(res, entry),
  };
}

function receiptNumber({ year, number }: { year: number; number: number }): string {
  return writtenNumber(year, number, 6);
}

function debitOf({ lines }: JournalEntry): number {
  return lines.reduce((sum, { debitRial }) => sum + debitRial, 0);
}

export function addressOf(res: Response, entry: { year: number; number: number }): string {
  return `${centreRoot(res)}/books/journal/${entryNumber(entry)}`;
}

/** An entry as its template takes it: numbers in the reader's digits, links where they lead. */
function shown(res: Response, entry: JournalEntry, names: Names) {
  const { show } = res.locals;
  const root = centreRoot(res);
  const linked = (of: { year: number; number: number } | null) =>
    of && { text: show.digits(entryNumber(of)), href: addressOf(res, of) };
  const receipt = entry.receipt && receiptNumber(entry.receipt);
  return {
    ...entry,
    description: asked.inLine(res, entry.description),
    name: show.digits(entryNumber(entry)),
    href: addressOf(res, entry),
    receipt: receipt && {
      text: show.digits(receipt),
      href: `${root}/donations/receipts/${receipt}`,
    },
    reverses: linked(entry.reverses),
    reversedBy: linked(entry.reversedBy),
    debit: debitOf(entry),
    lines: entry.lines.map((line) => ({
      ...line,
      detail: line.detail && asked.inLine(res, line.detail),
      code: show.digits(line.account),
      name: names.accounts.get(line.account),
      fundName: names.funds.get(line.fund),
      href: `${root}/books/ledger/${line.account}`,
    })),
  };
}

function entryAsked(req: Request, res: Response): JournalEntry {
  const { province, centre } = res.locals;
  const [, year, number] = /^(\d{4})-(\d{1,9})$/.exec(String(req.params.number)) ?? [];
  if (!year) throw new NotFound();
  const { id } = findEntry(province.db, centre.id, Number(year), Number(number));
  return journalEntry(province.db, id);
}

function sendEntry(req: Request, res: Response, entry: JournalEntry, form: object = {}): void {
  const { actor, centre, t } = res.locals;
  const mayReverse = may(actor!, 'entries.reverse', centre);
  const stands = entry.source !== 'reversal' && !entry.reversedBy;
  sendPage(req, res, 'books/entry', {
    styles: asked.STYLES,
    ...{ values: {}, faults: {}, refusal: null, ...form },
    title: t('books:entry.title', { number: asked.inLine(res, entryNumber(entry)) }),
    entry: shown(res, entry, namesOf(res, res.locals.province.db)),
    isOwn: entry.postedBy === actor!.user?.id,
    canReverse: mayReverse && stands && entry.source === 'manual',
    isGift: entry.source === 'donation' && stands,
    root: centreRoot(res),
  });
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
