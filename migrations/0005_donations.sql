-- Donations: donors, what they gave, the receipts for it.

-- A donor belongs to one centre. Ids of a centre's donors lie together (centre_id * 2^32 + n), so that
-- the full-text search below is narrowed to one centre by a range of row ids.
CREATE TABLE donors (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  name TEXT NOT NULL,
  name_search TEXT NOT NULL,
  name_sort TEXT NOT NULL,
  national_id TEXT,
  mobile TEXT,
  -- B-104: a donor who asks not to be named is named on no list and no paper.
  may_be_named INTEGER NOT NULL DEFAULT 1 CONSTRAINT named_yes_no CHECK (may_be_named IN (0, 1)),
  created_at TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT donor_in_its_centre CHECK (id >> 32 = centre_id)
) STRICT;
CREATE INDEX donors_by_name ON donors (centre_id, name_sort, id);
CREATE INDEX donors_by_search ON donors (centre_id, name_search, id);
CREATE INDEX donors_by_mobile ON donors (centre_id, mobile) WHERE mobile IS NOT NULL;
CREATE UNIQUE INDEX donor_once ON donors (centre_id, national_id) WHERE national_id IS NOT NULL;
CREATE TRIGGER donors_are_new BEFORE INSERT ON donors
WHEN EXISTS (SELECT 1 FROM donors WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM donors
  WHERE centre_id = NEW.centre_id AND national_id = NEW.national_id)
BEGIN SELECT RAISE(ABORT, 'b134_donors_stay'); END;
CREATE TRIGGER donors_stay_apart BEFORE UPDATE OF national_id ON donors
WHEN EXISTS (SELECT 1 FROM donors
  WHERE centre_id = NEW.centre_id AND national_id = NEW.national_id AND id <> NEW.id)
BEGIN SELECT RAISE(ABORT, 'b134_donors_stay'); END;
CREATE TRIGGER donors_stay BEFORE DELETE ON donors
BEGIN SELECT RAISE(ABORT, 'b134_donors_stay'); END;
CREATE TRIGGER donor_id_stays BEFORE UPDATE OF id, centre_id ON donors
BEGIN SELECT RAISE(ABORT, 'donor_id_stays'); END;

CREATE VIRTUAL TABLE donor_search USING fts5 (
  name_search, national_id, mobile,
  content = 'donors', content_rowid = 'id', tokenize = 'trigram', detail = 'full'
);
CREATE TRIGGER donor_search_insert AFTER INSERT ON donors
BEGIN
  INSERT INTO donor_search (rowid, name_search, national_id, mobile)
  VALUES (NEW.id, NEW.name_search, NEW.national_id, NEW.mobile);
END;
CREATE TRIGGER donor_search_update AFTER UPDATE ON donors
BEGIN
  INSERT INTO donor_search (donor_search, rowid, name_search, national_id, mobile)
  VALUES ('delete', OLD.id, OLD.name_search, OLD.national_id, OLD.mobile);
  INSERT INTO donor_search (rowid, name_search, national_id, mobile)
  VALUES (NEW.id, NEW.name_search, NEW.national_id, NEW.mobile);
END;

-- A gift as it was received; final from the moment it is entered.
CREATE TABLE donations (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  kind TEXT NOT NULL CONSTRAINT donation_kind CHECK (kind IN
    ('cash', 'card', 'transfer', 'cheque', 'goods', 'service')),
  amount_rial INTEGER NOT NULL
    CONSTRAINT donation_amount CHECK (amount_rial BETWEEN 1 AND 99999999999999),
  fund TEXT NOT NULL REFERENCES funds (code),
  donor_id INTEGER REFERENCES donors (id),
  purpose TEXT,
  purpose_search TEXT,
  received_on TEXT NOT NULL,
  received_by INTEGER NOT NULL REFERENCES users (id),
  entered_at TEXT NOT NULL,
  entered_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  -- Deterministic, so a check may say it: Tehran is three and a half hours ahead, all year.
  CONSTRAINT donation_not_in_future CHECK (received_on <= date(entered_at, '+210 minutes')),
  CONSTRAINT donor_of_the_centre CHECK (donor_id IS NULL OR donor_id >> 32 = centre_id)
) STRICT;
CREATE INDEX donations_by_day ON donations (centre_id, received_on, id);
CREATE INDEX donations_by_amount ON donations (centre_id, amount_rial, id);
CREATE INDEX donations_of_donor ON donations (donor_id, id) WHERE donor_id IS NOT NULL;

CREATE TRIGGER b124_area_before_donation BEFORE INSERT ON donations
WHEN NOT EXISTS (SELECT 1 FROM boundaries b JOIN boundary_approvals a ON a.boundary_id = b.id
  WHERE b.centre_id = NEW.centre_id AND a.approved_on <= NEW.received_on)
BEGIN SELECT RAISE(ABORT, 'b124_area_before_donation'); END;
CREATE TRIGGER b128_licence_before_donation BEFORE INSERT ON donations
WHEN NOT EXISTS (SELECT 1 FROM licences
    WHERE centre_id = NEW.centre_id AND NEW.received_on BETWEEN from_on AND to_on)
  OR NOT EXISTS (SELECT 1 FROM licences
    WHERE centre_id = NEW.centre_id AND date(NEW.entered_at, '+210 minutes') BETWEEN from_on AND to_on)
BEGIN SELECT RAISE(ABORT, 'b128_licence_before_donation'); END;
CREATE TRIGGER b98_not_for_the_mosque BEFORE INSERT ON donations
WHEN NEW.purpose_search IS NOT NULL AND EXISTS (
  SELECT 1 FROM mosque_purposes
  WHERE substr(NEW.purpose_search || '$', 1, length(beginning)) = beginning)
BEGIN SELECT RAISE(ABORT, 'b98_not_for_the_mosque'); END;
CREATE TRIGGER donations_are_new BEFORE INSERT ON donations
WHEN EXISTS (SELECT 1 FROM donations WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;
CREATE TRIGGER donations_are_final_update BEFORE UPDATE ON donations
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;
CREATE TRIGGER donations_are_final_delete BEFORE DELETE ON donations
BEGIN SELECT RAISE(ABORT, 'donations_are_final'); END;

CREATE TABLE receipts (
  id INTEGER PRIMARY KEY,
  donation_id INTEGER NOT NULL CONSTRAINT receipt_of_donation_once UNIQUE REFERENCES donations (id),
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  entry_id INTEGER NOT NULL REFERENCES entries (id),
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  issued_at TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES users (id),
  CONSTRAINT receipt_number_once UNIQUE (centre_id, year, number)
) STRICT;
CREATE INDEX receipts_of_paper ON receipts (paper_id);
CREATE TRIGGER b132_receipt_number_follows BEFORE INSERT ON receipts
WHEN NEW.number IS NOT 1 + coalesce((SELECT last_number FROM numbers
    WHERE series = 'receipt' AND centre_id = NEW.centre_id AND year = NEW.year), 0)
  OR NOT EXISTS (SELECT 1 FROM donations d JOIN calendar_months m
    ON d.received_on BETWEEN m.first_on AND m.last_on
    WHERE d.id = NEW.donation_id AND d.centre_id = NEW.centre_id AND m.year = NEW.year)
BEGIN SELECT RAISE(ABORT, 'b132_number_without_gap'); END;
CREATE TRIGGER receipts_are_new BEFORE INSERT ON receipts
WHEN EXISTS (SELECT 1 FROM receipts WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM receipts WHERE donation_id = NEW.donation_id)
BEGIN SELECT RAISE(ABORT, 'receipts_are_final'); END;
CREATE TRIGGER receipt_number_is_counted AFTER INSERT ON receipts
BEGIN
  INSERT INTO numbers (series, centre_id, year, last_number)
  VALUES ('receipt', NEW.centre_id, NEW.year, NEW.number)
  ON CONFLICT DO UPDATE SET last_number = excluded.last_number;
END;
CREATE TRIGGER receipts_are_final_update BEFORE UPDATE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts_are_final'); END;
CREATE TRIGGER receipts_are_final_delete BEFORE DELETE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts_are_final'); END;

-- A receipt that no longer counts: it keeps its number, and an entry takes back what it booked.
CREATE TABLE receipt_cancellations (
  receipt_id INTEGER PRIMARY KEY REFERENCES receipts (id),
  reason TEXT NOT NULL CONSTRAINT cancellation_reason CHECK (length(trim(reason)) >= 3),
  cancelled_on TEXT NOT NULL,
  cancelled_at TEXT NOT NULL,
  cancelled_by INTEGER NOT NULL REFERENCES users (id),
  entry_id INTEGER NOT NULL REFERENCES entries (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT cancelled_the_day_it_is_made CHECK (cancelled_on = date(cancelled_at, '+210 minutes'))
) STRICT;
CREATE TRIGGER cancellation_reverses BEFORE INSERT ON receipt_cancellations
WHEN (SELECT entry_id FROM receipts WHERE id = NEW.receipt_id)
  IS NOT (SELECT reverses_entry_id FROM entries WHERE id = NEW.entry_id)
  OR EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = NEW.receipt_id)
  -- A check passes on a moment that is none; here it does not.
  OR NEW.cancelled_on IS NOT date(NEW.cancelled_at, '+210 minutes')
BEGIN SELECT RAISE(ABORT, 'cancellation_reverses'); END;
-- Its issuer may take it back on the day it was issued; from the next day on it takes another seat.
CREATE TRIGGER cancellation_by_another_seat BEFORE INSERT ON receipt_cancellations
WHEN EXISTS (SELECT 1 FROM receipts WHERE id = NEW.receipt_id AND issued_by = NEW.cancelled_by
  AND date(issued_at, '+210 minutes') <> NEW.cancelled_on)
BEGIN SELECT RAISE(ABORT, 'cancellation_by_another_seat'); END;
CREATE TRIGGER cancellations_are_final_update BEFORE UPDATE ON receipt_cancellations
BEGIN SELECT RAISE(ABORT, 'cancellations_are_final'); END;
CREATE TRIGGER cancellations_are_final_delete BEFORE DELETE ON receipt_cancellations
BEGIN SELECT RAISE(ABORT, 'cancellations_are_final'); END;

-- Sums of gifts per day, fund and kind, kept beside them so that a list's foot costs nothing.
CREATE TABLE donation_days (
  centre_id INTEGER NOT NULL,
  received_on TEXT NOT NULL,
  fund TEXT NOT NULL,
  kind TEXT NOT NULL,
  given_count INTEGER NOT NULL,
  given_rial INTEGER NOT NULL,
  cancelled_count INTEGER NOT NULL,
  cancelled_rial INTEGER NOT NULL,
  PRIMARY KEY (centre_id, received_on, fund, kind)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER donation_is_counted AFTER INSERT ON donations
BEGIN
  INSERT INTO donation_days
  VALUES (NEW.centre_id, NEW.received_on, NEW.fund, NEW.kind, 1, NEW.amount_rial, 0, 0)
  ON CONFLICT DO UPDATE SET given_count = given_count + 1,
    given_rial = given_rial + excluded.given_rial;
END;
CREATE TRIGGER cancellation_is_counted AFTER INSERT ON receipt_cancellations
BEGIN
  UPDATE donation_days SET cancelled_count = cancelled_count + 1,
    cancelled_rial = cancelled_rial + d.amount_rial
  FROM (SELECT d.* FROM donations d JOIN receipts r ON r.donation_id = d.id WHERE r.id = NEW.receipt_id) d
  WHERE donation_days.centre_id = d.centre_id AND donation_days.received_on = d.received_on
    AND donation_days.fund = d.fund AND donation_days.kind = d.kind;
END;
