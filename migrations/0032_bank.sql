-- The bank and the cash box: what moves between them, what the bank says of its account, and that the
-- two agree (B-80); the yearly financial plan (B-79); codes of the committee's own system (B-112).

-- Money moved between the box, the collectors and the bank, fund by fund: prepared by one, signed by
-- another, who posts it.
CREATE TABLE money_transfers (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  from_account TEXT NOT NULL CONSTRAINT transfer_from CHECK (from_account IN ('1101', '1102', '1104')),
  to_account TEXT NOT NULL CONSTRAINT transfer_to CHECK (to_account IN ('1101', '1102', '1104')),
  moved_on TEXT NOT NULL CONSTRAINT transfer_day CHECK (moved_on IS date(moved_on)),
  -- The number of the bank's slip; money that touches no bank has none.
  slip TEXT,
  note TEXT,
  prepared_on TEXT NOT NULL,
  prepared_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT transfer_between_two CHECK (from_account <> to_account),
  CONSTRAINT transfer_has_slip CHECK ((from_account = '1102' OR to_account = '1102')
    = (slip IS NOT NULL AND length(trim(slip)) > 0)),
  CONSTRAINT transfer_has_passed CHECK (moved_on <= prepared_on)
) STRICT;
CREATE INDEX transfers_of_centre ON money_transfers (centre_id, id);
-- Whose money it is: written before the transfer, and final with it.
CREATE TABLE money_transfer_funds (
  transfer_id INTEGER NOT NULL REFERENCES money_transfers (id) DEFERRABLE INITIALLY DEFERRED,
  fund TEXT NOT NULL REFERENCES funds (code),
  amount_rial INTEGER NOT NULL
    CONSTRAINT transfer_amount CHECK (amount_rial BETWEEN 1 AND 99999999999999),
  PRIMARY KEY (transfer_id, fund)
) STRICT, WITHOUT ROWID;
CREATE TABLE money_transfer_signings (
  transfer_id INTEGER PRIMARY KEY REFERENCES money_transfers (id),
  entry_id INTEGER NOT NULL CONSTRAINT transfer_entry_once UNIQUE
    REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  signed_on TEXT NOT NULL,
  signed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TABLE money_transfer_withdrawals (
  transfer_id INTEGER PRIMARY KEY REFERENCES money_transfers (id),
  reason TEXT NOT NULL CONSTRAINT transfer_withdrawal_reason CHECK (length(trim(reason)) >= 3),
  withdrawn_on TEXT NOT NULL,
  withdrawn_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
-- The entry that took a signed transfer back, with its reason.
CREATE TABLE money_transfer_reversals (
  transfer_id INTEGER PRIMARY KEY REFERENCES money_transfers (id),
  entry_id INTEGER NOT NULL CONSTRAINT transfer_reversal_once UNIQUE REFERENCES entries (id),
  reversed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

-- The box counted by two: note by note, against what the books say at that moment.
CREATE TABLE cash_counts (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  counted_on TEXT NOT NULL CONSTRAINT count_day CHECK (counted_on IS date(counted_on)),
  book_rial INTEGER NOT NULL,
  counted_rial INTEGER NOT NULL
    CONSTRAINT count_in_range CHECK (counted_rial BETWEEN 0 AND 99999999999999),
  -- A difference has a cause, and the fund that it is of.
  fund TEXT REFERENCES funds (code),
  reason TEXT,
  counted_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT count_difference_has_cause CHECK ((book_rial = counted_rial) = (fund IS NULL)
    AND (fund IS NULL) = (reason IS NULL) AND coalesce(length(trim(reason)), 3) >= 3)
) STRICT;
CREATE INDEX cash_counts_of_centre ON cash_counts (centre_id, id);
CREATE TABLE cash_count_notes (
  count_id INTEGER NOT NULL REFERENCES cash_counts (id) DEFERRABLE INITIALLY DEFERRED,
  denomination INTEGER NOT NULL CONSTRAINT note_denomination CHECK (denomination BETWEEN 1 AND 99999999),
  pieces INTEGER NOT NULL CONSTRAINT note_pieces CHECK (pieces BETWEEN 1 AND 9999999),
  PRIMARY KEY (count_id, denomination)
) STRICT, WITHOUT ROWID;
CREATE TABLE cash_count_signings (
  count_id INTEGER PRIMARY KEY REFERENCES cash_counts (id),
  -- Null where nothing was missing and nothing over.
  entry_id INTEGER CONSTRAINT count_entry_once UNIQUE
    REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  paper_id INTEGER NOT NULL CONSTRAINT count_paper_once UNIQUE REFERENCES papers (id),
  signed_on TEXT NOT NULL,
  signed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

-- A file that a bank gave, as it came; it stays, as every document does.
CREATE TABLE bank_files (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  name TEXT NOT NULL,
  sha256 BLOB NOT NULL CONSTRAINT bank_file_hash CHECK (length(sha256) = 32),
  bytes BLOB NOT NULL,
  -- The cells of its first sheet as they were read, row by row.
  cells TEXT NOT NULL CONSTRAINT bank_file_cells CHECK (json_valid(cells)),
  sent_on TEXT NOT NULL,
  sent_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT bank_file_once UNIQUE (centre_id, sha256)
) STRICT;
-- Which column is which, as somebody last said of files with such heads; the newest holds.
CREATE TABLE bank_layouts (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  heads TEXT NOT NULL,
  columns TEXT NOT NULL CONSTRAINT layout_columns CHECK (json_valid(columns)),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX layouts_by_heads ON bank_layouts (centre_id, heads, id);

-- A statement as it was taken in whole; written after its rows, and final from then on.
CREATE TABLE bank_statements (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  file_id INTEGER NOT NULL CONSTRAINT statement_of_file_once UNIQUE REFERENCES bank_files (id),
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  opening_rial INTEGER NOT NULL,
  closing_rial INTEGER NOT NULL,
  row_count INTEGER NOT NULL CONSTRAINT statement_has_rows CHECK (row_count >= 1),
  imported_on TEXT NOT NULL,
  imported_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT statement_days CHECK (from_on <= to_on AND to_on <= imported_on)
) STRICT;
CREATE INDEX statements_of_centre ON bank_statements (centre_id, from_on, id);
CREATE TABLE bank_rows (
  id INTEGER PRIMARY KEY,
  statement_id INTEGER NOT NULL REFERENCES bank_statements (id) DEFERRABLE INITIALLY DEFERRED,
  centre_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  happened_on TEXT NOT NULL CONSTRAINT bank_row_day CHECK (happened_on IS date(happened_on)),
  words TEXT NOT NULL,
  reference TEXT NOT NULL,
  -- What came to the account, less than nothing for what left it.
  net_rial INTEGER NOT NULL CONSTRAINT bank_row_amount
    CHECK (net_rial <> 0 AND abs(net_rial) <= 99999999999999),
  -- As the bank said it after this row; null in a statement without.
  balance_rial INTEGER,
  CONSTRAINT bank_row_once UNIQUE (statement_id, position)
) STRICT;
CREATE INDEX bank_rows_by_day ON bank_rows (centre_id, happened_on, id);
CREATE INDEX bank_rows_by_amount ON bank_rows (centre_id, net_rial, happened_on);

-- Rows of the bank and entries of the books that are one and the same money; closed by the match.
CREATE TABLE bank_match_rows (
  match_id INTEGER NOT NULL REFERENCES bank_matches (id) DEFERRABLE INITIALLY DEFERRED,
  row_id INTEGER NOT NULL REFERENCES bank_rows (id),
  PRIMARY KEY (match_id, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX matches_of_row ON bank_match_rows (row_id);
CREATE TABLE bank_match_entries (
  match_id INTEGER NOT NULL REFERENCES bank_matches (id) DEFERRABLE INITIALLY DEFERRED,
  entry_id INTEGER NOT NULL REFERENCES entries (id),
  PRIMARY KEY (match_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX matches_of_entry ON bank_match_entries (entry_id);
CREATE TABLE bank_matches (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  -- The rule that found it; `hand` is somebody's own eye.
  rule TEXT NOT NULL CONSTRAINT match_rule
    CHECK (rule IN ('reference', 'day', 'days', 'sum', 'reversal', 'fee', 'hand')),
  matched_on TEXT NOT NULL,
  matched_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TABLE bank_match_endings (
  match_id INTEGER PRIMARY KEY REFERENCES bank_matches (id),
  reason TEXT NOT NULL CONSTRAINT match_ending_reason CHECK (length(trim(reason)) >= 3),
  ended_on TEXT NOT NULL,
  ended_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
-- A fee that the bank took: its row, and the entry that books it from running costs.
CREATE TABLE bank_fees (
  entry_id INTEGER PRIMARY KEY REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  row_id INTEGER NOT NULL CONSTRAINT fee_once UNIQUE REFERENCES bank_rows (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

-- The books and the bank at the end of a day, every difference named: prepared by one, signed by
-- another, and kept as it was.
CREATE TABLE bank_reconciliations (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  through_on TEXT NOT NULL CONSTRAINT reconciled_day CHECK (through_on IS date(through_on)),
  book_rial INTEGER NOT NULL,
  bank_rial INTEGER NOT NULL,
  items TEXT NOT NULL CONSTRAINT reconciliation_items CHECK (json_valid(items)),
  prepared_on TEXT NOT NULL,
  prepared_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT reconciled_day_has_come CHECK (through_on <= prepared_on)
) STRICT;
CREATE INDEX reconciliations_of_centre ON bank_reconciliations (centre_id, through_on, id);
CREATE TABLE bank_reconciliation_signings (
  reconciliation_id INTEGER PRIMARY KEY REFERENCES bank_reconciliations (id),
  paper_id INTEGER NOT NULL CONSTRAINT reconciliation_paper_once UNIQUE REFERENCES papers (id),
  signed_on TEXT NOT NULL,
  signed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

-- B-79: the yearly financial plan in versions: proposed by one seat, approved by another.
CREATE TABLE financial_plans (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  year INTEGER NOT NULL CONSTRAINT plan_year CHECK (year BETWEEN 1300 AND 1500),
  version INTEGER NOT NULL CONSTRAINT plan_version CHECK (version >= 1),
  -- Why an approved plan is changed.
  reason TEXT,
  prepared_on TEXT NOT NULL,
  prepared_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT plan_version_once UNIQUE (centre_id, year, version)
) STRICT;
-- Written before the plan, and final with it.
CREATE TABLE financial_plan_lines (
  plan_id INTEGER NOT NULL REFERENCES financial_plans (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CONSTRAINT plan_line_position CHECK (position BETWEEN 1 AND 200),
  account TEXT NOT NULL CONSTRAINT plan_line_account CHECK (account GLOB '[567][0-9][0-9][0-9]'),
  fund TEXT NOT NULL REFERENCES funds (code),
  -- B-2 to B-6: which of the five goals the programme serves; income and running costs serve all.
  goal TEXT CONSTRAINT plan_line_goal CHECK (goal IN ('B-2', 'B-3', 'B-4', 'B-5', 'B-6')),
  words TEXT NOT NULL,
  amount_rial INTEGER NOT NULL
    CONSTRAINT plan_line_amount CHECK (amount_rial BETWEEN 1 AND 99999999999999),
  PRIMARY KEY (plan_id, position),
  CONSTRAINT plan_line_once UNIQUE (plan_id, account, fund),
  CONSTRAINT programme_serves_a_goal CHECK ((account GLOB '6*') = (goal IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE financial_plan_steps (
  id INTEGER PRIMARY KEY,
  plan_id INTEGER NOT NULL REFERENCES financial_plans (id),
  step TEXT NOT NULL CONSTRAINT plan_step CHECK (step IN ('proposed', 'returned', 'approved')),
  -- The board's minutes in which it was approved.
  minutes_number TEXT,
  minutes_on TEXT,
  reason TEXT,
  paper_id INTEGER REFERENCES papers (id),
  taken_on TEXT NOT NULL,
  taken_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT plan_step_once UNIQUE (plan_id, step),
  CONSTRAINT b79_approved_in_minutes CHECK ((step = 'approved')
    = (minutes_number IS NOT NULL AND length(trim(minutes_number)) > 0 AND minutes_on IS NOT NULL
      AND minutes_on <= taken_on AND paper_id IS NOT NULL)),
  CONSTRAINT plan_returned_with_reason CHECK ((step = 'returned')
    = (coalesce(length(trim(reason)), 0) >= 3))
) STRICT;

-- B-112: what a row of ours is called in the committee's own system; the newest code of a row holds.
CREATE TABLE registration_codes (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  -- donations/12, and as they come payments/3.
  subject TEXT NOT NULL CONSTRAINT registration_subject CHECK (subject GLOB '[a-z]*/[1-9]*'),
  code TEXT NOT NULL CONSTRAINT registration_code
    CHECK (length(code) BETWEEN 1 AND 40 AND code = trim(code)),
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX codes_of_subject ON registration_codes (subject, id);
CREATE INDEX codes_of_centre ON registration_codes (centre_id, code);
-- From which day the province asks for codes, and after how many days a row without one is late.
CREATE TABLE registration_rules (
  id INTEGER PRIMARY KEY,
  asked INTEGER NOT NULL CONSTRAINT registration_asked CHECK (asked IN (0, 1)),
  days INTEGER NOT NULL CONSTRAINT registration_days CHECK (days BETWEEN 0 AND 365),
  from_on TEXT NOT NULL CONSTRAINT registration_from CHECK (from_on IS date(from_on)),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

-- An entry of a transfer is a recorded transfer's, the difference of a count, or a bank's fee, and
-- books nothing but that.
CREATE TRIGGER transfer_is_recorded BEFORE INSERT ON entries
WHEN NEW.source = 'transfer' AND NOT EXISTS (
    SELECT 1 FROM money_transfer_signings s JOIN money_transfers t ON t.id = s.transfer_id
    WHERE s.entry_id = NEW.id AND t.centre_id = NEW.centre_id AND t.moved_on = NEW.entry_on
      AND NEW.drafted_by = t.prepared_by AND NEW.posted_by = s.signed_by
      AND NOT EXISTS (
        SELECT account, fund, debit_rial, credit_rial FROM entry_lines WHERE entry_id = NEW.id
        EXCEPT SELECT t.to_account, fund, amount_rial, 0
        FROM money_transfer_funds WHERE transfer_id = t.id
        EXCEPT SELECT t.from_account, fund, 0, amount_rial
        FROM money_transfer_funds WHERE transfer_id = t.id)
      AND (SELECT count(*) FROM entry_lines WHERE entry_id = NEW.id)
        = 2 * (SELECT count(*) FROM money_transfer_funds WHERE transfer_id = t.id))
  AND NOT EXISTS (
    SELECT 1 FROM cash_count_signings s JOIN cash_counts c ON c.id = s.count_id
    WHERE s.entry_id = NEW.id AND c.centre_id = NEW.centre_id AND c.counted_on = NEW.entry_on
      AND NEW.drafted_by = c.counted_by AND NEW.posted_by = s.signed_by
      AND (SELECT count(*) FROM entry_lines WHERE entry_id = NEW.id AND fund = c.fund
        AND account IN ('1101', '8101')) = 2
      AND (SELECT count(*) FROM entry_lines WHERE entry_id = NEW.id) = 2
      AND (SELECT debit_rial - credit_rial FROM entry_lines
        WHERE entry_id = NEW.id AND account = '1101') = c.counted_rial - c.book_rial)
  AND NOT EXISTS (
    SELECT 1 FROM bank_fees f JOIN bank_rows r ON r.id = f.row_id
    WHERE f.entry_id = NEW.id AND r.centre_id = NEW.centre_id AND r.happened_on = NEW.entry_on
      AND (SELECT count(*) FROM entry_lines WHERE entry_id = NEW.id) = 2
      AND (SELECT debit_rial FROM entry_lines WHERE entry_id = NEW.id AND account = '7106') = -r.net_rial
      AND (SELECT credit_rial FROM entry_lines WHERE entry_id = NEW.id AND account = '1102') = -r.net_rial)
BEGIN SELECT RAISE(ABORT, 'transfer_is_recorded'); END;

CREATE TRIGGER transfers_are_new BEFORE INSERT ON money_transfers
WHEN EXISTS (SELECT 1 FROM money_transfers WHERE id = NEW.id)
  OR NOT EXISTS (SELECT 1 FROM money_transfer_funds WHERE transfer_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER transfer_funds_are_final_insert BEFORE INSERT ON money_transfer_funds
WHEN EXISTS (SELECT 1 FROM money_transfers WHERE id = NEW.transfer_id)
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER transfer_signed_by_another BEFORE INSERT ON money_transfer_signings
WHEN EXISTS (SELECT 1 FROM money_transfer_signings WHERE transfer_id = NEW.transfer_id)
  OR EXISTS (SELECT 1 FROM money_transfer_withdrawals WHERE transfer_id = NEW.transfer_id)
  OR NEW.signed_by = (SELECT prepared_by FROM money_transfers WHERE id = NEW.transfer_id)
  OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'transfer_signed_by_another'); END;
CREATE TRIGGER transfer_withdrawn_unsigned BEFORE INSERT ON money_transfer_withdrawals
WHEN EXISTS (SELECT 1 FROM money_transfer_signings WHERE transfer_id = NEW.transfer_id)
  OR EXISTS (SELECT 1 FROM money_transfer_withdrawals WHERE transfer_id = NEW.transfer_id)
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER transfer_reversal_is_its_own BEFORE INSERT ON money_transfer_reversals
WHEN EXISTS (SELECT 1 FROM money_transfer_reversals WHERE transfer_id = NEW.transfer_id)
  OR NOT EXISTS (SELECT 1 FROM money_transfer_signings s JOIN entries e ON e.reverses_entry_id = s.entry_id
    WHERE s.transfer_id = NEW.transfer_id AND e.id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;

CREATE TRIGGER cash_counts_are_new BEFORE INSERT ON cash_counts
WHEN EXISTS (SELECT 1 FROM cash_counts WHERE id = NEW.id)
  OR NEW.counted_rial IS NOT coalesce(
    (SELECT sum(denomination * pieces) FROM cash_count_notes WHERE count_id = NEW.id), 0)
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER count_notes_are_final_insert BEFORE INSERT ON cash_count_notes
WHEN EXISTS (SELECT 1 FROM cash_counts WHERE id = NEW.count_id)
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
-- Two people count, and nothing was booked on the box between the count and its second signature.
CREATE TRIGGER count_signed_by_another BEFORE INSERT ON cash_count_signings
WHEN EXISTS (SELECT 1 FROM cash_count_signings WHERE count_id = NEW.count_id)
  OR EXISTS (SELECT 1 FROM cash_counts c WHERE c.id = NEW.count_id AND (
    NEW.signed_by = c.counted_by OR (NEW.entry_id IS NULL) <> (c.book_rial = c.counted_rial)
    OR c.book_rial IS NOT coalesce((SELECT sum(debit_rial - credit_rial) FROM balances
      WHERE centre_id = c.centre_id AND account = '1101'), 0)))
BEGIN SELECT RAISE(ABORT, 'count_signed_by_another'); END;

CREATE TRIGGER bank_files_are_new BEFORE INSERT ON bank_files
WHEN EXISTS (SELECT 1 FROM bank_files WHERE id = NEW.id
  OR (centre_id = NEW.centre_id AND sha256 = NEW.sha256))
BEGIN SELECT RAISE(ABORT, 'bank_files_are_final'); END;
CREATE TRIGGER bank_rows_are_new BEFORE INSERT ON bank_rows
WHEN EXISTS (SELECT 1 FROM bank_rows WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM bank_statements WHERE id = NEW.statement_id)
BEGIN SELECT RAISE(ABORT, 'statements_are_final'); END;
CREATE TRIGGER statement_row_not_there_yet BEFORE INSERT ON bank_rows
WHEN EXISTS (SELECT 1 FROM bank_rows r WHERE r.centre_id = NEW.centre_id
  AND r.net_rial = NEW.net_rial AND r.happened_on = NEW.happened_on
  AND r.statement_id <> NEW.statement_id AND r.reference = NEW.reference
  AND r.balance_rial IS NEW.balance_rial)
BEGIN SELECT RAISE(ABORT, 'statement_row_not_there_yet'); END;
CREATE TRIGGER statement_closes_its_rows BEFORE INSERT ON bank_statements
WHEN EXISTS (SELECT 1 FROM bank_statements WHERE id = NEW.id OR file_id = NEW.file_id)
  OR NEW.centre_id IS NOT (SELECT centre_id FROM bank_files WHERE id = NEW.file_id)
  OR (NEW.row_count, NEW.from_on, NEW.to_on, NEW.centre_id, NEW.centre_id) IS NOT (
    SELECT count(*), min(happened_on), max(happened_on), min(centre_id), max(centre_id)
    FROM bank_rows WHERE statement_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'statement_closes_its_rows'); END;

CREATE TRIGGER match_rows_are_final_insert BEFORE INSERT ON bank_match_rows
WHEN EXISTS (SELECT 1 FROM bank_matches WHERE id = NEW.match_id)
BEGIN SELECT RAISE(ABORT, 'matches_are_final'); END;
CREATE TRIGGER match_entries_are_final_insert BEFORE INSERT ON bank_match_entries
WHEN EXISTS (SELECT 1 FROM bank_matches WHERE id = NEW.match_id)
BEGIN SELECT RAISE(ABORT, 'matches_are_final'); END;
-- Both sides come to the same, are of this centre, and stand in no other match.
CREATE TRIGGER match_comes_out_even BEFORE INSERT ON bank_matches
WHEN EXISTS (SELECT 1 FROM bank_matches WHERE id = NEW.id)
  OR coalesce((SELECT sum(r.net_rial) FROM bank_match_rows m JOIN bank_rows r ON r.id = m.row_id
      WHERE m.match_id = NEW.id), 0)
    <> coalesce((SELECT sum(l.debit_rial - l.credit_rial) FROM bank_match_entries m
      JOIN entry_lines l ON l.entry_id = m.entry_id AND l.account = '1102'
      WHERE m.match_id = NEW.id), 0)
  OR NOT EXISTS (SELECT 1 FROM bank_match_rows WHERE match_id = NEW.id
    UNION ALL SELECT 1 FROM bank_match_entries WHERE match_id = NEW.id)
  OR EXISTS (SELECT 1 FROM bank_match_rows m JOIN bank_rows r ON r.id = m.row_id
    WHERE m.match_id = NEW.id AND r.centre_id <> NEW.centre_id)
  OR EXISTS (SELECT 1 FROM bank_match_entries m JOIN entries e ON e.id = m.entry_id
    WHERE m.match_id = NEW.id AND e.centre_id <> NEW.centre_id)
  OR EXISTS (SELECT 1 FROM bank_match_rows m JOIN bank_match_rows o ON o.row_id = m.row_id
    WHERE m.match_id = NEW.id AND o.match_id <> NEW.id
      AND NOT EXISTS (SELECT 1 FROM bank_match_endings WHERE match_id = o.match_id))
  OR EXISTS (SELECT 1 FROM bank_match_entries m JOIN bank_match_entries o ON o.entry_id = m.entry_id
    WHERE m.match_id = NEW.id AND o.match_id <> NEW.id
      AND NOT EXISTS (SELECT 1 FROM bank_match_endings WHERE match_id = o.match_id))
BEGIN SELECT RAISE(ABORT, 'match_comes_out_even'); END;
CREATE TRIGGER match_endings_are_new BEFORE INSERT ON bank_match_endings
WHEN EXISTS (SELECT 1 FROM bank_match_endings WHERE match_id = NEW.match_id)
BEGIN SELECT RAISE(ABORT, 'matches_are_final'); END;
CREATE TRIGGER fees_are_new BEFORE INSERT ON bank_fees
WHEN EXISTS (SELECT 1 FROM bank_fees WHERE entry_id = NEW.entry_id OR row_id = NEW.row_id)
  OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'fees_are_final'); END;

-- B-80: what is between the books and the bank is named to the last rial.
CREATE TRIGGER b80_difference_is_explained BEFORE INSERT ON bank_reconciliations
WHEN EXISTS (SELECT 1 FROM bank_reconciliations WHERE id = NEW.id)
  OR NEW.bank_rial - NEW.book_rial IS NOT coalesce(
    (SELECT sum(value ->> 'rial') FROM json_each(NEW.items)), 0)
BEGIN SELECT RAISE(ABORT, 'b80_difference_is_explained'); END;
CREATE TRIGGER b80_signed_by_another BEFORE INSERT ON bank_reconciliation_signings
WHEN EXISTS (SELECT 1 FROM bank_reconciliation_signings WHERE reconciliation_id = NEW.reconciliation_id)
  OR NEW.signed_by = (SELECT prepared_by FROM bank_reconciliations WHERE id = NEW.reconciliation_id)
  OR NOT EXISTS (SELECT 1 FROM papers p JOIN bank_reconciliations r ON r.id = NEW.reconciliation_id
    WHERE p.id = NEW.paper_id AND p.kind = 'reconciliation' AND p.centre_id = r.centre_id
      AND p.act_id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'b80_signed_by_another'); END;

CREATE TRIGGER plans_are_new BEFORE INSERT ON financial_plans
WHEN EXISTS (SELECT 1 FROM financial_plans WHERE id = NEW.id)
  OR NEW.version IS NOT 1 + coalesce((SELECT max(version) FROM financial_plans
    WHERE centre_id = NEW.centre_id AND year = NEW.year), 0)
  OR NOT EXISTS (SELECT 1 FROM financial_plan_lines WHERE plan_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'plans_are_final'); END;
CREATE TRIGGER b79_change_has_reason BEFORE INSERT ON financial_plans
WHEN coalesce(length(trim(NEW.reason)), 0) < 3 AND EXISTS (
  SELECT 1 FROM financial_plans p JOIN financial_plan_steps s ON s.plan_id = p.id
  WHERE p.centre_id = NEW.centre_id AND p.year = NEW.year AND s.step = 'approved')
BEGIN SELECT RAISE(ABORT, 'b79_change_has_reason'); END;
CREATE TRIGGER plan_lines_are_final_insert BEFORE INSERT ON financial_plan_lines
WHEN EXISTS (SELECT 1 FROM financial_plans WHERE id = NEW.plan_id)
BEGIN SELECT RAISE(ABORT, 'plans_are_final'); END;
-- Proposed first, then approved or returned by another, and only in its newest version.
CREATE TRIGGER b79_approved_by_another BEFORE INSERT ON financial_plan_steps
WHEN EXISTS (SELECT 1 FROM financial_plan_steps WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM financial_plan_steps WHERE plan_id = NEW.plan_id
    AND step IN ('returned', 'approved'))
  OR (NEW.step <> 'proposed') <> EXISTS (SELECT 1 FROM financial_plan_steps
    WHERE plan_id = NEW.plan_id AND step = 'proposed')
  OR EXISTS (SELECT 1 FROM financial_plans p JOIN financial_plans n
      ON n.centre_id = p.centre_id AND n.year = p.year AND n.version > p.version
    WHERE p.id = NEW.plan_id)
  OR (NEW.step = 'approved'
    AND NEW.taken_by = (SELECT prepared_by FROM financial_plans WHERE id = NEW.plan_id))
BEGIN SELECT RAISE(ABORT, 'b79_approved_by_another'); END;

-- One code is one row's, as long as it is the newest of that row.
CREATE TRIGGER b112_code_once BEFORE INSERT ON registration_codes
WHEN EXISTS (SELECT 1 FROM registration_codes WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM registration_codes c
    WHERE c.centre_id = NEW.centre_id AND c.code = NEW.code AND c.subject <> NEW.subject
      AND c.id = (SELECT max(id) FROM registration_codes WHERE subject = c.subject))
BEGIN SELECT RAISE(ABORT, 'b112_code_once'); END;
CREATE TRIGGER b112_codes_not_backwards BEFORE INSERT ON registration_rules
WHEN EXISTS (SELECT 1 FROM registration_rules WHERE id = NEW.id)
  OR NOT EXISTS (SELECT 1 FROM acts a JOIN users u ON u.id = a.user_id
    WHERE a.id = NEW.act_id AND u.role = 'province-deputy'
      AND NEW.from_on >= date(a.at, '+210 minutes'))
BEGIN SELECT RAISE(ABORT, 'b112_codes_not_backwards'); END;

-- What is written stays as it was written (B-134).
CREATE TRIGGER money_transfers_stay_update BEFORE UPDATE ON money_transfers
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER money_transfers_stay_delete BEFORE DELETE ON money_transfers
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER money_transfer_funds_stay_update BEFORE UPDATE ON money_transfer_funds
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER money_transfer_funds_stay_delete BEFORE DELETE ON money_transfer_funds
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER money_transfer_signings_stay_update BEFORE UPDATE ON money_transfer_signings
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER money_transfer_signings_stay_delete BEFORE DELETE ON money_transfer_signings
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER money_transfer_withdrawals_stay_update BEFORE UPDATE ON money_transfer_withdrawals
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER money_transfer_withdrawals_stay_delete BEFORE DELETE ON money_transfer_withdrawals
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER money_transfer_reversals_stay_update BEFORE UPDATE ON money_transfer_reversals
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER money_transfer_reversals_stay_delete BEFORE DELETE ON money_transfer_reversals
BEGIN SELECT RAISE(ABORT, 'transfers_are_final'); END;
CREATE TRIGGER cash_counts_stay_update BEFORE UPDATE ON cash_counts
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER cash_counts_stay_delete BEFORE DELETE ON cash_counts
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER cash_count_notes_stay_update BEFORE UPDATE ON cash_count_notes
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER cash_count_notes_stay_delete BEFORE DELETE ON cash_count_notes
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER cash_count_signings_stay_update BEFORE UPDATE ON cash_count_signings
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER cash_count_signings_stay_delete BEFORE DELETE ON cash_count_signings
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER bank_files_stay_update BEFORE UPDATE ON bank_files
BEGIN SELECT RAISE(ABORT, 'bank_files_are_final'); END;
CREATE TRIGGER bank_files_stay_delete BEFORE DELETE ON bank_files
BEGIN SELECT RAISE(ABORT, 'bank_files_are_final'); END;
CREATE TRIGGER bank_layouts_stay_update BEFORE UPDATE ON bank_layouts
BEGIN SELECT RAISE(ABORT, 'bank_layouts_are_final'); END;
CREATE TRIGGER bank_layouts_stay_delete BEFORE DELETE ON bank_layouts
BEGIN SELECT RAISE(ABORT, 'bank_layouts_are_final'); END;
CREATE TRIGGER bank_statements_stay_update BEFORE UPDATE ON bank_statements
BEGIN SELECT RAISE(ABORT, 'statements_are_final'); END;
CREATE TRIGGER bank_statements_stay_delete BEFORE DELETE ON bank_statements
BEGIN SELECT RAISE(ABORT, 'statements_are_final'); END;
CREATE TRIGGER bank_rows_stay_update BEFORE UPDATE ON bank_rows
BEGIN SELECT RAISE(ABORT, 'statements_are_final'); END;
CREATE TRIGGER bank_rows_stay_delete BEFORE DELETE ON bank_rows
BEGIN SELECT RAISE(ABORT, 'statements_are_final'); END;
CREATE TRIGGER bank_match_rows_stay_update BEFORE UPDATE ON bank_match_rows
BEGIN SELECT RAISE(ABORT, 'matches_are_final'); END;
CREATE TRIGGER bank_match_rows_stay_delete BEFORE DELETE ON bank_match_rows
BEGIN SELECT RAISE(ABORT, 'matches_are_final'); END;
CREATE TRIGGER bank_match_entries_stay_update BEFORE UPDATE ON bank_match_entries
BEGIN SELECT RAISE(ABORT, 'matches_are_final'); END;
CREATE TRIGGER bank_match_entries_stay_delete BEFORE DELETE ON bank_match_entries
BEGIN SELECT RAISE(ABORT, 'matches_are_final'); END;
CREATE TRIGGER bank_matches_stay_update BEFORE UPDATE ON bank_matches
BEGIN SELECT RAISE(ABORT, 'matches_are_final'); END;
CREATE TRIGGER bank_matches_stay_delete BEFORE DELETE ON bank_matches
BEGIN SELECT RAISE(ABORT, 'matches_are_final'); END;
CREATE TRIGGER bank_match_endings_stay_update BEFORE UPDATE ON bank_match_endings
BEGIN SELECT RAISE(ABORT, 'matches_are_final'); END;
CREATE TRIGGER bank_match_endings_stay_delete BEFORE DELETE ON bank_match_endings
BEGIN SELECT RAISE(ABORT, 'matches_are_final'); END;
CREATE TRIGGER bank_fees_stay_update BEFORE UPDATE ON bank_fees
BEGIN SELECT RAISE(ABORT, 'fees_are_final'); END;
CREATE TRIGGER bank_fees_stay_delete BEFORE DELETE ON bank_fees
BEGIN SELECT RAISE(ABORT, 'fees_are_final'); END;
CREATE TRIGGER bank_reconciliations_stay_update BEFORE UPDATE ON bank_reconciliations
BEGIN SELECT RAISE(ABORT, 'reconciliations_are_final'); END;
CREATE TRIGGER bank_reconciliations_stay_delete BEFORE DELETE ON bank_reconciliations
BEGIN SELECT RAISE(ABORT, 'reconciliations_are_final'); END;
CREATE TRIGGER bank_reconciliation_signings_stay_update BEFORE UPDATE ON bank_reconciliation_signings
BEGIN SELECT RAISE(ABORT, 'reconciliations_are_final'); END;
CREATE TRIGGER bank_reconciliation_signings_stay_delete BEFORE DELETE ON bank_reconciliation_signings
BEGIN SELECT RAISE(ABORT, 'reconciliations_are_final'); END;
CREATE TRIGGER financial_plans_stay_update BEFORE UPDATE ON financial_plans
BEGIN SELECT RAISE(ABORT, 'plans_are_final'); END;
CREATE TRIGGER financial_plans_stay_delete BEFORE DELETE ON financial_plans
BEGIN SELECT RAISE(ABORT, 'plans_are_final'); END;
CREATE TRIGGER financial_plan_lines_stay_update BEFORE UPDATE ON financial_plan_lines
BEGIN SELECT RAISE(ABORT, 'plans_are_final'); END;
CREATE TRIGGER financial_plan_lines_stay_delete BEFORE DELETE ON financial_plan_lines
BEGIN SELECT RAISE(ABORT, 'plans_are_final'); END;
CREATE TRIGGER financial_plan_steps_stay_update BEFORE UPDATE ON financial_plan_steps
BEGIN SELECT RAISE(ABORT, 'plans_are_final'); END;
CREATE TRIGGER financial_plan_steps_stay_delete BEFORE DELETE ON financial_plan_steps
BEGIN SELECT RAISE(ABORT, 'plans_are_final'); END;
CREATE TRIGGER registration_codes_stay_update BEFORE UPDATE ON registration_codes
BEGIN SELECT RAISE(ABORT, 'codes_are_final'); END;
CREATE TRIGGER registration_codes_stay_delete BEFORE DELETE ON registration_codes
BEGIN SELECT RAISE(ABORT, 'codes_are_final'); END;
CREATE TRIGGER registration_rules_stay_update BEFORE UPDATE ON registration_rules
BEGIN SELECT RAISE(ABORT, 'registration_rules_are_final'); END;
CREATE TRIGGER registration_rules_stay_delete BEFORE DELETE ON registration_rules
BEGIN SELECT RAISE(ABORT, 'registration_rules_are_final'); END;
