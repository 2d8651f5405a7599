/** What the pages of the books have in common: the period, the fund, the head of their papers. */
import type { Request, Response } from 'express';
import { accountOfFund, fundName, fundsOf } from '../funds/funds.ts';
import type { Db } from '../provinces/connection.ts';
import { nextNumber } from '../provinces/numbering.ts';
import { Refusal } from '../refusal.ts';
import { boardNameOn } from '../templates/board-name.ts';
import { newestAct } from '../trail/acts.ts';
import { dayInTehran, fiscalYear } from '../values/jalali-date.ts';
import { latinDigits, normaliseText } from '../values/persian-text.ts';
import type { BookHead } from './book-head.ts';
import { sayAsOn } from './conversions.ts';
import { type Period, periodAsked } from './period.ts';
import { lockCode } from './periods.ts';

/** What the tables of the books need beside the common styles. */
export const STYLES = ['/assets/books.css'];

export function periodOf(req: Request, res: Response): Period {
  const period = periodAsked(req.query, res.locals.actor!.today);
  sayAsOn(res.locals.province.db, period.to);
  return period;
}

/** The fund asked for; undefined for all of them. */
export function fundAsked(req: Request, res: Response): string | undefined {
  const fund = textAsked(req, 'fund');
  if (fund === '') return undefined;
  if (accountOfFund(res.locals.province.db, fund)) return fund;
  throw new Refusal('books:refusals.fund', { status: 422, field: 'fund' });
}

export function textAsked(req: Request, field: string): string {
  const typed = req.query[field];
  return typeof typed === 'string' ? latinDigits(normaliseText(typed)).slice(0, 200) : '';
}

/** Books are read from their newest page unless the first is asked for. */
export function orderAsked(req: Request): 'number' | '-number' {
  return req.query.sort === 'number' ? 'number' : '-number';
}

/** The day filters of a page, with the days it shows while none are typed. */
export function dayFilters(res: Response, { from, to }: Period) {
  const { t, show } = res.locals;
  return [
    { name: 'from', label: t('common:filters.from'), kind: 'day', placeholder: show.date(from) },
    { name: 'to', label: t('common:filters.to'), kind: 'day', placeholder: show.date(to) },
  ];
}

export function fundFilter(res: Response) {
  const { t, language, province } = res.locals;
  const options = fundsOf(province.db).map((fund) => ({
    value: fund.code,
    text: fundName(fund, language),
  }));
  return { name: 'fund', label: t('common:filters.fund'), kind: 'choice', options };
}

/** What every paper of the books says of itself; the database is the one it is read from. */
export function bookHead(res: Response, db: Db, { from, to }: Period): BookHead {
  const { centre, language, actor, site } = res.locals;
  const printedOn = dayInTehran(site.clock());
  const year = fiscalYear(to < printedOn ? to : printedOn);
  return {
    lang: language,
    centre: { name: centre.name, place: centre.place },
    ...{ from, to, printedOn },
    lastEntry: nextNumber(db, 'entry', centre.id, year) - 1,
    newestHash: newestAct(db)?.hash.toString('hex') ?? '',
    lockCode: lockCode(db, centre.id, to),
    preparedBy: actor?.office ? undefined : actor?.user?.name,
    board: boardNameOn(db, printedOn),
  };
}

const DASHED = /[\d\u06f0-\u06f9]+(?:[-/][\d\u06f0-\u06f9]+)+/g;

/** Text in the reader's digits, in which numbers of two parts keep their order in a Persian line. */
export function inLine(res: Response, text: string): string {
  return res.locals.show.digits(text).replaceAll(DASHED, '\u2066$&\u2069');
}

/** The amounts, funds and numbers of a refusal in the reader's language; any other fault as it is. */
export function inReadersWords(res: Response, fault: unknown): unknown {
  if (!(fault instanceof Refusal) || !fault.details.values) return fault;
  if (!fault.key.startsWith('books:')) return fault;
  const { province, language, show } = res.locals;
  const { fund: code, difference, number, ...values } = fault.details.values;
  const fund = fundsOf(province.db).find((one) => one.code === code);
  if (code !== undefined) values.fund = fund ? fundName(fund, language) : code;
  if (difference !== undefined) values.difference = show.rial(Number(difference));
  if (number !== undefined) values.number = inLine(res, String(number));
  return new Refusal(fault.key, { ...fault.details, values });
}

/** Sends what a paper or file writes, as one that is looked at or saved under this name. */
export function namedAs(res: Response, name: string, type: string): void {
  res.type(type);
  const way = type === 'pdf' ? 'inline' : 'attachment';
  res.set('Content-Disposition', `${way}; filename="${name}"`);
}
