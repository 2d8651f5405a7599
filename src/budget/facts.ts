/** What the compass asks about the yearly plan (B-79). */
import type { Db } from '../provinces/connection.ts';
import { fiscalYear } from '../values/jalali-date.ts';
import { comparisonOf } from './actuals.ts';
import { plansOfYear } from './plans.ts';

export type BudgetFacts = {
  year: number;
  /** The state of the newest version of this year's plan; null while there is none. */
  state: 'prepared' | 'proposed' | 'returned' | 'approved' | null;
  minutes: string | null;
  /** Lines of spending that have passed the approved plan. */
  passed: number;
};

export function budgetFactsOf(db: Db, centreId: number, today: string): BudgetFacts {
  const year = fiscalYear(today);
  const plans = plansOfYear(db, centreId, year);
  const inForce = plans.find(({ state }) => state === 'approved');
  const rows = inForce ? comparisonOf(db, centreId, { year, month: null }).rows : [];
  return {
    ...{ year, state: inForce ? 'approved' : (plans[0]?.state ?? null) },
    minutes: inForce?.minutesNumber ?? null,
    passed: rows.filter(({ state }) => state === 'passed').length,
  };
}
