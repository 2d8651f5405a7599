-- What an attacker found open in the funds and around them: rows put in the place of final ones, versions
-- of a fund under an act that does not tell of them, and a trigger that an older SQLite cannot read.

-- A version that the province wrote stands under its own act, which says so of this fund and version.
CREATE TRIGGER fund_version_by_its_act BEFORE INSERT ON fund_versions
WHEN NEW.act_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM acts WHERE id = NEW.act_id
  AND kind = CASE NEW.version WHEN 1 THEN 'fund.added' ELSE 'fund.revised' END
  AND subject = 'funds/' || NEW.fund || '/' || NEW.version)
BEGIN SELECT RAISE(ABORT, 'fund_version_by_its_act'); END;

-- The same look at the entry of a changed intention as before, line by line: sorting within an aggregate
-- is younger than the SQLite that others may read the file with.
DROP TRIGGER b81_intention_as_changed;
CREATE TRIGGER b81_intention_as_changed BEFORE INSERT ON entries
WHEN NEW.source = 'intention' AND NOT EXISTS (SELECT 1 FROM intention_changes c
  WHERE c.entry_id = NEW.id AND c.centre_id = NEW.centre_id AND c.changed_on = NEW.entry_on
    AND (SELECT count(*) = 4 AND sum(
        CASE l.line
          WHEN 1 THEN l.account = '4104' AND l.fund = c.from_fund AND l.debit_rial = c.amount_rial
          WHEN 2 THEN l.account = c.account AND l.fund = c.from_fund AND l.credit_rial = c.amount_rial
          WHEN 3 THEN l.account = c.account AND l.fund = c.to_fund AND l.debit_rial = c.amount_rial
          WHEN 4 THEN l.account = '4104' AND l.fund = c.to_fund AND l.credit_rial = c.amount_rial
          ELSE 0
        END) = 4
      FROM entry_lines l WHERE l.entry_id = NEW.id))
BEGIN SELECT RAISE(ABORT, 'b81_intention_as_changed'); END;

-- INSERT OR REPLACE deletes without a delete trigger whatever has the same values of any unique
-- constraint: who asks only for the id is passed by a row with a new one.
CREATE TRIGGER fund_overrides_not_replaced BEFORE INSERT ON fund_overrides
WHEN EXISTS (SELECT 1 FROM fund_overrides
  WHERE subject = NEW.subject AND fund = NEW.fund AND rule = NEW.rule)
BEGIN SELECT RAISE(ABORT, 'fund_overrides_are_final'); END;
CREATE TRIGGER permissions_not_replaced BEFORE INSERT ON fund_permissions
WHEN EXISTS (SELECT 1 FROM fund_permissions
  WHERE centre_id = NEW.centre_id AND given_by = NEW.given_by AND number = NEW.number AND fund = NEW.fund)
BEGIN SELECT RAISE(ABORT, 'permissions_are_final'); END;
CREATE TRIGGER tributes_not_replaced BEFORE INSERT ON tributes
WHEN EXISTS (SELECT 1 FROM tributes WHERE paper_id = NEW.paper_id)
BEGIN SELECT RAISE(ABORT, 'tributes_are_final'); END;
CREATE TRIGGER batch_rows_not_replaced BEFORE INSERT ON gift_batch_rows
WHEN EXISTS (SELECT 1 FROM gift_batch_rows
  WHERE donation_id = NEW.donation_id OR (batch_id = NEW.batch_id AND position = NEW.position))
BEGIN SELECT RAISE(ABORT, 'batch_rows_go_while_open'); END;
CREATE TRIGGER sales_not_replaced BEFORE INSERT ON sales
WHEN EXISTS (SELECT 1 FROM sales WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'sales_are_final'); END;
CREATE TRIGGER opening_balances_not_replaced BEFORE INSERT ON opening_balances
WHEN EXISTS (SELECT 1 FROM opening_balances WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'opening_balances_are_final'); END;
CREATE TRIGGER transfer_signings_not_replaced BEFORE INSERT ON money_transfer_signings
WHEN EXISTS (SELECT 1 FROM money_transfer_signings WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER transfer_reversals_not_replaced BEFORE INSERT ON money_transfer_reversals
WHEN EXISTS (SELECT 1 FROM money_transfer_reversals WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER count_signings_not_replaced BEFORE INSERT ON cash_count_signings
WHEN EXISTS (SELECT 1 FROM cash_count_signings WHERE paper_id = NEW.paper_id OR entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER reconciliation_signings_not_replaced BEFORE INSERT ON bank_reconciliation_signings
WHEN EXISTS (SELECT 1 FROM bank_reconciliation_signings WHERE paper_id = NEW.paper_id)
BEGIN SELECT RAISE(ABORT, 'reconciliations_are_final'); END;
CREATE TRIGGER bank_layouts_are_new BEFORE INSERT ON bank_layouts
WHEN EXISTS (SELECT 1 FROM bank_layouts WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'bank_layouts_are_final'); END;
CREATE TRIGGER plan_steps_not_replaced BEFORE INSERT ON financial_plan_steps
WHEN EXISTS (SELECT 1 FROM financial_plan_steps WHERE plan_id = NEW.plan_id AND step = NEW.step)
BEGIN SELECT RAISE(ABORT, 'b79_approved_by_another'); END;
CREATE TRIGGER box_confirmations_not_replaced BEFORE INSERT ON box_confirmations
WHEN EXISTS (SELECT 1 FROM box_confirmations
  WHERE paper_id = NEW.paper_id OR reversal_entry_id = NEW.reversal_entry_id OR entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'box_confirmations_are_final'); END;
CREATE TRIGGER box_remittances_not_replaced BEFORE INSERT ON box_remittances
WHEN EXISTS (SELECT 1 FROM box_remittances WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'box_remittances_are_final'); END;
CREATE TRIGGER receipt_book_issues_not_replaced BEFORE INSERT ON receipt_book_issues
WHEN EXISTS (SELECT 1 FROM receipt_book_issues WHERE paper_id = NEW.paper_id)
BEGIN SELECT RAISE(ABORT, 'receipt_book_issues_are_final'); END;
CREATE TRIGGER handover_issues_not_replaced BEFORE INSERT ON handover_issues
WHEN EXISTS (SELECT 1 FROM handover_issues WHERE paper_id = NEW.paper_id)
BEGIN SELECT RAISE(ABORT, 'handover_issues_are_final'); END;
CREATE TRIGGER section_reports_not_replaced BEFORE INSERT ON section_reports
WHEN EXISTS (SELECT 1 FROM section_reports WHERE paper_id = NEW.paper_id)
BEGIN SELECT RAISE(ABORT, 'section_reports_are_final'); END;
CREATE TRIGGER assignment_tasks_not_replaced BEFORE INSERT ON assignment_tasks
WHEN EXISTS (SELECT 1 FROM assignment_tasks WHERE assignment_id = NEW.assignment_id AND task = NEW.task)
BEGIN SELECT RAISE(ABORT, 'assignment_tasks_are_final'); END;
CREATE TRIGGER referral_steps_not_replaced BEFORE INSERT ON referral_steps
WHEN EXISTS (SELECT 1 FROM referral_steps WHERE referral_id = NEW.referral_id AND state = NEW.state)
BEGIN SELECT RAISE(ABORT, 'referral_steps_are_final'); END;
CREATE TRIGGER prints_not_replaced BEFORE INSERT ON paper_prints
WHEN EXISTS (SELECT 1 FROM paper_prints WHERE rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'prints_are_final'); END;
CREATE TRIGGER payments_made_not_replaced BEFORE INSERT ON payments_made
WHEN EXISTS (SELECT 1 FROM payments_made WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER deliveries_made_not_replaced BEFORE INSERT ON deliveries_made
WHEN EXISTS (SELECT 1 FROM deliveries_made WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'deliveries_are_final'); END;
CREATE TRIGGER delivery_returns_not_replaced BEFORE INSERT ON delivery_returns
WHEN EXISTS (SELECT 1 FROM delivery_returns WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'delivery_returns_are_final'); END;
-- A year is opened by whoever posts first in it; it stays as it was opened.
CREATE TRIGGER fiscal_years_not_replaced BEFORE INSERT ON fiscal_years
WHEN EXISTS (SELECT 1 FROM fiscal_years WHERE centre_id = NEW.centre_id AND year = NEW.year)
BEGIN SELECT RAISE(IGNORE); END;
