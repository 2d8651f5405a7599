-- The deed of what is given to stay (a fund whose rule is deed-required, B-81): its number, its day
-- and what it says of the use; told with the gift, and without it there is no receipt.
CREATE TABLE gift_deeds (
  donation_id INTEGER PRIMARY KEY REFERENCES donations (id),
  number TEXT NOT NULL CONSTRAINT deed_number CHECK (trim(number) <> ''),
  made_on TEXT NOT NULL CONSTRAINT deed_day CHECK (made_on IS date(made_on)),
  terms TEXT NOT NULL CONSTRAINT deed_terms CHECK (length(trim(terms)) >= 3),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER gift_deeds_are_final_insert BEFORE INSERT ON gift_deeds
WHEN EXISTS (SELECT 1 FROM gift_deeds WHERE donation_id = NEW.donation_id)
  OR EXISTS (SELECT 1 FROM receipts WHERE donation_id = NEW.donation_id)
BEGIN SELECT RAISE(ABORT, 'gift_deeds_are_final'); END;
CREATE TRIGGER gift_deeds_are_final_update BEFORE UPDATE ON gift_deeds
BEGIN SELECT RAISE(ABORT, 'gift_deeds_are_final'); END;
CREATE TRIGGER gift_deeds_are_final_delete BEFORE DELETE ON gift_deeds
BEGIN SELECT RAISE(ABORT, 'gift_deeds_are_final'); END;

CREATE TRIGGER b81_deed_before_receipt BEFORE INSERT ON receipts
WHEN NOT EXISTS (SELECT 1 FROM gift_deeds WHERE donation_id = NEW.donation_id)
  AND EXISTS (
    SELECT 1 FROM (
      SELECT fund, received_on FROM donations WHERE id = NEW.donation_id
      UNION SELECT g.fund, d.received_on FROM gift_funds g JOIN donations d ON d.id = g.donation_id
        WHERE g.donation_id = NEW.donation_id) f
    JOIN fund_rules r ON r.rule = 'deed-required' AND r.reaction = 'block'
      AND r.version_id = (SELECT id FROM fund_versions
        WHERE fund = f.fund AND from_on <= f.received_on ORDER BY version DESC LIMIT 1))
BEGIN SELECT RAISE(ABORT, 'b81_deed_before_receipt'); END;

-- Nothing is earned by lending (B-81): no income of sales or of other kinds in such a fund.
CREATE TRIGGER b81_no_interest BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('reversal', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines l
    JOIN fund_rules r ON r.rule = 'no-interest' AND r.reaction = 'block'
      AND r.version_id = (SELECT id FROM fund_versions
        WHERE fund = l.fund AND from_on <= NEW.entry_on ORDER BY version DESC LIMIT 1)
    WHERE l.entry_id = NEW.id AND l.credit_rial > 0 AND l.account GLOB '54*')
BEGIN SELECT RAISE(ABORT, 'b81_no_interest'); END;

-- What is held for others is money; goods come with another intention (B-81).
CREATE TRIGGER b81_goods_not_held BEFORE INSERT ON donations
WHEN NEW.kind = 'goods' AND EXISTS (SELECT 1 FROM funds WHERE restriction = 'held'
  AND code IN (SELECT NEW.fund UNION SELECT fund FROM gift_funds WHERE donation_id = NEW.id))
BEGIN SELECT RAISE(ABORT, 'b81_goods_not_held'); END;
