-- Intentions in daily life: leaves of a marja or mujtahid and what is spent under them, the chair's
-- overrides, changes of intention, the days of Eid al-Fitr (B-81).

-- The day of Eid al-Fitr in each lunar year, as it was announced; the newest row of a year holds.
CREATE TABLE eid_days (
  id INTEGER PRIMARY KEY,
  lunar_year INTEGER NOT NULL CONSTRAINT eid_year CHECK (lunar_year BETWEEN 1420 AND 1530),
  eid_on TEXT NOT NULL CONSTRAINT eid_day CHECK (eid_on IS date(eid_on)),
  source TEXT NOT NULL CONSTRAINT eid_source CHECK (length(trim(source)) >= 3),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER eid_days_are_new BEFORE INSERT ON eid_days
WHEN EXISTS (SELECT 1 FROM eid_days WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'eid_days_are_final'); END;
CREATE TRIGGER eid_days_are_final_update BEFORE UPDATE ON eid_days
BEGIN SELECT RAISE(ABORT, 'eid_days_are_final'); END;
CREATE TRIGGER eid_days_are_final_delete BEFORE DELETE ON eid_days
BEGIN SELECT RAISE(ABORT, 'eid_days_are_final'); END;

-- A leave in writing: who gave it, for which fund, up to how many rials, for what, between which days.
CREATE TABLE fund_permissions (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  fund TEXT NOT NULL REFERENCES funds (code),
  given_by TEXT NOT NULL CONSTRAINT permission_giver CHECK (length(trim(given_by)) >= 3),
  number TEXT NOT NULL CONSTRAINT permission_number CHECK (length(trim(number)) > 0),
  ceiling_rial INTEGER NOT NULL
    CONSTRAINT permission_ceiling CHECK (ceiling_rial BETWEEN 1 AND 99999999999999),
  from_on TEXT NOT NULL,
  to_on TEXT NOT NULL,
  -- The document by its name; its scan is attached.
  document TEXT NOT NULL CONSTRAINT permission_document CHECK (length(trim(document)) >= 3),
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT permission_days CHECK (from_on <= to_on),
  CONSTRAINT permission_once UNIQUE (centre_id, given_by, number, fund)
) STRICT;
CREATE INDEX permissions_of_centre ON fund_permissions (centre_id, fund, to_on);
CREATE TABLE permission_uses (
  permission_id INTEGER NOT NULL REFERENCES fund_permissions (id) DEFERRABLE INITIALLY DEFERRED,
  account TEXT NOT NULL CONSTRAINT permission_use_is_programme CHECK (account GLOB '6[0-9][0-9][0-9]'),
  PRIMARY KEY (permission_id, account)
) STRICT, WITHOUT ROWID;
CREATE TABLE permission_endings (
  permission_id INTEGER PRIMARY KEY REFERENCES fund_permissions (id),
  ended_on TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT permission_ending_reason CHECK (length(trim(reason)) >= 3),
  ended_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
-- What an entry spends under a leave; written before the entry, which closes it.
CREATE TABLE permission_spendings (
  entry_id INTEGER NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  permission_id INTEGER NOT NULL REFERENCES fund_permissions (id),
  amount_rial INTEGER NOT NULL CONSTRAINT permission_spending CHECK (amount_rial > 0),
  PRIMARY KEY (entry_id, permission_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX spendings_of_permission ON permission_spendings (permission_id);

CREATE TRIGGER permissions_are_new BEFORE INSERT ON fund_permissions
WHEN EXISTS (SELECT 1 FROM fund_permissions WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'permissions_are_final'); END;
CREATE TRIGGER permissions_are_final_update BEFORE UPDATE ON fund_permissions
BEGIN SELECT RAISE(ABORT, 'permissions_are_final'); END;
CREATE TRIGGER permissions_are_final_delete BEFORE DELETE ON fund_permissions
BEGIN SELECT RAISE(ABORT, 'permissions_are_final'); END;
CREATE TRIGGER permission_uses_are_final_insert BEFORE INSERT ON permission_uses
WHEN EXISTS (SELECT 1 FROM fund_permissions WHERE id = NEW.permission_id)
BEGIN SELECT RAISE(ABORT, 'permissions_are_final'); END;
CREATE TRIGGER permission_uses_are_final_update BEFORE UPDATE ON permission_uses
BEGIN SELECT RAISE(ABORT, 'permissions_are_final'); END;
CREATE TRIGGER permission_uses_are_final_delete BEFORE DELETE ON permission_uses
BEGIN SELECT RAISE(ABORT, 'permissions_are_final'); END;
CREATE TRIGGER permission_endings_are_new BEFORE INSERT ON permission_endings
WHEN EXISTS (SELECT 1 FROM permission_endings WHERE permission_id = NEW.permission_id)
BEGIN SELECT RAISE(ABORT, 'permissions_are_final'); END;
CREATE TRIGGER permission_endings_are_final_update BEFORE UPDATE ON permission_endings
BEGIN SELECT RAISE(ABORT, 'permissions_are_final'); END;
CREATE TRIGGER permission_endings_are_final_delete BEFORE DELETE ON permission_endings
BEGIN SELECT RAISE(ABORT, 'permissions_are_final'); END;
CREATE TRIGGER permission_spendings_are_final_insert BEFORE INSERT ON permission_spendings
WHEN EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id)
  OR EXISTS (SELECT 1 FROM permission_spendings
    WHERE entry_id = NEW.entry_id AND permission_id = NEW.permission_id)
BEGIN SELECT RAISE(ABORT, 'permission_spendings_are_final'); END;
CREATE TRIGGER permission_spendings_are_final_update BEFORE UPDATE ON permission_spendings
BEGIN SELECT RAISE(ABORT, 'permission_spendings_are_final'); END;
CREATE TRIGGER permission_spendings_are_final_delete BEFORE DELETE ON permission_spendings
BEGIN SELECT RAISE(ABORT, 'permission_spendings_are_final'); END;

-- A use that a leave names is a use of the fund for what is spent under it.
DROP TRIGGER b81_use_of_fund;
CREATE TRIGGER b81_use_of_fund BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('reversal', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines l
    WHERE l.entry_id = NEW.id AND l.debit_rial > 0 AND l.account <> '6110'
      AND (l.account GLOB '[67]*' OR l.account IN ('1201', '3102', '3103', '3104'))
      AND NOT EXISTS (SELECT 1 FROM fund_uses u WHERE u.account = l.account
        AND u.version_id = (SELECT id FROM fund_versions
          WHERE fund = l.fund AND from_on <= NEW.entry_on ORDER BY version DESC LIMIT 1))
      AND NOT EXISTS (SELECT 1 FROM permission_spendings s
        JOIN fund_permissions p ON p.id = s.permission_id AND p.fund = l.fund
        JOIN permission_uses u ON u.permission_id = p.id AND u.account = l.account
        WHERE s.entry_id = NEW.id))
BEGIN SELECT RAISE(ABORT, 'b81_use_of_fund'); END;
-- What needs leave is spent on a programme only under one: of this centre and fund, in its days, not
-- ended, for this use, and never beyond its ceiling.
CREATE TRIGGER b81_leave_before_spending BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('reversal', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines l
    WHERE l.entry_id = NEW.id AND l.debit_rial > 0 AND l.account GLOB '6*' AND l.account <> '6110'
      AND EXISTS (SELECT 1 FROM fund_rules r
        WHERE r.rule IN ('leave-of-the-marja', 'leave-of-a-mujtahid') AND r.reaction = 'block'
        AND r.version_id = (SELECT id FROM fund_versions
          WHERE fund = l.fund AND from_on <= NEW.entry_on ORDER BY version DESC LIMIT 1))
      AND ((SELECT coalesce(sum(x.debit_rial), 0) FROM entry_lines x
          WHERE x.entry_id = NEW.id AND x.fund = l.fund AND x.account GLOB '6*' AND x.account <> '6110')
        IS NOT (SELECT sum(s.amount_rial) FROM permission_spendings s
          JOIN fund_permissions p ON p.id = s.permission_id AND p.fund = l.fund
          WHERE s.entry_id = NEW.id)
        OR EXISTS (SELECT 1 FROM permission_spendings s
          JOIN fund_permissions p ON p.id = s.permission_id AND p.fund = l.fund
          WHERE s.entry_id = NEW.id AND NOT EXISTS (SELECT 1 FROM permission_uses u
            WHERE u.permission_id = p.id AND u.account = l.account))))
BEGIN SELECT RAISE(ABORT, 'b81_leave_before_spending'); END;
CREATE TRIGGER b81_within_leave BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM permission_spendings s JOIN fund_permissions p ON p.id = s.permission_id
  WHERE s.entry_id = NEW.id AND (p.centre_id <> NEW.centre_id
    OR NEW.entry_on NOT BETWEEN p.from_on AND p.to_on
    OR EXISTS (SELECT 1 FROM permission_endings WHERE permission_id = p.id AND ended_on <= NEW.entry_on)
    OR p.ceiling_rial < (SELECT sum(x.amount_rial) FROM permission_spendings x
      WHERE x.permission_id = p.id
        AND NOT EXISTS (SELECT 1 FROM entries r WHERE r.reverses_entry_id = x.entry_id))))
BEGIN SELECT RAISE(ABORT, 'b81_within_leave'); END;

-- B-81: only the chair, or the vice-chair acting for him, lets a case pass a rule.
CREATE TRIGGER b81_override_by_chair BEFORE INSERT ON fund_overrides
WHEN NOT EXISTS (SELECT 1 FROM acts a JOIN decrees d
  ON d.id = iif(substr(a.capacity, 1, 7) IN ('decree:', 'acting:'), substr(a.capacity, 8), NULL)
  WHERE a.id = NEW.act_id AND a.user_id = NEW.made_by AND d.centre_id = NEW.centre_id
    AND (d.seat = 'chair' OR a.capacity GLOB 'acting:*'))
BEGIN SELECT RAISE(ABORT, 'b81_override_by_chair'); END;

-- What a giver gave for one purpose goes to another: with his recorded consent, or to the nearest
-- purpose for the chair's reason, where the rules of the fund allow it. Money only. Written before its
-- entry; a change is undone by the reversal of that entry.
CREATE TABLE intention_changes (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  donation_id INTEGER NOT NULL REFERENCES donations (id),
  from_fund TEXT NOT NULL REFERENCES funds (code),
  to_fund TEXT NOT NULL REFERENCES funds (code),
  amount_rial INTEGER NOT NULL
    CONSTRAINT intention_amount CHECK (amount_rial BETWEEN 1 AND 99999999999999),
  -- Where the money lies.
  account TEXT NOT NULL CONSTRAINT intention_of_money CHECK (account IN ('1101', '1102', '1103', '1104')),
  way TEXT NOT NULL CONSTRAINT intention_way CHECK (way IN ('consent', 'nearest')),
  -- How and when the giver agreed.
  consent TEXT CONSTRAINT intention_consent CHECK (consent IN ('writing', 'speech', 'message')),
  consented_on TEXT,
  reason TEXT NOT NULL CONSTRAINT intention_has_reason CHECK (length(trim(reason)) >= 10),
  changed_on TEXT NOT NULL,
  changed_by INTEGER NOT NULL REFERENCES users (id),
  entry_id INTEGER NOT NULL REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT intention_goes_elsewhere CHECK (from_fund <> to_fund),
  CONSTRAINT intention_consent_is_whole CHECK ((way = 'consent') = (consent IS NOT NULL)
    AND (way = 'consent') = (consented_on IS NOT NULL) AND coalesce(consented_on <= changed_on, 1)),
  CONSTRAINT intention_entry_once UNIQUE (entry_id)
) STRICT;
CREATE INDEX intention_changes_of_gift ON intention_changes (donation_id);
CREATE INDEX intention_changes_of_centre ON intention_changes (centre_id, changed_on, id);
CREATE TRIGGER intention_changes_are_new BEFORE INSERT ON intention_changes
WHEN EXISTS (SELECT 1 FROM intention_changes WHERE id = NEW.id OR entry_id = NEW.entry_id)
  OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'intention_changes_are_final'); END;
CREATE TRIGGER intention_changes_are_final_update BEFORE UPDATE ON intention_changes
BEGIN SELECT RAISE(ABORT, 'intention_changes_are_final'); END;
CREATE TRIGGER intention_changes_are_final_delete BEFORE DELETE ON intention_changes
BEGIN SELECT RAISE(ABORT, 'intention_changes_are_final'); END;
CREATE TRIGGER b81_change_where_allowed BEFORE INSERT ON intention_changes
WHEN NOT EXISTS (SELECT 1 FROM fund_rules r WHERE r.reaction = 'allow'
    AND r.rule = iif(NEW.way = 'consent', 'change-by-consent', 'change-to-nearest')
    AND r.version_id = (SELECT id FROM fund_versions
      WHERE fund = NEW.from_fund AND from_on <= NEW.changed_on ORDER BY version DESC LIMIT 1))
  -- What is held for another, owed to God or kept as principal is no purpose that a gift can be moved to.
  OR NOT EXISTS (SELECT 1 FROM funds f JOIN fund_versions v ON v.fund = f.code
    WHERE f.code = NEW.to_fund AND v.takes_gifts = 1
      AND v.id = (SELECT id FROM fund_versions
        WHERE fund = NEW.to_fund AND from_on <= NEW.changed_on ORDER BY version DESC LIMIT 1)
      AND (f.restriction = 'free' OR EXISTS (SELECT 1 FROM fund_rules r
        WHERE r.version_id = v.id AND r.rule = 'change-by-consent' AND r.reaction = 'allow')))
  OR (NEW.way = 'nearest' AND NEW.to_fund = 'running-costs')
BEGIN SELECT RAISE(ABORT, 'b81_change_where_allowed'); END;
-- Of a gift no more goes elsewhere than was given, and of a cancelled one nothing.
CREATE TRIGGER b81_change_within_gift BEFORE INSERT ON intention_changes
WHEN NOT EXISTS (SELECT 1 FROM donations d JOIN receipts r ON r.donation_id = d.id
    WHERE d.id = NEW.donation_id AND d.centre_id = NEW.centre_id
      AND d.kind NOT IN ('goods', 'service') AND d.received_on <= NEW.changed_on
      AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id))
  OR NEW.amount_rial + (SELECT coalesce(sum(c.amount_rial), 0) FROM intention_changes c
      WHERE c.donation_id = NEW.donation_id AND c.from_fund = NEW.from_fund
        AND NOT EXISTS (SELECT 1 FROM entries r WHERE r.reverses_entry_id = c.entry_id))
    > coalesce((SELECT amount_rial FROM gift_funds
        WHERE donation_id = NEW.donation_id AND fund = NEW.from_fund),
      (SELECT amount_rial FROM donations WHERE id = NEW.donation_id AND fund = NEW.from_fund
        AND NOT EXISTS (SELECT 1 FROM gift_funds WHERE donation_id = NEW.donation_id)), 0)
BEGIN SELECT RAISE(ABORT, 'b81_change_within_gift'); END;
CREATE TRIGGER b81_change_by_chair BEFORE INSERT ON intention_changes
WHEN NEW.way = 'nearest' AND NOT EXISTS (SELECT 1 FROM acts a JOIN decrees d
  ON d.id = iif(substr(a.capacity, 1, 7) IN ('decree:', 'acting:'), substr(a.capacity, 8), NULL)
  WHERE a.id = NEW.act_id AND a.user_id = NEW.changed_by AND d.centre_id = NEW.centre_id
    AND (d.seat = 'chair' OR a.capacity GLOB 'acting:*'))
BEGIN SELECT RAISE(ABORT, 'b81_change_by_chair'); END;
-- Its entry takes from the one fund and gives to the other, where the money lies, and does no more.
CREATE TRIGGER b81_intention_as_changed BEFORE INSERT ON entries
WHEN NEW.source = 'intention' AND NOT EXISTS (SELECT 1 FROM intention_changes c
  WHERE c.entry_id = NEW.id AND c.centre_id = NEW.centre_id AND c.changed_on = NEW.entry_on
    AND (SELECT json_group_array(json_array(account, fund, debit_rial, credit_rial) ORDER BY line)
      FROM entry_lines WHERE entry_id = NEW.id) = json_array(
        json_array('4104', c.from_fund, c.amount_rial, 0),
        json_array(c.account, c.from_fund, 0, c.amount_rial),
        json_array(c.account, c.to_fund, c.amount_rial, 0),
        json_array('4104', c.to_fund, 0, c.amount_rial)))
BEGIN SELECT RAISE(ABORT, 'b81_intention_as_changed'); END;
-- By hand nothing is moved between funds, and no gift is taken out again.
CREATE TRIGGER b81_moved_by_deed_only BEFORE INSERT ON entries
WHEN NEW.source = 'manual' AND EXISTS (SELECT 1 FROM entry_lines l WHERE l.entry_id = NEW.id
  AND (l.account = '4104' OR (l.debit_rial > 0 AND l.account GLOB '5*'
    AND EXISTS (SELECT 1 FROM entry_lines m WHERE m.entry_id = NEW.id AND m.fund = l.fund
      AND m.credit_rial > 0 AND m.account GLOB '1[13]*'))))
BEGIN SELECT RAISE(ABORT, 'b81_moved_by_deed_only'); END;

-- A fund's code, account and nature stay; its words and rules change by versions.
CREATE TRIGGER b134_funds_stay BEFORE DELETE ON funds
BEGIN SELECT RAISE(ABORT, 'b134_funds_stay'); END;
CREATE TRIGGER funds_are_final BEFORE UPDATE ON funds
BEGIN SELECT RAISE(ABORT, 'funds_are_final'); END;
CREATE TRIGGER funds_are_new BEFORE INSERT ON funds
WHEN EXISTS (SELECT 1 FROM funds WHERE code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'funds_are_final'); END;

-- What the centre buys for itself is bought with what was given for its running costs.
CREATE TRIGGER b81_equipment_from_running_costs BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('reversal', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines l JOIN entry_lines m ON m.entry_id = l.entry_id AND m.fund = l.fund
    WHERE l.entry_id = NEW.id AND l.debit_rial > 0 AND l.account GLOB '21*'
      AND m.credit_rial > 0 AND m.account GLOB '11*'
      AND NOT EXISTS (SELECT 1 FROM fund_uses u WHERE u.account GLOB '7*'
        AND u.version_id = (SELECT id FROM fund_versions
          WHERE fund = l.fund AND from_on <= NEW.entry_on ORDER BY version DESC LIMIT 1)))
BEGIN SELECT RAISE(ABORT, 'b81_equipment_from_running_costs'); END;
