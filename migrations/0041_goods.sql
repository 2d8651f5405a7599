-- Goods of several intentions in one gift, what lay in the stores when the books began, and goods that
-- go to another purpose than they were given for.

-- The intention of a line, where the lines of a gift have several; null where all have the gift's own.
ALTER TABLE gift_items ADD COLUMN fund TEXT REFERENCES funds (code);
DROP TRIGGER goods_have_one_intention;
-- The parts of a gift of goods are what its lines come to, intention by intention.
CREATE TRIGGER goods_have_their_intentions BEFORE INSERT ON donations
WHEN NEW.kind = 'goods' AND (
  EXISTS (SELECT 1 FROM gift_items WHERE donation_id = NEW.id
    AND (fund IS NULL) = EXISTS (SELECT 1 FROM gift_funds WHERE donation_id = NEW.id))
  OR EXISTS (SELECT fund, amount_rial FROM gift_funds WHERE donation_id = NEW.id
    EXCEPT SELECT fund, sum(value_rial) FROM gift_items WHERE donation_id = NEW.id GROUP BY fund))
BEGIN SELECT RAISE(ABORT, 'goods_have_their_intentions'); END;
DROP TRIGGER gift_comes_in_as_receipted;
CREATE TRIGGER gift_comes_in_as_receipted BEFORE INSERT ON stock_moves
WHEN NEW.kind = 'received' AND NOT EXISTS (SELECT 1 FROM lots l JOIN gift_items g
    ON g.donation_id = l.donation_id AND g.position = l.position
  JOIN donations d ON d.id = l.donation_id AND d.centre_id = l.centre_id
    AND coalesce(g.fund, d.fund) = l.fund
  JOIN items i ON i.id = l.item_id AND i.unit = g.unit
  WHERE l.id = NEW.lot_id AND g.quantity_milli = NEW.quantity_milli
    AND g.value_rial = NEW.value_rial AND NEW.subject = 'donations/' || l.donation_id
    AND l.expires_on IS g.expires_on)
BEGIN SELECT RAISE(ABORT, 'gift_comes_in_as_receipted'); END;
-- What was announced for one purpose comes in a gift that has it, alone or beside others.
DROP TRIGGER announcement_gift_of_its_centre;
CREATE TRIGGER announcement_gift_of_its_centre BEFORE INSERT ON announcement_gifts
WHEN EXISTS (SELECT 1 FROM announcement_gifts WHERE donation_id = NEW.donation_id)
  OR EXISTS (SELECT 1 FROM announcement_ends WHERE announcement_id = NEW.announcement_id)
  OR NOT EXISTS (SELECT 1 FROM donations d JOIN announcements a ON a.centre_id = d.centre_id
    WHERE d.id = NEW.donation_id AND d.kind = 'goods' AND a.id = NEW.announcement_id
      AND (d.fund = a.fund OR EXISTS (SELECT 1 FROM gift_funds
        WHERE donation_id = d.id AND fund = a.fund)))
BEGIN SELECT RAISE(ABORT, 'announcement_gift_of_its_centre'); END;
