/** The pages of the months of a year: closing them one by one, and opening them again. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { may } from '../access/powers.ts';
import { enter } from '../provinces/enter.ts';
import { Refusal } from '../refusal.ts';
import { addDays, fiscalYear, monthDays, readDay } from '../values/jalali-date.ts';
import { latinDigits, readReason } from '../values/persian-text.ts';
import type { Reading } from '../values/reading.ts';
import { sendRefusedForm } from '../web/answers.ts';
import { describeBody } from '../web/described.ts';
import { answer } from '../web/formats.ts';
import { picked, readBody, typed } from '../web/forms.ts';
import { type Listing, listForms } from '../web/lists.ts';
import { allow } from '../web/places.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot, sendChanged } from '../web/written.ts';
import * as asked from './asked.ts';
import {
  type BookMonth,
  bookMonths,
  closedThrough,
  locksOf,
  lockThrough,
  unlockTo,
} from './periods.ts';

export const periodPages = Router({ mergeParams: true });

const BOOKS = '/{province}/centres/{code}/books';

/** A month as `1405-08`, told by its first or last day; or that day itself. */
const monthsEnd =
  (end: 'from' | 'to', today: string) =>
  (text: string): Reading<string> => {
    const [, year, month] = /^(\d{4})[-/](\d{1,2})$/.exec(latinDigits(text.trim())) ?? [];
    const isMonth = Number(month) >= 1 && Number(month) <= 12;
    return year && isMonth
      ? { value: monthDays(Number(year), Number(month))[end] }
      : readDay(text, { today });
  };

const closingForm = (today: string) => z.object({ through: picked(monthsEnd('to', today)) });
const openingForm = (today: string) =>
  z.object({ from: picked(monthsEnd('from', today)), reason: typed(readReason) });
describeBody(`POST ${BOOKS}/periods`, closingForm(''));
describeBody(`POST ${BOOKS}/periods/opening`, openingForm(''));

periodPages.get('/books/periods', allow('books.read'), (req, res) => {
  const listing = listingOf(req, res);
  return answer(res, {
    html: () => sendPeriods(req, res),
    ...listForms(req, res, listing),
    json: () => res.json(told(req, res)),
  });
});

periodPages.post('/books/periods', allow('books.close'), async (req, res) => {
  const { province, actor, centre, t, show } = res.locals;
  try {
    const { through } = readBody(req, closingForm(actor!.today));
    await enter(province, (tx) => lockThrough(tx, actor!, centre, through));
    sendDone(req, res, t('books:flash.closed', { day: show.day(through) }));
  } catch (fault) {
    refuse(fault, req, res);
  }
});

periodPages.post('/books/periods/opening', allow('books.reopen'), async (req, res) => {
  const { province, actor, centre, t, show } = res.locals;
  try {
    const { from, reason } = readBody(req, openingForm(actor!.today));
    const throughOn = addDays(from, -1);
    await enter(province, (tx) => unlockTo(tx, actor!, centre, { throughOn, reason }));
    sendDone(req, res, t('books:flash.opened', { day: show.day(from) }));
  } catch (fault) {
    refuse(fault, req, res);
  }
});

function sendDone(req: Request, res: Response, sentence: string): void {
  const to = `${centreRoot(res)}/books/periods`;
  sendChanged(req, res, { to, body: told(req, res) }, sentence);
}

function refuse(fault: unknown, req: Request, res: Response): void {
  sendRefusedForm(fault, req, res, (refused) =>
    sendPeriods(req, res, { ...refused, values: req.body as object }),
  );
}

/** The year asked for, or the one it is now. */
export function yearAsked(req: Request, res: Response): number {
  const typedYear = asked.textAsked(req, 'year');
  if (typedYear === '') return fiscalYear(res.locals.actor!.today);
  if (/^1[34]\d\d$/.test(typedYear)) return Number(typedYear);
  throw new Refusal('books:refusals.year', { status: 422, field: 'year' });
}

function monthsAsked(req: Request, res: Response): BookMonth[] {
  const { province, actor, centre } = res.locals;
  return bookMonths(province.db, centre.id, yearAsked(req, res), actor!.today);
}

function told(req: Request, res: Response): object {
  const { province, centre } = res.locals;
  return {
    year: yearAsked(req, res),
    closedThrough: closedThrough(province.db, centre.id) ?? null,
    months: monthsAsked(req, res).map(({ closed, ...month }) => ({
      ...month,
      ...{ closedOn: closed?.lockedOn ?? null, closedBy: closed?.lockedByName ?? null },
    })),
  };
}

function sendPeriods(req: Request, res: Response, form: object = {}): void {
  const { province, actor, centre, t, show } = res.locals;
  const year = yearAsked(req, res);
  const months = monthsAsked(req, res);
  const through = closedThrough(province.db, centre.id);
  const choice = ({ month }: BookMonth) => ({
    value: `${year}-${month}`,
    text: `${t(`values:month.${month}`)} ${show.digits(String(year))}`,
  });
  sendPage(req, res, 'books/periods', {
    ...{ styles: asked.STYLES, values: {}, faults: {}, refusal: null },
    ...form,
    title: t('books:periods.title'),
    ...{ year, months, closedThrough: through ?? null },
    locks: locksOf(province.db, centre.id),
    toClose: months.filter(({ state }) => state === 'open').map(choice),
    toOpen: months.filter(({ state }) => state === 'closed').map(choice),
    mayClose: may(actor!, 'books.close', centre),
    mayOpen: may(actor!, 'books.reopen', centre),
    root: centreRoot(res),
  });
}

function listingOf(req: Request, res: Response): Listing {
  const { centre, t } = res.locals;
  const year = yearAsked(req, res);
  const column = (key: string) => ({ key, title: t(`books:periods.${key}`) });
  const rows = monthsAsked(req, res).map((one) => ({
    ...{ month: t(`values:month.${one.month}`), from: one.from, to: one.to },
    ...{ state: t(`books:periods.states.${one.state}`), turnover: one.turnover },
    ...{ by: one.closed?.lockedByName ?? null, on: one.closed?.lockedOn ?? null },
  }));
  return {
    name: `periods-${centre.code}-${year}`,
    title: t('books:periods.title'),
    columns: [
      { ...column('month'), kind: 'text' },
      { ...column('from'), kind: 'day' },
      { ...column('to'), kind: 'day' },
      { ...column('turnover'), kind: 'rial', width: 3 },
      { ...column('state'), kind: 'text' },
      { ...column('by'), kind: 'text', width: 3 },
      { ...column('on'), kind: 'day' },
    ],
    page: () => ({ rows, total: rows.length }),
    all: () => rows,
  };
}
