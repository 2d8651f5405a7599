-- What an entry written by hand may do, and what it may not: a gift comes in by its receipt, what is
-- found short or over by its count, money goes to another fund by a change of intention (B-81).

-- By hand nothing is moved between funds, and no gift is made or taken out again. Other income (5402:
-- what the bank pays, what has no deed of its own) comes in by hand, and is not taken out so.
DROP TRIGGER b81_moved_by_deed_only;
CREATE TRIGGER b81_moved_by_deed_only BEFORE INSERT ON entries
WHEN NEW.source = 'manual' AND EXISTS (SELECT 1 FROM entry_lines l WHERE l.entry_id = NEW.id
  AND (l.account GLOB '41*' OR l.account GLOB '5[1-3]*' OR l.account = '5401'
    OR (l.account GLOB '5*' AND l.debit_rial > 0) OR l.account GLOB '8*'))
BEGIN SELECT RAISE(ABORT, 'b81_moved_by_deed_only'); END;
-- Money that is given as capital, principal or to be held comes in by its receipt, and capital and
-- principal do not leave as money.
CREATE TRIGGER b81_no_gift_by_hand BEFORE INSERT ON entries
WHEN NEW.source = 'manual' AND EXISTS (
  SELECT 1 FROM entry_lines l JOIN entry_lines m ON m.entry_id = l.entry_id AND m.fund = l.fund
  WHERE l.entry_id = NEW.id AND m.account GLOB '11*' AND (l.account GLOB '4[23]*'
    OR (l.account GLOB '310[2-4]' AND l.credit_rial > 0 AND m.debit_rial > 0)))
BEGIN SELECT RAISE(ABORT, 'b81_no_gift_by_hand'); END;
-- Memorandum accounts stand against one another only.
CREATE TRIGGER b81_memorandum_apart BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('reversal', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id AND account GLOB '9*'
    GROUP BY fund HAVING sum(debit_rial) <> sum(credit_rial))
BEGIN SELECT RAISE(ABORT, 'b81_memorandum_apart'); END;

-- Kaffara and fidya reach the needy out of the store: neither on credit nor from a prepayment.
CREATE TRIGGER b81_in_kind_from_the_store BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('reversal', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines l JOIN entry_lines m ON m.entry_id = l.entry_id AND m.fund = l.fund
    WHERE l.entry_id = NEW.id AND l.debit_rial > 0 AND l.account GLOB '6*' AND l.account <> '6110'
      AND m.credit_rial > 0 AND m.account NOT GLOB '1[13]*'
      AND EXISTS (SELECT 1 FROM fund_rules r WHERE r.rule = 'in-kind-only' AND r.reaction = 'block'
        AND r.version_id = (SELECT id FROM fund_versions
          WHERE fund = l.fund AND from_on <= NEW.entry_on ORDER BY version DESC LIMIT 1))
      AND NOT EXISTS (SELECT 1 FROM fund_overrides o
        WHERE o.subject = 'entries/' || NEW.id AND o.fund = l.fund AND o.rule = 'in-kind-only'))
BEGIN SELECT RAISE(ABORT, 'b81_in_kind_from_the_store'); END;
-- What the centre buys for itself is bought with what was given for its running costs, paid now or
-- later; land and buildings come by a gift only.
DROP TRIGGER b81_equipment_from_running_costs;
CREATE TRIGGER b81_equipment_from_running_costs BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('reversal', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines l
    WHERE l.entry_id = NEW.id AND l.debit_rial > 0 AND l.account GLOB '21*'
      AND NOT EXISTS (SELECT 1 FROM fund_uses u WHERE u.account GLOB '7*'
        AND u.version_id = (SELECT id FROM fund_versions
          WHERE fund = l.fund AND from_on <= NEW.entry_on ORDER BY version DESC LIMIT 1)))
BEGIN SELECT RAISE(ABORT, 'b81_equipment_from_running_costs'); END;
CREATE TRIGGER b81_land_by_gift_only BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('donation', 'reversal', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines
    WHERE entry_id = NEW.id AND debit_rial > 0 AND account GLOB '22*')
BEGIN SELECT RAISE(ABORT, 'b81_land_by_gift_only'); END;

-- What a centre had when its books began: neither a cheque nor a deposit without its own deed, and no
-- money taken from anywhere.
CREATE TRIGGER b81_opening_has_what_there_is BEFORE INSERT ON entries
WHEN NEW.source = 'opening' AND EXISTS (SELECT 1 FROM opening_balances WHERE entry_id = NEW.id)
  AND EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id
    AND (account IN ('1105', '3105') OR fund = 'unidentified'
      OR (account GLOB '11*' AND credit_rial > 0)))
BEGIN SELECT RAISE(ABORT, 'b81_opening_has_what_there_is'); END;
-- Income and expense go into net assets; the rest is carried over. Nothing else closes or opens a year.
CREATE TRIGGER closing_carries_its_kind BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM year_closing_entries c JOIN entry_lines l ON l.entry_id = c.entry_id
  WHERE c.entry_id = NEW.id AND NOT iif(c.kind = 'temporary',
    l.account GLOB '[5-8]*' OR l.account IN ('4101', '4102', '4104'),
    l.account GLOB '[1-49]*' AND l.account <> '4104'))
BEGIN SELECT RAISE(ABORT, 'closing_carries_its_kind'); END;

-- No deed posts an entry of these yet; the one that comes to do so brings what holds it to its rows.
CREATE TRIGGER source_has_its_deed BEFORE INSERT ON entries
WHEN NEW.source IN ('conversion', 'share')
BEGIN SELECT RAISE(ABORT, 'source_has_its_deed'); END;
