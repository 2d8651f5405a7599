/** The plan of the year (B-79), and books and bank brought together (B-80). */
import { daysBetween } from '../values/jalali-date.ts';
import type { Facts } from './facts.ts';
import { broken, type Judgement, kept, type Mend, notDue } from './judgement.ts';

const PLANS: Mend = { to: '/books/budget', power: 'plans.read' };
const SHEETS: Mend = { to: '/books/bank/reconciliations', power: 'bank.read' };

/** Money may move at the bank so many days before books and bank are brought together. */
export const DAYS_TO_RECONCILE = 45;

/** B-79: a plan of the year is proposed and approved, and spending keeps to it. */
export function yearPlanned({ budget }: Facts): Judgement {
  const { state, passed, minutes, year } = budget;
  if (state === 'approved') {
    if (passed > 0) return broken(PLANS, { count: passed }, 'passed');
    return kept({ number: minutes! });
  }
  const number = String(year);
  if (state === null) return notDue({ number });
  return notDue({ number }, state === 'proposed' ? 'proposed' : 'prepared');
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
