/** Self-checks of the funds: what the guards of 0026 hold, counted again from the lines. */
import { type Check, first } from '../provinces/check.ts';

/** Entries from before the guards were judged by nobody; the compass tells what they left. */
const GUARDED = `e.id > (SELECT CAST(value AS INTEGER) FROM settings WHERE key = 'funds_guarded_after')`;

export const fundChecks: Check[] = [
  {
    name: 'fund-balances',
    run: first(
      `SELECT 'entry ' || e.id || ' leaves ' || fund || ' below zero in ' || account FROM (
         SELECT entry_id, account, fund, credit, sum(debit - credit) OVER (
           PARTITION BY centre_id, account, fund ORDER BY entry_id) AS net
         FROM (SELECT entry_id, centre_id, account, fund, sum(debit_rial) AS debit,
             sum(credit_rial) AS credit
           FROM entry_lines WHERE account GLOB '1[13]*' GROUP BY entry_id, account, fund)
       ) s JOIN entries e ON e.id = s.entry_id
       WHERE net < 0 AND credit > 0 AND ${GUARDED} LIMIT 1`,
    ),
  },
  {
    name: 'fund-uses',
    run: first(
      `SELECT 'entry ' || e.id || ' spends ' || l.fund || ' on ' || l.account
       FROM entry_lines l JOIN entries e ON e.id = l.entry_id
       WHERE l.debit_rial > 0 AND l.account <> '6110'
         AND (l.account GLOB '[67]*' OR l.account IN ('1201', '3102', '3103', '3104'))
         AND e.source NOT IN ('reversal', 'opening', 'closing', 'conversion') AND ${GUARDED}
         AND NOT EXISTS (SELECT 1 FROM fund_uses u WHERE u.account = l.account
           AND u.version_id = (SELECT id FROM fund_versions
             WHERE fund = l.fund AND from_on <= e.entry_on ORDER BY version DESC LIMIT 1)) LIMIT 1`,
    ),
  },
];
