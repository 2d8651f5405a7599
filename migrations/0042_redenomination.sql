-- Four zeros off the rial, rehearsed on a copy: from a day on one new rial is so many of the former ones.
-- What was recorded stays as it is and everything goes on being counted in former rials, so that what
-- was promised before is paid to the rial; only how it is said changes, and money is whole hundredths.

CREATE TABLE currency_conversions (
  id INTEGER PRIMARY KEY CONSTRAINT converted_once CHECK (id = 1),
  -- The first day on which amounts are said in new rials.
  from_on TEXT NOT NULL,
  -- Former rials in a new one; a hundredth of it is a qeran, the smallest coin.
  factor INTEGER NOT NULL CONSTRAINT conversion_factor CHECK (factor IN (100, 1000, 10000)),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
-- The entries that bring a centre's money to whole qerans, each written after its row here.
CREATE TABLE conversion_entries (
  entry_id INTEGER PRIMARY KEY REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  centre_id INTEGER NOT NULL
) STRICT;

-- Until the law sets the day it is rehearsed, on a copy that says of itself that it is one.
CREATE TRIGGER converted_in_a_rehearsal BEFORE INSERT ON currency_conversions
WHEN NOT EXISTS (SELECT 1 FROM settings WHERE key = 'rehearsal')
  OR NEW.from_on > (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'converted_in_a_rehearsal'); END;
CREATE TRIGGER converted_only_once BEFORE INSERT ON currency_conversions
WHEN EXISTS (SELECT 1 FROM currency_conversions WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'conversions_are_final'); END;
CREATE TRIGGER conversion_entries_are_new BEFORE INSERT ON conversion_entries
WHEN EXISTS (SELECT 1 FROM conversion_entries WHERE entry_id = NEW.entry_id)
  OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'conversions_are_final'); END;
CREATE TRIGGER conversions_are_final_update BEFORE UPDATE ON currency_conversions
BEGIN SELECT RAISE(ABORT, 'conversions_are_final'); END;
CREATE TRIGGER conversions_are_final_delete BEFORE DELETE ON currency_conversions
BEGIN SELECT RAISE(ABORT, 'conversions_are_final'); END;
CREATE TRIGGER conversion_entries_are_final_update BEFORE UPDATE ON conversion_entries
BEGIN SELECT RAISE(ABORT, 'conversions_are_final'); END;
CREATE TRIGGER conversion_entries_are_final_delete BEFORE DELETE ON conversion_entries
BEGIN SELECT RAISE(ABORT, 'conversions_are_final'); END;

-- It moves less than a coin: the money of a fund against what is found short or over of it, on the day
-- itself; what was rounded is not taken back. Of what the committee shares out no deed is kept yet.
DROP TRIGGER source_has_its_deed;
CREATE TRIGGER source_has_its_deed BEFORE INSERT ON entries
WHEN NEW.source = 'share'
  OR (NEW.source = 'conversion' AND NOT EXISTS (
    SELECT 1 FROM conversion_entries x JOIN currency_conversions c ON c.from_on = NEW.entry_on
    WHERE x.entry_id = NEW.id AND x.centre_id = NEW.centre_id AND c.act_id = NEW.act_id))
BEGIN SELECT RAISE(ABORT, 'source_has_its_deed'); END;
CREATE TRIGGER b81_conversion_rounds_only BEFORE INSERT ON entries
WHEN NEW.source = 'conversion' AND EXISTS (SELECT 1 FROM entry_lines l
    JOIN currency_conversions c WHERE l.entry_id = NEW.id
      AND NOT (l.account = '8101' OR (l.account IN ('1101', '1102', '1103')
        AND l.debit_rial + l.credit_rial < c.factor / 100)))
BEGIN SELECT RAISE(ABORT, 'b81_conversion_rounds_only'); END;
CREATE TRIGGER conversion_is_not_taken_back BEFORE INSERT ON entries
WHEN NEW.reverses_entry_id IN (SELECT entry_id FROM conversion_entries)
BEGIN SELECT RAISE(ABORT, 'conversions_are_final'); END;

-- What entries by hand could still do with a fund (B-81, B-58).

-- Nobody is paid what he is not owed: in each fund a debt is paid to its end and no further, and a bill
-- that was paid is not taken back before its payment.
CREATE TRIGGER b81_paid_what_is_owed BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('opening', 'closing', 'conversion')
  AND NOT EXISTS (SELECT 1 FROM year_closing_entries WHERE entry_id = NEW.reverses_entry_id)
  AND EXISTS (SELECT 1 FROM entry_lines l
    WHERE l.entry_id = NEW.id AND l.debit_rial > 0 AND l.account = '3101'
      AND coalesce((SELECT sum(b.debit_rial - b.credit_rial) FROM balances b
        WHERE b.centre_id = NEW.centre_id AND b.account = '3101' AND b.fund = l.fund), 0)
      + (SELECT sum(x.debit_rial - x.credit_rial) FROM entry_lines x
        WHERE x.entry_id = NEW.id AND x.account = '3101' AND x.fund = l.fund) > 0)
BEGIN SELECT RAISE(ABORT, 'b81_paid_what_is_owed'); END;
-- What is paid ahead is for the centre's own running: for the needy a payment is made to its end.
CREATE TRIGGER b81_prepaid_from_running_costs BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('reversal', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines l
    WHERE l.entry_id = NEW.id AND l.debit_rial > 0 AND l.account = '1202'
      AND NOT EXISTS (SELECT 1 FROM fund_uses u WHERE u.account GLOB '7*'
        AND u.version_id = (SELECT id FROM fund_versions
          WHERE fund = l.fund AND from_on <= NEW.entry_on ORDER BY version DESC LIMIT 1)))
BEGIN SELECT RAISE(ABORT, 'b81_prepaid_from_running_costs'); END;
-- B-58: the chair approves what is given to the needy, also where it is booked by hand: he, or who acts
-- for him, posts it. Asked last, so that what is wrong with the aid itself is said first.
CREATE TRIGGER b58_aid_by_hand_of_chair AFTER INSERT ON entries
WHEN NEW.source = 'manual'
  AND EXISTS (SELECT 1 FROM entry_lines
    WHERE entry_id = NEW.id AND debit_rial > 0 AND account GLOB '6*' AND account <> '6110')
  AND NOT EXISTS (SELECT 1 FROM acts a
    JOIN decrees d ON d.id = CAST(substr(a.capacity, 8) AS INTEGER)
    WHERE a.id = NEW.act_id AND a.user_id = NEW.posted_by AND d.centre_id = NEW.centre_id
      AND (substr(a.capacity, 1, 7) = 'acting:'
        OR (substr(a.capacity, 1, 7) = 'decree:' AND d.seat = 'chair')))
BEGIN SELECT RAISE(ABORT, 'b58_aid_by_hand_of_chair'); END;
