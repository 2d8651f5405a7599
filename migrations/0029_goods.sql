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
WHEN NEW.kind IN ('issued', 'sold', 'sent')
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
