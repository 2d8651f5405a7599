/** What was planned against what came and went: by the year or by the months of it so far. */
import { type Db, prepared } from '../provinces/connection.ts';
import { linesOfPlan, type Plan, planInForce } from './plans.ts';

/** From here on spending nears its plan, and beyond the second it has passed it. */
export const WARN_AT = 0.8;
export const PASSED_AT = 1;

export type Compared = {
  account: string;
  fund: string;
  goal: string | null;
  words: string;
  plannedRial: number;
  actualRial: number;
  /** The share of the plan that is used; null where nothing was planned. */
  share: number | null;
  /** Only spending warns: income beyond its plan is no harm. */
  state: 'none' | 'near' | 'passed' | 'unplanned';
};

export type Comparison = {
  year: number;
  /** The month asked for, from 1, or the whole year. */
  month: number | null;
  plan: Plan | null;
  rows: Compared[];
};

const statements = prepared(({ $client: client }) => ({
  // What closes a year empties these accounts and is no spending.
  actuals: client.prepare(
    `SELECT account, fund, sum(debit) - sum(credit) AS rial FROM (
       SELECT account, fund, debit_rial AS debit, credit_rial AS credit FROM balances
       WHERE centre_id = @centreId AND year = @year AND account GLOB '[567]*'
         AND (@month IS NULL OR month = @month)
       UNION ALL
       SELECT l.account, l.fund, -l.debit_rial, -l.credit_rial
       FROM entries e JOIN entry_lines l ON l.entry_id = e.id
       WHERE e.id IN (SELECT entry_id FROM year_closing_entries
           WHERE centre_id = @centreId AND year = @year AND kind = 'temporary')
         AND l.account GLOB '[567]*' AND (@month IS NULL OR e.month = @month)
       UNION ALL
       -- A closing that was taken back leaves neither side.
       SELECT l.account, l.fund, -l.debit_rial, -l.credit_rial
       FROM entries e JOIN entry_lines l ON l.entry_id = e.id
       WHERE e.reverses_entry_id IN (SELECT entry_id FROM year_closing_entries
           WHERE centre_id = @centreId AND year = @year AND kind = 'temporary')
         AND e.year = @year
         AND l.account GLOB '[567]*' AND (@month IS NULL OR e.month = @month))
     GROUP BY account, fund HAVING rial <> 0`,
  ),
}));

type Asked = { year: number; month: number | null };

/** Every line of the plan in force with what came of it, and what came without being planned. */
export function comparisonOf(db: Db, centreId: number, { year, month }: Asked): Comparison {
  const plan = planInForce(db, centreId, year) ?? null;
  const lines = plan ? linesOfPlan(db, plan.id) : [];
  const actuals = new Map(
    (statements(db).actuals.all({ centreId, year, month }) as Actual[]).map((one) => [
      `${one.account} ${one.fund}`,
      one,
    ]),
  );
  const planned = lines.map(({ account, fund, goal, words, amountRial }) => {
    const key = `${account} ${fund}`;
    const actualRial = signed(actuals.get(key));
    actuals.delete(key);
    // A month's share of the year is told as it is spread evenly.
    const plannedRial = month === null ? amountRial : Math.round(amountRial / 12);
    return compared({ account, fund, goal, words, plannedRial, actualRial });
  });
  const beside = [...actuals.values()].map((one) =>
    compared({
      ...{ account: one.account, fund: one.fund, goal: null, words: '' },
      ...{ plannedRial: 0, actualRial: signed(one) },
    }),
  );
  const rows = [...planned, ...beside].sort((a, b) =>
    `${a.account} ${a.fund}` < `${b.account} ${b.fund}` ? -1 : 1,
  );
  return { year, month, plan, rows };
}

type Actual = { account: string; fund: string; rial: number };

/** Income stands on the credit side. */
function signed(one: Actual | undefined): number {
  if (!one) return 0;
  return one.account.startsWith('5') ? -one.rial : one.rial;
}

function compared(one: Omit<Compared, 'share' | 'state'>): Compared {
  const { account, plannedRial, actualRial } = one;
  const share = plannedRial === 0 ? null : actualRial / plannedRial;
  const isSpending = !account.startsWith('5');
  const state = !isSpending
    ? 'none'
    : share === null
      ? 'unplanned'
      : share > PASSED_AT
        ? 'passed'
        : share >= WARN_AT
          ? 'near'
          : 'none';
  return { ...one, share, state };
}
