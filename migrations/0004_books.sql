-- The books: funds, each centre's chart of accounts, its fiscal years, entries and their lines.

-- The kinds of religious giving (nothing is given but with an intention), the same for the province.
CREATE TABLE funds (
  code TEXT PRIMARY KEY
    CONSTRAINT b98_no_mosque_fund CHECK (code NOT LIKE '%mosque%' AND name_fa NOT LIKE '%مسجد%'),
  name_fa TEXT NOT NULL,
  name_en TEXT NOT NULL,
  -- free: any programme; restricted: its own use; held: belongs to somebody else and passes through.
  restriction TEXT NOT NULL CONSTRAINT fund_restriction CHECK (restriction IN ('free', 'restricted', 'held')),
  account TEXT NOT NULL,
  hint_fa TEXT NOT NULL,
  hint_en TEXT NOT NULL,
  position INTEGER NOT NULL,
  rules TEXT NOT NULL CONSTRAINT fund_rules_are_json CHECK (json_valid(rules))
) STRICT, WITHOUT ROWID;

-- Purposes that begin like this are meant for the mosque itself, whose money is not the centre's; one
-- that ends in a dollar sign is the whole purpose.
CREATE TABLE mosque_purposes (
  beginning TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- An account of a centre: group (one digit), general (two), subsidiary (four); lines go to the last.
CREATE TABLE accounts (
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  code TEXT NOT NULL,
  level TEXT NOT NULL CONSTRAINT account_level CHECK (
    (level = 'group' AND length(code) = 1) OR (level = 'general' AND length(code) = 2)
    OR (level = 'subsidiary' AND length(code) = 4)),
  name_fa TEXT NOT NULL,
  name_en TEXT NOT NULL,
  nature TEXT NOT NULL CONSTRAINT account_nature CHECK (nature IN ('debit', 'credit')),
  PRIMARY KEY (centre_id, code),
  CONSTRAINT b98_no_mosque_account CHECK (name_fa NOT LIKE '%مسجد%'),
  CONSTRAINT b46_no_wage_account CHECK (
    name_fa NOT LIKE '%حقوق%' AND name_fa NOT LIKE '%دستمزد%' AND name_fa NOT LIKE '%حق‌الزحمه%'),
  CONSTRAINT b114_no_rent_account CHECK (name_fa NOT LIKE '%اجاره%')
) STRICT, WITHOUT ROWID;
CREATE TRIGGER accounts_are_new BEFORE INSERT ON accounts
WHEN EXISTS (SELECT 1 FROM accounts WHERE centre_id = NEW.centre_id AND code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'b134_accounts_stay'); END;
CREATE TRIGGER accounts_stay BEFORE DELETE ON accounts
BEGIN SELECT RAISE(ABORT, 'b134_accounts_stay'); END;
CREATE TRIGGER account_codes_stay BEFORE UPDATE OF centre_id, code, level, nature ON accounts
BEGIN SELECT RAISE(ABORT, 'account_codes_stay'); END;

-- A Jalali year of a centre's books, opened by its first entry.
CREATE TABLE fiscal_years (
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  year INTEGER NOT NULL,
  opened_at TEXT NOT NULL,
  PRIMARY KEY (centre_id, year)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fiscal_years_stay BEFORE DELETE ON fiscal_years
BEGIN SELECT RAISE(ABORT, 'b134_fiscal_years_stay'); END;

-- A posted journal entry; written after its lines, and final from then on.
CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  month INTEGER NOT NULL,
  entry_on TEXT NOT NULL,
  description TEXT NOT NULL CONSTRAINT entry_description CHECK (length(trim(description)) > 0),
  source TEXT NOT NULL CONSTRAINT entry_source CHECK (source IN ('donation', 'manual', 'reversal')),
  donation_id INTEGER REFERENCES donations (id),
  reverses_entry_id INTEGER CONSTRAINT reversed_once UNIQUE REFERENCES entries (id),
  reason TEXT,
  drafted_by INTEGER NOT NULL REFERENCES users (id),
  posted_by INTEGER NOT NULL REFERENCES users (id),
  posted_at TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT entry_number_once UNIQUE (centre_id, year, number),
  FOREIGN KEY (centre_id, year) REFERENCES fiscal_years (centre_id, year),
  -- Whoever writes an entry by hand does not post it; a gift is one act, whole.
  CONSTRAINT two_signatures CHECK (source <> 'manual' OR drafted_by <> posted_by),
  CONSTRAINT donation_entry_has_donation CHECK (source <> 'donation' OR donation_id IS NOT NULL),
  CONSTRAINT reversal_reverses CHECK ((source = 'reversal') = (reverses_entry_id IS NOT NULL)),
  CONSTRAINT reversal_has_reason CHECK (source <> 'reversal' OR coalesce(length(trim(reason)), 0) >= 3)
) STRICT;
CREATE INDEX entries_by_day ON entries (centre_id, entry_on, id);

-- One account's side of an entry: a debit or a credit, never both, and always in a fund.
CREATE TABLE entry_lines (
  entry_id INTEGER NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  line INTEGER NOT NULL CONSTRAINT line_is_counted CHECK (line BETWEEN 1 AND 200),
  centre_id INTEGER NOT NULL,
  year INTEGER NOT NULL,
  account TEXT NOT NULL CONSTRAINT line_in_subsidiary CHECK (length(account) = 4),
  fund TEXT NOT NULL REFERENCES funds (code),
  debit_rial INTEGER NOT NULL CONSTRAINT debit_in_range CHECK (debit_rial BETWEEN 0 AND 99999999999999),
  credit_rial INTEGER NOT NULL CONSTRAINT credit_in_range CHECK (credit_rial BETWEEN 0 AND 99999999999999),
  detail TEXT,
  PRIMARY KEY (entry_id, line),
  FOREIGN KEY (centre_id, account) REFERENCES accounts (centre_id, code),
  CONSTRAINT debit_or_credit CHECK ((debit_rial = 0) <> (credit_rial = 0))
) STRICT, WITHOUT ROWID;
CREATE INDEX lines_of_account ON entry_lines (centre_id, year, account, entry_id);

-- Sums per account, fund and month, kept beside the lines; the doctor counts them again.
CREATE TABLE balances (
  centre_id INTEGER NOT NULL,
  year INTEGER NOT NULL,
  month INTEGER NOT NULL,
  account TEXT NOT NULL,
  fund TEXT NOT NULL,
  debit_rial INTEGER NOT NULL,
  credit_rial INTEGER NOT NULL,
  PRIMARY KEY (centre_id, year, month, account, fund)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER posted_entry_takes_no_line BEFORE INSERT ON entry_lines
WHEN EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id)
  OR EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.entry_id AND line = NEW.line)
BEGIN SELECT RAISE(ABORT, 'posted_entry_is_final'); END;
CREATE TRIGGER lines_are_final_update BEFORE UPDATE ON entry_lines
BEGIN SELECT RAISE(ABORT, 'posted_entry_is_final'); END;
CREATE TRIGGER lines_are_final_delete BEFORE DELETE ON entry_lines
BEGIN SELECT RAISE(ABORT, 'posted_entry_is_final'); END;

CREATE TRIGGER entries_are_new BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM entries WHERE id = NEW.id)
  OR (NEW.reverses_entry_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = NEW.reverses_entry_id))
BEGIN SELECT RAISE(ABORT, 'posted_entry_is_final'); END;
CREATE TRIGGER b132_entry_number_follows BEFORE INSERT ON entries
WHEN NEW.number IS NOT 1 + coalesce((SELECT last_number FROM numbers
  WHERE series = 'entry' AND centre_id = NEW.centre_id AND year = NEW.year), 0)
BEGIN SELECT RAISE(ABORT, 'b132_number_without_gap'); END;
CREATE TRIGGER entry_day_is_in_its_month BEFORE INSERT ON entries
WHEN NOT EXISTS (SELECT 1 FROM calendar_months
    WHERE year = NEW.year AND month = NEW.month AND NEW.entry_on BETWEEN first_on AND last_on)
  -- Asked so that a moment which is none lets nothing pass.
  OR NOT coalesce(NEW.entry_on <= date(NEW.posted_at, '+210 minutes'), 0)
BEGIN SELECT RAISE(ABORT, 'entry_day_is_in_its_month'); END;
-- B-128: nothing is booked by hand of a day before the first licence. Closing the books of a centre
-- whose licence has ended is still its duty.
CREATE TRIGGER b128_licence_before_entry BEFORE INSERT ON entries
WHEN NEW.source = 'manual'
  AND NOT EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id AND from_on <= NEW.entry_on)
BEGIN SELECT RAISE(ABORT, 'b128_licence_before_entry'); END;
CREATE TRIGGER entry_balances BEFORE INSERT ON entries
WHEN (SELECT count(*) FROM entry_lines WHERE entry_id = NEW.id) < 2
  OR EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id
    AND (centre_id <> NEW.centre_id OR year <> NEW.year))
  OR (SELECT sum(debit_rial) FROM entry_lines WHERE entry_id = NEW.id) > 99999999999999
  OR EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id
    GROUP BY fund HAVING sum(debit_rial) <> sum(credit_rial))
BEGIN SELECT RAISE(ABORT, 'entry_balances'); END;
CREATE TRIGGER reversal_mirrors BEFORE INSERT ON entries
WHEN NEW.reverses_entry_id IS NOT NULL AND (
  NEW.centre_id IS NOT (SELECT centre_id FROM entries WHERE id = NEW.reverses_entry_id)
  OR EXISTS (
    SELECT line, account, fund, debit_rial, credit_rial FROM entry_lines WHERE entry_id = NEW.id
    EXCEPT
    SELECT line, account, fund, credit_rial, debit_rial FROM entry_lines WHERE entry_id = NEW.reverses_entry_id)
  OR (SELECT count(*) FROM entry_lines WHERE entry_id = NEW.id)
    <> (SELECT count(*) FROM entry_lines WHERE entry_id = NEW.reverses_entry_id))
BEGIN SELECT RAISE(ABORT, 'reversal_mirrors'); END;
CREATE TRIGGER entry_is_counted AFTER INSERT ON entries
BEGIN
  INSERT INTO numbers (series, centre_id, year, last_number)
  VALUES ('entry', NEW.centre_id, NEW.year, NEW.number)
  ON CONFLICT DO UPDATE SET last_number = excluded.last_number;
  INSERT INTO balances (centre_id, year, month, account, fund, debit_rial, credit_rial)
  SELECT NEW.centre_id, NEW.year, NEW.month, account, fund, sum(debit_rial), sum(credit_rial)
  FROM entry_lines WHERE entry_id = NEW.id GROUP BY account, fund
  ON CONFLICT DO UPDATE SET debit_rial = debit_rial + excluded.debit_rial,
    credit_rial = credit_rial + excluded.credit_rial;
END;
CREATE TRIGGER entries_are_final_update BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'posted_entry_is_final'); END;
CREATE TRIGGER entries_are_final_delete BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'posted_entry_is_final'); END;

-- An entry written by hand and not yet posted: it counts for nothing and has no number.
CREATE TABLE entry_drafts (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  entry_on TEXT NOT NULL,
  description TEXT NOT NULL,
  lines TEXT NOT NULL CONSTRAINT draft_lines_are_json CHECK (json_valid(lines)),
  drafted_by INTEGER NOT NULL REFERENCES users (id),
  drafted_at TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'draft' CONSTRAINT draft_state CHECK (state IN ('draft', 'posted', 'withdrawn')),
  entry_id INTEGER REFERENCES entries (id),
  CONSTRAINT posted_draft_has_entry CHECK ((state = 'posted') = (entry_id IS NOT NULL))
) STRICT;
CREATE INDEX drafts_of_centre ON entry_drafts (centre_id, state);
CREATE TRIGGER drafts_are_new BEFORE INSERT ON entry_drafts
WHEN EXISTS (SELECT 1 FROM entry_drafts WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'b134_drafts_stay'); END;
CREATE TRIGGER settled_draft_stays BEFORE UPDATE ON entry_drafts WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'settled_draft_stays'); END;
CREATE TRIGGER drafts_stay BEFORE DELETE ON entry_drafts
BEGIN SELECT RAISE(ABORT, 'b134_drafts_stay'); END;

-- A numbered copy of a book: the journal, one ledger or the trial balance of some days. It ends with
-- the newest entry of that moment (until_entry_id); what is posted later is not of this copy.
CREATE TABLE sealed_books (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  book TEXT NOT NULL CONSTRAINT sealed_book CHECK (book IN ('journal', 'ledger', 'trial-balance')),
  account TEXT,
  columns INTEGER,
  level TEXT,
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  last_entry_year INTEGER NOT NULL,
  last_entry_number INTEGER NOT NULL,
  until_entry_id INTEGER NOT NULL REFERENCES entries (id),
  sealed_on TEXT NOT NULL,
  sealed_by INTEGER NOT NULL REFERENCES users (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT book_number_once UNIQUE (centre_id, year, number),
  FOREIGN KEY (centre_id, account) REFERENCES accounts (centre_id, code),
  FOREIGN KEY (centre_id, last_entry_year, last_entry_number)
    REFERENCES entries (centre_id, year, number),
  CONSTRAINT sealed_ledger_of_account CHECK (
    (book = 'ledger') = (account IS NOT NULL) AND coalesce(length(account), 2) IN (2, 4)),
  CONSTRAINT sealed_balance_in_columns CHECK (
    (book = 'trial-balance') = (columns IS NOT NULL) AND (columns IS NULL) = (level IS NULL)
    AND coalesce(columns, 2) IN (2, 4, 6, 8)
    AND coalesce(level, 'general') IN ('general', 'subsidiary')),
  CONSTRAINT sealed_days_have_passed CHECK (from_on <= to_on AND to_on <= sealed_on)
) STRICT;
-- B-117: without an activity code the centre has no seal.
CREATE TRIGGER b117_seal_after_code BEFORE INSERT ON sealed_books
WHEN NOT EXISTS (SELECT 1 FROM activity_codes WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b117_seal_after_code'); END;
CREATE TRIGGER b132_book_number_follows BEFORE INSERT ON sealed_books
WHEN NEW.number IS NOT 1 + coalesce((SELECT last_number FROM numbers
    WHERE series = 'book' AND centre_id = NEW.centre_id AND year = NEW.year), 0)
  OR NOT EXISTS (SELECT 1 FROM calendar_months
    WHERE year = NEW.year AND NEW.sealed_on BETWEEN first_on AND last_on)
  OR EXISTS (SELECT 1 FROM sealed_books WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'b132_number_without_gap'); END;
CREATE TRIGGER sealed_book_ends_with_newest BEFORE INSERT ON sealed_books
WHEN NEW.until_entry_id IS NOT (SELECT id FROM entries WHERE +centre_id = NEW.centre_id
    ORDER BY id DESC LIMIT 1)
  OR NOT EXISTS (SELECT 1 FROM entries WHERE centre_id = NEW.centre_id
    AND year = NEW.last_entry_year AND number = NEW.last_entry_number
    AND entry_on BETWEEN NEW.from_on AND NEW.to_on)
BEGIN SELECT RAISE(ABORT, 'sealed_book_ends_with_newest'); END;
CREATE TRIGGER sealed_book_has_its_paper BEFORE INSERT ON sealed_books
WHEN NOT EXISTS (SELECT 1 FROM papers WHERE id = NEW.paper_id AND kind = 'book'
  AND centre_id = NEW.centre_id AND act_id = NEW.act_id AND issued_on = NEW.sealed_on
  AND number = NEW.year || '-' || printf('%04d', NEW.number))
BEGIN SELECT RAISE(ABORT, 'sealed_book_has_its_paper'); END;
CREATE TRIGGER book_number_is_counted AFTER INSERT ON sealed_books
BEGIN
  INSERT INTO numbers (series, centre_id, year, last_number)
  VALUES ('book', NEW.centre_id, NEW.year, NEW.number)
  ON CONFLICT DO UPDATE SET last_number = excluded.last_number;
END;
CREATE TRIGGER sealed_books_are_final_update BEFORE UPDATE ON sealed_books
BEGIN SELECT RAISE(ABORT, 'sealed_books_are_final'); END;
CREATE TRIGGER sealed_books_are_final_delete BEFORE DELETE ON sealed_books
BEGIN SELECT RAISE(ABORT, 'sealed_books_are_final'); END;
