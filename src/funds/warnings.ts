/** What a fund's rules remind of: fitra that lies too long after Eid, leaves that run out. */
import { VOW_FUND, vowsDue } from '../donations/vows.ts';
import type { Db } from '../provinces/connection.ts';
import { addDays } from '../values/jalali-date.ts';
import { eidBefore } from './eid.ts';
import { type Fund, fundsOf } from './funds.ts';
import { permissionsOf } from './permissions.ts';
import { fundsHeld } from './statement.ts';

export type FundWarning = {
  key: 'fitra-lies' | 'eid-unset' | 'leave-ends' | 'leave-nearly-spent' | 'vow-near' | 'vow-late';
  fund: Fund;
  rial: number;
  day: string;
};

/** Fitra is to reach the poor within so many days of Eid. */
const DAYS_AFTER_EID = 3;
/** Whoever gave a leave is asked anew before it ends. */
const DAYS_BEFORE_END = 30;

export function fundWarnings(db: Db, centreId: number, today: string): FundWarning[] {
  return [
    ...fitraWarnings(db, centreId, today),
    ...leaveWarnings(db, centreId, today),
    ...vowWarnings(db, centreId, today),
  ];
}

const warns = (fund: Fund, rule: string) =>
  fund.rules.some((one) => one.rule === rule && one.reaction === 'warn');

function fitraWarnings(db: Db, centreId: number, today: string): FundWarning[] {
  const funds = fundsOf(db, today).filter((fund) => warns(fund, 'spent-in-three-days'));
  if (funds.length === 0) return [];
  const eid = eidBefore(db, today);
  const since = eid && addDays(eid.eidOn, DAYS_AFTER_EID);
  if (since !== undefined && today <= since) return [];
  const held = fundsHeld(db, centreId);
  const lying = funds.filter(({ code }) => (held.get(code) ?? 0) > 0);
  return lying.map((fund) => ({
    ...{ key: eid ? ('fitra-lies' as const) : ('eid-unset' as const), fund },
    ...{ rial: held.get(fund.code)!, day: eid?.eidOn ?? today },
  }));
}

function leaveWarnings(db: Db, centreId: number, today: string): FundWarning[] {
  const standing = permissionsOf(db, centreId).filter(
    ({ fromOn, toOn, endedOn }) => fromOn <= today && today <= toOn && endedOn === null,
  );
  const funds = new Map(fundsOf(db, today).map((fund) => [fund.code, fund]));
  return standing.flatMap(({ fund: code, ceilingRial, spentRial, toOn }): FundWarning[] => {
    const told = { fund: funds.get(code)!, rial: ceilingRial - spentRial, day: toOn };
    if (toOn <= addDays(today, DAYS_BEFORE_END)) return [{ key: 'leave-ends', ...told }];
    return told.rial * 10 < ceilingRial ? [{ key: 'leave-nearly-spent', ...told }] : [];
  });
}

/** The vowed day is near, or passed while something of the vow is left. */
function vowWarnings(db: Db, centreId: number, today: string): FundWarning[] {
  const fund = fundsOf(db, today).find(({ code }) => code === VOW_FUND);
  if (!fund || !warns(fund, 'vowed-day')) return [];
  return vowsDue(db, centreId, today).map(({ state, rial, day }) => ({
    ...{ key: `vow-${state}` as const, fund, rial, day },
  }));
}
