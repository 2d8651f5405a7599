/** What came in on the night: by clerk and for all, by fund and by cash or card. */

import { eidBefore } from '../funds/eid.ts';
import { findFund, fundName } from '../funds/funds.ts';
import { type Db, prepared } from '../provinces/connection.ts';
import { addDays } from '../values/jalali-date.ts';
import type { Language } from '../values/language.ts';
import { FITRA_FUNDS, type FitraFund, type FitraKind } from './gifts.ts';

export type Sum = {
  clerkId: number;
  clerk: string;
  fund: FitraFund;
  kind: FitraKind;
  gifts: number;
  persons: number;
  rial: number;
};
export type ClerkSum = Pick<Sum, 'clerkId' | 'clerk' | 'gifts' | 'persons' | 'rial'> & {
  cash: number;
  card: number;
};

const statements = prepared((db) => ({
  sums: db.$client.prepare(
    `SELECT s.clerk_id AS clerkId, u.name AS clerk, s.fund, s.kind, sum(s.gifts) AS gifts,
       sum(s.persons) AS persons, sum(s.rial) AS rial
     FROM fitra_sums s JOIN users u ON u.id = s.clerk_id
     WHERE s.centre_id = ? AND s.day >= ? GROUP BY s.clerk_id, s.fund, s.kind
     ORDER BY u.name, s.clerk_id, s.fund, s.kind`,
  ),
  held: db.$client
    .prepare(
      `SELECT coalesce(sum(debit_rial - credit_rial), 0) FROM balances
       WHERE centre_id = ? AND fund = ? AND account GLOB '11*'`,
    )
    .pluck(),
}));

/** The night spans two days: what is entered today is shown with yesterday's. */
export const nightOf = (today: string): string => addDays(today, -1);

export const sumsSince = (db: Db, centreId: number, day: string): Sum[] =>
  statements(db).sums.all(centreId, day) as Sum[];

/** One row a clerk. */
export function byClerk(sums: Sum[]): ClerkSum[] {
  return [...Map.groupBy(sums, ({ clerkId }) => clerkId).values()].map((rows) => ({
    ...{ clerkId: rows[0]!.clerkId, clerk: rows[0]!.clerk },
    ...totalOf(rows),
  }));
}

export function totalOf(rows: Sum[]) {
  const sum = (of: (row: Sum) => number) => rows.reduce((all, row) => all + of(row), 0);
  return {
    gifts: sum(({ gifts }) => gifts),
    persons: sum(({ persons }) => persons),
    rial: sum(({ rial }) => rial),
    cash: sum(({ kind, rial }) => (kind === 'cash' ? rial : 0)),
    card: sum(({ kind, rial }) => (kind === 'card' ? rial : 0)),
  };
}

/** Fitra reaches the poor by so many days after Eid. */
const DAYS_AFTER_EID = 3;

/** In the morning: what is in each fund, what is demanded of it, and until when. */
export function morningOf(db: Db, centreId: number, today: string, language: Language) {
  const since = nightOf(today);
  const sums = sumsSince(db, centreId, since);
  const eid = eidBefore(db, today);
  const untilOn = eid && addDays(eid.eidOn, DAYS_AFTER_EID);
  const funds = FITRA_FUNDS.map((code) => {
    const fund = findFund(db, code, today)!;
    return {
      ...{ code, name: fundName(fund, language), marja: fund.marja },
      ...totalOf(sums.filter((row) => row.fund === code)),
      held: statements(db).held.get(centreId, code) as number,
      rules: fund.rules.map(({ reaction, words, source }) => ({
        ...{ reaction, words: words[language], source },
      })),
      sayyids: fund.rules.some(
        ({ rule, reaction }) => rule === 'not-to-sayyids' && reaction === 'block',
      )
        ? ('no' as const)
        : ('yes' as const),
    };
  });
  const lies = funds.some(({ held }) => held > 0);
  const late = untilOn !== undefined && today > untilOn && lies;
  return { since, eidOn: eid?.eidOn ?? null, untilOn: untilOn ?? null, late, funds };
}
