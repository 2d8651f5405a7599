/** How goods are told on pages and lists: quantities with their unit, addresses, the page of a list. */
import type { NextFunction, Request, Response } from 'express';
import { fundsOf } from '../funds/funds.ts';
import { Refusal } from '../refusal.ts';
import { typedFigures } from '../values/persian-text.ts';
import { formatQuantity, readQuantity } from '../values/quantity.ts';
import type { Reading } from '../values/reading.ts';
import { readRial } from '../values/rial.ts';
import { type Cell, type Column, pageAsked, ROWS_PER_PAGE } from '../web/lists.ts';
import { sendPage } from '../web/views.ts';
import { centreRoot } from '../web/written.ts';
import { isCounting } from './counts.ts';
import { storesOf } from './stores.ts';

export const goodsRoot = (res: Response): string => `${centreRoot(res)}/goods`;
export const lotAddress = (res: Response, number: number) => `${goodsRoot(res)}/lots/${number}`;

/** With its unit, for people. */
export function quantityOf(res: Response, milli: number, unit: string): string {
  const { t, language } = res.locals;
  const amount = `${formatQuantity(Math.abs(milli), language)} ${t(`goods:units.${unit}`)}`;
  return milli < 0 ? `(${amount})` : amount;
}

/** A number for programs and spreadsheets, with its unit on pages and paper. */
export function quantityCell(res: Response, milli: number, unit: string): Cell {
  const { format } = res.locals;
  if (format === 'html' || format === 'pdf') return quantityOf(res, milli, unit);
  return milli / 1000;
}

/** A word for people, a code for programs. */
export function wordCell(res: Response, key: string, code: string): string {
  const { t, format } = res.locals;
  return format === 'csv' || format === 'json' ? code : t(`goods:${key}.${code}`);
}

export const column = (
  { locals: { t } }: Response,
  key: string,
  title: string,
  kind: Column['kind'] = 'text',
  width = 2,
): Column => ({ key, title: t(`goods:columns.${title}`), kind, width });

/** The name of a fund in the reader's language. */
export function fundOf({ locals: { province, language } }: Response, code: string): string {
  const fund = fundsOf(province.db).find((one) => one.code === code);
  return (language === 'fa' ? fund?.nameFa : fund?.nameEn) ?? code;
}

export const fundChoices = (res: Response) =>
  fundsOf(res.locals.province.db)
    .filter(({ takesGifts }) => takesGifts)
    .map(({ code }) => ({ value: code, text: fundOf(res, code) }));

export const storeChoices = ({ locals: { province, centre } }: Response) =>
  storesOf(province.db, centre.id)
    .filter(({ closedOn }) => closedOn === null)
    .map(({ id, name }) => ({ value: String(id), text: name }));

/** Whoever counts a store sees no quantities of this centre until the count has ended. */
export function unlessCounting(_req: Request, res: Response, next: NextFunction): void {
  const { province, centre, actor } = res.locals;
  const { user } = actor!;
  if (user && isCounting(province.db, centre.id, user.id)) {
    throw new Refusal('goods:refusals.blind', { status: 403 });
  }
  next();
}

/** None is none: an empty field or a zero. */
export function readSome(text: string): Reading<number> {
  const figures = typedFigures(text);
  return /^0*$/.test(figures) ? { value: 0 } : readQuantity(text);
}

/** A counted quantity: written, though it be zero. */
export function readCounted(text: string): Reading<number> {
  return typedFigures(text) === '' ? { fault: 'goods:refusals.not-counted' } : readSome(text);
}

export const rials = (text: string): Reading<number> => readRial(text, 'rial');

export function readId(text: string): Reading<number> {
  const figures = typedFigures(text);
  return /^\d{1,12}$/.test(figures)
    ? { value: Number(figures) }
    : { fault: 'common:refusals.choose' };
}

export const pageOf = (req: Request) => {
  return { limit: ROWS_PER_PAGE, offset: (pageAsked(req) - 1) * ROWS_PER_PAGE };
};

export type ShownList = {
  title: string;
  lead: string;
  total: number;
  /** As parts/list takes them. */
  columns: object[];
  lines: object[];
  totals?: object[];
  buttons?: { href: string; text: string; icon?: string }[];
  filters?: object[];
  nothing: { title: string; text: string };
  /** A template that stands below the list, with what it needs. */
  below?: string;
  formats?: string[];
} & Record<string, unknown>;

/** Any list of goods on its page. */
export function sendList(req: Request, res: Response, list: ShownList): void {
  const { filters = [], total } = list;
  const names = (filters as { name: string }[]).map(({ name }) => name);
  sendPage(req, res, 'goods/list', {
    ...{ buttons: [], totals: [], below: null, clause: null },
    ...{ formats: ['pdf', 'xlsx', 'csv', 'json'], at: pageAsked(req) },
    ...{ of: Math.max(1, Math.ceil(total / ROWS_PER_PAGE)) },
    ...list,
    filters,
    isFiltered: names.some((name) => req.query[name]),
  });
}
