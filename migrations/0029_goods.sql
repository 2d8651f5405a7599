-- Goods: what lies in a store, of which gift or purchase, in which intention, until when. Stock is the
-- sum of moves that nobody changes, in quantity (thousandths of the unit), in rials and by fund.

-- A kind of thing that the centre keeps.
CREATE TABLE items (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  name TEXT NOT NULL CONSTRAINT item_name CHECK (length(trim(name)) > 0),
  name_search TEXT NOT NULL,
  unit TEXT NOT NULL CONSTRAINT item_unit CHECK (unit IN
    ('kg', 'gram', 'litre', 'piece', 'box', 'set', 'pair', 'metre', 'pack')),
  account TEXT NOT NULL CONSTRAINT item_account CHECK (account GLOB '130[1-6]'),
  -- Below so much the item stands on the list of what runs short; null asks for none.
  low_milli INTEGER CONSTRAINT item_low CHECK (low_milli IS NULL OR low_milli > 0),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT item_once UNIQUE (centre_id, name_search, unit)
) STRICT;
CREATE TRIGGER items_are_new BEFORE INSERT ON items
WHEN EXISTS (SELECT 1 FROM items WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM items
    WHERE centre_id = NEW.centre_id AND name_search = NEW.name_search AND unit = NEW.unit)
BEGIN SELECT RAISE(ABORT, 'b134_items_stay'); END;
CREATE TRIGGER items_stay BEFORE DELETE ON items
BEGIN SELECT RAISE(ABORT, 'b134_items_stay'); END;
CREATE TRIGGER item_stays_itself BEFORE UPDATE OF id, centre_id, name, name_search, unit, account ON items
BEGIN SELECT RAISE(ABORT, 'b134_items_stay'); END;

-- Where goods lie.
CREATE TABLE stores (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  name TEXT NOT NULL CONSTRAINT store_name CHECK (length(trim(name)) > 0),
  place TEXT,
  keeper TEXT,
  opened_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT store_once UNIQUE (centre_id, name)
) STRICT;
CREATE TABLE store_closings (
  store_id INTEGER PRIMARY KEY REFERENCES stores (id),
  reason TEXT NOT NULL CONSTRAINT store_closing_reason CHECK (length(trim(reason)) >= 3),
  closed_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER stores_are_new BEFORE INSERT ON stores
WHEN EXISTS (SELECT 1 FROM stores WHERE id = NEW.id OR (centre_id = NEW.centre_id AND name = NEW.name))
BEGIN SELECT RAISE(ABORT, 'b134_stores_stay'); END;
CREATE TRIGGER stores_stay BEFORE DELETE ON stores
BEGIN SELECT RAISE(ABORT, 'b134_stores_stay'); END;
CREATE TRIGGER stores_are_final BEFORE UPDATE ON stores
BEGIN SELECT RAISE(ABORT, 'b134_stores_stay'); END;
CREATE TRIGGER store_closes_once BEFORE INSERT ON store_closings
WHEN EXISTS (SELECT 1 FROM store_closings WHERE store_id = NEW.store_id)
BEGIN SELECT RAISE(ABORT, 'b134_stores_stay'); END;
CREATE TRIGGER store_closings_stay BEFORE DELETE ON store_closings
BEGIN SELECT RAISE(ABORT, 'b134_stores_stay'); END;
CREATE TRIGGER store_closings_are_final BEFORE UPDATE ON store_closings
BEGIN SELECT RAISE(ABORT, 'b134_stores_stay'); END;

-- What came in together: one item, one intention, one day until which it is good. Final.
CREATE TABLE lots (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  number INTEGER NOT NULL,
  item_id INTEGER NOT NULL REFERENCES items (id),
  -- Kept with the lot until it is delivered: flour bought with kaffara money is kaffara flour.
  fund TEXT NOT NULL REFERENCES funds (code),
  -- A purchase has its price; a gift is inspected and appraised; a count finds what was not written.
  origin TEXT NOT NULL CONSTRAINT lot_origin CHECK (origin IN ('gift', 'purchase', 'count', 'opening')),
  donation_id INTEGER REFERENCES donations (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER,
  condition TEXT NOT NULL CONSTRAINT lot_condition CHECK (condition IN ('new', 'used', 'perishable')),
  expires_on TEXT,
  received_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT lot_number_once UNIQUE (centre_id, number),
  CONSTRAINT lot_of_gift CHECK ((origin = 'gift') = (donation_id IS NOT NULL AND position IS NOT NULL)),
  CONSTRAINT lot_of_gift_once UNIQUE (donation_id, position)
) STRICT;
CREATE INDEX lots_of_item ON lots (item_id, expires_on, id);
CREATE TRIGGER lots_are_new BEFORE INSERT ON lots
WHEN EXISTS (SELECT 1 FROM lots WHERE id = NEW.id)
  OR NEW.number IS NOT 1 + coalesce((SELECT max(number) FROM lots WHERE centre_id = NEW.centre_id), 0)
  OR NEW.centre_id IS NOT (SELECT centre_id FROM items WHERE id = NEW.item_id)
  OR (NEW.donation_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM lots WHERE donation_id = NEW.donation_id AND position = NEW.position))
BEGIN SELECT RAISE(ABORT, 'lots_are_final'); END;
CREATE TRIGGER lots_are_final_update BEFORE UPDATE ON lots
BEGIN SELECT RAISE(ABORT, 'lots_are_final'); END;
CREATE TRIGGER lots_are_final_delete BEFORE DELETE ON lots
BEGIN SELECT RAISE(ABORT, 'lots_are_final'); END;

-- A lot that was given is looked at: taken, or refused (then what is refused leaves the store).
CREATE TABLE lot_inspections (
  lot_id INTEGER PRIMARY KEY REFERENCES lots (id),
  result TEXT NOT NULL CONSTRAINT inspection_result CHECK (result IN ('accepted', 'accepted-in-part', 'refused')),
  refused_milli INTEGER NOT NULL CONSTRAINT inspection_refused CHECK (refused_milli >= 0),
  reason TEXT,
  inspected_on TEXT NOT NULL,
  inspected_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT inspection_says_why CHECK (result = 'accepted' OR coalesce(length(trim(reason)), 0) >= 3),
  CONSTRAINT inspection_counts CHECK ((result = 'accepted') = (refused_milli = 0))
) STRICT;
CREATE TRIGGER inspections_are_new BEFORE INSERT ON lot_inspections
WHEN EXISTS (SELECT 1 FROM lot_inspections WHERE lot_id = NEW.lot_id)
BEGIN SELECT RAISE(ABORT, 'inspections_are_final'); END;
CREATE TRIGGER inspections_are_final_update BEFORE UPDATE ON lot_inspections
BEGIN SELECT RAISE(ABORT, 'inspections_are_final'); END;
CREATE TRIGGER inspections_are_final_delete BEFORE DELETE ON lot_inspections
BEGIN SELECT RAISE(ABORT, 'inspections_are_final'); END;

-- Two sign what a lot is worth: one proposes, another agrees or sends it back. Rials for all of it.
CREATE TABLE lot_appraisals (
  id INTEGER PRIMARY KEY,
  lot_id INTEGER NOT NULL REFERENCES lots (id),
  value_rial INTEGER NOT NULL CONSTRAINT appraisal_value CHECK (value_rial BETWEEN 0 AND 99999999999999),
  basis TEXT NOT NULL CONSTRAINT appraisal_basis CHECK (basis IN
    ('invoice', 'market-price', 'expert', 'similar-goods', 'donor-statement')),
  note TEXT,
  proposed_on TEXT NOT NULL,
  proposed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX appraisals_of_lot ON lot_appraisals (lot_id, id);
CREATE TABLE lot_appraisal_answers (
  appraisal_id INTEGER PRIMARY KEY REFERENCES lot_appraisals (id),
  agreed INTEGER NOT NULL CONSTRAINT appraisal_agreed CHECK (agreed IN (0, 1)),
  reason TEXT,
  answered_on TEXT NOT NULL,
  answered_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT appraisal_sent_back_says_why CHECK (agreed = 1 OR coalesce(length(trim(reason)), 0) >= 3)
) STRICT;
CREATE TRIGGER appraisals_are_new BEFORE INSERT ON lot_appraisals
WHEN EXISTS (SELECT 1 FROM lot_appraisals WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM lot_appraisals a LEFT JOIN lot_appraisal_answers w ON w.appraisal_id = a.id
    WHERE a.lot_id = NEW.lot_id AND coalesce(w.agreed, 1) = 1)
BEGIN SELECT RAISE(ABORT, 'appraisals_are_final'); END;
CREATE TRIGGER appraisal_has_two_signatures BEFORE INSERT ON lot_appraisal_answers
WHEN EXISTS (SELECT 1 FROM lot_appraisal_answers WHERE appraisal_id = NEW.appraisal_id)
  OR NEW.answered_by = (SELECT proposed_by FROM lot_appraisals WHERE id = NEW.appraisal_id)
BEGIN SELECT RAISE(ABORT, 'appraisal_has_two_signatures'); END;
CREATE TRIGGER appraisals_are_final_update BEFORE UPDATE ON lot_appraisals
BEGIN SELECT RAISE(ABORT, 'appraisals_are_final'); END;
CREATE TRIGGER appraisals_are_final_delete BEFORE DELETE ON lot_appraisals
BEGIN SELECT RAISE(ABORT, 'appraisals_are_final'); END;
CREATE TRIGGER appraisal_answers_are_final_update BEFORE UPDATE ON lot_appraisal_answers
BEGIN SELECT RAISE(ABORT, 'appraisals_are_final'); END;
CREATE TRIGGER appraisal_answers_are_final_delete BEFORE DELETE ON lot_appraisal_answers
BEGIN SELECT RAISE(ABORT, 'appraisals_are_final'); END;

-- Lots from which something may go out: bought, or looked at and appraised by two.
CREATE VIEW lots_ready AS
SELECT l.id AS lot_id FROM lots l
WHERE l.origin <> 'gift'
  OR (EXISTS (SELECT 1 FROM lot_inspections i WHERE i.lot_id = l.id AND i.result <> 'refused')
    AND EXISTS (SELECT 1 FROM lot_appraisals a JOIN lot_appraisal_answers w
      ON w.appraisal_id = a.id AND w.agreed = 1 WHERE a.lot_id = l.id));

-- What moved: in with a plus, out with a minus, in quantity and in rials. Final.
CREATE TABLE stock_moves (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  lot_id INTEGER NOT NULL REFERENCES lots (id),
  store_id INTEGER NOT NULL REFERENCES stores (id),
  kind TEXT NOT NULL CONSTRAINT move_kind CHECK (kind IN ('received', 'bought', 'found', 'opening', 'refused',
    'appraised', 'issued', 'returned', 'wasted', 'sent', 'arrived', 'counted', 'sold', 'cancelled')),
  quantity_milli INTEGER NOT NULL,
  value_rial INTEGER NOT NULL,
  moved_on TEXT NOT NULL,
  -- The deed it is a part of: donations/5, deliveries/3, counts/2.
  subject TEXT NOT NULL,
  reason TEXT,
  entry_id INTEGER REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  moved_by INTEGER NOT NULL REFERENCES users (id),
  moved_at TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT move_direction CHECK (CASE
    WHEN kind IN ('received', 'bought', 'found', 'opening', 'returned', 'arrived')
      THEN quantity_milli > 0 AND value_rial >= 0
    WHEN kind IN ('refused', 'issued', 'wasted', 'sent', 'sold', 'cancelled')
      THEN quantity_milli < 0 AND value_rial <= 0
    WHEN kind = 'appraised' THEN quantity_milli = 0 AND value_rial <> 0
    ELSE quantity_milli <> 0 AND quantity_milli * value_rial >= 0 END),
  CONSTRAINT move_says_why CHECK (kind NOT IN ('refused', 'wasted', 'returned', 'counted')
    OR coalesce(length(trim(reason)), 0) >= 3),
  CONSTRAINT move_not_in_future CHECK (moved_on <= date(moved_at, '+210 minutes'))
) STRICT;
CREATE INDEX moves_of_lot ON stock_moves (lot_id, id);
CREATE INDEX moves_of_centre ON stock_moves (centre_id, moved_on, id);
CREATE INDEX moves_of_entry ON stock_moves (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX moves_of_subject ON stock_moves (subject);

-- What each lot has in each store, kept by trigger beside the moves; the doctor counts it again.
CREATE TABLE stock (
  lot_id INTEGER NOT NULL REFERENCES lots (id),
  store_id INTEGER NOT NULL REFERENCES stores (id),
  centre_id INTEGER NOT NULL,
  quantity_milli INTEGER NOT NULL CONSTRAINT stock_not_below_zero CHECK (quantity_milli >= 0),
  value_rial INTEGER NOT NULL CONSTRAINT stock_worth_not_below_zero CHECK (value_rial >= 0),
  PRIMARY KEY (lot_id, store_id),
  CONSTRAINT nothing_is_worth_nothing CHECK (quantity_milli > 0 OR value_rial = 0)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_of_centre ON stock (centre_id, store_id) WHERE quantity_milli > 0;

-- So much of a lot is promised to a deed and not to be given to another; released when it is given.
CREATE TABLE allocations (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  lot_id INTEGER NOT NULL REFERENCES lots (id),
  store_id INTEGER NOT NULL REFERENCES stores (id),
  quantity_milli INTEGER NOT NULL CONSTRAINT allocation_quantity CHECK (quantity_milli > 0),
  subject TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TABLE allocation_ends (
  allocation_id INTEGER PRIMARY KEY REFERENCES allocations (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX allocations_of_lot ON allocations (lot_id, store_id);
CREATE INDEX allocations_of_subject ON allocations (subject);
CREATE VIEW allocated AS
SELECT a.lot_id, a.store_id, sum(a.quantity_milli) AS quantity_milli
FROM allocations a WHERE NOT EXISTS (SELECT 1 FROM allocation_ends e WHERE e.allocation_id = a.id)
GROUP BY a.lot_id, a.store_id;
CREATE TRIGGER b81_allocated_once BEFORE INSERT ON allocations
WHEN EXISTS (SELECT 1 FROM allocations WHERE id = NEW.id)
  OR NEW.quantity_milli + coalesce((SELECT sum(a.quantity_milli) FROM allocations a
      WHERE a.lot_id = NEW.lot_id AND a.store_id = NEW.store_id
        AND NOT EXISTS (SELECT 1 FROM allocation_ends e WHERE e.allocation_id = a.id)), 0)
    > coalesce((SELECT quantity_milli FROM stock
      WHERE lot_id = NEW.lot_id AND store_id = NEW.store_id), 0)
  OR NOT EXISTS (SELECT 1 FROM lots_ready WHERE lot_id = NEW.lot_id)
  OR NEW.centre_id IS NOT (SELECT centre_id FROM lots WHERE id = NEW.lot_id)
BEGIN SELECT RAISE(ABORT, 'b81_allocated_once'); END;
CREATE TRIGGER allocations_are_final_update BEFORE UPDATE ON allocations
BEGIN SELECT RAISE(ABORT, 'allocations_are_final'); END;
CREATE TRIGGER allocations_are_final_delete BEFORE DELETE ON allocations
BEGIN SELECT RAISE(ABORT, 'allocations_are_final'); END;
CREATE TRIGGER allocation_ends_once BEFORE INSERT ON allocation_ends
WHEN EXISTS (SELECT 1 FROM allocation_ends WHERE allocation_id = NEW.allocation_id)
BEGIN SELECT RAISE(ABORT, 'allocations_are_final'); END;
CREATE TRIGGER allocation_ends_are_final_update BEFORE UPDATE ON allocation_ends
BEGIN SELECT RAISE(ABORT, 'allocations_are_final'); END;
CREATE TRIGGER allocation_ends_are_final_delete BEFORE DELETE ON allocation_ends
BEGIN SELECT RAISE(ABORT, 'allocations_are_final'); END;

CREATE TRIGGER moves_are_new BEFORE INSERT ON stock_moves
WHEN EXISTS (SELECT 1 FROM stock_moves WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'moves_are_final'); END;
CREATE TRIGGER move_of_own_lot BEFORE INSERT ON stock_moves
WHEN NEW.centre_id IS NOT (SELECT centre_id FROM lots WHERE id = NEW.lot_id)
  OR NEW.centre_id IS NOT (SELECT centre_id FROM stores WHERE id = NEW.store_id)
BEGIN SELECT RAISE(ABORT, 'move_of_own_lot'); END;
CREATE TRIGGER nothing_into_a_closed_store BEFORE INSERT ON stock_moves
WHEN NEW.quantity_milli > 0 AND EXISTS (SELECT 1 FROM store_closings WHERE store_id = NEW.store_id)
BEGIN SELECT RAISE(ABORT, 'nothing_into_a_closed_store'); END;
-- B-81: what is given out was looked at and appraised by two, and is still good on that day.
CREATE TRIGGER b81_only_ready_goods_leave BEFORE INSERT ON stock_moves
WHEN NEW.kind IN ('issued', 'sold') AND (
  NOT EXISTS (SELECT 1 FROM lots_ready WHERE lot_id = NEW.lot_id)
  OR EXISTS (SELECT 1 FROM lots WHERE id = NEW.lot_id AND expires_on < NEW.moved_on))
BEGIN SELECT RAISE(ABORT, 'b81_only_ready_goods_leave'); END;
-- What is promised to another deed stays; a deed ends its own promise before it takes.
CREATE TRIGGER b81_promised_goods_stay BEFORE INSERT ON stock_moves
WHEN NEW.kind IN ('issued', 'sold', 'sent', 'cancelled')
  AND coalesce((SELECT quantity_milli FROM stock
      WHERE lot_id = NEW.lot_id AND store_id = NEW.store_id), 0) + NEW.quantity_milli
    < coalesce((SELECT sum(a.quantity_milli) FROM allocations a
      WHERE a.lot_id = NEW.lot_id AND a.store_id = NEW.store_id
        AND NOT EXISTS (SELECT 1 FROM allocation_ends e WHERE e.allocation_id = a.id)), 0)
BEGIN SELECT RAISE(ABORT, 'b81_promised_goods_stay'); END;
CREATE TRIGGER what_arrives_was_sent BEFORE INSERT ON stock_moves
WHEN NEW.kind = 'arrived' AND NOT EXISTS (SELECT 1 FROM stock_moves
  WHERE kind = 'sent' AND act_id = NEW.act_id AND lot_id = NEW.lot_id AND store_id <> NEW.store_id
    AND quantity_milli = -NEW.quantity_milli AND value_rial = -NEW.value_rial)
BEGIN SELECT RAISE(ABORT, 'what_arrives_was_sent'); END;
-- Only what goes from store to store changes no book.
CREATE TRIGGER moves_are_booked BEFORE INSERT ON stock_moves
WHEN NEW.kind NOT IN ('sent', 'arrived') AND NEW.value_rial <> 0 AND NEW.entry_id IS NULL
BEGIN SELECT RAISE(ABORT, 'moves_are_booked'); END;
CREATE TRIGGER move_is_counted AFTER INSERT ON stock_moves
BEGIN
  INSERT OR IGNORE INTO stock VALUES (NEW.lot_id, NEW.store_id, NEW.centre_id, 0, 0);
  UPDATE stock SET quantity_milli = quantity_milli + NEW.quantity_milli,
    value_rial = value_rial + NEW.value_rial
  WHERE lot_id = NEW.lot_id AND store_id = NEW.store_id;
END;
CREATE TRIGGER moves_are_final_update BEFORE UPDATE ON stock_moves
BEGIN SELECT RAISE(ABORT, 'moves_are_final'); END;
CREATE TRIGGER moves_are_final_delete BEFORE DELETE ON stock_moves
BEGIN SELECT RAISE(ABORT, 'moves_are_final'); END;

-- The stores' accounts say what the moves say: an entry debits and credits them by its moves and by
-- nothing else. Goods are not booked by hand; a year that ends and begins only carries them over.
CREATE TRIGGER stock_is_booked BEFORE INSERT ON entries
WHEN (EXISTS (SELECT 1 FROM stock_moves WHERE entry_id = NEW.id)
  OR (NEW.source NOT IN ('opening', 'closing', 'conversion')
    AND NOT EXISTS (SELECT 1 FROM entries WHERE id = NEW.reverses_entry_id
      AND source IN ('opening', 'closing', 'conversion'))
    AND EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id AND account GLOB '13*')))
  AND EXISTS (
    SELECT account, fund FROM (
      SELECT l.account, l.fund, l.debit_rial - l.credit_rial AS rial FROM entry_lines l
      WHERE l.entry_id = NEW.id AND l.account GLOB '13*'
      UNION ALL
      SELECT i.account, o.fund, -m.value_rial FROM stock_moves m
      JOIN lots o ON o.id = m.lot_id JOIN items i ON i.id = o.item_id WHERE m.entry_id = NEW.id)
    GROUP BY account, fund HAVING sum(rial) <> 0)
BEGIN SELECT RAISE(ABORT, 'stock_is_booked'); END;

-- A kit: so much of each item makes one.
CREATE TABLE kits (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  name TEXT NOT NULL CONSTRAINT kit_name CHECK (length(trim(name)) > 0),
  from_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TABLE kit_items (
  kit_id INTEGER NOT NULL REFERENCES kits (id) DEFERRABLE INITIALLY DEFERRED,
  item_id INTEGER NOT NULL REFERENCES items (id),
  quantity_milli INTEGER NOT NULL CONSTRAINT kit_quantity CHECK (quantity_milli > 0),
  PRIMARY KEY (kit_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE kit_ends (
  kit_id INTEGER PRIMARY KEY REFERENCES kits (id),
  ended_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX kits_of_centre ON kits (centre_id, name);
CREATE TRIGGER kit_items_are_final_insert BEFORE INSERT ON kit_items
WHEN EXISTS (SELECT 1 FROM kits WHERE id = NEW.kit_id)
BEGIN SELECT RAISE(ABORT, 'kits_are_final'); END;
CREATE TRIGGER kit_has_items BEFORE INSERT ON kits
WHEN EXISTS (SELECT 1 FROM kits WHERE id = NEW.id)
  OR NOT EXISTS (SELECT 1 FROM kit_items WHERE kit_id = NEW.id)
  OR EXISTS (SELECT 1 FROM kit_items k JOIN items i ON i.id = k.item_id
    WHERE k.kit_id = NEW.id AND i.centre_id <> NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'kits_are_final'); END;
CREATE TRIGGER kits_are_final_update BEFORE UPDATE ON kits
BEGIN SELECT RAISE(ABORT, 'kits_are_final'); END;
CREATE TRIGGER kits_are_final_delete BEFORE DELETE ON kits
BEGIN SELECT RAISE(ABORT, 'kits_are_final'); END;
CREATE TRIGGER kit_items_are_final_update BEFORE UPDATE ON kit_items
BEGIN SELECT RAISE(ABORT, 'kits_are_final'); END;
CREATE TRIGGER kit_items_are_final_delete BEFORE DELETE ON kit_items
BEGIN SELECT RAISE(ABORT, 'kits_are_final'); END;
CREATE TRIGGER kit_ends_once BEFORE INSERT ON kit_ends
WHEN EXISTS (SELECT 1 FROM kit_ends WHERE kit_id = NEW.kit_id)
BEGIN SELECT RAISE(ABORT, 'kits_are_final'); END;
CREATE TRIGGER kit_ends_are_final_update BEFORE UPDATE ON kit_ends
BEGIN SELECT RAISE(ABORT, 'kits_are_final'); END;
CREATE TRIGGER kit_ends_are_final_delete BEFORE DELETE ON kit_ends
BEGIN SELECT RAISE(ABORT, 'kits_are_final'); END;

-- Only lots that were given are inspected, and what is refused leaves in the same act.
CREATE TRIGGER inspection_of_a_gift BEFORE INSERT ON lot_inspections
WHEN NOT EXISTS (SELECT 1 FROM lots l JOIN stock s ON s.lot_id = l.id
  WHERE l.id = NEW.lot_id AND l.origin = 'gift' AND s.quantity_milli >= NEW.refused_milli
    AND s.quantity_milli > 0 AND (NEW.result = 'refused') = (s.quantity_milli = NEW.refused_milli))
BEGIN SELECT RAISE(ABORT, 'inspection_of_a_gift'); END;
CREATE TRIGGER appraisal_after_inspection BEFORE INSERT ON lot_appraisals
WHEN NOT EXISTS (SELECT 1 FROM lot_inspections i JOIN stock s ON s.lot_id = i.lot_id
  WHERE i.lot_id = NEW.lot_id AND i.result <> 'refused' AND s.quantity_milli > 0)
BEGIN SELECT RAISE(ABORT, 'appraisal_after_inspection'); END;
CREATE TRIGGER moves_of_looking BEFORE INSERT ON stock_moves
WHEN (NEW.kind = 'refused' AND NOT EXISTS (SELECT 1 FROM lot_inspections
    WHERE lot_id = NEW.lot_id AND refused_milli = -NEW.quantity_milli AND act_id = NEW.act_id))
  OR (NEW.kind = 'appraised' AND NOT EXISTS (
    SELECT 1 FROM lot_appraisals a JOIN lot_appraisal_answers w ON w.appraisal_id = a.id AND w.agreed = 1
    JOIN stock s ON s.lot_id = a.lot_id AND s.store_id = NEW.store_id
    WHERE a.lot_id = NEW.lot_id AND w.act_id = NEW.act_id
      AND s.value_rial + NEW.value_rial = a.value_rial))
BEGIN SELECT RAISE(ABORT, 'moves_of_looking'); END;
-- B-81: what was not looked at stays where it came in.
CREATE TRIGGER b81_only_ready_goods_are_sent BEFORE INSERT ON stock_moves
WHEN NEW.kind = 'sent' AND NOT EXISTS (SELECT 1 FROM lots_ready WHERE lot_id = NEW.lot_id)
BEGIN SELECT RAISE(ABORT, 'b81_only_ready_goods_are_sent'); END;
CREATE TRIGGER move_after_its_lot BEFORE INSERT ON stock_moves
WHEN NEW.moved_on < (SELECT received_on FROM lots WHERE id = NEW.lot_id)
BEGIN SELECT RAISE(ABORT, 'move_after_its_lot'); END;
-- No more comes back from a deed than it took.
CREATE TRIGGER what_returns_was_issued BEFORE INSERT ON stock_moves
WHEN NEW.kind = 'returned' AND NEW.quantity_milli + coalesce((SELECT sum(quantity_milli)
  FROM stock_moves WHERE subject = NEW.subject AND lot_id = NEW.lot_id
    AND kind IN ('issued', 'returned')), 0) > 0
BEGIN SELECT RAISE(ABORT, 'what_returns_was_issued'); END;
-- Goods come in with the deed that a lot says, whole and once.
CREATE TRIGGER lots_come_in_once BEFORE INSERT ON stock_moves
WHEN NEW.kind IN ('received', 'bought', 'found', 'opening') AND (
  EXISTS (SELECT 1 FROM stock_moves WHERE lot_id = NEW.lot_id)
  OR NEW.kind IS NOT (SELECT CASE origin WHEN 'gift' THEN 'received' WHEN 'purchase' THEN 'bought'
    WHEN 'count' THEN 'found' ELSE 'opening' END FROM lots WHERE id = NEW.lot_id)
  OR NEW.moved_on IS NOT (SELECT received_on FROM lots WHERE id = NEW.lot_id))
BEGIN SELECT RAISE(ABORT, 'lots_come_in_once'); END;
CREATE TRIGGER gift_comes_in_as_receipted BEFORE INSERT ON stock_moves
WHEN NEW.kind = 'received' AND NOT EXISTS (SELECT 1 FROM lots l JOIN gift_items g
    ON g.donation_id = l.donation_id AND g.position = l.position
  JOIN items i ON i.id = l.item_id AND i.unit = g.unit
  WHERE l.id = NEW.lot_id AND g.quantity_milli = NEW.quantity_milli
    AND g.value_rial = NEW.value_rial AND NEW.subject = 'donations/' || l.donation_id
    AND l.expires_on IS g.expires_on)
BEGIN SELECT RAISE(ABORT, 'gift_comes_in_as_receipted'); END;
-- What a receipt counts in lies in a store, from here on.
INSERT INTO settings SELECT 'goods_guarded_after', coalesce(max(id), 0) FROM entries;

CREATE TRIGGER store_closes_empty BEFORE INSERT ON store_closings
WHEN EXISTS (SELECT 1 FROM stock WHERE store_id = NEW.store_id AND quantity_milli > 0)
  OR EXISTS (SELECT 1 FROM counts c WHERE c.store_id = NEW.store_id
    AND NOT EXISTS (SELECT 1 FROM count_ends e WHERE e.count_id = c.id))
BEGIN SELECT RAISE(ABORT, 'store_closes_empty'); END;

-- Goods that somebody promised to bring: what, how much, by when. They may come in several gifts.
CREATE TABLE announcements (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  donor_id INTEGER REFERENCES donors (id),
  fund TEXT NOT NULL REFERENCES funds (code),
  expected_on TEXT,
  note TEXT,
  announced_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX announcements_of_centre ON announcements (centre_id, id);
CREATE TABLE announcement_items (
  announcement_id INTEGER NOT NULL REFERENCES announcements (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CONSTRAINT announced_position CHECK (position BETWEEN 1 AND 90),
  name TEXT NOT NULL CONSTRAINT announced_name CHECK (length(trim(name)) > 0),
  name_search TEXT NOT NULL,
  unit TEXT NOT NULL CONSTRAINT announced_unit CHECK (unit IN
    ('kg', 'gram', 'litre', 'piece', 'box', 'set', 'pair', 'metre', 'pack')),
  quantity_milli INTEGER NOT NULL
    CONSTRAINT announced_quantity CHECK (quantity_milli BETWEEN 1 AND 999999999999),
  PRIMARY KEY (announcement_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE announcement_gifts (
  donation_id INTEGER PRIMARY KEY REFERENCES donations (id),
  announcement_id INTEGER NOT NULL REFERENCES announcements (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX gifts_of_announcement ON announcement_gifts (announcement_id);
CREATE TABLE announcement_ends (
  announcement_id INTEGER PRIMARY KEY REFERENCES announcements (id),
  ending TEXT NOT NULL CONSTRAINT announcement_ending CHECK (ending IN ('settled', 'withdrawn')),
  reason TEXT,
  ended_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT announcement_withdrawn_says_why
    CHECK (ending = 'settled' OR coalesce(length(trim(reason)), 0) >= 3)
) STRICT;
CREATE TRIGGER announcement_items_are_final_insert BEFORE INSERT ON announcement_items
WHEN EXISTS (SELECT 1 FROM announcements WHERE id = NEW.announcement_id)
BEGIN SELECT RAISE(ABORT, 'announcements_are_final'); END;
CREATE TRIGGER announcement_has_items BEFORE INSERT ON announcements
WHEN EXISTS (SELECT 1 FROM announcements WHERE id = NEW.id)
  OR NOT EXISTS (SELECT 1 FROM announcement_items WHERE announcement_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'announcements_are_final'); END;
CREATE TRIGGER announcement_gift_of_its_centre BEFORE INSERT ON announcement_gifts
WHEN EXISTS (SELECT 1 FROM announcement_gifts WHERE donation_id = NEW.donation_id)
  OR EXISTS (SELECT 1 FROM announcement_ends WHERE announcement_id = NEW.announcement_id)
  OR NOT EXISTS (SELECT 1 FROM donations d JOIN announcements a ON a.centre_id = d.centre_id
    AND a.fund = d.fund WHERE d.id = NEW.donation_id AND d.kind = 'goods'
      AND a.id = NEW.announcement_id)
BEGIN SELECT RAISE(ABORT, 'announcement_gift_of_its_centre'); END;
CREATE TRIGGER announcement_ends_once BEFORE INSERT ON announcement_ends
WHEN EXISTS (SELECT 1 FROM announcement_ends WHERE announcement_id = NEW.announcement_id)
BEGIN SELECT RAISE(ABORT, 'announcements_are_final'); END;

-- Up to how many rials of a day one signature writes off; above it two. The newest that has begun holds.
CREATE TABLE waste_limits (
  id INTEGER PRIMARY KEY,
  from_on TEXT NOT NULL,
  value_rial INTEGER NOT NULL CONSTRAINT waste_limit CHECK (value_rial BETWEEN 0 AND 99999999999999),
  -- The first one comes with the program.
  act_id INTEGER REFERENCES acts (id),
  CONSTRAINT waste_limit_was_set CHECK (id = 1 OR act_id IS NOT NULL)
) STRICT;
INSERT INTO waste_limits VALUES (1, '0001-01-01', 20000000, NULL);
CREATE TRIGGER waste_limits_follow BEFORE INSERT ON waste_limits
WHEN EXISTS (SELECT 1 FROM waste_limits WHERE id >= NEW.id)
  OR NOT coalesce(NEW.from_on >= (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id), 0)
BEGIN SELECT RAISE(ABORT, 'waste_limits_are_final'); END;
CREATE TABLE wastes (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  lot_id INTEGER NOT NULL REFERENCES lots (id),
  store_id INTEGER NOT NULL REFERENCES stores (id),
  quantity_milli INTEGER NOT NULL CONSTRAINT waste_quantity CHECK (quantity_milli > 0),
  cause TEXT NOT NULL CONSTRAINT waste_cause CHECK (cause IN
    ('expired', 'spoiled', 'broken', 'lost', 'stolen', 'vermin', 'other')),
  words TEXT,
  proposed_on TEXT NOT NULL,
  proposed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT waste_says_what CHECK (cause <> 'other' OR coalesce(length(trim(words)), 0) >= 3)
) STRICT;
CREATE INDEX wastes_of_centre ON wastes (centre_id, id);
CREATE TABLE waste_answers (
  waste_id INTEGER PRIMARY KEY REFERENCES wastes (id),
  agreed INTEGER NOT NULL CONSTRAINT waste_agreed CHECK (agreed IN (0, 1)),
  reason TEXT,
  answered_on TEXT NOT NULL,
  answered_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT waste_refused_says_why CHECK (agreed = 1 OR coalesce(length(trim(reason)), 0) >= 3)
) STRICT;
CREATE TRIGGER wastes_are_new BEFORE INSERT ON wastes
WHEN EXISTS (SELECT 1 FROM wastes WHERE id = NEW.id)
  OR NEW.centre_id IS NOT (SELECT centre_id FROM lots WHERE id = NEW.lot_id)
  OR NEW.centre_id IS NOT (SELECT centre_id FROM stores WHERE id = NEW.store_id)
BEGIN SELECT RAISE(ABORT, 'wastes_are_final'); END;
CREATE TRIGGER waste_has_two_signatures BEFORE INSERT ON waste_answers
WHEN EXISTS (SELECT 1 FROM waste_answers WHERE waste_id = NEW.waste_id)
  OR EXISTS (SELECT 1 FROM stock_moves WHERE subject = 'wastes/' || NEW.waste_id)
  OR NEW.answered_by = (SELECT proposed_by FROM wastes WHERE id = NEW.waste_id)
BEGIN SELECT RAISE(ABORT, 'waste_has_two_signatures'); END;
-- Whatever one signature wrote off on a day stays within the limit, all of it together.
CREATE TRIGGER waste_as_signed BEFORE INSERT ON stock_moves
WHEN NEW.kind = 'wasted' AND (
  EXISTS (SELECT 1 FROM stock_moves WHERE subject = NEW.subject)
  OR NOT EXISTS (SELECT 1 FROM wastes w LEFT JOIN waste_answers a ON a.waste_id = w.id
    WHERE 'wastes/' || w.id = NEW.subject AND w.lot_id = NEW.lot_id AND w.store_id = NEW.store_id
      AND w.quantity_milli = -NEW.quantity_milli
      AND (a.agreed = 1 OR (a.waste_id IS NULL AND -NEW.value_rial + coalesce((
          SELECT -sum(m.value_rial) FROM stock_moves m WHERE m.centre_id = NEW.centre_id
            AND m.moved_on = NEW.moved_on AND m.kind = 'wasted'
            AND NOT EXISTS (SELECT 1 FROM waste_answers x WHERE 'wastes/' || x.waste_id = m.subject)), 0)
        <= (SELECT value_rial FROM waste_limits WHERE from_on <= NEW.moved_on
          ORDER BY from_on DESC, id DESC LIMIT 1)))))
BEGIN SELECT RAISE(ABORT, 'waste_as_signed'); END;

-- The committee's leave to sell so much of an item that is more than the centre can give out.
CREATE TABLE sale_permissions (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  number TEXT NOT NULL CONSTRAINT sale_permission_number CHECK (length(trim(number)) > 0),
  decided_on TEXT NOT NULL,
  until_on TEXT NOT NULL CONSTRAINT sale_permission_days CHECK (until_on >= decided_on),
  item_id INTEGER NOT NULL REFERENCES items (id),
  quantity_milli INTEGER NOT NULL CONSTRAINT sale_permission_quantity CHECK (quantity_milli > 0),
  reason TEXT NOT NULL CONSTRAINT sale_permission_reason CHECK (length(trim(reason)) >= 3),
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT sale_permission_once UNIQUE (centre_id, number),
  CONSTRAINT sale_permission_not_in_future CHECK (decided_on <= recorded_on)
) STRICT;
CREATE TRIGGER sale_permissions_are_new BEFORE INSERT ON sale_permissions
WHEN EXISTS (SELECT 1 FROM sale_permissions
    WHERE id = NEW.id OR (centre_id = NEW.centre_id AND number = NEW.number))
  OR NEW.centre_id IS NOT (SELECT centre_id FROM items WHERE id = NEW.item_id)
BEGIN SELECT RAISE(ABORT, 'sale_permissions_are_final'); END;
CREATE TABLE sales (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  permission_id INTEGER NOT NULL REFERENCES sale_permissions (id),
  lot_id INTEGER NOT NULL REFERENCES lots (id),
  store_id INTEGER NOT NULL REFERENCES stores (id),
  quantity_milli INTEGER NOT NULL CONSTRAINT sale_quantity CHECK (quantity_milli > 0),
  price_rial INTEGER NOT NULL CONSTRAINT sale_price CHECK (price_rial BETWEEN 1 AND 99999999999999),
  -- Where the money went: the cash box or the bank.
  account TEXT NOT NULL CONSTRAINT sale_account CHECK (account IN ('1101', '1102')),
  buyer TEXT NOT NULL CONSTRAINT sale_buyer CHECK (length(trim(buyer)) > 0),
  sold_on TEXT NOT NULL,
  sold_by INTEGER NOT NULL REFERENCES users (id),
  entry_id INTEGER NOT NULL CONSTRAINT sale_entry_once UNIQUE
    REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX sales_of_centre ON sales (centre_id, id);
CREATE INDEX sales_of_permission ON sales (permission_id);
CREATE TRIGGER sale_within_its_permission BEFORE INSERT ON sales
WHEN EXISTS (SELECT 1 FROM sales WHERE id = NEW.id)
  OR NOT EXISTS (SELECT 1 FROM sale_permissions p JOIN lots l ON l.item_id = p.item_id
    WHERE p.id = NEW.permission_id AND l.id = NEW.lot_id AND p.centre_id = NEW.centre_id
      AND NEW.sold_on BETWEEN p.decided_on AND p.until_on
      AND NEW.quantity_milli + coalesce((SELECT sum(quantity_milli) FROM sales
        WHERE permission_id = p.id), 0) <= p.quantity_milli)
BEGIN SELECT RAISE(ABORT, 'sale_within_its_permission'); END;
CREATE TRIGGER sold_by_a_sale BEFORE INSERT ON stock_moves
WHEN NEW.kind = 'sold' AND NOT EXISTS (SELECT 1 FROM sales WHERE 'sales/' || id = NEW.subject
  AND lot_id = NEW.lot_id AND store_id = NEW.store_id AND quantity_milli = -NEW.quantity_milli
  AND entry_id IS NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'sold_by_a_sale'); END;

-- A count of a store: two people count without seeing what should be there, and a third approves.
-- While it runs, what lay there when it began does not move; what comes in afterwards is not counted.
CREATE TABLE counts (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  store_id INTEGER NOT NULL REFERENCES stores (id),
  surprise INTEGER NOT NULL CONSTRAINT count_surprise CHECK (surprise IN (0, 1)),
  last_lot_id INTEGER NOT NULL,
  first_by INTEGER NOT NULL REFERENCES users (id),
  second_by INTEGER NOT NULL REFERENCES users (id),
  opened_on TEXT NOT NULL,
  opened_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT count_by_two CHECK (first_by <> second_by)
) STRICT;
CREATE INDEX counts_of_centre ON counts (centre_id, id);
CREATE INDEX counts_of_store ON counts (store_id);
CREATE TABLE count_tallies (
  id INTEGER PRIMARY KEY,
  count_id INTEGER NOT NULL REFERENCES counts (id),
  tallied_on TEXT NOT NULL,
  tallied_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX tallies_of_count ON count_tallies (count_id, id);
CREATE TABLE count_lines (
  tally_id INTEGER NOT NULL REFERENCES count_tallies (id) DEFERRABLE INITIALLY DEFERRED,
  lot_id INTEGER NOT NULL REFERENCES lots (id),
  quantity_milli INTEGER NOT NULL CONSTRAINT counted_quantity CHECK (quantity_milli >= 0),
  PRIMARY KEY (tally_id, lot_id)
) STRICT, WITHOUT ROWID;
-- What lay there and nobody had written.
CREATE TABLE count_found (
  tally_id INTEGER NOT NULL REFERENCES count_tallies (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CONSTRAINT found_position CHECK (position BETWEEN 1 AND 30),
  item_id INTEGER NOT NULL REFERENCES items (id),
  quantity_milli INTEGER NOT NULL CONSTRAINT found_quantity CHECK (quantity_milli > 0),
  value_rial INTEGER NOT NULL CONSTRAINT found_value CHECK (value_rial BETWEEN 1 AND 99999999999999),
  fund TEXT NOT NULL REFERENCES funds (code),
  expires_on TEXT,
  PRIMARY KEY (tally_id, position)
) STRICT, WITHOUT ROWID;
-- The second of the two agrees with what the first wrote down, or asks to count again.
CREATE TABLE count_answers (
  tally_id INTEGER PRIMARY KEY REFERENCES count_tallies (id),
  agreed INTEGER NOT NULL CONSTRAINT count_agreed CHECK (agreed IN (0, 1)),
  reason TEXT,
  answered_on TEXT NOT NULL,
  answered_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT count_again_says_why CHECK (agreed = 1 OR coalesce(length(trim(reason)), 0) >= 3)
) STRICT;
CREATE TABLE count_ends (
  count_id INTEGER PRIMARY KEY REFERENCES counts (id),
  ending TEXT NOT NULL CONSTRAINT count_ending CHECK (ending IN ('approved', 'withdrawn')),
  reason TEXT,
  tally_id INTEGER REFERENCES count_tallies (id),
  ended_on TEXT NOT NULL,
  ended_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT count_end_whole CHECK ((ending = 'approved') = (tally_id IS NOT NULL)),
  CONSTRAINT count_withdrawn_says_why
    CHECK (ending = 'approved' OR coalesce(length(trim(reason)), 0) >= 3)
) STRICT;
CREATE TRIGGER counts_are_new BEFORE INSERT ON counts
WHEN EXISTS (SELECT 1 FROM counts WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM counts c WHERE c.store_id = NEW.store_id
    AND NOT EXISTS (SELECT 1 FROM count_ends e WHERE e.count_id = c.id))
  OR NEW.centre_id IS NOT (SELECT centre_id FROM stores WHERE id = NEW.store_id)
  OR NEW.last_lot_id IS NOT coalesce((SELECT max(id) FROM lots), 0)
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER count_lines_are_final_insert BEFORE INSERT ON count_lines
WHEN EXISTS (SELECT 1 FROM count_tallies WHERE id = NEW.tally_id)
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER count_found_is_final_insert BEFORE INSERT ON count_found
WHEN EXISTS (SELECT 1 FROM count_tallies WHERE id = NEW.tally_id)
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
-- The first of the two writes all of the store's lots down, and not over what waits or was agreed.
CREATE TRIGGER tally_is_whole BEFORE INSERT ON count_tallies
WHEN EXISTS (SELECT 1 FROM count_tallies WHERE id = NEW.id)
  OR NEW.tallied_by IS NOT (SELECT first_by FROM counts WHERE id = NEW.count_id)
  OR EXISTS (SELECT 1 FROM count_ends WHERE count_id = NEW.count_id)
  OR EXISTS (SELECT 1 FROM count_tallies t LEFT JOIN count_answers a ON a.tally_id = t.id
    WHERE t.count_id = NEW.count_id AND coalesce(a.agreed, 1) = 1)
  OR EXISTS (SELECT 1 FROM counts c JOIN stock s ON s.store_id = c.store_id AND s.quantity_milli > 0
    WHERE c.id = NEW.count_id AND s.lot_id <= c.last_lot_id
      AND NOT EXISTS (SELECT 1 FROM count_lines l WHERE l.tally_id = NEW.id AND l.lot_id = s.lot_id))
  OR EXISTS (SELECT 1 FROM counts c JOIN count_lines l ON l.tally_id = NEW.id
    WHERE c.id = NEW.count_id AND NOT EXISTS (SELECT 1 FROM stock s
      WHERE s.lot_id = l.lot_id AND s.store_id = c.store_id AND s.lot_id <= c.last_lot_id))
BEGIN SELECT RAISE(ABORT, 'tally_is_whole'); END;
CREATE TRIGGER count_agreed_by_the_second BEFORE INSERT ON count_answers
WHEN EXISTS (SELECT 1 FROM count_answers WHERE tally_id = NEW.tally_id)
  OR NEW.answered_by IS NOT (SELECT c.second_by FROM count_tallies t JOIN counts c ON c.id = t.count_id
    WHERE t.id = NEW.tally_id)
  OR EXISTS (SELECT 1 FROM count_ends e JOIN count_tallies t ON t.count_id = e.count_id
    WHERE t.id = NEW.tally_id)
BEGIN SELECT RAISE(ABORT, 'count_agreed_by_the_second'); END;
CREATE TRIGGER count_approved_by_another BEFORE INSERT ON count_ends
WHEN EXISTS (SELECT 1 FROM count_ends WHERE count_id = NEW.count_id)
  OR (NEW.ending = 'approved' AND (
    NOT EXISTS (SELECT 1 FROM count_tallies t JOIN count_answers a ON a.tally_id = t.id AND a.agreed = 1
      WHERE t.id = NEW.tally_id AND t.count_id = NEW.count_id)
    OR EXISTS (SELECT 1 FROM counts WHERE id = NEW.count_id
      AND NEW.ended_by IN (first_by, second_by))
    -- By then the store says what was counted.
    OR EXISTS (SELECT 1 FROM count_lines l JOIN counts c ON c.id = NEW.count_id
      JOIN stock s ON s.lot_id = l.lot_id AND s.store_id = c.store_id
      WHERE l.tally_id = NEW.tally_id AND s.quantity_milli <> l.quantity_milli)
    OR (SELECT count(*) FROM count_found WHERE tally_id = NEW.tally_id)
      <> (SELECT count(*) FROM stock_moves
        WHERE subject = 'counts/' || NEW.count_id AND kind = 'found')))
BEGIN SELECT RAISE(ABORT, 'count_approved_by_another'); END;
CREATE TRIGGER moved_as_counted BEFORE INSERT ON stock_moves
WHEN NEW.kind IN ('counted', 'found') AND NOT EXISTS (
  SELECT 1 FROM counts c JOIN count_tallies t ON t.count_id = c.id
  JOIN count_answers a ON a.tally_id = t.id AND a.agreed = 1
  WHERE 'counts/' || c.id = NEW.subject AND c.store_id = NEW.store_id
    AND NOT EXISTS (SELECT 1 FROM count_ends e WHERE e.count_id = c.id)
    AND CASE NEW.kind
      WHEN 'counted' THEN EXISTS (SELECT 1 FROM count_lines l JOIN stock s
        ON s.lot_id = l.lot_id AND s.store_id = c.store_id WHERE l.tally_id = t.id
          AND l.lot_id = NEW.lot_id AND s.quantity_milli + NEW.quantity_milli = l.quantity_milli)
      ELSE EXISTS (SELECT 1 FROM count_found f JOIN lots o ON o.id = NEW.lot_id
          AND o.item_id = f.item_id AND o.fund = f.fund
        WHERE f.tally_id = t.id AND f.quantity_milli = NEW.quantity_milli
          AND f.value_rial = NEW.value_rial) END)
BEGIN SELECT RAISE(ABORT, 'moved_as_counted'); END;
CREATE TRIGGER what_is_counted_stands_still BEFORE INSERT ON stock_moves
WHEN EXISTS (SELECT 1 FROM counts c WHERE c.store_id = NEW.store_id
  AND NEW.lot_id <= c.last_lot_id AND NEW.subject <> 'counts/' || c.id
  AND NOT EXISTS (SELECT 1 FROM count_ends e WHERE e.count_id = c.id))
BEGIN SELECT RAISE(ABORT, 'what_is_counted_stands_still'); END;

-- An entry of the store is its moves and what they are booked against; money comes only of a sale.
CREATE TRIGGER stock_entry_has_moves BEFORE INSERT ON entries
WHEN NEW.source = 'stock' AND (
  NOT EXISTS (SELECT 1 FROM stock_moves WHERE entry_id = NEW.id)
  OR EXISTS (SELECT 1 FROM entry_lines l WHERE l.entry_id = NEW.id
    AND l.account NOT GLOB '130[1-6]' AND l.account NOT IN ('5201', '5401', '8102', '8103')
    AND NOT EXISTS (SELECT 1 FROM sales s WHERE s.entry_id = NEW.id AND s.account = l.account
      AND s.price_rial = l.debit_rial)))
BEGIN SELECT RAISE(ABORT, 'stock_entry_has_moves'); END;
CREATE TRIGGER announcements_final_update BEFORE UPDATE ON announcements
BEGIN SELECT RAISE(ABORT, 'announcements_are_final'); END;
CREATE TRIGGER announcements_final_delete BEFORE DELETE ON announcements
BEGIN SELECT RAISE(ABORT, 'announcements_are_final'); END;
CREATE TRIGGER announcement_items_final_update BEFORE UPDATE ON announcement_items
BEGIN SELECT RAISE(ABORT, 'announcements_are_final'); END;
CREATE TRIGGER announcement_items_final_delete BEFORE DELETE ON announcement_items
BEGIN SELECT RAISE(ABORT, 'announcements_are_final'); END;
CREATE TRIGGER announcement_gifts_final_update BEFORE UPDATE ON announcement_gifts
BEGIN SELECT RAISE(ABORT, 'announcements_are_final'); END;
CREATE TRIGGER announcement_gifts_final_delete BEFORE DELETE ON announcement_gifts
BEGIN SELECT RAISE(ABORT, 'announcements_are_final'); END;
CREATE TRIGGER announcement_ends_final_update BEFORE UPDATE ON announcement_ends
BEGIN SELECT RAISE(ABORT, 'announcements_are_final'); END;
CREATE TRIGGER announcement_ends_final_delete BEFORE DELETE ON announcement_ends
BEGIN SELECT RAISE(ABORT, 'announcements_are_final'); END;
CREATE TRIGGER waste_limits_final_update BEFORE UPDATE ON waste_limits
BEGIN SELECT RAISE(ABORT, 'waste_limits_are_final'); END;
CREATE TRIGGER waste_limits_final_delete BEFORE DELETE ON waste_limits
BEGIN SELECT RAISE(ABORT, 'waste_limits_are_final'); END;
CREATE TRIGGER wastes_final_update BEFORE UPDATE ON wastes
BEGIN SELECT RAISE(ABORT, 'wastes_are_final'); END;
CREATE TRIGGER wastes_final_delete BEFORE DELETE ON wastes
BEGIN SELECT RAISE(ABORT, 'wastes_are_final'); END;
CREATE TRIGGER waste_answers_final_update BEFORE UPDATE ON waste_answers
BEGIN SELECT RAISE(ABORT, 'wastes_are_final'); END;
CREATE TRIGGER waste_answers_final_delete BEFORE DELETE ON waste_answers
BEGIN SELECT RAISE(ABORT, 'wastes_are_final'); END;
CREATE TRIGGER sale_permissions_final_update BEFORE UPDATE ON sale_permissions
BEGIN SELECT RAISE(ABORT, 'sale_permissions_are_final'); END;
CREATE TRIGGER sale_permissions_final_delete BEFORE DELETE ON sale_permissions
BEGIN SELECT RAISE(ABORT, 'sale_permissions_are_final'); END;
CREATE TRIGGER sales_final_update BEFORE UPDATE ON sales
BEGIN SELECT RAISE(ABORT, 'sales_are_final'); END;
CREATE TRIGGER sales_final_delete BEFORE DELETE ON sales
BEGIN SELECT RAISE(ABORT, 'sales_are_final'); END;
CREATE TRIGGER counts_final_update BEFORE UPDATE ON counts
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER counts_final_delete BEFORE DELETE ON counts
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER count_tallies_final_update BEFORE UPDATE ON count_tallies
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER count_tallies_final_delete BEFORE DELETE ON count_tallies
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER count_lines_final_update BEFORE UPDATE ON count_lines
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER count_lines_final_delete BEFORE DELETE ON count_lines
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER count_found_final_update BEFORE UPDATE ON count_found
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER count_found_final_delete BEFORE DELETE ON count_found
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER count_answers_final_update BEFORE UPDATE ON count_answers
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER count_answers_final_delete BEFORE DELETE ON count_answers
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER count_ends_final_update BEFORE UPDATE ON count_ends
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
CREATE TRIGGER count_ends_final_delete BEFORE DELETE ON count_ends
BEGIN SELECT RAISE(ABORT, 'counts_are_final'); END;
