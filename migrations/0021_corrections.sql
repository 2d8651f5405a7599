-- Each step has a way back: what was written wrong of a licence, an activity code, an account or a
-- training is corrected by a new row, which says what is right and why, on the day it is made. What
-- was corrected stays as it was written; the latest row counts, in the views at the end of each part.

-- B-128: the licence's number or days. Its paper is issued anew; the one before says so when asked.
CREATE TABLE licence_corrections (
  id INTEGER PRIMARY KEY,
  licence_id INTEGER NOT NULL REFERENCES licences (id),
  number TEXT NOT NULL CONSTRAINT licence_number_corrected CHECK (length(trim(number)) > 0),
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT licence_correction_reason CHECK (length(trim(reason)) >= 3),
  corrected_on TEXT NOT NULL,
  corrected_by INTEGER NOT NULL REFERENCES users (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT licence_days_corrected CHECK (to_on >= from_on)
) STRICT;
CREATE INDEX licence_corrections_of ON licence_corrections (licence_id, id);

CREATE VIEW current_licences AS
SELECT l.id, l.centre_id, coalesce(c.number, l.number) AS number,
  coalesce(c.from_on, l.from_on) AS from_on, coalesce(c.to_on, l.to_on) AS to_on,
  l.issued_by, l.act_id, l.reason
FROM licences l LEFT JOIN licence_corrections c
  ON c.id = (SELECT max(id) FROM licence_corrections WHERE licence_id = l.id);

CREATE TRIGGER b128_committee_corrects_licence BEFORE INSERT ON licence_corrections
WHEN coalesce((SELECT role FROM users WHERE id = NEW.corrected_by), '')
  NOT IN ('county-head', 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'b128_committee_corrects_licence'); END;
-- B-109: what the deputy decided as a renewal is the deputy's to correct.
CREATE TRIGGER b109_deputy_corrects_renewal BEFORE INSERT ON licence_corrections
WHEN EXISTS (SELECT 1 FROM licences mine JOIN licences first ON first.centre_id = mine.centre_id
    AND first.act_id < mine.act_id WHERE mine.id = NEW.licence_id)
  AND (SELECT role FROM users WHERE id = NEW.corrected_by) IS NOT 'province-deputy'
BEGIN SELECT RAISE(ABORT, 'b109_deputy_corrects_renewal'); END;
-- B-109: once the licence's end has been told of, more days are a renewal and no correction.
CREATE TRIGGER b109_more_days_are_a_renewal BEFORE INSERT ON licence_corrections
WHEN EXISTS (SELECT 1 FROM current_licences l WHERE l.id = NEW.licence_id
  AND NEW.to_on > l.to_on AND NEW.corrected_on >= date(l.to_on, '-90 days'))
BEGIN SELECT RAISE(ABORT, 'b109_more_days_are_a_renewal'); END;
CREATE TRIGGER b109_standing_before_correction BEFORE INSERT ON licence_corrections
WHEN coalesce((SELECT kind FROM licence_decisions
    WHERE centre_id = (SELECT centre_id FROM licences WHERE id = NEW.licence_id)
      AND kind <> 'renew' ORDER BY id DESC LIMIT 1), 'reinstate') <> 'reinstate'
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_correction'); END;
CREATE TRIGGER b17_licence_corrected_in_own_county BEFORE INSERT ON licence_corrections
WHEN (SELECT county_id FROM users WHERE id = NEW.corrected_by)
  <> (SELECT c.county_id FROM licences l JOIN centres c ON c.id = l.centre_id
    WHERE l.id = NEW.licence_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b128_one_corrected_licence_a_day BEFORE INSERT ON licence_corrections
WHEN EXISTS (SELECT 1 FROM licences mine JOIN current_licences other
    ON other.centre_id = mine.centre_id AND other.id <> mine.id
  WHERE mine.id = NEW.licence_id AND other.from_on <= NEW.to_on AND other.to_on >= NEW.from_on)
BEGIN SELECT RAISE(ABORT, 'b128_one_licence_a_day'); END;
-- A number, once given, is not given to another.
CREATE TRIGGER licence_number_corrected_once BEFORE INSERT ON licence_corrections
WHEN EXISTS (SELECT 1 FROM licences WHERE number = NEW.number AND id <> NEW.licence_id)
  OR EXISTS (SELECT 1 FROM licence_corrections
    WHERE number = NEW.number AND licence_id <> NEW.licence_id)
BEGIN SELECT RAISE(ABORT, 'licence_number_once'); END;
CREATE TRIGGER licence_number_was_no_correction BEFORE INSERT ON licences
WHEN EXISTS (SELECT 1 FROM licence_corrections WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'licence_number_once'); END;
-- B-128, B-129: no gift, decree or letter of assignment is left on a day without a licence.
CREATE TRIGGER b128_correction_leaves_no_gift BEFORE INSERT ON licence_corrections
WHEN EXISTS (SELECT 1 FROM current_licences l JOIN donations d ON d.centre_id = l.centre_id
  WHERE l.id = NEW.licence_id AND (
    (d.received_on BETWEEN l.from_on AND l.to_on
      AND d.received_on NOT BETWEEN NEW.from_on AND NEW.to_on)
    OR (date(d.entered_at, '+210 minutes') BETWEEN l.from_on AND l.to_on
      AND date(d.entered_at, '+210 minutes') NOT BETWEEN NEW.from_on AND NEW.to_on)))
BEGIN SELECT RAISE(ABORT, 'b128_correction_leaves_no_gift'); END;
CREATE TRIGGER b129_correction_leaves_no_decree BEFORE INSERT ON licence_corrections
WHEN EXISTS (SELECT 1 FROM current_licences l JOIN decrees d ON d.centre_id = l.centre_id
    JOIN decree_issues i ON i.decree_id = d.id LEFT JOIN decree_endings e ON e.decree_id = d.id
  WHERE l.id = NEW.licence_id AND e.decree_id IS NULL
    AND d.from_on >= l.from_on AND d.to_on <= l.to_on
    AND (d.from_on < NEW.from_on OR d.to_on > NEW.to_on))
  OR EXISTS (SELECT 1 FROM current_licences l JOIN assignments a ON a.centre_id = l.centre_id
    LEFT JOIN assignment_endings e ON e.assignment_id = a.id
  WHERE l.id = NEW.licence_id AND e.assignment_id IS NULL
    AND a.from_on >= l.from_on AND a.to_on <= l.to_on
    AND (a.from_on < NEW.from_on OR a.to_on > NEW.to_on))
BEGIN SELECT RAISE(ABORT, 'b129_correction_leaves_no_decree'); END;
CREATE TRIGGER b128_correction_has_its_paper BEFORE INSERT ON licence_corrections
WHEN NOT EXISTS (SELECT 1 FROM papers p JOIN licences l ON l.id = NEW.licence_id
  WHERE p.id = NEW.paper_id AND p.kind = 'licence' AND p.centre_id = l.centre_id
    AND p.act_id = NEW.act_id AND p.issued_on = NEW.corrected_on)
BEGIN SELECT RAISE(ABORT, 'b128_correction_has_its_paper'); END;
CREATE TRIGGER licence_corrections_are_new BEFORE INSERT ON licence_corrections
WHEN EXISTS (SELECT 1 FROM licence_corrections WHERE id = NEW.id)
  OR NEW.corrected_on IS NOT (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'licence_corrections_are_final'); END;
CREATE TRIGGER licence_corrections_are_final_update BEFORE UPDATE ON licence_corrections
BEGIN SELECT RAISE(ABORT, 'licence_corrections_are_final'); END;
CREATE TRIGGER licence_corrections_are_final_delete BEFORE DELETE ON licence_corrections
BEGIN SELECT RAISE(ABORT, 'licence_corrections_are_final'); END;

-- What asks for a licence's days asks from now on for the corrected ones.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(sql,
  'FROM licences', 'FROM current_licences'), 'JOIN licences', 'JOIN current_licences')
WHERE type = 'trigger' AND name IN ('b128_one_licence_a_day', 'b109_renewed_by_decision',
  'b109_decision_on_a_licence', 'licence_warnings_are_new', 'b128_decree_within_licence',
  'b128_licence_before_donation', 'b128_licence_before_entry', 'b128_card_within_licence',
  'b128_assignment_within_licence', 'b128_channel_after_licence',
  'b128_decree_drafted_within_licence', 'licence_ends_are_new')
  OR type = 'view' AND name = 'licences_over';
PRAGMA writable_schema = RESET;

-- B-117: a code is one centre's at a time. What was written wrong for one centre may be the code of
-- another, so that the first writing of a code is no longer kept from all others.
PRAGMA legacy_alter_table = ON;
CREATE TABLE activity_codes_anew (
  centre_id INTEGER PRIMARY KEY REFERENCES centres (id),
  code TEXT NOT NULL CONSTRAINT activity_code CHECK (length(trim(code)) > 0),
  recorded_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
INSERT INTO activity_codes_anew SELECT * FROM activity_codes;
DROP TABLE activity_codes;
ALTER TABLE activity_codes_anew RENAME TO activity_codes;
PRAGMA legacy_alter_table = OFF;

CREATE TABLE activity_code_corrections (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES activity_codes (centre_id),
  code TEXT NOT NULL CONSTRAINT activity_code_corrected CHECK (length(trim(code)) > 0),
  reason TEXT NOT NULL CONSTRAINT code_correction_reason CHECK (length(trim(reason)) >= 3),
  corrected_on TEXT NOT NULL,
  corrected_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX activity_code_corrections_of ON activity_code_corrections (centre_id, id);

CREATE VIEW current_activity_codes AS
SELECT a.centre_id, coalesce(c.code, a.code) AS code, a.recorded_on, a.act_id
FROM activity_codes a LEFT JOIN activity_code_corrections c
  ON c.id = (SELECT max(id) FROM activity_code_corrections WHERE centre_id = a.centre_id);

CREATE TRIGGER b117_activity_code_after_licence BEFORE INSERT ON activity_codes
WHEN NOT EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b117_activity_code_after_licence'); END;
CREATE TRIGGER b117_committee_records_code BEFORE INSERT ON activity_codes
WHEN EXISTS (SELECT 1 FROM acts a JOIN users u ON u.id = a.user_id
  WHERE a.id = NEW.act_id AND coalesce(u.role, '') NOT IN ('county-head', 'province-deputy'))
BEGIN SELECT RAISE(ABORT, 'b117_committee_records_code'); END;
CREATE TRIGGER b17_coded_in_own_county BEFORE INSERT ON activity_codes
WHEN (SELECT u.county_id FROM acts a JOIN users u ON u.id = a.user_id WHERE a.id = NEW.act_id)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b128_licence_over_before_code BEFORE INSERT ON activity_codes
WHEN EXISTS (SELECT 1 FROM licences_over WHERE act_id = NEW.act_id AND centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b128_licence_over'); END;
CREATE TRIGGER b109_standing_before_code BEFORE INSERT ON activity_codes
WHEN EXISTS (SELECT 1 FROM standing_decisions
  WHERE centre_id = NEW.centre_id AND kind <> 'reinstate')
BEGIN SELECT RAISE(ABORT, 'b109_standing_before_code'); END;
CREATE TRIGGER b117_code_of_one_centre BEFORE INSERT ON activity_codes
WHEN EXISTS (SELECT 1 FROM current_activity_codes
  WHERE code = NEW.code AND centre_id <> NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b117_code_of_one_centre'); END;
CREATE TRIGGER activity_codes_are_new BEFORE INSERT ON activity_codes
WHEN EXISTS (SELECT 1 FROM activity_codes WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'activity_codes_are_final'); END;
CREATE TRIGGER activity_codes_are_final_update BEFORE UPDATE ON activity_codes
BEGIN SELECT RAISE(ABORT, 'activity_codes_are_final'); END;
CREATE TRIGGER activity_codes_are_final_delete BEFORE DELETE ON activity_codes
BEGIN SELECT RAISE(ABORT, 'activity_codes_are_final'); END;

CREATE TRIGGER b117_committee_corrects_code BEFORE INSERT ON activity_code_corrections
WHEN coalesce((SELECT role FROM users WHERE id = NEW.corrected_by), '')
  NOT IN ('county-head', 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'b117_committee_corrects_code'); END;
CREATE TRIGGER b17_code_corrected_in_own_county BEFORE INSERT ON activity_code_corrections
WHEN (SELECT county_id FROM users WHERE id = NEW.corrected_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER b117_corrected_code_of_one_centre BEFORE INSERT ON activity_code_corrections
WHEN EXISTS (SELECT 1 FROM current_activity_codes
  WHERE code = NEW.code AND centre_id <> NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b117_code_of_one_centre'); END;
CREATE TRIGGER activity_code_corrections_are_new BEFORE INSERT ON activity_code_corrections
WHEN EXISTS (SELECT 1 FROM activity_code_corrections WHERE id = NEW.id)
  OR NOT EXISTS (SELECT 1 FROM activity_codes WHERE centre_id = NEW.centre_id)
  OR NEW.corrected_on IS NOT (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'activity_code_corrections_are_final'); END;
CREATE TRIGGER activity_code_corrections_are_final_update BEFORE UPDATE ON activity_code_corrections
BEGIN SELECT RAISE(ABORT, 'activity_code_corrections_are_final'); END;
CREATE TRIGGER activity_code_corrections_are_final_delete BEFORE DELETE ON activity_code_corrections
BEGIN SELECT RAISE(ABORT, 'activity_code_corrections_are_final'); END;

-- B-118: the number, the Sheba or the day of the one account, and by the committee alone. Bank and
-- owner are no matter of a correction, and one opened after it was recorded would be a second.
CREATE TABLE bank_account_corrections (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES bank_accounts (centre_id),
  account_number TEXT NOT NULL CONSTRAINT b118_no_card_number_either
    CHECK (account_number GLOB '[0-9]*' AND account_number NOT GLOB '*[^0-9.-]*'
      AND length(replace(replace(account_number, '-', ''), '.', '')) <> 16),
  iban TEXT CONSTRAINT iban_corrected CHECK
    (iban IS NULL OR (length(iban) = 26 AND iban GLOB 'IR[0-9]*')),
  opened_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT account_correction_reason CHECK (length(trim(reason)) >= 3),
  corrected_on TEXT NOT NULL,
  corrected_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX bank_account_corrections_of ON bank_account_corrections (centre_id, id);

CREATE VIEW current_bank_accounts AS
SELECT b.centre_id, b.bank, b.owner_name,
  coalesce(c.account_number, b.account_number) AS account_number,
  iif(c.id IS NULL, b.iban, c.iban) AS iban, coalesce(c.opened_on, b.opened_on) AS opened_on,
  b.introduction_id, b.recorded_by, b.act_id
FROM bank_accounts b LEFT JOIN bank_account_corrections c
  ON c.id = (SELECT max(id) FROM bank_account_corrections WHERE centre_id = b.centre_id);

CREATE TRIGGER b118_account_of_one_centre BEFORE INSERT ON bank_accounts
WHEN EXISTS (SELECT 1 FROM current_bank_accounts WHERE centre_id <> NEW.centre_id
  AND (iban = NEW.iban OR replace(replace(account_number, '-', ''), '.', '')
    = replace(replace(NEW.account_number, '-', ''), '.', '')))
BEGIN SELECT RAISE(ABORT, 'b118_account_of_one_centre'); END;
CREATE TRIGGER b118_corrected_account_of_one_centre BEFORE INSERT ON bank_account_corrections
WHEN EXISTS (SELECT 1 FROM current_bank_accounts WHERE centre_id <> NEW.centre_id
  AND (iban = NEW.iban OR replace(replace(account_number, '-', ''), '.', '')
    = replace(replace(NEW.account_number, '-', ''), '.', '')))
BEGIN SELECT RAISE(ABORT, 'b118_account_of_one_centre'); END;
CREATE TRIGGER b118_committee_corrects_account BEFORE INSERT ON bank_account_corrections
WHEN coalesce((SELECT role FROM users WHERE id = NEW.corrected_by), '')
  NOT IN ('county-head', 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'b118_committee_corrects_account'); END;
CREATE TRIGGER b118_no_second_account BEFORE INSERT ON bank_account_corrections
WHEN NEW.opened_on NOT BETWEEN (SELECT i.issued_on FROM bank_accounts b
      JOIN introductions i ON i.id = b.introduction_id WHERE b.centre_id = NEW.centre_id)
    AND (SELECT date(a.at, '+210 minutes') FROM bank_accounts b JOIN acts a ON a.id = b.act_id
      WHERE b.centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b118_no_second_account'); END;
CREATE TRIGGER b17_account_corrected_in_own_county BEFORE INSERT ON bank_account_corrections
WHEN (SELECT county_id FROM users WHERE id = NEW.corrected_by)
  <> (SELECT county_id FROM centres WHERE id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER bank_account_corrections_are_new BEFORE INSERT ON bank_account_corrections
WHEN EXISTS (SELECT 1 FROM bank_account_corrections WHERE id = NEW.id)
  OR NOT EXISTS (SELECT 1 FROM bank_accounts WHERE centre_id = NEW.centre_id)
  OR NEW.corrected_on IS NOT (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'bank_account_corrections_are_final'); END;
CREATE TRIGGER bank_account_corrections_are_final_update BEFORE UPDATE ON bank_account_corrections
BEGIN SELECT RAISE(ABORT, 'bank_account_corrections_are_final'); END;
CREATE TRIGGER bank_account_corrections_are_final_delete BEFORE DELETE ON bank_account_corrections
BEGIN SELECT RAISE(ABORT, 'bank_account_corrections_are_final'); END;

-- B-121: what a training was, or that it was none: one of another person is withdrawn and recorded
-- anew. Once it is withdrawn it stays so.
CREATE TABLE training_corrections (
  id INTEGER PRIMARY KEY,
  training_id INTEGER NOT NULL REFERENCES trainings (id),
  subject TEXT NOT NULL CONSTRAINT training_subject_corrected CHECK (subject IN
    ('software', 'books', 'social-work', 'bylaw', 'giving')),
  trained_on TEXT NOT NULL,
  hours INTEGER NOT NULL CONSTRAINT training_hours_corrected CHECK (hours BETWEEN 1 AND 200),
  trainer TEXT NOT NULL CONSTRAINT b121_trainer_named_still CHECK (length(trim(trainer)) > 0),
  is_withdrawn INTEGER NOT NULL CONSTRAINT training_withdrawn CHECK (is_withdrawn IN (0, 1)),
  reason TEXT NOT NULL CONSTRAINT training_correction_reason CHECK (length(trim(reason)) >= 3),
  corrected_on TEXT NOT NULL,
  corrected_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT training_was_by_then CHECK (trained_on <= corrected_on)
) STRICT;
CREATE INDEX training_corrections_of ON training_corrections (training_id, id);

CREATE VIEW current_trainings AS
SELECT t.id, t.centre_id, t.person_id, coalesce(c.subject, t.subject) AS subject,
  coalesce(c.trained_on, t.trained_on) AS trained_on, coalesce(c.hours, t.hours) AS hours,
  coalesce(c.trainer, t.trainer) AS trainer, t.recorded_by, t.act_id
FROM trainings t LEFT JOIN training_corrections c
  ON c.id = (SELECT max(id) FROM training_corrections WHERE training_id = t.id)
WHERE coalesce(c.is_withdrawn, 0) = 0;

CREATE TRIGGER b121_committee_corrects_training BEFORE INSERT ON training_corrections
WHEN coalesce((SELECT role FROM users WHERE id = NEW.corrected_by), '')
  NOT IN ('county-head', 'province-deputy')
BEGIN SELECT RAISE(ABORT, 'b121_committee_corrects_training'); END;
CREATE TRIGGER b17_training_corrected_in_own_county BEFORE INSERT ON training_corrections
WHEN (SELECT county_id FROM users WHERE id = NEW.corrected_by)
  <> (SELECT c.county_id FROM trainings t JOIN centres c ON c.id = t.centre_id
    WHERE t.id = NEW.training_id)
BEGIN SELECT RAISE(ABORT, 'b17_own_county'); END;
CREATE TRIGGER withdrawn_training_stays_withdrawn BEFORE INSERT ON training_corrections
WHEN EXISTS (SELECT 1 FROM training_corrections
  WHERE training_id = NEW.training_id AND is_withdrawn = 1)
BEGIN SELECT RAISE(ABORT, 'withdrawn_training_stays_withdrawn'); END;
CREATE TRIGGER training_corrections_are_new BEFORE INSERT ON training_corrections
WHEN EXISTS (SELECT 1 FROM training_corrections WHERE id = NEW.id)
  OR NEW.corrected_on IS NOT (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'training_corrections_are_final'); END;
CREATE TRIGGER training_corrections_are_final_update BEFORE UPDATE ON training_corrections
BEGIN SELECT RAISE(ABORT, 'training_corrections_are_final'); END;
CREATE TRIGGER training_corrections_are_final_delete BEFORE DELETE ON training_corrections
BEGIN SELECT RAISE(ABORT, 'training_corrections_are_final'); END;

-- B-121: whether whoever of a board was not trained yet works in practice mode, from a day on.
CREATE TABLE practice_rules (
  id INTEGER PRIMARY KEY,
  from_on TEXT NOT NULL,
  untrained_practise INTEGER NOT NULL
    CONSTRAINT practice_rule_yes_no CHECK (untrained_practise IN (0, 1)),
  set_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER b121_deputy_rules_practice BEFORE INSERT ON practice_rules
WHEN (SELECT role FROM users WHERE id = NEW.set_by) IS NOT 'province-deputy'
BEGIN SELECT RAISE(ABORT, 'b121_deputy_rules_practice'); END;
CREATE TRIGGER practice_rules_are_new BEFORE INSERT ON practice_rules
WHEN EXISTS (SELECT 1 FROM practice_rules WHERE id = NEW.id)
  OR NEW.from_on < (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'practice_rules_are_final'); END;
CREATE TRIGGER practice_rules_are_final_update BEFORE UPDATE ON practice_rules
BEGIN SELECT RAISE(ABORT, 'practice_rules_are_final'); END;
CREATE TRIGGER practice_rules_are_final_delete BEFORE DELETE ON practice_rules
BEGIN SELECT RAISE(ABORT, 'practice_rules_are_final'); END;

-- B-121: a user goes into practice mode and out of it himself; the latest row counts.
CREATE TABLE practice_turns (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  practises INTEGER NOT NULL CONSTRAINT practises_yes_no CHECK (practises IN (0, 1)),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX practice_turns_of ON practice_turns (user_id, id);
CREATE TRIGGER practice_turns_are_new BEFORE INSERT ON practice_turns
WHEN EXISTS (SELECT 1 FROM practice_turns WHERE id = NEW.id)
  OR NEW.user_id IS NOT (SELECT user_id FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'practice_turns_are_final'); END;
CREATE TRIGGER practice_turns_are_final_update BEFORE UPDATE ON practice_turns
BEGIN SELECT RAISE(ABORT, 'practice_turns_are_final'); END;
CREATE TRIGGER practice_turns_are_final_delete BEFORE DELETE ON practice_turns
BEGIN SELECT RAISE(ABORT, 'practice_turns_are_final'); END;
