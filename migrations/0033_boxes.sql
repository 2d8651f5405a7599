-- Collection boxes and what is found in them, paper receipt books, and the night of Eid al-Fitr (B-35).

-- Notes and coins of the rial, from a day on: the newest row of a face and form that has begun holds.
CREATE TABLE denominations (
  id INTEGER PRIMARY KEY,
  face_rial INTEGER NOT NULL
    CONSTRAINT denomination_face CHECK (face_rial BETWEEN 1 AND 1000000000),
  form TEXT NOT NULL CONSTRAINT denomination_form CHECK (form IN ('note', 'coin')),
  from_on TEXT NOT NULL CONSTRAINT denomination_day CHECK (from_on IS date(from_on)),
  -- Whether it is counted from that day on, or no more.
  counts INTEGER NOT NULL CONSTRAINT denomination_yes_no CHECK (counts IN (0, 1)),
  -- Those that the program brings have no act.
  act_id INTEGER REFERENCES acts (id)
) STRICT;
INSERT INTO denominations (face_rial, form, from_on, counts)
SELECT column1, column2, '2001-03-21', 1 FROM (VALUES
  (1000000, 'note'), (500000, 'note'), (100000, 'note'), (50000, 'note'), (20000, 'note'),
  (10000, 'note'), (5000, 'note'), (2000, 'note'), (1000, 'note'),
  (5000, 'coin'), (2000, 'coin'), (1000, 'coin'), (500, 'coin'), (250, 'coin'));
CREATE TRIGGER denominations_are_new BEFORE INSERT ON denominations
WHEN EXISTS (SELECT 1 FROM denominations WHERE id = NEW.id) OR NEW.act_id IS NULL
  -- A sheet that was counted stays counted by what held on its day.
  OR NOT coalesce(NEW.from_on >= (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id), 0)
BEGIN SELECT RAISE(ABORT, 'denominations_are_final'); END;
CREATE TRIGGER denominations_are_final_update BEFORE UPDATE ON denominations
BEGIN SELECT RAISE(ABORT, 'denominations_are_final'); END;
CREATE TRIGGER denominations_are_final_delete BEFORE DELETE ON denominations
BEGIN SELECT RAISE(ABORT, 'denominations_are_final'); END;

-- A collection box under the centre's own number; what is put in is given with its fund's intention.
CREATE TABLE boxes (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  number INTEGER NOT NULL,
  kind TEXT NOT NULL CONSTRAINT box_kind CHECK (kind IN
    ('shop', 'home', 'office', 'school', 'street', 'prayer-place', 'event', 'other')),
  fund TEXT NOT NULL REFERENCES funds (code),
  registered_on TEXT NOT NULL,
  registered_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT box_number_once UNIQUE (centre_id, number)
) STRICT;
CREATE TRIGGER boxes_follow BEFORE INSERT ON boxes
WHEN EXISTS (SELECT 1 FROM boxes WHERE id = NEW.id)
  OR NEW.number IS NOT 1 + coalesce((SELECT max(number) FROM boxes WHERE centre_id = NEW.centre_id), 0)
BEGIN SELECT RAISE(ABORT, 'boxes_are_final'); END;
CREATE TRIGGER boxes_are_final_update BEFORE UPDATE ON boxes
BEGIN SELECT RAISE(ABORT, 'boxes_are_final'); END;
CREATE TRIGGER boxes_are_final_delete BEFORE DELETE ON boxes
BEGIN SELECT RAISE(ABORT, 'boxes_are_final'); END;
CREATE TRIGGER box_of_a_fund_of_money BEFORE INSERT ON boxes
WHEN NOT EXISTS (SELECT 1 FROM fund_versions WHERE takes_gifts = 1
    AND id = (SELECT id FROM fund_versions
      WHERE fund = NEW.fund AND from_on <= NEW.registered_on ORDER BY version DESC LIMIT 1))
BEGIN SELECT RAISE(ABORT, 'gift_in_a_fund_that_takes'); END;

-- What became of a box: each row says where it stands and who keeps it from that day on.
CREATE TABLE box_events (
  id INTEGER PRIMARY KEY,
  box_id INTEGER NOT NULL REFERENCES boxes (id),
  event TEXT NOT NULL CONSTRAINT box_event CHECK (event IN ('installed', 'moved', 'kept', 'withdrawn')),
  happened_on TEXT NOT NULL,
  place TEXT,
  lat REAL,
  lon REAL,
  -- Within the area of that day; or else by a permit (B-124).
  inside INTEGER CONSTRAINT box_inside_yes_no CHECK (inside IN (0, 1)),
  permit_id INTEGER REFERENCES permits (id),
  keeper_kind TEXT CONSTRAINT box_keeper_kind CHECK (keeper_kind IN ('person', 'shop')),
  keeper_name TEXT,
  keeper_mobile TEXT,
  reason TEXT,
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT box_event_not_in_future CHECK (happened_on <= recorded_on),
  CONSTRAINT box_stands_somewhere CHECK (event = 'withdrawn' OR (
    coalesce(length(trim(place)), 0) > 0 AND lat IS NOT NULL AND lon IS NOT NULL
    AND inside IS NOT NULL AND coalesce(length(trim(keeper_name)), 0) > 0 AND keeper_kind IS NOT NULL)),
  CONSTRAINT box_end_has_reason CHECK (event <> 'withdrawn' OR coalesce(length(trim(reason)), 0) >= 3)
) STRICT;
CREATE INDEX box_events_of_box ON box_events (box_id, id);
CREATE TRIGGER box_events_follow BEFORE INSERT ON box_events
WHEN EXISTS (SELECT 1 FROM box_events WHERE id = NEW.id)
  OR NEW.happened_on < coalesce((SELECT max(happened_on) FROM box_events WHERE box_id = NEW.box_id), '')
  OR (NEW.event = 'installed') <> (coalesce((SELECT event FROM box_events
    WHERE box_id = NEW.box_id ORDER BY id DESC LIMIT 1), 'withdrawn') = 'withdrawn')
BEGIN SELECT RAISE(ABORT, 'box_events_follow'); END;
CREATE TRIGGER b124_box_within_the_area BEFORE INSERT ON box_events
WHEN NEW.event IN ('installed', 'moved') AND (
  NOT EXISTS (SELECT 1 FROM boxes x JOIN boundaries b ON b.centre_id = x.centre_id
    JOIN boundary_approvals a ON a.boundary_id = b.id
    WHERE x.id = NEW.box_id AND a.approved_on <= NEW.happened_on)
  OR (NEW.inside = 0 AND NOT EXISTS (SELECT 1 FROM boxes x JOIN permits p ON p.centre_id = x.centre_id
    JOIN permit_decisions d ON d.permit_id = p.id AND d.answer = 'granted'
    LEFT JOIN permit_endings e ON e.permit_id = p.id
    WHERE x.id = NEW.box_id AND p.id = NEW.permit_id
      AND NEW.happened_on BETWEEN p.from_on AND p.to_on
      AND (e.ended_on IS NULL OR e.ended_on > NEW.happened_on))))
BEGIN SELECT RAISE(ABORT, 'b124_box_within_the_area'); END;
CREATE TRIGGER b128_licence_before_box BEFORE INSERT ON box_events
WHEN NEW.event = 'installed' AND NOT EXISTS (SELECT 1 FROM licences l
  JOIN boxes x ON x.centre_id = l.centre_id
  WHERE x.id = NEW.box_id AND NEW.happened_on BETWEEN l.from_on AND l.to_on)
BEGIN SELECT RAISE(ABORT, 'b128_licence_before_box'); END;
CREATE TRIGGER box_events_are_final_update BEFORE UPDATE ON box_events
BEGIN SELECT RAISE(ABORT, 'box_events_are_final'); END;
CREATE TRIGGER box_events_are_final_delete BEFORE DELETE ON box_events
BEGIN SELECT RAISE(ABORT, 'box_events_are_final'); END;

-- A round: the boxes of a day in their order, and the two who go. Its stops are written first.
CREATE TABLE box_rounds (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  number INTEGER NOT NULL,
  round_on TEXT NOT NULL,
  -- p and the number of a person of the board, v and that of a volunteer.
  first_key TEXT NOT NULL CONSTRAINT round_first CHECK (first_key GLOB '[pv][1-9]*'),
  first_name TEXT NOT NULL,
  second_key TEXT NOT NULL CONSTRAINT round_second CHECK (second_key GLOB '[pv][1-9]*'),
  second_name TEXT NOT NULL,
  note TEXT,
  planned_on TEXT NOT NULL,
  planned_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT round_number_once UNIQUE (centre_id, number),
  CONSTRAINT round_by_two CHECK (first_key <> second_key)
) STRICT;
CREATE TABLE box_round_stops (
  round_id INTEGER NOT NULL REFERENCES box_rounds (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CONSTRAINT stop_position CHECK (position BETWEEN 1 AND 500),
  box_id INTEGER NOT NULL REFERENCES boxes (id),
  PRIMARY KEY (round_id, position),
  CONSTRAINT stop_once UNIQUE (round_id, box_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER round_stops_are_final_insert BEFORE INSERT ON box_round_stops
WHEN EXISTS (SELECT 1 FROM box_rounds WHERE id = NEW.round_id)
  OR EXISTS (SELECT 1 FROM box_round_stops WHERE round_id = NEW.round_id AND position = NEW.position)
BEGIN SELECT RAISE(ABORT, 'box_rounds_are_final'); END;
CREATE TRIGGER round_stops_are_final_update BEFORE UPDATE ON box_round_stops
BEGIN SELECT RAISE(ABORT, 'box_rounds_are_final'); END;
CREATE TRIGGER round_stops_are_final_delete BEFORE DELETE ON box_round_stops
BEGIN SELECT RAISE(ABORT, 'box_rounds_are_final'); END;
CREATE TRIGGER rounds_follow BEFORE INSERT ON box_rounds
WHEN EXISTS (SELECT 1 FROM box_rounds WHERE id = NEW.id)
  OR NEW.number IS NOT 1 + coalesce((SELECT max(number) FROM box_rounds
    WHERE centre_id = NEW.centre_id), 0)
  OR NOT EXISTS (SELECT 1 FROM box_round_stops WHERE round_id = NEW.id)
  OR EXISTS (SELECT 1 FROM box_round_stops s JOIN boxes x ON x.id = s.box_id
    WHERE s.round_id = NEW.id AND x.centre_id <> NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'box_rounds_are_final'); END;
CREATE TRIGGER box_rounds_are_final_update BEFORE UPDATE ON box_rounds
BEGIN SELECT RAISE(ABORT, 'box_rounds_are_final'); END;
CREATE TRIGGER box_rounds_are_final_delete BEFORE DELETE ON box_rounds
BEGIN SELECT RAISE(ABORT, 'box_rounds_are_final'); END;

-- A box that was opened by two, and what was counted of it, note by note. Its rows are written first;
-- it is money only once another has counted it again.
CREATE TABLE box_openings (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  box_id INTEGER NOT NULL REFERENCES boxes (id),
  round_id INTEGER REFERENCES box_rounds (id),
  opened_on TEXT NOT NULL,
  first_key TEXT NOT NULL CONSTRAINT opener_first CHECK (first_key GLOB '[pv][1-9]*'),
  first_name TEXT NOT NULL,
  second_key TEXT NOT NULL CONSTRAINT opener_second CHECK (second_key GLOB '[pv][1-9]*'),
  second_name TEXT NOT NULL,
  -- The sealed bag in which it came, and what the slip in it says.
  bag_number TEXT,
  bag_rial INTEGER CONSTRAINT bag_amount CHECK (bag_rial BETWEEN 0 AND 99999999999999),
  -- The cash box, or money that is still with the collectors.
  account TEXT NOT NULL CONSTRAINT box_money_lies CHECK (account IN ('1101', '1104')),
  fund TEXT NOT NULL REFERENCES funds (code),
  total_rial INTEGER NOT NULL
    CONSTRAINT opening_total CHECK (total_rial BETWEEN 0 AND 99999999999999),
  -- Why the slip of the bag and the sheet differ.
  difference TEXT,
  -- The count that was wrong, and why.
  replaces_id INTEGER REFERENCES box_openings (id),
  reason TEXT,
  counted_on TEXT NOT NULL,
  counted_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT opened_by_two CHECK (first_key <> second_key),
  CONSTRAINT opened_before_counted CHECK (opened_on <= counted_on),
  CONSTRAINT bag_has_number CHECK (bag_rial IS NULL OR coalesce(length(trim(bag_number)), 0) > 0),
  CONSTRAINT bag_difference_is_explained CHECK (bag_rial IS NULL OR bag_rial = total_rial
    OR coalesce(length(trim(difference)), 0) >= 3),
  CONSTRAINT correction_has_reason CHECK (replaces_id IS NULL OR coalesce(length(trim(reason)), 0) >= 3)
) STRICT;
CREATE INDEX openings_of_box ON box_openings (box_id, opened_on);
CREATE INDEX openings_of_centre ON box_openings (centre_id, id);
CREATE INDEX openings_of_round ON box_openings (round_id) WHERE round_id IS NOT NULL;
CREATE INDEX openings_replaced ON box_openings (replaces_id) WHERE replaces_id IS NOT NULL;
CREATE TABLE box_count_rows (
  opening_id INTEGER NOT NULL REFERENCES box_openings (id) DEFERRABLE INITIALLY DEFERRED,
  face_rial INTEGER NOT NULL,
  form TEXT NOT NULL,
  pieces INTEGER NOT NULL CONSTRAINT count_pieces CHECK (pieces BETWEEN 1 AND 1000000),
  PRIMARY KEY (opening_id, face_rial, form)
) STRICT, WITHOUT ROWID;
-- The second of the two counted the same; from here on it stands in the books.
CREATE TABLE box_confirmations (
  opening_id INTEGER PRIMARY KEY REFERENCES box_openings (id),
  total_rial INTEGER NOT NULL,
  -- An empty box books nothing.
  entry_id INTEGER UNIQUE REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  -- What takes the wrong count back.
  reversal_entry_id INTEGER UNIQUE REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  paper_id INTEGER NOT NULL CONSTRAINT minutes_once UNIQUE REFERENCES papers (id),
  confirmed_on TEXT NOT NULL,
  confirmed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TABLE box_count_withdrawals (
  opening_id INTEGER PRIMARY KEY REFERENCES box_openings (id),
  reason TEXT NOT NULL CONSTRAINT count_withdrawal_reason CHECK (length(trim(reason)) >= 3),
  withdrawn_on TEXT NOT NULL,
  withdrawn_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

CREATE TRIGGER count_rows_are_final_insert BEFORE INSERT ON box_count_rows
WHEN EXISTS (SELECT 1 FROM box_openings WHERE id = NEW.opening_id)
  OR EXISTS (SELECT 1 FROM box_count_rows WHERE opening_id = NEW.opening_id
    AND face_rial = NEW.face_rial AND form = NEW.form)
BEGIN SELECT RAISE(ABORT, 'box_counts_are_final'); END;
CREATE TRIGGER count_rows_are_final_update BEFORE UPDATE ON box_count_rows
BEGIN SELECT RAISE(ABORT, 'box_counts_are_final'); END;
CREATE TRIGGER count_rows_are_final_delete BEFORE DELETE ON box_count_rows
BEGIN SELECT RAISE(ABORT, 'box_counts_are_final'); END;
CREATE TRIGGER openings_are_new BEFORE INSERT ON box_openings
WHEN EXISTS (SELECT 1 FROM box_openings WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'box_counts_are_final'); END;
CREATE TRIGGER box_total_is_its_sheet BEFORE INSERT ON box_openings
WHEN NEW.total_rial IS NOT (SELECT coalesce(sum(face_rial * pieces), 0) FROM box_count_rows
    WHERE opening_id = NEW.id)
  -- Only what was money on that day.
  OR EXISTS (SELECT 1 FROM box_count_rows r WHERE r.opening_id = NEW.id
    AND 1 IS NOT (SELECT counts FROM denominations d WHERE d.face_rial = r.face_rial
      AND d.form = r.form AND d.from_on <= NEW.counted_on ORDER BY d.from_on DESC, d.id DESC LIMIT 1))
BEGIN SELECT RAISE(ABORT, 'box_total_is_its_sheet'); END;
CREATE TRIGGER opened_where_it_stood BEFORE INSERT ON box_openings
WHEN NOT EXISTS (SELECT 1 FROM boxes x JOIN box_events e ON e.box_id = x.id
    WHERE x.id = NEW.box_id AND x.centre_id = NEW.centre_id AND x.fund = NEW.fund
      AND e.event = 'installed' AND e.happened_on <= NEW.opened_on)
  OR (NEW.round_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM box_round_stops s
    JOIN box_rounds r ON r.id = s.round_id
    WHERE s.round_id = NEW.round_id AND s.box_id = NEW.box_id AND r.centre_id = NEW.centre_id))
  -- One count of a box waits at a time.
  OR EXISTS (SELECT 1 FROM box_openings o WHERE o.box_id = NEW.box_id
    AND o.id NOT IN (SELECT opening_id FROM box_confirmations)
    AND o.id NOT IN (SELECT opening_id FROM box_count_withdrawals))
BEGIN SELECT RAISE(ABORT, 'opened_where_it_stood'); END;
-- What was counted wrong is counted again by others than those who had signed it.
CREATE TRIGGER count_corrected_by_another BEFORE INSERT ON box_openings
WHEN NEW.replaces_id IS NOT NULL AND (
  NOT EXISTS (SELECT 1 FROM box_openings o JOIN box_confirmations c ON c.opening_id = o.id
    WHERE o.id = NEW.replaces_id AND o.centre_id = NEW.centre_id
      AND o.counted_by <> NEW.counted_by AND c.confirmed_by <> NEW.counted_by)
  OR EXISTS (SELECT 1 FROM box_openings o WHERE o.replaces_id = NEW.replaces_id
    AND o.id NOT IN (SELECT opening_id FROM box_count_withdrawals)))
BEGIN SELECT RAISE(ABORT, 'count_corrected_by_another'); END;
CREATE TRIGGER box_openings_are_final_update BEFORE UPDATE ON box_openings
BEGIN SELECT RAISE(ABORT, 'box_counts_are_final'); END;
CREATE TRIGGER box_openings_are_final_delete BEFORE DELETE ON box_openings
BEGIN SELECT RAISE(ABORT, 'box_counts_are_final'); END;

CREATE TRIGGER box_counted_by_two BEFORE INSERT ON box_confirmations
WHEN NOT coalesce((SELECT o.counted_by <> NEW.confirmed_by AND o.total_rial = NEW.total_rial
    AND o.counted_on <= NEW.confirmed_on
    AND (NEW.entry_id IS NULL) = (o.total_rial = 0)
    AND (NEW.reversal_entry_id IS NOT NULL) = (o.replaces_id IS NOT NULL
      AND EXISTS (SELECT 1 FROM box_confirmations r
        WHERE r.opening_id = o.replaces_id AND r.entry_id IS NOT NULL))
    AND p.kind = 'box-count' AND p.centre_id = o.centre_id AND p.act_id = NEW.act_id
  FROM box_openings o JOIN papers p ON p.id = NEW.paper_id WHERE o.id = NEW.opening_id), 0)
  OR EXISTS (SELECT 1 FROM box_confirmations WHERE opening_id = NEW.opening_id)
  OR EXISTS (SELECT 1 FROM box_count_withdrawals WHERE opening_id = NEW.opening_id)
BEGIN SELECT RAISE(ABORT, 'box_counted_by_two'); END;
CREATE TRIGGER box_confirmations_are_final_update BEFORE UPDATE ON box_confirmations
BEGIN SELECT RAISE(ABORT, 'box_counts_are_final'); END;
CREATE TRIGGER box_confirmations_are_final_delete BEFORE DELETE ON box_confirmations
BEGIN SELECT RAISE(ABORT, 'box_counts_are_final'); END;
CREATE TRIGGER count_withdrawn_while_it_waits BEFORE INSERT ON box_count_withdrawals
WHEN EXISTS (SELECT 1 FROM box_confirmations WHERE opening_id = NEW.opening_id)
  OR EXISTS (SELECT 1 FROM box_count_withdrawals WHERE opening_id = NEW.opening_id)
BEGIN SELECT RAISE(ABORT, 'box_counts_are_final'); END;
CREATE TRIGGER box_count_withdrawals_are_final_update BEFORE UPDATE ON box_count_withdrawals
BEGIN SELECT RAISE(ABORT, 'box_counts_are_final'); END;
CREATE TRIGGER box_count_withdrawals_are_final_delete BEFORE DELETE ON box_count_withdrawals
BEGIN SELECT RAISE(ABORT, 'box_counts_are_final'); END;

-- What the collectors hand in: into the cash box, or to the bank.
CREATE TABLE box_remittances (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  remitted_on TEXT NOT NULL,
  account TEXT NOT NULL CONSTRAINT remitted_to CHECK (account IN ('1101', '1102')),
  fund TEXT NOT NULL REFERENCES funds (code),
  amount_rial INTEGER NOT NULL
    CONSTRAINT remitted_amount CHECK (amount_rial BETWEEN 1 AND 99999999999999),
  -- The number of the bank's slip.
  reference TEXT,
  entry_id INTEGER NOT NULL CONSTRAINT remitted_once UNIQUE
    REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT remitted_by_today CHECK (remitted_on <= recorded_on),
  CONSTRAINT bank_slip_has_number CHECK ((account = '1102') = (reference IS NOT NULL))
) STRICT;
CREATE INDEX remittances_of_centre ON box_remittances (centre_id, id);
CREATE TRIGGER box_remittances_are_new BEFORE INSERT ON box_remittances
WHEN EXISTS (SELECT 1 FROM box_remittances WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'box_remittances_are_final'); END;
CREATE TRIGGER b118_account_before_box_money BEFORE INSERT ON box_remittances
WHEN NEW.account = '1102'
  AND NOT EXISTS (SELECT 1 FROM bank_accounts WHERE centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b118_account_before_box_money'); END;
CREATE TRIGGER box_remittances_are_final_update BEFORE UPDATE ON box_remittances
BEGIN SELECT RAISE(ABORT, 'box_remittances_are_final'); END;
CREATE TRIGGER box_remittances_are_final_delete BEFORE DELETE ON box_remittances
BEGIN SELECT RAISE(ABORT, 'box_remittances_are_final'); END;

-- An entry of boxes is a count that two signed, to the rial of its sheet, or what collectors hand in.
CREATE TRIGGER box_entry_is_a_count BEFORE INSERT ON entries
WHEN NEW.source = 'box' AND (
  (SELECT count(*) FROM entry_lines WHERE entry_id = NEW.id) <> 2
  OR NOT (
    coalesce((SELECT o.centre_id = NEW.centre_id AND o.counted_on = NEW.entry_on
        AND (SELECT sum(face_rial * pieces) FROM box_count_rows WHERE opening_id = o.id)
          = (SELECT sum(debit_rial) FROM entry_lines
            WHERE entry_id = NEW.id AND account = o.account AND fund = o.fund)
        AND EXISTS (SELECT 1 FROM entry_lines l JOIN funds f ON f.code = l.fund
          WHERE l.entry_id = NEW.id AND l.fund = o.fund AND l.account = f.account
            AND l.credit_rial = o.total_rial)
      FROM box_confirmations c JOIN box_openings o ON o.id = c.opening_id
      WHERE c.entry_id = NEW.id), 0)
    OR coalesce((SELECT m.centre_id = NEW.centre_id AND m.remitted_on = NEW.entry_on
        AND EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id AND fund = m.fund
          AND account = m.account AND debit_rial = m.amount_rial)
        AND EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id AND fund = m.fund
          AND account = '1104' AND credit_rial = m.amount_rial)
      FROM box_remittances m WHERE m.entry_id = NEW.id), 0)))
BEGIN SELECT RAISE(ABORT, 'box_entry_is_a_count'); END;
-- Money of a box has left its giver: it is taken back only by the right count of the same box.
CREATE TRIGGER box_money_is_never_refunded BEFORE INSERT ON entries
WHEN NEW.source = 'reversal' AND EXISTS (SELECT 1 FROM entries
    WHERE id = NEW.reverses_entry_id AND source = 'box')
  AND NOT EXISTS (SELECT 1 FROM box_confirmations c JOIN box_openings o ON o.id = c.opening_id
    JOIN box_confirmations r ON r.opening_id = o.replaces_id
    WHERE c.reversal_entry_id = NEW.id AND r.entry_id = NEW.reverses_entry_id)
BEGIN SELECT RAISE(ABORT, 'box_money_is_never_refunded'); END;

-- A book of paper receipts: its numbers, of which each is accounted for before the book is closed.
CREATE TABLE receipt_books (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  -- The letters printed before its numbers, if any.
  series TEXT NOT NULL,
  from_number INTEGER NOT NULL,
  to_number INTEGER NOT NULL,
  registered_on TEXT NOT NULL,
  registered_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT receipt_book_numbers CHECK (from_number BETWEEN 1 AND to_number
    AND to_number <= 999999999 AND to_number - from_number < 500)
) STRICT;
CREATE INDEX receipt_books_of_centre ON receipt_books (centre_id, series, from_number);
CREATE TRIGGER receipt_books_are_new BEFORE INSERT ON receipt_books
WHEN EXISTS (SELECT 1 FROM receipt_books WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM receipt_books WHERE centre_id = NEW.centre_id AND series = NEW.series
    AND from_number <= NEW.to_number AND to_number >= NEW.from_number)
BEGIN SELECT RAISE(ABORT, 'receipt_book_numbers_once'); END;
CREATE TRIGGER receipt_books_are_final_update BEFORE UPDATE ON receipt_books
BEGIN SELECT RAISE(ABORT, 'receipt_books_are_final'); END;
CREATE TRIGGER receipt_books_are_final_delete BEFORE DELETE ON receipt_books
BEGIN SELECT RAISE(ABORT, 'receipt_books_are_final'); END;

-- In whose hands a book is, by a paper that he signs; and its return.
CREATE TABLE receipt_book_issues (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES receipt_books (id),
  holder_key TEXT NOT NULL CONSTRAINT book_holder CHECK (holder_key GLOB '[pv][1-9]*'),
  holder_name TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  paper_id INTEGER NOT NULL CONSTRAINT book_paper_once UNIQUE REFERENCES papers (id),
  issued_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT book_due_later CHECK (due_on >= issued_on)
) STRICT;
CREATE INDEX issues_of_receipt_book ON receipt_book_issues (book_id, id);
CREATE TABLE receipt_book_returns (
  issue_id INTEGER PRIMARY KEY REFERENCES receipt_book_issues (id),
  returned_on TEXT NOT NULL,
  -- The last number that was torn out; null where none was.
  last_number INTEGER,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
-- What became of one number.
CREATE TABLE receipt_leaves (
  book_id INTEGER NOT NULL REFERENCES receipt_books (id),
  number INTEGER NOT NULL,
  fate TEXT NOT NULL CONSTRAINT leaf_fate CHECK (fate IN ('used', 'cancelled', 'blank', 'lost')),
  -- The gift for which it was written out.
  donation_id INTEGER CONSTRAINT leaf_of_gift_once UNIQUE REFERENCES donations (id),
  reason TEXT,
  -- To whom a loss was reported, and when.
  report TEXT,
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (book_id, number),
  CONSTRAINT used_leaf_has_gift CHECK ((fate = 'used') = (donation_id IS NOT NULL)),
  CONSTRAINT leaf_has_reason CHECK (
    fate NOT IN ('cancelled', 'lost') OR coalesce(length(trim(reason)), 0) >= 3),
  CONSTRAINT lost_leaf_is_reported CHECK (fate <> 'lost' OR coalesce(length(trim(report)), 0) >= 3)
) STRICT, WITHOUT ROWID;
CREATE TABLE receipt_book_closings (
  book_id INTEGER PRIMARY KEY REFERENCES receipt_books (id),
  closed_on TEXT NOT NULL,
  closed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;

CREATE TRIGGER receipt_book_in_one_hand BEFORE INSERT ON receipt_book_issues
WHEN EXISTS (SELECT 1 FROM receipt_book_issues WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM receipt_book_closings WHERE book_id = NEW.book_id)
  OR EXISTS (SELECT 1 FROM receipt_book_issues i WHERE i.book_id = NEW.book_id
    AND i.id NOT IN (SELECT issue_id FROM receipt_book_returns))
  OR NOT EXISTS (SELECT 1 FROM papers WHERE id = NEW.paper_id AND kind = 'receipt-book'
    AND act_id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'receipt_book_in_one_hand'); END;
CREATE TRIGGER leaf_of_an_open_book BEFORE INSERT ON receipt_leaves
WHEN EXISTS (SELECT 1 FROM receipt_leaves WHERE book_id = NEW.book_id AND number = NEW.number)
  OR EXISTS (SELECT 1 FROM receipt_leaves WHERE donation_id = NEW.donation_id)
  OR EXISTS (SELECT 1 FROM receipt_book_closings WHERE book_id = NEW.book_id)
  OR NOT EXISTS (SELECT 1 FROM receipt_books
    WHERE id = NEW.book_id AND NEW.number BETWEEN from_number AND to_number)
  -- Nobody writes out a receipt of a book that nobody had.
  OR (NEW.fate <> 'blank'
    AND NOT EXISTS (SELECT 1 FROM receipt_book_issues WHERE book_id = NEW.book_id))
  OR (NEW.fate = 'used' AND NOT EXISTS (SELECT 1 FROM donations d
    JOIN receipt_books b ON b.centre_id = d.centre_id
    WHERE d.id = NEW.donation_id AND b.id = NEW.book_id))
BEGIN SELECT RAISE(ABORT, 'leaf_of_an_open_book'); END;
CREATE TRIGGER no_number_unaccounted BEFORE INSERT ON receipt_book_returns
WHEN EXISTS (SELECT 1 FROM receipt_book_returns WHERE issue_id = NEW.issue_id)
  OR NOT coalesce((SELECT i.issued_on <= NEW.returned_on
      AND coalesce(NEW.last_number, b.to_number) BETWEEN b.from_number AND b.to_number
      AND (SELECT count(*) FROM receipt_leaves l WHERE l.book_id = b.id
          AND l.fate <> 'blank' AND l.number <= NEW.last_number)
        = coalesce(NEW.last_number - b.from_number + 1, 0)
      AND NOT EXISTS (SELECT 1 FROM receipt_leaves l WHERE l.book_id = b.id
        AND l.fate <> 'blank' AND l.number > coalesce(NEW.last_number, 0))
    FROM receipt_book_issues i JOIN receipt_books b ON b.id = i.book_id
    WHERE i.id = NEW.issue_id), 0)
BEGIN SELECT RAISE(ABORT, 'no_number_unaccounted'); END;
CREATE TRIGGER no_number_unaccounted_at_the_end BEFORE INSERT ON receipt_book_closings
WHEN EXISTS (SELECT 1 FROM receipt_book_closings WHERE book_id = NEW.book_id)
  OR (SELECT count(*) FROM receipt_leaves WHERE book_id = NEW.book_id) IS NOT
    (SELECT to_number - from_number + 1 FROM receipt_books WHERE id = NEW.book_id)
  OR EXISTS (SELECT 1 FROM receipt_book_issues i WHERE i.book_id = NEW.book_id
    AND i.id NOT IN (SELECT issue_id FROM receipt_book_returns))
BEGIN SELECT RAISE(ABORT, 'no_number_unaccounted'); END;
CREATE TRIGGER receipt_book_issues_are_final_update BEFORE UPDATE ON receipt_book_issues
BEGIN SELECT RAISE(ABORT, 'receipt_books_are_final'); END;
CREATE TRIGGER receipt_book_issues_are_final_delete BEFORE DELETE ON receipt_book_issues
BEGIN SELECT RAISE(ABORT, 'receipt_books_are_final'); END;
CREATE TRIGGER receipt_book_returns_are_final_update BEFORE UPDATE ON receipt_book_returns
BEGIN SELECT RAISE(ABORT, 'receipt_books_are_final'); END;
CREATE TRIGGER receipt_book_returns_are_final_delete BEFORE DELETE ON receipt_book_returns
BEGIN SELECT RAISE(ABORT, 'receipt_books_are_final'); END;
CREATE TRIGGER receipt_leaves_are_final_update BEFORE UPDATE ON receipt_leaves
BEGIN SELECT RAISE(ABORT, 'receipt_books_are_final'); END;
CREATE TRIGGER receipt_leaves_are_final_delete BEFORE DELETE ON receipt_leaves
BEGIN SELECT RAISE(ABORT, 'receipt_books_are_final'); END;
CREATE TRIGGER receipt_book_closings_are_final_update BEFORE UPDATE ON receipt_book_closings
BEGIN SELECT RAISE(ABORT, 'receipt_books_are_final'); END;
CREATE TRIGGER receipt_book_closings_are_final_delete BEFORE DELETE ON receipt_book_closings
BEGIN SELECT RAISE(ABORT, 'receipt_books_are_final'); END;

-- What fitra comes to for one person in a year, by its staple and whose word it is; the newest row of
-- these holds from its day on.
CREATE TABLE fitra_rates (
  id INTEGER PRIMARY KEY,
  lunar_year INTEGER NOT NULL CONSTRAINT fitra_year CHECK (lunar_year BETWEEN 1420 AND 1530),
  staple TEXT NOT NULL CONSTRAINT fitra_staple CHECK (staple IN
    ('wheat', 'rice', 'rice-foreign', 'barley', 'dates', 'raisins', 'bread', 'other')),
  rate_rial INTEGER NOT NULL CONSTRAINT fitra_rate CHECK (rate_rial BETWEEN 1000 AND 999999999),
  marja TEXT NOT NULL CONSTRAINT fitra_marja CHECK (length(trim(marja)) >= 3),
  source TEXT NOT NULL CONSTRAINT fitra_source CHECK (length(trim(source)) >= 3),
  from_on TEXT NOT NULL CONSTRAINT fitra_day CHECK (from_on IS date(from_on)),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER fitra_rates_are_new BEFORE INSERT ON fitra_rates
WHEN EXISTS (SELECT 1 FROM fitra_rates WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'fitra_rates_are_final'); END;
CREATE TRIGGER fitra_rates_are_final_update BEFORE UPDATE ON fitra_rates
BEGIN SELECT RAISE(ABORT, 'fitra_rates_are_final'); END;
CREATE TRIGGER fitra_rates_are_final_delete BEFORE DELETE ON fitra_rates
BEGIN SELECT RAISE(ABORT, 'fitra_rates_are_final'); END;

-- A gift of the Eid screen: for how many, at which rate, and in which batch of the card reader.
CREATE TABLE fitra_gifts (
  donation_id INTEGER PRIMARY KEY REFERENCES donations (id),
  centre_id INTEGER NOT NULL,
  clerk_id INTEGER NOT NULL REFERENCES users (id),
  rate_id INTEGER NOT NULL REFERENCES fitra_rates (id),
  persons INTEGER NOT NULL CONSTRAINT fitra_persons CHECK (persons BETWEEN 1 AND 99),
  batch TEXT CONSTRAINT fitra_batch CHECK (batch <> '' AND batch NOT GLOB '*[^0-9]*')
) STRICT;
CREATE INDEX fitra_gifts_of_clerk ON fitra_gifts (centre_id, clerk_id, donation_id);
CREATE INDEX fitra_gifts_of_batch ON fitra_gifts (centre_id, batch) WHERE batch IS NOT NULL;
CREATE TRIGGER fitra_gift_is_persons_at_rate BEFORE INSERT ON fitra_gifts
WHEN EXISTS (SELECT 1 FROM fitra_gifts WHERE donation_id = NEW.donation_id)
  OR NOT coalesce((SELECT d.centre_id = NEW.centre_id AND d.entered_by = NEW.clerk_id
      AND d.fund IN ('fitra-general', 'fitra-sadat') AND d.kind IN ('cash', 'card')
      AND d.amount_rial = NEW.persons * r.rate_rial AND r.from_on <= d.received_on
      AND (d.kind = 'card') = (NEW.batch IS NOT NULL)
    FROM donations d JOIN fitra_rates r ON r.id = NEW.rate_id WHERE d.id = NEW.donation_id), 0)
BEGIN SELECT RAISE(ABORT, 'fitra_gift_is_persons_at_rate'); END;
CREATE TRIGGER fitra_gifts_are_final_update BEFORE UPDATE ON fitra_gifts
BEGIN SELECT RAISE(ABORT, 'fitra_gifts_are_final'); END;
CREATE TRIGGER fitra_gifts_are_final_delete BEFORE DELETE ON fitra_gifts
BEGIN SELECT RAISE(ABORT, 'fitra_gifts_are_final'); END;

-- Sums per day, clerk, fund and kind beside them, so that fifty clerks may look at them all night.
CREATE TABLE fitra_sums (
  centre_id INTEGER NOT NULL,
  day TEXT NOT NULL,
  clerk_id INTEGER NOT NULL,
  fund TEXT NOT NULL,
  kind TEXT NOT NULL,
  gifts INTEGER NOT NULL,
  persons INTEGER NOT NULL,
  rial INTEGER NOT NULL,
  PRIMARY KEY (centre_id, day, clerk_id, fund, kind)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER fitra_gift_is_counted AFTER INSERT ON fitra_gifts
BEGIN
  INSERT INTO fitra_sums
  SELECT NEW.centre_id, d.received_on, NEW.clerk_id, d.fund, d.kind, 1, NEW.persons, d.amount_rial
  FROM donations d WHERE d.id = NEW.donation_id
  ON CONFLICT DO UPDATE SET gifts = gifts + 1, persons = persons + excluded.persons,
    rial = rial + excluded.rial;
END;
CREATE TRIGGER fitra_cancellation_is_counted AFTER INSERT ON receipt_cancellations
BEGIN
  UPDATE fitra_sums SET gifts = gifts - 1, persons = fitra_sums.persons - g.persons,
    rial = rial - g.amount_rial
  FROM (SELECT f.centre_id, f.clerk_id, f.persons, d.received_on, d.fund, d.kind, d.amount_rial
    FROM receipts r JOIN donations d ON d.id = r.donation_id
    JOIN fitra_gifts f ON f.donation_id = d.id WHERE r.id = NEW.receipt_id) g
  WHERE fitra_sums.centre_id = g.centre_id AND fitra_sums.day = g.received_on
    AND fitra_sums.clerk_id = g.clerk_id AND fitra_sums.fund = g.fund AND fitra_sums.kind = g.kind;
END;

-- The cash of one clerk, counted and handed over; a second person counts it too.
CREATE TABLE fitra_counts (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  clerk_id INTEGER NOT NULL REFERENCES users (id),
  -- Up to which gift; the count before ended where this one begins.
  up_to INTEGER NOT NULL,
  expected_rial INTEGER NOT NULL,
  total_rial INTEGER NOT NULL CONSTRAINT fitra_total CHECK (total_rial BETWEEN 0 AND 99999999999999),
  difference TEXT,
  counted_on TEXT NOT NULL,
  counted_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT fitra_difference_is_explained CHECK (total_rial = expected_rial
    OR coalesce(length(trim(difference)), 0) >= 3)
) STRICT;
CREATE INDEX fitra_counts_of_clerk ON fitra_counts (centre_id, clerk_id, up_to);
CREATE TABLE fitra_count_rows (
  count_id INTEGER NOT NULL REFERENCES fitra_counts (id) DEFERRABLE INITIALLY DEFERRED,
  face_rial INTEGER NOT NULL,
  form TEXT NOT NULL,
  pieces INTEGER NOT NULL CONSTRAINT fitra_pieces CHECK (pieces BETWEEN 1 AND 1000000),
  PRIMARY KEY (count_id, face_rial, form)
) STRICT, WITHOUT ROWID;
CREATE TABLE fitra_count_confirmations (
  count_id INTEGER PRIMARY KEY REFERENCES fitra_counts (id),
  total_rial INTEGER NOT NULL
    CONSTRAINT fitra_second_total CHECK (total_rial BETWEEN 0 AND 99999999999999),
  -- Why the second count found something else.
  difference TEXT,
  confirmed_on TEXT NOT NULL,
  confirmed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER fitra_count_rows_are_final_insert BEFORE INSERT ON fitra_count_rows
WHEN EXISTS (SELECT 1 FROM fitra_counts WHERE id = NEW.count_id)
  OR EXISTS (SELECT 1 FROM fitra_count_rows WHERE count_id = NEW.count_id
    AND face_rial = NEW.face_rial AND form = NEW.form)
BEGIN SELECT RAISE(ABORT, 'fitra_counts_are_final'); END;
CREATE TRIGGER fitra_count_rows_are_final_update BEFORE UPDATE ON fitra_count_rows
BEGIN SELECT RAISE(ABORT, 'fitra_counts_are_final'); END;
CREATE TRIGGER fitra_count_rows_are_final_delete BEFORE DELETE ON fitra_count_rows
BEGIN SELECT RAISE(ABORT, 'fitra_counts_are_final'); END;
CREATE TRIGGER fitra_count_is_its_sheet BEFORE INSERT ON fitra_counts
WHEN EXISTS (SELECT 1 FROM fitra_counts WHERE id = NEW.id)
  OR NEW.total_rial IS NOT (SELECT coalesce(sum(face_rial * pieces), 0) FROM fitra_count_rows
    WHERE count_id = NEW.id)
  OR EXISTS (SELECT 1 FROM fitra_count_rows r WHERE r.count_id = NEW.id
    AND 1 IS NOT (SELECT counts FROM denominations d WHERE d.face_rial = r.face_rial
      AND d.form = r.form AND d.from_on <= NEW.counted_on ORDER BY d.from_on DESC, d.id DESC LIMIT 1))
  OR NEW.up_to <= coalesce((SELECT max(up_to) FROM fitra_counts
    WHERE centre_id = NEW.centre_id AND clerk_id = NEW.clerk_id), 0)
  OR NEW.expected_rial IS NOT (SELECT coalesce(sum(d.amount_rial), 0) FROM fitra_gifts f
    JOIN donations d ON d.id = f.donation_id AND d.kind = 'cash'
    JOIN receipts r ON r.donation_id = d.id
    WHERE f.centre_id = NEW.centre_id AND f.clerk_id = NEW.clerk_id AND f.donation_id <= NEW.up_to
      AND f.donation_id > coalesce((SELECT max(up_to) FROM fitra_counts
        WHERE centre_id = NEW.centre_id AND clerk_id = NEW.clerk_id), 0)
      AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id))
BEGIN SELECT RAISE(ABORT, 'fitra_count_is_its_sheet'); END;
CREATE TRIGGER fitra_counted_by_two BEFORE INSERT ON fitra_count_confirmations
WHEN EXISTS (SELECT 1 FROM fitra_count_confirmations WHERE count_id = NEW.count_id)
  OR NOT coalesce((SELECT counted_by <> NEW.confirmed_by AND clerk_id <> NEW.confirmed_by
      AND (total_rial = NEW.total_rial OR coalesce(length(trim(NEW.difference)), 0) >= 3)
    FROM fitra_counts WHERE id = NEW.count_id), 0)
BEGIN SELECT RAISE(ABORT, 'fitra_counted_by_two'); END;
CREATE TRIGGER fitra_counts_are_final_update BEFORE UPDATE ON fitra_counts
BEGIN SELECT RAISE(ABORT, 'fitra_counts_are_final'); END;
CREATE TRIGGER fitra_counts_are_final_delete BEFORE DELETE ON fitra_counts
BEGIN SELECT RAISE(ABORT, 'fitra_counts_are_final'); END;
CREATE TRIGGER fitra_confirmations_are_final_update BEFORE UPDATE ON fitra_count_confirmations
BEGIN SELECT RAISE(ABORT, 'fitra_counts_are_final'); END;
CREATE TRIGGER fitra_confirmations_are_final_delete BEFORE DELETE ON fitra_count_confirmations
BEGIN SELECT RAISE(ABORT, 'fitra_counts_are_final'); END;
