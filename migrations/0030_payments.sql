-- What leaves the centre: money paid and goods delivered, to a recipient who is a code with the marks
-- that the rules ask for, or to a payee; signed by two, with the chair's approval (B-58, B-81).

-- A household or person who is helped: a number, no name (B-104). A file of its own (a household's)
-- is to name its recipient in a table of its own, recipient_id once; payments and deliveries keep
-- their recipient, and the rules keep asking the marks, which that file then writes.
CREATE TABLE recipients (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  number INTEGER NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT recipient_number_once UNIQUE (centre_id, number)
) STRICT;
-- What the rules of the funds ask about a recipient; the newest row holds.
CREATE TABLE recipient_marks (
  id INTEGER PRIMARY KEY,
  recipient_id INTEGER NOT NULL REFERENCES recipients (id) DEFERRABLE INITIALLY DEFERRED,
  sayyid INTEGER NOT NULL CONSTRAINT recipient_sayyid CHECK (sayyid IN (0, 1)),
  -- Poor in the sense of the rulings: without the means of a year's living.
  poor INTEGER NOT NULL CONSTRAINT recipient_poor CHECK (poor IN (0, 1)),
  need TEXT NOT NULL CONSTRAINT recipient_need CHECK (need IN ('living', 'debt', 'stranded',
    'orphan', 'illness', 'study', 'dowry', 'housing', 'work', 'prison')),
  persons INTEGER NOT NULL CONSTRAINT recipient_persons CHECK (persons BETWEEN 1 AND 30),
  marked_on TEXT NOT NULL,
  marked_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX marks_of_recipient ON recipient_marks (recipient_id, id);
CREATE VIEW recipients_marked AS
SELECT r.id AS recipient_id, r.centre_id, r.number, m.sayyid, m.poor, m.need, m.persons
FROM recipients r JOIN recipient_marks m
  ON m.id = (SELECT max(id) FROM recipient_marks WHERE recipient_id = r.id);
CREATE TRIGGER recipients_are_new BEFORE INSERT ON recipients
WHEN EXISTS (SELECT 1 FROM recipients WHERE id = NEW.id)
  OR NEW.number IS NOT 1 + coalesce((SELECT max(number) FROM recipients WHERE centre_id = NEW.centre_id), 0)
  OR NOT EXISTS (SELECT 1 FROM recipient_marks WHERE recipient_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'b134_recipients_stay'); END;
CREATE TRIGGER recipients_stay BEFORE DELETE ON recipients
BEGIN SELECT RAISE(ABORT, 'b134_recipients_stay'); END;
CREATE TRIGGER recipients_are_final BEFORE UPDATE ON recipients
BEGIN SELECT RAISE(ABORT, 'b134_recipients_stay'); END;
CREATE TRIGGER marks_follow BEFORE INSERT ON recipient_marks
WHEN EXISTS (SELECT 1 FROM recipient_marks WHERE id >= NEW.id)
BEGIN SELECT RAISE(ABORT, 'marks_are_final'); END;
CREATE TRIGGER marks_are_final_update BEFORE UPDATE ON recipient_marks
BEGIN SELECT RAISE(ABORT, 'marks_are_final'); END;
CREATE TRIGGER marks_are_final_delete BEFORE DELETE ON recipient_marks
BEGIN SELECT RAISE(ABORT, 'marks_are_final'); END;

-- Whom the centre pays for something: a shop, a utility, the office of a marja, a child's account.
CREATE TABLE payees (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  name TEXT NOT NULL CONSTRAINT payee_name CHECK (length(trim(name)) > 0),
  name_search TEXT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT payee_kind CHECK (kind IN ('shop', 'utility', 'clinic', 'school',
    'carrier', 'printer', 'marja-office', 'child-account', 'donor', 'other')),
  -- Of a person ten digits, of a firm eleven.
  national_id TEXT CONSTRAINT payee_national_id CHECK (national_id IS NULL
    OR (length(national_id) IN (10, 11) AND national_id NOT GLOB '*[^0-9]*')),
  iban TEXT CONSTRAINT payee_iban CHECK (iban IS NULL
    OR (length(iban) = 26 AND iban GLOB 'IR[0-9]*' AND substr(iban, 3) NOT GLOB '*[^0-9]*')),
  registered_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX payees_of_centre ON payees (centre_id, name_search, id);
-- B-46, B-136: whoever serves here by a decree in force or as a volunteer serves for nothing.
CREATE VIEW unpaid_people AS
SELECT d.centre_id, p.national_id, d.from_on, d.to_on, d.id AS decree_id
FROM decrees d JOIN persons p ON p.id = d.person_id
WHERE NOT EXISTS (SELECT 1 FROM decree_endings WHERE decree_id = d.id)
UNION ALL
SELECT v.centre_id, n.national_id, v.registered_on, '9999-12-31', NULL
FROM volunteers v JOIN volunteer_versions n ON n.volunteer_id = v.id
WHERE n.version = (SELECT max(version) FROM volunteer_versions WHERE volunteer_id = v.id)
  AND coalesce((SELECT state FROM volunteer_states WHERE volunteer_id = v.id
    ORDER BY id DESC LIMIT 1), 'active') <> 'left';
CREATE TRIGGER payees_are_new BEFORE INSERT ON payees
WHEN EXISTS (SELECT 1 FROM payees WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'b134_payees_stay'); END;
CREATE TRIGGER b46_no_trustee_among_payees BEFORE INSERT ON payees
WHEN NEW.kind IN ('wage', 'worker') OR EXISTS (SELECT 1 FROM unpaid_people
  WHERE centre_id = NEW.centre_id AND national_id = NEW.national_id AND to_on >= NEW.registered_on)
BEGIN SELECT RAISE(ABORT, 'b46_no_trustee_is_paid'); END;
CREATE TRIGGER b114_no_landlord_among_payees BEFORE INSERT ON payees
WHEN NEW.kind IN ('rent', 'landlord')
BEGIN SELECT RAISE(ABORT, 'b114_no_rent_paid'); END;
CREATE TRIGGER b98_no_mosque_among_payees BEFORE INSERT ON payees
WHEN NEW.kind = 'mosque'
BEGIN SELECT RAISE(ABORT, 'b98_mosque_not_paid'); END;
CREATE TRIGGER payees_stay BEFORE DELETE ON payees
BEGIN SELECT RAISE(ABORT, 'b134_payees_stay'); END;
CREATE TRIGGER payees_are_final BEFORE UPDATE ON payees
BEGIN SELECT RAISE(ABORT, 'b134_payees_stay'); END;

-- Words by which what the centre pays for says that it is a wage, a rent or the mosque's own; the
-- clause refuses it. A household's rent is aid, and may be called so.
CREATE TABLE refused_purposes (
  word TEXT PRIMARY KEY,
  clause TEXT NOT NULL CONSTRAINT refused_purpose_clause CHECK (clause IN ('B-46', 'B-98', 'B-114'))
) STRICT, WITHOUT ROWID;
INSERT INTO refused_purposes VALUES ('حقوق', 'B-46'), ('دستمزد*', 'B-46'), ('مزد', 'B-46'),
  ('حقالزحمه*', 'B-46'), ('حق الزحمه*', 'B-46'), ('حقالجلسه*', 'B-46'), ('حق الجلسه*', 'B-46'),
  ('حقالتدریس*', 'B-46'), ('پاداش*', 'B-46'), ('کارانه*', 'B-46'), ('اضافهکار*', 'B-46'),
  ('اضافه کار*', 'B-46'), ('مسجد*', 'B-98'), ('اجاره*', 'B-114'), ('رهن', 'B-114'),
  ('کرایه دفتر', 'B-114'), ('کرایه ملک', 'B-114'), ('کرایه محل', 'B-114');

-- Above so many rials a payment has its document; whether a slip tells the worth of goods. The rule
-- of a day is the newest that has begun; the first is the program's own.
CREATE TABLE payment_rules (
  id INTEGER PRIMARY KEY,
  document_above_rial INTEGER NOT NULL
    CONSTRAINT document_limit CHECK (document_above_rial BETWEEN 0 AND 99999999999999),
  slip_tells_worth INTEGER NOT NULL CONSTRAINT slip_worth CHECK (slip_tells_worth IN (0, 1)),
  from_on TEXT NOT NULL,
  act_id INTEGER REFERENCES acts (id),
  CONSTRAINT payment_rule_is_set CHECK (id = 1 OR act_id IS NOT NULL)
) STRICT;
INSERT INTO payment_rules VALUES (1, 5000000, 0, '2001-03-21', NULL);
CREATE TRIGGER payment_rules_follow BEFORE INSERT ON payment_rules
WHEN EXISTS (SELECT 1 FROM payment_rules WHERE id >= NEW.id OR from_on > NEW.from_on)
  OR NEW.from_on < coalesce((SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id), '9999')
BEGIN SELECT RAISE(ABORT, 'payment_rules_are_final'); END;
CREATE TRIGGER payment_rules_are_final_update BEFORE UPDATE ON payment_rules
BEGIN SELECT RAISE(ABORT, 'payment_rules_are_final'); END;
CREATE TRIGGER payment_rules_are_final_delete BEFORE DELETE ON payment_rules
BEGIN SELECT RAISE(ABORT, 'payment_rules_are_final'); END;

-- A payment as it was prepared; final. Its lines and goods are written before it.
CREATE TABLE payments (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  kind TEXT NOT NULL CONSTRAINT payment_kind CHECK (kind IN
    ('aid', 'purchase', 'running', 'pass-on', 'petty')),
  -- Where the money comes from: cash, bank, petty cash.
  account TEXT NOT NULL CONSTRAINT payment_account CHECK (account IN ('1101', '1102', '1103')),
  amount_rial INTEGER NOT NULL
    CONSTRAINT payment_amount CHECK (amount_rial BETWEEN 1 AND 99999999999999),
  recipient_id INTEGER REFERENCES recipients (id),
  payee_id INTEGER REFERENCES payees (id),
  -- Into which store a purchase comes.
  store_id INTEGER REFERENCES stores (id),
  purpose TEXT NOT NULL CONSTRAINT payment_purpose CHECK (length(trim(purpose)) >= 3),
  -- Its words as they are searched, each apart from the next.
  purpose_search TEXT NOT NULL,
  -- The bill, cheque or transfer by its number.
  reference TEXT,
  prepared_on TEXT NOT NULL,
  prepared_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  -- Aid goes to a recipient, all else to a payee; petty cash to its own keeper.
  CONSTRAINT payment_goes_to_one CHECK (CASE kind
    WHEN 'aid' THEN recipient_id IS NOT NULL AND payee_id IS NULL
    WHEN 'petty' THEN recipient_id IS NULL AND payee_id IS NULL
    ELSE recipient_id IS NULL AND payee_id IS NOT NULL END),
  CONSTRAINT payment_from_petty_cash CHECK (account <> '1103' OR kind IN ('aid', 'purchase', 'running'))
) STRICT;
CREATE INDEX payments_of_centre ON payments (centre_id, id);
CREATE INDEX payments_of_recipient ON payments (recipient_id) WHERE recipient_id IS NOT NULL;
CREATE INDEX payments_of_payee ON payments (payee_id) WHERE payee_id IS NOT NULL;
CREATE TABLE payment_lines (
  payment_id INTEGER NOT NULL REFERENCES payments (id) DEFERRABLE INITIALLY DEFERRED,
  line INTEGER NOT NULL CONSTRAINT payment_line CHECK (line BETWEEN 1 AND 60),
  fund TEXT NOT NULL REFERENCES funds (code),
  account TEXT NOT NULL CONSTRAINT payment_line_account CHECK (account GLOB '610[1-9]'
    OR account GLOB '7[0-9][0-9][0-9]' OR account GLOB '130[1-6]'
    OR account IN ('1103', '3102', '3103', '3104')),
  amount_rial INTEGER NOT NULL
    CONSTRAINT payment_line_amount CHECK (amount_rial BETWEEN 1 AND 99999999999999),
  -- The gift whose intention it serves, where the fund demands that it is named.
  donation_id INTEGER REFERENCES donations (id),
  PRIMARY KEY (payment_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_lines_of_gift ON payment_lines (donation_id) WHERE donation_id IS NOT NULL;
-- What a purchase brings into the store; each belongs to the line with its fund and store account.
CREATE TABLE payment_goods (
  payment_id INTEGER NOT NULL REFERENCES payments (id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL CONSTRAINT payment_good_position CHECK (position BETWEEN 1 AND 90),
  line INTEGER NOT NULL,
  name TEXT NOT NULL CONSTRAINT payment_good_name CHECK (length(trim(name)) > 0),
  quantity_milli INTEGER NOT NULL
    CONSTRAINT payment_good_quantity CHECK (quantity_milli BETWEEN 1 AND 999999999999),
  unit TEXT NOT NULL CONSTRAINT payment_good_unit CHECK (unit IN
    ('kg', 'gram', 'litre', 'piece', 'box', 'set', 'pair', 'metre', 'pack')),
  value_rial INTEGER NOT NULL
    CONSTRAINT payment_good_value CHECK (value_rial BETWEEN 1 AND 99999999999999),
  condition TEXT NOT NULL CONSTRAINT payment_good_condition CHECK (condition IN ('new', 'used', 'perishable')),
  expires_on TEXT,
  PRIMARY KEY (payment_id, position),
  FOREIGN KEY (payment_id, line) REFERENCES payment_lines (payment_id, line) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TRIGGER payment_comes_to_its_lines BEFORE INSERT ON payments
WHEN EXISTS (SELECT 1 FROM payments WHERE id = NEW.id)
  OR NEW.amount_rial IS NOT (SELECT sum(amount_rial) FROM payment_lines WHERE payment_id = NEW.id)
  -- What each kind is booked to; goods bought are listed, line by line, and nothing else has any.
  OR EXISTS (SELECT 1 FROM payment_lines l WHERE l.payment_id = NEW.id AND (CASE NEW.kind
      WHEN 'aid' THEN l.account NOT GLOB '6*'
      WHEN 'purchase' THEN l.account NOT GLOB '13*' OR l.amount_rial IS NOT (
        SELECT sum(value_rial) FROM payment_goods g WHERE g.payment_id = NEW.id AND g.line = l.line)
      WHEN 'running' THEN l.account NOT GLOB '7*'
      WHEN 'petty' THEN l.account <> '1103'
      ELSE l.account NOT GLOB '310*' END))
  OR (NEW.kind <> 'purchase' AND EXISTS (SELECT 1 FROM payment_goods WHERE payment_id = NEW.id))
BEGIN SELECT RAISE(ABORT, 'payment_comes_to_its_lines'); END;
CREATE TRIGGER payment_stays_in_its_centre BEFORE INSERT ON payments
WHEN (NEW.recipient_id IS NOT NULL
    AND NEW.centre_id IS NOT (SELECT centre_id FROM recipients_marked WHERE recipient_id = NEW.recipient_id))
  OR (NEW.payee_id IS NOT NULL
    AND NEW.centre_id IS NOT (SELECT centre_id FROM payees WHERE id = NEW.payee_id))
  OR (NEW.store_id IS NOT NULL
    AND NEW.centre_id IS NOT (SELECT centre_id FROM stores WHERE id = NEW.store_id))
  OR EXISTS (SELECT 1 FROM payment_lines l JOIN donations d ON d.id = l.donation_id
    WHERE l.payment_id = NEW.id AND d.centre_id <> NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'payment_stays_in_its_centre'); END;
-- B-46, B-136: nobody is paid wages; B-114: no rent; B-98: the mosque's money is its own.
CREATE TRIGGER b46_no_wage_paid BEFORE INSERT ON payments
WHEN NEW.kind = 'wage' OR (NEW.kind <> 'aid' AND EXISTS (SELECT 1 FROM refused_purposes
  WHERE clause = 'B-46' AND ' ' || NEW.purpose_search || ' ' GLOB '* ' || word || ' *'))
BEGIN SELECT RAISE(ABORT, 'b46_no_wage_paid'); END;
CREATE TRIGGER b114_no_rent_paid BEFORE INSERT ON payments
WHEN NEW.kind = 'rent' OR (NEW.kind <> 'aid' AND EXISTS (SELECT 1 FROM refused_purposes
  WHERE clause = 'B-114' AND ' ' || NEW.purpose_search || ' ' GLOB '* ' || word || ' *'))
BEGIN SELECT RAISE(ABORT, 'b114_no_rent_paid'); END;
CREATE TRIGGER b98_mosque_not_paid BEFORE INSERT ON payments
WHEN NEW.kind = 'mosque' OR (NEW.kind <> 'aid' AND EXISTS (SELECT 1 FROM refused_purposes
    WHERE clause = 'B-98' AND ' ' || NEW.purpose_search || ' ' GLOB '* ' || word || ' *'))
  OR EXISTS (SELECT 1 FROM mosque_purposes WHERE
    substr(replace(NEW.purpose_search, ' ', '') || '$', 1, length(beginning)) = beginning)
BEGIN SELECT RAISE(ABORT, 'b98_mosque_not_paid'); END;
-- Whoever became a trustee or volunteer since is paid no more than one who was it before.
CREATE TRIGGER b46_no_trustee_is_paid BEFORE INSERT ON payments
WHEN EXISTS (SELECT 1 FROM payees y JOIN unpaid_people u ON u.centre_id = y.centre_id
  AND u.national_id = y.national_id AND u.to_on >= NEW.prepared_on WHERE y.id = NEW.payee_id)
BEGIN SELECT RAISE(ABORT, 'b46_no_trustee_is_paid'); END;
-- What is held for somebody goes to him: khums to the office of the marja, a child's money to the
-- child's account, a deposit back to its donor.
CREATE TRIGGER b81_passed_on_to_its_owner BEFORE INSERT ON payments
WHEN NEW.kind = 'pass-on' AND EXISTS (SELECT 1 FROM payment_lines l WHERE l.payment_id = NEW.id
  AND (SELECT kind FROM payees WHERE id = NEW.payee_id) IS NOT CASE l.account
    WHEN '3103' THEN 'marja-office' WHEN '3104' THEN 'child-account' ELSE 'donor' END)
BEGIN SELECT RAISE(ABORT, 'b81_passed_on_to_its_owner'); END;
CREATE TRIGGER payments_are_final_update BEFORE UPDATE ON payments
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER payments_are_final_delete BEFORE DELETE ON payments
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER payment_lines_are_final_insert BEFORE INSERT ON payment_lines
WHEN EXISTS (SELECT 1 FROM payments WHERE id = NEW.payment_id)
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER payment_lines_are_final_update BEFORE UPDATE ON payment_lines
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER payment_lines_are_final_delete BEFORE DELETE ON payment_lines
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER payment_goods_are_final_insert BEFORE INSERT ON payment_goods
WHEN EXISTS (SELECT 1 FROM payments WHERE id = NEW.payment_id)
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER payment_goods_are_final_update BEFORE UPDATE ON payment_goods
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER payment_goods_are_final_delete BEFORE DELETE ON payment_goods
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;

-- Goods for a recipient as they were prepared: parts of lots, promised by allocations until given.
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  recipient_id INTEGER NOT NULL REFERENCES recipients (id),
  store_id INTEGER NOT NULL REFERENCES stores (id),
  -- The programme it is for.
  account TEXT NOT NULL CONSTRAINT delivery_account CHECK (account GLOB '610[1-9]'),
  purpose TEXT NOT NULL CONSTRAINT delivery_purpose CHECK (length(trim(purpose)) >= 3),
  prepared_on TEXT NOT NULL,
  prepared_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX deliveries_of_centre ON deliveries (centre_id, id);
CREATE INDEX deliveries_of_recipient ON deliveries (recipient_id);
CREATE TABLE delivery_items (
  delivery_id INTEGER NOT NULL REFERENCES deliveries (id) DEFERRABLE INITIALLY DEFERRED,
  lot_id INTEGER NOT NULL REFERENCES lots (id),
  quantity_milli INTEGER NOT NULL CONSTRAINT delivery_quantity CHECK (quantity_milli > 0),
  -- Why a lot is taken before one that expires earlier.
  reason TEXT,
  PRIMARY KEY (delivery_id, lot_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_items_of_lot ON delivery_items (lot_id);
CREATE TRIGGER delivery_has_items_of_its_centre BEFORE INSERT ON deliveries
WHEN EXISTS (SELECT 1 FROM deliveries WHERE id = NEW.id)
  OR NOT EXISTS (SELECT 1 FROM delivery_items WHERE delivery_id = NEW.id)
  OR NEW.centre_id IS NOT (SELECT centre_id FROM recipients_marked WHERE recipient_id = NEW.recipient_id)
  OR NEW.centre_id IS NOT (SELECT centre_id FROM stores WHERE id = NEW.store_id)
  OR EXISTS (SELECT 1 FROM delivery_items i JOIN lots l ON l.id = i.lot_id
    WHERE i.delivery_id = NEW.id AND l.centre_id <> NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'delivery_has_items_of_its_centre'); END;
CREATE TRIGGER deliveries_are_final_update BEFORE UPDATE ON deliveries
BEGIN SELECT RAISE(ABORT, 'deliveries_are_final'); END;
CREATE TRIGGER deliveries_are_final_delete BEFORE DELETE ON deliveries
BEGIN SELECT RAISE(ABORT, 'deliveries_are_final'); END;
CREATE TRIGGER delivery_items_are_final_insert BEFORE INSERT ON delivery_items
WHEN EXISTS (SELECT 1 FROM deliveries WHERE id = NEW.delivery_id)
BEGIN SELECT RAISE(ABORT, 'deliveries_are_final'); END;
CREATE TRIGGER delivery_items_are_final_update BEFORE UPDATE ON delivery_items
BEGIN SELECT RAISE(ABORT, 'deliveries_are_final'); END;
CREATE TRIGGER delivery_items_are_final_delete BEFORE DELETE ON delivery_items
BEGIN SELECT RAISE(ABORT, 'deliveries_are_final'); END;

-- A payment or delivery is signed by two different people: one who keeps the books (admin-finance or
-- the vice-chair), and the chair (or the vice-chair acting for him), whose signature is the approval
-- of B-58. `seen` is the mark of what stood before his eyes.
CREATE TABLE outgoing_signatures (
  subject TEXT NOT NULL CONSTRAINT signature_subject CHECK (
    subject GLOB 'payments/[1-9]*' OR subject GLOB 'deliveries/[1-9]*'),
  signed_as TEXT NOT NULL CONSTRAINT signed_as CHECK (signed_as IN ('finance', 'chair')),
  signed_by INTEGER NOT NULL REFERENCES users (id),
  signed_at TEXT NOT NULL,
  seen TEXT NOT NULL CONSTRAINT signature_saw CHECK (length(seen) >= 40),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  PRIMARY KEY (subject, signed_as)
) STRICT, WITHOUT ROWID;
CREATE TABLE outgoing_ends (
  subject TEXT PRIMARY KEY,
  -- withdrawn by whoever prepared it, refused by whoever should sign.
  ending TEXT NOT NULL CONSTRAINT outgoing_ending CHECK (ending IN ('withdrawn', 'refused')),
  reason TEXT NOT NULL CONSTRAINT outgoing_end_reason CHECK (length(trim(reason)) >= 3),
  ended_by INTEGER NOT NULL REFERENCES users (id),
  ended_at TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER b58_two_people_sign BEFORE INSERT ON outgoing_signatures
WHEN EXISTS (SELECT 1 FROM outgoing_signatures WHERE subject = NEW.subject
    AND (signed_as = NEW.signed_as OR signed_by = NEW.signed_by))
  OR EXISTS (SELECT 1 FROM outgoing_ends WHERE subject = NEW.subject)
BEGIN SELECT RAISE(ABORT, 'b58_two_people_sign'); END;
-- Each signs by the decree that gives him the seat in this very centre.
CREATE TRIGGER b58_signed_by_seat BEFORE INSERT ON outgoing_signatures
WHEN NOT EXISTS (
  SELECT 1 FROM acts a JOIN decrees d ON substr(a.capacity, 1, 7) IN ('decree:', 'acting:')
    AND d.id = CAST(substr(a.capacity, 8) AS INTEGER)
  WHERE a.id = NEW.act_id AND a.user_id = NEW.signed_by
    AND d.centre_id = CASE WHEN NEW.subject GLOB 'payments/*'
      THEN (SELECT centre_id FROM payments WHERE id = CAST(substr(NEW.subject, 10) AS INTEGER))
      ELSE (SELECT centre_id FROM deliveries WHERE id = CAST(substr(NEW.subject, 12) AS INTEGER)) END
    AND CASE NEW.signed_as WHEN 'chair' THEN d.seat = 'chair' OR substr(a.capacity, 1, 7) = 'acting:'
      ELSE d.seat IN ('admin-finance', 'vice-chair') END)
BEGIN SELECT RAISE(ABORT, 'b58_signed_by_seat'); END;
CREATE TRIGGER outgoing_signatures_are_final_update BEFORE UPDATE ON outgoing_signatures
BEGIN SELECT RAISE(ABORT, 'signatures_are_final'); END;
CREATE TRIGGER outgoing_signatures_are_final_delete BEFORE DELETE ON outgoing_signatures
BEGIN SELECT RAISE(ABORT, 'signatures_are_final'); END;
CREATE TRIGGER outgoing_ends_once BEFORE INSERT ON outgoing_ends
WHEN EXISTS (SELECT 1 FROM outgoing_ends WHERE subject = NEW.subject)
  OR (NEW.subject GLOB 'payments/*' AND EXISTS (SELECT 1 FROM payments_made
    WHERE payment_id = CAST(substr(NEW.subject, 10) AS INTEGER)))
  OR (NEW.subject GLOB 'deliveries/*' AND EXISTS (SELECT 1 FROM deliveries_made
    WHERE delivery_id = CAST(substr(NEW.subject, 12) AS INTEGER)))
BEGIN SELECT RAISE(ABORT, 'outgoing_ends_are_final'); END;
CREATE TRIGGER outgoing_ends_are_final_update BEFORE UPDATE ON outgoing_ends
BEGIN SELECT RAISE(ABORT, 'outgoing_ends_are_final'); END;
CREATE TRIGGER outgoing_ends_are_final_delete BEFORE DELETE ON outgoing_ends
BEGIN SELECT RAISE(ABORT, 'outgoing_ends_are_final'); END;

-- The chair let a payment above the limit be made without a document, and says why.
CREATE TABLE undocumented_payments (
  payment_id INTEGER PRIMARY KEY REFERENCES payments (id),
  reason TEXT NOT NULL CONSTRAINT undocumented_reason CHECK (length(trim(reason)) >= 10),
  allowed_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER b81_undocumented_by_chair BEFORE INSERT ON undocumented_payments
WHEN EXISTS (SELECT 1 FROM undocumented_payments WHERE payment_id = NEW.payment_id)
  OR NOT EXISTS (SELECT 1 FROM acts a JOIN decrees d
    ON substr(a.capacity, 1, 7) IN ('decree:', 'acting:') AND d.id = CAST(substr(a.capacity, 8) AS INTEGER)
    JOIN payments p ON p.id = NEW.payment_id AND p.centre_id = d.centre_id
    WHERE a.id = NEW.act_id AND a.user_id = NEW.allowed_by
      AND (d.seat = 'chair' OR substr(a.capacity, 1, 7) = 'acting:'))
BEGIN SELECT RAISE(ABORT, 'b81_undocumented_by_chair'); END;
CREATE TRIGGER undocumented_payments_are_final_update BEFORE UPDATE ON undocumented_payments
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER undocumented_payments_are_final_delete BEFORE DELETE ON undocumented_payments
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;

-- A payment that was made: numbered without gap, booked and put on paper in one act.
CREATE TABLE payments_made (
  payment_id INTEGER PRIMARY KEY REFERENCES payments (id),
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  -- The day of the signature that completed it.
  paid_on TEXT NOT NULL,
  entry_id INTEGER NOT NULL CONSTRAINT payment_entry_once UNIQUE
    REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT payment_number_once UNIQUE (centre_id, year, number)
) STRICT;
CREATE INDEX payments_made_by_day ON payments_made (centre_id, paid_on);
CREATE INDEX payments_made_by_paper ON payments_made (paper_id);
-- Each lot of a purchase, with the line of the payment that bought it.
CREATE TABLE purchased_lots (
  lot_id INTEGER PRIMARY KEY REFERENCES lots (id),
  payment_id INTEGER NOT NULL REFERENCES payments (id),
  position INTEGER NOT NULL,
  CONSTRAINT purchased_once UNIQUE (payment_id, position)
) STRICT;
CREATE TRIGGER purchased_lots_are_what_was_bought BEFORE INSERT ON purchased_lots
WHEN EXISTS (SELECT 1 FROM purchased_lots WHERE lot_id = NEW.lot_id)
  OR NOT EXISTS (SELECT 1 FROM payment_goods g
    JOIN payment_lines l ON l.payment_id = g.payment_id AND l.line = g.line
    JOIN payments p ON p.id = g.payment_id JOIN lots o ON o.id = NEW.lot_id
    WHERE g.payment_id = NEW.payment_id AND g.position = NEW.position AND o.origin = 'purchase'
      AND o.centre_id = p.centre_id AND o.fund = l.fund)
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER purchased_lots_are_final_update BEFORE UPDATE ON purchased_lots
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER purchased_lots_are_final_delete BEFORE DELETE ON purchased_lots
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;

-- The gift whose intention a lot serves: given as it is, or bought with that gift's money.
CREATE VIEW lot_gifts AS
SELECT o.id AS lot_id, o.fund, coalesce(o.donation_id, l.donation_id) AS donation_id
FROM lots o LEFT JOIN purchased_lots b ON b.lot_id = o.id
LEFT JOIN payment_goods g ON g.payment_id = b.payment_id AND g.position = b.position
LEFT JOIN payment_lines l ON l.payment_id = g.payment_id AND l.line = g.line;

CREATE TABLE deliveries_made (
  delivery_id INTEGER PRIMARY KEY REFERENCES deliveries (id),
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  year INTEGER NOT NULL,
  number INTEGER NOT NULL,
  delivered_on TEXT NOT NULL,
  -- What is worth nothing is in no book.
  entry_id INTEGER CONSTRAINT delivery_entry_once UNIQUE
    REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  paper_id INTEGER NOT NULL REFERENCES papers (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT delivery_number_once UNIQUE (centre_id, year, number)
) STRICT;
CREATE INDEX deliveries_made_by_day ON deliveries_made (centre_id, delivered_on);
CREATE INDEX deliveries_made_by_paper ON deliveries_made (paper_id);
-- The goods reached the recipient: his own hand, or somebody's whom he sent.
CREATE TABLE deliveries_taken (
  delivery_id INTEGER PRIMARY KEY REFERENCES deliveries_made (delivery_id),
  taken_by TEXT NOT NULL CONSTRAINT taken_by CHECK (taken_by IN ('recipient', 'proxy')),
  -- What the proxy is to him; no name.
  proxy TEXT,
  taken_on TEXT NOT NULL,
  told_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT proxy_is_told CHECK ((taken_by = 'proxy') = (coalesce(length(trim(proxy)), 0) >= 2))
) STRICT;
-- Goods that came back to the store they left, as of the day they came.
CREATE TABLE delivery_returns (
  id INTEGER PRIMARY KEY,
  delivery_id INTEGER NOT NULL REFERENCES deliveries_made (delivery_id),
  reason TEXT NOT NULL CONSTRAINT return_reason CHECK (length(trim(reason)) >= 3),
  returned_on TEXT NOT NULL,
  returned_by INTEGER NOT NULL REFERENCES users (id),
  entry_id INTEGER CONSTRAINT return_entry_once UNIQUE
    REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX returns_of_delivery ON delivery_returns (delivery_id);
-- A payment whose money came back: its entry is reversed, its number stays.
CREATE TABLE payment_reversals (
  payment_id INTEGER PRIMARY KEY REFERENCES payments_made (payment_id),
  reason TEXT NOT NULL CONSTRAINT payment_reversal_reason CHECK (length(trim(reason)) >= 3),
  reversed_on TEXT NOT NULL,
  reversed_by INTEGER NOT NULL REFERENCES users (id),
  entry_id INTEGER NOT NULL CONSTRAINT payment_reversal_entry_once UNIQUE
    REFERENCES entries (id) DEFERRABLE INITIALLY DEFERRED,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
-- What the office of the marja, or whoever was handed what is his, answered: the number of his receipt.
CREATE TABLE pass_on_receipts (
  payment_id INTEGER PRIMARY KEY REFERENCES payments_made (payment_id),
  number TEXT NOT NULL CONSTRAINT pass_on_number CHECK (length(trim(number)) > 0),
  received_on TEXT NOT NULL,
  told_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER pass_on_receipts_are_new BEFORE INSERT ON pass_on_receipts
WHEN EXISTS (SELECT 1 FROM pass_on_receipts WHERE payment_id = NEW.payment_id)
  OR (SELECT kind FROM payments WHERE id = NEW.payment_id) IS NOT 'pass-on'
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER pass_on_receipts_are_final_update BEFORE UPDATE ON pass_on_receipts
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER pass_on_receipts_are_final_delete BEFORE DELETE ON pass_on_receipts
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;

-- Petty cash: who keeps it and how much it may hold, from a day on; and what was counted in it.
CREATE TABLE petty_floats (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  float_rial INTEGER NOT NULL CONSTRAINT petty_float CHECK (float_rial BETWEEN 0 AND 99999999999999),
  keeper TEXT NOT NULL CONSTRAINT petty_keeper CHECK (length(trim(keeper)) > 0),
  from_on TEXT NOT NULL,
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX floats_of_centre ON petty_floats (centre_id, id);
CREATE TRIGGER petty_floats_follow BEFORE INSERT ON petty_floats
WHEN EXISTS (SELECT 1 FROM petty_floats WHERE id >= NEW.id
    OR (centre_id = NEW.centre_id AND from_on > NEW.from_on))
BEGIN SELECT RAISE(ABORT, 'petty_cash_is_final'); END;
CREATE TRIGGER petty_floats_are_final_update BEFORE UPDATE ON petty_floats
BEGIN SELECT RAISE(ABORT, 'petty_cash_is_final'); END;
CREATE TRIGGER petty_floats_are_final_delete BEFORE DELETE ON petty_floats
BEGIN SELECT RAISE(ABORT, 'petty_cash_is_final'); END;
CREATE TABLE petty_counts (
  id INTEGER PRIMARY KEY,
  centre_id INTEGER NOT NULL REFERENCES centres (id),
  counted_on TEXT NOT NULL,
  counted_rial INTEGER NOT NULL CONSTRAINT petty_counted CHECK (counted_rial BETWEEN 0 AND 99999999999999),
  -- What the books said at that moment.
  book_rial INTEGER NOT NULL,
  note TEXT,
  counted_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT difference_is_told CHECK (counted_rial = book_rial OR coalesce(length(trim(note)), 0) >= 3)
) STRICT;
CREATE INDEX petty_counts_of_centre ON petty_counts (centre_id, id);
CREATE TRIGGER petty_counts_are_new BEFORE INSERT ON petty_counts
WHEN EXISTS (SELECT 1 FROM petty_counts WHERE id >= NEW.id)
  OR NEW.book_rial IS NOT coalesce((SELECT sum(debit_rial - credit_rial) FROM balances
    WHERE centre_id = NEW.centre_id AND account = '1103'), 0)
BEGIN SELECT RAISE(ABORT, 'petty_cash_is_final'); END;
CREATE TRIGGER petty_counts_are_final_update BEFORE UPDATE ON petty_counts
BEGIN SELECT RAISE(ABORT, 'petty_cash_is_final'); END;
CREATE TRIGGER petty_counts_are_final_delete BEFORE DELETE ON petty_counts
BEGIN SELECT RAISE(ABORT, 'petty_cash_is_final'); END;
-- Petty cash never holds more than its float, whoever books it.
CREATE TRIGGER b81_petty_cash_within_float BEFORE INSERT ON entries
WHEN NEW.source IN ('manual', 'payment', 'transfer')
  AND coalesce((SELECT sum(debit_rial - credit_rial) FROM entry_lines
    WHERE entry_id = NEW.id AND account = '1103'), 0) > 0
  AND coalesce((SELECT sum(debit_rial - credit_rial) FROM balances
      WHERE centre_id = NEW.centre_id AND account = '1103'), 0)
    + (SELECT sum(debit_rial - credit_rial) FROM entry_lines WHERE entry_id = NEW.id AND account = '1103')
    > coalesce((SELECT float_rial FROM petty_floats
      WHERE centre_id = NEW.centre_id AND from_on <= NEW.entry_on ORDER BY id DESC LIMIT 1), 0)
BEGIN SELECT RAISE(ABORT, 'b81_petty_cash_within_float'); END;

CREATE TRIGGER b58_payment_signed BEFORE INSERT ON payments_made
WHEN (SELECT count(*) FROM outgoing_signatures WHERE subject = 'payments/' || NEW.payment_id) <> 2
  OR EXISTS (SELECT 1 FROM payments_made WHERE payment_id = NEW.payment_id)
  OR EXISTS (SELECT 1 FROM outgoing_ends WHERE subject = 'payments/' || NEW.payment_id)
  OR NEW.centre_id IS NOT (SELECT centre_id FROM payments WHERE id = NEW.payment_id)
  OR NEW.paid_on IS NOT (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'b58_payment_signed'); END;
CREATE TRIGGER b58_delivery_signed BEFORE INSERT ON deliveries_made
WHEN (SELECT count(*) FROM outgoing_signatures WHERE subject = 'deliveries/' || NEW.delivery_id) <> 2
  OR EXISTS (SELECT 1 FROM deliveries_made WHERE delivery_id = NEW.delivery_id)
  OR EXISTS (SELECT 1 FROM outgoing_ends WHERE subject = 'deliveries/' || NEW.delivery_id)
  OR NEW.centre_id IS NOT (SELECT centre_id FROM deliveries WHERE id = NEW.delivery_id)
  OR NEW.delivered_on IS NOT (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'b58_delivery_signed'); END;
-- B-128: no help is given in the name of a centre whose licence is over.
CREATE TRIGGER b128_licence_over_before_payment BEFORE INSERT ON payments_made
WHEN (SELECT kind FROM payments WHERE id = NEW.payment_id) IN ('aid', 'purchase')
  AND EXISTS (SELECT 1 FROM licences_over WHERE act_id = NEW.act_id AND centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b128_licence_over'); END;
CREATE TRIGGER b128_licence_over_before_delivery BEFORE INSERT ON deliveries_made
WHEN EXISTS (SELECT 1 FROM licences_over WHERE act_id = NEW.act_id AND centre_id = NEW.centre_id)
BEGIN SELECT RAISE(ABORT, 'b128_licence_over'); END;
CREATE TRIGGER b132_payment_number_follows BEFORE INSERT ON payments_made
WHEN NEW.number IS NOT 1 + coalesce((SELECT last_number FROM numbers
  WHERE series = 'payment' AND centre_id = NEW.centre_id AND year = NEW.year), 0)
BEGIN SELECT RAISE(ABORT, 'b132_number_without_gap'); END;
CREATE TRIGGER b132_delivery_number_follows BEFORE INSERT ON deliveries_made
WHEN NEW.number IS NOT 1 + coalesce((SELECT last_number FROM numbers
  WHERE series = 'delivery' AND centre_id = NEW.centre_id AND year = NEW.year), 0)
BEGIN SELECT RAISE(ABORT, 'b132_number_without_gap'); END;
CREATE TRIGGER payment_number_is_counted AFTER INSERT ON payments_made
BEGIN
  INSERT INTO numbers (series, centre_id, year, last_number)
  VALUES ('payment', NEW.centre_id, NEW.year, NEW.number)
  ON CONFLICT DO UPDATE SET last_number = excluded.last_number;
END;
CREATE TRIGGER delivery_number_is_counted AFTER INSERT ON deliveries_made
BEGIN
  INSERT INTO numbers (series, centre_id, year, last_number)
  VALUES ('delivery', NEW.centre_id, NEW.year, NEW.number)
  ON CONFLICT DO UPDATE SET last_number = excluded.last_number;
END;

-- The rules of the funds that refuse, for money and for goods, but for what the chair let pass. As
-- they are on the day on which it is paid or given.
CREATE VIEW payment_blocks AS
SELECT m.payment_id, p.kind, p.recipient_id, p.payee_id, l.fund, l.account, l.donation_id, r.rule
FROM payments_made m JOIN payments p ON p.id = m.payment_id
JOIN payment_lines l ON l.payment_id = p.id
JOIN fund_rules r ON r.reaction = 'block' AND r.version_id = (SELECT id FROM fund_versions
  WHERE fund = l.fund AND from_on <= m.paid_on ORDER BY version DESC LIMIT 1)
WHERE NOT EXISTS (SELECT 1 FROM fund_overrides o
  WHERE o.subject = 'payments/' || m.payment_id AND o.fund = l.fund AND o.rule = r.rule);
CREATE VIEW delivery_blocks AS
SELECT m.delivery_id, d.recipient_id, d.account, g.fund, g.donation_id, r.rule
FROM deliveries_made m JOIN deliveries d ON d.id = m.delivery_id
JOIN delivery_items i ON i.delivery_id = d.id JOIN lot_gifts g ON g.lot_id = i.lot_id
JOIN fund_rules r ON r.reaction = 'block' AND r.version_id = (SELECT id FROM fund_versions
  WHERE fund = g.fund AND from_on <= m.delivered_on ORDER BY version DESC LIMIT 1)
WHERE NOT EXISTS (SELECT 1 FROM fund_overrides o
  WHERE o.subject = 'deliveries/' || m.delivery_id AND o.fund = g.fund AND o.rule = r.rule);
-- What each recipient had, by programme and gift; what was taken back is not counted.
CREATE VIEW aid_given AS
SELECT 'payments/' || p.id AS subject, p.recipient_id, l.account, l.donation_id
FROM payments p JOIN payments_made m ON m.payment_id = p.id
JOIN payment_lines l ON l.payment_id = p.id
WHERE p.recipient_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM payment_reversals z WHERE z.payment_id = p.id)
UNION ALL
SELECT 'deliveries/' || d.id, d.recipient_id, d.account, g.donation_id
FROM deliveries d JOIN deliveries_made m ON m.delivery_id = d.id
JOIN delivery_items i ON i.delivery_id = d.id JOIN lot_gifts g ON g.lot_id = i.lot_id
WHERE i.quantity_milli > (SELECT coalesce(sum(s.quantity_milli), 0) FROM stock_moves s
  WHERE s.subject = 'deliveries/' || d.id AND s.lot_id = i.lot_id AND s.kind = 'returned');

CREATE TRIGGER b81_payment_by_the_rules AFTER INSERT ON payments_made
WHEN EXISTS (SELECT 1 FROM payment_blocks b
  LEFT JOIN recipients_marked m ON m.recipient_id = b.recipient_id
  WHERE b.payment_id = NEW.payment_id AND (
    (b.rule IN ('not-to-sayyids', 'better-not-to-sayyids') AND m.sayyid = 1)
    OR (b.rule = 'only-to-sayyids' AND b.kind = 'aid' AND m.sayyid IS NOT 1)
    OR (b.rule = 'only-the-poor' AND b.kind = 'aid' AND m.poor IS NOT 1)
    OR (b.rule = 'eight-uses' AND b.kind = 'aid' AND m.poor IS NOT 1
      AND coalesce(m.need, '') NOT IN ('debt', 'stranded', 'prison'))
    OR (b.rule = 'as-agreed' AND b.kind IN ('aid', 'purchase'))
    -- What was given for one purpose names the gift it is spent from; so does each kaffara.
    OR (b.rule IN ('only-its-purpose', 'as-vowed', 'sixty-persons')
      AND b.kind IN ('aid', 'purchase') AND b.donation_id IS NULL)
    OR (b.rule = 'sixty-persons' AND b.kind = 'aid' AND EXISTS (SELECT 1 FROM aid_given x
      WHERE x.recipient_id = b.recipient_id AND x.donation_id = b.donation_id
        AND x.subject <> 'payments/' || b.payment_id))
    OR (b.rule = 'second-dowry' AND b.account = '6103' AND EXISTS (SELECT 1 FROM aid_given x
      WHERE x.recipient_id = b.recipient_id AND x.account = '6103'
        AND x.subject <> 'payments/' || b.payment_id))
    -- A child's money is that child's: one gift goes to one account.
    OR (b.rule = 'named-child' AND b.account = '3104' AND (b.donation_id IS NULL
      OR EXISTS (SELECT 1 FROM payment_lines x JOIN payments_made y ON y.payment_id = x.payment_id
        JOIN payments z ON z.id = x.payment_id
        WHERE x.donation_id = b.donation_id AND x.account = '3104' AND z.payee_id <> b.payee_id
          AND NOT EXISTS (SELECT 1 FROM payment_reversals WHERE payment_id = z.id))))))
BEGIN SELECT RAISE(ABORT, 'b81_payment_by_the_rules'); END;
CREATE TRIGGER b81_delivery_by_the_rules AFTER INSERT ON deliveries_made
WHEN EXISTS (SELECT 1 FROM delivery_blocks b JOIN recipients_marked m ON m.recipient_id = b.recipient_id
  WHERE b.delivery_id = NEW.delivery_id AND (
    (b.rule IN ('not-to-sayyids', 'better-not-to-sayyids') AND m.sayyid = 1)
    OR (b.rule = 'only-to-sayyids' AND m.sayyid = 0)
    OR (b.rule = 'only-the-poor' AND m.poor = 0)
    OR (b.rule = 'eight-uses' AND m.poor = 0 AND m.need NOT IN ('debt', 'stranded', 'prison'))
    OR b.rule = 'as-agreed'
    -- One recipient is counted once in one kaffara.
    OR (b.rule = 'sixty-persons' AND EXISTS (SELECT 1 FROM aid_given x
      WHERE x.recipient_id = b.recipient_id AND x.donation_id = b.donation_id
        AND x.subject <> 'deliveries/' || b.delivery_id))
    OR (b.rule = 'second-dowry' AND b.account = '6103' AND EXISTS (SELECT 1 FROM aid_given x
      WHERE x.recipient_id = b.recipient_id AND x.account = '6103'
        AND x.subject <> 'deliveries/' || b.delivery_id))))
BEGIN SELECT RAISE(ABORT, 'b81_delivery_by_the_rules'); END;
-- Of each gift of money, fund by fund: what was given, what its giver moved to another purpose, what
-- was spent of it by name. The sum is what is left of it.
CREATE VIEW gift_moves AS
SELECT g.donation_id, g.fund, g.amount_rial AS rial
FROM gift_funds g JOIN donations d ON d.id = g.donation_id WHERE d.kind NOT IN ('goods', 'service')
UNION ALL
SELECT d.id, d.fund, d.amount_rial FROM donations d WHERE d.kind NOT IN ('goods', 'service')
  AND NOT EXISTS (SELECT 1 FROM gift_funds WHERE donation_id = d.id)
UNION ALL
SELECT c.donation_id, c.from_fund, -c.amount_rial FROM intention_changes c
WHERE NOT EXISTS (SELECT 1 FROM entries r WHERE r.reverses_entry_id = c.entry_id)
UNION ALL
SELECT c.donation_id, c.to_fund, c.amount_rial FROM intention_changes c
WHERE NOT EXISTS (SELECT 1 FROM entries r WHERE r.reverses_entry_id = c.entry_id)
UNION ALL
SELECT l.donation_id, l.fund, -l.amount_rial FROM payment_lines l
JOIN payments_made m ON m.payment_id = l.payment_id
WHERE l.donation_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM payment_reversals z WHERE z.payment_id = l.payment_id);
-- No more is spent from a named gift than is left of it in that fund, and of a cancelled one nothing.
CREATE TRIGGER b81_gift_not_overspent AFTER INSERT ON payments_made
WHEN EXISTS (SELECT 1 FROM payment_lines l WHERE l.payment_id = NEW.payment_id AND l.donation_id IS NOT NULL
  AND (coalesce((SELECT sum(rial) FROM gift_moves
      WHERE donation_id = l.donation_id AND fund = l.fund), -1) < 0
    OR EXISTS (SELECT 1 FROM receipts r JOIN receipt_cancellations c ON c.receipt_id = r.id
      WHERE r.donation_id = l.donation_id)))
BEGIN SELECT RAISE(ABORT, 'b81_gift_not_overspent'); END;
-- What was spent of a gift goes to no other purpose, nor does its change come back.
DROP TRIGGER b81_change_within_gift;
CREATE TRIGGER b81_change_within_gift BEFORE INSERT ON intention_changes
WHEN NOT EXISTS (SELECT 1 FROM donations d JOIN receipts r ON r.donation_id = d.id
    WHERE d.id = NEW.donation_id AND d.centre_id = NEW.centre_id
      AND d.kind NOT IN ('goods', 'service') AND d.received_on <= NEW.changed_on
      AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id))
  OR NEW.amount_rial > coalesce((SELECT sum(rial) FROM gift_moves
    WHERE donation_id = NEW.donation_id AND fund = NEW.from_fund), 0)
BEGIN SELECT RAISE(ABORT, 'b81_change_within_gift'); END;
CREATE TRIGGER b81_spent_change_stays BEFORE INSERT ON entries
WHEN EXISTS (SELECT 1 FROM intention_changes c WHERE c.entry_id = NEW.reverses_entry_id
  AND c.amount_rial > coalesce((SELECT sum(rial) FROM gift_moves
    WHERE donation_id = c.donation_id AND fund = c.to_fund), 0))
BEGIN SELECT RAISE(ABORT, 'b81_spent_change_stays'); END;
-- A receipt whose gift was spent by name is not cancelled before that is taken back.
CREATE TRIGGER b81_spent_gift_is_not_cancelled BEFORE INSERT ON receipt_cancellations
WHEN EXISTS (SELECT 1 FROM receipts r JOIN payment_lines l ON l.donation_id = r.donation_id
  JOIN payments_made m ON m.payment_id = l.payment_id
  WHERE r.id = NEW.receipt_id
    AND NOT EXISTS (SELECT 1 FROM payment_reversals z WHERE z.payment_id = l.payment_id))
BEGIN SELECT RAISE(ABORT, 'b81_spent_gift_is_not_cancelled'); END;
-- Nobody is handed more than is held for him.
CREATE TRIGGER b81_passed_on_within_what_is_held AFTER INSERT ON payments_made
WHEN EXISTS (SELECT 1 FROM payment_lines l WHERE l.payment_id = NEW.payment_id AND l.account GLOB '310*'
  AND (SELECT sum(x.amount_rial) FROM payment_lines x
      WHERE x.payment_id = NEW.payment_id AND x.account = l.account AND x.fund = l.fund)
    > coalesce((SELECT sum(credit_rial - debit_rial) FROM balances
      WHERE centre_id = NEW.centre_id AND account = l.account AND fund = l.fund), 0))
BEGIN SELECT RAISE(ABORT, 'b81_passed_on_within_what_is_held'); END;
-- B-81: above the limit of its day no payment without a document, or the chair's reason.
CREATE TRIGGER b81_document_before_payment AFTER INSERT ON payments_made
WHEN EXISTS (SELECT 1 FROM payments p WHERE p.id = NEW.payment_id AND p.kind <> 'petty'
  AND p.amount_rial > (SELECT document_above_rial FROM payment_rules
    WHERE from_on <= NEW.paid_on ORDER BY id DESC LIMIT 1)
  AND NOT EXISTS (SELECT 1 FROM undocumented_payments WHERE payment_id = p.id)
  AND NOT EXISTS (SELECT 1 FROM attachments t WHERE t.subject = 'payments/' || p.id
    AND NOT EXISTS (SELECT 1 FROM attachment_endings WHERE attachment_id = t.id)))
BEGIN SELECT RAISE(ABORT, 'b81_document_before_payment'); END;
-- What leaves the store is what was prepared, lot by lot; its promise ends as it leaves.
CREATE TRIGGER b58_delivery_as_signed AFTER INSERT ON deliveries_made
WHEN EXISTS (SELECT lot_id FROM (
    SELECT lot_id, quantity_milli AS milli FROM delivery_items WHERE delivery_id = NEW.delivery_id
    UNION ALL
    SELECT lot_id, quantity_milli FROM stock_moves
    WHERE subject = 'deliveries/' || NEW.delivery_id AND kind = 'issued')
  GROUP BY lot_id HAVING sum(milli) <> 0)
  OR EXISTS (SELECT 1 FROM stock_moves s JOIN deliveries d ON d.id = NEW.delivery_id
    WHERE s.subject = 'deliveries/' || NEW.delivery_id
      AND (s.store_id <> d.store_id OR s.entry_id IS NOT NEW.entry_id))
  OR EXISTS (SELECT 1 FROM allocations a WHERE a.subject = 'deliveries/' || NEW.delivery_id
    AND NOT EXISTS (SELECT 1 FROM allocation_ends WHERE allocation_id = a.id))
BEGIN SELECT RAISE(ABORT, 'b58_delivery_as_signed'); END;

-- An entry of a payment or delivery is what was signed.
CREATE TRIGGER b132_payment_is_booked BEFORE INSERT ON entries
WHEN NEW.source = 'payment' AND NOT EXISTS (SELECT 1 FROM payments_made m JOIN payments p ON p.id = m.payment_id
  WHERE m.entry_id = NEW.id AND m.centre_id = NEW.centre_id AND m.paid_on = NEW.entry_on
    AND NOT EXISTS (
      SELECT fund, account FROM (
        SELECT l.fund, l.account, l.amount_rial AS rial FROM payment_lines l WHERE l.payment_id = p.id
        UNION ALL
        SELECT l.fund, p.account, -l.amount_rial FROM payment_lines l WHERE l.payment_id = p.id
        UNION ALL
        SELECT e.fund, e.account, e.credit_rial - e.debit_rial FROM entry_lines e WHERE e.entry_id = NEW.id)
      GROUP BY fund, account HAVING sum(rial) <> 0))
BEGIN SELECT RAISE(ABORT, 'b132_payment_is_booked'); END;
CREATE TRIGGER b132_delivery_is_booked BEFORE INSERT ON entries
WHEN NEW.source = 'delivery' AND NOT EXISTS (
  SELECT 1 FROM (SELECT delivery_id, centre_id, delivered_on AS day FROM deliveries_made WHERE entry_id = NEW.id
    UNION ALL
    SELECT r.delivery_id, m.centre_id, r.returned_on FROM delivery_returns r
    JOIN deliveries_made m ON m.delivery_id = r.delivery_id WHERE r.entry_id = NEW.id) x
  JOIN deliveries d ON d.id = x.delivery_id
  WHERE x.centre_id = NEW.centre_id AND x.day = NEW.entry_on
    AND NOT EXISTS (SELECT 1 FROM entry_lines l
      WHERE l.entry_id = NEW.id AND l.account NOT GLOB '13*' AND l.account <> d.account)
    AND NOT EXISTS (SELECT 1 FROM stock_moves s
      WHERE s.entry_id = NEW.id AND s.subject <> 'deliveries/' || d.id))
BEGIN SELECT RAISE(ABORT, 'b132_delivery_is_booked'); END;
-- Goods reach the needy by a delivery that two signed, and by no other entry.
CREATE TRIGGER b58_goods_by_delivery BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('delivery', 'reversal', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM stock_moves WHERE entry_id = NEW.id AND kind = 'issued')
BEGIN SELECT RAISE(ABORT, 'b58_goods_by_delivery'); END;
-- What comes back was given, lot by lot.
CREATE TRIGGER returned_was_delivered BEFORE INSERT ON delivery_returns
WHEN EXISTS (SELECT 1 FROM delivery_returns WHERE id = NEW.id)
  OR NEW.returned_on IS NOT (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id)
  OR NOT EXISTS (SELECT 1 FROM stock_moves WHERE subject = 'deliveries/' || NEW.delivery_id
    AND kind = 'returned' AND act_id = NEW.act_id)
  OR EXISTS (SELECT 1 FROM stock_moves WHERE subject = 'deliveries/' || NEW.delivery_id
    GROUP BY lot_id, store_id HAVING sum(quantity_milli) > 0 OR sum(value_rial) > 0)
BEGIN SELECT RAISE(ABORT, 'returned_was_delivered'); END;
-- A payment is taken back with its reason, once, on its day; a delivery by the goods that come back.
CREATE TRIGGER payment_reversal_reverses BEFORE INSERT ON payment_reversals
WHEN EXISTS (SELECT 1 FROM payment_reversals WHERE payment_id = NEW.payment_id)
  OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id)
  OR NEW.reversed_on IS NOT (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'payment_reversal_reverses'); END;
CREATE TRIGGER b132_payment_reversed_as_told BEFORE INSERT ON entries
WHEN (NEW.reverses_entry_id IN (SELECT entry_id FROM payments_made)
    AND NOT EXISTS (SELECT 1 FROM payment_reversals r JOIN payments_made m ON m.payment_id = r.payment_id
      WHERE r.entry_id = NEW.id AND m.entry_id = NEW.reverses_entry_id AND r.reversed_on = NEW.entry_on))
  OR (NEW.reverses_entry_id IS NULL AND EXISTS (SELECT 1 FROM payment_reversals WHERE entry_id = NEW.id))
  OR NEW.reverses_entry_id IN (SELECT entry_id FROM deliveries_made)
  OR NEW.reverses_entry_id IN (SELECT entry_id FROM delivery_returns)
BEGIN SELECT RAISE(ABORT, 'b132_payment_reversed_as_told'); END;
CREATE TRIGGER delivery_taken_once BEFORE INSERT ON deliveries_taken
WHEN EXISTS (SELECT 1 FROM deliveries_taken WHERE delivery_id = NEW.delivery_id)
BEGIN SELECT RAISE(ABORT, 'deliveries_are_final'); END;
CREATE TRIGGER payments_made_are_final_update BEFORE UPDATE ON payments_made
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER payments_made_are_final_delete BEFORE DELETE ON payments_made
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER deliveries_made_are_final_update BEFORE UPDATE ON deliveries_made
BEGIN SELECT RAISE(ABORT, 'deliveries_are_final'); END;
CREATE TRIGGER deliveries_made_are_final_delete BEFORE DELETE ON deliveries_made
BEGIN SELECT RAISE(ABORT, 'deliveries_are_final'); END;
CREATE TRIGGER deliveries_taken_are_final_update BEFORE UPDATE ON deliveries_taken
BEGIN SELECT RAISE(ABORT, 'deliveries_are_final'); END;
CREATE TRIGGER deliveries_taken_are_final_delete BEFORE DELETE ON deliveries_taken
BEGIN SELECT RAISE(ABORT, 'deliveries_are_final'); END;
CREATE TRIGGER delivery_returns_are_final_update BEFORE UPDATE ON delivery_returns
BEGIN SELECT RAISE(ABORT, 'deliveries_are_final'); END;
CREATE TRIGGER delivery_returns_are_final_delete BEFORE DELETE ON delivery_returns
BEGIN SELECT RAISE(ABORT, 'deliveries_are_final'); END;
CREATE TRIGGER payment_reversals_are_final_update BEFORE UPDATE ON payment_reversals
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;
CREATE TRIGGER payment_reversals_are_final_delete BEFORE DELETE ON payment_reversals
BEGIN SELECT RAISE(ABORT, 'payments_are_final'); END;

-- What the chair let pass for a payment is let pass for its entry.
DROP TRIGGER b81_in_kind_only;
CREATE TRIGGER b81_in_kind_only BEFORE INSERT ON entries
WHEN NEW.source NOT IN ('reversal', 'opening', 'closing', 'conversion')
  AND EXISTS (SELECT 1 FROM entry_lines l JOIN entry_lines m ON m.entry_id = l.entry_id AND m.fund = l.fund
    WHERE l.entry_id = NEW.id AND l.debit_rial > 0 AND l.account GLOB '6*'
      AND m.credit_rial > 0 AND m.account GLOB '11*'
      AND EXISTS (SELECT 1 FROM fund_rules r WHERE r.rule = 'in-kind-only' AND r.reaction = 'block'
        AND r.version_id = (SELECT id FROM fund_versions
          WHERE fund = l.fund AND from_on <= NEW.entry_on ORDER BY version DESC LIMIT 1))
      AND NOT EXISTS (SELECT 1 FROM fund_overrides o
        WHERE o.fund = l.fund AND o.rule = 'in-kind-only' AND o.subject IN ('entries/' || NEW.id,
          (SELECT 'payments/' || payment_id FROM payments_made WHERE entry_id = NEW.id))))
BEGIN SELECT RAISE(ABORT, 'b81_in_kind_only'); END;
