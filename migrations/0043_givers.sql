-- What a centre owes its givers beside a receipt: thanks, reminders of what they promised, a vow kept
-- as it was vowed, a child's money to that child; and what is short where money is counted (B-35, B-81).

-- Whom the centre writes to in a firm; the newest row holds. A firm is a giver with a legal ID.
CREATE TABLE firm_contacts (
  id INTEGER PRIMARY KEY,
  donor_id INTEGER NOT NULL REFERENCES donors (id),
  name TEXT NOT NULL CONSTRAINT firm_contact_name CHECK (length(trim(name)) >= 2),
  office TEXT,
  phone TEXT CONSTRAINT firm_contact_phone CHECK (phone NOT GLOB '*[^0-9]*'),
  address TEXT,
  recorded_on TEXT NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX contacts_of_firm ON firm_contacts (donor_id, id);
CREATE INDEX firms_of_centre ON donors (centre_id, name_sort, id) WHERE length(national_id) = 11;
CREATE TRIGGER firm_contacts_are_of_firms BEFORE INSERT ON firm_contacts
WHEN EXISTS (SELECT 1 FROM firm_contacts WHERE id = NEW.id)
  OR 11 IS NOT (SELECT length(national_id) FROM donors WHERE id = NEW.donor_id)
BEGIN SELECT RAISE(ABORT, 'firm_contacts_are_final'); END;
CREATE TRIGGER firm_contacts_are_final_update BEFORE UPDATE ON firm_contacts
BEGIN SELECT RAISE(ABORT, 'firm_contacts_are_final'); END;
CREATE TRIGGER firm_contacts_are_final_delete BEFORE DELETE ON firm_contacts
BEGIN SELECT RAISE(ABORT, 'firm_contacts_are_final'); END;

-- Letters to a giver: one asks for help, one thanks for the gifts of some days, each named in it.
CREATE TABLE donor_letters (
  paper_id INTEGER PRIMARY KEY REFERENCES papers (id),
  donor_id INTEGER NOT NULL REFERENCES donors (id),
  kind TEXT NOT NULL CONSTRAINT donor_letter_kind CHECK (kind IN ('gift-request', 'thanks')),
  from_on TEXT,
  to_on TEXT,
  issued_on TEXT NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT thanks_are_of_days CHECK ((kind = 'thanks') = (from_on IS NOT NULL)
    AND (from_on IS NULL) = (to_on IS NULL) AND coalesce(from_on <= to_on, 1))
) STRICT;
CREATE INDEX letters_of_donor ON donor_letters (donor_id, kind, issued_on);
CREATE TABLE thanked_gifts (
  paper_id INTEGER NOT NULL REFERENCES donor_letters (paper_id) DEFERRABLE INITIALLY DEFERRED,
  donation_id INTEGER NOT NULL REFERENCES donations (id),
  PRIMARY KEY (paper_id, donation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX thanks_of_gift ON thanked_gifts (donation_id);
CREATE TRIGGER thanked_gifts_are_final_insert BEFORE INSERT ON thanked_gifts
WHEN EXISTS (SELECT 1 FROM donor_letters WHERE paper_id = NEW.paper_id)
  OR EXISTS (SELECT 1 FROM thanked_gifts
    WHERE paper_id = NEW.paper_id AND donation_id = NEW.donation_id)
BEGIN SELECT RAISE(ABORT, 'donor_letters_are_final'); END;
CREATE TRIGGER thanked_gifts_are_final_update BEFORE UPDATE ON thanked_gifts
BEGIN SELECT RAISE(ABORT, 'donor_letters_are_final'); END;
CREATE TRIGGER thanked_gifts_are_final_delete BEFORE DELETE ON thanked_gifts
BEGIN SELECT RAISE(ABORT, 'donor_letters_are_final'); END;
CREATE TRIGGER donor_letter_is_its_paper BEFORE INSERT ON donor_letters
WHEN EXISTS (SELECT 1 FROM donor_letters WHERE paper_id = NEW.paper_id)
  OR NOT EXISTS (SELECT 1 FROM papers p JOIN donors o ON o.id = NEW.donor_id
    AND o.centre_id = p.centre_id WHERE p.id = NEW.paper_id AND p.kind = NEW.kind
      AND p.act_id = NEW.act_id AND p.issued_on = NEW.issued_on)
  -- Thanks are for gifts of this giver, of these days, that stand.
  OR (NEW.kind = 'thanks') <> EXISTS (SELECT 1 FROM thanked_gifts WHERE paper_id = NEW.paper_id)
  OR EXISTS (SELECT 1 FROM thanked_gifts g JOIN donations d ON d.id = g.donation_id
    JOIN receipts r ON r.donation_id = d.id
    WHERE g.paper_id = NEW.paper_id AND (d.donor_id IS NOT NEW.donor_id
      OR d.received_on NOT BETWEEN NEW.from_on AND NEW.to_on
      OR EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id)))
BEGIN SELECT RAISE(ABORT, 'donor_letter_is_its_paper'); END;
-- B-104: whoever asks not to be named is named in no letter that lies in a file.
CREATE TRIGGER b104_letter_names_nobody_unasked BEFORE INSERT ON donor_letters
WHEN 1 IS NOT (SELECT may_be_named FROM donors WHERE id = NEW.donor_id)
BEGIN SELECT RAISE(ABORT, 'b104_letter_names_nobody_unasked'); END;
CREATE TRIGGER donor_letters_are_final_update BEFORE UPDATE ON donor_letters
BEGIN SELECT RAISE(ABORT, 'donor_letters_are_final'); END;
CREATE TRIGGER donor_letters_are_final_delete BEFORE DELETE ON donor_letters
BEGIN SELECT RAISE(ABORT, 'donor_letters_are_final'); END;

-- A giver was reminded of a promise, in these words; never twice on one day.
CREATE TABLE pledge_reminders (
  id INTEGER PRIMARY KEY,
  pledge_id INTEGER NOT NULL REFERENCES pledges (id),
  -- The due it reminds of.
  due_on TEXT NOT NULL CONSTRAINT reminder_due CHECK (due_on IS date(due_on)),
  reminded_on TEXT NOT NULL,
  way TEXT NOT NULL CONSTRAINT reminder_way CHECK (way IN ('slip', 'sms', 'call')),
  words TEXT NOT NULL CONSTRAINT reminder_words CHECK (length(trim(words)) >= 3),
  reminded_by INTEGER NOT NULL REFERENCES users (id),
  act_id INTEGER NOT NULL REFERENCES acts (id),
  CONSTRAINT reminded_once_a_day UNIQUE (pledge_id, reminded_on)
) STRICT;
CREATE TRIGGER reminders_are_of_promises BEFORE INSERT ON pledge_reminders
WHEN EXISTS (SELECT 1 FROM pledge_reminders WHERE id = NEW.id
    OR (pledge_id = NEW.pledge_id AND reminded_on = NEW.reminded_on))
  OR EXISTS (SELECT 1 FROM pledge_ends WHERE pledge_id = NEW.pledge_id)
  OR NEW.reminded_on IS NOT (SELECT date(at, '+210 minutes') FROM acts WHERE id = NEW.act_id)
BEGIN SELECT RAISE(ABORT, 'reminded_once_a_day'); END;
CREATE TRIGGER pledge_reminders_are_final_update BEFORE UPDATE ON pledge_reminders
BEGIN SELECT RAISE(ABORT, 'pledge_reminders_are_final'); END;
CREATE TRIGGER pledge_reminders_are_final_delete BEFORE DELETE ON pledge_reminders
BEGIN SELECT RAISE(ABORT, 'pledge_reminders_are_final'); END;

-- What was vowed with a gift: the thing, for whom, by which day. Said once, and kept as it was said.
CREATE TABLE vows (
  donation_id INTEGER PRIMARY KEY REFERENCES donations (id),
  object TEXT NOT NULL CONSTRAINT vow_object CHECK (length(trim(object)) >= 2),
  people TEXT,
  due_on TEXT CONSTRAINT vow_day CHECK (due_on IS date(due_on)),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE INDEX vows_by_day ON vows (due_on) WHERE due_on IS NOT NULL;
CREATE TRIGGER vows_are_of_vowed_gifts BEFORE INSERT ON vows
WHEN EXISTS (SELECT 1 FROM vows WHERE donation_id = NEW.donation_id)
  OR NOT EXISTS (SELECT 1 FROM donations d WHERE d.id = NEW.donation_id AND (d.fund = 'vow'
    OR EXISTS (SELECT 1 FROM gift_funds WHERE donation_id = d.id AND fund = 'vow')))
  OR EXISTS (SELECT 1 FROM receipts r JOIN receipt_cancellations c ON c.receipt_id = r.id
    WHERE r.donation_id = NEW.donation_id)
BEGIN SELECT RAISE(ABORT, 'vows_are_final'); END;
CREATE TRIGGER vows_are_final_update BEFORE UPDATE ON vows
BEGIN SELECT RAISE(ABORT, 'vows_are_final'); END;
CREATE TRIGGER vows_are_final_delete BEFORE DELETE ON vows
BEGIN SELECT RAISE(ABORT, 'vows_are_final'); END;

-- Whose account a child's account is: the code of the child or household, once and for good.
CREATE TABLE payee_children (
  payee_id INTEGER PRIMARY KEY REFERENCES payees (id),
  code TEXT NOT NULL CONSTRAINT payee_child_is_code
    CHECK (length(code) BETWEEN 1 AND 20 AND code NOT GLOB '*[^0-9A-Z-]*'),
  act_id INTEGER NOT NULL REFERENCES acts (id)
) STRICT;
CREATE TRIGGER payee_children_are_of_accounts BEFORE INSERT ON payee_children
WHEN EXISTS (SELECT 1 FROM payee_children WHERE payee_id = NEW.payee_id)
  OR 'child-account' IS NOT (SELECT kind FROM payees WHERE id = NEW.payee_id)
BEGIN SELECT RAISE(ABORT, 'payee_children_are_final'); END;
CREATE TRIGGER payee_children_are_final_update BEFORE UPDATE ON payee_children
BEGIN SELECT RAISE(ABORT, 'payee_children_are_final'); END;
CREATE TRIGGER payee_children_are_final_delete BEFORE DELETE ON payee_children
BEGIN SELECT RAISE(ABORT, 'payee_children_are_final'); END;
-- What a sponsor gave in the name of one code is paid into the account of that code, and of no other;
-- the entry says the code, so that what is held of each is known to the rial.
CREATE TRIGGER b81_to_the_gifts_own_child AFTER INSERT ON payments_made
WHEN EXISTS (SELECT 1 FROM payment_lines l JOIN payments p ON p.id = l.payment_id
  WHERE l.payment_id = NEW.payment_id AND l.account = '3104' AND l.fund = 'orphans'
    AND NOT coalesce((SELECT s.sponsored_code FROM pledge_gifts g JOIN pledges s ON s.id = g.pledge_id
        WHERE g.donation_id = l.donation_id)
      = (SELECT code FROM payee_children WHERE payee_id = p.payee_id), 0))
BEGIN SELECT RAISE(ABORT, 'b81_to_the_gifts_own_child'); END;
CREATE TRIGGER b81_passed_on_by_code BEFORE INSERT ON entries
WHEN NEW.source = 'payment' AND EXISTS (SELECT 1 FROM entry_lines l
  WHERE l.entry_id = NEW.id AND l.account = '3104' AND l.fund = 'orphans'
    AND l.detail IS NOT (SELECT c.code FROM payments_made m JOIN payments p ON p.id = m.payment_id
      JOIN payee_children c ON c.payee_id = p.payee_id WHERE m.entry_id = NEW.id))
BEGIN SELECT RAISE(ABORT, 'b81_to_the_gifts_own_child'); END;

-- What is missing when a box is counted, of what the slip in its bag says: a loss that is explained.
ALTER TABLE box_openings ADD COLUMN short_rial INTEGER NOT NULL DEFAULT 0
  CONSTRAINT box_short CHECK (short_rial = 0 OR (short_rial > 0
    AND coalesce(bag_rial - total_rial, 0) >= short_rial));
-- What was lost on the way between the collectors and the box or the bank.
ALTER TABLE box_remittances ADD COLUMN short_rial INTEGER NOT NULL DEFAULT 0
  CONSTRAINT remittance_short CHECK (short_rial BETWEEN 0 AND 99999999999999);
ALTER TABLE box_remittances ADD COLUMN explanation TEXT
  CONSTRAINT remittance_short_is_explained
    CHECK (short_rial = 0 OR coalesce(length(trim(explanation)), 0) >= 3);
-- What the drawer of a clerk lacks or has over when two have counted it, in the fund they say.
ALTER TABLE fitra_count_confirmations ADD COLUMN fund TEXT REFERENCES funds (code);
ALTER TABLE fitra_count_confirmations ADD COLUMN entry_id INTEGER REFERENCES entries (id)
  DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX fitra_difference_booked_once ON fitra_count_confirmations (entry_id)
WHERE entry_id IS NOT NULL;
CREATE TRIGGER fitra_difference_is_booked BEFORE INSERT ON fitra_count_confirmations
WHEN (NEW.entry_id IS NULL) <> (NEW.fund IS NULL)
  OR (NEW.entry_id IS NULL) <> coalesce((SELECT expected_rial = NEW.total_rial
    FROM fitra_counts WHERE id = NEW.count_id), 0)
  OR EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'fitra_difference_is_booked'); END;
DROP TRIGGER box_counted_by_two;
CREATE TRIGGER box_counted_by_two BEFORE INSERT ON box_confirmations
WHEN NOT coalesce((SELECT o.counted_by <> NEW.confirmed_by AND o.total_rial = NEW.total_rial
    AND o.counted_on <= NEW.confirmed_on
    AND (NEW.entry_id IS NULL) = (o.total_rial + o.short_rial = 0)
    AND (NEW.reversal_entry_id IS NOT NULL) = (o.replaces_id IS NOT NULL
      AND EXISTS (SELECT 1 FROM box_confirmations r
        WHERE r.opening_id = o.replaces_id AND r.entry_id IS NOT NULL))
    AND p.kind = 'box-count' AND p.centre_id = o.centre_id AND p.act_id = NEW.act_id
  FROM box_openings o JOIN papers p ON p.id = NEW.paper_id WHERE o.id = NEW.opening_id), 0)
  OR EXISTS (SELECT 1 FROM box_confirmations WHERE opening_id = NEW.opening_id)
  OR EXISTS (SELECT 1 FROM box_count_withdrawals WHERE opening_id = NEW.opening_id)
BEGIN SELECT RAISE(ABORT, 'box_counted_by_two'); END;
-- An entry of boxes is a count that two signed, what collectors hand in, or what a clerk's drawer
-- lacked; account by account what its row says.
DROP TRIGGER box_entry_is_a_count;
CREATE TRIGGER box_entry_is_a_count BEFORE INSERT ON entries
WHEN NEW.source = 'box' AND NOT (
  EXISTS (SELECT 1 FROM box_confirmations c JOIN box_openings o ON o.id = c.opening_id
    JOIN funds f ON f.code = o.fund
    WHERE c.entry_id = NEW.id AND o.centre_id = NEW.centre_id AND o.counted_on = NEW.entry_on
      AND o.total_rial = (SELECT coalesce(sum(face_rial * pieces), 0) FROM box_count_rows
        WHERE opening_id = o.id)
      AND NOT EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id AND fund <> o.fund)
      AND NOT EXISTS (SELECT account FROM (
          SELECT o.account AS account, o.total_rial AS rial
          UNION ALL SELECT '8101', o.short_rial
          UNION ALL SELECT f.account, -o.total_rial - o.short_rial
          UNION ALL SELECT account, credit_rial - debit_rial FROM entry_lines WHERE entry_id = NEW.id)
        GROUP BY account HAVING sum(rial) <> 0))
  OR EXISTS (SELECT 1 FROM box_remittances m
    WHERE m.entry_id = NEW.id AND m.centre_id = NEW.centre_id AND m.remitted_on = NEW.entry_on
      AND NOT EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id AND fund <> m.fund)
      AND NOT EXISTS (SELECT account FROM (
          SELECT m.account AS account, m.amount_rial AS rial
          UNION ALL SELECT '8101', m.short_rial
          UNION ALL SELECT '1104', -m.amount_rial - m.short_rial
          UNION ALL SELECT account, credit_rial - debit_rial FROM entry_lines WHERE entry_id = NEW.id)
        GROUP BY account HAVING sum(rial) <> 0))
  OR EXISTS (SELECT 1 FROM fitra_count_confirmations c JOIN fitra_counts n ON n.id = c.count_id
    WHERE c.entry_id = NEW.id AND n.centre_id = NEW.centre_id AND c.confirmed_on = NEW.entry_on
      AND NOT EXISTS (SELECT 1 FROM entry_lines WHERE entry_id = NEW.id AND fund <> c.fund)
      AND NOT EXISTS (SELECT account FROM (
          SELECT '1101' AS account, c.total_rial - n.expected_rial AS rial
          UNION ALL SELECT '8101', n.expected_rial - c.total_rial
          UNION ALL SELECT account, credit_rial - debit_rial FROM entry_lines WHERE entry_id = NEW.id)
        GROUP BY account HAVING sum(rial) <> 0)))
BEGIN SELECT RAISE(ABORT, 'box_entry_is_a_count'); END;

-- A slip of the bank is one deposit, whoever writes it down, and as whatever: box money, a transfer of
-- a giver, or a deposit of somebody unknown.
CREATE INDEX remittances_by_slip ON box_remittances (centre_id, ltrim(reference, '0'))
WHERE reference IS NOT NULL;
CREATE TRIGGER box_slip_once BEFORE INSERT ON box_remittances
WHEN NEW.reference IS NOT NULL AND (
  EXISTS (SELECT 1 FROM box_remittances WHERE centre_id = NEW.centre_id
    AND reference IS NOT NULL AND ltrim(reference, '0') = ltrim(NEW.reference, '0'))
  OR EXISTS (SELECT 1 FROM deposits d WHERE d.centre_id = NEW.centre_id
    AND ltrim(d.reference, '0') = ltrim(NEW.reference, '0')
    AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = d.entry_id))
  OR EXISTS (SELECT 1 FROM gift_references g CROSS JOIN donations d ON d.id = g.donation_id
    JOIN receipts r ON r.donation_id = d.id
    WHERE ltrim(g.reference, '0') = ltrim(NEW.reference, '0') AND d.centre_id = NEW.centre_id
      AND d.kind = 'transfer'
      AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id)))
BEGIN SELECT RAISE(ABORT, 'box_slip_once'); END;
CREATE TRIGGER deposit_is_no_box_slip BEFORE INSERT ON deposits
WHEN EXISTS (SELECT 1 FROM box_remittances WHERE centre_id = NEW.centre_id
  AND reference IS NOT NULL AND ltrim(reference, '0') = ltrim(NEW.reference, '0'))
BEGIN SELECT RAISE(ABORT, 'box_slip_once'); END;
CREATE TRIGGER gift_is_no_box_slip BEFORE INSERT ON donations
WHEN NEW.kind = 'transfer' AND EXISTS (SELECT 1 FROM gift_references g
  CROSS JOIN box_remittances m ON m.centre_id = NEW.centre_id
    AND m.reference IS NOT NULL AND ltrim(m.reference, '0') = ltrim(g.reference, '0')
  WHERE g.donation_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'box_slip_once'); END;

-- The figures of a payment are looked up by their index, and not among all gifts of the centre: on the
-- night of Eid each card would else be held against every card before it.
DROP TRIGGER gift_reference_once;
CREATE TRIGGER gift_reference_once BEFORE INSERT ON donations
WHEN NEW.kind IN ('card', 'transfer', 'cheque') AND EXISTS (
  SELECT 1 FROM gift_references n
  CROSS JOIN gift_references g ON ltrim(g.reference, '0') = ltrim(n.reference, '0')
    AND ((NEW.kind = 'transfer' AND (g.bank IS NULL OR n.bank IS NULL))
      OR replace(replace(replace(g.bank, ' ', ''), char(8204), ''), char(1617), '')
        IS replace(replace(replace(n.bank, ' ', ''), char(8204), ''), char(1617), ''))
  CROSS JOIN donations d ON d.id = g.donation_id AND d.centre_id = NEW.centre_id
    AND d.kind = NEW.kind
  WHERE n.donation_id = NEW.id AND NOT EXISTS (SELECT 1 FROM receipts r
    JOIN receipt_cancellations c ON c.receipt_id = r.id WHERE r.donation_id = d.id))
BEGIN SELECT RAISE(ABORT, 'gift_reference_once'); END;
DROP TRIGGER deposit_once;
CREATE TRIGGER deposit_once BEFORE INSERT ON deposits
WHEN EXISTS (SELECT 1 FROM deposits WHERE id = NEW.id)
  OR EXISTS (SELECT 1 FROM deposits d WHERE d.centre_id = NEW.centre_id
    AND ltrim(d.reference, '0') = ltrim(NEW.reference, '0')
    AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = d.entry_id))
  OR EXISTS (SELECT 1 FROM gift_references g CROSS JOIN donations d ON d.id = g.donation_id
    JOIN receipts r ON r.donation_id = d.id
    WHERE ltrim(g.reference, '0') = ltrim(NEW.reference, '0') AND d.centre_id = NEW.centre_id
      AND d.kind = 'transfer'
      AND NOT EXISTS (SELECT 1 FROM receipt_cancellations WHERE receipt_id = r.id))
BEGIN SELECT RAISE(ABORT, 'deposit_once'); END;
DROP TRIGGER gift_is_the_deposit_it_matches;
CREATE TRIGGER gift_is_the_deposit_it_matches BEFORE INSERT ON donations
WHEN NEW.kind = 'transfer' AND EXISTS (
  SELECT 1 FROM gift_references g CROSS JOIN deposits d
    ON d.centre_id = NEW.centre_id AND ltrim(d.reference, '0') = ltrim(g.reference, '0')
  WHERE g.donation_id = NEW.id
    AND NOT EXISTS (SELECT 1 FROM entries WHERE reverses_entry_id = d.entry_id)
    AND NOT EXISTS (SELECT 1 FROM deposit_matches m
      WHERE m.deposit_id = d.id AND m.donation_id = NEW.id))
BEGIN SELECT RAISE(ABORT, 'deposit_is_matched_once'); END;
