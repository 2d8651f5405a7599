/** The plan of the year (B-79), its documents (B-62), and books and bank brought together (B-80). */
import { addDays, daysBetween, fiscalYearDays } from '../values/jalali-date.ts';
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

const PLANS: Mend = { to: '/books/budget', power: 'plans.read' };
const SHEETS: Mend = { to: '/books/bank/reconciliations', power: 'bank.read' };

/** Money may move at the bank so many days before books and bank are brought together. */
export const DAYS_TO_RECONCILE = 45;

/** A year's plan is approved so many days after the year, or the centre's licence, has begun. */
export const DAYS_TO_PLAN = 60;
/** A year is closed, and its balance sheet drawn, so many days after its end. */
export const DAYS_TO_CLOSE = 120;

const YEAR_END: Mend = { to: '/books/year-end', power: 'books.read' };

/** B-79: a plan of the year is proposed and approved in time, and spending keeps to it. */
export function yearPlanned({ budget, licences, today }: Facts): Judgement {
  const { state, passed, minutes, year } = budget;
  if (state === 'approved') {
    if (passed > 0) return broken(PLANS, { count: passed }, 'passed');
    return kept({ number: minutes! });
  }
  const number = String(year);
  const licensed = licences.find(({ fromOn, toOn }) => fromOn <= today && today <= toOn);
  const begun = [licensed?.fromOn ?? today, fiscalYearDays(year).from].sort().at(-1)!;
  if (daysBetween(begun, today) > DAYS_TO_PLAN) return broken(PLANS, { number });
  if (state === null) return notDue({ number });
  return notDue({ number }, state === 'proposed' ? 'proposed' : 'prepared');
}

/** B-62: each receipt and payment has its paper, and of each year that has passed there is a balance sheet. */
export function documentsPrepared({ books, today }: Facts): Judgement {
  const { documents, openYear, closed } = books;
  if (openYear !== null) {
    const due = addDays(fiscalYearDays(openYear).to, DAYS_TO_CLOSE);
    const told = { number: String(openYear), day: due };
    return today > due ? broken(YEAR_END, told) : notDue(told, 'soon');
  }
  if (closed) return kept({ number: String(closed.year), day: closed.on });
  return documents > 0 ? kept({ count: documents }, 'keptPapers') : notDue();
}

/** B-80: what the books say of the bank is held against what the bank says, rial by rial. */
export function bankReconciled({ bank, today }: Facts): Judgement {
  const { firstOn, sinceOn, reconciledOn, unexplained } = bank;
  if (firstOn === null) return notDue();
  if (unexplained) return broken(SHEETS, { day: reconciledOn! }, 'unexplained');
  if (sinceOn !== null && daysBetween(sinceOn, today) > DAYS_TO_RECONCILE) {
    return broken(SHEETS, { day: sinceOn });
  }
  return reconciledOn === null ? notDue({ day: firstOn }, 'soon') : kept({ day: reconciledOn });
}
