/** What should be done before a year is closed: one list, to which each capability adds its own. */
import { bankReconciled } from '../bank/year-question.ts';
import { storesCounted } from '../goods/counts.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { addDays, fiscalYearDays } from '../values/jalali-date.ts';
import { bookMonths } from './periods.ts';
import { netsThrough } from './statement-figures.ts';
import { openYears } from './year-end.ts';

/** `must` stands in the way; `should` is closed over only by who says that he knows of it. */
export type YearNeed = {
  /** A word of `books:needs`, or the whole key of another capability's sentence. */
  key: string;
  state: 'done' | 'must' | 'should';
  /** Where it is mended, below the centre. */
  mend: string;
  count?: number;
  rial?: number;
};

export type YearAsked = { centreId: number; year: number; today: string };

/** Asks one thing of a year; undefined where there is nothing to ask. */
export type YearQuestion = (db: Db, asked: YearAsked) => YearNeed | undefined;

const statements = prepared((db) => ({
  drafts: db.$client
    .prepare(
      `SELECT count(*) FROM entry_drafts WHERE centre_id = ? AND state = 'draft' AND entry_on <= ?`,
    )
    .pluck(),
}));

const yearIsOver: YearQuestion = (_db, { year, today }) => ({
  ...{ key: 'over', mend: '/books/periods' },
  state: fiscalYearDays(year).to < today ? 'done' : 'must',
});

const earlierClosed: YearQuestion = (db, { centreId, year }) => {
  const [oldest] = openYears(db, centreId);
  const open = oldest !== undefined && oldest < year;
  return {
    ...{ key: 'earlier', state: open ? 'must' : 'done' },
    mend: `/books/year-end?year=${open ? oldest : year}`,
  };
};

const noDrafts: YearQuestion = (db, { centreId, year }) => {
  const count = statements(db).drafts.get(centreId, fiscalYearDays(year).to) as number;
  const mend = '/books/drafts?state=draft';
  return { key: 'drafts', state: count > 0 ? 'must' : 'done', mend, count };
};

const monthsClosed: YearQuestion = (db, { centreId, year, today }) => {
  const months = bookMonths(db, centreId, year, today);
  const count = months.filter(({ state }) => state !== 'closed').length;
  const mend = `/books/periods?year=${year}`;
  return { key: 'months', state: count > 0 ? 'should' : 'done', mend, count };
};

/** Accounts on which nothing should be left over when a year ends. */
const CLEARED: Record<string, string> = {
  unidentified: '3105',
  cheques: '1105',
  collectors: '1104',
  'petty-cash': '1103',
  held: '3103',
};

const cleared =
  (key: string, account: string): YearQuestion =>
  (db, { centreId, year }) => {
    const nets = netsThrough(db, centreId, fiscalYearDays(year).to);
    const mine = nets.filter((one) => one.account === account);
    const rial = Math.abs(mine.reduce((sum, { net }) => sum + net, 0));
    const mend = `/books/ledger/${account}`;
    return { key, state: rial > 0 ? 'should' : 'done', mend, rial };
  };

/** A count approved so many days before the end of the year, or later, tells what there was at its end. */
const COUNTED_WITHIN_DAYS = 30;

const goodsCounted: YearQuestion = (db, { centreId, year }) => {
  const since = addDays(fiscalYearDays(year).to, -COUNTED_WITHIN_DAYS);
  const { stores, uncounted: count } = storesCounted(db, centreId, since);
  if (stores === 0) return undefined;
  return {
    ...{ key: 'goods-counted', mend: '/goods/counts', count },
    state: count > 0 ? 'should' : 'done',
  };
};

/** Each capability adds what it asks of a year that is to be closed. */
export const YEAR_QUESTIONS: YearQuestion[] = [
  ...[yearIsOver, earlierClosed, noDrafts, monthsClosed],
  ...Object.entries(CLEARED).map(([key, account]) => cleared(key, account)),
  goodsCounted,
  bankReconciled,
];

export function yearNeeds(db: Db, asked: YearAsked): YearNeed[] {
  return YEAR_QUESTIONS.flatMap((question) => question(db, asked) ?? []);
}
