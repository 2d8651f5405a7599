/** Self-checks of the bank and the box; each counts again what its rows say. */
import { type Check, first } from '../provinces/check.ts';

export const bankChecks: Check[] = [
  {
    name: 'transfers',
    run: first(
      `SELECT 'transfer ' || s.transfer_id || ' is not what its entry books'
       FROM money_transfer_signings s JOIN money_transfers t ON t.id = s.transfer_id
       LEFT JOIN entries e ON e.id = s.entry_id AND e.source = 'transfer'
         AND e.centre_id = t.centre_id AND e.entry_on = t.moved_on
       WHERE e.id IS NULL OR s.signed_by = t.prepared_by OR EXISTS (
         SELECT f.fund, f.amount_rial FROM money_transfer_funds f WHERE f.transfer_id = t.id
         EXCEPT SELECT fund, debit_rial FROM entry_lines
           WHERE entry_id = e.id AND account = t.to_account) LIMIT 1`,
      `SELECT 'entry ' || e.id || ' is of no transfer, count or fee' FROM entries e
       WHERE e.source = 'transfer'
         AND NOT EXISTS (SELECT 1 FROM money_transfer_signings WHERE entry_id = e.id)
         AND NOT EXISTS (SELECT 1 FROM cash_count_signings WHERE entry_id = e.id)
         AND NOT EXISTS (SELECT 1 FROM bank_fees WHERE entry_id = e.id) LIMIT 1`,
    ),
  },
  {
    name: 'cash-counts',
    run: first(
      `SELECT 'count ' || c.id || ' is not the sum of its notes' FROM cash_counts c
       WHERE c.counted_rial <> coalesce((SELECT sum(denomination * pieces)
         FROM cash_count_notes WHERE count_id = c.id), 0) LIMIT 1`,
      `SELECT 'count ' || c.id || ' is signed by one only'
       FROM cash_counts c JOIN cash_count_signings s ON s.count_id = c.id
       LEFT JOIN papers p ON p.id = s.paper_id
       WHERE s.signed_by = c.counted_by OR p.kind IS NOT 'cash-count' LIMIT 1`,
    ),
  },
  {
    name: 'bank-statements',
    run: first(
      `SELECT 'statement ' || s.id || ' has not its rows' FROM bank_statements s
       WHERE s.row_count <> (SELECT count(*) FROM bank_rows WHERE statement_id = s.id) LIMIT 1`,
      `SELECT 'statement ' || s.id || ' does not come to its balance' FROM bank_statements s
       WHERE s.closing_rial <> s.opening_rial
           + (SELECT sum(net_rial) FROM bank_rows WHERE statement_id = s.id)
         AND NOT EXISTS (SELECT 1 FROM bank_rows
           WHERE statement_id = s.id AND balance_rial IS NOT NULL) LIMIT 1`,
    ),
  },
  {
    name: 'bank-matches',
    run: first(
      `SELECT 'match ' || b.id || ' is uneven' FROM bank_matches b
       WHERE coalesce((SELECT sum(r.net_rial) FROM bank_match_rows m
           JOIN bank_rows r ON r.id = m.row_id WHERE m.match_id = b.id), 0)
         <> coalesce((SELECT sum(l.debit_rial - l.credit_rial) FROM bank_match_entries m
           JOIN entry_lines l ON l.entry_id = m.entry_id AND l.account = '1102'
           WHERE m.match_id = b.id), 0) LIMIT 1`,
    ),
  },
  {
    name: 'reconciliations',
    run: first(
      `SELECT 'reconciliation ' || r.id || ' leaves a difference' FROM bank_reconciliations r
       WHERE r.bank_rial - r.book_rial <> coalesce(
         (SELECT sum(value ->> 'rial') FROM json_each(r.items)), 0) LIMIT 1`,
      `SELECT 'reconciliation ' || r.id || ' is signed by one only'
       FROM bank_reconciliations r
       JOIN bank_reconciliation_signings s ON s.reconciliation_id = r.id
       WHERE s.signed_by = r.prepared_by LIMIT 1`,
    ),
  },
];
