/** The page of a year's end: what is missing, what will be booked, the press; and opening it again. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { fundNames } from '../funds/funds.ts';
import type { Db } from '../provinces/connection.ts';
import { enter } from '../provinces/enter.ts';
import { Refusal } from '../refusal.ts';
import { fiscalYear, fiscalYearDays } from '../values/jalali-date.ts';
import { latinDigits, readReason } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { readBody, ticked, typed } from '../web/forms.ts';
import { type Column, type Listing, listForms } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import { accountName, accountsOf } from './accounts.ts';
import * as asked from './asked.ts';
import { entryNumber, findEntryById, type Line } from './entries.ts';
import { addressOf } from './entry-words.ts';
import { openingOf } from './opening.ts';
import {
  closeYear,
  closingInForce,
  closingPlan,
  closingsOf,
  entriesOfClosing,
  openYears,
  reopenYear,
  type YearClosing,
} from './year-end.ts';
import { type YearNeed, yearNeeds } from './year-needs.ts';

export const yearEndPages = Router({ mergeParams: true });

const AT = 'POST /{province}/centres/{code}/books/year-end';

const readYear = (text: string): Reading<number> => {
  const year = latinDigits(text.trim());
  return /^1[34]\d\d$/.test(year) ? { value: Number(year) } : { fault: 'books:refusals.year' };
};

/** `knowing`: that what should be done before is not, and the year is closed all the same. */
const closingForm = z.object({ year: typed(readYear), knowing: ticked });
const reopeningForm = z.object({ year: typed(readYear), reason: typed(readReason) });
describeBody(AT, closingForm);
describeBody(`${AT}/reopening`, reopeningForm);

yearEndPages.get('/books/year-end', allow('books.read'), (req, res) => {
  const year = yearOf(req, res);
  return answer(res, {
    ...listForms(req, res, listingOf(res, year)),
    html: () => sendYearEnd(req, res, year),
    json: () => res.json(told(res, year)),
  });
});

yearEndPages.post('/books/year-end', allow('books.close'), async (req, res) => {
  const { province, actor, centre, t, show } = res.locals;
  try {
    const { year, knowing } = readBody(req, closingForm);
    await enter(province, (tx) => {
      const undone = undoneOf(res, year, tx);
      if (undone.length > 0 && !knowing) {
        throw new Refusal('books:refusals.not-knowing', { status: 422, field: 'knowing' });
      }
      closeYear(tx, actor!, centre, year, undone);
    });
    sendDone(req, res, year, t('books:flash.year-closed', { year: show.digits(String(year)) }));
  } catch (fault) {
    refuse(fault, req, res);
  }
});

yearEndPages.post('/books/year-end/reopening', allow('books.reopen'), async (req, res) => {
  const { province, actor, centre, t, show } = res.locals;
  try {
    const { year, reason } = readBody(req, reopeningForm);
    await enter(province, (tx) => {
      const closing = closingInForce(tx, centre.id, year);
      if (closing?.year !== year)
        throw new Refusal('books:refusals.year-open', { values: { year } });
      reopenYear(tx, actor!, centre, { closing, reason });
    });
    sendDone(req, res, year, t('books:flash.year-reopened', { year: show.digits(String(year)) }));
  } catch (fault) {
    refuse(fault, req, res);
  }
});

/** The year asked for; else the oldest that is open and over, else that of today. */
function yearOf(req: Request, res: Response): number {
  const { province, actor, centre } = res.locals;
  const typedYear = asked.textAsked(req, 'year');
  if (typedYear !== '') {
    const read = readYear(typedYear);
    if ('value' in read) return read.value;
    throw new Refusal(read.fault, { status: 422, field: 'year' });
  }
  return openYears(province.db, centre.id)[0] ?? fiscalYear(actor!.today);
}

function undoneOf(res: Response, year: number, db: Db): string[] {
  const { actor, centre } = res.locals;
  const needs = yearNeeds(db, { centreId: centre.id, year, today: actor!.today });
  // The months are closed with the year.
  return needs
    .filter(({ state, key }) => state === 'should' && key !== 'months')
    .map(({ key }) => key);
}

function sendDone(req: Request, res: Response, year: number, sentence: string): void {
  const to = `${centreRoot(res)}/books/year-end?year=${year}`;
  sendChanged(req, res, { to, body: told(res, year) }, sentence);
}

function refuse(fault: unknown, req: Request, res: Response): void {
  const { year } = req.body as { year?: unknown };
  const read = readYear(String(year ?? ''));
  sendRefusedForm(fault, req, res, (refused) =>
    sendYearEnd(req, res, 'value' in read ? read.value : yearOf(req, res), {
      ...refused,
      values: req.body as object,
    }),
  );
}

type Standing = {
  closing: YearClosing | undefined;
  needs: YearNeed[];
  temporary: Line[];
  permanent: Line[];
};

function standingOf(res: Response, year: number): Standing {
  const { province, actor, centre } = res.locals;
  const { db } = province;
  const closing = closingInForce(db, centre.id, year);
  const plan = closing ? { temporary: [], permanent: [] } : closingPlan(db, centre.id, year);
  const needs = closing ? [] : yearNeeds(db, { centreId: centre.id, year, today: actor!.today });
  return { closing, needs, ...plan };
}

function entriesTold(res: Response, { id }: YearClosing) {
  const { db } = res.locals.province;
  return entriesOfClosing(db, id).map(({ id: entryId, kind }) => {
    const entry = findEntryById(db, entryId);
    return { kind, number: entryNumber(entry), address: addressOf(res, entry) };
  });
}

function told(res: Response, year: number): object {
  const { closing, needs, temporary, permanent } = standingOf(res, year);
  const lines = (all: Line[]) =>
    all.map(({ account, fund, debitRial, creditRial }) => ({
      ...{ account, fund, debit: debitRial, credit: creditRial },
    }));
  return {
    ...{ year, state: closing ? 'closed' : 'open' },
    closing: closing ? { ...closing, entries: entriesTold(res, closing) } : null,
    needs,
    preview: { temporary: lines(temporary), permanent: lines(permanent) },
  };
}

function sendYearEnd(req: Request, res: Response, year: number, form: object = {}): void {
  const { province, actor, centre, t, show } = res.locals;
  const { closing, needs, temporary, permanent } = standingOf(res, year);
  const written = { year: show.digits(String(year)) };
  sendPage(req, res, 'books/year-end', {
    ...{ styles: asked.STYLES, values: {}, faults: {}, refusal: null },
    ...form,
    title: t('books:year-end.title', written),
    ...{ year, written: written.year, closing: closing ?? null, days: fiscalYearDays(year) },
    entries: closing ? entriesTold(res, closing) : [],
    needs: needs.map((need) => ({ ...need, ...saidNeed(res, need) })),
    parts: [
      { key: 'temporary', rows: shownLines(res, temporary), total: debitsOf(temporary) },
      { key: 'permanent', rows: shownLines(res, permanent), total: debitsOf(permanent) },
    ],
    blocked: needs.some(({ state }) => state === 'must'),
    undone: needs.some(({ state, key }) => state === 'should' && key !== 'months'),
    past: closingsOf(province.db, centre.id),
    openYears: openYears(province.db, centre.id),
    opening: openingOf(province.db, centre.id) ?? null,
    mayDraft: may(actor!, 'entries.draft', centre),
    mayClose: may(actor!, 'books.close', centre),
    mayReopen: may(actor!, 'books.reopen', centre),
    root: centreRoot(res),
  });
}

function saidNeed(res: Response, { key, state, count, rial }: YearNeed) {
  const { t, show } = res.locals;
  const word = key.includes(':') ? key : `books:needs.${key}`;
  const values = { number: show.number(count ?? 0), amount: show.money(rial ?? 0) };
  return {
    name: t(`${word}.name`),
    said: t(`${word}.${state === 'done' ? 'done' : 'open'}`, values),
  };
}

const debitsOf = (lines: Line[]) => lines.reduce((sum, { debitRial }) => sum + debitRial, 0);

function shownLines(res: Response, lines: Line[]) {
  const { province, centre, language, show } = res.locals;
  const accounts = new Map(accountsOf(province.db, centre.id).map((one) => [one.code, one]));
  const funds = fundNames(province.db, language);
  return lines.map(({ account, fund, debitRial, creditRial }) => ({
    code: show.digits(account),
    name: accountName(accounts.get(account)!, language),
    fund: funds.get(fund)!,
    ...{ debitRial, creditRial },
  }));
}

/** The preview as a list: what each closing entry will debit and credit. */
function listingOf(res: Response, year: number): Listing {
  const { centre, t } = res.locals;
  const { temporary, permanent } = standingOf(res, year);
  const column = (key: string, kind: Column['kind'], width = 2): Column => ({
    ...{ key, kind, width },
    title: t(`books:columns.${key === 'part' ? 'entry' : key}`),
  });
  const rows = [['temporary', temporary] as const, ['permanent', permanent] as const].flatMap(
    ([kind, lines]) =>
      shownLines(res, lines).map(({ code, name, fund, debitRial, creditRial }) => ({
        ...{ part: t(`books:year-end.parts.${kind}`), account: code, name, fund },
        ...{ debit: debitRial, credit: creditRial },
      })),
  );
  return {
    name: `year-end-${centre.code}-${year}`,
    title: t('books:year-end.title', { year }),
    columns: [
      ...[column('part', 'text', 3), column('account', 'code'), column('name', 'text', 4)],
      ...[column('fund', 'text', 3), column('debit', 'rial', 3), column('credit', 'rial', 3)],
    ],
    page: () => ({ rows, total: rows.length }),
    all: () => rows,
  };
}
