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

-- Lots that came to be by a change of intention, and the two moves of it. Only CHECKs widen.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
  'CHECK (origin IN (''gift'', ''purchase'', ''count'', ''opening''))',
  'CHECK (origin IN (''gift'', ''purchase'', ''count'', ''opening'', ''intention''))')
WHERE type = 'table' AND name = 'lots';
UPDATE sqlite_schema SET sql = replace(replace(replace(sql,
  '''counted'', ''sold'', ''cancelled''))',
  '''counted'', ''sold'', ''cancelled'',
    ''reassigned'', ''assigned''))'),
  '''opening'', ''returned'', ''arrived'')', '''opening'', ''returned'', ''arrived'', ''assigned'')'),
  '''sent'', ''sold'', ''cancelled'')', '''sent'', ''sold'', ''cancelled'', ''reassigned'')')
WHERE type = 'table' AND name = 'stock_moves';
PRAGMA writable_schema = RESET;

-- What lay in the stores when the books began: one of two who counted it writes the sheet, the other
-- agrees, and then it comes in as lots with an opening entry of its own.
CREATE TABLE stock_sheets (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  opened_on TEXT NOT NULL,
  note TEXT,
  written_on TEXT NOT NULL,
  written_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT stock_sheet_not_in_future CHECK (opened_on <= written_on)
) STRICT;
CREATE INDEX stock_sheets_of_centre ON stock_sheets (centre_id, id);
CREATE TABLE stock_sheet_lines (
  sheet_id INTEGER NOT NULL REFERENCES stock_sheets (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CONSTRAINT sheet_position CHECK (position BETWEEN 1 AND 5000),
  store_id INTEGER NOT NULL REFERENCES stores (id),
  name TEXT NOT NULL CONSTRAINT sheet_name CHECK (length(trim(name)) > 0),
  unit TEXT NOT NULL CONSTRAINT sheet_unit CHECK (unit IN
    ('kg', 'gram', 'litre', 'piece', 'box', 'set', 'pair', 'metre', 'pack')),
  account TEXT NOT NULL CONSTRAINT sheet_account CHECK (account GLOB '130[1-6]'),
  quantity_milli INTEGER NOT NULL
    CONSTRAINT sheet_quantity CHECK (quantity_milli BETWEEN 1 AND 999999999999),
  -- Rials for the whole line.
  value_rial INTEGER NOT NULL
    CONSTRAINT sheet_value CHECK (value_rial BETWEEN 1 AND 99999999999999),
  fund TEXT NOT NULL REFERENCES funds (code),
  condition TEXT NOT NULL CONSTRAINT sheet_condition CHECK (condition IN ('new', 'used', 'perishable')),
  expires_on TEXT,
  PRIMARY KEY (sheet_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE stock_sheet_answers (
  sheet_id INTEGER PRIMARY KEY REFERENCES stock_sheets (id),
  agreed INTEGER NOT NULL CONSTRAINT sheet_agreed CHECK (agreed IN (0, 1)),
  reason TEXT,
  answered_on TEXT NOT NULL,
  answered_by INTEGER NOT NULL REFERENCES users (id),
  entry_id INTEGER CONSTRAINT sheet_entry_once UNIQUE
    REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT sheet_booked_when_agreed CHECK ((agreed = 1) = (entry_id IS NOT NULL)),
  CONSTRAINT sheet_sent_back_says_why CHECK (agreed = 1 OR coalesce(length(trim(reason)), 0) >= 3)
) STRICT;
CREATE TRIGGER stock_sheet_lines_are_final_insert BEFORE INSERT ON stock_sheet_lines
WHEN EXISTS (SELECT 1 FROM stock_sheets WHERE id = NEW.sheet_id)
BEGIN SELECT RAISE(ABORT, 'stock_sheets_are_final'); END;
CREATE TRIGGER stock_sheets_are_new BEFORE INSERT ON stock_sheets
WHEN EXISTS (SELECT 1 FROM stock_sheets WHERE id = NEW.id)
  OR NOT EXISTS (SELECT 1 FROM stock_sheet_lines WHERE sheet_id = NEW.id)
  OR EXISTS (SELECT 1 FROM stock_sheet_lines l JOIN stores s ON s.id = l.store_id
    WHERE l.sheet_id = NEW.id AND (s.centre_id <> NEW.centre_id OR l.expires_on < NEW.opened_on))
BEGIN SELECT RAISE(ABORT, 'stock_sheets_are_final'); END;
CREATE TRIGGER stock_sheet_has_two_signatures BEFORE INSERT ON stock_sheet_answers
WHEN EXISTS (SELECT 1 FROM stock_sheet_answers
    WHERE sheet_id = NEW.sheet_id OR entry_id = NEW.entry_id)
  OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id)
  OR (NEW.agreed = 1
    AND NEW.answered_by = (SELECT written_by FROM stock_sheets WHERE id = NEW.sheet_id))
BEGIN SELECT RAISE(ABORT, 'stock_sheet_has_two_signatures'); END;
CREATE TRIGGER stock_sheets_final_update BEFORE UPDATE ON stock_sheets
BEGIN SELECT RAISE(ABORT, 'stock_sheets_are_final'); END;
CREATE TRIGGER stock_sheets_final_delete BEFORE DELETE ON stock_sheets
BEGIN SELECT RAISE(ABORT, 'stock_sheets_are_final'); END;
CREATE TRIGGER stock_sheet_lines_final_update BEFORE UPDATE ON stock_sheet_lines
BEGIN SELECT RAISE(ABORT, 'stock_sheets_are_final'); END;
CREATE TRIGGER stock_sheet_lines_final_delete BEFORE DELETE ON stock_sheet_lines
BEGIN SELECT RAISE(ABORT, 'stock_sheets_are_final'); END;
CREATE TRIGGER stock_sheet_answers_final_update BEFORE UPDATE ON stock_sheet_answers
BEGIN SELECT RAISE(ABORT, 'stock_sheets_are_final'); END;
CREATE TRIGGER stock_sheet_answers_final_delete BEFORE DELETE ON stock_sheet_answers
BEGIN SELECT RAISE(ABORT, 'stock_sheets_are_final'); END;
-- A line of an agreed sheet comes in once, as it stands there.
CREATE TRIGGER opening_stock_as_written BEFORE INSERT ON stock_moves
WHEN NEW.kind = 'opening' AND NOT EXISTS (
  SELECT 1 FROM lots o JOIN items i ON i.id = o.item_id JOIN stock_sheet_answers a ON a.agreed = 1
  JOIN stock_sheets s ON s.id = a.sheet_id AND s.opened_on = NEW.moved_on
  JOIN stock_sheet_lines l ON l.sheet_id = s.id AND l.position = o.position
  WHERE o.id = NEW.lot_id AND 'stock-sheets/' || s.id = NEW.subject AND a.entry_id = NEW.entry_id
    AND l.store_id = NEW.store_id AND l.quantity_milli = NEW.quantity_milli
    AND l.value_rial = NEW.value_rial AND l.unit = i.unit AND l.fund = o.fund
    AND l.expires_on IS o.expires_on
    AND NOT EXISTS (SELECT 1 FROM stock_moves m JOIN lots x ON x.id = m.lot_id
      WHERE m.subject = NEW.subject AND x.position = o.position))
BEGIN SELECT RAISE(ABORT, 'opening_stock_as_written'); END;
DROP TRIGGER opening_is_of_a_year;
CREATE TRIGGER opening_is_of_a_year BEFORE INSERT ON entries
WHEN NEW.source = 'opening'
  AND NOT EXISTS (SELECT 1 FROM opening_balances
    WHERE entry_id = NEW.id AND centre_id = NEW.centre_id AND opened_on = NEW.entry_on)
  AND NOT EXISTS (SELECT 1 FROM stock_sheet_answers a JOIN stock_sheets s ON s.id = a.sheet_id
    WHERE a.entry_id = NEW.id AND s.centre_id = NEW.centre_id AND s.opened_on = NEW.entry_on)
  AND NOT EXISTS (SELECT 1 FROM year_closing_entries c
    WHERE c.entry_id = NEW.id AND c.kind = 'opening' AND c.centre_id = NEW.centre_id
      AND c.year = NEW.year - 1
      AND NEW.entry_on = (SELECT first_on FROM calendar_months WHERE year = NEW.year AND month = 1))
BEGIN SELECT RAISE(ABORT, 'opening_is_of_a_year'); END;
-- Opening stock is of the day of the other opening balances, before which nothing was booked; every
-- line of its sheet has its move, and the goods are the centre's own net assets.
CREATE TRIGGER opening_stock_comes_first BEFORE INSERT ON entries
WHEN NEW.source = 'opening' AND EXISTS (SELECT 1 FROM stock_sheet_answers WHERE entry_id = NEW.id) AND (
  NEW.drafted_by = NEW.posted_by
  OR NEW.entry_on <= coalesce((SELECT through_on FROM book_locks
    WHERE centre_id = NEW.centre_id ORDER BY id DESC LIMIT 1), '')
  OR EXISTS (SELECT 1 FROM entries WHERE centre_id = NEW.centre_id AND entry_on < NEW.entry_on)
  OR EXISTS (SELECT 1 FROM opening_balances
    WHERE centre_id = NEW.centre_id AND opened_on <> NEW.entry_on)
  OR (SELECT count(*) FROM stock_moves WHERE entry_id = NEW.id AND kind = 'opening')
    <> (SELECT count(*) FROM stock_sheet_lines l JOIN stock_sheet_answers a ON a.sheet_id = l.sheet_id
      WHERE a.entry_id = NEW.id)
  OR EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id
    AND NOT (account GLOB '130[1-6]' AND debit_rial > 0)
    AND NOT (account IN ('4101', '4102') AND credit_rial > 0)))
BEGIN SELECT RAISE(ABORT, 'opening_stock_comes_first'); END;
CREATE TRIGGER b128_licence_before_opening_stock BEFORE INSERT ON entries
WHEN NEW.source = 'opening' AND EXISTS (SELECT 1 FROM stock_sheet_answers WHERE entry_id = NEW.id)
  AND NOT EXISTS (SELECT 1 FROM licences WHERE centre_id = NEW.centre_id AND from_on <= NEW.entry_on)
BEGIN SELECT RAISE(ABORT, 'b128_licence_before_opening'); END;
CREATE TRIGGER opening_stock_stays BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM stock_sheet_answers WHERE entry_id = NEW.reverses_entry_id)
BEGIN SELECT RAISE(ABORT, 'opening_stock_stays'); END;

-- Goods that go to another purpose: a part of a lot becomes a lot of the other fund, booked by 4104.
CREATE TABLE goods_intentions (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  lot_id INTEGER NOT NULL REFERENCES lots (id),
  store_id INTEGER NOT NULL REFERENCES stores (id),
  to_lot_id INTEGER NOT NULL CONSTRAINT goods_intention_lot_once UNIQUE REFERENCES lots (id),
  from_fund TEXT NOT NULL REFERENCES funds (code),
  to_fund TEXT NOT NULL REFERENCES funds (code),
  quantity_milli INTEGER NOT NULL CONSTRAINT goods_intention_quantity CHECK (quantity_milli > 0),
  value_rial INTEGER NOT NULL
    CONSTRAINT goods_intention_value CHECK (value_rial BETWEEN 1 AND 99999999999999),
  way TEXT NOT NULL CONSTRAINT goods_intention_way CHECK (way IN ('consent', 'nearest')),
  -- How and when the giver agreed.
  consent TEXT CONSTRAINT goods_intention_consent CHECK (consent IN ('writing', 'speech', 'message')),
  consented_on TEXT,
  reason TEXT NOT NULL CONSTRAINT goods_intention_has_reason CHECK (length(trim(reason)) >= 10),
  changed_on TEXT NOT NULL,
  changed_by INTEGER NOT NULL REFERENCES users (id),
  entry_id INTEGER NOT NULL CONSTRAINT goods_intention_entry_once UNIQUE
    REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT goods_intention_goes_elsewhere CHECK (from_fund <> to_fund),
  CONSTRAINT goods_intention_consent_is_whole CHECK ((way = 'consent') = (consent IS NOT NULL)
    AND (way = 'consent') = (consented_on IS NOT NULL) AND coalesce(consented_on <= changed_on, 1))
) STRICT;
CREATE INDEX goods_intentions_of_lot ON goods_intentions (lot_id);
CREATE INDEX goods_intentions_of_centre ON goods_intentions (centre_id, id);
CREATE TRIGGER goods_intentions_are_new BEFORE INSERT ON goods_intentions
WHEN EXISTS (SELECT 1 FROM goods_intentions
    WHERE id = NEW.id OR to_lot_id = NEW.to_lot_id OR entry_id = NEW.entry_id)
  OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'goods_intentions_are_final'); END;
CREATE TRIGGER goods_intentions_final_update BEFORE UPDATE ON goods_intentions
BEGIN SELECT RAISE(ABORT, 'goods_intentions_are_final'); END;
CREATE TRIGGER goods_intentions_final_delete BEFORE DELETE ON goods_intentions
BEGIN SELECT RAISE(ABORT, 'goods_intentions_are_final'); END;
-- The rules of both funds, as for money; and goods go only to a fund out of which they can be given.
CREATE TRIGGER b81_goods_change_where_allowed BEFORE INSERT ON goods_intentions
WHEN NOT EXISTS (SELECT 1 FROM fund_rules r WHERE r.reaction = 'allow'
    AND r.rule = iif(NEW.way = 'consent', 'change-by-consent', 'change-to-nearest')
    AND r.version_id = (SELECT id FROM fund_versions
      WHERE fund = NEW.from_fund AND from_on <= NEW.changed_on ORDER BY version DESC LIMIT 1))
  OR NOT EXISTS (SELECT 1 FROM funds f JOIN fund_versions v ON v.fund = f.code
    WHERE f.code = NEW.to_fund AND v.takes_gifts = 1
      AND v.id = (SELECT id FROM fund_versions
        WHERE fund = NEW.to_fund AND from_on <= NEW.changed_on ORDER BY version DESC LIMIT 1)
      AND (f.restriction = 'free' OR EXISTS (SELECT 1 FROM fund_rules r
        WHERE r.version_id = v.id AND r.rule = 'change-by-consent' AND r.reaction = 'allow'))
      AND EXISTS (SELECT 1 FROM fund_uses u WHERE u.version_id = v.id AND u.account GLOB '6*'))
BEGIN SELECT RAISE(ABORT, 'b81_goods_change_where_allowed'); END;
-- What goes is the lot's own, looked at, still good and promised to nobody; nobody agrees before he
-- gave, and only who gave agrees at all. The lot it becomes is the same goods of the other fund.
CREATE TRIGGER b81_goods_change_of_what_lies BEFORE INSERT ON goods_intentions
WHEN NOT EXISTS (SELECT 1 FROM lots l JOIN lots o ON o.id = NEW.to_lot_id
    JOIN stores s ON s.id = NEW.store_id AND s.centre_id = NEW.centre_id
    WHERE l.id = NEW.lot_id AND l.centre_id = NEW.centre_id AND l.fund = NEW.from_fund
      AND coalesce(l.expires_on, '9999') >= NEW.changed_on
      AND EXISTS (SELECT 1 FROM lots_ready WHERE lot_id = l.id)
      AND (NEW.way = 'nearest' OR (l.origin = 'gift' AND NEW.consented_on >= l.received_on))
      AND o.centre_id = NEW.centre_id AND o.item_id = l.item_id AND o.fund = NEW.to_fund
      AND o.origin = 'intention' AND o.condition = l.condition AND o.expires_on IS l.expires_on
      AND o.received_on = NEW.changed_on)
BEGIN SELECT RAISE(ABORT, 'b81_goods_change_of_what_lies'); END;
CREATE TRIGGER b81_goods_change_by_chair BEFORE INSERT ON goods_intentions
WHEN NEW.way = 'nearest' AND NOT EXISTS (SELECT 1 FROM acts a JOIN decrees d
  ON d.id = iif(substr(a.capacity, 1, 7) IN ('decree:', 'acting:'), substr(a.capacity, 8), NULL)
  WHERE a.id = NEW.act_id AND a.user_id = NEW.changed_by AND d.centre_id = NEW.centre_id
    AND (d.seat = 'chair' OR a.capacity GLOB 'acting:*'))
BEGIN SELECT RAISE(ABORT, 'b81_goods_change_by_chair'); END;
CREATE TRIGGER moved_as_changed BEFORE INSERT ON stock_moves
WHEN NEW.kind IN ('reassigned', 'assigned') AND NOT EXISTS (SELECT 1 FROM goods_intentions c
  WHERE 'goods-intentions/' || c.id = NEW.subject AND c.entry_id = NEW.entry_id
    AND c.store_id = NEW.store_id AND c.changed_on = NEW.moved_on
    AND NEW.lot_id = iif(NEW.kind = 'assigned', c.to_lot_id, c.lot_id)
    AND NEW.quantity_milli = iif(NEW.kind = 'assigned', 1, -1) * c.quantity_milli
    AND NEW.value_rial = iif(NEW.kind = 'assigned', 1, -1) * c.value_rial
    AND NOT EXISTS (SELECT 1 FROM stock_moves WHERE subject = NEW.subject AND kind = NEW.kind))
BEGIN SELECT RAISE(ABORT, 'moved_as_changed'); END;
DROP TRIGGER b81_only_ready_goods_leave;
CREATE TRIGGER b81_only_ready_goods_leave BEFORE INSERT ON stock_moves
WHEN NEW.kind IN ('issued', 'sold', 'reassigned') AND (
  NOT EXISTS (SELECT 1 FROM lots_ready WHERE lot_id = NEW.lot_id)
  OR EXISTS (SELECT 1 FROM lots WHERE id = NEW.lot_id AND expires_on < NEW.moved_on))
BEGIN SELECT RAISE(ABORT, 'b81_only_ready_goods_leave'); END;
DROP TRIGGER b81_promised_goods_stay;
CREATE TRIGGER b81_promised_goods_stay BEFORE INSERT ON stock_moves
WHEN NEW.kind IN ('issued', 'sold', 'sent', 'cancelled', 'reassigned')
  AND coalesce((SELECT quantity_milli FROM stock
      WHERE lot_id = NEW.lot_id AND store_id = NEW.store_id), 0) + NEW.quantity_milli
    < coalesce((SELECT sum(a.quantity_milli) FROM allocations a
      WHERE a.lot_id = NEW.lot_id AND a.store_id = NEW.store_id
        AND NOT EXISTS (SELECT 1 FROM allocation_ends e WHERE e.allocation_id = a.id)), 0)
BEGIN SELECT RAISE(ABORT, 'b81_promised_goods_stay'); END;
DROP TRIGGER what_returns_was_issued;
CREATE TRIGGER what_returns_was_issued BEFORE INSERT ON stock_moves
WHEN NEW.kind = 'returned' AND NEW.quantity_milli + coalesce((SELECT sum(quantity_milli)
  FROM stock_moves WHERE subject = NEW.subject AND lot_id = NEW.lot_id
    AND kind IN ('issued', 'reassigned', 'returned')), 0) > 0
BEGIN SELECT RAISE(ABORT, 'what_returns_was_issued'); END;
DROP TRIGGER lots_come_in_once;
CREATE TRIGGER lots_come_in_once BEFORE INSERT ON stock_moves
WHEN NEW.kind IN ('received', 'bought', 'found', 'opening', 'assigned') AND (
  EXISTS (SELECT 1 FROM stock_moves WHERE lot_id = NEW.lot_id)
  OR NEW.kind IS NOT (SELECT CASE origin WHEN 'gift' THEN 'received' WHEN 'purchase' THEN 'bought'
    WHEN 'count' THEN 'found' WHEN 'intention' THEN 'assigned' ELSE 'opening' END
    FROM lots WHERE id = NEW.lot_id)
  OR NEW.moved_on IS NOT (SELECT received_on FROM lots WHERE id = NEW.lot_id))
BEGIN SELECT RAISE(ABORT, 'lots_come_in_once'); END;
-- Its entry takes from the one fund and gives to the other, money where it lies or goods of their
-- store, and does no more.
DROP TRIGGER b81_intention_as_changed;
CREATE TRIGGER b81_intention_as_changed BEFORE INSERT ON entries
WHEN NEW.source = 'intention' AND NOT EXISTS (
  SELECT 1 FROM (
    SELECT centre_id, from_fund, to_fund, amount_rial AS rial, account, changed_on
    FROM intention_changes WHERE entry_id = NEW.id
    UNION ALL
    SELECT g.centre_id, g.from_fund, g.to_fund, g.value_rial, i.account, g.changed_on
    FROM goods_intentions g JOIN lots o ON o.id = g.lot_id JOIN items i ON i.id = o.item_id
    WHERE g.entry_id = NEW.id) c
  WHERE c.centre_id = NEW.centre_id AND c.changed_on = NEW.entry_on
    AND (SELECT count(*) = 4 AND sum(
        CASE l.line
          WHEN 1 THEN l.account = '4104' AND l.fund = c.from_fund AND l.debit_rial = c.rial
          WHEN 2 THEN l.account = c.account AND l.fund = c.from_fund AND l.credit_rial = c.rial
          WHEN 3 THEN l.account = c.account AND l.fund = c.to_fund AND l.debit_rial = c.rial
          WHEN 4 THEN l.account = '4104' AND l.fund = c.to_fund AND l.credit_rial = c.rial
          ELSE 0
        END) = 4
      FROM entry_lines l WHERE l.entry_id = NEW.id))
BEGIN SELECT RAISE(ABORT, 'b81_intention_as_changed'); END;

-- What each item has in each store and fund, kept beside the moves: however many there were, and however
-- many lots, what lies in the stores is read in one step. The doctor adds the moves up again.
CREATE TABLE stock_sums (
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  item_id INTEGER NOT NULL REFERENCES items (id),
  store_id INTEGER NOT NULL REFERENCES stores (id),
  fund TEXT NOT NULL REFERENCES funds (code),
  quantity_milli INTEGER NOT NULL CONSTRAINT sums_not_below_zero CHECK (quantity_milli >= 0),
  value_rial INTEGER NOT NULL CONSTRAINT sums_worth_not_below_zero CHECK (value_rial >= 0),
  PRIMARY KEY (centre_id, item_id, store_id, fund)
) STRICT, WITHOUT ROWID;
INSERT INTO stock_sums
SELECT s.centre_id, l.item_id, s.store_id, l.fund, sum(s.quantity_milli), sum(s.value_rial)
FROM stock s JOIN lots l ON l.id = s.lot_id GROUP BY s.centre_id, l.item_id, s.store_id, l.fund;
CREATE TRIGGER move_is_summed AFTER INSERT ON stock_moves
BEGIN
  INSERT OR IGNORE INTO stock_sums
  SELECT NEW.centre_id, l.item_id, NEW.store_id, l.fund, 0, 0 FROM lots l WHERE l.id = NEW.lot_id;
  UPDATE stock_sums SET quantity_milli = quantity_milli + NEW.quantity_milli,
    value_rial = value_rial + NEW.value_rial
  WHERE (centre_id, item_id, store_id, fund)
    = (SELECT NEW.centre_id, l.item_id, NEW.store_id, l.fund FROM lots l WHERE l.id = NEW.lot_id);
END;

-- What a fund has is asked at every posting. Without the sums in it SQLite passed this index by and read
-- all months of the centre instead; with them it answers alone.
DROP INDEX balances_by_fund;
CREATE INDEX balances_by_fund ON balances (centre_id, account, fund, debit_rial, credit_rial);
