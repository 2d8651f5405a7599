-- Intentions as rules: what each fund may be used for, in versions, and the guards that keep every
-- rial and every kilo to it (B-81). What a gift is beside money in the hand, in tables of their own.

-- Every deed that books something has a name of its own as the source of its entry; its own table
-- holds the entry against the deed.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
  'CHECK (source IN (''donation'', ''manual'', ''reversal''))',
  'CHECK (source IN (''donation'', ''manual'', ''reversal'', ''cheque'', ''deposit'', ''box'', ''stock'',
    ''payment'', ''delivery'', ''intention'', ''share'', ''transfer'', ''opening'', ''closing'',
    ''conversion''))')
WHERE type = 'table' AND name = 'entries';
PRAGMA writable_schema = RESET;

-- Balances of one account in one fund over all years, for the guards below.
CREATE INDEX balances_by_fund ON balances (centre_id, account, fund);

-- Accounts that every centre has from now on; seeds/chart.json gives them to new ones.
INSERT INTO accounts
SELECT c.id, a.column1, 'subsidiary', a.column2, a.column3, a.column4 FROM centres c, (VALUES
  ('1105', 'چک‌های در جریان وصول', 'Cheques being collected', 'debit'),
  ('4104', 'انتقال میان نیت‌ها', 'Transfers between funds', 'credit'),
  ('5402', 'سایر درآمدها', 'Other income', 'credit')) a;

-- A fund's words and rules from a day on; the newest version that has begun holds. Final.
CREATE TABLE fund_versions (
  id INTEGER PRIMARY KEY,
  fund TEXT NOT NULL REFERENCES funds (code),
  version INTEGER NOT NULL,
  from_on TEXT NOT NULL,
  name_fa TEXT NOT NULL
    CONSTRAINT b98_no_mosque_fund CHECK (name_fa NOT LIKE '%مسجد%'),
  name_en TEXT NOT NULL,
  hint_fa TEXT NOT NULL,
  hint_en TEXT NOT NULL,
  -- Whose rulings the rules follow, as the province says; null while it has said nothing.
  marja TEXT,
  -- Whether gifts are taken with this intention; money without a known giver is none.
  takes_gifts INTEGER NOT NULL CONSTRAINT fund_takes_gifts CHECK (takes_gifts IN (0, 1)),
  reason TEXT,
  -- The first version of a fund that the program brings has no act.
  act_id INTEGER REFERENCES acts (id),
  CONSTRAINT fund_version_once UNIQUE (fund, version),
  CONSTRAINT fund_version_counts CHECK (version >= 1 AND (version = 1 OR act_id IS NOT NULL)),
  CONSTRAINT fund_version_has_reason
    CHECK (act_id IS NULL OR coalesce(length(trim(reason)), 0) >= 3),
  CONSTRAINT fund_version_names CHECK (length(trim(name_fa)) > 0 AND length(trim(name_en)) > 0)
) STRICT;

-- What a version demands: block refuses, warn is told, allow is said for clearness.
CREATE TABLE fund_rules (
  version_id INTEGER NOT NULL REFERENCES fund_versions (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL,
  rule TEXT NOT NULL CONSTRAINT fund_rule_name CHECK (rule <> '' AND rule NOT GLOB '*[^a-z-]*'),
  reaction TEXT NOT NULL CONSTRAINT fund_reaction CHECK (reaction IN ('block', 'warn', 'allow')),
  -- Whether the chair may let one case pass, with his reason and a document.
  may_override INTEGER NOT NULL CONSTRAINT fund_override_yes_no CHECK (may_override IN (0, 1)),
  words_fa TEXT NOT NULL,
  words_en TEXT NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (version_id, position),
  CONSTRAINT fund_rule_once UNIQUE (version_id, rule)
) STRICT, WITHOUT ROWID;

-- The accounts that the money and goods of a fund may be spent on.
CREATE TABLE fund_uses (
  version_id INTEGER NOT NULL REFERENCES fund_versions (id) DEFERRABLE INITIALLY DEFERRED,
  account TEXT NOT NULL CONSTRAINT fund_use_is_spending CHECK (
    account GLOB '6[0-9][0-9][0-9]' OR account GLOB '7[0-9][0-9][0-9]'
    OR account IN ('1201', '3102', '3103', '3104')),
  PRIMARY KEY (version_id, account)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER fund_versions_follow BEFORE INSERT ON fund_versions
WHEN EXISTS (SELECT 1 FROM fund_versions WHERE id = NEW.id)
  OR NEW.version IS NOT 1 + coalesce((SELECT max(version) FROM fund_versions WHERE fund = NEW.fund), 0)
  OR NEW.from_on < coalesce((SELECT max(from_on) FROM fund_versions WHERE fund = NEW.fund), '')
  -- What was spent under the old rules stays judged by them.
  OR NOT coalesce(NEW.act_id IS NULL
    OR NEW.from_on >= (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id), 0)
BEGIN SELECT RAISE(ABORT, 'fund_versions_follow'); END;
CREATE TRIGGER b81_running_costs_apart BEFORE INSERT ON fund_versions
WHEN EXISTS (SELECT 1 FROM fund_uses WHERE version_id = NEW.id AND account GLOB '7*')
  AND NEW.fund <> 'running-costs'
BEGIN SELECT RAISE(ABORT, 'b81_running_costs_apart'); END;
CREATE TRIGGER fund_versions_are_final_update BEFORE UPDATE ON fund_versions
BEGIN SELECT RAISE(ABORT, 'fund_versions_are_final'); END;
CREATE TRIGGER fund_versions_are_final_delete BEFORE DELETE ON fund_versions
BEGIN SELECT RAISE(ABORT, 'fund_versions_are_final'); END;
CREATE TRIGGER fund_rules_are_final_insert BEFORE INSERT ON fund_rules
WHEN EXISTS (SELECT 1 FROM fund_versions WHERE id = NEW.version_id)
BEGIN SELECT RAISE(ABORT, 'fund_versions_are_final'); END;
CREATE TRIGGER fund_rules_are_final_update BEFORE UPDATE ON fund_rules
BEGIN SELECT RAISE(ABORT, 'fund_versions_are_final'); END;
CREATE TRIGGER fund_rules_are_final_delete BEFORE DELETE ON fund_rules
BEGIN SELECT RAISE(ABORT, 'fund_versions_are_final'); END;
CREATE TRIGGER fund_uses_are_final_insert BEFORE INSERT ON fund_uses
WHEN EXISTS (SELECT 1 FROM fund_versions WHERE id = NEW.version_id)
BEGIN SELECT RAISE(ABORT, 'fund_versions_are_final'); END;
CREATE TRIGGER fund_uses_are_final_update BEFORE UPDATE ON fund_uses
BEGIN SELECT RAISE(ABORT, 'fund_versions_are_final'); END;
CREATE TRIGGER fund_uses_are_final_delete BEFORE DELETE ON fund_uses
BEGIN SELECT RAISE(ABORT, 'fund_versions_are_final'); END;

-- The chair let one case pass a rule that may be passed, and answers for it. The supervisor has the
-- list. Written before the deed it is for, whose place (entries/12, payments/3) it names.
CREATE TABLE fund_overrides (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  fund TEXT NOT NULL REFERENCES funds (code),
  rule TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason TEXT NOT NULL CONSTRAINT override_has_reason CHECK (length(trim(reason)) >= 10),
  -- The document by its name, number and day.
  document TEXT NOT NULL CONSTRAINT override_has_document CHECK (length(trim(document)) >= 3),
  made_on TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT override_once UNIQUE (subject, fund, rule)
) STRICT;
CREATE INDEX overrides_of_centre ON fund_overrides (centre_id, made_on, id);
CREATE TRIGGER override_only_where_allowed BEFORE INSERT ON fund_overrides
WHEN EXISTS (SELECT 1 FROM fund_overrides WHERE id = NEW.id)
  OR NOT EXISTS (SELECT 1 FROM fund_rules WHERE rule = NEW.rule AND may_override = 1
    AND version_id = (SELECT id FROM fund_versions
      WHERE fund = NEW.fund AND from_on <= NEW.made_on ORDER BY version DESC LIMIT 1))
BEGIN SELECT RAISE(ABORT, 'override_only_where_allowed'); END;
CREATE TRIGGER fund_overrides_are_final_update BEFORE UPDATE ON fund_overrides
BEGIN SELECT RAISE(ABORT, 'fund_overrides_are_final'); END;
CREATE TRIGGER fund_overrides_are_final_delete BEFORE DELETE ON fund_overrides
BEGIN SELECT RAISE(ABORT, 'fund_overrides_are_final'); END;

-- B-81: what a fund has in cash, at the bank, with collectors or in a store is never less than nothing.
CREATE TRIGGER b81_fund_not_below_zero BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM entry_lines l
  WHERE l.entry_id = NEW.id AND l.credit_rial > 0 AND l.account GLOB '1[13]*'
    AND coalesce((SELECT sum(b.debit_rial - b.credit_rial) FROM balances b
      WHERE b.centre_id = NEW.centre_id AND b.account = l.account AND b.fund = l.fund), 0)
    + (SELECT sum(x.debit_rial - x.credit_rial) FROM entry_lines x
      WHERE x.entry_id = NEW.id AND x.account = l.account AND x.fund = l.fund) < 0)
BEGIN SELECT RAISE(ABORT, 'b81_fund_not_below_zero'); END;
-- B-81: a fund is spent on its own uses. What is only taken back, opened or closed spends nothing;
-- a donated service is given and used on its day.
CREATE TRIGGER b81_use_of_fund BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('reversal', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines l
    WHERE l.entry_id = NEW.id AND l.debit_rial > 0 AND l.account <> '6110'
      AND (l.account GLOB '[67]*' OR l.account IN ('1201', '3102', '3103', '3104'))
      AND NOT EXISTS (SELECT 1 FROM fund_uses u WHERE u.account = l.account
        AND u.version_id = (SELECT id FROM fund_versions
          WHERE fund = l.fund AND from_on <= NEW.entry_on ORDER BY version DESC LIMIT 1)))
BEGIN SELECT RAISE(ABORT, 'b81_use_of_fund'); END;
-- Kaffara and fidya reach the needy as food or clothing; money only as an agent's, proved.
CREATE TRIGGER b81_in_kind_only BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('reversal', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines l JOIN entry_lines m ON m.entry_id = l.entry_id AND m.fund = l.fund
    WHERE l.entry_id = NEW.id AND l.debit_rial > 0 AND l.account GLOB '6*'
      AND m.credit_rial > 0 AND m.account GLOB '11*'
      AND EXISTS (SELECT 1 FROM fund_rules r WHERE r.rule = 'in-kind-only' AND r.reaction = 'block'
        AND r.version_id = (SELECT id FROM fund_versions
          WHERE fund = l.fund AND from_on <= NEW.entry_on ORDER BY version DESC LIMIT 1))
      AND NOT EXISTS (SELECT 1 FROM fund_overrides o
        WHERE o.subject = 'entries/' || NEW.id AND o.fund = l.fund AND o.rule = 'in-kind-only'))
BEGIN SELECT RAISE(ABORT, 'b81_in_kind_only'); END;
-- Goods are bought for the needy: only with a fund that may be given to them.
CREATE TRIGGER b81_goods_of_fund BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('reversal', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines l JOIN entry_lines m ON m.entry_id = l.entry_id AND m.fund = l.fund
    WHERE l.entry_id = NEW.id AND l.debit_rial > 0 AND l.account GLOB '13*'
      AND m.credit_rial > 0 AND m.account GLOB '11*'
      AND NOT EXISTS (SELECT 1 FROM fund_uses u WHERE u.account GLOB '6*'
        AND u.version_id = (SELECT id FROM fund_versions
          WHERE fund = l.fund AND from_on <= NEW.entry_on ORDER BY version DESC LIMIT 1)))
BEGIN SELECT RAISE(ABORT, 'b81_goods_of_fund'); END;

-- What was posted before these guards was judged by nobody; the doctor asks from here on.
INSERT INTO settings SELECT 'funds_guarded_after', coalesce(max(id), 0) FROM entries;

-- A gift over several funds: its parts, the first of which the gift itself names.
CREATE TABLE gift_funds (
  donation_id INTEGER NOT NULL REFERENCES donations (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CONSTRAINT gift_part_position CHECK (position BETWEEN 1 AND 20),
  fund TEXT NOT NULL REFERENCES funds (code),
  amount_rial INTEGER NOT NULL
    CONSTRAINT gift_part_amount CHECK (amount_rial BETWEEN 1 AND 99999999999999),
  PRIMARY KEY (donation_id, position),
  CONSTRAINT gift_fund_once UNIQUE (donation_id, fund)
) STRICT, WITHOUT ROWID;
-- What the bank knows a card payment, a transfer or a cheque by.
CREATE TABLE gift_references (
  donation_id INTEGER PRIMARY KEY REFERENCES donations (id) DEFERRABLE INITIALLY DEFERRED,
  reference TEXT NOT NULL CONSTRAINT gift_reference CHECK (length(trim(reference)) > 0),
  bank TEXT,
  due_on TEXT
) STRICT;
CREATE INDEX gifts_by_reference ON gift_references (reference);
-- The goods of a gift as they were received; a quantity is in thousandths of its unit.
CREATE TABLE gift_items (
  donation_id INTEGER NOT NULL REFERENCES donations (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CONSTRAINT gift_item_position CHECK (position BETWEEN 1 AND 90),
  name TEXT NOT NULL CONSTRAINT gift_item_name CHECK (length(trim(name)) > 0),
  quantity_milli INTEGER NOT NULL
    CONSTRAINT gift_item_quantity CHECK (quantity_milli BETWEEN 1 AND 999999999999),
  unit TEXT NOT NULL CONSTRAINT gift_item_unit CHECK (unit IN
    ('kg', 'gram', 'litre', 'piece', 'box', 'set', 'pair', 'metre', 'pack')),
  -- Rials for the whole line.
  value_rial INTEGER NOT NULL
    CONSTRAINT gift_item_value CHECK (value_rial BETWEEN 1 AND 99999999999999),
  condition TEXT NOT NULL CONSTRAINT gift_item_condition CHECK (condition IN ('new', 'used', 'perishable')),
  expires_on TEXT,
  -- The store account it is booked to.
  account TEXT NOT NULL CONSTRAINT gift_item_account CHECK (account GLOB '130[1-6]'),
  PRIMARY KEY (donation_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE gift_services (
  donation_id INTEGER PRIMARY KEY REFERENCES donations (id) DEFERRABLE INITIALLY DEFERRED,
  description TEXT NOT NULL CONSTRAINT gift_service_described CHECK (length(trim(description)) > 0),
  -- Hundredths of an hour.
  hours_centi INTEGER NOT NULL CONSTRAINT gift_service_hours CHECK (hours_centi BETWEEN 1 AND 999999)
) STRICT;

-- The parts of a gift are written first, and the gift closes them.
CREATE TRIGGER gift_funds_are_final_insert BEFORE INSERT ON gift_funds
WHEN EXISTS (SELECT 1 FROM donations WHERE id = NEW.donation_id)
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;
CREATE TRIGGER gift_references_are_final_insert BEFORE INSERT ON gift_references
WHEN EXISTS (SELECT 1 FROM donations WHERE id = NEW.donation_id)
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;
CREATE TRIGGER gift_items_are_final_insert BEFORE INSERT ON gift_items
WHEN EXISTS (SELECT 1 FROM donations WHERE id = NEW.donation_id)
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;
CREATE TRIGGER gift_services_are_final_insert BEFORE INSERT ON gift_services
WHEN EXISTS (SELECT 1 FROM donations WHERE id = NEW.donation_id)
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;
CREATE TRIGGER gift_funds_are_final_update BEFORE UPDATE ON gift_funds
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;
CREATE TRIGGER gift_references_are_final_update BEFORE UPDATE ON gift_references
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;
CREATE TRIGGER gift_items_are_final_update BEFORE UPDATE ON gift_items
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;
CREATE TRIGGER gift_services_are_final_update BEFORE UPDATE ON gift_services
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;
CREATE TRIGGER gift_funds_are_final_delete BEFORE DELETE ON gift_funds
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;
CREATE TRIGGER gift_references_are_final_delete BEFORE DELETE ON gift_references
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;
CREATE TRIGGER gift_items_are_final_delete BEFORE DELETE ON gift_items
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;
CREATE TRIGGER gift_services_are_final_delete BEFORE DELETE ON gift_services
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;

-- A gift is whole: the parts come to its amount, the bank's number stands where a bank was, goods are
-- listed and a service is described, and nothing stands where it does not belong.
CREATE TRIGGER gift_parts_come_to_it BEFORE INSERT ON donations
WHEN EXISTS (SELECT 1 FROM gift_funds WHERE donation_id = NEW.id) AND (
  (SELECT count(*) FROM gift_funds WHERE donation_id = NEW.id) < 2
  OR (SELECT sum(amount_rial) FROM gift_funds WHERE donation_id = NEW.id) <> NEW.amount_rial
  OR NEW.fund IS NOT (SELECT fund FROM gift_funds WHERE donation_id = NEW.id AND position = 1))
BEGIN SELECT RAISE(ABORT, 'gift_parts_come_to_it'); END;
CREATE TRIGGER gift_by_bank_has_reference BEFORE INSERT ON donations
WHEN (NEW.kind IN ('card', 'transfer', 'cheque'))
    <> EXISTS (SELECT 1 FROM gift_references WHERE donation_id = NEW.id)
  OR (NEW.kind = 'cheque' AND NOT EXISTS (SELECT 1 FROM gift_references
    WHERE donation_id = NEW.id AND bank IS NOT NULL AND due_on IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'gift_by_bank_has_reference'); END;
CREATE TRIGGER gift_of_goods_has_items BEFORE INSERT ON donations
WHEN (NEW.kind = 'goods') <> EXISTS (SELECT 1 FROM gift_items WHERE donation_id = NEW.id)
  OR (NEW.kind = 'goods' AND NEW.amount_rial IS NOT
    (SELECT sum(value_rial) FROM gift_items WHERE donation_id = NEW.id))
BEGIN SELECT RAISE(ABORT, 'gift_of_goods_has_items'); END;
CREATE TRIGGER gift_of_service_is_described BEFORE INSERT ON donations
WHEN (NEW.kind = 'service') <> EXISTS (SELECT 1 FROM gift_services WHERE donation_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'gift_of_service_is_described'); END;
CREATE TRIGGER gift_in_a_fund_that_takes BEFORE INSERT ON donations
WHEN NOT EXISTS (SELECT 1 FROM fund_versions WHERE takes_gifts = 1
  AND id = (SELECT id FROM fund_versions
    WHERE fund = NEW.fund AND from_on <= NEW.received_on ORDER BY version DESC LIMIT 1))
BEGIN SELECT RAISE(ABORT, 'gift_in_a_fund_that_takes'); END;

-- The sums of days count a gift once, in its first fund, and its rials in the fund of each part.
DROP TRIGGER donation_is_counted;
CREATE TRIGGER donation_is_counted AFTER INSERT ON donations
WHEN NOT EXISTS (SELECT 1 FROM gift_funds WHERE donation_id = NEW.id)
BEGIN
  INSERT INTO donation_days
  VALUES (NEW.centre_id, NEW.received_on, NEW.fund, NEW.kind, 1, NEW.amount_rial, 0, 0)
  ON CONFLICT DO UPDATE SET given_count = given_count + 1,
    given_rial = given_rial + excluded.given_rial;
END;
CREATE TRIGGER split_donation_is_counted AFTER INSERT ON donations
WHEN EXISTS (SELECT 1 FROM gift_funds WHERE donation_id = NEW.id)
BEGIN
  INSERT INTO donation_days
  SELECT NEW.centre_id, NEW.received_on, p.fund, NEW.kind, p.position = 1, p.amount_rial, 0, 0
  FROM gift_funds p WHERE p.donation_id = NEW.id
  ON CONFLICT DO UPDATE SET given_count = given_count + excluded.given_count,
    given_rial = given_rial + excluded.given_rial;
END;
DROP TRIGGER cancellation_is_counted;
CREATE TRIGGER cancellation_is_counted AFTER INSERT ON receipt_cancellations
BEGIN
  UPDATE donation_days SET cancelled_count = cancelled_count + p.counts,
    cancelled_rial = cancelled_rial + p.rial
  FROM (SELECT d.centre_id, d.received_on, d.kind, coalesce(g.fund, d.fund) AS fund,
      coalesce(g.position, 1) = 1 AS counts, coalesce(g.amount_rial, d.amount_rial) AS rial
    FROM receipts r JOIN donations d ON d.id = r.donation_id
    LEFT JOIN gift_funds g ON g.donation_id = d.id WHERE r.id = NEW.receipt_id) p
  WHERE donation_days.centre_id = p.centre_id AND donation_days.received_on = p.received_on
    AND donation_days.fund = p.fund AND donation_days.kind = p.kind;
END;
